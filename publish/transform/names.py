"""Give every chapter a name that is safe as a file name anywhere."""

import re
import unicodedata
from dataclasses import replace

from publish.model import Book, Chapter

LONGEST = 40


def name_chapters(book: Book) -> Book:
    """Names are ASCII, in the order of the book, and unique for being counted."""
    width = max(2, len(str(len(book.chapters))))
    chapters = (
        replace(chapter, name=f"{number:0{width}d}-{_word(chapter)}")
        for number, chapter in enumerate(book.chapters, start=1)
    )
    return replace(book, chapters=tuple(chapters))


def _word(chapter: Chapter) -> str:
    text = unicodedata.normalize("NFKD", chapter.title)
    ascii_text = text.encode("ascii", "ignore").decode().lower()
    word = re.sub(r"[^a-z0-9]+", "-", ascii_text)[:LONGEST].strip("-")
    return word or str(chapter.role)
