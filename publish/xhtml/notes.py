"""Put the mark of a note before its first words, and the way back behind its last."""

from publish.model import BARE, Block, Blocks, Inlines, Paragraph, Plain


def with_mark(blocks: Blocks, mark: Inlines) -> Blocks:
    """A note with its mark before its first words."""
    match blocks:
        case (Paragraph() | Plain() as first, *rest):
            return _paragraph(first, (*mark, *first.children)), *rest
        case _:
            return Paragraph(mark, 0), *blocks


def with_end(blocks: Blocks, end: Inlines) -> Blocks:
    """end: empty, or a space and what follows it"""
    if not end:
        return blocks
    match blocks:
        case (*rest, Paragraph() | Plain() as last):
            return *rest, _paragraph(last, (*last.children, *end))
        case _:
            return *blocks, Paragraph(end[1:], 0)


def _paragraph(block: Paragraph | Plain, children: Inlines) -> Block:
    attributes = block.attributes if isinstance(block, Paragraph) else BARE
    return Paragraph(children, block.line, attributes)
