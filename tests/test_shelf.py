"""A folder of books is told from a book of folders."""

from pathlib import Path

import pytest

from publish.manuscript import books_below

BOOK = "[book]\ntitle = 'A'\n"


def shelf(folder: Path, *files: str) -> Path:
    for file in files:
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(BOOK if file.endswith(".toml") else "# A\n", encoding="utf-8")
    return folder


def names(folder: Path, *, is_shelf: bool = False) -> list[str]:
    found = books_below(folder, is_shelf=is_shelf)
    return [book.relative_to(folder).as_posix() for book in found]


@pytest.mark.parametrize(
    ("files", "books"),
    [
        # One of them says that it is a book: so are the others.
        (("b/book.toml", "b/1.md", "a/1.md", "c/x.png"), ["a", "b"]),
        (("README.md", "LICENSE.txt", "b/book.toml", "b/1.md"), ["b"]),
        (("10/book.toml", "9/book.toml", "s/2/book.toml"), ["9", "10", "s/2"]),
        # Chapters in folders, with and without a page above them.
        (("a/book.toml", "b/README.md", "b/1/1.md", "b/2/1.md"), ["a", "b"]),
        (("a/book.toml", "b/README.md", "b/1/book.toml"), ["a", "b/1"]),
        (("a/book.toml", "b/SUMMARY.md", "b/src/1.md"), ["a", "b"]),
        (("a/book.toml", ".b/book.toml", "_c/book.toml", "node_modules/d.md"), ["a"]),
        # Each of these is one book.
        (("book.toml", "a/book.toml"), []),
        (("1.md", "a/book.toml"), []),
        (("SUMMARY.md", "a/book.toml"), []),
        (("1/1.md", "2/1.md"), []),
        (("1.md",), []),
        ((), []),
    ],
)
def test_a_shelf_is_told_from_a_book(
    tmp_path: Path, files: tuple[str, ...], books: list[str]
) -> None:
    assert names(shelf(tmp_path, *files)) == books


def test_a_folder_is_a_shelf_where_someone_says_so(tmp_path: Path) -> None:
    folder = shelf(tmp_path, "1.md", "b/1.md", "a/README.md", "a/1/1.md")

    assert names(folder, is_shelf=True) == ["a", "b"]


def test_a_link_to_a_folder_is_no_book(tmp_path: Path) -> None:
    folder = shelf(tmp_path, "a/book.toml")
    (folder / "b").symlink_to(folder, target_is_directory=True)

    assert names(folder) == ["a"]
