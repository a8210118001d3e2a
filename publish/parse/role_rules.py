"""Roles of a few words as MyST writes them: {sub}`2`, {kbd}`Ctrl`, {abbr}`A (b)`.

They mean what our own signs mean. Only `parse.markdown` uses this; it is the same door,
in another room.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from publish.parse.inside import read_inside

# The element that each becomes; a point begins a class of a span.
_ROLES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("sub", "subscript"), "sub"),
        **dict.fromkeys(("sup", "superscript"), "sup"),
        **dict.fromkeys(("del", "strike"), "s"),
        **dict.fromkeys(("u", "underline"), ".underline"),
        **dict.fromkeys(("sc", "smallcaps"), ".smallcaps"),
        **dict.fromkeys(("kbd", "keyboard"), ".kbd"),
        **dict.fromkeys(("abbr", "abbreviation"), ".abbr"),
    }
)
_ROLE = re.compile(rf"\{{({'|'.join(_ROLES)})\}}(`+)([^`]+)\2(?!`)")
_ABBREVIATION = re.compile(r"\s*([^()]*[^()\s])\s*\(([^()]+)\)\s*")


def add_role_rules(markdown: MarkdownIt) -> None:
    markdown.inline.ruler.before("backticks", "role", _role)


def _role(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "{":
        return False
    found = _ROLE.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        _push(state, _ROLES[found[1]], found.start(3), found.end(3))
    state.pos = found.end()
    return True


def _push(state: StateInline, kind: str, start: int, end: int) -> None:
    tag, _, name = kind.partition(".")
    token = state.push("role_open", tag or "span", 1)
    if name:
        token.attrs = {"class": name}
    if name == "abbr" and (found := _ABBREVIATION.fullmatch(state.src, start, end)):
        token.attrs["title"] = found[2]
        state.push("text", "", 0).content = found[1]
    else:
        read_inside(state, start, end)
    state.push("role_close", tag or "span", -1)
