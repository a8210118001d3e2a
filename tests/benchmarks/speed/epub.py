"""An EPUB made for the first time, beside Pandoc."""

import os
from collections.abc import Iterator
from pathlib import Path

from publish.model import Format
from tests.benchmarks.rival import OFFLINE, epub_command, pandoc_program
from tests.benchmarks.speed.bench import Bench, in_turn
from tests.benchmarks.speed.rows import Row, cpu_ratio, megabytes, seconds

OURS, PANDOC = "publish", "Pandoc"


def epub(bench: Bench, book: Path) -> Iterator[Row | str]:
    pandoc = pandoc_program()
    if pandoc is None:
        yield "Pandoc is not there: pypandoc_binary is not installed"
        return
    made = bench.folder / "pandoc" / f"{book.name}.epub"
    command = epub_command(book, pandoc, made)
    sides = {
        OURS: lambda: bench.cold(book, Format.EPUB),
        PANDOC: lambda: bench.by(command, made, {**os.environ, **OFFLINE}, book),
    }
    what = f"EPUB of {book.name}, cold"
    found = in_turn(what, sides, bench.runs)
    for unit, figures, aim in (("s", seconds, 0.25), ("MB", megabytes, 0.35)):
        yield Row(
            what=what,
            unit=unit,
            ours=figures(found[OURS]),
            theirs=figures(found[PANDOC]),
            beside=PANDOC,
            aim=aim,
            cpu=cpu_ratio(found[OURS], found[PANDOC]) if unit == "s" else None,
            runs=tuple(found.items()) if unit == "s" else (),
        )
