"""The shape of a page: its margins and its block of text."""

from dataclasses import dataclass, replace

from publish.model import Printing, Trim
from publish.style import PageDesign, Sizes


@dataclass(frozen=True, slots=True)
class Page:
    """A right-hand page; a left-hand one mirrors it. All in points (1/72 inch).

    width, height: after cutting
    size: of the type; leading: from one line to the next
    sizes: of what is smaller, as shares of these
    drop_caps: lines that the first letter of a chapter is high; 0 for none
    lead_in: whether its first words are marked
    """

    width: float
    height: float
    inner: float
    top: float
    outer: float
    bottom: float
    size: float
    leading: float
    sizes: Sizes
    drop_caps: int = 0
    lead_in: bool = False

    @property
    def text_width(self) -> float:
        return self.width - self.inner - self.outer

    @property
    def is_flat(self) -> bool:
        """Whether there is no room for five lines, the fewest of a chapter's end."""
        return self.text_height < _FEWEST * self.leading

    @property
    def text_height(self) -> float:
        return self.height - self.top - self.bottom


_FEWEST = 5
# In points: a line is as high as its style says but for the last bit of a fraction, and
# the sum of all must not be higher than the page.
_HAIR = 0.02


def page_of(
    design: PageDesign,
    sizes: Sizes,
    trim: Trim,
    printing: Printing | None = None,
    pages: int = 0,
) -> Page:
    """The page of a style on paper of that size.

    pages: how many the book will have at most, for the room that a gutter takes

    The margins are the style's shares of the width and the height. On wide paper the
    measure stops at what can be read: what is left goes to the inner and the outer
    margin in their proportion. The block of text is a whole number of lines high;
    what is left goes to the foot.
    """
    inner, outer = _sides(design, trim)
    top, bottom = trim.height * design.top, trim.height * design.bottom
    margins = printing.printer.margins if printing else None
    least = margins.outer(bleed=printing.bleed) if printing and margins else 0.0
    # What stands over and under the text stays on the paper.
    top = max(top, least + design.head * design.size)
    bottom = max(bottom, least + design.foot * design.size)
    if margins:
        outer = max(outer, least)
        # The gutter will come out of the outer margin, which keeps what it must.
        gutter = max(inner, margins.gutter(pages))
        outer = max(outer, gutter + least - inner)
    high = trim.height - top - bottom - _HAIR
    lines = max(1, int(high / design.leading))
    return Page(
        width=trim.width,
        height=trim.height,
        inner=_tidy(inner),
        top=_tidy(top),
        outer=_tidy(outer),
        bottom=_tidy(trim.height - top - lines * design.leading - _HAIR),
        size=design.size,
        leading=design.leading,
        sizes=sizes,
    )


def _sides(design: PageDesign, trim: Trim) -> tuple[float, float]:
    """The inner and the outer margin."""
    inner, outer = trim.width * design.inner, trim.width * design.outer
    measure = design.measure * design.size
    spare = trim.width - inner - outer - measure
    if spare > 0:
        inner += spare * inner / (inner + outer)
        outer = trim.width - measure - inner
    return inner, outer


def with_margin(design: PageDesign, trim: Trim, margin: float) -> PageDesign:
    """The pages of a style with an outer margin that is no narrower than *margin*.

    What it takes comes from the inner margin first, as far as the style's share of it,
    and only then from the measure.
    """
    inner, outer = _sides(design, trim)
    if margin <= outer:
        return design
    room = trim.width - margin - design.measure * design.size
    inner = min(inner, max(trim.width * design.inner, room))
    return replace(design, inner=inner / trim.width, outer=margin / trim.width)


def _tidy(points: float) -> float:
    # A hundredth of a point is far below what a press can hold, and sums of floats
    # then read the same in the sheet on every machine.
    return round(points, 2)
