"""A file that is a whole book falls into its chapters."""

from dataclasses import replace

import pytest

from publish.model import Book, Heading, Metadata, Person, Role
from publish.walk import plain_text
from tests.trees import METADATA, read

ALICE = """\
# Title: The Lamp

## Author: Ada Bell

## Year: 1865

-------

## Chapter 1 - Oil

It burned.

## Chapter 2 - Wicks

### At night

It glowed.

## Chapter 3

It went out.
"""


def shape(book: Book) -> list[tuple[Role, int, list[str]]]:
    """Role and depth of each chapter, and its headings."""
    return [
        (
            chapter.role,
            chapter.depth,
            [plain_text(b.children) for b in chapter.blocks if isinstance(b, Heading)],
        )
        for chapter in book.chapters
    ]


def headings(book: Book) -> list[list[str]]:
    return [titles for _, _, titles in shape(book)]


def test_chapters_begin_at_the_shallowest_level_with_three_headings() -> None:
    book = read(ALICE)

    assert shape(book) == [
        (Role.CHAPTER, 0, ["Chapter 1 - Oil"]),
        (Role.CHAPTER, 0, ["Chapter 2 - Wicks", "At night"]),
        (Role.CHAPTER, 0, ["Chapter 3"]),
    ]


def test_headings_in_front_that_state_a_fact_become_metadata() -> None:
    book = read(ALICE)

    people = (Person("Ada Bell"),)
    assert book.metadata == replace(METADATA, people=people, published="1865")


def test_every_kind_of_fact_is_known() -> None:
    facts = ["Subtitle: A Year", "TRANSLATOR: Bo", "editor : Cy"]
    facts += ["author: Al & Di", "Author: Ed"]
    text = "".join(f"## {fact}\n\n" for fact in facts)

    book = read(f"{text}# A\n\na\n\n# B\n\n# C\n")

    people = (
        Person("Bo", "trl"),
        Person("Cy", "edt"),
        Person("Al & Di"),
        Person("Ed"),
    )
    assert book.metadata == replace(METADATA, subtitle="A Year", people=people)
    assert headings(book) == [["A"], ["B"], ["C"]]


def test_what_book_data_says_is_not_said_again() -> None:
    said = replace(METADATA, people=(Person("Ada Bell"),), published="1865")

    assert read(ALICE, said).metadata == said


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("Year: 1865", replace(METADATA, published="1871")),
        ("Subtitle: A Year", replace(METADATA, subtitle="A Day")),
        ("Title: The Wick", METADATA),
        ("Date: the third of May", METADATA),
    ],
)
def test_a_fact_that_is_not_taken_up_stays_in_the_text(
    fact: str, said: Metadata
) -> None:
    book = read(f"## {fact}\n\n# A\n\n# B\n\n# C\n", said)

    assert book.metadata == said
    assert headings(book) == [[fact], ["A"], ["B"], ["C"]]


def test_the_chapters_of_a_diary_keep_their_dates() -> None:
    days = ["Date: 1897-05-03", "Date: 1897-05-04", "Date: 1897-05-05"]
    text = "".join(f"## {day}\n\nWords.\n\n" for day in days)

    book = read(f"# The Lamp\n\n{text}")

    assert headings(book) == [[day] for day in days]
    assert book.metadata == METADATA


def test_a_fact_behind_the_first_words_is_text() -> None:
    book = read("# A\n\nwords\n\n## Author: Ada Bell\n\n# B\n\n# C\n")

    assert headings(book) == [["A", "Author: Ada Bell"], ["B"], ["C"]]
    assert book.metadata == METADATA


def test_one_heading_above_the_chapters_is_the_title() -> None:
    book = read("# The Lamp\n\n## A\n\n## B\n\n## C\n")

    assert headings(book) == [["A"], ["B"], ["C"]]


def test_a_title_that_the_data_does_not_say_is_kept() -> None:
    book = read("# The Lamp of Oil\n\n## A\n\n## B\n\n## C\n")

    assert headings(book) == [["The Lamp of Oil"], ["A"], ["B"], ["C"]]


def test_several_headings_above_the_chapters_are_parts() -> None:
    text = "# Winter\n\n## A\n\n## B\n\n# Summer\n\nwords\n\n## C\n"

    assert shape(read(text)) == [
        (Role.PART, 0, ["Winter"]),
        (Role.CHAPTER, 1, ["A"]),
        (Role.CHAPTER, 1, ["B"]),
        (Role.PART, 0, ["Summer"]),
        (Role.CHAPTER, 1, ["C"]),
    ]


def test_the_title_is_no_part() -> None:
    text = "# The Lamp\n\n## A\n\n## B\n\n# Summer\n\n## C\n"

    assert shape(read(text)) == [
        (Role.CHAPTER, 0, ["A"]),
        (Role.CHAPTER, 0, ["B"]),
        (Role.PART, 0, ["Summer"]),
        (Role.CHAPTER, 1, ["C"]),
    ]


def test_chapters_before_the_first_part_stand_beside_the_parts() -> None:
    text = "## A\n\n# Winter\n\n## B\n\n## C\n"

    assert [depth for _, depth, _ in shape(read(text))] == [0, 0, 1, 1]


def test_text_before_the_first_chapter_is_an_introduction() -> None:
    book = read("# The Lamp\n\nFor Bo.\n\n## Foreword\n\n# A\n\n# B\n\n# C\n")

    # Four headings of level 1: the first is no title, whatever it says.
    assert shape(book)[0] == (Role.CHAPTER, 0, ["The Lamp", "Foreword"])

    book = read("## Foreword\n\nFor Bo.\n\n# A\n\n# B\n\n# C\n")

    assert shape(book)[0] == (Role.INTRODUCTION, 0, ["Foreword"])
    assert [chapter.numbered for chapter in book.chapters] == [False, True, True, True]


def test_rules_alone_before_the_first_chapter_are_no_introduction() -> None:
    assert headings(read("---\n\n***\n\n# A\n\n# B\n\n# C\n")) == [["A"], ["B"], ["C"]]


@pytest.mark.parametrize(
    "text", ["", "words\n", "# A\n\n# B\n", "# A\n\n## B\n\n## C\n\n### D\n"]
)
def test_fewer_than_three_headings_of_a_level_make_one_chapter(text: str) -> None:
    assert len(read(text).chapters) == 1


def test_facts_stay_in_a_text_that_is_not_split() -> None:
    book = read("# Author: Ada Bell\n\nwords\n")

    assert book.metadata == METADATA
    assert headings(book) == [["Author: Ada Bell"]]


def test_headings_in_quotations_are_no_chapters() -> None:
    assert len(read("> # A\n\n> # B\n\n> # C\n").chapters) == 1


def test_a_note_goes_where_it_is_called() -> None:
    text = (
        "# A\n\na[^1]\n\n# B\n\nb[^2] b[^1]\n\n# C\n\nc\n\n"
        "[^1]: One\n\n[^2]: Two[^3]\n\n[^3]: Three\n\n[^4]: Uncalled\n"
    )

    labels = [[note.label for note in c.notes] for c in read(text).chapters]

    assert labels == [["1"], ["2", "1", "3"], ["4"]]
