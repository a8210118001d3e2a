"""Make the table of contents that nav, NCX, outline and the printed page share."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from publish.model import Block, Book, Chapter, Contents, Entry, Heading, Role, Target
from publish.walk import Rewrite, plain_text, walk_blocks

# Pages that a reader meets anyway on the way to the first page of text.
UNLISTED = frozenset(
    {
        Role.HALF_TITLE,
        Role.FRONTISPIECE,
        Role.SERIES_PAGE,
        Role.TITLE_PAGE,
        Role.COPYRIGHT_PAGE,
        Role.CONTENTS,
        Role.DEDICATION,
        Role.EPIGRAPH,
    }
)
SECTION = 2
# Lines of contents that a reader still overlooks: about two pages.
LONGEST_PAGE = 70

Line = tuple[int, Entry]


def add_contents(book: Book) -> Book:
    """Fill `Book.contents`, and the page of contents with as much as it can hold.

    The page leaves sections out where they would make it long.
    """
    listed = [c for c in book.chapters if c.role not in UNLISTED] or [*book.chapters]
    lines = [line for chapter in listed for line in _lines(chapter)]
    entries = _nested(lines)
    page = entries
    if len(lines) > LONGEST_PAGE:
        page = _nested([(chapter.depth, _entry(chapter)) for chapter in listed])
    chapters = (_filled(chapter, page) for chapter in book.chapters)
    return replace(book, chapters=tuple(chapters), contents=entries)


def _lines(chapter: Chapter) -> Iterator[Line]:
    """The chapter and its sections, each with how deep it stands."""
    yield chapter.depth, _entry(chapter)
    for block in walk_blocks(chapter.blocks):
        if isinstance(block, Heading) and block.level == SECTION:
            title = plain_text(block.children)
            if title:
                target = Target(chapter.name, block.attributes.id)
                yield chapter.depth + 1, Entry(title, block.number, target)


def _entry(chapter: Chapter) -> Entry:
    return Entry(chapter.title, chapter.number, Target(chapter.name))


def _nested(lines: Sequence[Line]) -> tuple[Entry, ...]:
    """Entries within those that stand less deep before them."""
    entries: list[Entry] = []
    at = 0
    while at < len(lines):
        depth, entry = lines[at]
        end = at + 1
        while end < len(lines) and lines[end][0] > depth:
            end += 1
        entries.append(replace(entry, children=_nested(lines[at + 1 : end])))
        at = end
    return tuple(entries)


def _filled(chapter: Chapter, entries: Iterable[Entry]) -> Chapter:
    if chapter.role is not Role.CONTENTS:
        return chapter

    def fill(block: Block) -> Block:
        return Contents(tuple(entries)) if isinstance(block, Contents) else block

    blocks = Rewrite(block=fill).blocks(chapter.blocks)
    return replace(chapter, blocks=blocks, paged=True)
