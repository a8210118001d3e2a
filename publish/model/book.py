"""The book with all that belongs to it."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from publish.model.chapters import MADE, Chapter, Role
from publish.model.editions import Edition
from publish.model.lists import Entry
from publish.model.metadata import Metadata
from publish.model.numbering import NO_NUMBERS, Numbering


@dataclass(frozen=True, slots=True)
class ImageFile:
    """A picture of the manuscript, ready for the outputs: upright, no larger than shops
    allow, and without what the camera wrote.

    name: file name in the outputs, ASCII, unique, e.g. "lamp.png"
    path: the ready picture, for as long as the book is being made
    sources: every path relative to the manuscript that shows it
    width, height: in pixels; 0 for an SVG that does not say
    """

    name: str
    path: Path
    sources: tuple[str, ...]
    media_type: str
    width: int
    height: int


class SourceLists(StrEnum):
    """Where what is cited is listed."""

    BOOK = "book"
    CHAPTER = "chapter"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Quotes:
    """What becomes of straight quotation marks.

    as_typed: whether they stay
    signs: four that open and close a quotation and one within it; empty for those of
        the language
    """

    as_typed: bool = False
    signs: str = ""


BY_LANGUAGE, AS_TYPED = Quotes(), Quotes(as_typed=True)


@dataclass(frozen=True, slots=True)
class Book:
    """contents: filled by `add_contents`; what nav, NCX, outline and page share
    editions: all that the author has, whichever are made now
    made: the pages that the tool makes where the author wrote none
    quotes: None where the author has not said it, and straight ones stay
    """

    metadata: Metadata
    chapters: tuple[Chapter, ...]
    images: tuple[ImageFile, ...] = ()
    cover: ImageFile | None = None
    contents: tuple[Entry, ...] = ()
    numbering: Numbering = NO_NUMBERS
    editions: tuple[Edition, ...] = ()
    made: tuple[Role, ...] = MADE
    quotes: Quotes | None = None
