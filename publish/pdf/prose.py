"""Where on WeasyPrint's pages the lines of the text stand that have a number."""

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure.boxes import (
    FootnoteAreaBox,
    LineBox,
    MarginBox,
    TextBox,
)
from weasyprint.layout.absolute import AbsolutePlaceholder

from publish.model import Role
from publish.pdf.classes import classes

# What nobody counts: it is named otherwise, by its number or its words, or its lines
# stand side by side.
_APART = frozenset({"table", "figure", "pre", "hr", "header", "hgroup", "nav"})
_APART |= {f"h{level}" for level in range(1, 7)}
_LISTS = frozenset(
    f"p-{role.value}"
    for role in (Role.CONTENTS, Role.FIGURES, Role.TABLES, Role.LISTINGS, Role.INDEX)
)
# CSS pixels by which two lines differ that stand below each other.
_NEAR = 1.0
# CSS pixels to points.
_POINT = 0.75


def base_lines(page: Any) -> Iterator[float]:
    """From top to bottom, in points from the lower edge of the paper."""
    last = -_NEAR
    for at in sorted(_found(page._page_box)):
        if at - last >= _NEAR:
            yield round((page.height - at) * _POINT, 2)
            last = at


def _found(box: Any) -> Iterator[float]:
    for child in getattr(box, "children", ()):
        if isinstance(child, LineBox):
            if any(_shows(inner) for inner in child.descendants()):
                yield float(child.position_y + child.baseline)
        elif not _is_apart(child):
            yield from _found(child)


def _shows(box: Any) -> bool:
    return isinstance(box, TextBox) and bool(box.text.strip())


def _is_apart(box: Any) -> bool:
    if isinstance(box, MarginBox | FootnoteAreaBox | AbsolutePlaceholder):
        return True
    columns = {box.style["column_count"], box.style["column_width"]} - {"auto"}
    if columns or not box.is_in_normal_flow() or box.element_tag in _APART:
        return True
    return box.element is not None and not _LISTS.isdisjoint(classes(box.element))
