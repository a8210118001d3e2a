"""Look for what an author should mend, in a book that every pass has been over."""

from collections.abc import Iterator

from publish.addresses import leaves_the_book
from publish.model import Book, Chapter, Link
from publish.problems import Position, Problem
from publish.walk import chapter_inlines


def check_book(book: Book) -> Iterator[Problem]:
    """Everything that can be known before rendering."""
    for chapter in book.chapters:
        yield from check_links(chapter)


def check_links(chapter: Chapter) -> Iterator[Problem]:
    """Every link that stays in the book leads to a file or heading of it."""
    for inline in chapter_inlines(chapter):
        if not isinstance(inline, Link) or inline.target is not None:
            continue
        if leaves_the_book(inline.href):
            continue
        path, _, fragment = inline.href.partition("#")
        if path:
            message = f"the link `{inline.href}` leads to no chapter of the book"
            hint = "name a file that is a chapter, and a heading that is in it"
        else:
            message = f"no heading of the book is called `#{fragment}`"
            hint = "a heading's name is its words in small letters, joined by hyphens"
        yield Problem(Position(chapter.path, inline.line), "dead-link", message, hint)
