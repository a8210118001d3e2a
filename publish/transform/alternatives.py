"""Things of one name that never meet: one figure for the screen, another for paper."""

from collections.abc import Sequence
from dataclasses import replace

from publish.kinds import rewrite_where
from publish.model import Attributes, Block, Book, Chapter, Edition, Shown
from publish.transform.standing import standing
from publish.walk import UNMARKED, Rewrite


def tell_editions(book: Book) -> Book:
    """Whatever has an id says itself in which editions it stands, where it is the
    division round it that does not stand in all. So those that never meet are known."""
    if not book.editions:
        return book
    chapters = (_told(chapter, book.editions) for chapter in book.chapters)
    return replace(book, chapters=tuple(chapters))


def _told(chapter: Chapter, editions: Sequence[Edition]) -> Chapter:
    def change(block: Block) -> Block:
        if isinstance(block, UNMARKED) or block.attributes.shown is None:
            return block
        where = standing(block.attributes.shown, editions)

        def narrowed(attributes: Attributes) -> Attributes:
            own = standing(attributes.shown, editions)
            if not attributes.id or own <= where:
                return attributes
            left_out = (e.name for e in editions if e.name not in own & where)
            return replace(attributes, shown=Shown(never=tuple(left_out)))

        (told,) = Rewrite(attributes=narrowed).blocks((block,))
        return told

    return rewrite_where(chapter, Rewrite(block=change), "shown")
