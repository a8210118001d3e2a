"""Number chapters and sections."""

from dataclasses import replace

from publish.kinds import every, rewrite_where
from publish.language import in_digits, in_numerals, labels
from publish.model import (
    NO_NUMBERS,
    Block,
    Book,
    Chapter,
    Heading,
    Matter,
    Numbering,
    Numerals,
    Role,
)
from publish.walk import Rewrite


def number_headings(book: Book) -> Book:
    """Chapters 1, 2, …; appendices A, B, …; parts and sections where the book asks.

    What an author puts before or behind the text is no chapter of it, and has no number
    but that of an appendix. A chapter that stands below another in the contents is 2.1,
    or goes on counting where the sections of that one end; it does not begin again in a
    part.
    """
    if book.numbering == NO_NUMBERS:
        return book
    counter = _Counter(book.numbering, book.metadata.language)
    return replace(book, chapters=tuple(map(counter.chapter, book.chapters)))


class _Counter:
    """Goes through the chapters of a book.

    counts: how many are counted below each number so far, or of each role
    above: depth and number of those that the next chapter stands below
    """

    def __init__(self, numbering: Numbering, language: str) -> None:
        self._numbering, self._language = numbering, language
        self._counts: dict[str, int] = {}
        self._above: list[tuple[int, str]] = []

    def chapter(self, chapter: Chapter) -> Chapter:
        while self._above and self._above[-1][0] >= chapter.depth:
            self._above.pop()
        prefix = self._above[-1][1] if self._above else ""
        count, new = "", chapter
        if self._is_counted(chapter):
            key = prefix or str(chapter.role)
            number = self._counts[key] = self._counts.get(key, 0) + 1
            count = _count(chapter.role, prefix, number)
            new = self._numbered(chapter, number, count, below=bool(prefix))
        if chapter.role is Role.PART:
            count = ""
        self._above.append((chapter.depth, count))
        return new

    def _is_counted(self, chapter: Chapter) -> bool:
        counted = {
            Role.PART: self._numbering.parts,
            Role.CHAPTER: self._numbering.chapters,
            Role.APPENDIX: self._numbering.chapters,
        }
        if counted.get(chapter.role, Numerals.NONE) is Numerals.NONE:
            return False
        if chapter.role is Role.CHAPTER and chapter.matter is not Matter.BODY:
            return False
        return chapter.numbered and not any(
            heading.level == 1 and _is_bare(heading)
            for heading in every(chapter, Heading)
        )

    def _numbered(
        self, chapter: Chapter, number: int, count: str, *, below: bool
    ) -> Chapter:
        """below: whether it stands below a chapter with a number"""
        language, levels = self._language, self._numbering.sections
        if chapter.role is Role.PART:
            numeral = in_numerals(number, self._numbering.parts, language)
            written, levels = f"{labels(language).part} {numeral}", 0
        elif chapter.role is Role.APPENDIX or below:
            written = in_digits(count, language)
        else:
            written = in_numerals(number, self._numbering.chapters, language)
        sections = _Sections(written, count, levels, language)
        new = rewrite_where(chapter, Rewrite(block=sections.change), Heading)
        new = replace(new, number=written)
        if chapter.role is Role.PART:
            return new
        self._counts[count] = sections.counts[0] if sections.counts else 0
        return replace(new, count=in_digits(count, language))


def _is_bare(heading: Heading) -> bool:
    return "unnumbered" in heading.attributes.classes


def _count(role: Role, prefix: str, number: int) -> str:
    if prefix:
        return f"{prefix}.{number}"
    return _letters(number) if role is Role.APPENDIX else str(number)


def _letters(count: int) -> str:
    """1 is A, 26 is Z, 27 is AA."""
    letters = ""
    while count:
        count, rest = divmod(count - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


class _Sections:
    """Goes through the headings of a chapter.

    number: the chapter's, as it is written; count: in figures
    levels: how many below the chapter's title are counted
    """

    def __init__(self, number: str, count: str, levels: int, language: str) -> None:
        self._number, self._count = number, count
        self._levels, self._language = levels, language
        self.counts: list[int] = []

    def change(self, block: Block) -> Block:
        if not isinstance(block, Heading) or _is_bare(block):
            return block
        depth = block.level - 1
        if depth > self._levels:
            return block
        if not depth:
            return replace(block, number=self._number)
        self.counts = (self.counts + [0] * depth)[:depth]
        self.counts[-1] += 1
        number = ".".join([self._count, *map(str, self.counts)])
        return replace(block, number=in_digits(number, self._language))
