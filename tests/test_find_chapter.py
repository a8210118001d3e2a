"""A chapter is found by what an author would call it."""

from dataclasses import replace
from pathlib import Path

import pytest

from publish.find_chapter import chapter_word, find_chapter
from publish.model import Book
from publish.problems import UnknownChapterError
from publish.transform import transform
from tests.trees import METADATA, read

FILES = {
    "03-oil.md": "# Oil & Wicks\n",
    "part/04-glass.md": "# Glass\n",
    "part/intro.md": "# A part\n",
    "other/intro.md": "# Another\n",
    "other/05.v2.md": "# Ice\n",
    "لامپ.md": "# چراغ\n",
}


@pytest.fixture(scope="module")
def book() -> Book:
    made = read(FILES)
    # As from where the author stands.
    chapters = (replace(c, path=Path("my") / c.path) for c in made.chapters)
    return transform(replace(made, chapters=tuple(chapters)))


@pytest.mark.parametrize(
    ("named", "source"),
    [
        ("03-oil", "03-oil.md"),
        ("03-oil.md", "03-oil.md"),
        ("./03-oil.md", "03-oil.md"),
        ("my/03-oil.md", "03-oil.md"),
        ("03-OIL", "03-oil.md"),
        ("04-glass", "part/04-glass.md"),
        ("part/04-glass.md", "part/04-glass.md"),
        ("part\\04-glass.md", "part/04-glass.md"),
        ("part/intro", "part/intro.md"),
        ("05.v2", "other/05.v2.md"),
        ("oil & wicks", "03-oil.md"),
        ("Oil, wicks", "03-oil.md"),
        ("Another", "other/intro.md"),
        ("لامپ", "لامپ.md"),
        ("چراغ", "لامپ.md"),
        ("contents", ""),
    ],
)
def test_a_chapter_is_found_by_its_file_or_its_title(
    book: Book, named: str, source: str
) -> None:
    assert find_chapter(book, named).source == source


def test_a_path_from_the_root_is_a_path(book: Book) -> None:
    path = (Path("my") / "part" / "intro.md").absolute()

    assert find_chapter(book, str(path)).source == "part/intro.md"


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ("oil", "no chapter `oil`; there is `03-oil.md`"),
        ("04-gloss", "no chapter `04-gloss`; there is `part/04-glass.md`"),
        ("wrong/03-oil", "no chapter `wrong/03-oil`; there is `03-oil.md`"),
        ("intro", "`intro` may be `part/intro.md` or `other/intro.md`"),
        (
            "qqqqqqqq",
            "no chapter `qqqqqqqq`; there is `03-oil.md`, `part/04-glass.md`,"
            " `part/intro.md`, `other/intro.md`, `other/05.v2.md` and 1 more",
        ),
        ("", None),
        ("/", None),
        ("?", None),
    ],
)
def test_what_is_no_chapter_is_told_with_what_looks_like_it(
    book: Book, named: str, message: str | None
) -> None:
    with pytest.raises(UnknownChapterError) as caught:
        find_chapter(book, named)

    assert message is None or str(caught.value) == message


def test_chapters_of_one_file_are_found_by_their_titles() -> None:
    text = "# Lamps\n\n## Oil\n\n## Letter\n\n## Glass\n\n## Letter\n"
    book = transform(read(text, METADATA))

    assert find_chapter(book, "oil").title == "Oil"
    with pytest.raises(UnknownChapterError, match=r"^`Letter` may be `..-letter` or"):
        find_chapter(book, "Letter")
    with pytest.raises(UnknownChapterError, match=r"^`one.md` may be `..-"):
        find_chapter(book, "one.md")
    second = [c for c in book.chapters if c.title == "Letter"][1]
    assert find_chapter(book, second.name) is second
    assert chapter_word(second, book) == second.name


def test_a_finished_file_is_called_after_the_file(book: Book) -> None:
    words = [chapter_word(c, book) for c in book.chapters if c.source]

    assert words == ["03-oil", "04-glass", "part-intro", "other-intro", "05v2", "لامپ"]
