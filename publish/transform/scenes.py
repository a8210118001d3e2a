"""Breaks between scenes: one where the author drew several."""

import re
from collections.abc import Iterator
from dataclasses import replace

from publish.model import Block, Blocks, Book, Heading, Paragraph, SceneBreak
from publish.walk import plain_text

# How old text files draw one; Markdown takes it for a paragraph once it is escaped.
_DRAWN = re.compile(r"⁂|\*(?:\s*\*)+")


def join_scene_breaks(book: Book) -> Book:
    """Breaks in a row are one break, and stars alone on a line are one."""
    chapters = (replace(c, blocks=tuple(_joined(c.blocks))) for c in book.chapters)
    return replace(book, chapters=tuple(chapters))


def _joined(blocks: Blocks) -> Iterator[Block]:
    after_break = False
    for n, block in enumerate(blocks):
        scene = _as_break(block)
        if scene is None or (n == 0 and isinstance(block, Heading)):
            yield block
        elif not after_break:
            yield scene
        after_break = scene is not None


def _as_break(block: Block) -> SceneBreak | None:
    if isinstance(block, SceneBreak):
        return block
    if isinstance(block, Heading) and not block.children:
        # A # alone on a line is the sign of English manuscripts.
        return SceneBreak(block.line, block.attributes)
    if isinstance(block, Paragraph) and _DRAWN.fullmatch(plain_text(block.children)):
        return SceneBreak(block.line, block.attributes)
    return None
