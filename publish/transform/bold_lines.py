"""Lines in bold that their authors set over a part of a chapter, as small headings."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeGuard

from publish.kinds import holds
from publish.model import (
    BARE,
    Attributes,
    Block,
    Blocks,
    Book,
    Chapter,
    Heading,
    PageBreak,
    Paragraph,
    SceneBreak,
    Strong,
)
from publish.walk import plain_text, unless_same

_HEAD = Attributes(classes=("p-head",))
# Letters that surely fit on one line.
_LINE = 50
_NUMERAL = re.compile(r"(?:[IVXLCDM]+|\d+)[.)](?:\s|$)")
# What somebody says, or a sentence with stress.
_SAID = re.compile(r"[\"“„«»'‘’—–-]|.*[.!…,;\"”“«»'’—–-]$", re.DOTALL)


def set_bold_lines(book: Book) -> Book:
    """A short paragraph that is bold, and nothing else, heads what follows it."""
    return replace(book, chapters=tuple(map(_in_chapter, book.chapters)))


def _in_chapter(chapter: Chapter) -> Chapter:
    if not holds(chapter, Strong):
        return chapter
    blocks = unless_same(chapter.blocks, list(_set(chapter.blocks)))
    return replace(chapter, blocks=blocks)


def _set(blocks: Blocks) -> Iterator[Block]:
    around = zip((None, *blocks), blocks, (*blocks[1:], None), strict=False)
    for before, block, after in around:
        if not _is_head(block) or _is_head(before) or _is_head(after):
            # Several in a row are an address, or a list.
            yield block
        elif after is None or isinstance(after, Heading | SceneBreak | PageBreak):
            yield block
        else:
            yield replace(block, attributes=_HEAD)


def _is_head(block: Block | None) -> TypeGuard[Paragraph]:
    match block:
        case Paragraph((Strong(children),), attributes=attributes):
            words = plain_text(children)
        case _:
            return False
    if attributes != BARE or not words.strip() or len(words) > _LINE:
        return False
    return bool(_NUMERAL.match(words)) or not _SAID.match(words)
