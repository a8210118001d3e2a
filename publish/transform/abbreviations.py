"""Make the list of abbreviations where an author asks for one."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from publish.kinds import every, holds
from publish.language import alphabet, labels
from publish.model import (
    Attributes,
    Block,
    Blocks,
    Book,
    Chapter,
    Definition,
    DefinitionList,
    Element,
    Generated,
    Heading,
    Plain,
    Span,
    Term,
)
from publish.transform.index import is_asked_for
from publish.walk import Rewrite, plain_text, walk_blocks

_NAME = "abbreviations"
_LIST = Attributes(classes=(_NAME,))


def list_abbreviations(book: Book) -> Book:
    """An empty division `::: abbreviations` becomes the list of all abbreviations of
    the book whose long form its author has given, each with the first of them. Where
    there are none it stays as it is.

    It gets a heading where nothing but it stands in its chapter.
    """
    if not any(map(asks_for_abbreviations, book.chapters)):
        return book
    found = _abbreviations(book)
    if not found:
        return book
    chapters = (
        _listed(chapter, found) if asks_for_abbreviations(chapter) else chapter
        for chapter in book.chapters
    )
    return replace(book, chapters=tuple(chapters))


def asks_for_abbreviations(chapter: Chapter) -> bool:
    """Whether the division is in it, and the list is not."""
    return holds(chapter, Element) and any(
        is_asked_for(block, _NAME) for block in walk_blocks(chapter.blocks)
    )


def _abbreviations(book: Book) -> Mapping[str, str]:
    """Each abbreviation with what it stands for."""
    found: dict[str, str] = {}
    for chapter in book.chapters:
        for span in every(chapter, Span):
            for short, long in _pair(span):
                found.setdefault(short, long)
    return found


def _pair(span: Span) -> Iterator[tuple[str, str]]:
    if span.tag == "abbr":
        short, long = plain_text(span.children), span.attributes.get("title")
        if short and long:
            yield short, " ".join(long.split())


def _listed(chapter: Chapter, found: Mapping[str, str]) -> Chapter:
    listing = _list(found, chapter.language)

    def change(block: Block) -> Block:
        if not is_asked_for(block, _NAME):
            return block
        own = replace(listing.attributes, shown=block.attributes.shown)
        return replace(listing, attributes=own)

    blocks = Rewrite(block=change).blocks(chapter.blocks)
    if not chapter.title and all(isinstance(block, DefinitionList) for block in blocks):
        words = labels(chapter.language).abbreviations
        blocks = (Heading(1, (Generated(words),), 0), *blocks)
    return replace(chapter, blocks=blocks)


def _list(found: Mapping[str, str], language: str) -> DefinitionList:
    order = alphabet(language)
    items: list[Term | Definition] = []
    for short in sorted(found, key=lambda short: (order.key(short), short)):
        items.append(Term((Generated(short),), 0))
        items.append(Definition(_line(found[short]), 0))
    return DefinitionList(tuple(items), 0, _LIST)


def _line(words: str) -> Blocks:
    return (Plain((Generated(words),), 0),)
