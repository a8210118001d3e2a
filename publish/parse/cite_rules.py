"""Names of things and sources behind an at sign, as Pandoc and Quarto write them.

`@fig-lamp` in a line and `[see @bell1904, p. 3]` in brackets, as rules of markdown-it.
Only `parse.markdown` uses this; it is the same door, in another room.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from publish.parse.inside import read_inside
from publish.parse.raw_code import in_raw_code
from publish.signs import UNSPACED

# Pandoc's manual, "Citation syntax": letters, digits and "_", and between them one at a
# time of some signs; anything else stands in braces. A script without spaces goes on
# right behind a key in other letters, as it begins right before its sign.
_BETWEEN = r"[:.#$%&+?<>~/-]"
_SPACED = rf"[^\W{UNSPACED}]"
_ANY = rf"(?:\w|{_BETWEEN}(?=\w))+"
_KEY_IN_TEXT = (
    rf"(?:{_SPACED}|{_BETWEEN}(?={_SPACED}))+(?:{_BETWEEN}(?=[{UNSPACED}]){_ANY})?"
    rf"|{_ANY}"
)
KEY = rf"@(?:(?P<key>{_KEY_IN_TEXT})|\{{(?P<any>[^\s{{}}]+)\}})"
_KEY = re.compile(KEY)
# An address of mail has a word before its sign, and so has a name on a server.
_WORD_BEFORE = re.compile(rf"{_SPACED}|[@/]")
_HELD = re.compile(rf"(?<!{_SPACED})(?<![@/]){KEY}")
# What ends a word or a thing, which a hyphen joins to the next: `[a]{.b}-@fig-c`.
_JOINED = frozenset("-)]}`”’»")
# Signs of emphasis and quotation marks that stand behind one word.
_FEW = 8


def add_cite_rules(markdown: MarkdownIt) -> None:
    markdown.inline.ruler.after("link", "citation", _citation)
    markdown.inline.ruler.push("cite_key", _cite_key)


def _cite_key(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "@":
        return False
    before = state.src[state.pos - 1] if state.pos else " "
    found = _KEY.match(state.src, state.pos, state.posMax)
    if not found or _WORD_BEFORE.match(before):
        return False
    behind = state.pending if before == "-" else ""
    if _WORD_BEFORE.match(behind[-2:-1]):
        return False
    bare = bool(behind) and _begins(state.src, state.pos - 1)
    if not silent:
        if bare:
            state.pending = state.pending[:-1]
        token = state.push("cite_key", "#key", 0)
        # What an alternative text shows, which holds words alone.
        token.content = f"-{found[0]}" if bare else found[0]
        token.attrs = {"key": found["key"] or found["any"]}
        if bare:
            token.attrs["bare"] = "bare"
    state.pos = found.end()
    return True


def _begins(text: str, hyphen: int) -> bool:
    """Whether the hyphen there belongs to the key behind it and joins nothing to it."""
    before = text[max(hyphen - _FEW, 0) : hyphen].rstrip("*_~^=\"'")[-1:]
    return not _WORD_BEFORE.match(before) and before not in _JOINED


def _citation(state: StateInline, silent: bool) -> bool:
    # Silent is who looks for the end of a link's words, which may hold brackets of any
    # kind but those of another link.
    if silent or state.src[state.pos] != "[":
        return False
    start, end = state.pos + 1, state.md.helpers.parseLinkLabel(state, state.pos)
    if end < 0:
        return False
    held = _HELD.finditer(state.src, start, end)
    if all(in_raw_code(state.src, found.start()) for found in held):
        return False
    if state.src[end + 1 : end + 2] in {"(", "{"}:
        return False
    state.push("citation_open", "#cite", 1).content = "["
    read_inside(state, start, end)
    state.push("citation_close", "#cite", -1).content = "]"
    state.pos = end + 1
    return True
