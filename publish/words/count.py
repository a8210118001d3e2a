"""Words, and how many of each."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from publish.model import (
    Block,
    Chapter,
    Code,
    CodeBlock,
    Generated,
    Image,
    Inline,
    Link,
    Text,
)
from publish.problems import Position, Problem
from publish.walk import chapter_blocks, own_inlines, walk_inlines

WORD = re.compile(r"[^\W_]+")
# As many as a message can name and still be read.
NAMED = 8


def words(text: str) -> list[str]:
    return WORD.findall(text)


def chapter_words(chapter: Chapter, *, hidden: bool) -> Iterator[str]:
    """Every word the author wrote in a chapter.

    hidden: with those that are heard and not seen, of pictures and titles
    """
    for block in chapter_blocks(chapter):
        for text in _texts(block, hidden):
            yield from words(text)


def _texts(block: Block, hidden: bool) -> Iterator[str]:
    if isinstance(block, CodeBlock):
        yield block.text
    for inline in walk_inlines(own_inlines(block)):
        yield from _inline_texts(inline, hidden)


def _inline_texts(inline: Inline, hidden: bool) -> Iterator[str]:
    match inline:
        case Text(value) | Code(value):
            yield value
        case Image(alt=alt, title=title) if hidden:
            yield alt or ""
            yield title
        case Link(title=title) if hidden:
            yield title
        case Generated():
            pass


def lost_words(path: Path, lost: Counter[str], where: str) -> Iterator[Problem]:
    """One problem that names the first of them. where: as it reads after "not in" """
    if not lost:
        return
    named = ", ".join(f"“{word}”" for word in list(lost)[:NAMED])
    more = " and others" if len(lost) > NAMED else ""
    noun = "word" if lost.total() == 1 else "words"
    message = f"{lost.total()} {noun} of this file are not in {where}: {named}{more}"
    hint = "this is a fault of publish, not yours: please report it with the file"
    yield Problem(Position(path), "lost-words", message, hint)


def missing(wanted: Iterable[str], found: Iterable[str]) -> Counter[str]:
    """What is wanted and not found, in the order in which it was wanted."""
    return Counter(wanted) - Counter(found)
