"""Where in a source something stands: "p. 3", "chaps. 2–4", "§ 12"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

# Kinds of places, by CSL's names (specification 1.0.2, appendix IV), with the words
# that English authors write for them; Pandoc's manual has the same.
ENGLISH = {
    "page": ("page", "pages", "pp.", "p.", "pp", "p"),
    "chapter": ("chapter", "chapters", "chap.", "chaps.", "chap", "ch.", "chs."),
    "section": ("section", "sections", "sec.", "secs.", "sect.", "§§", "§"),
    "figure": ("figure", "figures", "figs.", "fig."),
    "volume": ("volume", "volumes", "vols.", "vol."),
    "issue": ("number", "numbers", "nos.", "no."),
    "paragraph": ("paragraph", "paragraphs", "paras.", "para.", "¶¶", "¶"),
    "line": ("line", "lines", "ll.", "l."),
    "note": ("note", "notes", "nn.", "n."),
    "part": ("part", "parts", "pts.", "pt."),
    "book": ("book", "books", "bks.", "bk."),
    "column": ("column", "columns", "cols.", "col."),
    "folio": ("folio", "folios", "fols.", "fol."),
    "verse": ("verse", "verses", "vv.", "v."),
    "opus": ("opus", "opp.", "op."),
    "sub-verbo": ("sub verbo", "s.vv.", "s.v."),
}
PAGE = "page"
# What one part of a place can be: 12, 12a, A3, 3.2.1, xiv; and what follows "and on".
_NUMBER = (
    r"\(?(?:[^\W\d_]{0,2}\d+(?:[.:]?\w+)*|[ivxlcdm]+(?!\w)|[IVXLCDM]+(?!\w))\)?"
    r"(?:\s?ff?\b\.?)?"
)
_PLACES = rf"{_NUMBER}(?:\s?(?:-{{1,3}}|[–—&/,،])\s?{_NUMBER})*"
_COMMA = r"\s*[,،]?\s*"
_BARE = re.compile(rf"{_COMMA}(?=\d)({_PLACES})")
_BRACED = re.compile(rf"{_COMMA}\{{([^{{}}]*)\}}")


@dataclass(frozen=True, slots=True)
class Terms:
    """Words of one language.

    labels: by (kind of place, "long", "short" or "symbol", whether of several)
    editors: the short word for one editor, and for several
    """

    labels: Mapping[tuple[str, str, bool], str]
    et_al: str
    joiner: str
    editors: tuple[str, str] = ("", "")

    def label(self, kind: str, form: str, *, several: bool) -> str:
        """The word, or the next longer one where the language has none."""
        forms = {"symbol": ("symbol", "short", "long"), "short": ("short", "long")}
        found = (self.labels.get((kind, f, several)) for f in forms.get(form, (form,)))
        return next(filter(None, found), "")


@dataclass(frozen=True, slots=True)
class Locator:
    """kind: one of `ENGLISH`
    value: as the author wrote it, with dashes between figures
    several: whether it is more than one
    """

    kind: str
    value: str

    @property
    def several(self) -> bool:
        return bool(re.search(r"\w\s?[-–—&,،]|ff?\.?$", self.value))


@dataclass(frozen=True)
class Places:
    """Reads places as authors of one language write them."""

    terms: Terms

    @cached_property
    def _kinds(self) -> dict[str, str]:
        """Kinds by their words; those of the language win over English ones."""
        kinds = {word: kind for kind, words in ENGLISH.items() for word in words}
        own = {w.casefold(): kind for (kind, _, _), w in self.terms.labels.items() if w}
        kinds |= own
        # Many leave the point out.
        bare = {w.rstrip("."): k for w, k in kinds.items() if len(w.rstrip(".")) > 1}
        return bare | kinds

    @cached_property
    def _labelled(self) -> re.Pattern[str]:
        words = sorted(self._kinds, key=len, reverse=True)
        # A word is parted from its number; a sign or a point need not be.
        label = "|".join(
            re.escape(word) + (r"(?!\w)" if word[-1].isalpha() else "")
            for word in words
        )
        return re.compile(rf"{_COMMA}({label})\s*({_PLACES})", re.IGNORECASE)

    def split(self, text: str) -> tuple[Locator | None, str]:
        """The place at the beginning of what stands behind a key, and the rest."""
        if found := _BRACED.match(text):
            inside, rest = found[1], text[found.end() :]
            labelled = self._labelled.match(inside)
            kind = self._kinds[labelled[1].casefold()] if labelled else PAGE
            value = inside[labelled.start(2) :] if labelled else inside
            return self._locator(kind, value), rest
        if found := self._labelled.match(text):
            kind = self._kinds[found[1].casefold()]
            return self._locator(kind, found[2]), text[found.end() :]
        if found := _BARE.match(text):
            return self._locator(PAGE, found[1]), text[found.end() :]
        return None, text

    def _locator(self, kind: str, value: str) -> Locator:
        dashed = re.sub(r"(?<=\w)\s?(?:-{1,3}|[–—])\s?(?=\w)", "–", value.strip())
        return Locator(kind, dashed)
