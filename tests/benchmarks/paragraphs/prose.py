"""The running text of a book, which every program can set."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from publish.kinds import every
from publish.manuscript import read_manuscript
from publish.model import Paragraph
from publish.parse import parse
from publish.walk import plain_text

# Shorter ones have no line that is full.
_WORDS = 15


@dataclass(frozen=True, slots=True)
class Prose:
    language: str
    paragraphs: tuple[str, ...]


def prose_of(folder: Path) -> Prose:
    """All paragraphs of several lines, without their marks."""
    book, _ = parse(read_manuscript(folder))
    found = tuple(
        text
        for chapter in book.chapters
        for paragraph in every(chapter, Paragraph)
        for text in _text(plain_text(paragraph.children))
    )
    return Prose(book.metadata.language, found)


def _text(words: str) -> Iterator[str]:
    text = re.sub(r"[ \t\n]+", " ", words).strip()
    if text.count(" ") >= _WORDS:
        yield text
