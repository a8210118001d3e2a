"""Notes are numbered as a reader meets them, and none is lost."""

from dataclasses import replace

from publish.model import (
    Attributes,
    Chapter,
    Element,
    Note,
    NoteReference,
)
from publish.transform.notes import number_notes
from publish.walk import chapter_inlines
from tests.trees import book, chapter, paragraph, read, read_one


def numbered(before: Chapter | str) -> Chapter:
    one = read_one(before) if isinstance(before, str) else before
    return number_notes(book(one)).chapters[0]


def calls(after: Chapter) -> list[tuple[str, int, int]]:
    """Label, number and occurrence of each call, those in notes after the text's."""
    return [
        (inline.label, inline.number, inline.occurrence)
        for inline in chapter_inlines(after)
        if isinstance(inline, NoteReference)
    ]


def labels(after: Chapter) -> list[str]:
    return [note.label for note in after.notes]


def test_notes_stand_in_the_order_of_their_calls() -> None:
    oil, wick = Note("oil", (paragraph("Oil."),), 3), Note("wick", (), 5)
    line = paragraph(NoteReference("wick", 1), NoteReference("oil", 1))
    before = replace(chapter(line), notes=(oil, wick))

    after = paragraph(
        NoteReference("wick", 1, 1, mark="1"), NoteReference("oil", 1, 2, mark="2")
    )
    called = (replace(wick, mark="1"), replace(oil, mark="2"))
    notes = tuple(replace(note, calls=(False,)) for note in called)
    assert numbered(before) == replace(before, blocks=(after,), notes=notes)


def test_marks_are_in_the_digits_of_the_chapter_s_language() -> None:
    line = paragraph(NoteReference("oil", 1))
    before = replace(chapter(line), language="fa", notes=(Note("oil", (), 3),))

    (note,) = numbered(before).notes

    assert note.mark == "۱"


def test_a_note_that_is_called_twice_has_one_number() -> None:
    after = numbered("a[^x] b[^y] c[^x]\n\n[^x]: X\n\n[^y]: Y\n")

    assert calls(after) == [("x", 1, 1), ("y", 2, 1), ("x", 1, 2)]
    assert labels(after) == ["x", "y"]


def test_notes_that_notes_call_come_after_those_of_the_text() -> None:
    after = numbered("a[^x] b[^z]\n\n[^x]: X[^y]\n\n[^y]: Y[^x][^y]\n\n[^z]: Z\n")

    assert labels(after) == ["x", "z", "y"]
    assert calls(after) == [
        ("x", 1, 1),
        ("z", 2, 1),
        ("y", 3, 1),
        ("x", 1, 2),
        ("y", 3, 2),
    ]


def test_calls_count_in_the_order_of_the_text_wherever_they_stand() -> None:
    text = (
        "# A[^1]\n\n> b[^2]\n\n- c[^3]\n\n| d[^4] |\n|---|\n| e[^5] |\n\n"
        "F[^6]\n: g[^7]\n\n*h **i[^8]***\n\n"
        + "".join(f"[^{n}]: note\n\n" for n in range(8, 0, -1))
    )

    after = numbered(text)

    assert labels(after) == ["1", "2", "3", "4", "5", "6", "7", "8"]


def test_a_note_that_nothing_calls_is_set_at_the_end_of_its_chapter() -> None:
    used, unused = Note("a", (), 3), Note("b", (paragraph("B."),), 5)
    line = paragraph(NoteReference("a", 1, 1, mark="1"))
    before = replace(chapter(line), notes=(unused, used))

    kept = Element("div", unused.children, 5, Attributes(classes=("uncalled-note",)))
    assert numbered(before) == replace(
        before, blocks=(line, kept), notes=(replace(used, mark="1", calls=(False,)),)
    )


def test_a_note_that_only_an_uncalled_note_calls_is_still_a_note() -> None:
    after = numbered("a\n\n[^y]: Y\n\n[^x]: X[^y]\n")

    assert [type(block).__name__ for block in after.blocks] == ["Paragraph", "Element"]
    assert calls(after) == [("y", 1, 1)]
    assert labels(after) == ["y"]


def test_uncalled_notes_that_call_each_other_are_all_there() -> None:
    after = numbered("a\n\n[^x]: X[^y]\n\n[^y]: Y[^x]\n")

    assert calls(after) == [("y", 1, 1), ("x", 2, 1), ("y", 1, 2)]
    assert labels(after) == ["y", "x"]


def test_each_chapter_counts_for_itself() -> None:
    one = read_one("a[^x]\n\n[^x]: X\n")

    after = number_notes(book(one, one))

    assert [calls(c) for c in after.chapters] == [[("x", 1, 1)]] * 2


def test_a_call_without_its_note_is_left_as_it_is() -> None:
    before = replace(
        chapter(paragraph(NoteReference("gone", 1))), notes=(Note("x", (), 2),)
    )

    assert calls(numbered(before)) == [("gone", 0, 1)]


def test_a_note_called_in_two_chapters_of_a_split_book_is_a_note_of_both() -> None:
    text = "# A\n\na[^x]\n\n# B\n\nb[^x]\n\n# C\n\nc\n\n[^x]: X[^y]\n\n[^y]: Y\n"

    after = number_notes(read(text))

    assert [labels(c) for c in after.chapters] == [["x", "y"], ["x", "y"], []]
    assert [calls(c) for c in after.chapters] == [
        [("x", 1, 1), ("y", 2, 1)],
        [("x", 1, 1), ("y", 2, 1)],
        [],
    ]


def test_ten_thousand_notes_take_no_time() -> None:
    notes = tuple(Note(str(n), (paragraph("x"),), 1) for n in range(10_000))
    line = paragraph(*(NoteReference(note.label, 1) for note in notes))

    after = numbered(replace(chapter(line), notes=notes))

    assert calls(after)[-1] == ("9999", 10_000, 1)
