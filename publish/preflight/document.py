"""A PDF that lies before us: its pages, and what it has beside them."""

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import DecimalException
from typing import Any, BinaryIO, TypeVar

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a file has beside its pages.

    info: what it says of itself, by the names of ISO 32000-1, 14.3.3
    xmp: the same in XML; empty for none
    packed: whether its objects are found as since PDF 1.5, and may be packed
    for_print: whether it says for what press it is (an intent of PDF/X)
    """

    version: str
    info: Mapping[str, str]
    xmp: bytes
    outline: bool
    attachments: tuple[str, ...]
    script: bool
    packed: bool
    for_print: bool
    identified: bool
    encrypted: bool
    right_to_left: bool


@dataclass(slots=True)
class Document:
    """bytes: how large it is
    pages: without what is drawn on them; filled as the pages are gone through
    """

    pdf: pikepdf.Pdf
    bytes: int
    count: int
    facts: Facts
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


@contextmanager
def opened(file: BinaryIO, size: int) -> Iterator[Document]:
    """Raises NotReadError."""
    try:
        pdf = pikepdf.open(file)
        count, facts = len(pdf.pages), _facts(pdf)
    except pikepdf.PasswordError as error:
        raise NotReadError(locked=True) from error
    except BROKEN as error:
        raise NotReadError(locked=False) from error
    with pdf:
        yield Document(pdf, size, count, facts)


class NotReadError(Exception):
    """It is no PDF, or nobody can read it. locked: without a password"""

    def __init__(self, *, locked: bool) -> None:
        self.locked = locked
        super().__init__()


def _facts(pdf: pikepdf.Pdf) -> Facts:
    root: Any = pdf.Root
    return Facts(
        version=pdf.pdf_version,
        info=_else({}, lambda: _info(pdf)),
        xmp=_else(b"", lambda: bytes(root.Metadata.read_bytes())),
        outline=_else(False, lambda: "/First" in root.Outlines),
        attachments=_else((), lambda: tuple(pdf.attachments)),
        script=_else(False, lambda: _has_script(root)),
        packed=_else(False, lambda: str(pdf.trailer.Type) == "/XRef"),
        for_print=_else(False, lambda: any(map(_is_for_print, root.OutputIntents))),
        identified="/ID" in pdf.trailer,
        encrypted=pdf.is_encrypted,
        right_to_left=_else(
            False, lambda: str(root.ViewerPreferences.Direction) == "/R2L"
        ),
    )


T = TypeVar("T")


def _else(nothing: T, read: Callable[[], T]) -> T:
    """*nothing* where it is not there, or is not what it should be."""
    try:
        return read()
    except BROKEN:
        return nothing


def _info(pdf: pikepdf.Pdf) -> dict[str, str]:
    said: Any = pdf.trailer.Info
    return {key.lstrip("/"): str(value) for key, value in said.items()}


def _is_for_print(intent: Any) -> bool:
    return str(intent.get("/S", "")) == "/GTS_PDFX"


def _has_script(root: Any) -> bool:
    actions = [root.get("/OpenAction"), *root.get("/AA", {}).values()]
    return "/JavaScript" in root.get("/Names", {}) or any(map(_is_script, actions))


def _is_script(action: Any) -> bool:
    # What is opened first may also be a place.
    is_action = isinstance(action, pikepdf.Dictionary)
    return is_action and str(action.get("/S", "")) == "/JavaScript"


def _drawn(pdf: pikepdf.Pdf, shape: Leaf, library: Library) -> Leaf:
    if shape.broken:
        return shape
    try:
        page = pdf.pages[shape.number - 1]
        unit = _unit(page.obj)
        resources = _inherited(page.obj, "/Resources")
        with warnings.catch_warnings():
            # pikepdf only warns of content that ends too soon.
            warnings.simplefilter("error", UserWarning)
            things = things_of(
                page,
                {} if resources is None else resources,
                Matrix(unit, 0, 0, unit, 0, 0),
                library,
            )
    except (*BROKEN, UserWarning):
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
