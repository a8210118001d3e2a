"""Where the notes of an edition stand, if not at the foot of its pages."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from publish.kinds import holds, rewrite_where
from publish.language import direction, labels
from publish.model import (
    BARE,
    Attributes,
    Block,
    Blocks,
    Book,
    Chapter,
    Generated,
    Heading,
    Inline,
    Link,
    Matter,
    NoteList,
    NotePlace,
    NoteReference,
    Role,
    Target,
)
from publish.walk import Rewrite, walk_blocks

# What stands behind the notes of a book (Chicago Manual of Style, 1.4).
_BEHIND = frozenset(
    {
        Role.GLOSSARY,
        Role.BIBLIOGRAPHY,
        Role.INDEX,
        Role.ERRATA,
        Role.CREDITS,
        Role.OTHER_CREDITS,
        Role.CONTRIBUTORS,
        Role.COLOPHON,
    }
)
# No chapter has this name: theirs begin with a number.
_NAME = "notes"


def gather_notes(book: Book, where: NotePlace) -> Book:
    """Set the notes at the ends of their chapters, or of the book, by chapters.

    They go where an author has left room for them (`::: notes`), else to the end of
    each chapter, or into a chapter of their own. Notes at the foot stay what they are.
    """
    if where is NotePlace.BOOK and any(chapter.notes for chapter in book.chapters):
        return _at_end_of_book(book)
    place = _at_end_of_chapter if where is NotePlace.CHAPTER else _without_room
    return replace(book, chapters=tuple(map(place, book.chapters)))


def _without_room(chapter: Chapter) -> Chapter:
    return _filled(chapter, ())


def _at_end_of_chapter(chapter: Chapter) -> Chapter:
    if not chapter.notes:
        return _without_room(chapter)
    blocks: Blocks = (NoteList(chapter.notes, chapter.name),)
    if _has_room(chapter):
        return replace(_filled(chapter, blocks), notes=())
    return replace(chapter, blocks=(*chapter.blocks, *blocks), notes=())


def _at_end_of_book(book: Book) -> Book:
    own = next((c for c in book.chapters if _has_room(c) and not c.notes), None)
    where = own.name if own else _NAME
    lists: list[Block] = []
    chapters: list[Chapter] = []
    for chapter in book.chapters:
        if not chapter.notes:
            chapters.append(chapter)
            continue
        group = len(lists) // 2 + 1
        calling = _calling(chapter, where, group)
        lists += _group(calling, group, book.metadata.language)
        chapters.append(replace(calling, notes=()))
    filled = [
        _filled(chapter, lists if own and chapter.name == own.name else ())
        for chapter in chapters
    ]
    if own is None:
        at = next((n for n, c in enumerate(filled) if c.role in _BEHIND), len(filled))
        filled.insert(at, _chapter(book, tuple(lists)))
    return replace(book, chapters=tuple(filled))


def _group(chapter: Chapter, group: int, language: str) -> Iterator[Block]:
    """The notes of one chapter, under its title."""
    words = f"{chapter.number} {chapter.title}".strip()
    title = Link("", (Generated(words),), 0, target=Target(chapter.name))
    yield Heading(2, (title,), 0, Attributes(f"{_NAME}-{group}"))
    attributes = BARE
    if chapter.language != language:
        said = (("dir", direction(chapter.language)), ("lang", chapter.language))
        attributes = Attributes(rest=said)
    yield NoteList(chapter.notes, chapter.name, group, attributes)


def _calling(chapter: Chapter, where: str, group: int) -> Chapter:
    """The chapter, whose calls lead to where its notes will be."""

    def change(inline: Inline) -> Inline:
        if not isinstance(inline, NoteReference):
            return inline
        return replace(inline, chapter=where, group=group)

    return rewrite_where(chapter, Rewrite(inline=change), NoteReference)


def _chapter(book: Book, blocks: Blocks) -> Chapter:
    words = labels(book.metadata.language).notes
    heading = Heading(1, (Generated(words),), 0, Attributes(_NAME))
    return Chapter(
        path=book.chapters[0].path.parent,
        source="",
        language=book.metadata.language,
        blocks=(heading, *blocks),
        title=words,
        name=_NAME,
        role=Role.NOTES,
        matter=Matter.BACK,
        numbered=False,
        generated=True,
    )


def _has_room(chapter: Chapter) -> bool:
    return holds(chapter, NoteList) and any(map(_is_room, walk_blocks(chapter.blocks)))


def _is_room(block: Block) -> bool:
    return isinstance(block, NoteList) and not block.notes


def _filled(chapter: Chapter, blocks: Sequence[Block]) -> Chapter:
    """The chapter with *blocks* in the first room that it has, and none in others."""
    if not _has_room(chapter):
        return chapter
    waiting = list(blocks)

    def fill(block: Block) -> Block | Blocks | None:
        if not _is_room(block):
            return block
        here = tuple(waiting)
        waiting.clear()
        return here or None

    return replace(chapter, blocks=Rewrite(block=fill).blocks(chapter.blocks))
