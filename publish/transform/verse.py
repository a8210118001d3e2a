"""Verse that its author wrote in HTML, or in paragraphs of another kind."""

from dataclasses import replace

from publish.kinds import rewrite_where
from publish.lines import split_lines
from publish.model import (
    Block,
    Book,
    Division,
    DivisionKind,
    Element,
    Inline,
    LineBlock,
    Paragraph,
    Quote,
    Text,
)
from publish.walk import Rewrite


def part_lines_of_verse(book: Book) -> Book:
    """Paragraphs of verse are cut at the breaks that the poet made."""
    rewrite = Rewrite(block=_part)
    chapters = (rewrite_where(c, rewrite, Division, "class") for c in book.chapters)
    return replace(book, chapters=tuple(chapters))


def _part(block: Block) -> Block:
    if not _is_verse(block):
        return block
    (parted,) = _STANZAS.blocks((block,))
    return parted


def _is_verse(block: Block) -> bool:
    if isinstance(block, Division):
        return block.kind is DivisionKind.VERSE
    if not isinstance(block, Paragraph | Quote | Element):
        return False
    return "verse" in block.attributes.classes


def _part_stanza(block: Block) -> Block:
    if not isinstance(block, Paragraph):
        return block
    # A line end of HTML is white space, and behind a break it is nothing.
    words = _UNFOLDED.inlines(block.children)
    lines = tuple(line for line in split_lines(words) if line.children)
    return LineBlock(lines, block.line, block.attributes)


def _unfold(inline: Inline) -> Inline:
    return Text(inline.value.replace("\n", " ")) if isinstance(inline, Text) else inline


_UNFOLDED = Rewrite(inline=_unfold)
_STANZAS = Rewrite(block=_part_stanza)
