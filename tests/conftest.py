"""Fixtures shared by every test: books on disk, whole books, and golden files."""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from publish.crew import Here
from publish.pipeline import build
from publish.report import Report

TESTS = Path(__file__).parent
CASES = TESTS / "cases"
GOLDEN = TESTS / "golden"

# The whole books of this checkout.
GUIDE = TESTS.parent / "manuscript"
LAMP = TESTS / "books" / "lamp"
NAMELESS = TESTS / "books" / "nameless"


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that a test asks for does its work here: processes of its own take longer
    to begin than most of these books to be made. Those of fixtures for several tests,
    and those of the command, have some."""
    monkeypatch.setattr("publish.pipeline.workshop", lambda: nullcontext(Here()))


BOOK_TOML = """\
[book]
title = "The Lamp"
language = "en"
people = [{ name = "A. Keeper" }]
"""


@dataclass(frozen=True, slots=True)
class Whole:
    """A book that was built with all its editions.

    epub, pdf: the files
    """

    report: Report
    epub: Path
    pdf: Path


WriteBook = Callable[[Mapping[str, str | bytes]], Path]
BuildWhole = Callable[[Path], Whole]
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


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> BuildWhole:
    """Build the book in a folder that no test changes; once, however many ask."""

    @cache
    def built(book: Path) -> Whole:
        folder = tmp_path_factory.mktemp(book.name)
        report = build(book)
        for artifact in report.artifacts:
            (folder / artifact.name).write_bytes(artifact.data)
        files = {path.suffix: path for path in folder.iterdir()}
        return Whole(report, files[".epub"], files[".pdf"])

    return built


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
