"""Give a name to every link that has none: those round pictures without words."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import unquote

from publish.addresses import leaves_the_book
from publish.kinds import rewrite_where
from publish.model import Book, Image, Inline, Link, Span
from publish.walk import Rewrite, plain_text, walk_inlines


def name_links(book: Book) -> Book:
    """A link without words says where it leads; one without anything is no link."""
    titles = {chapter.name: chapter.title for chapter in book.chapters}

    def change(inline: Inline) -> Inline:
        if not isinstance(inline, Link) or plain_text(inline.children):
            return inline
        if not any(isinstance(inside, Image) for inside in walk_inlines((inline,))):
            return Span("span", inline.children, inline.line, inline.attributes)
        if inline.title or inline.attributes.get("aria-label"):
            return inline
        return _named(inline, titles)

    rewrite = Rewrite(inline=change)
    chapters = (rewrite_where(chapter, rewrite, Link) for chapter in book.chapters)
    return replace(book, chapters=tuple(chapters))


def _named(link: Link, titles: Mapping[str, str]) -> Link:
    if link.target:
        name = titles[link.target.chapter]
    elif leaves_the_book(link.href):
        name = _shown(link.href)
    else:
        return link
    rest = tuple(sorted((*link.attributes.rest, ("aria-label", name))))
    return replace(link, attributes=replace(link.attributes, rest=rest))


def _shown(address: str) -> str:
    """ "https://example.org/lamp%20oil" is read as "example.org/lamp oil"."""
    words = unquote(address.partition(":")[2]).strip("/")
    return words or address
