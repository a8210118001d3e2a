"""Divisions that are not written between colons, and what ends one, as rules of
markdown-it.

GitHub's `> [!NOTE]` and MyST's fence with `{note}` behind it are admonitions; the last
line of a quotation may say whose words it is; `\\newpage` is a page break. Only
`parse.markdown` uses this; it is the same door, in another room.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from publish.model import ADMONITIONS, DivisionKind
from publish.parse.divisions import ATTRIBUTED, division_kind
from publish.parse.option_lines import UNKNOWN_OPTIONS, read_options

# What `read_markdown` is told in markdown-it's environment: the kind of a division that
# the file as a whole is.
WHOLE = "publish-whole"
_NAMES = "|".join(ADMONITIONS)
_ALERT = re.compile(rf"\[!({_NAMES})\][ \t]*(.*)(?:\n|$)", re.IGNORECASE)
_ANY_ALERT = re.compile(rf"\[!(?:{_NAMES})\]", re.IGNORECASE)
# What MyST has besides, and what it is here.
_MYST: Mapping[str, str] = {
    **{kind.value: kind.value for kind in ADMONITIONS},
    **dict.fromkeys(("admonition", "seealso"), "note"),
    "hint": "tip",
    "attention": "caution",
    **dict.fromkeys(("danger", "error"), "warning"),
}
_CALLED = "|".join(_MYST)
_FENCE = re.compile(rf"(`{{3,}}|~{{3,}})[ \t]*\{{({_CALLED})\}}[ \t]*([^`]*)$")
MYST = re.compile(rf"\{{({_CALLED})\}}[ \t]*(.*)$")
# As Docusaurus writes it, and VuePress.
_TITLED = re.compile(r"([\w-]+)(?:\[(.*)\]|[ \t]+(.*\S))")
# Alone on a line; what LaTeX, Pandoc's users and Quarto write.
_PAGE_BREAK = re.compile(r"\\(?:newpage|pagebreak|clearpage)|\{\{<\s*pagebreak\s*>\}\}")
_PAGE_BREAK_NAMES = frozenset({"pagebreak", "page-break", "newpage"})
_DASH = re.compile(r"(?:—|―|---?)[ \t\u00a0]*(?=[^\s-])")
# Names do not end so, speeches do.
_SPEECH_ENDS = (".", "!", "?", "…", ",", ";", ":", "—", "-")
_MARKED = re.compile(r"(?:\[(.*)\]|(.*\S)[ \t]+)\{\.source\}")
# A block with its words: its opening, its line, its end.
_BLOCK = 3
_WORDED = frozenset({"paragraph_open", "stanza_open"})


def add_division_rules(markdown: MarkdownIt) -> None:
    markdown.block.ruler.before(
        "fence",
        "admonition",
        _admonition,
        {"alt": ["paragraph", "reference", "blockquote", "list"]},
    )
    markdown.core.ruler.after("block", "attributions", _attributions)
    markdown.block.ruler.before(
        "fence",
        "page_break",
        _page_break,
        {"alt": ["paragraph", "reference", "blockquote", "list"]},
    )
    markdown.core.ruler.after("block", "page_breaks", _empty_divisions)
    markdown.core.ruler.after("block", "alerts", _alerts)


def name_division(opening: Token) -> DivisionKind | None:
    """Say on the token what its division is, and take its title from it."""
    kind = division_kind({key: str(value) for key, value in opening.attrs.items()})
    if kind:
        opening.tag = "#division"
        opening.attrs["kind"] = kind.value
    return kind


def worded_division(words: str) -> dict[str, str] | None:
    """The attributes of a division that is opened by its kind and its title, `{note}
    Title`, `note Title`, `note[Title]`; None for other words."""
    if myst := MYST.match(words):
        return {"class": _MYST[myst[1]], "title": myst[2]}
    found = _TITLED.fullmatch(words)
    if not found or not division_kind({"class": found[1]}):
        return None
    return {"class": found[1], "title": found[2] or found[3] or ""}


def title_tokens(opening: Token) -> list[Token]:
    """The title that an author wrote as an attribute, as a line of its own."""
    given = [str(opening.attrs.pop(name, "")) for name in ("title", "name")]
    words = next(filter(None, given), "")
    if not words:
        return []
    lines = opening.map and [opening.map[0], opening.map[0] + 1]
    level = opening.level + 1
    return [
        Token("title_open", "#title", 1, map=lines, level=level),
        Token("inline", "", 0, map=lines, content=words, level=level + 1, children=[]),
        Token("title_close", "#title", -1, level=level),
    ]


def take_options(state: StateBlock, opening: Token) -> int:
    """Where the words of an admonition of MyST begin. What the lines before them say of
    it goes to its attributes."""
    assert opening.map
    first, close = opening.map[0] + 1, opening.map[1]
    options = read_options(
        state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
        for line in range(first, close)
    )
    opening.attrs |= options.attributes
    begin = first + options.lines
    if options.unknown:
        unknown = state.env.setdefault(UNKNOWN_OPTIONS, [])
        unknown.append((begin + 1, options.unknown))
    return begin


def _admonition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A fence that holds Markdown, and not code."""
    begin = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(("```", "~~~"), begin) or state.is_code_block(start):
        return False
    found = _FENCE.match(state.src[begin : state.eMarks[start]])
    if not found:
        return False
    close = _fence_end(state, start, end, found[1])
    if close is None:
        return False
    if silent:
        return True
    parent, line_max = state.parentType, state.lineMax
    state.parentType, state.lineMax = "container", close
    opening = state.push("division_open", "div", 1)
    opening.map = [start, close]
    opening.attrs = {"class": _MYST[found[2]], "title": found[3].strip()}
    begin = take_options(state, opening)
    name_division(opening)
    state.tokens += title_tokens(opening)
    state.md.block.tokenize(state, begin, close)
    state.push("division_close", "#division", -1)
    state.parentType, state.lineMax = parent, line_max
    state.line = close + 1
    return True


