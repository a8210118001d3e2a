"""The outline of a PDF: bookmarks in bookmarks."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pikepdf import OutlineItem, Pdf


@dataclass(frozen=True, slots=True)
class Bookmark:
    """level: from 1; destination: a page and a place of it, as PDF has it"""

    level: int
    label: str
    destination: Any


def write_outline(book: Pdf, bookmarks: Iterable[Bookmark]) -> None:
    """Each bookmark stands in the last one before it of a lower level."""
    with book.open_outline() as outline:
        around: list[tuple[int, list[OutlineItem]]] = [(0, outline.root)]
        for bookmark in bookmarks:
            while around[-1][0] >= bookmark.level:
                around.pop()
            item = OutlineItem(bookmark.label, bookmark.destination)
            around[-1][1].append(item)
            around.append((bookmark.level, item.children))
