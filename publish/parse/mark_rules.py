"""What stands higher, lower or in colour within a line, as rules of markdown-it.

`x^2^` and `H~2~O` as Pandoc writes them, `==words==` as most others do, and a
backslash before a space between two words. Real books hold carets, tildes and equals
signs that mean nothing of the kind: where one could be meant, none of it is read. Only
`parse.markdown` uses this; it is the same door, in another room.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from publish.parse.inside import read_inside
from publish.parse.raw_code import in_raw_code

NO_BREAK = "\N{NO-BREAK SPACE}"
# Pandoc's manual, "Superscripts and subscripts": no space that has no backslash.
_RAISED = re.compile(r"\^((?:\\.|[^\s\\^\[{])(?:\\.|[^\s\\^])*)\^")
_LOWERED = re.compile(r"~((?:\\.|[^\s\\~{])(?:\\.|[^\s\\~])*)~(?!~)")
# Between letters, where `x^2+y^2` is a sum: digits or letters, and a sign behind them.
_WITHIN_A_WORD = re.compile(r"(?:\d+|[^\W\d_]+)[-+−–]?")
# Of a path or of a list of ranges, but not of what hangs below a letter.
_NO_INDEX = re.compile(r"[/、。，；：！？]")
# What an index may hang on, besides letters and digits.
_HOLDS_INDEX = frozenset(")]}*_^>`'\"’′″")
# Between two words, or several of them, which only an indent is; one with a space
# before it is a sign by itself, as for the difference of two sets.
_HELD_SPACES = re.compile(r"(?:(?<=\S)\\[ ]|(?:\\[ ]){2})(?:\\[ ])*(?=\S)")
# "On the C:\ drive", and behind "C:\Program Files".
_PATH = re.compile(r"(?<![^\W_])[A-Za-z]:(?:\\[^\s\\]+(?:[ ][A-Z][^\s\\]*)*)*$")
_LONGEST_PATH = 260
_HIGHLIGHT = "=="
_FIRST, _LAST = frozenset("*_[`(“‘«„¿¡…–—"), frozenset("*_]`)”’»“.,!?…%–—}^~")


def add_mark_rules(markdown: MarkdownIt) -> None:
    rules = markdown.inline.ruler
    rules.before("escape", "no_break_space", _no_break_space)
    rules.after("strikethrough", "subscript", _subscript)
    rules.after("image", "superscript", _superscript)
    rules.after("image", "highlight", _highlight)


def _no_break_space(state: StateInline, silent: bool) -> bool:
    start = state.pos
    found = _HELD_SPACES.match(state.src, start)
    if not found or _PATH.search(state.src[max(start - _LONGEST_PATH, 0) : start]):
        return False
    if not silent:
        state.pending += NO_BREAK * found[0].count(" ")
    state.pos = found.end()
    return True


def _superscript(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "^":
        return False
    found = _RAISED.match(state.src, state.pos, state.posMax)
    if not found or in_raw_code(state.src, found.end(1)):
        return False
    before, after = _round(state, state.pos, found.end())
    if before.isalnum() and after.isalnum():
        meant = _WITHIN_A_WORD.fullmatch(found[1]) is not None
    else:
        # `^_^` is a face.
        meant = before.isalnum() or re.search(r"[^\W_]", found[1]) is not None
    if not meant:
        return False
    _push(state, "sup", found.start(1), found.end(1), silent=silent)
    state.pos = found.end()
    return True


def _subscript(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "~":
        return False
    found = _LOWERED.match(state.src, state.pos, state.posMax)
    if not found or _NO_INDEX.search(found[1]):
        return False
    if in_raw_code(state.src, found.end(1)):
        return False
    before, after = _round(state, state.pos, found.end())
    # What hangs on nothing is a path, or about so much: `~/notes`, `~5 to ~7`.
    if not before.isalnum() and before not in _HOLDS_INDEX:
        return False
    # Two ranges: `3~5,7~8`.
    if before.isdigit() and after.isdigit():
        return False
    _push(state, "sub", found.start(1), found.end(1), silent=silent)
    state.pos = found.end()
    return True


def _highlight(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if not state.src.startswith(_HIGHLIGHT, start) or not _opens(state, start):
        return False
    last, level = state.posMax, state.level
    state.pos = start + len(_HIGHLIGHT)
    # From token to token, so that what stands in code or an address closes nothing.
    while state.pos < last and not _is_highlight(state):
        state.md.inline.skipToken(state)
    end, state.pos, state.level = state.pos, start, level
    if end >= last or not _closes(state, end):
        return False
    _push(state, "mark", start + len(_HIGHLIGHT), end, silent=silent)
    state.pos = end + len(_HIGHLIGHT)
    return True


def _is_highlight(state: StateInline) -> bool:
    is_one = state.src.startswith(_HIGHLIGHT, state.pos)
    return is_one and not in_raw_code(state.src, state.pos)


def _opens(state: StateInline, at: int) -> bool:
    before, after = _round(state, at, at + len(_HIGHLIGHT))
    if before == "=" or _joins(before):
        return False
    return after.isalnum() or after in _FIRST


def _closes(state: StateInline, at: int) -> bool:
    before, after = _round(state, at, at + len(_HIGHLIGHT))
    if after == "=" or _joins(after):
        return False
    return before.isalnum() or before in _LAST


def _joins(letter: str) -> bool:
    """Whether it would be a comparison with what stands there: `a==b`. Only code is
    written so; in Korean or Chinese a word goes on behind a mark."""
    return letter.isascii() and (letter.isalnum() or letter == "_")


def _round(state: StateInline, start: int, end: int) -> tuple[str, str]:
    """The signs before and after a stretch of the line; spaces at its ends."""
    before = state.src[start - 1] if start else " "
    return before, state.src[end] if end < len(state.src) else " "


def _push(state: StateInline, tag: str, start: int, end: int, *, silent: bool) -> None:
    if silent:
        return
    state.push(f"{tag}_open", tag, 1)
    read_inside(state, start, end)
    state.push(f"{tag}_close", tag, -1)
