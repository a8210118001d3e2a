"""Lines that end where their author ended them, as rules of markdown-it.

`| line` is one wherever it stands (Pandoc's line blocks); in a division of verse every
line is. The spaces at its beginning are its indent. Only `parse.markdown` uses this; it
is the same door, in another room.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from publish.lines import INDENT
from publish.parse.source_lines import GAPS

# The parent of what stands in verse, as markdown-it calls a list or a quotation.
VERSE = "verse"
_BAR = re.compile(r"\|(?:[ \t]|$)")
# What begins no line of verse: a division, a line block, a heading, a break, code, a
# quotation, a tag, the text of a note, the address of a link.
_NO_VERSE = re.compile(
    r":::|\|(?:[ \t]|$)|#{1,6}(?:[ \t]|$)|(?:\*[ \t]*){3,}$|(?:-[ \t]*){3,}$|```|~~~"
    r"|>|</?[A-Za-z]|<!--|\[[^\[\]]+\]:|\\(?:newpage|pagebreak|clearpage)\b"
)
# What ends a stanza without an empty line: a division, a page break.
_ENDS = re.compile(r":::|\\(?:newpage|pagebreak|clearpage)[ \t]*$")
_TAB = 4


def add_line_rules(markdown: MarkdownIt) -> None:
    markdown.block.ruler.before("table", "stanza", _stanza)
    markdown.block.ruler.after("table", "line_block", _line_block)


def _stanza(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """In verse: the lines up to an empty one."""
    if state.parentType != VERSE or silent or _NO_VERSE.match(_text(state, start)):
        return False
    after = start + 1
    while after < end and not state.isEmpty(after):
        if _ENDS.match(_text(state, after)):
            break
        after += 1
    rows = state.getLines(start, after, state.blkIndent, False).split("\n")
    state.line = after
    _push(state, [_unbroken(row) for row in rows], [start, after])
    return True


def _line_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Each line behind a bar; one that begins with a space goes on with the last."""
    begin = state.bMarks[start] + state.tShift[start]
    if silent or state.src[begin : begin + 1] != "|" or state.is_code_block(start):
        return False
    if not _BAR.match(_text(state, start)):
        return False
    rows: list[str] = []
    lines: list[int] = []
    after = start
    while after < end and not state.isEmpty(after):
        text = _text(state, after)
        if _BAR.match(text):
            rows.append(text[2:])
            lines.append(after)
        elif state.sCount[after] > state.blkIndent:
            rows[-1] += f" {text.strip()}"
        else:
            return False
        after += 1
    if any("| " in row or row.endswith("|") for row in rows):
        # Rows of a table that is none.
        return False
    state.line = after
    free = state.parentType != VERSE
    if free:
        state.push("lines_open", "div", 1).attrs = {"class": "line-block"}
    for first, stanza in _stanzas(rows):
        begun = lines[first : first + len(stanza)]
        words = _push(state, stanza, [begun[0], after])
        words.meta[GAPS] = [b - a for a, b in pairwise(begun)]
    if free:
        state.push("lines_close", "div", -1)
    return True


def _text(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _stanzas(rows: Sequence[str]) -> list[tuple[int, list[str]]]:
    """Runs of lines between empty ones, each with the number of its first line."""
    found: list[tuple[int, list[str]]] = []
    begun = False
    for number, row in enumerate(rows):
        if not row.strip():
            begun = False
            continue
        if not begun:
            found.append((number, []))
        begun = True
        found[-1][1].append(row)
    return found


def _unbroken(row: str) -> str:
    """Without the sign of a break, which each line of verse ends in anyway."""
    row = row.rstrip()
    return row[:-1].rstrip() if row.endswith("\\") else row


def _push(state: StateBlock, rows: Sequence[str], lines: list[int]) -> Token:
    """A stanza of these rows; what is given back is the token of its words."""
    opening = state.push("stanza_open", "#stanza", 1)
    words = state.push("inline", "", 0)
    words.content = "\n".join(map(_indented, rows))
    words.children = []
    closing: Token = state.push("stanza_close", "#stanza", -1)
    opening.map = words.map = closing.map = lines
    return words


def _indented(row: str) -> str:
    row = row.expandtabs(_TAB).rstrip()
    words = row.lstrip(" ")
    return INDENT * (len(row) - len(words)) + words
