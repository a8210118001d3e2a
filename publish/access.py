"""What of a book cannot be heard until its author puts it into words."""

from collections.abc import Iterator

from publish.kinds import marked_where
from publish.model import Book, Chapter, Image, Link
from publish.walk import plain_text, walk_inlines


def barriers(book: Book) -> Iterator[tuple[Image | Link, Chapter]]:
    """What keeps a book from conforming to WCAG at any level, as far as a program sees:
    each thing that nobody hears (1.1.1 and 2.4.4, level A), with its chapter."""
    for chapter in book.chapters:
        for thing in wordless(chapter):
            yield thing, chapter


def wordless(chapter: Chapter) -> Iterator[Image | Link]:
    """Pictures without a word of what they show, and links that say nothing.

    A picture whose words are empty is decoration: so its author said.
    """
    for thing in marked_where(chapter, Image, Link):
        if isinstance(thing, Image):
            if thing.alt is None:
                yield thing
        elif isinstance(thing, Link) and not plain_text(thing.children):
            inner = list(walk_inlines(thing.children))
            if not any(isinstance(i, Image) and i.alt is None for i in inner):
                yield thing
