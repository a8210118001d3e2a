"""Cut a file that is a whole book into its chapters."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from publish.dates import is_date
from publish.model import (
    Block,
    Blocks,
    Book,
    Chapter,
    Heading,
    Metadata,
    Person,
    Role,
    SceneBreak,
)
from publish.walk import notes_of, plain_text, same_words

# As many headings of a level as make it the level of chapters.
CHAPTERS = 3
FACT = re.compile(
    r"(title|subtitle|author|translator|editor|year|date)\s*:\s*(\S.*)", re.IGNORECASE
)
ROLES = {"author": "aut", "translator": "trl", "editor": "edt"}


def split_whole_book(book: Book) -> Book:
    """Chapters begin at the shallowest level that has three headings or more.

    A single heading above them is the book's title, several are parts; headings in
    front that read "Author: …" or "Year: …" become metadata.
    """
    whole = book.chapters[0]
    metadata, blocks = _take_facts(book.metadata, whole.blocks)
    level = _chapter_level(blocks)
    if level is None:
        return book
    starts = _starts(blocks, level, metadata.title)
    opening = _without_title(blocks[: starts[0]], metadata.title)
    chapters = [
        _chapter(whole, blocks[start:end], level)
        for start, end in pairwise([*starts, len(blocks)])
    ]
    if any(chapter.role is Role.PART for chapter in chapters):
        chapters = list(_below_parts(chapters))
    if any(not isinstance(block, SceneBreak) for block in opening):
        first = replace(whole, blocks=opening, title="", role=Role.INTRODUCTION)
        chapters.insert(0, replace(first, numbered=False))
    return replace(book, metadata=metadata, chapters=_share_notes(whole, chapters))


def _take_facts(metadata: Metadata, blocks: Blocks) -> tuple[Metadata, Blocks]:
    """The book's data with what its first headings say, and the blocks without those.

    Whatever the data does not take up stays: what has been said otherwise elsewhere,
    and the headings of a diary, each of which reads "Date: …".
    """
    facts = [_fact(block) for block in blocks]
    often = Counter(fact[0] for fact in facts if fact)
    kept: list[Block] = []
    for at, (block, fact) in enumerate(zip(blocks, facts, strict=True)):
        if not isinstance(block, Heading | SceneBreak):
            kept += blocks[at:]
            break
        new = None
        if fact and (fact[0] in ROLES or often[fact[0]] == 1):
            new = _with_fact(metadata, *fact)
        if new is None:
            kept.append(block)
        else:
            metadata = new
    return metadata, tuple(kept)


def _without_title(opening: Blocks, title: str) -> Blocks:
    """The book's title has a page of its own."""
    for at, block in enumerate(opening):
        if isinstance(block, Heading) and _says(block, title):
            return (*opening[:at], *opening[at + 1 :])
    return opening


def _says(heading: Heading, title: str) -> bool:
    return same_words(plain_text(heading.children), title)


def _chapter(whole: Chapter, blocks: Blocks, level: int) -> Chapter:
    first = blocks[0]
    chapter = replace(whole, blocks=blocks, title="")
    if isinstance(first, Heading) and first.level < level:
        return replace(chapter, role=Role.PART)
    return chapter


def _below_parts(chapters: Sequence[Chapter]) -> Iterator[Chapter]:
    depth = 0
    for chapter in chapters:
        if chapter.role is Role.PART:
            depth = 1
            yield chapter
        else:
            yield replace(chapter, depth=depth)


def _fact(block: Block) -> tuple[str, ...]:
    """("author", "Ada Bell") of a heading that says so; empty for other blocks."""
    if not isinstance(block, Heading):
        return ()
    found = FACT.fullmatch(plain_text(block.children))
    return (found[1].lower(), found[2]) if found else ()


def _with_fact(metadata: Metadata, name: str, value: str) -> Metadata | None:
    """None where book data or front matter says something else, which stays."""
    if name in ROLES:
        person = Person(value, ROLES[name])
        if any(known.name == value for known in metadata.people):
            return metadata
        return replace(metadata, people=(*metadata.people, person))
    if name == "title":
        said, new = metadata.title, metadata
    elif name == "subtitle":
        said, new = metadata.subtitle, replace(metadata, subtitle=value)
    elif is_date(value):
        said, new = metadata.published, replace(metadata, published=value)
    else:
        return None
    return new if not said or same_words(said, value) else None


def _chapter_level(blocks: Blocks) -> int | None:
    counts = Counter(block.level for block in blocks if isinstance(block, Heading))
    return min((n for n, count in counts.items() if count >= CHAPTERS), default=None)


def _starts(blocks: Blocks, level: int, title: str) -> list[int]:
    """Where chapters begin: at their level and, but for the book's title, above it."""
    found = [
        (index, block)
        for index, block in enumerate(blocks)
        if isinstance(block, Heading) and block.level <= level
    ]
    above = [block for _, block in found if block.level < level]
    first = found[0][1]
    if above[:1] == [first] and (len(above) == 1 or _says(first, title)):
        del found[0]
    return [index for index, _ in found]


def _share_notes(whole: Chapter, chapters: Sequence[Chapter]) -> tuple[Chapter, ...]:
    """A note goes with each chapter that calls it, others with the last."""
    called: set[str] = set()
    shared = []
    for chapter in chapters:
        mine = notes_of(chapter.blocks, whole.notes)
        called |= {note.label for note in mine}
        shared.append(replace(chapter, notes=mine))
    left = tuple(note for note in whole.notes if note.label not in called)
    shared[-1] = replace(shared[-1], notes=(*shared[-1].notes, *left))
    return tuple(shared)
