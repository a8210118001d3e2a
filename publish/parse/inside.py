"""Read what stands inside of a thing within a line, for rules of markdown-it.

Only `parse.markdown` and its rules use this; it is the same door, in another room.
"""

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token


def read_inside(state: StateInline, start: int, end: int) -> None:
    """Make tokens of what stands between two places of the line."""
    last = state.posMax
    state.pos, state.posMax = start, end
    state.md.inline.tokenize(state)
    state.posMax = last


def push_link(state: StateInline, address: str, start: int, end: int) -> Token:
    """A link whose words stand between two places of the line; the token that opens
    it."""
    token = state.push("link_open", "a", 1)
    token.attrs = {"href": state.md.normalizeLink(address)}
    state.linkLevel += 1
    read_inside(state, start, end)
    state.linkLevel -= 1
    state.push("link_close", "a", -1)
    return token