def _fence_end(state: StateBlock, start: int, end: int, fence: str) -> int | None:
    for line in range(start + 1, end):
        text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
        if text and state.sCount[line] < state.blkIndent:
            return None
        if text.startswith(fence) and not text.strip(fence[0] + " \t"):
            return line
    return None


def _alerts(state: StateCore) -> None:
    """A quotation whose first line is `[!NOTE]` is no quotation."""
    if not _ANY_ALERT.search(state.src):
        return
    tokens = state.tokens
    for at in range(len(tokens) - _BLOCK, -1, -1):
        quote, paragraph, words = tokens[at : at + _BLOCK]
        if quote.type != "blockquote_open" or paragraph.type != "paragraph_open":
            continue
        if found := _ALERT.match(words.content):
            _close(tokens, at).tag = quote.tag = "#division"
            quote.attrs |= {"class": found[1].lower(), "title": found[2].strip()}
            name_division(quote)
            words.content = words.content[found.end() :]
            _move_down(words, paragraph)
            rest = [paragraph, words] if words.content else []
            kept = [*title_tokens(quote), *rest]
            after = at + _BLOCK + (0 if rest else 1)
            tokens[at + 1 : after] = kept


def _move_down(words: Token, paragraph: Token) -> None:
    """The first line of a paragraph is gone."""
    if words.map:
        words.map = paragraph.map = [words.map[0] + 1, words.map[1]]


def _close(tokens: Sequence[Token], at: int) -> Token:
    """The end of what begins there."""
    return next(
        token
        for token in tokens[at + 1 :]
        if token.level == tokens[at].level and token.type == "blockquote_close"
    )


