"""Tables on a page as narrow as a phone's."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import chain
from typing import TypeVar

from publish.columns import longest_kept
from publish.figures import is_number
from publish.kinds import rewrite_where
from publish.model import (
    Block,
    Chapter,
    CodeBlock,
    Table,
    TableCell,
    TableRow,
)
from publish.walk import Rewrite, own_inlines, plain_text, walk_blocks

# What a phone holds in a line of a table, in letters: 360 CSS pixels at the size that
# `epub.css` gives to tables, some 7 pixels a letter; in a wide one some 6. The padding
# of a column takes three, and half of that.
_LINE, _WIDE_LINE = 46, 58
_PADDING, _WIDE_PADDING = 3, 1.5
# And with letters nearly twice as large.
_LARGE_LINE = 25
# Between any two letters of Chinese, Japanese and Korean a line may end.
_UNBROKEN = re.compile("[^\\s\u2e80-\U0003ffff-]+|[\u2e80-\U0003ffff]")


# The least letters of a column that words break in.
_LEAST = 4


def mark_wide_tables(chapter: Chapter) -> Chapter:
    """A table whose longest words do not fit side by side is of the class `wide`.

    The style breaks words in these, and only in their `broken` cells: a table that must
    scroll is lost on paper-like screens, and one whose words may break anywhere is hard
    to read. Its numbers are `figures` and stay whole, but where even they do not fit:
    then it is `packed`, with columns of one width. `broken-large` and `packed-large`
    say the same of readers who want large letters.
    """
    return rewrite_where(chapter, _REWRITE, Table)


def _mark(block: Block) -> Block:
    if not isinstance(block, Table):
        return block
    if _width(block, _longest_word, _WIDE_PADDING) <= _LARGE_LINE:
        return block
    if _width(block, _longest_word, _PADDING) <= _LINE:
        return _shared(block, _LARGE_LINE, "-large")
    # It needs the whole of so narrow a line, whatever share an author thought of.
    whole = sum(block.widths)
    widths = tuple(max(1, round(100 * width / whole)) for width in block.widths)
    table = _named(replace(block, widths=widths), "wide")
    return _shared(_shared(table, _WIDE_LINE, ""), _LARGE_LINE, "-large")


def _shared(table: Table, line: float, size: str) -> Table:
    """How it shares a line of so many letters. size: what the classes end in"""
    if _width(table, _least, _WIDE_PADDING) > line:
        return _named(table, f"packed{size}")
    words = [word + _WIDE_PADDING for word in _columns(table, _longest_word)]
    kept = longest_kept(words, line) - _WIDE_PADDING
    head, body, foot = (
        tuple(_with_figures(_with_broken(row, kept, f"broken{size}")) for row in rows)
        for rows in _groups(table)
    )
    return replace(table, head=head, body=body, foot=foot)


_REWRITE = Rewrite(block=_mark)
Named = TypeVar("Named", Table, TableCell)


def _named(thing: Named, *names: str) -> Named:
    # Numbers stay whole for more than one reason.
    classes = tuple(dict.fromkeys((*thing.attributes.classes, *names)))
    return replace(thing, attributes=replace(thing.attributes, classes=classes))


def _groups(table: Table) -> tuple[tuple[TableRow, ...], ...]:
    return table.head, table.body, table.foot


def _with_broken(row: TableRow, kept: float, name: str) -> TableRow:
    """kept: letters that every column has room for"""

    def breaks(cell: TableCell) -> bool:
        return not is_number(_words(cell)) and _longest_word(cell) > kept

    cells = (_named(c, name) if breaks(c) else c for c in row.cells)
    return replace(row, cells=tuple(cells))


def _with_figures(row: TableRow) -> TableRow:
    cells = (_named(c, "figures") if is_number(_words(c)) else c for c in row.cells)
    return replace(row, cells=tuple(cells))


def _width(table: Table, of_cell: Callable[[TableCell], int], padding: float) -> float:
    """The width of the table, in letters."""
    columns = _columns(table, of_cell)
    return sum(columns) + padding * len(columns)


def _columns(table: Table, of_cell: Callable[[TableCell], int]) -> list[int]:
    """In letters. A cell over many columns has room enough."""
    columns: list[int] = []
    for row in chain.from_iterable(_groups(table)):
        column = 0
        for cell in row.cells:
            columns += [0] * (column + 1 - len(columns))
            if cell.columns == 1:
                columns[column] = max(columns[column], of_cell(cell))
            column += cell.columns
    return columns


def _longest_word(cell: TableCell) -> int:
    return max((len(word) for word in _UNBROKEN.findall(_words(cell))), default=0)


def _least(cell: TableCell) -> int:
    words = _words(cell)
    return len(words) if is_number(words) else min(_longest_word(cell), _LEAST)


def _words(cell: TableCell) -> str:
    texts = (
        block.text if isinstance(block, CodeBlock) else plain_text(own_inlines(block))
        for block in walk_blocks(cell.children)
    )
    return " ".join(filter(None, texts))
