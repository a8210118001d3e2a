"""Cut a file that is a whole book into its chapters."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from publish.model import (
    Block,
    Blocks,
    Book,
    Chapter,
    Heading,
    Metadata,
    NoteReference,
    Person,
    Role,
    SceneBreak,
)
from publish.walk import own_inlines, plain_text, walk_blocks, walk_inlines

# As many headings of a level as make it the level of chapters.
CHAPTERS = 3
FACT = re.compile(
    r"(title|subtitle|author|translator|editor|year|date)\s*:\s*(\S.*)", re.IGNORECASE
)
ROLES = {"author": "aut", "translator": "trl", "editor": "edt"}


def split_whole_book(book: Book) -> Book:
    """Chapters begin at the shallowest level that has three headings or more.

    A single heading above them is the book's title; headings that read "Author: …" or
    "Year: …" become metadata.
    """
    whole = book.chapters[0]
    facts = [block for block in whole.blocks if _fact(block)]
    rest = tuple(block for block in whole.blocks if block not in facts)
    level = _chapter_level(rest)
    if level is None:
        return book
    starts = _starts(rest, level)
    ends = [*starts[1:], len(rest)]
    chapters = [
        replace(whole, blocks=rest[start:end], title="")
        for start, end in zip(starts, ends, strict=True)
    ]
    opening = rest[: starts[0]]
    if any(not isinstance(block, Heading | SceneBreak) for block in opening):
        first = replace(whole, blocks=opening, title="", role=Role.INTRODUCTION)
        chapters.insert(0, replace(first, numbered=False))
    metadata = book.metadata
    for block in facts:
        metadata = _with_fact(metadata, *_fact(block))
    return replace(book, metadata=metadata, chapters=_share_notes(whole, chapters))


def _fact(block: Block) -> tuple[str, ...]:
    """("author", "Ada Bell") of a heading that says so; empty for other blocks."""
    if not isinstance(block, Heading):
        return ()
    found = FACT.fullmatch(plain_text(block.children))
    return (found[1].lower(), found[2]) if found else ()


def _with_fact(metadata: Metadata, name: str, value: str) -> Metadata:
    """What book data or front matter says already stays."""
    if name in ROLES:
        person = Person(value, ROLES[name])
        if any(known.name == value for known in metadata.people):
            return metadata
        return replace(metadata, people=(*metadata.people, person))
    if name in {"year", "date"}:
        return replace(metadata, published=metadata.published or value)
    if name == "subtitle":
        return replace(metadata, subtitle=metadata.subtitle or value)
    return metadata


def _chapter_level(blocks: Blocks) -> int | None:
    counts = Counter(block.level for block in blocks if isinstance(block, Heading))
    return min((n for n, count in counts.items() if count >= CHAPTERS), default=None)


def _starts(blocks: Blocks, level: int) -> list[int]:
    """Where chapters begin: at their level and, but for the book's title, above it."""
    found = [
        index
        for index, block in enumerate(blocks)
        if isinstance(block, Heading) and block.level <= level
    ]
    first = blocks[found[0]]
    above = isinstance(first, Heading) and first.level < level
    return found[1:] if above else found


def _share_notes(whole: Chapter, chapters: Sequence[Chapter]) -> tuple[Chapter, ...]:
    """A note goes with the first chapter that calls it, others with the last."""
    notes = {note.label: note for note in whole.notes}
    shared = []
    for chapter in chapters:
        mine = []
        calls = list(_calls(chapter.blocks))
        while calls:
            note = notes.pop(calls.pop(0), None)
            if note is not None:
                mine.append(note)
                calls += _calls(note.children)
        shared.append(replace(chapter, notes=tuple(mine)))
    left = tuple(notes.values())
    shared[-1] = replace(shared[-1], notes=(*shared[-1].notes, *left))
    return tuple(shared)


def _calls(blocks: Blocks) -> Iterator[str]:
    for block in walk_blocks(blocks):
        for inline in walk_inlines(own_inlines(block)):
            if isinstance(inline, NoteReference):
                yield inline.label
