"""Which page of the book is what: the fragments one behind the other, blank pages
between them, and the number of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from publish.language import in_digits, roman
from publish.model import Order
from publish.pdf.fragments import Fragment, Kind
from publish.pdf.task import Part, SetPage


@dataclass(frozen=True, slots=True)
class BookPage:
    """fragment, index: the fragment, and the page of it as it was set, both counted
    from 0; no fragment, and no kind, for a blank page
    number: 1, 2, 3, …; roman: whether it is printed as i, ii, iii, …
    recto: whether it is a right-hand page; the left in a book from right to left
    """

    fragment: int | None
    index: int
    kind: Kind | None
    number: int
    roman: bool
    recto: bool


def as_set(page: BookPage, parts: Sequence[Part]) -> SetPage | None:
    """What was set for a page; None for a blank one. parts: the fragments"""
    if page.fragment is None:
        return None
    # What tells numbers of pages keeps the most pages that it has had.
    pages = parts[page.fragment].pages
    return pages[page.index] if page.index < len(pages) else None


@dataclass(frozen=True, slots=True)
class Extent:
    """pages: how many a fragment has
    spreads: for each of its pictures over two pages, which page of it has its place;
    these are its first pages, two for each
    """

    pages: int
    spreads: Sequence[int] = ()

    @property
    def halves(self) -> int:
        return 2 * len(self.spreads)


def paginate(
    fragments: Sequence[Fragment], extents: Sequence[Extent]
) -> list[BookPage]:
    """A picture over two pages stands beside the page that has its place: after it, or
    before it where the next page is a right-hand one. No page of the text goes to the
    other side for it.

    extents: of the fragments
    """
    pages: list[BookPage] = []
    roman, number = True, 0

    def add(fragment: int | None, index: int, kind: Kind | None) -> None:
        recto = len(pages) % 2 == 0
        pages.append(BookPage(fragment, index, kind, number, roman, recto))

    for n, (fragment, extent) in enumerate(zip(fragments, extents, strict=True)):
        begins = fragment.kind in {Kind.START, Kind.DISPLAY_START} and roman
        has_text = extent.pages > extent.halves
        if fragment.recto and len(pages) % 2 and (has_text or begins):
            number += 1
            add(None, 0, None)
        if begins:
            roman, number = False, 0
        for index in _order(extent, recto=len(pages) % 2 == 0):
            number += 1
            if index is None:
                add(None, 0, None)
            else:
                add(n, index, fragment.kind)
    return pages


def _order(extent: Extent, *, recto: bool) -> Iterator[int | None]:
    """The pages of a fragment as they follow each other; None for a blank one.

    recto: whether the first of them is a right-hand page
    """
    waiting = sorted((page, n) for n, page in enumerate(extent.spreads))

    def halves(page: float) -> Iterator[int]:
        while waiting and waiting[0][0] <= page:
            first = 2 * waiting.pop(0)[1]
            yield from (first, first + 1)

    for index in range(extent.halves, extent.pages):
        # Nothing comes before what opens a chapter.
        if not recto and index > extent.halves:
            yield from halves(index)
        yield index
        recto = not recto
        if not recto:
            yield from halves(index)
    if waiting and recto:
        yield None
    yield from halves(inf)


def closed(pages: Sequence[BookPage], order: Order) -> list[BookPage]:
    """With the blank pages at the end that a printer wants."""
    done = [*pages]

    def add() -> None:
        last = done[-1]
        recto = not last.recto
        done.append(BookPage(None, 0, None, last.number + 1, last.roman, recto))

    if order.last_blank and done[-1].kind is not None:
        add()
    if order.even and len(done) % 2:
        add()
    return done


def numberings(pages: Sequence[BookPage]) -> Iterator[tuple[int, BookPage]]:
    """The pages that do not go on counting where the one before them ends, with their
    places in *pages*, counted from 0."""
    before: BookPage | None = None
    for n, page in enumerate(pages):
        if before is None or page.number != before.number + 1:
            yield n, page
        before = page


def folio(page: BookPage, language: str) -> str:
    """The number as it is printed, in the digits of the language."""
    if page.roman:
        return roman(page.number).lower()
    return in_digits(str(page.number), language)
