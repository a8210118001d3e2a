"""Pandoc's simple and multiline tables, as a rule of markdown-it.

A line of dashes, parted by spaces, says where the columns are. In a simple table each
line is a row; in a multiline one blank lines part the rows, and a line of dashes ends
it. Only `parse.markdown` uses this; it is the same door, in another room.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from publish.parse.drawn_tables import (
    OTHER,
    TAB,
    Cell,
    Drawn,
    Row,
    columns_of,
    joined,
    line_of,
    push_table,
    shares,
)

_RULE = re.compile(r"\s{0,3}-+(?:\s+-+)*\s*")
_DASHES = re.compile(r"-+")
# Of dashes in one column: "- - -" is a break between scenes.
_FEWEST = 2


def add_ruled_tables(markdown: MarkdownIt) -> None:
    # Before code: the head of a table may be indented.
    markdown.block.ruler.before("table", "ruled_table", _ruled_table)


def _ruled_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if silent or not (_has_dash(state, start) or _has_dash(state, start + 1)):
        return False
    table = _read(_Lines(state, start, end))
    if table is None:
        return False
    push_table(state, table, start)
    return True


def _has_dash(state: StateBlock, line: int) -> bool:
    return line < state.lineMax and state.src.startswith(
        "-", state.bMarks[line] + state.tShift[line]
    )


class _Lines:
    """The lines of what is round a table, from its own first on. Each is looked at when
    it is wanted: most of what begins like a table is none.

    start: number of the first, counted from 0
    """

    def __init__(self, state: StateBlock, start: int, end: int) -> None:
        self.start = start
        self._state, self._end = state, end
        self._texts: dict[int, str] = {}
        self._rules: dict[int, _Rule | None] = {}

    def text(self, n: int) -> str:
        if n not in self._texts:
            number = self.start + n
            self._texts[n] = line_of(self._state, number) if number < self._end else ""
        return self._texts[n]

    def texts(self, first: int, last: int) -> list[str]:
        return [self.text(n) for n in range(first, last)]

    def is_blank(self, n: int) -> bool:
        return not self.text(n)

    def rule(self, n: int) -> "_Rule | None":
        """The columns that a line of dashes draws."""
        if n not in self._rules:
            self._rules[n] = _rule(self.text(n))
        return self._rules[n]

    def ends(self, n: int) -> bool:
        """Whether the line of dashes there has nothing below it."""
        return self.is_blank(n + 1)

    def filled(self, n: int) -> int:
        """The next line that is not blank, or the end."""
        while self.is_blank(n) and self.start + n < self._end:
            n += 1
        return n

    def words(self, n: int) -> int:
        """The next line that is blank or of dashes."""
        while not self.is_blank(n) and self.rule(n) is None:
            n += 1
        return n


def _rule(line: str) -> "_Rule | None":
    if not _RULE.fullmatch(line):
        return None
    found = [m.span() for m in _DASHES.finditer(line.expandtabs(TAB))]
    return _Rule([at for at, _ in found], [end - at for at, end in found])


@dataclass(frozen=True, slots=True)
class _Rule:
    """starts, lengths: of the dashes of each column"""

    starts: Sequence[int]
    lengths: Sequence[int]

    @property
    def parts(self) -> bool:
        """Whether it parts columns, and is no ornament."""
        columns = len(self.lengths)
        return columns > 1 and sum(self.lengths) >= _FEWEST * columns

    def cut(self, line: str) -> list[str]:
        """What stands in each column, with the spaces before it. A word belongs to the
        column where it begins."""
        columns = columns_of(line)
        cells, begin = [], 0
        for start in self.starts[1:]:
            end = max(begin, start)
            if _is_cut(columns, end):
                end += len(list(takewhile(str.strip, columns[end:])))
            cells.append(joined(columns[begin:end]))
            begin = end
        return [*cells, joined(columns[begin:])]

    def fits(self, lines: Sequence[str]) -> bool:
        """Whether most of *lines* keep to the columns, as prose does not."""
        cut = sum(self.cuts(line) for line in lines)
        return bool(lines) and 2 * cut < len(lines)

    def cuts(self, line: str) -> bool:
        """Whether a word reaches from one column into the next."""
        columns = columns_of(line)
        return any(_is_cut(columns, start) for start in self.starts[1:])

    def align(self, lines: Sequence[str]) -> list[str]:
        """How each column stands above its dashes, or below them."""
        cells = list(zip(*map(self.cut, lines), strict=True))
        return [
            _align([cell.rstrip() for cell in column if cell.strip()], length)
            for column, length in zip(cells, self.lengths, strict=True)
        ]

    def widths(self) -> list[int]:
        ends = [*self.starts[1:], self.starts[-1] + self.lengths[-1] + 1]
        return shares([b - a for a, b in zip(self.starts, ends, strict=True)])


def _is_cut(columns: Sequence[str], at: int) -> bool:
    return at < len(columns) and not (
        columns[at - 1].isspace() or columns[at].isspace()
    )


def _align(cells: Sequence[str], length: int) -> str:
    """As Pandoc's manual says, by the shortest line of the head."""
    if not cells:
        return ""
    shortest = min(cells, key=len)
    left, right = shortest[0] == " ", len(columns_of(shortest)) < length
    if left and right:
        return "center"
    return "right" if left else ("left" if right else "")


