"""What of a book cannot be heard until its author puts it into words."""

from collections.abc import Iterator

from publish.model import Book, Chapter, Image, Link
from publish.walk import chapter_inlines, plain_text, walk_inlines


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
    for inline in chapter_inlines(chapter):
        if isinstance(inline, Image):
            if inline.alt is None:
                yield inline
        elif isinstance(inline, Link) and not plain_text(inline.children):
            inner = list(walk_inlines(inline.children))
            if not any(isinstance(i, Image) and i.alt is None for i in inner):
                yield inline
