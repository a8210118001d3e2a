"""What is to be printed, as the printer and the file say it; the rest is guessed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from publish.lengths import POINTS_PER_UNIT
from publish.model import (
    Feature,
    FileRules,
    Ink,
    Paper,
    Printer,
    Printing,
    Source,
    Space,
    Standard,
    Trim,
    same,
)
from publish.preflight.document import Leaf
from publish.preflight.place import Box
from publish.printers import load_printer, printer_names

# What every printer asks for.
ANY_PRINTER = Printer(
    key="",
    name="a printer",
    papers=(Paper("", Ink.COLOUR),),
    file=FileRules(frozenset({Feature.SECURITY, Feature.SPREADS})),
)
# The colours of a file that is made for the inks of a press (ISO 15930-1 and -7).
_INKS = frozenset({Space.GREY, Space.CMYK})
# A file of the older standard has neither, whatever its printer says.
_X1A_FORBIDS = frozenset({Feature.TRANSPARENCY, Feature.SECURITY})
# As in `publish.model.same`: to the hundredth of an inch.
SLACK = 0.72


@dataclass(frozen=True)
class Job:
    """guessed: what was not said, in words
    pages: how many the file has
    """

    printing: Printing
    trim: Trim
    pages: int
    right_to_left: bool = False
    guessed: tuple[str, ...] = ()

    @property
    def printer(self) -> Printer:
        return self.printing.printer

    @property
    def bleed(self) -> float:
        """How far beyond the trim is printed."""
        return self.printer.bleed.width if self.printing.bleed else 0

    @property
    def spaces(self) -> frozenset[Space]:
        spaces = self.printer.colours.spaces
        return spaces & _INKS if self.printer.file.standard else spaces

    @property
    def forbids(self) -> frozenset[Feature]:
        forbids = self.printer.file.forbids
        return forbids | _X1A_FORBIDS if self._is_x1a else forbids

    @property
    def _is_x1a(self) -> bool:
        return self.printer.file.standard is Standard.X1A

    @cached_property
    def sheet(self) -> Trim:
        """What a page of the file has to be as large as."""
        sides = 2 if self.printer.bleed.spine else 1
        return Trim(
            self.trim.width + sides * self.bleed, self.trim.height + 2 * self.bleed
        )

    def spine_left(self, leaf: Leaf) -> bool:
        """Whether the spine is at the left of that page."""
        # In a book that comes from its end, the first page is a left-hand one.
        mirrored = self.right_to_left and not self.printer.order.reversed
        return (leaf.number % 2 == 1) is not mirrored

    def knows(self, leaf: Leaf) -> bool:
        """Whether it can be told where that page is cut."""
        return self._says(leaf) or any(
            same(leaf.size, size) for size in (self.trim, self.sheet)
        )

    def _says(self, leaf: Leaf) -> bool:
        return leaf.trim is not None and same(_size(leaf.trim), self.trim)

    def trim_box(self, leaf: Leaf) -> Box:
        """Where a page is cut: as it says itself, if it says what it has to; else where
        the printer cuts it."""
        media = leaf.media
        if leaf.trim is not None and self._says(leaf):
            return leaf.trim
        if same(leaf.size, self.trim):
            return media
        if same(leaf.size, self.sheet):
            ends_at_left = self.spine_left(leaf) and not self.printer.bleed.spine
            x = media.left + (0 if ends_at_left else self.bleed)
            y = media.bottom + self.bleed
        else:
            x = media.left + (media.width - self.trim.width) / 2
            y = media.bottom + (media.height - self.trim.height) / 2
        return Box(x, y, x + self.trim.width, y + self.trim.height)

    def sheet_box(self, leaf: Leaf) -> Box:
        """What is printed of it before it is cut."""
        trim = self.trim_box(leaf)
        whole = trim.grown(self.bleed)
        if self.printer.bleed.spine or not self.bleed:
            return whole
        if self.spine_left(leaf):
            return whole._replace(left=trim.left)
        return whole._replace(right=trim.right)

    @cached_property
    def unit(self) -> str:
        """The one in which the printer thinks: "in" or "mm"."""
        printer = self.printer
        lengths = [
            printer.bleed.width,
            printer.margins.least,
            printer.margins.with_bleed,
            *(width for _, width in printer.margins.gutters),
        ]
        lengths = [length for length in lengths if length]
        lengths = lengths or [self.trim.width, self.trim.height]
        return "mm" if all(map(_is_metric, lengths)) else "in"

    def length(self, points: float) -> str:
        """As the printer would write it."""
        return f"{self._number(points)} {self.unit}"

    def size(self, trim: Trim) -> str:
        return f"{self._number(trim.width)} × {self._number(trim.height)} {self.unit}"

    def _number(self, points: float) -> str:
        digits = 3 if self.unit == "in" else 1
        number = f"{points / POINTS_PER_UNIT[self.unit]:.{digits}f}"
        return number.rstrip("0").rstrip(".")


def _is_metric(points: float) -> bool:
    halves = 2 * points / POINTS_PER_UNIT["mm"]
    # Files round to a hundredth of a point.
    return abs(halves - round(halves)) < 0.02  # noqa: PLR2004


def _size(box: Box) -> Trim:
    return Trim(box.width, box.height)


@dataclass(frozen=True, slots=True)
class Request:
    """What is known of how a file is printed; None for what is to be guessed.

    paper: the name of one of the printer's; empty for the first
    """

    printer: Printer = ANY_PRINTER
    paper: str = ""
    trim: Trim | None = None
    bleed: bool | None = None
    right_to_left: bool = False

    def job(self, leaves: Sequence[Leaf], *, right_to_left: bool) -> Job:
        """leaves: all pages of the file; at least one"""
        named = [p for p in self.printer.papers if p.name == self.paper]
        paper = (*named, *self.printer.papers)[0]
        trim, bleed = self._shape(leaves)
        printing = Printing(self.printer, paper, bleed)
        rtl = self.right_to_left or right_to_left
        job = Job(printing, trim, len(leaves), rtl)
        if self.printer is ANY_PRINTER:
            return job
        guessed = []
        if self.trim is None:
            guessed.append(f"cut to {job.size(trim)}")
        if self.bleed is None:
            guessed.append("with bleed" if bleed else "without bleed")
        if not named and paper.name:
            guessed.append(f"on paper “{paper.name}”")
        return Job(printing, trim, len(leaves), rtl, tuple(guessed))

    def _shape(self, leaves: Sequence[Leaf]) -> tuple[Trim, bool]:
        """The trim, and whether there is bleed."""
        media = _most(leaf.size for leaf in leaves)
        cut = _most(_size(leaf.trim or leaf.media) for leaf in leaves)
        trim = self.trim
        if trim is None:
            trim = self._trim_of(media) if same(cut, media) else cut
        bleed = self.bleed
        if bleed is None:
            is_spread = media.width > 1.9 * trim.width
            bleed = not is_spread and not same(media, trim)
        return trim, bleed and self.printer.bleed.width > 0

    def _trim_of(self, media: Trim) -> Trim:
        """What a page of that size is cut to."""
        known = self.printer.sizes.trims or _usual()
        width = self.printer.bleed.width
        sides = 2 if self.printer.bleed.spine else 1
        cut = Trim(media.width - sides * width, media.height - 2 * width)
        half = Trim(media.width / 2, media.height)
        for one in (media, cut, half):
            if alike := [trim for trim in known if same(trim, one)]:
                return min(alike, key=lambda trim: _apart(trim, one))
        return media


def _apart(one: Trim, other: Trim) -> float:
    return abs(one.width - other.width) + abs(one.height - other.height)


def _most(sizes: Iterable[Trim]) -> Trim:
    """The one that most pages have."""
    alike: dict[Trim, list[Trim]] = {}
    for size in sizes:
        # To the tenth of a point: files round.
        known = Trim(round(size.width, 1), round(size.height, 1))
        alike.setdefault(known, []).append(size)
    return max(alike.values(), key=len)[0]


def _usual() -> tuple[Trim, ...]:
    """What any printer offers."""
    printers = map(load_printer, printer_names())
    return tuple(chain.from_iterable(printer.sizes.trims for printer in printers))


def told(source: Source) -> str:
    """Where a number stands, to be put behind a hint; empty where nobody says it."""
    return f" ({source})" if str(source) else ""
