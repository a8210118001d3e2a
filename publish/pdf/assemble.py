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
from publish.pdf.pagination import BookPage
from publish.pdf.sheet import Sheet
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


@dataclass(frozen=True, slots=True)
class Leads:
    """What leads a reader through a file: some printers want none of it.

    links: and the tags, which hold them
    """

    links: bool = True
    outline: bool = True


class Assembly:
    """Joins parts to a book.

    early: those that are there while others are still being set. To open them takes a
        while, and every part is opened once.
    """

    def __init__(self, early: Iterable[Part], leads: Leads) -> None:
        self._stack, self._leads = ExitStack(), leads
        self._opened: dict[int, tuple[Part, Pdf]] = {}
        for part in early:
            self._open(part)

    @contextmanager
    def book(
        self,
        parts: Sequence[Part],
        furniture: Sequence[Overlay],
        pages: Sequence[BookPage],
        sheet: Sheet,
        *,
        right_to_left: bool,
    ) -> Iterator[Pdf]:
        """The book, without the fonts that its parts borrow, and without what every PDF
        has besides its pages. Nothing is left of the parts behind it.

        parts: the fragments, by their numbers in *pages*
        """
        with self._stack, pikepdf.new() as book:
            opened = [self._open(part) for part in parts]
            spots = [_spot(at, sheet, right_to_left) for at in pages]
            overlays = [self._open(over.part) for over in furniture]
            moved = [spot.text for spot in spots]
            if self._leads.links:
                known = {n for p in parts for page in p.pages for n in page.anchors}
                for some in opened:
                    unlink(some, known)
            _place(book, opened, pages)
            _lead(book, parts, pages, moved, self._leads)
            if self._leads.links:
                join_tags(book, opened, pages, moved)
            drawn = [leaf for overlay in overlays for leaf in overlay.pages[1:]]
            places = [
                over.first + n
                for over in furniture
                for n in range(len(over.part.pages) - 1)
            ]
            _lay_over(book, dict(zip(places, drawn, strict=True)), spots, sheet)
            _cut(book, spots, sheet)
            share_pictures(book)
            yield book

    def _open(self, part: Part) -> Pdf:
        if id(part) not in self._opened:
            pdf = self._stack.enter_context(pikepdf.open(io.BytesIO(part.data)))
            self._opened[id(part)] = part, pdf
        return self._opened[id(part)][1]


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where things stand on a page of the file, in points.

    text: how far its text goes from where it was set; block: how far what was set for
        this side of the book goes
    """

    text: tuple[float, float]
    block: tuple[float, float]
    right_hand: bool
    blank: bool


def _spot(at: BookPage, sheet: Sheet, right_to_left: bool) -> _Spot:
    """A fragment is set as if it began on a right-hand page; where it does not, each of
    its pages is mirrored."""
    right_hand = at.recto is not right_to_left
    block = sheet.block(right_hand=right_hand)
    set_recto = at.index % 2 == 0
    blank = at.fragment is None
    if blank or set_recto is at.recto:
        return _Spot(block, block, right_hand, blank)
    far = sheet.page.outer - sheet.page.inner
    x, y = block
    x += far if set_recto is not right_to_left else -far
    return _Spot((round(x, 3), y), block, right_hand, blank)


def _place(book: Pdf, opened: Sequence[Pdf], pages: Sequence[BookPage]) -> None:
    for at in pages:
        if at.fragment is not None and at.index < len(opened[at.fragment].pages):
            book.pages.append(opened[at.fragment].pages[at.index])
        else:
            book.add_blank_page()


def _cut(book: Pdf, spots: Sequence[_Spot], sheet: Sheet) -> None:
    """Give every page its boxes, and marks to cut it by."""
    for leaf, spot in zip(book.pages, spots, strict=True):
        boxes = sheet.boxes(right_hand=spot.right_hand)
        leaf.MediaBox = Array(list(boxes.media))
        leaf.BleedBox = Array(list(boxes.bleed))
        leaf.TrimBox = Array(list(boxes.trim))
        if marks := sheet.drawn_marks(right_hand=spot.right_hand):
            leaf.contents_add(book.make_stream(marks))


def _lead(
    book: Pdf,
    parts: Sequence[Part],
    pages: Sequence[BookPage],
    moved: Sequence[tuple[float, float]],
    leads: Leads,
) -> None:
    """Let links lead to their places, and write the outline."""
    if not leads.links:
        for leaf in book.pages:
            if "/Annots" in leaf:
                del leaf.Annots
    wanted = {name for leaf in book.pages for name in _targets(leaf.obj)}
    names: dict[str, Any] = {}
    bookmarks: list[Bookmark] = []
    for leaf, at, far in zip(book.pages, pages, moved, strict=True):
        if at.fragment is None or at.index >= len(parts[at.fragment].pages):
            continue
        for link in leaf.get("/Annots", ()) if any(far) else ():
            left, bottom, right, top = map(float, link.Rect)
            x, y = far
            link.Rect = Array([left + x, bottom + y, right + x, top + y])
        was = parts[at.fragment].pages[at.index]
        for name in was.anchors.keys() & wanted - names.keys():
            names[name] = _destination(leaf, was.anchors[name], far)
        bookmarks += (
            Bookmark(level, label, _destination(leaf, place, far))
            for level, label, place in was.bookmarks
        )
    if leads.links:
        listed = chain.from_iterable((String(n), names[n]) for n in sorted(names))
        book.Root.Names = Dictionary(Dests=Dictionary(Names=Array(listed)))
    if leads.outline:
        write_outline(book, bookmarks)


def _targets(leaf: Any) -> Iterator[str]:
    """The places that the links of a page lead to.

    Those to another fragment were links out of it, to an address of our own.
    """
    for link in leaf.get("/Annots", ()):
        # Printed, as far as there is something to print (ISO 19005-2, 6.3.2).
        link.F = 4
        address = str(link.A.get("/URI", "")) if "/A" in link else ""
        if address.startswith(PLACE):
            link.Dest = String(address.removeprefix(PLACE))
            del link["/A"]
            if str(link.get("/Contents", "")) == address:
                link.Contents = link.Dest
        if "/Dest" in link:
            yield str(link.Dest)


def _destination(
    leaf: pikepdf.Page, place: tuple[float, float], far: tuple[float, float]
) -> Any:
    x, y = (at + by for at, by in zip(place, far, strict=True))
    return Array([leaf.obj, Name.XYZ, round(x, 2), round(y, 2), 0])


# What a page draws behind its own marks, in the words of ISO 32000-1, 14.8.2.2.
_OVER = "\nQ\n/Artifact <</Type /Pagination>> BDC\n{}/Furniture Do\n{}EMC\n"
_NOTHING_OVER = "\nQ\n"
_DRAWS = re.compile(rb"\bT[jJ]\b|\bDo\b|\bf\b|\bS\b")


def _lay_over(
    book: Pdf,
    furniture: Mapping[int, pikepdf.Page],
    spots: Sequence[_Spot],
    sheet: Sheet,
) -> None:
    """furniture: what goes over the page of that number"""
    streams: dict[str, Stream] = {}

    def stream(words: str) -> Stream:
        if words not in streams:
            streams[words] = book.make_stream(words.encode())
        return streams[words]

    for n, (leaf, spot) in enumerate(zip(book.pages, spots, strict=True)):
        drawn = furniture.get(n)
        shown = drawn is not None and _DRAWS.search(drawn.Contents.read_bytes())
        if not shown and (not any(spot.text) or spot.blank):
            continue
        shift = _shift(spot.block)
        over = _OVER.format(*(("q\n" + shift, "Q\n") if shift else ("", "")))
        ends = stream(over if shown else _NOTHING_OVER)
        begins = stream(f"q\n{_within(spot, sheet)}{_shift(spot.text)}")
        leaf.Contents = Array([begins, leaf.Contents, ends])
        if drawn is not None and shown:
            _draw(book, leaf, drawn)


def _within(spot: _Spot, sheet: Sheet) -> str:
    """Where there are marks, pictures end at the bleed."""
    if not sheet.marks:
        return ""
    left, bottom, right, top = sheet.boxes(right_hand=spot.right_hand).bleed
    return f"{left:g} {bottom:g} {right - left:g} {top - bottom:g} re W n\n"


def _shift(far: tuple[float, float]) -> str:
    x, y = far
    return f"1 0 0 1 {x:g} {y:g} cm\n" if any(far) else ""


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
