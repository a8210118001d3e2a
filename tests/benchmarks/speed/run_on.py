"""A book whose chapters run on, beside one piece. No author can choose that yet."""

import sys
from collections.abc import Iterator
from pathlib import Path

from publish.style import Opening
from tests.benchmarks.speed.bench import Bench, in_turn
from tests.benchmarks.speed.cold import OURS, WHOLE, one_piece
from tests.benchmarks.speed.rows import Row, cpu_ratio, megabytes, seconds


def run_on(bench: Bench, book: Path) -> Iterator[Row]:
    made = bench.folder / "run-on" / f"{book.name}.pdf"
    program = [sys.executable, "-m", "tests.benchmarks.speed.in_fragments"]
    sides = {
        OURS: lambda: bench.by([*program, str(book), str(made), Opening.RUN_ON], made),
        WHOLE: lambda: one_piece(bench, book, Opening.RUN_ON),
    }
    what = f"PDF of {book.name} with run-on chapters"
    found = in_turn(what, sides, bench.few)
    for unit, figures in (("s", seconds), ("MB", megabytes)):
        yield Row(
            what=what,
            unit=unit,
            ours=figures(found[OURS]),
            theirs=figures(found[WHOLE]),
            beside=WHOLE,
            pages=(found[OURS][-1].pages, found[WHOLE][-1].pages),
            cpu=cpu_ratio(found[OURS], found[WHOLE]) if unit == "s" else None,
            runs=tuple(found.items()) if unit == "s" else (),
        )
