"""One PDF of many: fragments one behind the other, furniture over them, what a copy for
review has besides, and what leads from one to the other."""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from publish.pdf.ground import Ground
from publish.pdf.join_pictures import share_pictures
from publish.pdf.join_tags import join_tags
from publish.pdf.outline import Bookmark, write_outline
from publish.pdf.pagination import BookPage, as_set
from publish.pdf.review import Review, Shape, Side, Stamp
from publish.pdf.sheet import PaperSheet
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


@dataclass(frozen=True, slots=True)
class Behind:
    """What pages show besides what was set for them.

    grounds: of the pages of whole fragments, by their numbers
    """

    review: Review
    grounds: Mapping[int, Ground] = field(default_factory=dict)


class Assembly:
    """Joins parts to a book.

    early: those that are there while others are still being set. To open them takes a
        while, and every part is opened once.
    """

    def __init__(self, early: Iterable[Part], leads: Leads, behind: Behind) -> None:
        self._stack, self._leads, self._behind = ExitStack(), leads, behind
        self._opened: dict[int, tuple[Part, Pdf]] = {}
        for part in early:
            self._open(part)

    @contextmanager
    def book(
        self,
        parts: Sequence[Part],
        furniture: Sequence[Overlay],
        pages: Sequence[BookPage],
        sheet: PaperSheet,
        *,
        right_to_left: bool,
    ) -> Iterator[Pdf]:
        """The book, without the fonts that its parts borrow, and without what every PDF
        has besides its pages. Nothing is left of the parts behind it.

        parts: the fragments, by their numbers in *pages*
        """
        with self._stack, pikepdf.new() as book:
            opened = [self._open(part) for part in parts]
            spots = [_spot(at, parts, sheet, right_to_left) for at in pages]
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
            shown = _Shown(
                dict(zip(places, drawn, strict=True)),
                *_stamps(self._behind, parts, pages, spots, sheet),
            )
            _draw_round(book, shown, spots, sheet)
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
        this side of the book goes; corner: of the paper after cutting, the lower left
    """

    text: tuple[float, float]
    block: tuple[float, float]
    corner: tuple[float, float]
    right_hand: bool
    blank: bool


def _spot(
    at: BookPage, parts: Sequence[Part], sheet: PaperSheet, right_to_left: bool
) -> _Spot:
    """A fragment is set as if it began on a right-hand page; where it does not, each of
    its pages is mirrored. A picture that covers its page goes to the middle of it."""
    right_hand = at.recto is not right_to_left
    block = sheet.block(right_hand=right_hand)
    corner = sheet.origin(right_hand=right_hand)
    if at.fragment is None:
        return _Spot(block, block, corner, right_hand, blank=True)
    set_right_hand = (at.index % 2 == 0) is not right_to_left
    page, text = sheet.page, block
    left = page.inner if set_right_hand else page.outer
    done = as_set(at, parts)
    if done and done.bare:
        middle = (page.width - page.text_width) / 2
        text = round(corner[0] + middle - left, 3), corner[1]
    elif set_right_hand is not right_hand:
        wanted = page.inner if right_hand else page.outer
        text = round(block[0] + wanted - left, 3), block[1]
    return _Spot(text, block, corner, right_hand, blank=False)


def _place(book: Pdf, opened: Sequence[Pdf], pages: Sequence[BookPage]) -> None:
    for at in pages:
        if at.fragment is not None and at.index < len(opened[at.fragment].pages):
            book.pages.append(opened[at.fragment].pages[at.index])
        else:
            book.add_blank_page()


def _cut(book: Pdf, spots: Sequence[_Spot], sheet: PaperSheet) -> None:
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


Stamps = Mapping[int, Sequence[Stamp]]


@dataclass(frozen=True, slots=True)
class _Shown:
    """What pages show besides their text, by their places in the file.

    under, over: shapes, whose colour the text is drawn over and that cover it
    """

    furniture: Mapping[int, pikepdf.Page]
    under: Stamps
    over: Stamps


def _stamps(
    behind: Behind,
    parts: Sequence[Part],
    pages: Sequence[BookPage],
    spots: Sequence[_Spot],
    sheet: PaperSheet,
) -> tuple[Stamps, Stamps]:
    """What is under the text of pages: a ground, the words of a copy for review; and
    what of such a copy is over it."""
    review = behind.review
    under: dict[int, list[Stamp]] = {}
    over: dict[int, list[Stamp]] = {}
    for n, (at, spot) in enumerate(zip(pages, spots, strict=True)):
        done = as_set(at, parts)
        if at.fragment is None or done is None:
            continue
        side = Side(spot.corner, spot.block, spot.right_hand)
        if done.bare:
            # The picture that covers it has no letters, and would hide the words.
            over[n] = [
                *review.watermark(side),
                *review.numbers(done.lines, side),
            ]
        elif ground := behind.grounds.get(at.fragment):
            box = sheet.boxes(right_hand=spot.right_hand).bleed
            across = review.watermark(side, ground.watermark)
            under[n] = [ground.stamp(box), *across]
            over[n] = [*review.numbers(done.lines, side, ground.letters)]
        else:
            under[n] = [*review.watermark(side)]
            over[n] = [*review.numbers(done.lines, side)]
    return under, over


# What a page draws before and behind its own marks, in the words of ISO 32000-1,
# 14.8.2.2.
_ARTIFACT = "/Artifact <</Type /Pagination>> BDC\n{}EMC\n"
_DRAWS = re.compile(rb"\bT[jJ]\b|\bDo\b|\bf\b|\bS\b")


def _draw_round(
    book: Pdf, shown: _Shown, spots: Sequence[_Spot], sheet: PaperSheet
) -> None:
    """Draw on each page what it shows besides its text."""
    streams: dict[str, Stream] = {}
    forms: dict[Shape, Any] = {}

    def stream(words: str) -> Stream:
        if words not in streams:
            streams[words] = book.make_stream(words.encode())
        return streams[words]

    def stamped(leaf: Any, stamps: Sequence[Stamp]) -> str:
        for shape in (stamp.shape for stamp in stamps):
            if shape not in forms:
                forms[shape] = _form(book, shape)
            _add_form(leaf, shape.name, forms[shape])
        words = "".join(
            f"q\n{' '.join(f'{n:.4f}' for n in stamp.matrix)} cm\n"
            f"/{stamp.shape.name} Do\nQ\n"
            for stamp in stamps
        )
        return _ARTIFACT.format(words) if words else ""

    for n, (leaf, spot) in enumerate(zip(book.pages, spots, strict=True)):
        drawn = shown.furniture.get(n)
        if drawn is not None and not _DRAWS.search(drawn.Contents.read_bytes()):
            drawn = None
        under = stamped(leaf, shown.under.get(n, ()))
        over = stamped(leaf, shown.over.get(n, ()))
        stays = spot.blank or not any(spot.text)
        if drawn is None and stays and not under and not over:
            continue
        if drawn is not None:
            shift = _shift(spot.block)
            words = "{}/Furniture Do\n{}".format(
                *("q\n" + shift, "Q\n") if shift else ("", "")
            )
            over = _ARTIFACT.format(words) + over
            _add_form(leaf, "Furniture", _furniture(book, drawn))
        begins = stream(f"{under}q\n{_within(spot, sheet)}{_shift(spot.text)}")
        leaf.Contents = Array([begins, leaf.Contents, stream(f"\nQ\n{over}")])


def _within(spot: _Spot, sheet: PaperSheet) -> str:
    """Where there are marks, pictures end at the bleed."""
    if not sheet.marks:
        return ""
    left, bottom, right, top = sheet.boxes(right_hand=spot.right_hand).bleed
    return f"{left:g} {bottom:g} {right - left:g} {top - bottom:g} re W n\n"


def _shift(far: tuple[float, float]) -> str:
    x, y = far
    return f"1 0 0 1 {x:g} {y:g} cm\n" if any(far) else ""


def _furniture(book: Pdf, drawn: Any) -> Any:
    """What *drawn* shows as a form. Crop marks lie outside of the paper, so it is as
    large as everything that is printed."""
    form: Any = book.copy_foreign(drawn.Contents)
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = Array(list(drawn.MediaBox))
    form.Resources = book.copy_foreign(drawn.Resources)
    return form


def _form(book: Pdf, shape: Shape) -> Any:
    form: Any = book.make_stream(shape.words.encode())
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = Array([round(side, 4) for side in shape.box])
    return form


def _add_form(leaf: Any, name: str, form: Any) -> None:
    """Let *leaf* draw a form by that name. What it draws with it may share with others,
    which do not draw this."""
    resources = Dictionary(dict(leaf.Resources.items()))
    resources.XObject = Dictionary(dict(resources.get("/XObject", {}).items()))
    resources.XObject[f"/{name}"] = form
    leaf.Resources = resources
