"""Inline attributes as Pandoc writes them, as rules of markdown-it.

`[words]{.small}` is a span; `![](lamp.png){width=40%}`, `[x](y){#z}`, `code`{.r} and
`@fig-lamp{.page}` carry theirs. Only `parse.markdown` uses this; it is the same door,
in another room.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from publish.braces import attributes_at
from publish.parse.inside import read_inside

# What may have attributes right behind it.
ATTRIBUTED = frozenset(
    {"image", "code_inline", "link_close", "span_close", "cite_key", "footnote_ref"}
)

_NOTE = re.compile(r"\^[^\s\[\]]+")


def add_brace_rules(markdown: MarkdownIt) -> None:
    markdown.inline.ruler.after("link", "span", _span)
    markdown.inline.ruler.push("attributes", _behind)


def _span(state: StateInline, silent: bool) -> bool:
    # markdown-it looks ahead for links in a link, which must not be; a span may.
    if silent or state.src[state.pos] != "[":
        return False
    start, end = state.pos + 1, state.md.helpers.parseLinkLabel(state, state.pos)
    if end < 0 or _NOTE.fullmatch(state.src, start, end):
        return False
    length, attributes = attributes_at(state.src, end + 1)
    if not length or end + 1 + length > state.posMax:
        return False
    token = state.push("span_open", "span", 1)
    token.attrs = dict(attributes)
    read_inside(state, start, end)
    state.push("span_close", "span", -1)
    state.pos = end + 1 + length
    return True


def _behind(state: StateInline, silent: bool) -> bool:
    if silent or state.pending or not state.tokens or state.src[state.pos] != "{":
        return False
    if state.tokens[-1].type not in ATTRIBUTED:
        return False
    length, attributes = attributes_at(state.src, state.pos)
    if not length or state.pos + length > state.posMax:
        return False
    if state.tokens[-1].type == "footnote_ref":
        _put_span_round(state, attributes)
        state.pos += length
        return True
    opening = _opening(state.tokens)
    if opening.type == "image" and "alt" in attributes:
        # As HTML calls it. The token has an `alt` of its own for what its brackets say.
        attributes.setdefault("fig-alt", attributes.pop("alt"))
    classes = f"{opening.attrs.get('class', '')} {attributes.get('class', '')}".strip()
    opening.attrs |= attributes
    if classes:
        opening.attrs["class"] = classes
    state.pos += length
    return True


def _put_span_round(state: StateInline, attributes: dict[str, str]) -> None:
    """The call of a note has no attributes itself, but may stand in some editions
    only."""
    call = state.tokens.pop()
    opening = state.push("span_open", "span", 1)
    opening.attrs = dict(attributes)
    state.tokens.append(call)
    state.push("span_close", "span", -1)


def _opening(tokens: list[Token]) -> Token:
    """The token that opens what the last one closes; the last one, if it is whole."""
    level = 0
    for token in reversed(tokens):
        level += token.nesting
        if level == 0:
            return token
    return tokens[-1]
