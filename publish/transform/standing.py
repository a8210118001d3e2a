"""In which editions a thing stands, by what its author has written."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from publish.model import Edition, Format, Shown

# What a format may be called: by us, by Quarto, by what is done with it.
FORMATS: Mapping[Format, frozenset[str]] = MappingProxyType(
    {
        Format.PDF: frozenset({"pdf", "print", "latex"}),
        Format.EPUB: frozenset({"epub", "html", "ebook"}),
    }
)
# Formats of other programs: a book that is made with those too may name them.
OTHER_FORMATS = frozenset(
    {"asciidoc", "beamer", "commonmark", "context", "docbook", "docx", "gfm", "ipynb"}
    | {"jats", "markdown", "mediawiki", "odt", "pptx", "revealjs", "rtf", "typst"}
)


def names_in(editions: Iterable[Edition]) -> frozenset[str]:
    """All that may be named where something does not stand in every edition."""
    own = {edition.name.casefold() for edition in editions}
    return frozenset(own).union(*FORMATS.values(), OTHER_FORMATS)


def standing(shown: Shown | None, editions: Sequence[Edition]) -> frozenset[str]:
    """The names of the editions that hold what is *shown* so."""
    return frozenset(e.name for e in editions if stands_in(shown, e, editions))


def stands_in(
    shown: Shown | None, edition: Edition, editions: Sequence[Edition]
) -> bool:
    """Whether one of *editions* holds what is *shown* so.

    Names that nothing has decide nothing: they are slips, and are reported.
    """
    if shown is None:
        return True
    if any(_is_meant(name, edition, editions) for name in shown.never):
        return False
    known = names_in(editions)
    only = [name for name in shown.only if name.casefold() in known]
    return not only or any(_is_meant(name, edition, editions) for name in only)


def _is_meant(name: str, edition: Edition, editions: Iterable[Edition]) -> bool:
    """An edition that is called like a format is meant, and not the format."""
    name = name.casefold()
    if any(name == one.name.casefold() for one in editions):
        return name == edition.name.casefold()
    return name in FORMATS[edition.format]
