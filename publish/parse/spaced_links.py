"""Links and pictures whose file name has spaces, as authors write them.

`[two](chapter two.md)` is no link in CommonMark, and would be printed with its
brackets. It is read as one where nothing else can be meant: a file name with spaces
and an ending, alone between the parentheses or with a title behind it.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.rules_inline import StateInline

from publish.parse.inside import push_link

FILE = re.compile(
    r"\(\s*((?![A-Za-z][A-Za-z0-9+.-]*:)[^()<>\"'\n]*[^()<>\"'\s]"
    r"[ ][^()<>\n]*\.[A-Za-z0-9]{1,5}(?:#[^()\"'\n]*)?)"
    r"(?:\s+(?P<title>\"[^\"]*\"|'[^']*'))?\s*\)"
)


def add_spaced_links(markdown: MarkdownIt) -> None:
    markdown.inline.ruler.after("link", "spaced_link", _link)
    markdown.inline.ruler.after("image", "spaced_image", _image)


def _link(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[":
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos, True)
    found = FILE.match(state.src, end + 1, state.posMax) if end >= 0 else None
    if not found:
        return False
    if not silent:
        opening = push_link(state, found[1], state.pos + 1, end)
        if title := _title(found):
            opening.attrs["title"] = title
    state.pos = found.end()
    return True


def _title(found: re.Match[str]) -> str:
    return unescapeAll(found["title"][1:-1]) if found["title"] else ""


def _image(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("![", state.pos):
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos + 1, False)
    found = FILE.match(state.src, end + 1, state.posMax) if end >= 0 else None
    if not found:
        return False
    if not silent:
        content = state.src[state.pos + 2 : end]
        token = state.push("image", "img", 0)
        token.attrs = {"src": state.md.normalizeLink(found[1]), "alt": ""}
        if title := _title(found):
            token.attrs["title"] = title
        token.children = state.md.inline.parse(content, state.md, state.env, [])
        token.content = content
    state.pos = found.end()
    return True
