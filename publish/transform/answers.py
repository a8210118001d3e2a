"""Gather the answers of exercises where the author wants them."""

import posixpath
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, replace
from typing import TypeGuard
from urllib.parse import quote

from publish.addresses import leaves_the_book, picture_paths
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
from publish.walk import Rewrite, notes_of


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
    places = sum(_is_place(block) for c in book.chapters for block in c.blocks)
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
        blocks: list[Block] = []
        notes: list[Note] = []
        for block in chapter.blocks:
            if isinstance(block, Division) and _is_place(block):
                moved = [self._moved(answer, chapter) for answer in self.waiting]
                notes += (note for _, theirs in moved for note in theirs)
                here = (*block.children, *(division for division, _ in moved))
                blocks.append(replace(block, children=here))
                self.waiting.clear()
                self.places -= 1
            elif self.places:
                taken: list[Division] = []
                blocks += Rewrite(block=_taking(taken)).blocks((block,))
                self.waiting += (_Answer(division, chapter) for division in taken)
            else:
                blocks.append(block)
        changed = replace(chapter, blocks=tuple(blocks))
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
        rewrite = Rewrite(inline=lambda inline: self._rebased(inline, home))
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


def _is_place(block: Block) -> bool:
    return isinstance(block, Division) and block.kind is DivisionKind.ANSWERS


def _taking(taken: list[Division]) -> Callable[[Block], Block | None]:
    """A change that leaves answers out and puts them into *taken*."""

    def change(block: Block) -> Block | None:
        match block:
            case Division(kind=DivisionKind.ANSWER, answers=name) if name:
                taken.append(block)
                return None
            case Division(
                kind=DivisionKind.EXERCISE, attributes=Attributes(id=name)
            ) if kind_of(name):
                inside = list(filter(is_answer, block.children))
                taken.extend(replace(answer, answers=name) for answer in inside)
                rest = tuple(b for b in block.children if not is_answer(b))
                return replace(block, children=rest) if inside else block
            case _:
                return block

    return change


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
