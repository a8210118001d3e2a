"""Find signs that were mistyped, and that are printed in the book as they stand.

What no reading of Markdown takes for a sign is text: that is its rule, and nothing
breaks. But a reader sees `::: .tip`. Here is what is surely meant as a sign where it
stands in text. Only `parse.markdown` uses this; it is the same door, in another room.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from publish.parse.mend_rules import misplaced, pointless
from publish.parse.rules import opened_division

# Where markdown-it's environment holds those of a file.
SLIPS = "publish-slips"

# In the text of a paragraph, what is no text: code, formulas, marks.
_OTHER = "\0"
# Code, or the end of a link or a picture, behind which attributes may stand.
_ATTRIBUTED_END = "\x01"
_COLONS = re.compile(r":{3,}[ \t]*(.*)")
# A word, or signs of attributes; any other sign is an ornament of colons.
_DIVISION = re.compile(r"[\w{.#\[]")
_NAMES = (
    "index|main|term|kbd|mark|underline|smallcaps|sc|abbr|small|page|source|unnumbered"
)
_INSIDE = rf"[.#][A-Za-z][^{{}}\n]*|(?:{_NAMES})(?:[ ][^{{}}\n]*)?"
# Behind brackets that are not those of a program: `a[i]{.x}`, `\frac[x]{index}`.
_BRACES = re.compile(rf"(?<![\w\\\])}}])\[[^\[\]\n]+\](\{{(?:{_INSIDE})\}})")
_BEHIND = re.compile(rf"\x01(\{{(?:{_INSIDE}|[a-z-]+=[^{{}}\n]*)\}})")
_AT_END = re.compile(r"(?<=\s)\{[.#][A-Za-z][^{}\n]*\}$")
_LINK = re.compile(r"(?<![\w\\\])}])!?\[(?![\^@])([^\[\]]+)\]\[(?!\^)([^\[\]]*)\]")
_WORD = re.compile(r"[^\W\d_]|[\0\x01]")
_HELD = re.compile(r"[\0\x01]")
_SHORTCODE = re.compile(r"\{\{[<%]\s*/?\s*([\w-]+)[^\n]*[>%]\}\}")
_DELIMITERS = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
# Those that are read, or reported where they call nothing.
_KNOWN_CODES = frozenset({"var", "meta", "pagebreak"})
_ATTRIBUTED = frozenset({"link_close", "image", "code_inline"})
_BAR = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Slip:
    """column: counted from 1; 0 where it is not known"""

    line: int
    column: int
    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class _Found:
    """at: line and column, counted from 0 in what its block was made of"""

    at: tuple[int, int]
    code: str
    message: str
    hint: str


def add_slip_rules(markdown: MarkdownIt) -> None:
    # Before signs behind a backslash are joined to the text round them.
    markdown.core.ruler.before("text_join", "slips", _slips)


def _slips(state: StateCore) -> None:
    state.env[SLIPS] = tuple(_find_slips(state.tokens, state.src.split("\n")))


def _find_slips(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Slip]:
    """Those in the text of a file, from its first to its last.

    lines: of the file
    """
    first = 0
    waiting = 0
    for before, token in pairwise([_NOTHING, *tokens]):
        first = token.map[0] if token.map else first
        if token.type != "inline":
            continue
        for found in _in_block(before.type, token):
            # What ends a division is told with what should have begun it.
            if found.message == _STRAY and waiting:
                waiting -= 1
                continue
            waiting += found.message == _UNREAD
            row, column = found.at
            line = first + row
            here = lines[line] if line < len(lines) else ""
            # A block begins behind the signs of the lists and quotations it is in.
            before_it = here.find(token.content.split("\n")[row])
            column = 0 if before_it < 0 else before_it + column + 1
            yield Slip(line + 1, column, found.code, found.message, found.hint)


_NOTHING = Token("", "", 0)


def _in_block(kind: str, token: Token) -> Iterator[_Found]:
    """kind: of the token that opens the block"""
    if kind == "paragraph_open":
        yield from _in_lines(token.content.split("\n"))
    if kind == "heading_open" and (found := _AT_END.search(token.content)):
        yield _unread_braces(found[0], (0, found.start()))
    yield from _in_text(token)


def _in_lines(lines: Sequence[str]) -> Iterator[_Found]:
    for number, line in enumerate(lines):
        text = line.strip()
        if colons := _COLONS.match(text):
            yield from _colons(number, text, colons[1].strip(": \t"))
        elif short := _SHORTCODE.fullmatch(text):
            if short[1] not in _KNOWN_CODES:
                yield _shortcode(number, text, short[1])
        elif number and _BAR.search(text) and _DELIMITERS.fullmatch(text):
            yield from _table(number, lines[number - 1].strip(), text)


_STRAY = "this ends a division that nothing begins, so it is shown as text"
_UNREAD = "this cannot be read as the beginning of a division, so it is shown as text"
_ENDLESS = "this begins a division that nothing ends, so it is shown as text"


def _colons(number: int, text: str, rest: str) -> Iterator[_Found]:
    if not rest:
        hint = "take it away, or begin the division with `::: note` on a line"
        yield _Found((number, 0), "looks-like-markup", _STRAY, hint)
    elif opened_division(text) is not None:
        yield _Found(
            (number, 0), "open-division", _ENDLESS, "end it with ::: on a line"
        )
    elif _DIVISION.match(rest):
        hint = 'write `::: note`, or `::: {.note title="Words"}`'
        yield _Found((number, 0), "looks-like-markup", _UNREAD, hint)


def _shortcode(number: int, text: str, name: str) -> _Found:
    message = f"`{name}` is a short code of another program, so it is shown as text"
    hint = "write in Markdown what it stands for"
    if name == "include":
        hint = "put the words of that file here, or make it a chapter"
    return _Found((number, 0), "looks-like-markup", message, hint)


def _table(number: int, head: str, text: str) -> Iterator[_Found]:
    columns, dashes = _columns(head), _columns(text)
    if columns > 1 and columns != dashes:
        message = (
            f"the head of this table has {columns} columns and the line below it"
            f" {dashes}, so it is shown as text"
        )
        hint = "give each column its dashes, and write `\\|` for a bar that is text"
        yield _Found((number, 0), "looks-like-markup", message, hint)


def _columns(row: str) -> int:
    inside = row.removeprefix("|")
    bars = len(_BAR.findall(inside))
    return bars if inside.endswith("|") else bars + 1


def _in_text(token: Token) -> Iterator[_Found]:
    children = token.children or []
    if not any("]" in c.content or "{" in c.content for c in children):
        return
    text = "".join(map(_as_text, children))
    source = _Source(token.content)
    for found in _BRACES.finditer(text):
        yield _unread_braces(found[1], source.find(found[0], f"]{found[1]}"))
    for found in _BEHIND.finditer(text):
        yield _unread_braces(found[1], source.find(found[1], found[1]))
    for found in _MEND.finditer(text):
        if hint := misplaced(found[2]):
            yield _no_mend(found[1], hint, source.find(found[1], found[1]))
    for found in _POINTLESS.finditer(text):
        is_last = not text[found.end() :].strip()
        if hint := pointless(found[1], is_last=is_last):
            yield _no_mend(found[0], hint, source.find(found[0], found[0]))
    for found in _LINK.finditer(text):
        words, name = found[1], found[2]
        if _WORD.search(name or words) and _WORD.search(words):
            at = source.find(found[0], f"][{name}]")
            yield _unknown_address(words, name, at)


# What an author may have meant to mend a page of print.
_MEND = re.compile(r"(\{[^\S\n]*\.([\w-]+)[^{}\n]*\})")
# Not behind a bracket or a word, as in `[x]{index}` and `\cmd{looser}`.
_POINTLESS = re.compile(r"(?<![^\s.,;:!?…»”’\"'*])\{[^\S\n]*([a-z-]+)[^\S\n]*\}")


class _Source:
    """What a block was made of, looked through from its beginning to its end."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def find(self, sign: str, end: str) -> tuple[int, int]:
        """Line and column in the block where *sign* begins.

        end: what is known of it where it holds what is no text
        """
        known = not _HELD.search(sign)
        start = self._text.find(sign if known else end, self._at)
        if start < 0:
            return 0, 0
        self._at = start + 1
        if not known:
            start = max(self._text.rfind("[", 0, start), 0)
        line = self._text.count("\n", 0, start)
        return line, start - (self._text.rfind("\n", 0, start) + 1)


def _as_text(token: Token) -> str:
    if token.type == "text":
        return token.content
    if token.type in _ATTRIBUTED:
        return _ATTRIBUTED_END
    return "\n" if token.type in {"softbreak", "hardbreak"} else _OTHER


def _unread_braces(braces: str, at: tuple[int, int]) -> _Found:
    message = f"`{braces}` cannot be read as attributes, so it is shown as text"
    hint = "a class begins with a point, a name with #, and a value stands behind a ="
    return _Found(at, "looks-like-markup", message, hint)


def _no_mend(braces: str, hint: str, at: tuple[int, int]) -> _Found:
    message = f"`{braces}` mends nothing here, so it is shown as text"
    return _Found(at, "looks-like-markup", message, hint)


def _unknown_address(words: str, name: str, at: tuple[int, int]) -> _Found:
    shown = " ".join(_HELD.sub("…", words).split())
    message = f"nothing says where `[{shown}][{name}]` leads, so it is shown as text"
    hint = f"write its address on a line of its own: `[{name or shown}]: https://…`"
    return _Found(at, "dead-link", message, hint)
