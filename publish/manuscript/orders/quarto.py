"""Quarto's `_quarto.yml`: https://quarto.org/docs/books/book-structure.html"""

from collections.abc import Iterator
from typing import Any

from publish.manuscript.book_data import facts_of
from publish.manuscript.folder import Folder, is_text
from publish.manuscript.listing import Entry, Listing
from publish.manuscript.orders.yaml_file import line_of, read_yaml_file
from publish.manuscript.settings import Settings
from publish.model import Matter, Role

_FILES = ("_quarto.yml", "_quarto.yaml")


def read_quarto(folder: Folder) -> Listing | None:
    """The chapters and appendices of `book:`, with its parts."""
    file = next((file for file in _FILES if folder.has(file)), "")
    if not file:
        return None
    settings, problems = read_yaml_file(folder, file)
    book = settings.values.get("book")
    if not isinstance(book, dict):
        return None
    text, _ = folder.read(file)
    reader = _Reader(folder, file, text)
    entries = (
        *reader.entries(book.get("chapters"), Matter.BODY),
        *reader.entries(book.get("appendices"), Matter.BACK),
    )
    if not entries:
        return None
    # What is said of the book stands under `book`, its language beside it.
    said = Settings({**settings.values, **book})
    return Listing(
        by=file,
        tool="Quarto",
        entries=entries,
        facts=facts_of(said),
        index=next((entry.name for entry in entries if entry.name), ""),
        problems=problems,
    )


class _Reader:
    """Turns Quarto's lists into entries, keeping count of lines."""

    def __init__(self, folder: Folder, file: str, text: str) -> None:
        self._folder = folder
        self._file = file
        self._text = text
        self._line = 0

    def entries(self, said: Any, matter: Matter, depth: int = 0) -> Iterator[Entry]:
        for item in said if isinstance(said, list) else ():
            match item:
                case str():
                    yield self._entry(item, matter, depth)
                case {"part": str(title)}:
                    yield self._part(title, matter, depth)
                    yield from self.entries(item.get("chapters"), matter, depth + 1)
                case {"file": str(name)} | {"href": str(name)}:
                    yield self._entry(name, matter, depth, item.get("text"))

    def _entry(
        self, name: str, matter: Matter, depth: int, label: object = None
    ) -> Entry:
        self._line = line_of(self._text, name, self._line) or self._line
        return Entry(
            name=name,
            at=self._folder.at(self._file, self._line),
            label=label if isinstance(label, str) else "",
            role=Role.APPENDIX if matter is Matter.BACK else None,
            matter=matter,
            depth=depth,
        )

    def _part(self, title: str, matter: Matter, depth: int) -> Entry:
        self._line = line_of(self._text, title, self._line) or self._line
        return Entry(
            name=title if is_text(title) else "",
            at=self._folder.at(self._file, self._line),
            title="" if is_text(title) else title,
            role=Role.PART,
            matter=matter,
            depth=depth,
        )
