"""The benchmarks run and count right; what they measure is no test."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from publish.model import Format
from publish.problems import Position, Problem, Severity
from tests.benchmarks.books import HEADS, Row, figures_of
from tests.benchmarks.builds import Build, build, words_lost
from tests.benchmarks.measure import run
from tests.benchmarks.shelf import books, contents
from tests.benchmarks.table import table
from tests.writing import write

ALLOCATE = "x = bytearray(120_000_000)"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    lamp = "# Oil\n\nTrim the old lamp.\n\n![](gone.png)\n"
    folder = tmp_path_factory.mktemp("lamp")
    return write(folder, {"1.md": lamp, "2.md": "# Storm\n\nWind.\n"})


@pytest.fixture(scope="module")
def built(book: Path, tmp_path_factory: pytest.TempPathFactory) -> Build:
    return build(book, Format.EPUB, tmp_path_factory.mktemp("made"))


def _cells(row: Row) -> dict[str, str]:
    """The cells of a row of the table, by their heads."""
    line = figures_of([row], ()).text.splitlines()[2]
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    # The first of heads that occur twice is about the EPUB.
    return dict(reversed(list(zip(HEADS, cells, strict=True))))


def test_a_build_is_read_as_it_was_reported(built: Build) -> None:
    assert built.cost.status == 1
    assert built.path is not None
    assert built.path.stat().st_size > 0
    assert "no-picture" in {problem.code for problem in built.problems}


def test_a_row_says_what_was_measured(book: Path, built: Build) -> None:
    pdf = replace(built, pages=7)
    bad = Problem(Position(Path("a.epub")), "rsc-005", "wrong", severity=Severity.ERROR)

    cells = _cells(Row("lamp", contents(book), built, pdf, (bad,)))

    assert cells["book"] == "lamp"
    assert (cells["chapters"], cells["words"]) == ("2", "7")
    assert (cells["errors"], cells["pages"]) == ("1", "7")
    assert cells["EPUBCheck errors"] == "1"
    assert cells["MB"] == f"{built.cost.megabytes:.0f}"


def test_what_was_not_compared_is_not_called_nothing(book: Path, built: Build) -> None:
    pdf = Build(built.cost, None, 0, ())

    cells = _cells(Row("lamp", contents(book), built, pdf, None))

    assert (cells["lost: EPUB"], cells["lost: PDF"]) == ("0", "–")
    assert (cells["pages"], cells["EPUBCheck errors"]) == ("–", "–")


def test_a_missing_file_is_told_below_the_table(book: Path, built: Build) -> None:
    stopped = Problem(Position(Path("a.pdf")), "pdf-stopped", "it stopped")
    pdf = Build(built.cost, None, 0, (stopped,))

    figures = figures_of([Row("lamp", contents(book), built, pdf, None)], ["so"])

    assert figures.text.splitlines()[3:] == [
        "- so",
        "- lamp: a file is missing: it stopped",
    ]


def test_lost_words_are_counted_at_their_seam() -> None:
    one = "1 word of this file is not in the PDF: “oil”"
    twelve = "12 words of this file are not in the book: “a”, “b” and others"
    at = Position(Path("1.md"))

    lost = words_lost(Problem(at, "lost-words", said) for said in (one, twelve, one))

    assert lost == {"tree": 12, "EPUB": 0, "PDF": 2}


def test_memory_is_that_of_the_largest_process() -> None:
    start = (
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', {ALLOCATE!r}])"
    )

    assert run([sys.executable, "-c", start]).megabytes > 120


def test_memory_of_who_measures_does_not_count() -> None:
    large = bytearray(120_000_000)

    cost = run([sys.executable, "-c", "pass"])

    assert cost.megabytes < len(large) / 1_000_000


def test_a_missing_shelf_is_named(tmp_path: Path) -> None:
    assert tmp_path / "gone" in books(tmp_path / "gone")


def test_columns_of_figures_stand_to_the_right() -> None:
    assert table(("book", "pages"), [("The Lamp", "7")]) == (
        "| book     | pages |\n| -------- | ----: |\n| The Lamp |     7 |"
    )
