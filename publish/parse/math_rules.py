"""Mathematics between dollars, as Pandoc and Quarto write it, as rules of markdown-it.

`$x^2$` in a line; `$$ … $$ {#eq-energy}` by itself, on one line or several. Only
`parse.markdown` uses this; it is the same door, in another room. What dollars hold that
is no formula is told by `parse.dollars`.
"""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from publish.braces import attributes_at, whole_attributes
from publish.parse.dollars import displayed, displayed_in_line, in_line
from publish.parse.option_lines import (
    NO_OPTIONS,
    UNKNOWN_OPTIONS,
    Options,
    read_options,
)
from publish.parse.raw_code import in_raw_code

# What `parse_source` is told in markdown-it's environment: whether `\(` and `\[` begin
# formulas, as LaTeX has it.
BACKSLASHES = "publish-backslash-math"

_ENDS = {"$$": re.compile(r"(?<!\\)\$\$"), "\\[": re.compile(r"\\\]")}
_BRACKETS = {"\\(": "\\)", "\\[": "\\]"}
_LONGEST = 5000


def add_math_rules(markdown: MarkdownIt) -> None:
    markdown.block.ruler.before(
        "fence",
        "equation",
        _equation,
        {"alt": ["paragraph", "reference", "blockquote", "list"]},
    )
    markdown.inline.ruler.before("escape", "backslash_math", _backslashes)
    markdown.inline.ruler.before("escape", "dollars", _dollars)
    markdown.inline.ruler.before("backticks", "math_role", _role)
    markdown.core.ruler.after("block", "math_fences", _fences)


def _equation(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """Whole lines: from one that begins with two dollars to one that ends in them."""
    if state.is_code_block(start):
        return False
    opener = _text(state, start)[:2]
    if opener != "$$" and not (opener == "\\[" and state.env.get(BACKSLASHES)):
        return False
    found = _read(state, start, _ENDS[opener])
    if found is None:
        return False
    source, attributes, after = found
    if opener == "$$" and not displayed(source):
        return False
    if silent:
        return True
    token = state.push("equation", "#equation", 0)
    token.attrs = {**attributes, "text": source}
    token.map = [start, after]
    state.line = after
    return True


def _read(
    state: StateBlock, start: int, ending: re.Pattern[str]
) -> tuple[str, dict[str, str], int] | None:
    """The source, the attributes behind it and the line after it. No line of it is
    blank, and nothing but attributes stands behind it."""
    lines: list[str] = []
    for number, text in _lines(state, start):
        found = ending.search(text)
        if not found:
            lines.append(text)
            continue
        lines.append(text[: found.start()])
        rest = text[found.end() :]
        attributes = whole_attributes(rest)
        if rest.strip() and not attributes:
            return None
        source = "\n".join(lines).strip()
        return (source, attributes, number + 1) if source else None
    return None


def _lines(state: StateBlock, start: int) -> Iterator[tuple[int, str]]:
    for number in range(start, state.lineMax):
        text = _text(state, number)
        inside = state.sCount[number] >= state.blkIndent
        if not text.strip() or (number > start and not inside):
            return
        yield number, text[2:] if number == start else text


def _text(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _dollars(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "$":
        return False
    if found := _displayed_at(state.src, state.pos, state.posMax):
        source, end = found
        if not silent:
            length, attributes = _behind(state.src, end)
            token = state.push("equation", "#equation", 0)
            token.attrs = {**attributes, "text": source}
            token.content = source
            end += length
        state.pos = end
        return True
    if found := in_line(state.src, state.pos, state.posMax):
        source, end = found
        if in_raw_code(state.src, end - 1):
            return False
        if not silent:
            _push(state, source)
        state.pos = end
        return True
    return False


def _displayed_at(text: str, at: int, last: int) -> tuple[str, int] | None:
    """A displayed formula in the middle of a paragraph, and where it ends."""
    if text[at : at + 2] != "$$" or "$" in {text[at + 2 : at + 3], text[at - 1 : at]}:
        return None
    found = _ENDS["$$"].search(text, at + 2, min(last, at + _LONGEST))
    if not found or text[found.end() : found.end() + 1] == "$":
        return None
    source = text[at + 2 : found.start()].strip()
    if not source or not displayed_in_line(text, at + 2, found.start()):
        return None
    if in_raw_code(text, found.start()):
        return None
    return source, found.end()


def _behind(text: str, at: int) -> tuple[int, dict[str, str]]:
    spaces = len(text[at:]) - len(text[at:].lstrip(" "))
    length, attributes = attributes_at(text, at + spaces)
    return (spaces + length, attributes) if length else (0, {})


def _backslashes(state: StateInline, silent: bool) -> bool:
    opener = state.src[state.pos : state.pos + 2]
    if opener not in _BRACKETS or not state.env.get(BACKSLASHES):
        return False
    begin = state.pos + 2
    end = state.src.find(_BRACKETS[opener], begin, min(state.posMax, begin + _LONGEST))
    source = state.src[begin:end].strip()
    if end < 0 or not source:
        return False
    if not silent:
        if opener == "\\(":
            _push(state, source)
        else:
            token = state.push("equation", "#equation", 0)
            token.attrs = {"text": source}
            token.content = source
    state.pos = end + 2
    return True


_ROLE = re.compile(r"\{math\}(`+)([^`]*[^`\s][^`]*)\1(?!`)")


def _role(state: StateInline, silent: bool) -> bool:
    """As MyST has it: {math}`x^2`."""
    if state.src[state.pos] != "{":
        return False
    found = _ROLE.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        _push(state, found[2].strip())
    state.pos = found.end()
    return True


def _push(state: StateInline, source: str) -> None:
    token = state.push("math", "#math", 0)
    token.attrs = {"text": source}
    token.content = source


def _fences(state: StateCore) -> None:
    """Code of the language "math", as GitHub and MyST show it."""
    for token in state.tokens:
        words = token.info.split(maxsplit=1) if token.type == "fence" else []
        if words[:1] not in (["math"], ["{math}"]):
            continue
        attributes = whole_attributes(words[1]) if words[1:] else {}
        if words[1:] and not attributes:
            continue
        options = _options(state, token) if words[0] == "{math}" else NO_OPTIONS
        lines = token.content.split("\n")[options.lines :]
        if source := "\n".join(lines).strip():
            token.type, token.tag = "equation", "#equation"
            token.attrs = {**options.attributes, **attributes, "text": source}


def _options(state: StateCore, fence: Token) -> Options:
    options = read_options(fence.content.split("\n"))
    if options.unknown and fence.map:
        line = fence.map[0] + options.lines + 2
        state.env.setdefault(UNKNOWN_OPTIONS, []).append((line, options.unknown))
    return options
