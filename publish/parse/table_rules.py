"""Cells beyond the head of a table, which GFM drops with their words.

Only `parse.markdown` uses this; it is the same door, in another room.
"""

from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

SURPLUS = "publish-surplus-cells"


def add_table_rules(markdown: MarkdownIt) -> None:
    markdown.core.ruler.after("block", "surplus_cells", _keep_surplus_cells)


def _keep_surplus_cells(state: StateCore) -> None:
    """Put them into the last cell of their row; the lines are noted for a problem."""
    if not any(token.type == "tr_open" for token in state.tokens):
        return
    lines = state.src.split("\n")
    line = cells = 0
    last: Token | None = None
    for token in state.tokens:
        if token.type == "tr_open":
            line, cells = (token.map or [0])[0], 0
        elif token.type == "inline":
            last = token
        elif token.type in {"td_close", "th_close"}:
            cells += 1
        elif token.type == "tr_close" and last is not None:
            surplus = list(filter(None, _columns(lines[line])[cells:]))
            if surplus:
                state.env.setdefault(SURPLUS, []).append(line + 1)
                last.content = " | ".join([last.content, *surplus])


def _columns(line: str) -> list[str]:
    columns = escapedSplit(line.strip(" \t>"))
    if columns and not columns[0].strip():
        del columns[0]
    if columns and not columns[-1].strip():
        del columns[-1]
    return [column.strip() for column in columns]
