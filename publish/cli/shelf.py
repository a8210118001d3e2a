"""`publish build` for a folder of books: each book apart, and a table at the end."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publish.builds import Workshop
from publish.cli.screen import Progress, show
from publish.cli.write import write
from publish.problems import PublishError, Severity
from publish.report import Report, report_data, summary
from publish.shelf import build_shelf
from publish.wanted import Wanted

if TYPE_CHECKING:
    from publish.store import Store


@dataclass(frozen=True, slots=True)
class Row:
    """What the table says of a book. place: on the shelf"""

    place: Path
    files: int
    pages: int
    errors: int
    warnings: int


@dataclass(slots=True)
class ShelfBuild:
    """One run for many books.

    books: by their places on the shelf, which are those of their folders in *output*
    """

    books: Mapping[Path, Path]
    output: Path
    as_json: bool
    rows: list[Row] = field(default_factory=list)
    data: list[dict[str, object]] = field(default_factory=list)

    def run(
        self,
        wanted: Wanted,
        store: "Store | None",
        workshop: Workshop,
        progress: Progress,
    ) -> bool:
        """Build them all. Whether something is wrong with one of them."""
        places = {folder: place for place, folder in self.books.items()}
        folders = tuple(self.books.values())
        progress.step(f"0 of {len(folders)} books")
        try:
            with workshop() as executor:
                for folder, report in build_shelf(folders, wanted, store, executor):
                    progress.end()
                    self._take(places[folder], report)
                    progress.step(f"{len(self.rows)} of {len(folders)} books")
        except PublishError as error:
            progress.end()
            self._end(Report((), error.problems))
            return True
        progress.end()
        self._end(Report((), ()))
        made = any(row.files for row in self.rows)
        return not made or any(row.errors for row in self.rows)

    def _take(self, place: Path, report: Report) -> None:
        """A book that is made is there, whatever becomes of the next."""
        report, paths = write(report, self.output / place)
        self.rows.append(_row(place, report))
        if self.as_json:
            self.data.append({"folder": place.as_posix(), **report_data(report)})
            return
        for path in paths:
            click.echo(path)
        show(report.problems)
        click.echo(f"{place.as_posix()}: {summary(report)}", err=True)

    def _end(self, report: Report) -> None:
        """report: of what has to do with all books"""
        order = [place.as_posix() for place in self.books]
        if self.as_json:
            books = sorted(self.data, key=lambda b: order.index(str(b["folder"])))
            problems = report_data(report)["problems"]
            data = {"books": books, "problems": problems}
            click.echo(json.dumps(data, ensure_ascii=False, indent=2))
            return
        show(report.problems)
        rows = sorted(self.rows, key=lambda row: order.index(row.place.as_posix()))
        if rows:
            click.echo("\n".join(("", *table(rows))), err=True)


def _row(place: Path, report: Report) -> Row:
    said = Counter(problem.severity for problem in report.problems)
    pages = sum(artifact.pages for artifact in report.artifacts)
    errors, warnings = said[Severity.ERROR], said[Severity.WARNING]
    return Row(place, len(report.artifacts), pages, errors, warnings)


def table(rows: Sequence[Row]) -> Iterator[str]:
    """The lines of it, and one below that counts the books."""
    names = [row.place.as_posix() for row in rows]
    width = max(map(len, ("book", *names)))
    yield f"{'book':{width}}  files  pages  errors  warnings"
    for name, row in zip(names, rows, strict=True):
        counts = f"{row.files:>5}  {row.pages:>5}  {row.errors:>6}  {row.warnings:>8}"
        yield f"{name:{width}}  {counts}"
    failed = sum(1 for row in rows if row.errors)
    books = "1 book" if len(rows) == 1 else f"{len(rows)} books"
    yield f"{books}, {failed or 'none'} with errors"
