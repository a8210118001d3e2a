"""Number chapters and sections."""

from collections.abc import Iterator
from dataclasses import replace

from publish.model import Block, Book, Chapter, Heading, Numbering, Role
from publish.walk import Rewrite

DEEPEST = 3


def number_headings(book: Book) -> Book:
    """Chapters 1, 2, …; appendices A, B, …; sections 2.1, 2.1.1 where the book asks.

    A chapter that stands below another in the contents is 2.1; parts do not count.
    """
    if book.numbering is Numbering.NONE:
        return book
    sections = book.numbering is Numbering.SECTIONS
    chapters = (
        _number_chapter(chapter, number, sections)
        for chapter, number in _numbers(book.chapters)
    )
    return replace(book, chapters=tuple(chapters))


def _numbers(chapters: tuple[Chapter, ...]) -> Iterator[tuple[Chapter, str]]:
    counts: dict[str, int] = {}
    above: list[tuple[int, str]] = []
    for chapter in chapters:
        while above and above[-1][0] >= chapter.depth:
            above.pop()
        prefix = above[-1][1] if above else ""
        number = ""
        if chapter.numbered and chapter.role in {Role.CHAPTER, Role.APPENDIX}:
            key = prefix or str(chapter.role)
            counts[key] = counts.get(key, 0) + 1
            number = _number(chapter.role, prefix, counts[key])
        above.append((chapter.depth, number))
        yield chapter, number


def _number(role: Role, prefix: str, count: int) -> str:
    if prefix:
        return f"{prefix}.{count}"
    return _letters(count) if role is Role.APPENDIX else str(count)


def _letters(count: int) -> str:
    """1 is A, 26 is Z, 27 is AA."""
    letters = ""
    while count:
        count, rest = divmod(count - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _number_chapter(chapter: Chapter, number: str, sections: bool) -> Chapter:
    if not number:
        return chapter
    counter = _Sections(number, DEEPEST if sections else 1)
    blocks = Rewrite(block=counter.change).blocks(chapter.blocks)
    return replace(chapter, blocks=blocks, number=number)


class _Sections:
    def __init__(self, chapter: str, deepest: int) -> None:
        self.chapter = chapter
        self.deepest = deepest
        self.counts: list[int] = []

    def change(self, block: Block) -> Block:
        if not isinstance(block, Heading) or block.level > self.deepest:
            return block
        if "unnumbered" in block.attributes.classes:
            return block
        if block.level == 1:
            return replace(block, number=self.chapter)
        depth = block.level - 1
        self.counts = (self.counts + [0] * depth)[:depth]
        self.counts[-1] += 1
        return replace(block, number=".".join([self.chapter, *map(str, self.counts)]))
