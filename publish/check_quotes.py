"""Look for the quotation marks of keyboards, which are none in a book."""

from collections.abc import Iterator

from publish.kinds import every
from publish.model import Book, Text
from publish.problems import Position, Problem, Severity

# Fewer are the text's own: inches, or a line of code without its marks.
_MANY = 20


def check_quotes(book: Book) -> Iterator[Problem]:
    """Many straight ones, about which the author has said nothing, are told once."""
    if book.quotes is not None:
        return
    counts = [
        sum(text.value.count('"') for text in every(chapter, Text))
        for chapter in book.chapters
    ]
    total = sum(counts)
    if total < _MANY:
        return
    first = next(c.path for c, n in zip(book.chapters, counts, strict=True) if n)
    message = f"the book has {total:,} straight quotation marks, this file the first"
    hint = (
        'quotes = "language" under [writing] in book.toml sets real ones;'
        ' quotes = "as-typed" keeps them'
    )
    yield Problem(Position(first), "straight-quotes", message, hint, Severity.NOTE)
