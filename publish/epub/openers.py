"""The first letter of a chapter, where that is set large."""

from dataclasses import replace

from publish.initials import OPENING_ROLES, TAILED, parted
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


def mark_initials(book: Book) -> Book:
    """Say of which paragraphs the first letter is set large, and of which it goes below
    its line. Quotation marks before it stand in an element of their own: it would take
    them along, and they would be as large as it is."""
    return replace(book, chapters=tuple(map(_in_chapter, book.chapters)))


def _in_chapter(chapter: Chapter) -> Chapter:
    match chapter.blocks:
        case (Heading(level=1) as head, Paragraph() as first, *rest) if (
            chapter.role in OPENING_ROLES
        ):
            inside, letter = _with_marks(first.children, first.line)
            if not letter:
                return chapter
            tailed = ("p-tailed",) if letter in TAILED else ()
            own = first.attributes
            classes = (*own.classes, "p-initial", *tailed)
            marked = replace(
                first, children=inside, attributes=replace(own, classes=classes)
            )
            return replace(chapter, blocks=(head, marked, *rest))
        case _:
            return chapter


def _with_marks(inlines: Inlines, line: int) -> tuple[Inlines, str]:
    """The marks before the first letter parted from it, inside of elements too; and the
    letter, empty where something else comes first."""
    done: list[Inline] = []
    for at, inline in enumerate(inlines):
        if isinstance(inline, WRAPPERS):
            inside, letter = _with_marks(inline.children, line)
            inner = replace(inline, children=inside)
            return (*done, inner, *inlines[at + 1 :]), letter
        if not isinstance(inline, Text):
            break
        marks, letter, rest = parted(inline.value)
        if marks:
            done.append(Span("span", (Text(marks),), line, _MARK))
        if letter or rest:
            return (*done, Text(letter + rest), *inlines[at + 1 :]), letter
    return inlines, ""
