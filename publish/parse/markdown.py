"""Read Markdown. The only module that knows markdown-it.

What comes out is one stream of start, end and text events, in which the author's raw
tags stand beside what Markdown made. `parse.tree` builds the tree from it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cache
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from publish.dialect import Dialect
from publish.model import DivisionKind
from publish.parse.abbreviations import (
    ABBREVIATIONS,
    Abbreviations,
    add_abbreviation_rules,
)
from publish.parse.brace_rules import add_brace_rules
from publish.parse.caption_rules import (
    CAPTION_IN_BRACKETS,
    WORDLESS,
    add_caption_rules,
)
from publish.parse.cite_rules import add_cite_rules
from publish.parse.code_rules import add_code_rules
from publish.parse.division_rules import WHOLE, add_division_rules
from publish.parse.grid_tables import add_grid_tables
from publish.parse.line_rules import add_line_rules
from publish.parse.mark_rules import add_mark_rules
from publish.parse.math_rules import BACKSLASHES, add_math_rules
from publish.parse.mend_rules import add_mend_rules
from publish.parse.option_lines import UNKNOWN_OPTIONS
from publish.parse.raw import Raw, RawPiece, scan
from publish.parse.raw_code import CODE_TAGS, add_raw_code
from publish.parse.role_rules import add_role_rules
from publish.parse.ruled_tables import add_ruled_tables
from publish.parse.rules import MARKDOWN_DEPTH, TOO_DEEP, add_rules
from publish.parse.slips import SLIPS, Slip, add_slip_rules
from publish.parse.source_lines import GAPS, count_lines, lines_of
from publish.parse.spaced_links import add_spaced_links
from publish.parse.table_rules import SURPLUS, add_table_rules
from publish.parse.variable_rules import (
    VALUES,
    Call,
    Values,
    add_variable_rules,
    filled,
)

# A capital, a quotation mark or a dash, and then words enough to be a sentence.
PROSE = re.compile(
    r"\s*[\"'“‘«„—–-]?\s*[^\W\d_a-z][^\W_]*['’]?[^\W_]*[,;]?(?:[ ][^\s(){}=<>;]+){5}"
)
# What only an address has in it.
ADDRESS = re.compile(r"[/#@]|:|\.\w")
DEFINITION = re.compile(r" {0,3}\[[^\[\]]+\]:")


class Kind(Enum):
    START = auto()
    END = auto()
    TEXT = auto()
    BLOCK_END = auto()


# A member of an enum is slow to look up, and these are wanted for every event.
START, END, TEXT, BLOCK_END = Kind


@dataclass(slots=True)
class Event:
    """kind: BLOCK_END is where a block of raw HTML ends, whatever is open in it
    tag: as `Draft.tag`
    text: of TEXT; of a raw tag, its source
    raw: a tag that the author wrote, or text beside one that is no whole tag
    inline: a raw tag within a paragraph
    """

    kind: Kind
    line: int
    tag: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    raw: bool = False
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file of Markdown says, and the lines where it may not say what was meant.

    too_deep: Markdown nests deeper than is read
    indented: prose that is code because it is indented
    open_code: a block of code that nothing ends
    odd_info: words behind a fence that are no language and no attributes
    open_formulas: formulas that nothing ends, and that are text so
    surplus: rows of tables with more cells than the head
    unused: (line, word) of definitions of links that no link uses, and that may
        have been meant as text
    unknown: (line, call) of words from elsewhere that are nowhere
    idle: (line, word) of abbreviations that are not in the text
    slips: signs that were mistyped, and that are text so
    odd_options: (line, word) of options that nobody knows
    """

    events: list[Event]
    too_deep: int = 0
    indented: tuple[int, ...] = ()
    open_code: tuple[int, ...] = ()
    open_formulas: tuple[int, ...] = ()
    odd_info: tuple[int, ...] = ()
    surplus: tuple[int, ...] = ()
    unused: tuple[tuple[int, str], ...] = ()
    unknown: tuple[tuple[int, Call], ...] = ()
    idle: tuple[tuple[int, str], ...] = ()
    slips: tuple[Slip, ...] = ()
    odd_options: tuple[tuple[int, str], ...] = ()


