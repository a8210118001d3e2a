"""The only door to Typst, whose processor of CSL makes citations and bibliographies.

Every citation goes through one document in the order of the book: a paragraph with a
number of its own for each, and the bibliography. No word of the author is in it: where
a place in a source stands there is an empty element with a number. It reads no file and
no font, and asks nothing of the network.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from tempfile import TemporaryDirectory
from typing import Any

from publish.citations.reply import Reply, Trouble, read_reply
from publish.crew import Files

# What the paragraphs are called by.
HERE, KEY, PROSE, FIRST, AGAIN = "here", "key", "prose", "first", "again"


@dataclass(frozen=True, slots=True)
class Cite:
    """One source in a citation. place: number of where in it; -1 for none"""

    key: str
    place: int = -1


@dataclass(frozen=True, slots=True)
class Request:
    """All citations of a book or a chapter.

    sources: BibLaTeX, one entry a line
    name, csl: see `styles.Style`
    language: BCP 47
    here: each citation, in the order of the text
    prose: those that are wanted with their author before the brackets
    others: keys that stand in the bibliography and are not cited
    first: keys that get their letters, as in 1904a, in this order
    et_al, joiner: what stands for "others", and between the last two names
    """

    sources: str
    name: str
    csl: str
    language: str
    here: tuple[tuple[Cite, ...], ...]
    prose: tuple[Cite, ...] = ()
    others: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    et_al: str = "et al."
    joiner: str = "and"

    def spelt(self) -> Iterator[str]:
        yield from (self.sources, self.name, self.csl, self.language)
        yield repr((self.here, self.prose, self.others, self.first))
        yield repr((self.et_al, self.joiner))


def ask(_kit: None, request: Request, _files: Files) -> Reply | Trouble:
    """What the engine makes of a request, or why it can make nothing."""
    inputs = {"bib": request.sources, "csl": request.csl}
    html = compiled("\n".join(_document(request)), request.language, inputs)
    if isinstance(html, Trouble):
        return html
    return read_reply(html, request.et_al, request.joiner)


def compiled(document: str, language: str, inputs: dict[str, str]) -> str | Trouble:
    """A document of Typst as HTML.

    document: with LANGUAGE and REGION where those of *language* are to stand
    """
    # Heavy, and not there in every installation.
    import typst  # noqa: PLC0415

    primary, region = _place_of(language)
    document = document.replace("LANGUAGE", primary, 1).replace("REGION", region, 1)
    with TemporaryDirectory(prefix="publish-", ignore_cleanup_errors=True) as empty:
        try:
            # What it is given may be of several types, and its root of one of them.
            make: Any = typst.compile_with_warnings
            html, _ = make(
                document.encode(),
                root=empty,
                format="html",
                ignore_system_fonts=True,
                sys_inputs=inputs,
                package_path=empty,
                package_cache_path=empty,
                timestamp=0,
            )
        except typst.TypstError as error:
            return _trouble(error.message, error.diagnostic)
    assert isinstance(html, bytes)
    return html.decode()


def _trouble(message: str, diagnostic: str) -> Trouble:
    """The line of the sources, where it is one of theirs."""
    line = 0
    if "BibLaTeX" in message:
        for written in diagnostic.splitlines():
            place, _, rest = written.partition("│")
            if rest and place.strip().isdecimal():
                line = int(place)
                break
    reason = message.partition("(")[2].rpartition(")")[0] or message
    return Trouble(reason, line, of_sources="BibLaTeX" in message)


def _document(request: Request) -> Iterator[str]:
    yield "#set text(lang: LANGUAGE, region: REGION)"
    yield (
        '#let c(kind, name, body) = html.elem("p",'
        ' attrs: ("data-kind": kind, "data-name": name), body)'
    )
    yield '#let l(n) = html.elem("span", attrs: ("data-place": n))'
    for key in request.first:
        yield _paragraph(FIRST, key, _cite(Cite(key)))
    for number, cites in enumerate(request.here):
        yield _paragraph(HERE, str(number), "".join(map(_cite, cites)))
    # Behind everything else: what is asked here must not count as a citation before
    # one of the text. The links of these tell which entry of the list is whose.
    keys = {cite.key: None for cites in request.here for cite in cites}
    for key in dict.fromkeys((*keys, *request.others)):
        yield _paragraph(KEY, key, _cite(Cite(key)))
    # Not the form "author": Typst 0.15 takes authors alone for citations that are not
    # told apart, and names them otherwise in the list too.
    for cite in request.prose:
        yield _paragraph(PROSE, f"{cite.key} {cite.place}", _cite(cite, "prose"))
    # Typst 0.15 tells apart what is cited once in one form by names, and names the
    # authors so in the list too; what is cited twice by letters, see `apart`.
    for key in request.others:
        yield _paragraph(AGAIN, key, _cite(Cite(key)))
    for key in dict.fromkeys(cite.key for cite in request.prose):
        yield _paragraph(AGAIN, key, _cite(Cite(key), "prose"))
    style = "bytes(sys.inputs.csl)" if request.csl else f'"{request.name}"'
    yield f"#bibliography(bytes(sys.inputs.bib), style: {style}, title: none)"


def _paragraph(kind: str, name: str, body: str) -> str:
    return f'#c("{kind}", "{name}")[{body}]'


def _cite(cite: Cite, form: str = "normal") -> str:
    place = "" if cite.place < 0 else f', supplement: l("{cite.place}")'
    return f'#cite(<{cite.key}>, form: "{form}"{place})'


def _place_of(language: str) -> tuple[str, str]:
    """Language and region as Typst wants them: `"en"` and `"gb"`, or `none`."""
    primary, *rest = language.lower().split("-")
    if not re.fullmatch("[a-z]{2,3}", primary):
        return '"en"', "none"
    region = next((tag for tag in rest if re.fullmatch("[a-z]{2}", tag)), "")
    if primary == "zh" and not region:
        region = "tw" if "hant" in rest else "cn"
    return f'"{primary}"', f'"{region}"' if region else "none"


def is_there() -> bool:
    """Whether the engine is installed."""
    return find_spec("typst") is not None
