"""Sizes and margins of an author in those of a style."""

from dataclasses import replace

from publish.model import Design, MarginsSaid, Trim
from publish.style import PageDesign, Style

# In ems: wider than any paper, so that margins alone decide.
_NO_END = 10_000.0


def with_numbers(style: Style, design: Design, trim: Trim) -> Style:
    """What is not said keeps its proportion: the leading to the size, the margins to
    the paper."""
    page = style.page
    size = design.size or page.size
    page = replace(
        page,
        size=size,
        leading=design.leading or round(page.leading / page.size * size, 4),
        measure=design.measure or page.measure,
    )
    if design.margins:
        page = _with_margins(page, design.margins, trim)
        if design.measure is None and (design.margins.inner or design.margins.outer):
            page = replace(page, measure=_NO_END)
    return replace(style, page=page)


def _with_margins(page: PageDesign, said: MarginsSaid, trim: Trim) -> PageDesign:
    def share(points: float | None, whole: float, before: float) -> float:
        return before if points is None else points / whole

    return replace(
        page,
        inner=share(said.inner, trim.width, page.inner),
        top=share(said.top, trim.height, page.top),
        outer=share(said.outer, trim.width, page.outer),
        bottom=share(said.bottom, trim.height, page.bottom),
    )
