"""What WeasyPrint set, and where: its private boxes, read for the words check."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from weasyprint.formatting_structure.boxes import TextBox

from publish.words import Run

# A line box reaches a little beyond its letters; so much of it may leave the paper,
# in CSS pixels.
SLACK = 3.0


def turned_boxes(page: Any) -> Mapping[int, Any]:
    """By its identity, each box in one that `transform` moves, with the matrix."""
    return {
        id(inner): matrix
        for box in page.descendants(placeholders=True)
        if (matrix := box.transformation_matrix)
        for inner in box.descendants()
    }


def read_runs(pages: Iterable[Any]) -> Iterator[Run]:
    """Every run of text on every page, in the order in which it was set."""
    for number, page in enumerate(pages):
        box = page._page_box
        width, height = box.margin_width(), box.margin_height()
        turned = turned_boxes(box)
        for text in box.descendants(placeholders=True):
            if not isinstance(text, TextBox):
                continue
            middle = text.position_y + text.height / 2
            ends = (text.position_x, middle), (text.position_x + text.width, middle)
            if matrix := turned.get(id(text)):
                ends = tuple(matrix.transform_point(*end) for end in ends)
            on_paper = all(
                -SLACK <= x <= width + SLACK and 0 <= y <= height for x, y in ends
            )
            on_paper &= text.style["visibility"] == "visible"
            # A pseudo-element's text is the style's, not the element's.
            own = "::" not in (text.element_tag or "::")
            yield Run(number, text.element if own else None, text.text, on_paper)
