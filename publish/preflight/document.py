"""A PDF that lies before us: its pages, and what it has beside them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import DecimalException
from typing import Any, BinaryIO

import pikepdf

from publish.model import Trim
from publish.preflight.content import Library, things_of
from publish.preflight.drawn import Area, Thing
from publish.preflight.letters import Font
from publish.preflight.place import Box, Matrix

# What pikepdf and a broken file answer who asks for something.
BROKEN = (
    pikepdf.PdfError,
    pikepdf.DependencyError,
    ArithmeticError,
    AttributeError,
    DecimalException,
    LookupError,
    NotImplementedError,
    RuntimeError,
    TypeError,
    ValueError,
)
# A page may say less than a tree of pages says for all of them.
_DEEPEST = 64


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page, all its places in points.

    number: counted from 1
    media: what is printed on, the boxes in it as far as the page has them
    notes: the boxes of what lies over it: links, remarks, fields, each with its kind
    group: whether it is painted as one that may let things through
    broken: whether not all that is drawn can be told
    is_blank: whether nothing is drawn that can be seen on paper
    """

    number: int
    media: Box
    crop: Box | None = None
    bleed: Box | None = None
    trim: Box | None = None
    turned: int = 0
    notes: tuple[tuple[str, Box], ...] = ()
    group: bool = False
    broken: bool = False
    things: tuple[Thing, ...] = ()
    is_blank: bool = False

    @property
    def size(self) -> Trim:
        return Trim(self.media.width, self.media.height)


@dataclass(slots=True)
class Document:
    """bytes: how large it is
    pages: without what is drawn on them; filled as the pages are gone through
    """

    pdf: pikepdf.Pdf
    bytes: int
    count: int
    right_to_left: bool
    library: Library = field(default_factory=Library)
    pages: list[Leaf] = field(default_factory=list)

    @property
    def fonts(self) -> Iterator[Font]:
        """Those that were drawn with, each once."""
        yield from self.library.fonts.values()

    def shapes(self) -> Iterator[Leaf]:
        """All pages, without what is drawn on them."""
        for n in range(self.count):
            try:
                yield _bare(self.pdf.pages[n].obj, n)
            except BROKEN:
                yield Leaf(n + 1, _LETTER, broken=True)

    def leaves(self, shapes: Iterable[Leaf]) -> Iterator[Leaf]:
        """The same pages, one after the other, with all that is drawn on them."""
        for shape in shapes:
            leaf = _drawn(self.pdf, shape, self.library)
            self.pages.append(replace(leaf, things=()))
            yield leaf

    @property
    def is_packed(self) -> bool:
        """Whether its objects are found as since PDF 1.5, and may be packed."""
        return str(self.pdf.trailer.get("/Type", "")) == "/XRef"


@contextmanager
def opened(file: BinaryIO, size: int) -> Iterator[Document]:
    """Raises one of `BROKEN`, also pikepdf.PasswordError, which is one of them."""
    with pikepdf.open(file) as pdf:
        wishes: Any = pdf.Root.get("/ViewerPreferences", {})
        right_to_left = str(wishes.get("/Direction", "")) == "/R2L"
        yield Document(pdf, size, len(pdf.pages), right_to_left)


def _drawn(pdf: pikepdf.Pdf, shape: Leaf, library: Library) -> Leaf:
    if shape.broken:
        return shape
    try:
        page = pdf.pages[shape.number - 1]
        unit = _unit(page.obj)
        resources = _inherited(page.obj, "/Resources")
        things = things_of(
            page,
            {} if resources is None else resources,
            Matrix(unit, 0, 0, unit, 0, 0),
            library,
        )
    except BROKEN:
        return replace(shape, broken=True)
    return replace(shape, things=things, is_blank=all(map(_is_unseen, things)))


def _is_unseen(thing: Thing) -> bool:
    return isinstance(thing, Area) and thing.colour.is_white


# What is printed on where nothing is said.
_LETTER = Box(0, 0, 612, 792)


def _bare(page: Any, n: int) -> Leaf:
    unit = _unit(page)
    media = _box(_inherited(page, "/MediaBox"), unit)
    return Leaf(
        number=n + 1,
        media=media or _LETTER,
        crop=_box(_inherited(page, "/CropBox"), unit),
        bleed=_box(page.get("/BleedBox"), unit),
        trim=_box(page.get("/TrimBox"), unit),
        turned=int(_inherited(page, "/Rotate") or 0) % 360,
        notes=tuple(_notes(page, unit)),
        group="/Group" in page and str(page.Group.get("/S", "")) == "/Transparency",
    )


def _unit(page: Any) -> float:
    return float(page.get("/UserUnit", 1)) or 1


def _inherited(page: Any, key: str) -> Any:
    for _ in range(_DEEPEST):
        if page is None or key in page:
            break
        page = page.get("/Parent")
    return None if page is None else page.get(key)


def _box(said: Any, unit: float) -> Box | None:
    if said is None:
        return None
    x, y, other_x, other_y = (float(side) * unit for side in said)
    box = Box(min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y))
    return box if box.width > 0 and box.height > 0 else None


def _notes(page: Any, unit: float) -> Iterator[tuple[str, Box]]:
    for note in page.get("/Annots", ()):
        kind = str(note.get("/Subtype", "")).lstrip("/")
        yield kind, _box(note.get("/Rect"), unit) or Box(0, 0, 0, 0)
