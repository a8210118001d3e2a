"""Where in the manuscript the text of each page begins."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from publish.flow import ENOUGH, Place, named
from publish.model import Block, Chapter, CodeBlock, Heading
from publish.pdf.pagination import BookPage
from publish.pdf.portion import Portion
from publish.pdf.task import Part
from publish.problems import Position
from publish.walk import own_inlines, plain_text, walk_blocks
from publish.words.letters import letters


def page_places(
    portion: Portion, parts: Sequence[Part], pages: Sequence[BookPage]
) -> Iterator[Position]:
    """For each page: the file of the chapter, and the line of the block that its text
    begins with, where that can be found. A page without text has the place of the one
    before it.

    parts, pages: those that are shown
    """
    readers = {chapter.name: _Reader(chapter) for chapter in portion.chapters}
    shown = portion.shown_fragments
    at = Position(portion.chapters[0].path)
    for page in pages:
        if page.fragment is not None:
            own = shown[page.fragment].chapters
            if page.index == 0 and own:
                at = Position(own[0].path)
            for set_page in parts[page.fragment].pages[page.index : page.index + 1]:
                for place in set_page.starts[:1]:
                    if place.chapter in readers:
                        at = readers[place.chapter].position(place)
        yield at


@dataclass(frozen=True, slots=True)
class _Text:
    """A block without blocks in it, with its letters. code: as it is written"""

    line: int
    letters: str
    code: str = ""


class _Reader:
    """Finds the lines of blocks in a chapter, in the order in which they are set."""

    def __init__(self, chapter: Chapter) -> None:
        self._chapter = chapter
        # That of the page before.
        self._last = -1

    def position(self, place: Place) -> Position:
        n = self._find(place)
        if n is not None:
            self._last = n
        elif self._last < 0:
            return Position(self._chapter.path)
        text = self._texts[self._last]
        line = text.line
        if text.code and n is not None:
            line += _lines(text.code, place.letters)
        return Position(self._chapter.path, line)

    @cached_property
    def _texts(self) -> list[_Text]:
        return [
            text
            for block in walk_blocks(self._chapter.blocks)
            if (text := _text(block)).letters
        ]

    @cached_property
    def _named(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for n, text in enumerate(self._texts):
            found.setdefault(named(text.letters), []).append(n)
        return found

    def _find(self, place: Place) -> int | None:
        """The block of the tree; a page and what the author wrote may differ in it by a
        number, a remark or a reference."""
        if same := self._named.get(place.block, []):
            return same[min(place.nth, len(same) - 1)]
        if len(place.ahead) < ENOUGH:
            return None
        ahead = place.ahead[: 2 * ENOUGH]
        first = max(0, self._last)
        left = enumerate(self._texts[first:], first)
        return next((n for n, text in left if ahead in text.letters), None)


def _text(block: Block) -> _Text:
    match block:
        case CodeBlock(text=code, line=line):
            # What opens it is a line of its own.
            return _Text(line, letters(code), code)
        case Heading(number=number, line=line, children=children):
            return _Text(line, letters(number + plain_text(children)))
    line = getattr(block, "line", 0)
    return _Text(line, letters(plain_text(own_inlines(block))))


def _lines(code: str, before: int) -> int:
    """How many lines of it come before so many letters."""
    for n, line in enumerate(code.splitlines(), 1):
        count = len(letters(line))
        if before < count:
            return n
        before -= count
    return 0
