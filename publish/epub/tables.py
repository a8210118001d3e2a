"""Tables on a page as narrow as a phone's."""

import re
from collections.abc import Iterator
from dataclasses import replace

from publish.model import (
    Block,
    Chapter,
    CodeBlock,
    Table,
    TableCell,
    TableRow,
)
from publish.walk import Rewrite, own_inlines, plain_text, rewrite_chapter, walk_blocks

# What a phone holds in a line of a table, in letters: 360 CSS pixels at the size that
# `epub.css` gives to tables, some 7 pixels a letter. A column's padding takes three.
_LINE = 46
_PADDING = 3
# Between any two letters of Chinese, Japanese and Korean a line may end.
_UNBROKEN = re.compile("[^\\s\u2e80-\U0003ffff-]+|[\u2e80-\U0003ffff]")


def mark_wide_tables(chapter: Chapter) -> Chapter:
    """A table whose longest words do not fit side by side is of the class `wide`.

    The style breaks words in these, and only in these: a table that must scroll is lost
    on paper-like screens, and one whose words may break anywhere is hard to read.
    """
    return rewrite_chapter(chapter, _REWRITE)


def _mark(block: Block) -> Block:
    if not isinstance(block, Table) or _width(block) <= _LINE:
        return block
    classes = (*block.attributes.classes, "wide")
    return replace(block, attributes=replace(block.attributes, classes=classes))


_REWRITE = Rewrite(block=_mark)


def _width(table: Table) -> int:
    """The least width of the table, in letters."""
    columns: list[int] = []
    for row in (*table.head, *table.body, *table.foot):
        for column, width in _widths(row):
            columns += [0] * (column + 1 - len(columns))
            columns[column] = max(columns[column], width)
    return sum(columns) + _PADDING * len(columns)


def _widths(row: TableRow) -> Iterator[tuple[int, int]]:
    """Of each column its least width. A cell over many columns has room enough."""
    column = 0
    for cell in row.cells:
        if cell.columns == 1:
            yield column, _longest_word(cell)
        column += cell.columns


def _longest_word(cell: TableCell) -> int:
    words = [""]
    for block in walk_blocks(cell.children):
        code = block.text if isinstance(block, CodeBlock) else ""
        words += _UNBROKEN.findall(code or plain_text(own_inlines(block)))
    return max(map(len, words))
