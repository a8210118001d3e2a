"""Tables that are drawn with dashes, as tokens of markdown-it.

What `ruled_tables` and `grid_tables` have found in a text becomes here what a table of
GFM becomes. Only `parse.markdown` uses them; it is the same door, in other rooms.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from unicodedata import category, east_asian_width

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from publish.parse.table_rules import DRAWN, keep_surplus_cells

# Pandoc's: columns drawn over as many letters and more share the whole line.
LINE = 72
TAB = 4
# Tables in the cells of tables, which nobody needs and every one must be read in.
DEPTH, DEEPEST = "publish-table-depth", 4


@dataclass(frozen=True, slots=True)
class Cell:
    """line: where it begins, counted from 0
    blocks: whether it may hold more than a line of text
    """

    text: str
    line: int
    columns: int = 1
    rows: int = 1
    blocks: bool = False


Row = Sequence[Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """aligns: of each column, "left", "center", "right" or empty
    widths: of each column in percent of the line; none where they follow the words
    end: the line behind it, counted from 0
    """

    head: Sequence[Row] = ()
    body: Sequence[Row]
    foot: Sequence[Row] = ()
    aligns: Sequence[str]
    widths: Sequence[int] = field(default=())
    end: int


def columns_of(line: str) -> list[str]:
    """What stands in each column of a line as an editor shows it.

    A sign of Chinese, Japanese or Korean takes two; one that marks the sign before it
    takes none.
    """
    columns: list[str] = []
    for sign in line.expandtabs(TAB):
        if columns and category(sign) in {"Mn", "Me", "Cf"}:
            columns[-1] += sign
            continue
        columns.append(sign)
        if east_asian_width(sign) in {"W", "F"}:
            columns.append("")
    return columns


def shares(lengths: Sequence[int]) -> list[int]:
    """Widths in percent of columns that are drawn so long."""
    line = max(sum(lengths), LINE)
    return [max(1, round(100 * length / line)) for length in lengths]


def push_table(state: StateBlock, table: Drawn, start: int) -> None:
    opening = state.push("table_open", "table", 1)
    opening.map = [start, table.end]
    if table.widths:
        opening.attrs["widths"] = " ".join(map(str, table.widths))
    parts = (("thead", table.head), ("tbody", table.body), ("tfoot", table.foot))
    for tag, rows in parts:
        if rows:
            state.push(f"{tag}_open", tag, 1)
            for row in rows:
                _push_row(state, row, table.aligns, "th" if tag == "thead" else "td")
            state.push(f"{tag}_close", tag, -1)
    state.push("table_close", "table", -1)
    state.line = table.end


def _push_row(state: StateBlock, row: Row, aligns: Sequence[str], tag: str) -> None:
    opening = state.push("tr_open", "tr", 1)
    opening.meta[DRAWN] = True
    if row:
        opening.map = [row[0].line, row[0].line + 1]
    column = 0
    for cell in row:
        opening = state.push(f"{tag}_open", tag, 1)
        spanned = set(aligns[column : column + cell.columns])
        if len(spanned) == 1 and (align := spanned.pop()):
            opening.attrs["style"] = f"text-align:{align}"
        for name, span in (("colspan", cell.columns), ("rowspan", cell.rows)):
            if span > 1:
                opening.attrs[name] = str(span)
        if cell.blocks:
            state.tokens += _blocks(state, cell)
        else:
            _push_line(state, cell)
        state.push(f"{tag}_close", tag, -1)
        column += cell.columns
    state.push("tr_close", "tr", -1)


def _push_line(state: StateBlock, cell: Cell) -> None:
    token = state.push("inline", "", 0)
    token.content, token.children = cell.text, []
    token.map = [cell.line, cell.line + 1]


def _blocks(state: StateBlock, cell: Cell) -> list[Token]:
    """The tokens of a cell, which is read as a file of its own."""
    tokens: list[Token] = []
    state.env[DEPTH] = state.env.get(DEPTH, 0) + 1
    state.md.block.parse(cell.text, state.md, state.env, tokens)
    state.env[DEPTH] -= 1
    keep_surplus_cells(tokens, cell.text, state.env, cell.line)
    kinds = [token.type for token in tokens]
    if kinds == ["paragraph_open", "inline", "paragraph_close"]:
        # One paragraph alone is a line, as in a tight list.
        tokens[0].hidden = tokens[-1].hidden = True
    for token in tokens:
        token.level += state.level
        if token.map:
            token.map = [number + cell.line for number in token.map]
        if token.type == "tr_open":
            token.meta[DRAWN] = True
    return tokens


def is_too_deep(state: StateBlock) -> bool:
    return int(state.env.get(DEPTH, 0)) >= DEEPEST


def line_of(state: StateBlock, number: int) -> str:
    """A line of what is round the table; empty for one that does not belong to it."""
    if state.sCount[number] < state.blkIndent:
        return ""
    return state.getLines(number, number + 1, state.blkIndent, False).rstrip()


def joined(columns: Sequence[str]) -> str:
    return "".join(columns)


def dedented(lines: Sequence[str]) -> str:
    """Without the spaces that all of *lines* begin with."""
    margin = min((len(x) - len(x.lstrip()) for x in lines if x.strip()), default=0)
    return "\n".join(line[margin:].rstrip() for line in lines).strip("\n")


# What begins another block, which comes before a table (as in Pandoc).
OTHER = re.compile(r" {0,3}(?:>|#{1,6}\s|`{3}|~{3}|:{3}|[-*+]\s|\d{1,9}[.)]\s|\||<)")
