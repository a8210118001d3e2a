"""Which blocks stop WeasyPrint, found by laying out as little as can be."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from publish.model import (
    Block,
    Blocks,
    Book,
    Chapter,
    CodeBlock,
    Note,
    Paragraph,
    Quote,
    Text,
)
from publish.pdf.failing import without_failing
from publish.walk import chapter_blocks
from tests.trees import book, chapter, paragraph

BAD = CodeBlock("bad\n", 7)
GOOD = tuple(paragraph(f"good {n}") for n in range(64))


class Press:
    """Lays out nothing and counts what it was given."""

    def __init__(self, fails: Callable[[list[Block]], bool]) -> None:
        self.fails = fails
        self.blocks = 0

    def sets(self, made: Book) -> bool:
        blocks = [block for one in made.chapters for block in chapter_blocks(one)]
        self.blocks += len(blocks)
        return not self.fails(blocks)


def mended(one: Chapter, *others: Chapter, press: Press) -> tuple[Chapter, list[int]]:
    """The first chapter, and the lines of all problems."""
    after, problems = without_failing(book(one, *others), press.sets)
    return after.chapters[0], [problem.at.line for problem in problems]


@pytest.mark.parametrize("place", [0, 1, 31, 32, 63, 64])
def test_one_failing_block_becomes_a_plain_paragraph_and_the_others_stay(
    place: int,
) -> None:
    press = Press(lambda blocks: BAD in blocks)

    after, lines = mended(chapter(*GOOD[:place], BAD, *GOOD[place:]), press=press)

    plain = Paragraph((Text("bad"),), 7)
    assert after.blocks == (*GOOD[:place], plain, *GOOD[place:])
    assert lines == [7]


@pytest.mark.parametrize("place", [0, 31, 64])
def test_at_most_three_times_the_chapter_is_laid_out(place: int) -> None:
    press = Press(lambda blocks: BAD in blocks)

    mended(chapter(*GOOD[:place], BAD, *GOOD[place:]), press=press)

    assert press.blocks <= 3 * 65 + 2


def test_every_failing_block_is_found() -> None:
    press = Press(lambda blocks: BAD in blocks)
    blocks: Blocks = (BAD, *GOOD[:20], BAD, *GOOD[20:40], Quote((*GOOD[40:], BAD), 5))

    after, lines = mended(chapter(*blocks), press=press)

    assert lines == [7, 7, 7]
    assert BAD not in chapter_blocks(after)
    assert sum(block in GOOD for block in chapter_blocks(after)) == len(GOOD)


def test_failing_note_is_mended_and_the_text_stays() -> None:
    press = Press(lambda blocks: BAD in blocks)
    notes = (Note("a", (GOOD[0],), 3), Note("b", (BAD,), 7))
    one = replace(chapter(*GOOD), notes=notes)

    after, lines = mended(one, press=press)

    assert after.blocks == GOOD
    assert after.notes[0] == notes[0]
    assert lines == [7]


def test_where_only_two_together_fail_the_chapter_becomes_plain() -> None:
    other = CodeBlock("worse\n", 9)
    press = Press(lambda blocks: BAD in blocks and other in blocks)

    after, lines = mended(chapter(BAD, *GOOD, other), press=press)

    assert press.sets(book(after))
    assert sorted(lines) == [7, 9]


@pytest.mark.parametrize("bad", [chapter(BAD), chapter(*GOOD, *GOOD, BAD)])
def test_chapters_that_can_be_set_stay(bad: Chapter) -> None:
    press = Press(lambda blocks: BAD in blocks)
    good = chapter(*GOOD, source="two.md")

    after, problems = without_failing(book(good, bad, good), press.sets)

    assert after.chapters[0] is good
    assert after.chapters[2] is good
    assert press.sets(after)
    assert [problem.at.line for problem in problems] == [7]


def test_book_that_fails_for_no_chapter_stays_as_it_is() -> None:
    whole = book(chapter(*GOOD), chapter(*GOOD, source="two.md"))

    after, problems = without_failing(whole, lambda made: len(made.chapters) == 1)

    assert after == whole
    assert problems == ()
