"""Code without a sign in it, such as a fence that was opened twice."""

from dataclasses import replace

from publish.kinds import rewrite_where
from publish.model import PLAIN_LINES, Block, Book, CodeBlock
from publish.walk import Rewrite


def drop_empty_code(book: Book) -> Book:
    """Nothing is left of a block of code that would show nothing: what stands round it
    stands together."""
    chapters = (rewrite_where(c, _REWRITE, CodeBlock) for c in book.chapters)
    return replace(book, chapters=tuple(chapters))


def _drop(block: Block) -> Block | None:
    if not isinstance(block, CodeBlock) or block.text.strip():
        return block
    said = block.caption or block.title or block.lines != PLAIN_LINES
    # A link may lead to one with a name.
    return block if said or block.attributes.id else None


_REWRITE = Rewrite(block=_drop)
