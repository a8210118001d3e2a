"""A PDF made for the first time, beside two other ways to the same pages."""

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


def cold(bench: Bench, book: Path) -> Iterator[Row | str]:
    sides: dict[str, Side] = {
        OURS: lambda: bench.cold(book, Format.PDF),
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
    yield from _beside_one_piece(what, found)
    if PANDOC in found:
        yield Row(
            what=what,
            unit="s",
            ours=seconds(found[OURS]),
            theirs=seconds(found[PANDOC]),
            beside=PANDOC,
            aim=0.45,
            pages=(found[OURS][-1].pages, found[PANDOC][-1].pages),
            cpu=cpu_ratio(found[OURS], found[PANDOC]),
            runs=((PANDOC, found[PANDOC]),),
        )


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
