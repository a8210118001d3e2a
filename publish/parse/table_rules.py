"""Cells beyond the head of a table, which GFM drops with their words.

Only `parse.markdown` uses this; it is the same door, in another room.
"""

from collections.abc import MutableMapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

SURPLUS = "publish-surplus-cells"
# Of the rows of tables that are no GFM, or not in these lines.
DRAWN = "publish-drawn"


def add_table_rules(markdown: MarkdownIt) -> None:
    markdown.core.ruler.after("block", "surplus_cells", _keep_surplus_cells)


def _keep_surplus_cells(state: StateCore) -> None:
    keep_surplus_cells(state.tokens, state.src, state.env)


def keep_surplus_cells(
    tokens: Sequence[Token], text: str, env: MutableMapping[str, Any], before: int = 0
) -> None:
    """Put them into the last cell of their row; the lines are noted for a problem.

    before: lines of the file before *text*
    """
    if not any(token.type == "tr_open" for token in tokens):
        return
    lines = text.split("\n")
    line = cells = 0
    drawn = False
    last: Token | None = None
    for token in tokens:
        if token.type == "tr_open":
            line, cells = (token.map or [0])[0], 0
            drawn = DRAWN in token.meta
        elif token.type == "inline":
            last = token
        elif token.type in {"td_close", "th_close"}:
            cells += 1
        elif token.type == "tr_close" and last is not None and not drawn:
            surplus = list(filter(None, _columns(lines[line])[cells:]))
            if surplus:
                env.setdefault(SURPLUS, []).append(before + line + 1)
                last.content = " | ".join([last.content, *surplus])


def _columns(line: str) -> list[str]:
    columns = escapedSplit(line.strip(" \t>"))
    if columns and not columns[0].strip():
        del columns[0]
    if columns and not columns[-1].strip():
        del columns[-1]
    return [column.strip() for column in columns]
