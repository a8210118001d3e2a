"""Where in the manuscript the text of each page begins."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from publish.flow import ENOUGH, Place, named
from publish.model import Block, Chapter, CodeBlock, DefinitionList, Heading, Term
from publish.pdf.pagination import BookPage, as_set
from publish.pdf.portion import Portion
from publish.pdf.task import Part, Spread
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
    readers = {chapter.name: Reader(chapter) for chapter in portion.chapters}
    shown = portion.shown_fragments
    at = Position(portion.chapters[0].path)
    before: int | None = None
    for page in pages:
        if page.fragment is not None:
            own = shown[page.fragment].chapters
            if page.fragment != before and own:
                at = Position(own[0].path)
            before = page.fragment
            if spread := spread_on(page, parts):
                yield spread.at
                continue
            done = as_set(page, parts)
            for place in done.starts[:1] if done else ():
                if place.chapter in readers:
                    at = readers[place.chapter].position(place)
        yield at


def spread_on(page: BookPage, parts: Sequence[Part]) -> Spread | None:
    """The picture over two pages of which a half is on that page."""
    if page.fragment is None:
        return None
    n = page.index // 2
    return next(iter(parts[page.fragment].spreads[n : n + 1]), None)


@dataclass(frozen=True, slots=True)
class _Text:
    """A block without blocks in it, with its letters. code: as it is written"""

    line: int
    letters: str
    code: str = ""


class Reader:
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
            # What opens it is a line of its own.
            line += _lines(text.code, place.letters)
        return Position(self._chapter.path, line)

    @cached_property
    def _texts(self) -> list[_Text]:
        blocks = walk_blocks(self._chapter.blocks)
        texts = (text for block in blocks for text in _texts(block))
        # Terms come with their list, before all that is said of them.
        known = (text for text in texts if text.letters and text.line)
        return sorted(known, key=lambda text: text.line)

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


def _texts(block: Block) -> Iterator[_Text]:
    match block:
        case CodeBlock(text=code, line=line):
            yield _Text(line, letters(code), code)
        case Heading(number=number, line=line, children=children):
            yield _Text(line, letters(number + plain_text(children)))
        case DefinitionList(items=items):
            terms = (item for item in items if isinstance(item, Term))
            for term in terms:
                yield _Text(term.line, letters(plain_text(term.children)))
        case _:
            # What has no line has no words of its own.
            line = getattr(block, "line", 0)
            yield _Text(line, letters(plain_text(own_inlines(block))))


def _lines(code: str, before: int) -> int:
    """How many lines of it come before so many letters."""
    for n, line in enumerate(code.splitlines(), 1):
        count = len(letters(line))
        if before < count:
            return n
        before -= count
    return 0