def _page_break(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """A line of its own, which ends the paragraph that it stands in."""
    begin = state.bMarks[start] + state.tShift[start]
    if state.src[begin : begin + 1] not in {"\\", "{"} or state.is_code_block(start):
        return False
    if not _PAGE_BREAK.fullmatch(state.src[begin : state.eMarks[start]].rstrip()):
        return False
    if not silent:
        state.push("page_break", "#page", 0).map = [start, start + 1]
        state.line = start + 1
    return True


def _empty_divisions(state: StateCore) -> None:
    """`::: pagebreak` that holds nothing."""
    if not any(name in state.src for name in _PAGE_BREAK_NAMES):
        return
    tokens: list[Token] = []
    for token in state.tokens:
        tokens.append(token)
        if token.type == "division_close" and tokens[-2].type == "division_open":
            opening = tokens[-2]
            names = str(opening.attrs.get("class", "")).split()
            if _PAGE_BREAK_NAMES.intersection(names):
                tokens[-2:] = [Token("page_break", "#page", 0, map=opening.map)]
    state.tokens = tokens


def _attributions(state: StateCore) -> None:
    """The last words of a quotation, where they say whose it is."""
    if whole := state.env.get(WHOLE):
        state.tokens = list(_attributed(state.tokens, whole))
    if ">" not in state.src and ":::" not in state.src:
        return
    tokens: list[Token] = []
    open_ones: list[int] = []
    for token in state.tokens:
        if token.type in {"blockquote_open", "division_open"}:
            open_ones.append(len(tokens))
        elif token.type in {"blockquote_close", "division_close"}:
            _attribute(tokens, open_ones.pop())
        tokens.append(token)
    state.tokens = tokens


def _attributed(tokens: Sequence[Token], kind: DivisionKind) -> Iterator[Token]:
    """Those of a file that is what a division of that kind would be; a line across
    parts it in several."""
    for is_line, part in groupby(tokens, lambda t: t.type == "hr" and t.level == 0):
        if is_line:
            yield from part
            continue
        opening = Token("division_open", "#division", 1, level=-1)
        opening.attrs["kind"] = kind
        inside = [opening, *part]
        _attribute(inside, 0)
        yield from inside[1:]


def _attribute(tokens: list[Token], start: int) -> None:
    """Part the last words from the quotation that begins there and ends the tokens."""
    opening = tokens[start]
    kind = opening.attrs.get("kind")
    if opening.tag != "blockquote" and kind not in ATTRIBUTED:
        return
    end = len(tokens) - (tokens[-1].type == "lines_close")
    inside, tail = tokens[start + 1 : end], tokens[end:]
    last = inside[-_BLOCK:]
    if len(last) < _BLOCK or last[0].type not in _WORDED or last[0].hidden:
        return
    if last[0].level != opening.level + 1 + len(tail):
        return
    words = last[1]
    before, source = _parted(words.content, kind, inside[:-_BLOCK])
    if not source:
        return
    lines = words.map and [words.map[1] - 1, words.map[1]]
    made = [
        Token("attribution_open", "#attribution", 1, map=lines),
        Token("inline", "", 0, map=lines, content=source, children=[]),
        Token("attribution_close", "#attribution", -1),
    ]
    words.content = before
    tokens[end - _BLOCK :] = [*(last if before else ()), *tail, *made]


def _parted(text: str, kind: object, before: Sequence[Token]) -> tuple[str, str]:
    """The last block of a quotation in two: its words, and who said them; two times
    nothing where they do not say that.

    before: what else stands in the quotation
    """
    if found := _MARKED.fullmatch(text):
        return "", found[1] or found[2]
    words, _, last = text.rpartition("\n")
    sign = _DASH.match(last)
    if not sign:
        return "", ""
    name = last[sign.end() :]
    if kind == DivisionKind.LETTER:
        # The dash says that this is a signature; nobody writes it below a letter.
        return words, name
    if kind in {None, DivisionKind.VERSE}:
        if words or not before:
            return "", ""
        if kind is None and (_speaks(before) or name.endswith(_SPEECH_ENDS)):
            return "", ""
    return words, f"— {name}"


def _speaks(before: Sequence[Token]) -> bool:
    """Whether other lines begin with a dash, as in the dialogues of many languages."""
    return any(
        _DASH.match(line)
        for token in before
        if token.type == "inline"
        for line in token.content.split("\n")
    )
