"""Marks before the first letter of a chapter, where that is set large."""

from dataclasses import replace

from publish.initials import OPENING_ROLES, parted
from publish.model import (
    Attributes,
    Book,
    Chapter,
    Heading,
    Inline,
    Inlines,
    Paragraph,
    Span,
    Text,
)
from publish.walk import WRAPPERS

_MARK = Attributes(classes=("p-opening-mark",))


def part_opening_marks(book: Book) -> Book:
    """Quotation marks before the first letter of a chapter in an element of their own:
    a large letter would take them along, and they would be as large as it is."""
    return replace(book, chapters=tuple(map(_in_chapter, book.chapters)))


def _in_chapter(chapter: Chapter) -> Chapter:
    match chapter.blocks:
        case (Heading(level=1) as head, Paragraph() as first, *rest) if (
            chapter.role in OPENING_ROLES
        ):
            inside = _with_marks(first.children, first.line)
            blocks = (head, replace(first, children=inside), *rest)
            return replace(chapter, blocks=blocks)
        case _:
            return chapter


def _with_marks(inlines: Inlines, line: int) -> Inlines:
    """The marks before the first word parted from it, inside of elements too."""
    done: list[Inline] = []
    for at, inline in enumerate(inlines):
        if isinstance(inline, WRAPPERS):
            inside = _with_marks(inline.children, line)
            return (*done, replace(inline, children=inside), *inlines[at + 1 :])
        if not isinstance(inline, Text):
            break
        marks, letter, rest = parted(inline.value)
        if marks:
            done.append(Span("span", (Text(marks),), line, _MARK))
        if letter or rest:
            return (*done, Text(letter + rest), *inlines[at + 1 :])
    return inlines
