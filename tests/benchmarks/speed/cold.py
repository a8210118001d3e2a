"""A PDF made for the first time, beside three other ways to the same pages."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from publish.model import Format
from tests.benchmarks.builds import Build
from tests.benchmarks.rival import OFFLINE, pandoc_program
from tests.benchmarks.speed.bench import Bench, Side, in_turn
from tests.benchmarks.speed.pandoc import pdf_command
from tests.benchmarks.speed.rows import Row, cpu_ratio, megabytes, seconds, sizes

OURS, WHOLE, PANDOC = "publish", "in one piece", "Pandoc → WeasyPrint"
GREEDY = "line by line"


def cold(bench: Bench, book: Path) -> Iterator[Row | str]:
    sides: dict[str, Side] = {
        OURS: lambda: bench.cold(book, Format.PDF),
        GREEDY: lambda: _line_by_line(bench, book),
        WHOLE: lambda: one_piece(bench, book),
    }
    if pandoc := pandoc_program():
        made = bench.folder / "pandoc" / f"{book.name}.pdf"
        command = pdf_command(book, pandoc, made)
        online = {**os.environ, **OFFLINE}
        sides[PANDOC] = lambda: bench.by(command, made, online)
    else:
        yield "Pandoc is not there: pypandoc_binary is not installed"
    what = f"PDF of {book.name}, cold"
    found = in_turn(what, sides, bench.few)
    yield _beside(GREEDY, 1.35, what, found)
    yield from _beside_one_piece(what, found)
    if PANDOC in found:
        yield _beside(PANDOC, 0.45, what, found)


def _beside(other: str, aim: float, what: str, found: dict[str, list[Build]]) -> Row:
    ours, theirs = found[OURS], found[other]
    return Row(
        what=what,
        unit="s",
        ours=seconds(ours),
        theirs=seconds(theirs),
        beside=other,
        aim=aim,
        pages=(ours[-1].pages, theirs[-1].pages),
        cpu=cpu_ratio(ours, theirs),
        runs=((other, theirs),),
    )


def _line_by_line(bench: Bench, book: Path) -> Build:
    made = bench.folder / "line-by-line" / f"{book.name}.pdf"
    program = [sys.executable, "-m", "tests.benchmarks.speed.line_by_line"]
    return bench.by([*program, str(book), str(made)], made)


def one_piece(bench: Bench, book: Path, *opening: str) -> Build:
    """By WeasyPrint alone, in a process of its own."""
    made = bench.folder / "one-piece" / f"{book.name}.pdf"
    program = [sys.executable, "-m", "tests.benchmarks.speed.one_piece"]
    return bench.by([*program, str(book), str(made), *opening], made)


def _beside_one_piece(what: str, found: dict[str, list[Build]]) -> Iterator[Row]:
    ours, theirs = found[OURS], found[WHOLE]
    for unit, figures, aim in (
        ("s", seconds, 0.45),
        ("MB", megabytes, 0.35),
        ("MB of file", sizes, 1.05),
    ):
        yield Row(
            what=what,
            unit=unit,
            ours=figures(ours),
            theirs=figures(theirs),
            beside=WHOLE,
            aim=aim,
            pages=(ours[-1].pages, theirs[-1].pages),
            cpu=cpu_ratio(ours, theirs) if unit == "s" else None,
            # Once is enough.
            runs=((OURS, ours), (WHOLE, theirs)) if unit == "s" else (),
        )
