"""One document to be set, by itself: what goes to a worker, and what comes back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

from publish.crew import WorkError
from publish.flow import Place
from publish.fonts import Face
from publish.pdf.total_fit import Manners
from publish.problems import Position, Problem
from publish.stylesheets import Hiding


class ColourMode(StrEnum):
    """In what a document is drawn.

    SCREEN: in the colours of screens, as they are said
    KEY: the same, but greys and black in black ink alone; BLACK: nothing else
    FOUR: all in inks
    """

    SCREEN = "screen"
    KEY = "key"
    BLACK = "black"
    FOUR = "four"


@dataclass(frozen=True, slots=True)
class Inking:
    """line: the thinnest that is printed, in points; grey: the lightest, from 0, white,
    to 1. What is finer is drawn so.

    most: of all inks together in one place, in per cent; 0 for any
    """

    mode: ColourMode = ColourMode.SCREEN
    line: float = 0.0
    grey: float = 0.0
    most: float = 0.0


@dataclass(frozen=True, slots=True)
class Grid:
    """top: of the block of text on the page; line: from one line to the next; both in
    points"""

    top: float
    line: float


@dataclass(frozen=True, slots=True)
class Setup:
    """What all documents of an edition have in common.

    text, furniture: style sheets in the order of the cascade
    tagged: whether what is set says what it is to those who do not see it
    inking: what it is printed with
    numbered: whether someone will ask where the lines of the text stand
    manners: how the lines of a paragraph are chosen; None for one after the other
    grid: that lines keep, if they keep one
    hiding: what hides words, in sheets of an author's
    """

    faces: tuple[Face, ...]
    text: tuple[str, ...]
    furniture: tuple[str, ...]
    tagged: bool = True
    inking: Inking = Inking()
    numbered: bool = False
    manners: Manners | None = None
    grid: Grid | None = None
    hiding: tuple[Hiding, ...] = ()

    def spelt(self) -> Iterator[str]:
        for face in self.faces:
            yield f"{face.family} {face.weight} {face.italic}"
        for sheets in (self.text, self.furniture):
            yield str(len(sheets))
            yield from sheets
        yield f"{self.tagged} {self.inking} {self.numbered} {self.manners} {self.grid}"
        yield from map(str, self.hiding)


@dataclass(frozen=True, slots=True)
class Task:
    """root: the document; it holds a `section` for each of *paths*
    paths: the files of the chapters in it; none in furniture
    spreads: where the pictures over two pages were written that it begins with
    """

    root: Element
    paths: tuple[Path, ...] = ()
    spreads: tuple[Position, ...] = ()

    def spelt(self) -> Iterator[str]:
        yield tostring(self.root, encoding="unicode")
        yield from map(str, (*self.paths, *self.spreads))


@dataclass(frozen=True, slots=True)
class FontUse:
    """A font as one document uses it.

    name: the key under which pages draw with it, the same in every document
    face: its place in the faces of the edition
    letters: glyph to what it stands for
    """

    name: str
    face: int
    letters: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class SetPage:
    """What stands where on one page, in points from its lower left corner.

    anchors: the place of every element with an id; bookmarks: level, label, place
    starts: see `PrintedPage.places`
    bare: whether a picture covers all of it
    lines: the base lines of its prose from top to bottom, if they are numbered
    """

    anchors: Mapping[str, tuple[float, float]]
    bookmarks: tuple[tuple[int, str, tuple[float, float]], ...]
    starts: tuple[Place, ...] = ()
    bare: bool = False
    lines: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Spread:
    """A picture over two pages.

    at: where it was written; page: which page of its document its place is on, counted
    from 0
    """

    at: Position
    page: int


@dataclass(frozen=True, slots=True)
class Part:
    """A document that is set: a PDF to be joined with others.

    spreads: the pictures over two pages, which are its first pages
    fonts: those that it draws with and does not hold
    log: what WeasyPrint had to say
    problems: with what was to be set; lost: words that are not in it, if someone looked
    """

    data: bytes
    pages: tuple[SetPage, ...]
    fonts: tuple[FontUse, ...]
    log: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    lost: tuple[Problem, ...] = ()
    spreads: tuple[Spread, ...] = ()


class NotSetError(WorkError):
    """A document cannot be set. reason: what WeasyPrint raised"""


class NoPangoError(WorkError):
    """No document can be set. reason: what the system says to who looks for Pango"""
