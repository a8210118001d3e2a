"""Where the notes of an edition stand."""

import zipfile
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from publish.check import check_epubs
from publish.model import (
    Book,
    Chapter,
    Edition,
    Format,
    Heading,
    Matter,
    NoteList,
    NotePlace,
    NoteReference,
    Role,
)
from publish.pipeline import build
from publish.transform import transform
from publish.transform.edition import for_edition
from publish.transform.endnotes import gather_notes
from publish.walk import chapter_inlines, plain_text
from tests.tagged import tag_lines
from tests.trees import METADATA, read
from tests.verapdf import faults
from tests.writing import write

ONE = "# One\n\na[^x] b[^y]\n\n[^x]: X[^z]\n\n[^y]: Y\n\n[^z]: Z\n"
TWO = "# Two\n\na[^x]\n\n[^x]: Twice\n"


def made(*texts: str, language: str = "en") -> Book:
    files = {f"{n}.md": text for n, text in enumerate(texts, 1)}
    return transform(read(files, replace(METADATA, language=language)))


def written(book: Book) -> list[Chapter]:
    return [chapter for chapter in book.chapters if not chapter.generated]


def lists(chapter: Chapter) -> list[tuple[int, str, list[str]]]:
    """Group, calling chapter and labels of each list of notes."""
    return [
        (block.group, block.chapter, [note.label for note in block.notes])
        for block in chapter.blocks
        if isinstance(block, NoteList)
    ]


def calls(chapter: Chapter) -> set[tuple[str, int]]:
    """Where the notes of the calls stand."""
    found = (i for i in chapter_inlines(chapter) if isinstance(i, NoteReference))
    return {(call.chapter, call.group) for call in found}


def test_notes_at_the_foot_stay_where_they_are() -> None:
    before = made(ONE)

    assert gather_notes(before, NotePlace.FOOT) == before


def test_notes_end_their_chapter() -> None:
    (one,) = written(gather_notes(made(ONE), NotePlace.CHAPTER))

    assert lists(one) == [(0, one.name, ["x", "y", "z"])]
    assert one.notes == ()
    assert calls(one) == {("", 0)}


def test_notes_end_the_book_by_chapters() -> None:
    after = gather_notes(made(ONE, "# None\n\nx", TWO), NotePlace.BOOK)

    notes = after.chapters[-1]
    one, _, two = written(after)
    assert (notes.role, notes.title, notes.matter) == (
        Role.NOTES,
        "Notes",
        Matter.BACK,
    )
    assert lists(notes) == [(1, one.name, ["x", "y", "z"]), (2, two.name, ["x"])]
    heads = [b for b in notes.blocks if isinstance(b, Heading)]
    assert [plain_text(head.children) for head in heads] == ["Notes", "One", "Two"]
    assert calls(one) == {(notes.name, 1)}
    assert calls(two) == {(notes.name, 2)}
    # One note calls another.
    assert calls(notes) == {(notes.name, 1)}


def test_the_notes_of_a_book_stand_before_its_index() -> None:
    before = made(ONE, "# Index\n\nx")
    last = replace(before.chapters[-1], role=Role.INDEX, matter=Matter.BACK)

    after = gather_notes(
        replace(before, chapters=(*before.chapters[:-1], last)), NotePlace.BOOK
    )

    assert [c.role for c in after.chapters[-2:]] == [Role.NOTES, Role.INDEX]


def test_notes_go_where_there_is_room_for_them() -> None:
    text = ONE.replace("[^x]: X", "::: notes\n:::\n\nThe end.\n\n[^x]: X")

    (one,) = written(gather_notes(made(text), NotePlace.CHAPTER))

    assert isinstance(one.blocks[2], NoteList)
    assert [note.label for note in one.blocks[2].notes] == ["x", "y", "z"]


def test_the_notes_of_a_book_go_into_the_chapter_that_has_room() -> None:
    after = gather_notes(
        made(ONE, TWO, "# All the notes\n\n::: notes\n:::\n"), NotePlace.BOOK
    )

    *_, room = written(after)
    assert after.chapters[-1] is room
    assert [group for group, _, _ in lists(room)] == [1, 2]


