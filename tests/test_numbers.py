"""What is counted, and how."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from publish.model import Attributes, Book, Chapter, Heading, Matter, Role
from publish.transform.numbers import number_headings
from publish.walk import walk_blocks
from tests.trees import CHAPTERS, SECTIONS, book, chapter, heading, paragraph, read_one


def made(role: Role = Role.CHAPTER, depth: int = 0, numbered: bool = True) -> Chapter:
    one = chapter(heading(1, "A"))
    return replace(one, role=role, depth=depth, numbered=numbered)


def chapter_numbers(chapters: Iterable[Chapter]) -> list[str]:
    before = book(*chapters, numbering=CHAPTERS)
    return [chapter.number for chapter in number_headings(before).chapters]


def heading_numbers(after: Book) -> list[str]:
    return [
        block.number
        for one in after.chapters
        for block in walk_blocks(one.blocks)
        if isinstance(block, Heading)
    ]


def test_sections_are_numbered_within_their_chapter_to_the_third_level() -> None:
    levels = (1, 2, 3, 3, 4, 2, 3)
    before = chapter(*(heading(level, "x") for level in levels), paragraph("words"))

    after = number_headings(book(before, before, numbering=SECTIONS))

    numbers = ("1", "1.1", "1.1.1", "1.1.2", "", "1.2", "1.2.1")
    blocks = (heading(i, "x", number=n) for i, n in zip(levels, numbers, strict=True))
    assert after.chapters[0] == replace(
        before, blocks=(*blocks, paragraph("words")), number="1", count="1"
    )
    assert heading_numbers(after)[7:] == [n and f"2{n[1:]}" for n in numbers]


def test_only_chapters_are_numbered_where_the_book_asks_for_no_more() -> None:
    before = book(read_one("# A\n\n## B\n\n### C\n"), numbering=CHAPTERS)

    assert heading_numbers(number_headings(before)) == ["1", "", ""]


def test_a_book_without_numbers_stays_as_it_is() -> None:
    before = book(read_one("# A\n\n## B\n"))

    assert number_headings(before) is before


def test_what_is_no_chapter_does_not_count() -> None:
    chapters = [
        made(Role.PREFACE),
        made(Role.PART),
        made(),
        made(numbered=False),
        made(Role.PART),
        made(),
        made(Role.EPILOGUE),
    ]

    assert chapter_numbers(chapters) == ["", "", "1", "", "", "2", ""]


def test_chapters_count_on_through_parts() -> None:
    chapters = [made(Role.PART), made(depth=1), made(Role.PART), made(depth=1)]

    assert chapter_numbers(chapters) == ["", "1", "", "2"]


def test_a_chapter_below_another_bears_its_number() -> None:
    depths = [0, 1, 1, 2, 0, 1, 2, 2]

    numbers = chapter_numbers(made(depth=depth) for depth in depths)

    assert numbers == ["1", "1.1", "1.2", "1.2.1", "2", "2.1", "2.1.1", "2.1.2"]


def test_a_chapter_below_one_without_a_number_counts_with_all() -> None:
    chapters = [made(), made(numbered=False), made(depth=1), made()]

    assert chapter_numbers(chapters) == ["1", "", "2", "3"]


def test_no_number_is_given_to_a_section_and_to_a_chapter_below() -> None:
    upper = read_one("# A\n\n## B\n\n## C\n")
    lower = replace(read_one("# D\n\n## E\n"), depth=1)

    before = book(upper, lower, lower, numbering=SECTIONS)
    after = number_headings(before)

    assert heading_numbers(after) == ["1", "1.1", "1.2", "1.3", "1.3.1", "1.4", "1.4.1"]


def test_appendices_have_letters() -> None:
    chapters = [made(), *(made(Role.APPENDIX) for _ in range(28)), made()]

    numbers = chapter_numbers(chapters)

    assert [*numbers[:3], *numbers[26:]] == ["1", "A", "B", "Z", "AA", "AB", "2"]


def test_only_the_text_of_a_book_has_numbers() -> None:
    before, behind = (replace(made(), matter=m) for m in (Matter.FRONT, Matter.BACK))

    numbers = chapter_numbers([before, made(), behind, made(Role.APPENDIX)])

    assert numbers == ["", "1", "", "A"]


def test_sections_of_an_appendix_begin_with_its_letter() -> None:
    appendix = replace(read_one("# A\n\n## B\n"), role=Role.APPENDIX)

    after = number_headings(book(appendix, numbering=SECTIONS))

    assert heading_numbers(after) == ["A", "A.1"]


@pytest.mark.parametrize("mark", ["{.unnumbered}", "{-}"])
def test_a_section_may_go_without_a_number(mark: str) -> None:
    before = read_one(f"# A\n\n## B\n\n## C {mark}\n\n## D\n")

    after = number_headings(book(before, numbering=SECTIONS))

    assert heading_numbers(after) == ["1", "1.1", "", "1.2"]


def test_a_chapter_whose_title_says_so_does_not_count() -> None:
    bare = Heading(1, (), 1, Attributes(classes=("unnumbered",)))

    chapters = [made(), replace(made(), blocks=(bare, heading(2, "x"))), made()]
    before = book(*chapters, numbering=SECTIONS)

    assert heading_numbers(number_headings(before)) == ["1", "", "", "2"]


def test_a_chapter_without_a_heading_counts_all_the_same() -> None:
    silent = chapter(paragraph("words"))

    assert chapter_numbers([made(), silent, made()]) == ["1", "2", "3"]


def test_numbers_are_in_the_digits_of_the_book_s_language() -> None:
    before = book(chapter(heading(1, "یک"), heading(2, "دو")), numbering=SECTIONS)
    persian = replace(before, metadata=replace(before.metadata, language="fa"))

    (after,) = number_headings(persian).chapters

    assert [getattr(block, "number", "") for block in after.blocks] == ["۱", "۱.۱"]
