"""Captions of listings, as a rule of markdown-it.

Only `parse.markdown` uses this; it is the same door, in another room.
"""

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from publish.parse.code_info import read_info


def add_code_rules(markdown: MarkdownIt) -> None:
    # Before the rules that look at the pieces of lines, which find those of captions.
    markdown.core.ruler.after("block", "listings", _listings)


def _listings(state: StateCore) -> None:
    """What is said of each block of code goes to its attributes, its caption inside."""
    for token in state.tokens:
        if token.type == "code_block":
            token.attrs["language"] = ""
        elif token.type == "fence":
            said = read_info(unescapeAll(token.info))
            caption = said.pop("caption", "")
            token.attrs = {**said}
            token.children = _line(caption, state)


def _line(words: str, state: StateCore) -> list[Token]:
    tokens: list[Token] = []
    state.md.inline.parse(words, state.md, state.env, tokens)
    return tokens
