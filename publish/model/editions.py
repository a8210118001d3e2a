"""The forms in which a book comes out."""

from dataclasses import dataclass, field
from enum import StrEnum

from publish.model.design import AS_THE_STYLE, Design
from publish.model.printing import Printing, Trim
from publish.model.wraps import Wrap
from publish.problems import Position


class NotePlace(StrEnum):
    """Where notes stand: at the foot of the page that calls them, at the end of their
    chapter, or at the end of the book."""

    FOOT = "foot"
    CHAPTER = "chapter"
    BOOK = "book"


class Format(StrEnum):
    EPUB = "epub"
    PDF = "pdf"


# 6 × 9 inches
USUAL = Trim(432, 648)


@dataclass(frozen=True, slots=True)
class Edition:
    """One form in which the book comes out.

    name: the key in `[editions.name]`; the file is named after the book and it
    isbn: thirteen digits without hyphens; empty for none
    isbn_words: the same with the author's hyphens, as it is printed
    style: by its name; see `publish.style.load_style`
    style_at: where it is named; None where nothing says
    depth: levels of headings in its contents, chapters the first; 0 where nothing says
    leave_out: files of chapters that it does not hold, as in `Chapter.source`
    pages: name of the print edition whose pages an EPUB tells; empty for none
    fonts: whether an EPUB brings its own
    kobo: whether it is made for Kobo's own reading system
    kindle: whether an EPUB is turned into what Kindles read
    printing: how it is printed; None for pages that no printer has asked anything of
    wrap: what its cover is made of
    watermark: words across each page, under the text; empty for none
    line_numbers: whether every fifth line of a page has its number beside it
    margin: the outer one, at least, in points
    design: what the author changes of the style
    """

    name: str
    format: Format
    isbn: str = ""
    style: str = "classic"
    trim: Trim = USUAL
    isbn_words: str = ""
    notes: NotePlace = NotePlace.FOOT
    depth: int = 0
    leave_out: tuple[str, ...] = ()
    pages: str = ""
    fonts: bool = True
    kobo: bool = False
    kindle: bool = False
    printing: Printing | None = None
    wrap: Wrap = field(default=Wrap())
    watermark: str = ""
    line_numbers: bool = False
    margin: float = 0
    design: Design = AS_THE_STYLE
    style_at: Position | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Proof:
    """What is made of a book while its author is at work on it.

    only: `Chapter.name` of the chapter whose pages are shown; empty for all
    draft: whether nothing is done that only a finished file needs
    judged: whether its pages are looked over as a compositor would
    """

    only: str = ""
    draft: bool = False
    judged: bool = False


# No proof, but the book: all of it, with all that a finished file needs.
FINAL = Proof()
