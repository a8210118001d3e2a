"""Breaks between scenes: one where the author drew several."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from publish.model import (
    Block,
    Blocks,
    Book,
    Chapter,
    CodeBlock,
    Heading,
    Inlines,
    Paragraph,
    SceneBreak,
    Text,
)
from publish.walk import unless_same

# How old text files draw one; Markdown takes it for a paragraph once it is escaped.
_DRAWN = re.compile(r"\s*(?:⁂|\*(?:\s*\*)+)\s*")


def join_scene_breaks(book: Book) -> Book:
    """Breaks in a row are one break, and stars alone on a line are one."""
    return replace(book, chapters=tuple(map(_in_chapter, book.chapters)))


def _in_chapter(chapter: Chapter) -> Chapter:
    blocks = unless_same(chapter.blocks, list(_joined(chapter.blocks)))
    return replace(chapter, blocks=blocks)


def _joined(blocks: Blocks) -> Iterator[Block]:
    # What opens a chapter is a heading, even without words.
    first = blocks[:1] if isinstance(blocks[0] if blocks else None, Heading) else ()
    yield from first
    for drawn, group in groupby(blocks[len(first) :], _is_drawn):
        run = list(group)
        if drawn and not all(isinstance(block, CodeBlock) for block in run):
            yield from _breaks(run)
        else:
            # Stars in code, with no break beside them, are code.
            yield from run


def _is_drawn(block: Block) -> bool:
    match block:
        case SceneBreak():
            return True
        case Heading(children=children):
            # A # alone on a line is the sign of English manuscripts.
            return not children
        case Paragraph(children=children):
            return _is_text(children) and bool(_DRAWN.fullmatch(_text(children)))
        case CodeBlock(text=text, language=language):
            # Set in by four spaces, a row of stars is code to Markdown.
            return not language and bool(_DRAWN.fullmatch(text))
    return False


def _breaks(run: Sequence[Block]) -> Iterator[Block]:
    """One of them, and others that a link may lead to."""
    breaks = [
        SceneBreak(block.line, block.attributes)
        for block in run
        if isinstance(block, SceneBreak | Heading | Paragraph)
    ]
    yield breaks[0]
    yield from (block for block in breaks[1:] if block.attributes.id)


def _is_text(inlines: Inlines) -> bool:
    return all(isinstance(inline, Text) for inline in inlines)


def _text(inlines: Inlines) -> str:
    return "".join(inline.value for inline in inlines if isinstance(inline, Text))
