"""Marks before the first letter of a chapter, where that is set large."""

import unicodedata
from dataclasses import replace

from publish.model import Attributes, Book, Chapter, Heading, Paragraph, Span, Text

# Punctuation that CSS counts to the first letter (CSS Pseudo-Elements 4, 3.1).
_OPENS = frozenset({"Ps", "Pi", "Pf", "Po"})
_MARK = Attributes(classes=("p-opening-mark",))


def part_opening_marks(book: Book) -> Book:
    """Quotation marks before the first letter of a chapter in an element of their own:
    a large letter would take them along, and they would be as large as it is."""
    return replace(book, chapters=tuple(map(_parted, book.chapters)))


def _parted(chapter: Chapter) -> Chapter:
    match chapter.blocks:
        case (Heading(level=1) as head, Paragraph((Text(said), *more)) as first, *rest):
            marks = _marks(said)
            if not marks or len(marks) == len(said):
                return chapter
            mark = Span("span", (Text(marks),), first.line, _MARK)
            inside = (mark, Text(said[len(marks) :]), *more)
            blocks = (head, replace(first, children=inside), *rest)
            return replace(chapter, blocks=blocks)
        case _:
            return chapter


def _marks(text: str) -> str:
    end = 0
    while end < len(text) and unicodedata.category(text[end]) in _OPENS:
        end += 1
    return text[:end]
