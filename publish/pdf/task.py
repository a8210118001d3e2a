"""One document to be set, by itself: what goes to a worker, and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from publish.fonts import Face
from publish.model import ImageFile
from publish.problems import Problem


@dataclass(frozen=True, slots=True)
class Setup:
    """What all documents of an edition have in common.

    text, furniture: style sheets in the order of the cascade
    images: by name
    """

    faces: tuple[Face, ...]
    text: tuple[str, ...]
    furniture: tuple[str, ...]
    images: Mapping[str, ImageFile]


@dataclass(frozen=True, slots=True)
class Task:
    """root: the document; it holds a `section` for each of *paths*
    paths: the files of the chapters in it; none in furniture
    """

    root: Element
    paths: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class FontUse:
    """A font as one document uses it.

    name: the key under which pages draw with it, the same in every document
    letters: glyph to what it stands for
    """

    name: str
    face: Face
    letters: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class SetPage:
    """What stands where on one page, in points from its lower left corner.

    anchors: the place of every element with an id; bookmarks: level, label, place
    """

    anchors: Mapping[str, tuple[float, float]]
    bookmarks: tuple[tuple[int, str, tuple[float, float]], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A document that is set: a PDF to be joined with others.

    fonts: those that it draws with and does not hold
    log: what WeasyPrint had to say; problems: words that were lost on the way
    """

    data: bytes
    pages: tuple[SetPage, ...]
    fonts: tuple[FontUse, ...]
    log: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a document cannot be set. reason: what WeasyPrint raised"""

    reason: str


@dataclass(frozen=True, slots=True)
class NoPango(Failure):
    """No document can be set. reason: what the system says to who looks for Pango"""


@dataclass(frozen=True, slots=True)
class Stopped(Failure):
    """The process ended, and so did the one that tried again. reason: of its end

    killed: whether something from outside ended it
    """

    killed: bool


Answer = Part | Failure
