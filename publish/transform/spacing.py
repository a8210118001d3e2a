"""Spaces at which no line ends, by the language of what is written."""

from collections.abc import Callable
from dataclasses import replace

from publish.kinds import rewrite_where
from publish.language import tie
from publish.model import Attributes, Block, Book, Chapter, Inline, Text
from publish.walk import UNMARKED, WRAPPERS, Rewrite, rewrite_chapter


def tie_words(book: Book) -> Book:
    """Some signs and words go along with what stands beside them. No space becomes
    wider or narrower, and none is added: that is the author's."""
    data = book.metadata
    if change := tie(data.language):
        data = replace(data, title=change(data.title), subtitle=change(data.subtitle))
    chapters = tuple(map(_tied, book.chapters))
    return replace(book, metadata=data, chapters=chapters)


def _tied(chapter: Chapter) -> Chapter:
    if change := tie(chapter.language):
        chapter = rewrite_chapter(chapter, _tying(change))
    return rewrite_where(chapter, Rewrite(block=_block, inline=_inline), "lang")


def _tying(change: Callable[[str], str]) -> Rewrite:
    def in_inline(inline: Inline) -> Inline:
        if not isinstance(inline, Text):
            return inline
        value = change(inline.value)
        return inline if value == inline.value else Text(value)

    return Rewrite(inline=in_inline)


def _block(block: Block) -> Block:
    if isinstance(block, UNMARKED):
        return block
    change = _of(block.attributes)
    if change is None:
        return block
    (inside,) = _tying(change).blocks((block,))
    return inside


def _inline(inline: Inline) -> Inline:
    if not isinstance(inline, WRAPPERS):
        return inline
    change = _of(inline.attributes)
    if change is None:
        return inline
    return replace(inline, children=_tying(change).inlines(inline.children))


def _of(attributes: Attributes) -> Callable[[str], str] | None:
    return tie(attributes.get("lang"))