def read_markdown(
    text: str,
    definitions: Mapping[str, Any],
    dialect: Dialect,
    whole: DivisionKind | None = None,
) -> Reading:
    """The events of one file of Markdown.

    definitions: of links that other files give, as `link_definitions` found them
    whole: what the file is, if a division could be the same
    """
    env: dict[str, Any] = {
        "references": dict(definitions),
        CAPTION_IN_BRACKETS: dialect.caption_in_brackets,
        VALUES: Values(dict(dialect.variables), dict(dialect.data)),
        BACKSLASHES: dialect.backslash_math,
        WHOLE: whole,
    }
    tokens = _markdown().parse(text, env)
    lines = text.split("\n")
    fences = [token for token in tokens if token.type == "fence"]
    walk = _Events(env)
    events = list(walk.blocks(tokens))
    return Reading(
        events,
        env.get(TOO_DEEP, 0),
        tuple(
            _line(token)
            for token in tokens
            if token.type == "code_block" and PROSE.match(token.content)
        ),
        tuple(_line(token) for token in fences if _is_open(token, lines)),
        tuple(_open_formulas(tokens))[::2],
        tuple(_line(token) for token in fences if _is_odd(token)),
        tuple(env.get(SURPLUS, ())),
        tuple(_unused(env["references"], definitions, tokens)),
        tuple(walk.unknown),
        tuple(_idle(env.get(ABBREVIATIONS, {}), walk.shortened)),
        env.get(SLIPS, ()),
        tuple(env.get(UNKNOWN_OPTIONS, ())),
    )


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0


def _is_open(fence: Token, lines: Sequence[str]) -> bool:
    if not fence.map:
        return False
    last = lines[min(fence.map[1], len(lines)) - 1].strip(" \t>")
    return fence.map[1] - fence.map[0] < 2 or not last.startswith(fence.markup)  # noqa: PLR2004 - a fence has two ends


def _is_odd(fence: Token) -> bool:
    """Three words and more, none of which says that something is set to something."""
    info = fence.info.strip()
    return len(info.split()) > 2 and not re.search(r"[={},:]", info)  # noqa: PLR2004 - "go main.go" is common


def _open_formulas(tokens: Sequence[Token]) -> Iterator[int]:
    """Lines of nothing but two dollars that are text."""
    for token in tokens:
        line = _line(token)
        for child in token.children or () if "$$" in token.content else ():
            if child.type == "text" and child.content.strip() == "$$":
                yield line
            line += lines_of(child)


def _unused(
    references: Mapping[str, Any], given: Mapping[str, Any], tokens: Sequence[Token]
) -> Iterator[tuple[int, str]]:
    used = {
        child.meta.get("label")
        for token in tokens
        for child in token.children or ()
        if child.meta
    }
    for word, definition in references.items():
        address = definition.get("href", "")
        if word not in used and word not in given and not ADDRESS.search(address):
            yield definition.get("map", [0])[0] + 1, word


def _idle(
    known: Mapping[str, tuple[str, int]], found: Set[str]
) -> Iterator[tuple[int, str]]:
    for word, (_, line) in known.items():
        if word not in found:
            yield line, word


