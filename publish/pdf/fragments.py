"""A book cut at the places where a page begins: each fragment is set by itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from publish.model import Book, Chapter, Index, Matter, Role
from publish.style import Opening
from publish.transform.contents import rooms
from publish.walk import walk_blocks

# Pages that show their own text and nothing else: no running head, no number.
DISPLAY = frozenset(
    {
        Role.HALF_TITLE,
        Role.FRONTISPIECE,
        Role.SERIES_PAGE,
        Role.ALSO_BY,
        Role.TITLE_PAGE,
        Role.COPYRIGHT_PAGE,
        Role.DEDICATION,
        Role.EPIGRAPH,
        Role.PART,
    }
)


# What is printed on the back of the half title and of the title page.
_BACKS = frozenset({Role.SERIES_PAGE, Role.ALSO_BY, Role.COPYRIGHT_PAGE})


class Kind(StrEnum):
    """The pages that a chapter stands on. Each kind is a named page in CSS.

    START and DISPLAY_START begin with page 1.
    """

    FRONT = "front"
    START = "start"
    BODY = "body"
    DISPLAY = "display"
    DISPLAY_START = "display-start"


@dataclass(frozen=True, slots=True)
class Fragment:
    """recto: whether it begins on a right-hand page, after a blank one if need be; on
    the left in a book that is read from right to left
    """

    kind: Kind
    chapters: tuple[Chapter, ...]
    recto: bool

    @property
    def is_paged(self) -> bool:
        """Whether there are page numbers in it, which are known last."""
        return any(chapter.paged for chapter in self.chapters)

    @property
    def lists_pages(self) -> bool:
        """Whether a list of pages stands in it, and it has as many itself as the
        numbers of others need."""
        return any(_lists_pages(chapter) for chapter in self.chapters)


def _lists_pages(chapter: Chapter) -> bool:
    """Contents, or an index."""
    if any(rooms(chapter.blocks)):
        return True
    # Most chapters need not be looked through.
    return chapter.paged and any(
        isinstance(block, Index) for block in walk_blocks(chapter.blocks)
    )


def cut(book: Book, opening: Opening) -> tuple[Fragment, ...]:
    """The fragments of the book, in its order."""
    first = next((c for c in book.chapters if c.matter is not Matter.FRONT), None)
    return tuple(
        Fragment(_kind(run[0], first), run, _is_recto(run[0], first, opening))
        for run in _runs(book.chapters, first, opening)
    )


def _kind(chapter: Chapter, first: Chapter | None) -> Kind:
    """first: the chapter whose first page is page 1"""
    display = chapter.role in DISPLAY
    if chapter is first:
        return Kind.DISPLAY_START if display else Kind.START
    if display:
        return Kind.DISPLAY
    return Kind.FRONT if chapter.matter is Matter.FRONT else Kind.BODY


def _runs(
    chapters: Iterable[Chapter], first: Chapter | None, opening: Opening
) -> Iterator[tuple[Chapter, ...]]:
    """Chapters that are set together."""
    run: list[Chapter] = []
    for chapter in chapters:
        runs_on = opening is Opening.RUN_ON and chapter is not first
        if run and not (runs_on and _may_share_a_page(run[-1], chapter)):
            yield tuple(run)
            run = []
        run.append(chapter)
    if run:
        yield tuple(run)


def _may_share_a_page(one: Chapter, other: Chapter) -> bool:
    alone = any(c.role in DISPLAY or _lists_pages(c) for c in (one, other))
    front = {one.matter is Matter.FRONT, other.matter is Matter.FRONT}
    return not alone and len(front) == 1


def _is_recto(chapter: Chapter, first: Chapter | None, opening: Opening) -> bool:
    # Page 1 is odd, and odd
    # pages are on the right, whatever the style.
    if chapter is first:
        return True
    return opening is not Opening.PAGE and chapter.role not in _BACKS
