"""A page as it comes off the press: what lies round the trim, and where the block of
text stands in it."""

from dataclasses import dataclass

from publish.model import Printing
from publish.pdf.page import Page

# Crop marks: how far from the bleed, how long and how thick, in points. Half of what
# ISO 12647-2 prepress software draws by default is enough to cut by.
_CLEAR, _LONG, _THIN = 3.0, 15.0, 0.25
_ROOM = _CLEAR + _LONG

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Boxes:
    """Left, bottom, right, top of what is printed, of that what is not cut away but for
    the trim, and of the page after cutting (ISO 32000-1, 14.11.2)."""

    media: Box
    bleed: Box
    trim: Box


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """page: as the text is set on it
    gutter: how far the block of text goes from the spine, in points
    bleed: beyond the trim; spine: whether at the spine too
    marks: whether crop marks stand round it
    """

    page: Page
    gutter: float = 0.0
    bleed: float = 0.0
    spine: bool = False
    marks: bool = False

    def boxes(self, *, right_hand: bool) -> Boxes:
        left, right = self._bleeds(right_hand)
        room = _ROOM if self.marks else 0.0
        x, y = self.origin(right_hand=right_hand)
        width, height = self.page.width, self.page.height
        return Boxes(
            _box(0, 0, x + width + right + room, y + height + self.bleed + room),
            _box(x - left, y - self.bleed, x + width + right, y + height + self.bleed),
            _box(x, y, x + width, y + height),
        )

    def origin(self, *, right_hand: bool) -> tuple[float, float]:
        """The lower left corner of the trim in the media."""
        left, _ = self._bleeds(right_hand)
        room = _ROOM if self.marks else 0.0
        return left + room, self.bleed + room

    def block(self, *, right_hand: bool) -> tuple[float, float]:
        """How far the block of text goes from where it was set."""
        x, y = self.origin(right_hand=right_hand)
        return x + (self.gutter if right_hand else -self.gutter), y

    def drawn_marks(self, *, right_hand: bool) -> bytes:
        """The crop marks in the words of a page, in black; nothing for none."""
        if not self.marks:
            return b""
        left, bottom, right, top = self.boxes(right_hand=right_hand).trim
        near, far = self.bleed + _CLEAR, self.bleed + _ROOM
        path = " ".join(
            f"{x + out * at * across:.3f} {y + up * at * (1 - across):.3f} {draw}"
            for x, out in ((left, -1), (right, 1))
            for y, up in ((bottom, -1), (top, 1))
            for across in (0, 1)
            for at, draw in ((near, "m"), (far, "l"))
        )
        return f"q 0 G {_THIN} w {path} S Q\n".encode()

    def _bleeds(self, right_hand: bool) -> tuple[float, float]:
        """Beyond the left and the right edge."""
        at_spine = self.bleed if self.spine or self.marks else 0.0
        return (at_spine, self.bleed) if right_hand else (self.bleed, at_spine)


def sheet_of(page: Page, printing: Printing | None, pages: int) -> PaperSheet:
    """The sheet of a book of so many pages.

    The gutter is taken from the outer margin, so that the measure and every line stand.
    """
    if printing is None:
        return PaperSheet(page)
    printer = printing.printer
    wanted = printer.margins.gutter(pages) - page.inner
    return PaperSheet(
        page,
        gutter=round(max(0.0, wanted), 2),
        bleed=printer.bleed.width if printing.bleed else 0.0,
        spine=printer.bleed.spine,
        marks=printing.marks,
    )


def _box(*sides: float) -> Box:
    left, bottom, right, top = (round(side, 3) for side in sides)
    return left, bottom, right, top
