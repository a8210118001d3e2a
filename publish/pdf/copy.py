"""What a compositor gets of the author's words: a fragment, as it is in the tree."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from publish.model import Book, Contents, Entry, Index, PageReference, Target
from publish.pdf.fragments import DISPLAY, Fragment
from publish.pdf.numbers import Numbers
from publish.pdf.page import Page
from publish.walk import (
    chapter_blocks,
    index_entries,
    own_inlines,
    walk_inlines,
)

# Bookmarks by the ids that they lead to: level, from 1, and label.
Marks = Mapping[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Copy:
    """A fragment with all of its book that decides what is set of it.

    language, title: of the book
    marks: those of the fragment
    numbers: of the pages that stand in it
    """

    fragment: Fragment
    page: Page
    language: str
    title: str
    marks: Marks
    numbers: Numbers

    def spelt(self) -> Iterator[str]:
        """See `publish.crew`."""
        yield repr(self)


class Copies:
    """Gives the compositors of a book their copy."""

    def __init__(self, book: Book, page: Page) -> None:
        self._book, self._page = book, page
        self._marks: dict[str, dict[str, tuple[int, str]]] = {}
        for level, entry in _entries(book.contents or _plain_contents(book), 1):
            label = f"{entry.number} {entry.title}".strip()
            target = place(entry.target.chapter, entry.target.anchor)
            # The first entry of a place counts.
            marks = self._marks.setdefault(entry.target.chapter, {})
            marks.setdefault(target, (level, label))

    def of(self, fragment: Fragment, numbers: Numbers) -> Copy:
        """numbers: as in `Copy`"""
        marks: dict[str, tuple[int, str]] = {}
        for chapter in fragment.chapters:
            marks |= self._marks.get(chapter.name, {})
        data = self._book.metadata
        return Copy(fragment, self._page, data.language, data.title, marks, numbers)


def _plain_contents(book: Book) -> tuple[Entry, ...]:
    return tuple(
        Entry(chapter.title, chapter.number, Target(chapter.name))
        for chapter in book.chapters
        if chapter.role not in DISPLAY
    )


def _entries(entries: Iterable[Entry], level: int) -> Iterator[tuple[int, Entry]]:
    for entry in entries:
        yield level, entry
        yield from _entries(entry.children, level + 1)


def places_shown(fragment: Fragment) -> Iterator[str]:
    """The ids of the places whose pages are told in a fragment."""
    for chapter in fragment.chapters:
        if not chapter.paged:
            continue
        for block in chapter_blocks(chapter):
            if isinstance(block, Index):
                yield from _indexed(block)
            if isinstance(block, Contents):
                for _, entry in _entries(block.entries, 1):
                    yield place(entry.target.chapter, entry.target.anchor)
            for inline in walk_inlines(own_inlines(block)):
                if isinstance(inline, PageReference):
                    yield place(inline.target.chapter, inline.target.anchor)


def _indexed(index: Index) -> Iterator[str]:
    for entry in index_entries(index):
        for one in entry.places:
            for target in (one.target, one.end):
                if target is not None:
                    yield place(target.chapter, target.anchor)


def place(chapter: str, anchor: str = "") -> str:
    """The id of a place of the book. ASCII, so that no link needs a percent sign."""
    return f"{chapter}:{plain_id(anchor)}" if anchor else chapter


def plain_id(anchor: str) -> str:
    # A point and hexadecimal digits: a point is itself written so, so that two
    # anchors never become one.
    return re.sub(r"[^A-Za-z0-9_-]", lambda match: f".{ord(match[0]):x}.", anchor)
