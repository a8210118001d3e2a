"""What we add to CommonMark's block rules, as plugins of markdown-it write theirs.

Only `parse.markdown` uses this; it is the same door, in two rooms.
"""

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.html_block import html_block
from markdown_it.rules_core import StateCore

from publish.braces import split_attributes
from publish.model import DivisionKind
from publish.parse.division_rules import (
    MYST,
    name_division,
    take_options,
    title_tokens,
    worded_division,
)
from publish.parse.line_rules import VERSE

# Levels of quotations and lists that are read; markdown-it would drop what is below
# its own limit, and WeasyPrint cannot lay out more than about 137 nested boxes.
MARKDOWN_DEPTH = 90
TOO_DEEP = "publish-too-deep"

MARKERS = re.compile(
    r"^(?:[ \t]*(?:[>*+-]|\d{1,9}[.)])(?=[ \t>]|$))+[ \t]*", re.MULTILINE
)
FENCE = re.compile(r"`{3,}|~{3,}")
DIVISION = re.compile(r"(:{3,})[ \t]*(.*?)[ \t]*:*[ \t]*$")
CLOSE = re.compile(r":{3,}[ \t]*$", re.MULTILINE)
DIVISION_NAME = re.compile(r"[\w-]+")
# HTML blocks that CommonMark lets run to the end of the file when nothing ends them
# (CommonMark 0.31.2, section 4.6, start conditions 1 to 5).
ENDLESS = re.compile(
    r"<(?:(?P<tag>script|pre|style|textarea)(?=[\s>]|$)|!--|\?|!\[CDATA\[|![A-Za-z])",
    re.IGNORECASE,
)
ENDS = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>"}
INDENTED_CODE = 4


def add_rules(markdown: MarkdownIt) -> None:
    markdown.block.ruler.before("table", "too_deep", _too_deep)
    markdown.block.ruler.at(
        "html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]}
    )
    markdown.block.ruler.before(
        "fence",
        "division",
        _division,
        {"alt": ["paragraph", "reference", "blockquote", "list"]},
    )
    markdown.core.ruler.after("block", "heading_attributes", _heading_attributes)


def _too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take the rest of a quotation or list that is nested too deep as one paragraph."""
    if silent or state.level < MARKDOWN_DEPTH:
        return False
    state.env.setdefault(TOO_DEEP, start + 1)
    token = state.push("paragraph_open", "p", 1)
    token.map = [start, end]
    token = state.push("inline", "", 0)
    token.content = MARKERS.sub("", state.getLines(start, end, 0, False)).strip()
    token.map = [start, end]
    token.children = []
    state.push("paragraph_close", "p", -1)
    state.line = end
    return True


def _html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """As CommonMark, but what nothing ends stops at the next blank line."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    opener = ENDLESS.match(line)
    if state.is_code_block(start) or not opener:
        return html_block(state, start, end, silent)
    rest = state.getLines(start, end, state.blkIndent, False)
    ender = f"</{opener['tag']}" if opener["tag"] else ENDS.get(opener[0], ">")
    if ender.lower() in rest.lower():
        return html_block(state, start, end, silent)
    if silent:
        return True
    after = start + 1
    while after < end and not state.isEmpty(after):
        after += 1
    state.line = after
    token = state.push("html_block", "", 0)
    token.map = [start, after]
    token.content = state.getLines(start, after, state.blkIndent, True)
    return True


def _division(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A fenced division: `::: note`, `::: {.box #id}`, up to its `:::`."""
    attributes = _division_start(state, start)
    if attributes is None:
        return False
    close = _division_end(state, start, end)
    if close is None:
        return False
    if silent:
        return True
    parent, line_max = state.parentType, state.lineMax
    token = state.push("division_open", "div", 1)
    token.attrs = dict(attributes)
    token.map = [start, close]
    opener = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    is_myst = MYST.match(opener.lstrip(": \t")) is not None
    begin = take_options(state, token) if is_myst else start + 1
    kind = name_division(token)
    if kind:
        state.tokens += title_tokens(token)
    if kind is DivisionKind.VERSE:
        state.parentType = VERSE
    elif kind or parent != VERSE:
        state.parentType = "container"
    # The text inside must not see the closing line as its own.
    state.lineMax = close
    state.md.block.tokenize(state, begin, close)
    if caption := str(token.attrs.pop("fig-cap", "")):
        _push_paragraph(state, caption, start)
    state.push("division_close", token.tag, -1)
    state.parentType, state.lineMax = parent, line_max
    state.line = close + 1
    return True


def _push_paragraph(state: StateBlock, words: str, line: int) -> None:
    """Words of an attribute, as if they stood at the end of the division."""
    state.push("paragraph_open", "p", 1).map = [line, line + 1]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = words, [line, line + 1], []
    state.push("paragraph_close", "p", -1)


def _division_start(state: StateBlock, line: int) -> dict[str, str] | None:
    """Attributes of the division that *line* opens; None where it opens none."""
    if state.sCount[line] - state.blkIndent >= INDENTED_CODE:
        return None
    begin = state.bMarks[line] + state.tShift[line]
    if not state.src.startswith(":::", begin):
        return None
    return opened_division(state.src[begin : state.eMarks[line]])


def opened_division(line: str) -> dict[str, str] | None:
    """Attributes of the division that the words of *line* open; None for others."""
    found = DIVISION.match(line)
    if not found or not found[2]:
        return None
    name, attributes = split_attributes(found[2])
    if not name:
        return attributes or None
    if DIVISION_NAME.fullmatch(name):
        said = {"class": name}
    else:
        worded = worded_division(name)
        if worded is None:
            return None
        said = worded
    said["class"] = f"{said['class']} {attributes.get('class', '')}".strip()
    return attributes | said


def _division_end(state: StateBlock, start: int, end: int) -> int | None:
    """The line that closes the division; those opened inside have closing lines too."""
    if state.bMarks[start] > _last_close(state.src):
        return None
    depth, fence = 1, ""
    for line in range(start + 1, end):
        text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
        if text and state.sCount[line] < state.blkIndent:
            return None
        mark = FENCE.match(text)
        if fence:
            if mark and mark[0].startswith(fence) and not text.strip(mark[0][0] + " "):
                fence = ""
        elif mark:
            fence = mark[0]
        elif _division_start(state, line) is not None:
            depth += 1
        elif text.startswith(":::") and not text.strip(": \t"):
            depth -= 1
            if depth == 0:
                return line
    return None


# Each division of a file asks for it, and those in the cells of a table for another.
@lru_cache(maxsize=4)
def _last_close(text: str) -> int:
    """Where the last line of nothing but colons is."""
    return max((found.start() for found in CLOSE.finditer(text)), default=-1)


def _heading_attributes(state: StateCore) -> None:
    """`## Oil {#oil .quiet}`: the braces belong to the heading, not to its words."""
    for opening, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.type == "heading_open":
            inline.content, attributes = split_attributes(inline.content)
            opening.attrs = {**opening.attrs, **attributes}
