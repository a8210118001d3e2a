"""What the files of the EPUB are called in their heads, each by a name of its own."""

from collections.abc import Mapping

from publish.language import labels
from publish.model import Book


def document_titles(book: Book) -> Mapping[str, str]:
    """By the name of each chapter a title that no other file of the EPUB has.

    Where two chapters are called the same, the later says what it stands below, and
    if that is not enough how many of them came before it.
    """
    titles: dict[str, str] = {}
    taken = {labels(book.metadata.language).cover, nav_title(book)}
    above: list[tuple[int, str]] = []
    for chapter in book.chapters:
        while above and above[-1][0] >= chapter.depth:
            above.pop()
        title = chapter.title
        if title in taken:
            title = " – ".join([*(words for _, words in above), title])
        titles[chapter.name] = _free(title, taken)
        taken.add(titles[chapter.name])
        above.append((chapter.depth, chapter.title))
    return titles


def nav_title(book: Book) -> str:
    """Of the navigation document. A chapter may be called "Contents" alone."""
    words = labels(book.metadata.language)
    return f"{words.contents} – {book.metadata.title}"


def _free(title: str, taken: set[str]) -> str:
    number, free = 1, title
    while free in taken:
        number += 1
        free = f"{title} ({number})"
    return free
