"""Lines that stand at the same heights on every page, so that those of facing pages are
level and both end at the same depth.

Headings, pictures, tables and listings are as high as they are. Where the text goes on
behind them, it goes on at the next line of the grid. A paragraph with a line a little
higher than others, as one with a fraction is, is followed by the next one at once: a
gap between paragraphs is seen, and lines that are not level hardly.
"""

from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.text.line_break import strut

from publish.pdf.classes import HEADINGS, classes
from publish.pdf.task import Grid

# CSS pixels in a point.
_PIXELS = 4 / 3
# CSS pixels by which a line may be off the grid: fractions, and no eye sees it.
_NEAR = 0.5


class Snap:
    """Which height the first line of a block takes, down from the top of its page.

    root: a document; the paragraphs and headings that are blocks of its sections keep
        the grid. What is set in has half a line above and half a line below it, and
        what stands in a box is its own.
    """

    def __init__(self, grid: Grid, root: Element) -> None:
        self._top, self._line = grid.top * _PIXELS, grid.line * _PIXELS
        self._kept = {
            block
            for section in root.iter("section")
            if "p-division" not in classes(section)
            for block in section
            if block.tag == "p" or block.tag in HEADINGS
        }
        self._run_on = {
            block
            for section in root.iter("section")
            for before, block in pairwise(section)
            if before.tag == block.tag == "p"
        }

    def height(
        self, context: Any, line: Any, wanted: float, follows: float = 0.0
    ) -> float:
        """Of the first line of a block, all in CSS pixels: *wanted*, or less than a
        line lower.

        line: its box; wanted: where it would be without the grid
        follows: of a heading, how much lower the text goes on; 0 for text
        """
        if line.element not in self._kept or context.in_column:
            return wanted
        if not follows and abs(strut(line.style)[0] - self._line) > _NEAR:
            return wanted
        beyond = (wanted - self._top + follows) % self._line
        near = beyond < _NEAR or self._line - beyond < _NEAR
        if line.element in self._run_on and beyond < self._line / 2:
            near = True
        return wanted if near else wanted - beyond + self._line