def test_room_that_an_edition_does_not_use_is_left_out() -> None:
    text = "# A\n\n::: notes\n:::\n\na[^x]\n\n[^x]: X\n"

    (one,) = written(gather_notes(made(text), NotePlace.FOOT))

    assert lists(one) == []
    assert len(one.notes) == 1


def test_a_chapter_for_notes_is_left_out_where_they_stand_elsewhere() -> None:
    before = made(ONE, "# All the notes\n\n::: notes\n:::\n")

    foot, end = (
        for_edition(before, Edition("print", Format.PDF, notes=place))
        for place in (NotePlace.FOOT, NotePlace.BOOK)
    )

    assert len(written(end)) == len(written(foot)) + 1


def test_notes_in_another_language_than_the_book_say_so() -> None:
    before = made(ONE, TWO)
    chapters = tuple(
        replace(c, language="fa") if c.title == "Two" else c for c in before.chapters
    )

    notes = gather_notes(replace(before, chapters=chapters), NotePlace.BOOK).chapters[
        -1
    ]

    said = [b.attributes.rest for b in notes.blocks if isinstance(b, NoteList)]
    assert said == [(), (("dir", "rtl"), ("lang", "fa"))]


@pytest.mark.parametrize("place", NotePlace)
def test_a_book_without_notes_has_no_page_for_them(place: NotePlace) -> None:
    before = made("# A\n\nx")

    assert gather_notes(before, place) == before


def test_each_edition_has_its_own_way() -> None:
    before = made(ONE)
    print_ = Edition("print", Format.PDF, notes=NotePlace.BOOK, depth=1)

    after = for_edition(before, print_)

    assert [entry.title for entry in after.contents] == ["One", "Notes"]
    assert for_edition(before, Edition("ebook", Format.EPUB)) == before


TOML = """\
[book]
title = "The Lamp"
language = "en"
people = ["Ada Bell"]
numbering = "chapters"

[contents]
body = ["*.md"]

[editions.ebook]
format = "epub"
notes = "book"

[editions.chapters]
format = "pdf"
notes = "chapter"

[editions.book]
format = "pdf"
notes = "book"
"""


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A book with its notes in other places than the foot, by editions."""
    folder = tmp_path_factory.mktemp("endnotes")
    report = build(
        write(folder / "book", {"book.toml": TOML, "1.md": ONE, "2.md": TWO})
    )
    assert report.problems == ()
    for artifact in report.artifacts:
        (folder / artifact.name).write_bytes(artifact.data)
    names = ("ebook.epub", "chapters.pdf", "book.pdf")
    return {name: folder / f"the-lamp-{name}" for name in names}


def test_checkers_find_nothing(editions: dict[str, Path]) -> None:
    assert [str(p) for ps in check_epubs([editions["ebook.epub"]]) for p in ps] == []
    assert faults([editions["chapters.pdf"], editions["book.pdf"]]) == [[], []]


def test_a_call_leads_to_its_note_and_the_note_back(editions: dict[str, Path]) -> None:
    with zipfile.ZipFile(editions["ebook.epub"]) as epub:
        two = next(name for name in epub.namelist() if "two" in name)
        calling = epub.read(two).decode()
        notes = epub.read("EPUB/text/notes.xhtml").decode()

    assert 'href="notes.xhtml#fn2-1" id="r1"' in calling
    assert 'id="fn2-1"' in notes
    assert f'href="{Path(two).name}#r1" role="doc-backlink"' in notes


@pytest.mark.parametrize("name", ["chapters.pdf", "book.pdf"])
def test_notes_are_notes_to_those_who_listen(
    editions: dict[str, Path], name: str
) -> None:
    lines = tag_lines(editions[name].read_bytes())

    assert sum(line.strip().startswith("Note") for line in lines) == 4
    # Of the text five, and one in a note.
    assert sum(line.strip() == "Reference" for line in lines) >= 4


def test_the_notes_of_the_book_have_the_titles_of_their_chapters(
    editions: dict[str, Path],
) -> None:
    with pypdfium2.PdfDocument(editions["book.pdf"]) as pdf:
        last = pdf[len(pdf) - 1].get_textpage().get_text_bounded().split()

    assert [word for word in last if word[0].isalpha()] == [
        "Notes",
        "One",
        *("X", "Y", "Z"),
        "Two",
        "Twice",
    ]
