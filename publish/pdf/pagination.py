"""Which page of the book is what: the fragments one behind the other, blank pages
between them, and the number of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from publish.language import in_digits, roman
from publish.model import Order
from publish.pdf.fragments import Fragment, Kind


@dataclass(frozen=True, slots=True)
class BookPage:
    """fragment, index: the fragment, and the page of it, both counted from 0; no
    fragment, and no kind, for a blank page
    number: 1, 2, 3, …; roman: whether it is printed as i, ii, iii, …
    recto: whether it is a right-hand page; the left in a book from right to left
    """

    fragment: int | None
    index: int
    kind: Kind | None
    number: int
    roman: bool
    recto: bool


def paginate(fragments: Sequence[Fragment], counts: Sequence[int]) -> list[BookPage]:
    """counts: how many pages each fragment has"""
    pages: list[BookPage] = []
    roman, number = True, 0

    def add(fragment: int | None, index: int, kind: Kind | None) -> None:
        recto = len(pages) % 2 == 0
        pages.append(BookPage(fragment, index, kind, number, roman, recto))

    for n, (fragment, count) in enumerate(zip(fragments, counts, strict=True)):
        if fragment.recto and len(pages) % 2:
            number += 1
            add(None, 0, None)
        if fragment.kind in {Kind.START, Kind.DISPLAY_START} and roman:
            roman, number = False, 0
        for index in range(count):
            number += 1
            add(n, index, fragment.kind)
    return pages


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
