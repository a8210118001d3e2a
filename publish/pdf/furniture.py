"""What stands round the text: running heads and page numbers, on pages without any.

They depend on the whole book, the text does not: so they are set apart, a run of pages
at a time, and laid over the text by `assemble`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

from publish.language import direction
from publish.model import Book, Chapter
from publish.pdf.document import running_heads
from publish.pdf.fragments import Kind
from publish.pdf.heads import Shown, head_room, heads_shown
from publish.pdf.page import Page
from publish.pdf.pagination import BookPage, as_set
from publish.pdf.task import Part
from publish.style import Style

# A document of 2,000 pages takes more than twice as long a page as one of 100.
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Furniture:
    """What decides the furniture of a book beside its pages.

    parts: the fragments, by their numbers in the pages
    heads: of each chapter, what stands over the left-hand and the right-hand pages
    shown: what else stands round a page; see `publish.pdf.heads`
    """

    parts: Sequence[Part]
    heads: Mapping[str, tuple[str, str]]
    language: str
    shown: Shown

    def documents(
        self, pages: Sequence[BookPage], before: str
    ) -> Iterator[tuple[int, Element]]:
        """That of each run of pages, behind the place of its first page, from 0.

        before: the chapter that the page before them is of; empty for none
        """
        begin = 0
        for run in _runs(pages):
            yield begin, self._document(run, before)
            begin += len(run)
            for page in run:
                before = [before, *self._opened(page)][-1]

    def _document(self, run: Sequence[BookPage], before: str) -> Element:
        """Its first page belongs to nothing: it says what the strings and the number
        are before the run."""
        language = self.language
        side = "left" if run[0].recto is (direction(language) == "ltr") else "right"
        root = Element("html", {"lang": language, "dir": direction(language)})
        root.set("style", f"break-before: {side}")
        SubElement(
            SubElement(root, "head"), "style"
        ).text = f"@page :first {{ counter-reset: page {run[0].number - 1} }}"
        body = SubElement(root, "body")
        self._mark(SubElement(body, "div"), before)
        after_blank = False
        for page in run:
            if page.kind is not None and page.fragment is not None:
                done = as_set(page, self.parts)
                kind = Kind.DISPLAY if done and done.bare else page.kind
                side = "recto" if page.recto else "verso"
                name = f"{kind} {side}" if after_blank else kind.value
                division = SubElement(body, "div", {"class": name})
                for chapter in self._opened(page):
                    self._mark(division, chapter)
                if data := self.shown.get((page.fragment, page.index)):
                    SubElement(division, "div", {"class": "p-shown", **data})
            after_blank = page.kind is None
        return root

    def _opened(self, page: BookPage) -> Sequence[str]:
        """The names of the chapters that begin on a page."""
        done = as_set(page, self.parts)
        return (
            [anchor for anchor in done.anchors if anchor in self.heads] if done else []
        )

    def _mark(self, division: Element, chapter: str) -> None:
        book, title = self.heads.get(chapter, ("", ""))
        data = {"class": "p-mark", "data-book": book, "data-title": title}
        SubElement(division, "div", data)


def furniture_of(
    book: Book,
    page: Page,
    style: Style,
    parts: Sequence[Part],
    pages: Sequence[BookPage],
) -> Furniture:
    """parts, pages: those that are shown"""
    room = head_room(page, style)
    heads = {c.name: running_heads(c, book, room, style.heads) for c in book.chapters}
    shown = heads_shown(book, page, style, pages, parts)
    return Furniture(parts, heads, book.metadata.language, shown)


def chapter_before(first: Chapter, book: Book) -> str:
    """The name of the chapter that stands before *first*; empty for none."""
    names = [chapter.name for chapter in book.chapters]
    at = names.index(first.name)
    return names[at - 1] if at else ""


def _runs(pages: Sequence[BookPage]) -> Iterator[Sequence[BookPage]]:
    """Pages that are numbered through, no more than LONGEST. A blank page is in one run
    with the page behind it, which makes it."""
    begin = 0
    for n, (page, after) in enumerate(pairwise(pages), 1):
        full = n - begin >= LONGEST and page.kind is not None
        if after.number != page.number + 1 or full:
            yield pages[begin:n]
            begin = n
    if begin < len(pages):
        yield pages[begin:]
