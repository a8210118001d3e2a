"""Fixtures shared by every test: books on disk, and golden files."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases"
GOLDEN = Path(__file__).parent / "golden"

BOOK_TOML = """\
[book]
title = "The Lamp"
language = "en"
people = [{ name = "A. Keeper" }]
"""

WriteBook = Callable[[Mapping[str, str | bytes]], Path]
Golden = Callable[[str, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="accept new output")


@pytest.fixture
def write_book(tmp_path: Path) -> WriteBook:
    """Write a book from {file name: text}; gives its folder."""

    def write(files: Mapping[str, str | bytes]) -> Path:
        folder = tmp_path / "book"
        for name, content in ({"book.toml": BOOK_TOML} | dict(files)).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            data = content.encode() if isinstance(content, str) else content
            path.write_bytes(data)
        return folder

    return write


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare text with a file of tests/golden/, or write it with --update-golden."""

    def compare(name: str, actual: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(actual, encoding="utf-8")
        assert actual == path.read_text(encoding="utf-8")

    return compare
