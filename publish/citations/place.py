"""Set the list of what is cited where it belongs."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from unicodedata import bidirectional
from urllib.parse import quote

from publish.citations.reply import Listed, Reply, text_of
from publish.citations.setting import unlinked
from publish.kinds import every
from publish.language import direction, labels
from publish.manuscript.roles import role_of_name
from publish.model import (
    Attributes,
    Bibliography,
    Block,
    Book,
    Chapter,
    Generated,
    Heading,
    Matter,
    Role,
    SourceEntry,
)
from publish.problems import Position, Problem, Severity
from publish.walk import Rewrite, plain_text, tied_text

# What stands behind a bibliography (Chicago Manual of Style, 1.4).
_BEHIND = frozenset(
    {Role.INDEX, Role.ERRATA, Role.CREDITS, Role.OTHER_CREDITS}
    | {Role.CONTRIBUTORS, Role.COLOPHON}
)
SECTION = 2


class Anchors:
    """The ids of the sources in one list. number: of its chapter; 0 for the book's"""

    def __init__(self, number: int = 0) -> None:
        self._begin = f"ref-{number}-" if number else "ref-"
        self._ids: dict[str, str] = {}

    def of(self, key: str) -> str:
        if key not in self._ids:
            word = re.sub(r"[^\w.-]+", "-", key)
            name, count = f"{self._begin}{word}", 1
            while name in self._ids.values():
                count += 1
                name = f"{self._begin}{word}-{count}"
            self._ids[key] = name
        return self._ids[key]

    def href(self, key: str) -> str:
        return f"#{quote(self.of(key))}"


def bibliography(
    reply: Reply, anchors: Anchors, keys: Mapping[str, str], language: str
) -> Bibliography:
    """What the style lists. keys: of the author, by the engine's"""
    way = direction(language)
    entries = tuple(
        _entry(one, anchors.of(keys[one.key]), way)
        for one in reply.listed
        if one.key and (one.words or one.label)
    )
    return Bibliography(entries, 0, hanging=reply.hanging)


def _entry(listed: Listed, name: str, way: str) -> SourceEntry:
    """way: the direction of the book; a source in another script has its own"""
    words, label = tuple(unlinked(listed.words)), tuple(unlinked(listed.label))
    own = next(
        filter(None, map(_WAYS.get, map(bidirectional, text_of(listed.words)))), way
    )
    rest = () if own == way else (("dir", own),)
    return SourceEntry(words, Attributes(id=name, rest=rest), label)


_WAYS = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def with_book_list(
    book: Book, listed: Bibliography
) -> tuple[Book, tuple[Problem, ...]]:
    """The list in the room an author has left for it, at the end of their own chapter
    for it, under a heading for it that ends the book, or in a chapter that is made."""
    rooms = [(c, room) for c in book.chapters for room in _rooms(c)]
    if rooms:
        problems = tuple(_twice(chapter, room) for chapter, room in rooms[1:])
        return _filled_first(book, rooms[0][0], listed), problems
    own = next((c for c in book.chapters if c.role is Role.BIBLIOGRAPHY), None)
    if own:
        new = replace(own, blocks=(*own.blocks, listed))
        return _with(book, own, new), ()
    last = book.chapters[_place_behind(book) - 1]
    if heading := _waiting(last):
        return _with(book, last, _under(last, heading, listed)), ()
    return _with_chapter(book, listed), ()


def _waiting(chapter: Chapter) -> Heading | None:
    """The heading at the end of a text that says what is to follow, as in Pandoc."""
    match chapter.blocks:
        case (*_, Heading() as last) if not chapter.generated:
            words = plain_text(last.children)
            return last if role_of_name(words) is Role.BIBLIOGRAPHY else None
        case _:
            return None


def _under(chapter: Chapter, heading: Heading, listed: Bibliography) -> Chapter:
    blocks = (*chapter.blocks, replace(listed, title=tied_text(heading.children)))
    if chapter.blocks != (heading,):
        return replace(chapter, blocks=blocks)
    return replace(
        chapter,
        blocks=(heading, listed),
        role=Role.BIBLIOGRAPHY,
        matter=Matter.BACK,
    )


def _rooms(chapter: Chapter) -> Iterable[Bibliography]:
    return list(every(chapter, Bibliography))


def _twice(chapter: Chapter, room: Bibliography) -> Problem:
    return Problem(
        Position(chapter.path, room.line),
        "bibliography-twice",
        "there is room for the bibliography in another place already, this is empty",
        'to have one in each chapter write bibliography_in = "chapter" under [book]',
        Severity.WARNING,
    )


def _filled_first(book: Book, chapter: Chapter, listed: Bibliography) -> Book:
    if chapter.role is not Role.BIBLIOGRAPHY:
        listed = replace(listed, title=labels(chapter.language).bibliography)
    return _with(book, chapter, filled(chapter, listed))


def filled(chapter: Chapter, listed: Bibliography) -> Chapter:
    """With the list in the first room of a chapter."""
    left = [listed]

    def change(block: Block) -> Block:
        if not isinstance(block, Bibliography) or not left:
            return block
        new = left.pop()
        return replace(new, line=block.line, attributes=block.attributes)

    return replace(chapter, blocks=Rewrite(block=change).blocks(chapter.blocks))


def with_chapter_list(chapter: Chapter, listed: Bibliography) -> Chapter:
    """The list in the room left for it, or under a heading at the end of a chapter."""
    title = labels(chapter.language).bibliography
    listed = replace(listed, title=title)
    if list(_rooms(chapter)):
        return filled(chapter, listed)
    if heading := _waiting(chapter):
        return _under(chapter, heading, listed)
    attributes = Attributes(classes=("unnumbered",))
    head = Heading(SECTION, (Generated(title),), 0, attributes)
    return replace(chapter, blocks=(*chapter.blocks, head, listed))


def _with_chapter(book: Book, listed: Bibliography) -> Book:
    language = book.metadata.language
    title = labels(language).bibliography
    head = Heading(1, (Generated(title),), 0)
    made = Chapter(
        path=book.chapters[0].path.parent,
        source="",
        language=language,
        blocks=(head, listed),
        title=title,
        role=Role.BIBLIOGRAPHY,
        matter=Matter.BACK,
        numbered=False,
        generated=True,
    )
    chapters = list(book.chapters)
    chapters.insert(_place_behind(book), made)
    return replace(book, chapters=tuple(chapters))


def _place_behind(book: Book) -> int:
    place = len(book.chapters)
    while place and _is_behind(book.chapters[place - 1]):
        place -= 1
    return place


def _is_behind(chapter: Chapter) -> bool:
    return chapter.matter is Matter.BACK and chapter.role in _BEHIND


def _with(book: Book, old: Chapter, new: Chapter) -> Book:
    chapters = (new if chapter is old else chapter for chapter in book.chapters)
    return replace(book, chapters=tuple(chapters))
