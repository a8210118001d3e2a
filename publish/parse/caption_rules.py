"""Captions of pictures and tables, as rules of markdown-it.

A picture alone in its paragraph that has a caption or a name is a figure; a line that
begins with a colon behind a table is the table's caption (as in Pandoc). Both become
what a raw `<figure>` and `<caption>` become. Only `parse.markdown` uses this; it is the
same door, in another room.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, count

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from publish.braces import split_attributes
from publish.parse.shown import CONDITIONS
from publish.parse.table_rules import DRAWN

# What `parse_source` is told in markdown-it's environment: whether the words in the
# brackets of a picture are its caption, as Pandoc and Quarto read them.
CAPTION_IN_BRACKETS = "publish-caption-in-brackets"
# Of a picture that nobody has put into words.
WORDLESS = "publish-wordless"
_NAME = "fig-"
# The class of a picture that nobody needs to see, as Word and others call it.
_ORNAMENT = "decorative"
_AFTER = re.compile(r"(?:[Tt]able)?:[ \t]+(?=\S)")
_BEFORE = re.compile(r"[Tt]able:[ \t]+(?=\S)")
# A paragraph, its line and its end.
_PARAGRAPH = 3


def add_caption_rules(markdown: MarkdownIt) -> None:
    markdown.core.ruler.after("block", "table_captions", _table_captions)
    markdown.core.ruler.push("figures", _figures)


def _figures(state: StateCore) -> None:
    in_brackets = bool(state.env.get(CAPTION_IN_BRACKETS))
    tokens: list[Token] = []
    for token in state.tokens:
        tokens.append(token)
        if token.type == "paragraph_close" and not token.hidden:
            line = tokens[-_PARAGRAPH + 1]
            images = _alone(line)
            figures = [_figure(image, line, in_brackets, state) for image in images]
            if images and all(figures):
                tokens[-_PARAGRAPH:] = chain(*figures)
    state.tokens = tokens


def _alone(line: Token) -> Sequence[Token]:
    """The picture that is all of a paragraph; or several, if each has a name of its
    own, as the pictures of a group in Quarto."""
    shown = [
        token
        for token in line.children or ()
        if token.type not in _SPACE and (token.type != "text" or token.content.strip())
    ]
    if not shown or any(token.type != "image" for token in shown):
        return ()
    named = all(str(i.attrs.get("id", "")).startswith(_NAME) for i in shown)
    return shown if named or len(shown) == 1 else ()


_SPACE = frozenset({"softbreak", "hardbreak"})


def _figure(
    image: Token, line: Token, in_brackets: bool, state: StateCore
) -> list[Token]:
    """The tokens of a figure; none for a picture that is no figure."""
    caption = _caption(image, in_brackets, state)
    told = bool(caption) or str(image.attrs.get("id", "")).startswith(_NAME)
    classes = str(image.attrs.get("class", "")).split()
    if not told and _PAGES.isdisjoint(classes):
        return []
    if told and not image.children and _ORNAMENT not in classes:
        # What has a caption or a number is none, unless its author says so.
        image.meta[WORDLESS] = True
    opening = Token("figure_open", "figure", 1, map=line.map)
    opening.attrs = {key: image.attrs.pop(key) for key in _MOVED & image.attrs.keys()}
    held = Token("inline", "", 0, map=line.map, children=[image])
    tokens = [opening, held]
    if caption:
        tokens += (
            Token("caption_open", "figcaption", 1, map=line.map),
            Token("inline", "", 0, map=line.map, children=caption),
            Token("caption_close", "figcaption", -1),
        )
    return [*tokens, Token("figure_close", "figure", -1)]


# A page of its own makes a figure of a picture that nothing is said of.
_PAGES = frozenset({"full-page", "bleed", "spread"})
_MOVED = frozenset({"id", "class", "fig-align", *CONDITIONS})


def _caption(image: Token, in_brackets: bool, state: StateCore) -> list[Token]:
    """Taken out of a picture: its title, or what stands in its brackets where its
    alternative text stands elsewhere. Beside words in brackets a title stays with the
    picture, as it does in a line of text."""
    if ("fig-alt" in image.attrs or in_brackets) and image.children:
        if "fig-alt" not in image.attrs:
            image.meta[WORDLESS] = True
        return image.children
    words = str(image.attrs.pop("fig-cap", "") or image.attrs.pop("title", ""))
    tokens: list[Token] = []
    state.md.inline.parse(words, state.md, state.env, tokens)
    return tokens


def _table_captions(state: StateCore) -> None:
    if any(token.type == "table_open" for token in state.tokens):
        state.tokens = _with_captions(state.tokens, state.src.split("\n"))


def _with_captions(given: Sequence[Token], lines: Sequence[str]) -> list[Token]:
    """lines: of the file"""
    tokens: list[Token] = []
    waiting = list(reversed(given))
    while waiting:
        token = waiting.pop()
        if token.type != "table_open":
            tokens.append(token)
            continue
        before = _taken(tokens, _BEFORE, at=len(tokens) - _PARAGRAPH)
        # A table may stand in a cell.
        *rows, end = _up_to_end(waiting)
        table = [token, *_with_captions(rows, lines), end]
        after = None
        if before is None:
            after = _last_row(table, lines) or _taken(waiting, _AFTER, at=-1)
        tokens += _captioned(table, before or after)
    return tokens


def _up_to_end(waiting: list[Token]) -> Iterator[Token]:
    level = 1
    while level:
        token = waiting.pop()
        level += token.nesting if token.tag == "table" else 0
        yield token


def _taken(tokens: list[Token], sign: re.Pattern[str], *, at: int) -> Token | None:
    """The line of the paragraph that begins there, taken out, if it is a caption.

    at: -1 where the tokens stand in reverse order
    """
    back = at == -1
    paragraph = tokens[: -_PARAGRAPH - 1 : -1] if back else tokens[max(at, 0) :]
    if len(paragraph) != _PARAGRAPH or paragraph[0].type != "paragraph_open":
        return None
    found = sign.match(paragraph[1].content)
    if not found:
        return None
    del tokens[-_PARAGRAPH:]
    paragraph[1].content = paragraph[1].content[found.end() :]
    return paragraph[1]


def _last_row(table: list[Token], lines: Sequence[str]) -> Token | None:
    """GFM takes the line below a table for a row of it, unless a blank line parts
    them. A row that begins with a bar is meant as one.

    lines: of the file
    """
    ends = count(len(table) - 1, -1)
    start = next((n for n in ends if n < 0 or table[n].type == "tr_open"), -1)
    if start < 0 or DRAWN in table[start].meta:
        return None
    row = table[start].map or [0]
    cells = [token for token in table[start:] if token.type == "inline"]
    found = _AFTER.match(cells[0].content) if cells else None
    if not found or any(token.content for token in cells[1:]):
        return None
    if lines[row[0]].lstrip(" \t>").startswith("|"):
        return None
    end = next(n for n in range(start, len(table)) if table[n].type == "tr_close")
    del table[start : end + 1]
    cells[0].content = cells[0].content[found.end() :]
    return cells[0]


def _captioned(table: Sequence[Token], caption: Token | None) -> Iterator[Token]:
    opening, *rest = table
    yield opening
    if caption is not None:
        caption.content, attributes = split_attributes(caption.content)
        opening.attrs = {**opening.attrs, **attributes}
    if caption is not None and caption.content:
        yield Token("caption_open", "caption", 1, map=caption.map)
        yield caption
        yield Token("caption_close", "caption", -1)
    yield from rest
