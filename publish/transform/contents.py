"""Make the table of contents that nav, NCX, outline and the printed page share."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from publish.kinds import blocks_where, every
from publish.model import (
    Block,
    Blocks,
    Book,
    Chapter,
    CodeBlock,
    Contents,
    Counted,
    Element,
    Entry,
    Figure,
    Heading,
    Listed,
    Paragraph,
    Plain,
    Role,
    Table,
    Target,
)
from publish.transform.things import kind_of
from publish.walk import Rewrite, tied_text

# Pages that a reader meets anyway on the way to the first page of text.
UNLISTED = frozenset(
    {
        Role.HALF_TITLE,
        Role.FRONTISPIECE,
        Role.SERIES_PAGE,
        Role.ALSO_BY,
        Role.TITLE_PAGE,
        Role.COPYRIGHT_PAGE,
        Role.CONTENTS,
        Role.FIGURES,
        Role.TABLES,
        Role.LISTINGS,
        Role.DEDICATION,
        Role.EPIGRAPH,
    }
)
SECTION = 2
_COUNTED = {
    Listed.FIGURES: Counted.FIGURE,
    Listed.TABLES: Counted.TABLE,
    Listed.LISTINGS: Counted.LISTING,
}
# Lines of contents that a reader still overlooks: about two pages.
LONGEST_PAGE = 70

Line = tuple[int, Entry]


def add_contents(book: Book, depth: int = 0) -> Book:
    """Fill `Book.contents`, and the lists of what stands where.

    depth: levels of headings that are listed; 0 for those of chapters and sections,
        of which the page of contents leaves the sections out where they would make it
        long
    """
    listed = [c for c in book.chapters if c.role not in UNLISTED] or [*book.chapters]
    lines = [line for one in listed for line in _lines(one, depth or SECTION)]
    entries = _nested(lines)
    lists = {of: _things(book, of) for of in _COUNTED}
    lists[Listed.HEADINGS] = entries
    if len(lines) > LONGEST_PAGE and not depth:
        chapters_only = [(chapter.depth, _entry(chapter)) for chapter in listed]
        lists[Listed.HEADINGS] = _nested(chapters_only)
    chapters = tuple(
        _filled(chapter, lists)
        for chapter in book.chapters
        if not _is_idle(chapter, lists)
    )
    return replace(book, chapters=chapters, contents=entries)


def _is_idle(chapter: Chapter, lists: Mapping[Listed, tuple[Entry, ...]]) -> bool:
    """Whether it was made to list what there is none of."""
    return chapter.generated and any(not lists[r.of] for r in rooms(chapter.blocks))


def _things(book: Book, of: Listed) -> tuple[Entry, ...]:
    """Every thing of a kind that has a number, by its caption."""
    return tuple(
        Entry(title_of(block), block.number, Target(chapter.name, block.attributes.id))
        for chapter in book.chapters
        for block in blocks_where(chapter, Figure, Table, CodeBlock)
        if isinstance(block, Figure | Table | CodeBlock)
        and block.number
        and kind_of(block.attributes.id) is _COUNTED[of]
    )


def title_of(block: Figure | Table | CodeBlock) -> str:
    """The caption without the number that it begins with."""
    if isinstance(block, CodeBlock):
        return tied_text(block.caption[1:])
    first = block.caption[0] if block.caption else None
    if not isinstance(first, Paragraph | Plain):
        return ""
    return tied_text(first.children[1:])


def _lines(chapter: Chapter, depth: int) -> Iterator[Line]:
    """The chapter and its sections, each with how deep it stands."""
    yield chapter.depth, _entry(chapter)
    if chapter.generated:
        return
    for heading in every(chapter, Heading):
        title = tied_text(heading.children)
        if title and 1 < heading.level <= depth:
            target = Target(chapter.name, heading.attributes.id)
            level = chapter.depth + heading.level - 1
            yield level, Entry(title, heading.number, target)


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


def _filled(chapter: Chapter, lists: Mapping[Listed, tuple[Entry, ...]]) -> Chapter:
    if not any(rooms(chapter.blocks)):
        return chapter

    def fill(block: Block) -> Block:
        if not isinstance(block, Contents):
            return block
        return replace(block, entries=lists[block.of])

    blocks = Rewrite(block=fill).blocks(chapter.blocks)
    return replace(chapter, blocks=blocks, paged=True)


def rooms(blocks: Blocks) -> Iterator[Contents]:
    """The lists of what stands where that are set among *blocks* or in divisions."""
    for block in blocks:
        if isinstance(block, Contents):
            yield block
        elif isinstance(block, Element):
            yield from rooms(block.children)
