"""Which kinds of things stand in a chapter: who looks for one passes over the rest.

A kind is a class of `publish.model`, or the name of what is written on something:
"id", "class", "shown", or one of `Attributes.rest`. What is passed over are the blocks
that stand in no other, and the notes, in which there is nothing of those kinds. That
saves looking, and may decide nothing else: what holds all kinds is made the same of.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from publish.model import (
    Attributes,
    Block,
    Blocks,
    Chapter,
    Inline,
    Kind,
    Note,
    Sight,
)
from publish.walk import (
    UNMARKED,
    Marked,
    Rewrite,
    things_in,
    unless_same,
    walk_blocks,
)

K = TypeVar("K", bound=Block | Inline)


def holds(chapter: Chapter, *kinds: Kind) -> bool:
    """Whether anything of those kinds stands in its text or its notes."""
    return not _sight(chapter).kinds.isdisjoint(kinds)


def every(chapter: Chapter, kind: type[K]) -> Iterator[K]:
    """All of that kind at any depth, that of the notes after that of the text."""
    for block in blocks_where(chapter, kind):
        for thing in things_in(block):
            if isinstance(thing, kind):
                yield thing


def looked_through(chapter: Chapter) -> Chapter:
    """The same, of which it is known from now on what stands in it."""
    _sight(chapter)
    return chapter


def blocks_where(chapter: Chapter, *kinds: Kind) -> Iterator[Block]:
    """Every block at any depth, but for what is passed over; notes after the text."""
    sight = _sight(chapter)
    if sight.kinds.isdisjoint(kinds):
        return
    for block, found in zip(chapter.blocks, sight.of_blocks, strict=True):
        if not found.isdisjoint(kinds):
            yield from walk_blocks((block,))
    for note, found in zip(chapter.notes, sight.of_notes, strict=True):
        if not found.isdisjoint(kinds):
            yield from walk_blocks(note.children)


def marked_where(chapter: Chapter, *kinds: Kind) -> Iterator[Marked]:
    """Everything that an author can give an id and classes, but for what is passed
    over; what stands in notes after what stands in the text."""
    for block in blocks_where(chapter, *kinds):
        for thing in things_in(block):
            if not isinstance(thing, UNMARKED):
                yield thing


def chapter_ids(chapter: Chapter) -> Iterator[str]:
    """Every id of a chapter, those of its notes after its text."""
    for thing in marked_where(chapter, "id"):
        if thing.attributes.id:
            yield thing.attributes.id


def rewrite_where(chapter: Chapter, change: Rewrite, *kinds: Kind) -> Chapter:
    """The chapter with every block and inline changed, but for what is passed over."""
    if not holds(chapter, *kinds):
        return chapter
    sight = _sight(chapter)
    new_blocks: list[Block] = []
    for block, found in zip(chapter.blocks, sight.of_blocks, strict=True):
        passed = found.isdisjoint(kinds)
        new_blocks += (block,) if passed else change.blocks((block,))
    new_notes: list[Note] = []
    for note, found in zip(chapter.notes, sight.of_notes, strict=True):
        new_notes += (note,) if found.isdisjoint(kinds) else change.notes((note,))
    blocks = unless_same(chapter.blocks, new_blocks)
    notes = unless_same(chapter.notes, new_notes)
    if blocks is chapter.blocks and notes is chapter.notes:
        return chapter
    return replace(chapter, blocks=blocks, notes=notes)


def _sight(chapter: Chapter) -> Sight:
    """What stands in it now."""
    last = chapter.seen.last
    if last and last.blocks is chapter.blocks and last.notes is chapter.notes:
        return last
    # Nothing changes within a block: one that is the same as before holds the same.
    known = dict(_known(last)) if last else {}
    of_blocks = tuple(known.get(id(b)) or _kinds((b,)) for b in chapter.blocks)
    of_notes = tuple(known.get(id(n)) or _kinds(n.children) for n in chapter.notes)
    kinds = frozenset[Kind]().union(*of_blocks, *of_notes)
    sight = Sight(chapter.blocks, chapter.notes, of_blocks, of_notes, kinds)
    chapter.seen.last = sight
    return sight


def _known(sight: Sight) -> Iterator[tuple[int, frozenset[Kind]]]:
    yield from zip(map(id, sight.blocks), sight.of_blocks, strict=True)
    yield from zip(map(id, sight.notes), sight.of_notes, strict=True)


def _kinds(blocks: Blocks) -> frozenset[Kind]:
    found: set[Kind] = set()
    for block in walk_blocks(blocks):
        for thing in things_in(block):
            found.add(type(thing))
            if not isinstance(thing, UNMARKED):
                found.update(_names(thing.attributes))
    return frozenset(found)


def _names(own: Attributes) -> Iterator[str]:
    if own.id:
        yield "id"
    if own.classes:
        yield "class"
    if own.shown is not None:
        yield "shown"
    for name, _ in own.rest:
        yield name
