"""Every book: what it costs as EPUB and as PDF, and what is wrong with what is made."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from publish.model import Format
from publish.problems import PublishError
from tests.benchmarks.builds import Build, build
from tests.benchmarks.fonts import families
from tests.benchmarks.judges import verdicts
from tests.benchmarks.rival import beside_pandoc
from tests.benchmarks.rows import Row, figures_of
from tests.benchmarks.share import Share, share
from tests.benchmarks.shelf import Contents, books, contents
from tests.benchmarks.subject import Figures, Options, say

# The book that Pandoc makes too: the longest that needs no dialect of another tool.
RIVAL_BOOK = "learn-go"


def measure(options: Options) -> Figures:
    """The tables of all books, and below them what does not fit into a table."""
    said: list[str] = []
    wanted = dict(_wanted(options, said))
    for first in list(wanted)[:1]:
        # What is made once on a machine, like the fonts' instances, is no book's cost.
        build(first, Format.PDF, options.folder / "warm-up")
    figures = figures_of(_rows(wanted, options.folder, said), said)
    for book in wanted:
        if book.name == RIVAL_BOOK:
            figures += beside_pandoc(book, options)
    return figures


def _wanted(options: Options, said: list[str]) -> Iterator[tuple[Path, Contents]]:
    for book in books(options.corpora):
        if options.only in ("", book.name):
            try:
                yield book, contents(book)
            except PublishError as error:
                said.append(f"skipped {book}: {error.problems[0].message}")


def _rows(wanted: Mapping[Path, Contents], folder: Path, said: list[str]) -> list[Row]:
    rows = [_row(book, size, folder) for book, size in wanted.items()]
    # Last, and of all at once: a judge takes longer to start than a book takes.
    judged = verdicts([(row.epub, row.pdf) for row in rows], said)
    return [
        replace(row, verdict=verdict) for row, verdict in zip(rows, judged, strict=True)
    ]


def _row(book: Path, size: Contents, folder: Path) -> Row:
    say(f"{book.name} …")
    # By name: two books may have the same title, and so the same file.
    epub = build(book, Format.EPUB, folder / book.name)
    pdf = build(book, Format.PDF, folder / book.name)
    fonts = families(pdf.path) if pdf.path else ()
    return Row(book.name, size, epub, pdf, _shares(book, epub, pdf), fonts)


def _shares(book: Path, epub: Build, pdf: Build) -> Mapping[Format, Share]:
    """Of each format that can be made."""
    there = {Format.EPUB: epub.path, Format.PDF: pdf.path}
    found = {made: share(book, made) for made, path in there.items() if path}
    return {made: of_check for made, of_check in found.items() if of_check}
