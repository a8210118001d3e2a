"""One PDF of many: fragments one behind the other, furniture over them, and what
leads from one to the other."""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from publish.pdf.join_pictures import share_pictures
from publish.pdf.join_tags import join_tags
from publish.pdf.outline import Bookmark, write_outline
from publish.pdf.page import Page
from publish.pdf.pagination import BookPage
from publish.pdf.sheets import PLACE
from publish.pdf.task import Part
from publish.pdf.unlink import unlink


@dataclass(frozen=True, slots=True)
class Overlay:
    """A run of furniture behind a page that belongs to nothing.

    first: the page of the book, counted from 0, that its second page goes over
    """

    part: Part
    first: int


class Assembly:
    """Joins parts to a book.

    early: those that are there while others are still being set. To open them takes a
        while, and every part is opened once.
    """

    def __init__(self, early: Iterable[Part]) -> None:
        self._stack = ExitStack()
        self._opened: dict[int, tuple[Part, Pdf]] = {}
        for part in early:
            self._open(part)

    @contextmanager
    def book(
        self,
        parts: Sequence[Part],
        furniture: Sequence[Overlay],
        pages: Sequence[BookPage],
        page: Page,
        *,
        right_to_left: bool,
    ) -> Iterator[Pdf]:
        """The book, without the fonts that its parts borrow, and without what every PDF
        has besides its pages. Nothing is left of the parts behind it.

        parts: the fragments, by their numbers in *pages*
        """
        with self._stack, pikepdf.new() as book:
            opened = [self._open(part) for part in parts]
            known = {name for p in parts for page in p.pages for name in page.anchors}
            for some in opened:
                unlink(some, known)
            overlays = [self._open(over.part) for over in furniture]
            moved = [_moved(at, page, right_to_left) for at in pages]
            _place(book, opened, pages, page)
            _lead(book, parts, pages, moved)
            join_tags(book, opened, pages, moved)
            drawn = [leaf for overlay in overlays for leaf in overlay.pages[1:]]
            places = [
                over.first + n
                for over in furniture
                for n in range(len(over.part.pages) - 1)
            ]
            _lay_over(book, dict(zip(places, drawn, strict=True)), moved)
            share_pictures(book)
            yield book

    def _open(self, part: Part) -> Pdf:
        if id(part) not in self._opened:
            pdf = self._stack.enter_context(pikepdf.open(io.BytesIO(part.data)))
            self._opened[id(part)] = part, pdf
        return self._opened[id(part)][1]


def _moved(at: BookPage, page: Page, right_to_left: bool) -> float:
    """How far to the right a page goes, in points. A fragment is set as if it began on
    a right-hand page; where it does not, each of its pages is mirrored."""
    set_recto = at.index % 2 == 0
    if at.fragment is None or set_recto is at.recto:
        return 0.0
    far = page.outer - page.inner
    return far if set_recto is not right_to_left else -far


def _place(
    book: Pdf, opened: Sequence[Pdf], pages: Sequence[BookPage], page: Page
) -> None:
    for at in pages:
        if at.fragment is not None and at.index < len(opened[at.fragment].pages):
            book.pages.append(opened[at.fragment].pages[at.index])
            continue
        book.add_blank_page(page_size=(page.width, page.height))
        blank = book.pages[-1]
        blank.TrimBox = blank.BleedBox = blank.MediaBox


def _lead(
    book: Pdf,
    parts: Sequence[Part],
    pages: Sequence[BookPage],
    moved: Sequence[float],
) -> None:
    """Let links lead to their places, and write the outline."""
    wanted = {name for leaf in book.pages for name in _targets(leaf.obj)}
    names: dict[str, Any] = {}
    bookmarks: list[Bookmark] = []
    for leaf, at, far in zip(book.pages, pages, moved, strict=True):
        if at.fragment is None or at.index >= len(parts[at.fragment].pages):
            continue
        for link in leaf.get("/Annots", ()) if far else ():
            left, bottom, right, top = map(float, link.Rect)
            link.Rect = Array([left + far, bottom, right + far, top])
        was = parts[at.fragment].pages[at.index]
        for name in was.anchors.keys() & wanted - names.keys():
            names[name] = _destination(leaf, was.anchors[name], far)
        bookmarks += (
            Bookmark(level, label, _destination(leaf, place, far))
            for level, label, place in was.bookmarks
        )
    listed = chain.from_iterable((String(name), names[name]) for name in sorted(names))
    book.Root.Names = Dictionary(Dests=Dictionary(Names=Array(listed)))
    write_outline(book, bookmarks)


def _targets(leaf: Any) -> Iterator[str]:
    """The places that the links of a page lead to.

    Those to another fragment were links out of it, to an address of our own.
    """
    for link in leaf.get("/Annots", ()):
        address = str(link.A.get("/URI", "")) if "/A" in link else ""
        if address.startswith(PLACE):
            link.Dest = String(address.removeprefix(PLACE))
            del link["/A"]
            if str(link.get("/Contents", "")) == address:
                link.Contents = link.Dest
        if "/Dest" in link:
            yield str(link.Dest)


def _destination(leaf: pikepdf.Page, place: tuple[float, float], far: float) -> Any:
    x, y = place
    return Array([leaf.obj, Name.XYZ, round(x + far, 2), round(y, 2), 0])


# What a page draws behind its own marks, in the words of ISO 32000-1, 14.8.2.2.
_OVER = b"\nQ\n/Artifact <</Type /Pagination>> BDC\n/Furniture Do\nEMC\n"
_NOTHING_OVER = b"\nQ\n"
_DRAWS = re.compile(rb"\bT[jJ]\b|\bDo\b|\bf\b|\bS\b")


def _lay_over(
    book: Pdf, furniture: Mapping[int, pikepdf.Page], moved: Sequence[float]
) -> None:
    """furniture: what goes over the page of that number"""
    over, nothing = book.make_stream(_OVER), book.make_stream(_NOTHING_OVER)
    begins: dict[float, Stream] = {}
    for n, (leaf, far) in enumerate(zip(book.pages, moved, strict=True)):
        drawn = furniture.get(n)
        if far not in begins:
            shift = f"1 0 0 1 {far:g} 0 cm\n" if far else ""
            begins[far] = book.make_stream(f"q\n{shift}".encode())
        shown = drawn is not None and _DRAWS.search(drawn.Contents.read_bytes())
        if not shown and not far:
            continue
        ends = over if shown else nothing
        leaf.Contents = Array([begins[far], leaf.Contents, ends])
        if drawn is not None and shown:
            _draw(book, leaf, drawn)


def _draw(book: Pdf, leaf: Any, drawn: Any) -> None:
    """Add what *drawn* shows to what *leaf* can draw. Crop marks lie outside of the
    paper, so the form is as large as everything that is printed."""
    form: Any = book.copy_foreign(drawn.Contents)
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = Array(list(drawn.MediaBox))
    form.Resources = book.copy_foreign(drawn.Resources)
    resources = Dictionary(dict(leaf.Resources.items()))
    resources.XObject = Dictionary(dict(resources.get("/XObject", {}).items()))
    resources.XObject.Furniture = form
    leaf.Resources = resources
