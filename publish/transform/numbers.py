"""Number chapters and sections."""

from collections.abc import Iterator
from dataclasses import replace

from publish.language import in_digits
from publish.model import Block, Book, Chapter, Heading, Numbering, Role
from publish.walk import Rewrite, walk_blocks

DEEPEST = 3


def number_headings(book: Book) -> Book:
    """Chapters 1, 2, …; appendices A, B, …; sections 2.1, 2.1.1 where the book asks.

    A chapter that stands below another in the contents is 2.1, or goes on counting
    where that one's sections end; parts do not count.
    """
    if book.numbering is Numbering.NONE:
        return book
    deepest = DEEPEST if book.numbering is Numbering.SECTIONS else 1
    chapters = _numbered(book.chapters, deepest)
    language = book.metadata.language
    return replace(book, chapters=tuple(_in_digits(c, language) for c in chapters))


def _in_digits(chapter: Chapter, language: str) -> Chapter:
    number = in_digits(chapter.number, language)
    if number == chapter.number:
        return chapter

    def change(block: Block) -> Block:
        if not isinstance(block, Heading) or not block.number:
            return block
        return replace(block, number=in_digits(block.number, language))

    blocks = Rewrite(block=change).blocks(chapter.blocks)
    return replace(chapter, blocks=blocks, number=number)


def _numbered(chapters: tuple[Chapter, ...], deepest: int) -> Iterator[Chapter]:
    counts: dict[str, int] = {}
    above: list[tuple[int, str]] = []
    for chapter in chapters:
        while above and above[-1][0] >= chapter.depth:
            above.pop()
        prefix = above[-1][1] if above else ""
        number, new = "", chapter
        if _counts(chapter):
            key = prefix or str(chapter.role)
            counts[key] = counts.get(key, 0) + 1
            number = _number(chapter.role, prefix, counts[key])
            sections = _Sections(number, deepest)
            blocks = Rewrite(block=sections.change).blocks(chapter.blocks)
            counts[number] = sections.counts[0] if sections.counts else 0
            new = replace(chapter, blocks=blocks, number=number)
        above.append((chapter.depth, number))
        yield new


def _counts(chapter: Chapter) -> bool:
    if not chapter.numbered or chapter.role not in {Role.CHAPTER, Role.APPENDIX}:
        return False
    return not any(
        isinstance(block, Heading) and block.level == 1 and _is_bare(block)
        for block in walk_blocks(chapter.blocks)
    )


def _is_bare(heading: Heading) -> bool:
    return "unnumbered" in heading.attributes.classes


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


class _Sections:
    def __init__(self, chapter: str, deepest: int) -> None:
        self.chapter = chapter
        self.deepest = deepest
        self.counts: list[int] = []

    def change(self, block: Block) -> Block:
        if not isinstance(block, Heading) or block.level > self.deepest:
            return block
        if _is_bare(block):
            return block
        if block.level == 1:
            return replace(block, number=self.chapter)
        depth = block.level - 1
        self.counts = (self.counts + [0] * depth)[:depth]
        self.counts[-1] += 1
        return replace(block, number=".".join([self.chapter, *map(str, self.counts)]))
