"""Answers stay in their exercises, or are gathered where the author wants them."""

from dataclasses import replace

from publish.as_written import as_written
from publish.check_book import check_book
from publish.model import Book, Division, DivisionKind, Heading, Link, Target
from publish.transform import transform
from publish.walk import chapter_blocks, chapter_inlines, own_inlines, plain_text
from publish.words.source import lost_in_tree
from tests.trees import CHAPTERS, METADATA, read, sources

ONE = """# One

::: {#exr-a}
How far?

::: answer
Far,[^n] as [said](#there).

[^n]: In miles.
:::
:::

## There
"""
TWO = """# Two

::: {#exr-b}
How long?
:::

::: {.answer of="exr-b"}
Long.
:::
"""
PLACE = "# Answers\n\n::: answers\n:::\n"


def made(*texts: str) -> Book:
    files = {f"{n}.md": text for n, text in enumerate(texts, 1)}
    return transform(replace(read(files), numbering=CHAPTERS))


def answers(book: Book) -> dict[str, list[str]]:
    """What each chapter's answers say, with their labels."""
    return {
        chapter.title: [
            " ".join(plain_text(own_inlines(b)) for b in (block, *block.children))
            for block in chapter_blocks(chapter)
            if isinstance(block, Division) and block.kind is DivisionKind.ANSWER
        ]
        for chapter in book.chapters
        if not chapter.generated
    }


def codes(book: Book) -> list[tuple[str, int, str]]:
    return [(str(p.at.path), p.at.line, p.code) for p in check_book(book)]


def test_answers_stay_where_they_are() -> None:
    book = made(ONE, TWO)

    assert answers(book) == {
        "One": ["Answer Far, as said."],
        "Two": ["Answer 2.1 Long."],
    }
    assert codes(book) == []


def test_a_division_gathers_the_answers_before_it() -> None:
    book = made(ONE, TWO, PLACE)

    assert answers(book) == {
        "One": [],
        "Two": [],
        "Answers": ["Answer 1.1 Far, as said.", "Answer 2.1 Long."],
    }
    assert codes(book) == []


def test_each_chapter_may_gather_its_own() -> None:
    place = "\n::: answers\n:::\n"
    book = made(ONE + place, TWO + place)

    assert [len(found) for found in answers(book).values()] == [1, 1]


def test_what_an_answer_leads_to_is_found_from_its_new_place() -> None:
    book = made(ONE, PLACE)
    one, last = book.chapters[-2:]

    links = [i for i in chapter_inlines(last) if isinstance(i, Link)]

    assert [link.target for link in links] == [
        Target(one.name, "exr-a"),
        Target(one.name, "there"),
    ]


def test_what_an_answer_says_of_itself_goes_along() -> None:
    text = ONE.replace("Far,[^n] as", "[Far]{#far},[^n] as [there](#far) and")

    book = made(text, PLACE)

    assert codes(book) == []


def test_answers_are_gathered_within_another_division_too() -> None:
    book = made(ONE, "# Answers\n\n::: {only=print}\n::: answers\n:::\n:::\n")

    assert [len(found) for found in answers(book).values()] == [0, 1]
    assert codes(book) == []


def test_notes_go_with_their_answer() -> None:
    book = made(ONE + "\nMore.[^m]\n\n[^m]: Stays.\n", PLACE)
    one, last = book.chapters[-2:]

    assert [note.mark for note in one.notes] == ["1"]
    assert [note.mark for note in last.notes] == ["1"]
    assert codes(book) == []


def test_a_note_that_the_chapter_calls_too_stays_with_it_as_well() -> None:
    book = made(ONE + "\nMore.[^n]\n", PLACE)

    assert [len(chapter.notes) for chapter in book.chapters[-2:]] == [1, 1]
    assert codes(book) == []


def test_an_answer_keeps_the_language_of_its_file() -> None:
    before = read({"1.md": ONE, "2.md": TWO, "3.md": PLACE})
    german = replace(before.chapters[0], language="de")

    book = transform(replace(before, chapters=(german, *before.chapters[1:])))

    gathered = [
        block.attributes.rest
        for block in chapter_blocks(book.chapters[-1])
        if isinstance(block, Division) and block.kind is DivisionKind.ANSWER
    ]
    assert gathered == [(("dir", "ltr"), ("lang", "de")), ()]


def test_no_word_of_an_answer_is_missed_in_its_file() -> None:
    book = made(ONE, PLACE)
    files = sources({"1.md": ONE, "2.md": PLACE})

    assert [*lost_in_tree(files, book.chapters, METADATA)] == []
    (lost,) = lost_in_tree(sources({"1.md": f"{ONE}\n\nmore"}), book.chapters, METADATA)
    assert "“more”" in lost.message


def test_what_is_wrong_in_an_answer_is_wrong_in_its_own_file() -> None:
    book = made(ONE.replace("#there", "#gone"), PLACE)

    assert codes(book) == [("1.md", 7, "dead-link")]


def test_an_answer_of_nothing_is_reported() -> None:
    book = made(TWO.replace('of="exr-b"', 'of="exr-c"'))

    assert codes(book) == [("1.md", 7, "dead-reference")]
    assert not any("@" in words for told in answers(book).values() for words in told)


def test_an_answer_whose_exercise_has_no_name_is_not_gathered() -> None:
    book = made(ONE.replace("{#exr-a}", "exercise"), PLACE)

    assert answers(book)["One"] == ["Answer Far, as said."]
    assert codes(book) == [("2.md", 3, "no-answers"), ("1.md", 6, "loose-answer")]


def test_nothing_else_moves() -> None:
    book = read({"1.md": ONE, "2.md": TWO})

    assert list(as_written(book.chapters)) == list(book.chapters)


def test_what_stands_in_the_division_comes_first() -> None:
    (chapter,) = made(f"{ONE}\n::: answers\n## All of them\n:::\n").chapters[-1:]
    place = chapter.blocks[-1]

    assert isinstance(place, Division)
    assert [type(block) for block in place.children] == [Heading, Division]
