"""Cells beyond the head of a table, which GFM drops with their words.

Only `parse.markdown` uses this; it is the same door, in another room.
"""

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

SURPLUS = "publish-surplus-cells"


def add_table_rules(markdown: MarkdownIt) -> None:
    markdown.core.ruler.after("block", "surplus_cells", _keep_surplus_cells)


def _keep_surplus_cells(state: StateCore) -> None:
    """Give them cells of their own; their lines are noted for a problem."""
    if not any(token.type == "tr_open" for token in state.tokens):
        return
    lines = state.src.split("\n")
    kept: list[Token] = []
    line, cells = 0, 0
    for token in state.tokens:
        if token.type == "tr_open":
            line, cells = (token.map or [0])[0], 0
        elif token.type in {"td_close", "th_close"}:
            cells += 1
        elif token.type == "tr_close":
            surplus = _columns(lines[line])[cells:]
            if any(surplus):
                state.env.setdefault(SURPLUS, []).append(line + 1)
                for words in surplus:
                    kept += _cell(words, line, token.level)
        kept.append(token)
    state.tokens = kept


def _columns(line: str) -> list[str]:
    columns = escapedSplit(line.strip(" \t>"))
    if columns and not columns[0].strip():
        del columns[0]
    if columns and not columns[-1].strip():
        del columns[-1]
    return [column.strip() for column in columns]


def _cell(words: str, line: int, level: int) -> Iterator[Token]:
    yield Token("td_open", "td", 1, level=level + 1)
    inline = Token("inline", "", 0, map=[line, line + 1], level=level + 2)
    inline.content, inline.children = words, []
    yield inline
    yield Token("td_close", "td", -1, level=level + 1)
