"""Every book as an EPUB by us and by Pandoc, and the pages that ours list."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from publish.problems import PublishError
from tests.benchmarks.epub.paging import pages_of
from tests.benchmarks.epub.rows import Row, figures_of
from tests.benchmarks.epub.sides import by_both, judged
from tests.benchmarks.rival import pandoc_program
from tests.benchmarks.shelf import books
from tests.benchmarks.speed.bench import Bench, NothingMadeError
from tests.benchmarks.subject import Figures, Options

# What the files do not say by themselves, or one side alone understands.
KNOWN = {
    "electric-book": "its pictures come by tags of Liquid, which neither side knows",
    "mdlearn-fa": "of one picture Pandoc shows the HTML",
    "py-rse": "its pictures come by chunks of R, which neither side runs",
}


def measure(options: Options) -> Figures:
    """Two tables, and below each what does not fit into it."""
    wanted = [b for b in books(options.corpora) if options.only in ("", b.name)]
    return _beside_pandoc(wanted, options) + pages_of(wanted, options.folder)


def _beside_pandoc(wanted: list[Path], options: Options) -> Figures:
    pandoc = pandoc_program()
    if pandoc is None:
        return Figures("- skipped Pandoc: pypandoc_binary is not installed", {})
    said: list[str] = []
    bench = Bench(options.corpora, options.folder, options.runs)
    rows = list(_rows(wanted, pandoc, bench, said))
    # All at once, for a judge takes longer to start than a book takes; but apart, for
    # one that fails at theirs is still to be heard of ours.
    ours = judged([row.ours for row in rows], said)
    theirs = judged([row.theirs for row in rows], said)
    rows = [
        replace(row, ours=one, theirs=other)
        for row, one, other in zip(rows, ours, theirs, strict=True)
    ]
    return figures_of(rows, options.runs, said)


def _rows(
    wanted: list[Path], pandoc: Path, bench: Bench, said: list[str]
) -> Iterator[Row]:
    for first in wanted[:1]:
        bench.warm_up(first)
    for book in wanted:
        try:
            yield Row(book.name, *by_both(book, pandoc, bench, said))
            if book.name in KNOWN:
                said.append(f"{book.name}: {KNOWN[book.name]}")
        except PublishError as error:
            said.append(f"skipped {book}: {error.problems[0].message}")
        except NothingMadeError as error:
            said.append(f"skipped {book}: {error}")