def _read(lines: _Lines) -> Drawn | None:
    first = lines.rule(0)
    if first is None:
        rule = lines.rule(1)
        return _simple(lines, rule) if rule and rule.parts else None
    second = lines.words(1)
    rule = lines.rule(second)
    if second == 1 or (rule is None and not first.parts):
        return None
    if rule and rule.parts and not lines.ends(second):
        # The line above the head goes as far as the columns do.
        reaches = first.starts[-1] + first.lengths[-1] > rule.starts[-1]
        head = lines.texts(1, second)
        return _multiline(lines, rule, head, second + 1) if reaches else None
    if not first.parts:
        return None
    if rule:
        part = _Part(1, second, second + 1)
        return _rows_of_lines(lines, first, (), part) if lines.ends(second) else None
    return _multiline(lines, first, (), 1)


@dataclass(frozen=True, slots=True)
class _Part:
    """The lines of a body, and the line behind its table."""

    first: int
    last: int
    end: int


def _simple(lines: _Lines, rule: "_Rule") -> Drawn | None:
    if OTHER.match(lines.text(0)) or lines.is_blank(0):
        return None
    last = lines.words(2)
    if lines.rule(last) and not lines.ends(last):
        return None
    end = last + 1 if lines.rule(last) else last
    return _rows_of_lines(lines, rule, [lines.text(0)], _Part(2, last, end))


def _rows_of_lines(
    lines: _Lines, rule: "_Rule", head: Sequence[str], part: _Part
) -> Drawn | None:
    """A simple table."""
    body = lines.texts(part.first, part.last)
    if any(map(rule.cuts, head)) or not rule.fits(body):
        return None
    at = lines.start + part.first
    rows = [_row(rule, [line], at + n) for n, line in enumerate(body)]
    if not any(sum(bool(cell.text) for cell in row) > 1 for row in rows):
        return None
    return Drawn(
        head=[_row(rule, [line], lines.start) for line in head],
        body=rows,
        aligns=rule.align(head or body[:1]),
        end=lines.start + part.end,
    )


def _multiline(
    lines: _Lines, rule: "_Rule", head: Sequence[str], at: int
) -> Drawn | None:
    rows: list[Row] = []
    body: list[str] = []
    while (end := lines.words(at)) > at:
        row = lines.texts(at, end)
        rows.append(_row(rule, row, lines.start + at))
        body += row
        at = lines.filled(end)
    if lines.rule(at) is None or not lines.ends(at):
        return None
    if not rule.fits(body) or any(map(rule.cuts, head)):
        return None
    return Drawn(
        head=[_row(rule, head, lines.start + 1)] if head else (),
        body=rows,
        aligns=rule.align(head or body[:1]),
        widths=rule.widths(),
        end=lines.start + at + 1,
    )


def _row(rule: "_Rule", lines: Sequence[str], line: int) -> list[Cell]:
    columns = zip(*map(rule.cut, lines), strict=True)
    return [Cell("\n".join(filter(None, map(str.strip, c))), line) for c in columns]