def link_definitions(text: str) -> dict[str, Any]:
    """The definitions of a file that holds nothing but `[word]: address` lines.

    Several tools join all files before they read them, and their users keep the
    addresses of a whole book in one file. Empty for a file that holds anything else.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines or not all(map(DEFINITION.match, lines)):
        return {}
    env: dict[str, Any] = {}
    tokens = _markdown().parse(text, env)
    return {} if tokens else dict(env.get("references", {}))


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt(
        "commonmark", {"maxNesting": MARKDOWN_DEPTH + 10, "store_labels": True}
    )
    markdown.enable(["table", "strikethrough"])
    # Notes stay where they are defined: moved to the end, those that nothing calls
    # would be dropped.
    footnote_plugin(markdown, move_to_end=False, always_match_refs=True)
    deflist_plugin(markdown)
    add_rules(markdown)
    add_line_rules(markdown)
    add_division_rules(markdown)
    add_brace_rules(markdown)
    add_spaced_links(markdown)
    add_ruled_tables(markdown)
    add_grid_tables(markdown)
    add_table_rules(markdown)
    add_cite_rules(markdown)
    add_math_rules(markdown)
    add_caption_rules(markdown)
    add_mark_rules(markdown)
    add_role_rules(markdown)
    add_mend_rules(markdown)
    add_variable_rules(markdown)
    add_abbreviation_rules(markdown)
    add_code_rules(markdown)
    add_slip_rules(markdown)
    add_raw_code(markdown)
    count_lines(markdown)
    # A link that must not be followed is reported by `parse.content`, not shown raw.
    markdown.validateLink = _any_link  # type: ignore[method-assign, assignment]
    return markdown


def _any_link(_url: str) -> bool:
    return True


class _Events:
    """One walk over the tokens of one file; keeps the line and the notes found.

    unknown: (line, call) of words from elsewhere that are nowhere
    shortened: the abbreviations that were met
    """

    def __init__(self, env: dict[str, Any]) -> None:
        self.notes: list[dict[str, Any]] = list(
            env.get("footnotes", {}).get("list", {}).values()
        )
        self.line = 1
        self.unknown: list[tuple[int, Call]] = []
        self.shortened: set[str] = set()
        self._values: Values = env[VALUES]
        self._abbreviations = Abbreviations(env.get(ABBREVIATIONS, {}))
        # Raw tags of code that are open in this block: there nothing is replaced.
        self._in_code = 0
        # As `source_lines.GAPS`, of the rows that are still to come.
        self._gaps: Sequence[int] = ()
        # Where notes are called that stand within the line.
        self._called_at: dict[int, int] = {}

    def blocks(self, tokens: Sequence[Token]) -> Iterator[Event]:
        yield from self._blocks(tokens)
        for number, note in enumerate(self.notes):
            if "tokens" in note:
                self.line = self._called_at.get(number, self.line)
                yield from self._inline_note(number, note["tokens"])

    def _blocks(  # noqa: C901 - a case a kind
        self, tokens: Sequence[Token]
    ) -> Iterator[Event]:
        for token in tokens:
            if token.map and token.nesting >= 0:
                self.line = token.map[0] + 1
            self._in_code = 0
            match token.type:
                case "inline":
                    self._gaps = token.meta.get(GAPS, ())
                    yield from self._inlines(token.children or [])
                case "fence" | "code_block":
                    yield Event(START, self.line, "#code", _code(token))
                    yield from self._inlines(token.children or [])
                    yield Event(END, self.line, "#code")
                case "html_block":
                    yield from self._raw(token.content, inline=False)
                    yield Event(BLOCK_END, self.line)
                case "equation":
                    yield from self._void("#equation", _attributes(token))
                case "hr":
                    yield from self._void("hr", {})
                case "page_break":
                    yield from self._void("#page", {})
                case "footnote_reference_open":
                    label = {"label": str(token.meta["label"])}
                    yield Event(START, self.line, "#footnote", label)
                case "footnote_reference_close":
                    yield Event(END, self.line, "#footnote")
                case "paragraph_open" | "paragraph_close" if token.hidden:
                    # What parts the texts of two blocks in a tight list.
                    yield Event(TEXT, self.line, text="\n")
                case _:
                    yield self._element(token)

    def _inlines(  # noqa: C901 - a case a kind
        self, tokens: Iterable[Token]
    ) -> Iterator[Event]:
        for token in tokens:
            match token.type:
                case "text" | "text_special":
                    yield from self._text(token.content)
                case "variable":
                    yield self._called(token.meta["call"], self.line)
                case "softbreak":
                    yield Event(TEXT, self.line, text="\n")
                case "hardbreak":
                    yield from self._void("br", {})
                case "code_inline":
                    yield Event(START, self.line, "code", _attributes(token))
                    yield Event(TEXT, self.line, text=token.content)
                    yield Event(END, self.line, "code")
                case "html_inline":
                    yield from self._raw(token.content, inline=True)
                case "image":
                    yield from self._void("img", _image(token))
                case "math" | "equation":
                    yield from self._void(token.tag, _attributes(token))
                case "cite_key":
                    yield from self._void("#key", _attributes(token))
                case "footnote_ref":
                    self._called_at.setdefault(token.meta["id"], self.line)
                    yield from self._void("#note", {"label": _label(token)})
                case _:
                    yield self._element(token)
            self._go_down(lines_of(token))

    def _go_down(self, lines: int) -> None:
        self.line += sum(self._gaps[:lines]) if self._gaps else lines
        self._gaps = self._gaps[lines:]

    def _text(self, text: str) -> Iterator[Event]:
        if self._in_code:
            yield Event(TEXT, self.line, text=text)
            return
        for piece, meaning in self._abbreviations.pieces(text):
            if meaning:
                self.shortened.add(piece)
                yield Event(START, self.line, "abbr", {"title": meaning})
            yield Event(TEXT, self.line, text=piece)
            if meaning:
                yield Event(END, self.line, "abbr")

    def _called(self, call: Call, line: int) -> Event:
        if self._in_code:
            return Event(TEXT, line, text=call.source)
        if call.value is None:
            self.unknown.append((line, call))
        return Event(TEXT, line, text=call.value or call.source)

    def _inline_note(self, number: int, tokens: Sequence[Token]) -> Iterator[Event]:
        label = {"label": f"^{number}"}
        yield Event(START, self.line, "#footnote", label)
        yield Event(START, self.line, "p")
        yield from self._inlines(tokens)
        yield Event(END, self.line, "p")
        yield Event(END, self.line, "#footnote")

    def _element(self, token: Token) -> Event:
        kind = START if token.nesting > 0 else END
        return Event(kind, self.line, token.tag, _attributes(token))

    def _void(self, tag: str, attributes: dict[str, str]) -> Iterator[Event]:
        yield Event(START, self.line, tag, attributes)
        yield Event(END, self.line, tag)

    def _raw(self, text: str, *, inline: bool) -> Iterator[Event]:
        for piece in scan(text):
            line = self.line + piece.line
            if piece.kind is Raw.TEXT:
                for part in filled(piece.text, self._values):
                    if isinstance(part, Call):
                        yield self._called(part, line)
                        line += part.source.count("\n")
                    else:
                        yield Event(TEXT, line, text=part, raw=True)
                        line += part.count("\n")
            elif piece.kind is not Raw.COMMENT:
                if piece.tag in CODE_TAGS:
                    opened = 1 if piece.kind is Raw.START else -1
                    self._in_code = max(self._in_code + opened, 0)
                yield _raw_tag(piece, line, inline)


def _raw_tag(piece: RawPiece, line: int, inline: bool) -> Event:
    kind = START if piece.kind is Raw.START else END
    return Event(kind, line, piece.tag, piece.attributes, piece.text, True, inline)


def _attributes(token: Token) -> dict[str, str]:
    return {name: str(value) for name, value in token.attrs.items()}


def _label(token: Token) -> str:
    """As written, or counted for a note that stands within the line."""
    label = token.meta.get("label")
    return f"^{token.meta['id']}" if label is None else str(label)


def _image(token: Token) -> dict[str, str]:
    attributes = _attributes(token) | {"alt": token.content}
    # markdown-it keeps the marks of emphasis in `content`, an alt text has none.
    if token.children:
        attributes["alt"] = _words(token.children)
    if "fig-alt" in attributes:
        attributes["alt"] = attributes.pop("fig-alt")
    elif WORDLESS in token.meta:
        del attributes["alt"]
    attributes["src"] = unquote(attributes.get("src", ""))
    return attributes


def _words(tokens: Iterable[Token]) -> str:
    words = []
    for token in tokens:
        if token.children:
            words.append(_words(token.children))
        elif token.type in {"softbreak", "hardbreak"}:
            words.append("\n")
        elif token.type != "html_inline":
            words.append(token.content)
    return "".join(words)


def _code(token: Token) -> dict[str, str]:
    return _attributes(token) | {"text": token.content}
