"""The chapters of a book with everything in the file that its author wrote it in."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeGuard

from publish.kinds import holds
from publish.model import Block, Chapter, Division
from publish.walk import Rewrite, notes_of, walk_blocks


def as_written(chapters: Iterable[Chapter]) -> Iterator[Chapter]:
    """Each chapter; what was gathered in it from others comes behind it, each thing as
    a chapter of its own file."""
    for chapter in chapters:
        holding = chapter.blocks if holds(chapter, Division) else ()
        moved = list(filter(_is_moved, walk_blocks(holding)))
        if not moved:
            yield chapter
            continue
        theirs = notes_of(tuple(moved), chapter.notes)
        own = tuple(note for note in chapter.notes if note not in theirs)
        blocks = _STAYING.blocks(chapter.blocks)
        yield replace(chapter, blocks=blocks, notes=own)
        yield from (_alone(division, chapter) for division in moved)


def _alone(division: Division, chapter: Chapter) -> Chapter:
    assert division.origin is not None
    path, source = division.origin.path, division.origin.source
    notes = notes_of((division,), chapter.notes)
    alone = replace(chapter, path=path, source=source)
    return replace(alone, blocks=(division,), notes=notes)


def _is_moved(block: Block) -> TypeGuard[Division]:
    return isinstance(block, Division) and block.origin is not None


_STAYING = Rewrite(block=lambda block: None if _is_moved(block) else block)
