"""Pandoc's grid tables, as a rule of markdown-it.

Every cell is a box of dashes, strokes and plus signs and holds blocks; one may go over
several columns or rows. The cells are found as docutils finds them: round each corner
once. Only `parse.markdown` uses this; it is the same door, in another room.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from publish.parse.drawn_tables import (
    Cell,
    Drawn,
    columns_of,
    dedented,
    is_too_deep,
    joined,
    line_of,
    push_table,
    shares,
)

_LINE = re.compile(r"[|+].*[|+]")
_BORDER = re.compile(r"\+(?:[-=:]+\+)+")
_DOUBLE = re.compile(r"\+(?::?=+:?\+)+")
_PLAIN = str.maketrans("=:", "--")
_INDENT = 4


def add_grid_tables(markdown: MarkdownIt) -> None:
    markdown.block.ruler.before("table", "grid_table", _grid_table)


def _grid_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    begin = state.bMarks[start] + state.tShift[start]
    if silent or not state.src.startswith("+", begin) or is_too_deep(state):
        return False
    if state.sCount[start] - state.blkIndent >= _INDENT:
        return False
    lines: list[str] = []
    for number in range(start, end):
        line = line_of(state, number).strip()
        if not _LINE.fullmatch(line):
            break
        lines.append(line)
    table = _read(lines, start)
    if table is None:
        return False
    push_table(state, table, start)
    return True


@dataclass(frozen=True, slots=True)
class _Box:
    """Lines and columns of the border of a cell."""

    top: int
    left: int
    bottom: int
    right: int


def _read(lines: Sequence[str], start: int) -> Drawn | None:
    if not lines or not all(map(_BORDER.fullmatch, (lines[0], lines[-1]))):
        return None
    grid = _Grid(
        [columns_of(x.translate(_PLAIN) if _BORDER.fullmatch(x) else x) for x in lines]
    )
    boxes = grid.boxes()
    # A box alone is a drawing.
    if len(boxes) < 2:  # noqa: PLR2004
        return None
    tops = sorted({box.top for box in boxes})
    lefts = sorted({box.left for box in boxes})
    rows: dict[int, list[Cell]] = {top: [] for top in tops}
    for box in sorted(boxes, key=lambda box: (box.top, box.left)):
        rows[box.top].append(_cell(grid, box, tops, lefts, start))
    doubles = [n for n, line in enumerate(lines) if _DOUBLE.fullmatch(line)]
    inner = [n for n in doubles if 0 < n < len(lines) - 1]
    head = inner[0] if inner else 0
    foot = inner[-1] if len(inner) > 1 and doubles[-1] == len(lines) - 1 else len(lines)
    ends = [*lefts[1:], len(grid.lines[0]) - 1]
    return Drawn(
        head=[rows[top] for top in tops if top < head],
        body=[rows[top] for top in tops if head <= top < foot],
        foot=[rows[top] for top in tops if top >= foot],
        aligns=_aligns(columns_of(lines[head]), lefts, ends),
        widths=shares([b - a for a, b in zip(lefts, ends, strict=True)]),
        end=start + len(lines),
    )


def _cell(
    grid: "_Grid", box: _Box, tops: Sequence[int], lefts: Sequence[int], start: int
) -> Cell:
    inside = [
        joined(line[box.left + 1 : box.right])
        for line in grid.lines[box.top + 1 : box.bottom]
    ]
    return Cell(
        dedented(inside),
        start + box.top + 1,
        bisect_left(lefts, box.right) - bisect_left(lefts, box.left),
        bisect_left(tops, box.bottom) - bisect_left(tops, box.top),
        blocks=True,
    )


def _aligns(
    border: Sequence[str], lefts: Sequence[int], ends: Sequence[int]
) -> list[str]:
    found = []
    for left, end in zip(lefts, ends, strict=True):
        sides = border[left + 1] == ":", border[end - 1] == ":"
        found.append(_ALIGNS[sides])
    return found


_ALIGNS: Mapping[tuple[bool, bool], str] = {
    (False, False): "",
    (True, False): "left",
    (False, True): "right",
    (True, True): "center",
}


@dataclass(frozen=True, slots=True)
class _Grid:
    """lines: what stands in each column of each"""

    lines: Sequence[Sequence[str]]

    def boxes(self) -> list[_Box]:
        """The cells; none where they leave a hole, overlap or have no border."""
        width = len(self.lines[0])
        if any(len(line) != width for line in self.lines):
            return []
        bottom, right = len(self.lines) - 1, width - 1
        # For each column, down to which line cells were found.
        done = [0] * right
        found: list[_Box] = []
        corners = [(0, 0)]
        while corners:
            corners.sort()
            top, left = corners.pop(0)
            if top == bottom or left == right or done[left] != top:
                continue
            box = self._box(top, left)
            if box is None or any(line != top for line in done[left : box.right]):
                return []
            done[left : box.right] = [box.bottom] * (box.right - left)
            found.append(box)
            corners += [(top, box.right), (box.bottom, left)]
        return found if all(line == bottom for line in done) else []

    def _box(self, top: int, left: int) -> _Box | None:
        """The smallest one of which this is the corner."""
        for right in range(left + 1, len(self.lines[0])):
            sign = self.lines[top][right] or " "
            if sign == "+" and (box := self._down(top, left, right)):
                return box
            if sign not in "+-":
                return None
        return None

    def _down(self, top: int, left: int, right: int) -> _Box | None:
        for bottom in range(top + 1, len(self.lines)):
            sign = self.lines[bottom][right] or " "
            if sign == "+" and self._closes(top, left, bottom, right):
                return _Box(top, left, bottom, right)
            if sign not in "+|":
                return None
        return None

    def _closes(self, top: int, left: int, bottom: int, right: int) -> bool:
        below = self.lines[bottom][left : right + 1]
        beside = [line[left] for line in self.lines[top : bottom + 1]]
        return (
            below[0] == "+"
            and all(sign and sign in "+-" for sign in below)
            and all(sign and sign in "+|" for sign in beside)
        )
