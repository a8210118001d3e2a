"""Gather the answers of exercises where the author wants them."""

import posixpath
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from typing import TypeGuard
from urllib.parse import quote

from publish.addresses import leaves_the_book, picture_paths
from publish.kinds import holds
from publish.language import direction
from publish.model import (
    Attributes,
    Block,
    Blocks,
    Book,
    Chapter,
    Division,
    DivisionKind,
    Image,
    Inline,
    Link,
    Note,
    NoteReference,
    Origin,
)
from publish.transform.things import kind_of
from publish.walk import (
    UNMARKED,
    Rewrite,
    notes_of,
    own_inlines,
    walk_blocks,
    walk_inlines,
)


@dataclass(frozen=True, slots=True)
class _Answer:
    """home: the chapter that it was written in"""

    division: Division
    home: Chapter


def gather_answers(book: Book) -> Book:
    """Each division of answers holds those before it that no other holds.

    An answer within an exercise knows it by its name; one of an exercise without a name
    stays where it is, and so do those behind the last division of answers.
    """
    places = sum(
        _is_place(block)
        for chapter in book.chapters
        if holds(chapter, Division)
        for block in walk_blocks(chapter.blocks)
    )
    if not places:
        return book
    pictures = frozenset(path for file in book.images for path in file.sources)
    gathering = _Gathering(places, pictures)
    return replace(book, chapters=tuple(map(gathering.chapter, book.chapters)))


class _Gathering:
    """What is known from one chapter to the next.

    places: how many divisions of answers are still to come
    waiting: answers that no division holds yet
    """

    def __init__(self, places: int, pictures: Set[str]) -> None:
        self.places = places
        self.pictures = pictures
        self.waiting: list[_Answer] = []

    def chapter(self, chapter: Chapter) -> Chapter:
        notes: list[Note] = []

        def change(block: Block) -> Block | None:
            if _is_place(block):
                moved = [self._moved(answer, chapter) for answer in self.waiting]
                notes.extend(note for _, theirs in moved for note in theirs)
                here = (*block.children, *(division for division, _ in moved))
                self.waiting.clear()
                self.places -= 1
                return replace(block, children=here)
            if not self.places:
                return block
            taken: list[Division] = []
            left = _without_answers(block, taken)
            self.waiting += (_Answer(division, chapter) for division in taken)
            return left

        blocks = Rewrite(block=change).blocks(chapter.blocks)
        changed = replace(chapter, blocks=blocks)
        left = tuple(a.division for a in self.waiting if a.home is chapter)
        kept = _without_theirs(changed, left)
        return replace(changed, notes=(*kept, *notes))

    def _moved(
        self, answer: _Answer, chapter: Chapter
    ) -> tuple[Division, tuple[Note, ...]]:
        """An answer in its new chapter, with the notes that it brings there."""
        division, home = answer.division, answer.home
        if home is chapter:
            return division, ()
        own = {
            f"#{thing.attributes.id}"
            for block in walk_blocks((division,))
            for thing in (block, *walk_inlines(own_inlines(block)))
            if not isinstance(thing, UNMARKED) and thing.attributes.id
        }

        def rebased(inline: Inline) -> Inline:
            # What it says of itself goes along.
            stays = isinstance(inline, Link) and inline.href in own
            return inline if stays else self._rebased(inline, home)

        rewrite = Rewrite(inline=rebased)
        notes = tuple(
            replace(
                note,
                label=_label(note.label, home),
                children=rewrite.blocks(note.children),
            )
            for note in notes_of((division,), home.notes)
        )
        (moved,) = rewrite.blocks((division,))
        assert isinstance(moved, Division)
        moved = replace(moved, origin=Origin(home.path, home.source))
        if home.language != chapter.language:
            moved = replace(moved, attributes=_in_language(moved, home.language))
        return moved, notes

    def _rebased(self, inline: Inline, home: Chapter) -> Inline:
        """What it names, named from another chapter."""
        match inline:
            case NoteReference(label=label):
                return replace(inline, label=_label(label, home))
            case Link(href=href) if not leaves_the_book(href):
                return replace(inline, href=_from_top(href, home.source))
            case Image(src=src):
                paths = picture_paths(home.source, src)
                path = next((path for path in paths if path in self.pictures), "")
                return replace(inline, src=f"/{path}") if path else inline
            case _:
                return inline


def _is_place(block: Block) -> TypeGuard[Division]:
    return isinstance(block, Division) and block.kind is DivisionKind.ANSWERS


def _without_answers(block: Block, taken: list[Division]) -> Block | None:
    """What is left when its answers are put into *taken*; None for nothing."""
    match block:
        case Division(kind=DivisionKind.ANSWER, answers=name) if name:
            taken.append(block)
            return None
        case Division(kind=DivisionKind.EXERCISE, attributes=Attributes(id=name)) if (
            kind_of(name)
        ):
            inside = list(filter(is_answer, block.children))
            taken.extend(replace(answer, answers=name) for answer in inside)
            rest = tuple(b for b in block.children if not is_answer(b))
            return replace(block, children=rest) if inside else block
        case _:
            return block


def is_answer(block: Block) -> TypeGuard[Division]:
    """Whether it is the answer of an exercise."""
    return isinstance(block, Division) and block.kind is DivisionKind.ANSWER


def _label(label: str, home: Chapter) -> str:
    return f"{home.source}:{label}"


def _from_top(href: str, source: str) -> str:
    path, sign, fragment = href.partition("#")
    if path.startswith("/"):
        return href
    folder = quote(posixpath.dirname(source))
    path = posixpath.join(folder, path) if path else quote(source)
    return f"/{path}{sign}{fragment}"


def _without_theirs(chapter: Chapter, left: Blocks) -> Iterator[Note]:
    """The notes of a chapter but for those that only answers call which left it."""
    theirs = {note.label for note in notes_of(left, chapter.notes)}
    own = {note.label for note in notes_of(chapter.blocks, chapter.notes)}
    return (note for note in chapter.notes if note.label not in theirs - own)


def _in_language(division: Division, language: str) -> Attributes:
    own = division.attributes
    given = {"lang": language, "dir": direction(language)} | dict(own.rest)
    return replace(own, rest=tuple(sorted(given.items())))
