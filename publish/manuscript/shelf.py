"""Whether a folder holds a book or a shelf of books, and which."""

from collections.abc import Iterator
from pathlib import Path

from publish.files import FOREIGN_FOLDERS
from publish.manuscript.folder import (
    Folder,
    is_text,
    natural_key,
    stem,
)
from publish.manuscript.natural import is_about
from publish.manuscript.orders import read_other_order


def books_below(folder: Path, *, is_shelf: bool = False) -> tuple[Path, ...]:
    """The folders of the books of a shelf, in natural order of their paths; empty for a
    folder that is a book itself.

    is_shelf: whether someone said so. Else a shelf is known by a `book.toml` further
        down and by having neither an order of files nor a text of its own: without
        any `book.toml` a book in many folders looks like many books.
    """
    if not is_shelf and _is_book(folder):
        return ()
    books = sorted(_below(folder), key=lambda book: natural_key(book.as_posix()))
    said = is_shelf or any(map(_says_book, books))
    return tuple(books) if said else ()


def _below(folder: Path) -> Iterator[Path]:
    for path in _folders(folder):
        # Folders of books are told from folders of chapters by a `book.toml` in them.
        if _is_book(path):
            yield path
        elif any(path.rglob("*/book.toml")):
            yield from _below(path)
        elif Folder(path).files:
            yield path


def _folders(folder: Path) -> Iterator[Path]:
    try:
        inside = list(folder.iterdir())
    except OSError:
        # What cannot be read is no book.
        return
    for path in inside:
        own = not path.name.startswith((".", "_")) and path.name not in FOREIGN_FOLDERS
        # A link may lead round in a circle.
        if own and path.is_dir() and not path.is_symlink():
            yield path


def _is_book(folder: Path) -> bool:
    if _says_book(folder) or read_other_order(Folder(folder), None):
        return True
    return not all(is_about(name) or _is_first(name) for name in _texts(folder))


def _says_book(folder: Path) -> bool:
    return (folder / "book.toml").is_file()


def _texts(folder: Path) -> list[str]:
    """The files of text that lie in *folder* itself."""
    try:
        names = [path.name for path in folder.iterdir() if path.is_file()]
    except OSError:
        return []
    return [name for name in names if is_text(name) and name[0] not in "._"]


def _is_first(name: str) -> bool:
    return stem(name).casefold() == "readme"
