"""What an author changes of the look of a book."""

from dataclasses import dataclass, fields
from enum import StrEnum

from publish.problems import Position


class HeadingPlace(StrEnum):
    """Where the words of a heading stand between the margins."""

    CENTER = "center"
    START = "start"


class Head(StrEnum):
    """What a running head says."""

    BOOK = "book"
    AUTHOR = "author"
    PART = "part"
    CHAPTER = "chapter"
    SECTION = "section"
    NONE = "none"


class Folios(StrEnum):
    """Where the numbers of pages stand."""

    FOOT_CENTER = "foot-center"
    FOOT_OUTER = "foot-outer"
    HEAD_OUTER = "head-outer"
    NONE = "none"


class LeadIn(StrEnum):
    """How the first words of a chapter are set."""

    NONE = "none"
    SMALL_CAPS = "small-caps"


class Opening(StrEnum):
    """Where a chapter begins in print: on a right-hand page, on the next page, or
    below the end of the one before it."""

    RECTO = "recto"
    PAGE = "page"
    RUN_ON = "run-on"


class Hyphens(StrEnum):
    """How often a word is divided at the end of a line."""

    NONE = "none"
    FEW = "few"
    NORMAL = "normal"
    MANY = "many"


@dataclass(frozen=True, slots=True)
class Heads:
    """left: over the even pages; right: over the odd ones. In a book from right to left
    they stand on the other sides."""

    left: Head = Head.BOOK
    right: Head = Head.CHAPTER


BOOK_AND_CHAPTER = Heads()


@dataclass(frozen=True, slots=True, kw_only=True)
class MarginsSaid:
    """In points; None for those that the style decides."""

    inner: float | None = None
    top: float | None = None
    outer: float | None = None
    bottom: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """None, or nothing, where the style decides.

    size, leading: of the text, in points; measure: the widest line, in ems of it
    text_font, heading_font, code_font: names of families
    colour: six hexadecimal digits, of what stands out
    opener: the same, behind the pages of parts
    drop_caps: lines that the first letter of a chapter is high; 0 for none
    ornament: between scenes: a name that the style knows, or signs
    sink: of the head of a chapter below the top of the page, in lines
    indent: of a paragraph, in ems
    print_css, epub_css: files of the manuscript, relative to it, with slashes
    places: where each key is written, by its name
    own: the keys that are said of this edition alone
    """

    size: float | None = None
    leading: float | None = None
    measure: float | None = None
    margins: MarginsSaid | None = None
    text_font: str = ""
    heading_font: str = ""
    code_font: str = ""
    colour: str = ""
    headings: HeadingPlace | None = None
    heads: Heads | None = None
    folios: Folios | None = None
    drop_caps: int | None = None
    lead_in: LeadIn | None = None
    ornament: str = ""
    sink: float | None = None
    opening: Opening | None = None
    opener: str = ""
    indent: float | None = None
    hyphens: Hyphens | None = None
    print_css: tuple[str, ...] = ()
    epub_css: tuple[str, ...] = ()
    places: tuple[tuple[str, Position], ...] = ()
    own: tuple[str, ...] = ()

    def at(self, key: str) -> Position:
        """Where *key* is written."""
        return dict(self.places)[key]

    @property
    def said(self) -> tuple[str, ...]:
        """The fields that are not left to the style."""
        names = (f.name for f in fields(self) if f.name not in {"places", "own"})
        return tuple(n for n in names if getattr(self, n) not in {None, "", ()})


# The style decides everything.
AS_THE_STYLE = Design()
