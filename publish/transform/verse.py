"""Lines of verse, each a thing of its own: one that is too long hangs."""

from collections.abc import Iterator
from dataclasses import replace

from publish.model import (
    Attributes,
    Block,
    Book,
    Element,
    Inline,
    Inlines,
    LineBreak,
    Paragraph,
    Quote,
    Span,
    Text,
)
from publish.walk import Rewrite, rewrite_chapter

_LINE = Attributes(classes=("p-line",))


def part_lines_of_verse(book: Book) -> Book:
    """Paragraphs of verse are cut at the breaks that the poet made."""
    rewrite = Rewrite(block=_part)
    chapters = (rewrite_chapter(chapter, rewrite) for chapter in book.chapters)
    return replace(book, chapters=tuple(chapters))


def _part(block: Block) -> Block:
    if not isinstance(block, Paragraph | Quote | Element):
        return block
    if "verse" not in block.attributes.classes:
        return block
    (parted,) = _STANZAS.blocks((block,))
    return parted


def _part_stanza(block: Block) -> Block:
    if not isinstance(block, Paragraph) or _is_parted(block):
        return block
    spans: list[Inline] = []
    for line in _lines(block.children):
        # White space for whoever reads it without a style sheet.
        spans += (Span("span", line, block.line, _LINE), Text("\n"))
    return replace(block, children=tuple(spans[:-1]))


_STANZAS = Rewrite(block=_part_stanza)


def _is_parted(stanza: Paragraph) -> bool:
    """Verse may stand in verse."""
    first = stanza.children[0] if stanza.children else None
    return isinstance(first, Span) and first.attributes == _LINE


def _lines(inlines: Inlines) -> Iterator[Inlines]:
    line: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, LineBreak):
            yield tuple(line)
            line = []
        elif line or not isinstance(inline, Text):
            line.append(inline)
        else:
            # White space behind a break belongs to no line.
            line.append(Text(inline.value.lstrip("\n")))
    yield tuple(line)
