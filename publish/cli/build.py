"""`publish build`."""

import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publish.cli.clean import the_store
from publish.cli.options import (
    edition_option,
    json_option,
    no_cache_option,
    output_option,
    place_argument,
)
from publish.cli.screen import Progress, door, show
from publish.cli.taken import Count, OneOf
from publish.cli.usage import Command
from publish.cli.write import write
from publish.problems import PublishError
from publish.report import Report, report_json, summary
from publish.wanted import Wanted

if TYPE_CHECKING:
    from publish.builds import Workshop
    from publish.crew import Executor
    from publish.store import Store

FORMATS = ("epub", "pdf")
# What sets pages takes half a second to be loaded, in which others can read the book.
_SETS = ("publish.pdf.typeset",)


@click.command("build", cls=Command)
@place_argument("book")
@edition_option("Make this edition only.")
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    type=OneOf(FORMATS),
    help="Make this format only.",
)
@click.option(
    "--only",
    metavar="CHAPTER",
    default=None,
    help="Show the pages of this chapter alone, as they are in the whole PDF.",
)
@click.option(
    "--draft",
    is_flag=True,
    help="The same pages, without what only a finished file needs.",
)
@output_option()
@click.option(
    "-j",
    "--jobs",
    type=Count(),
    default=None,
    help="Processes at the same time; without it, one for each processor.",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    default="",
    help="Let a Dask cluster do the work, such as tcp://press:8786.",
)
@click.option(
    "--shelf",
    "is_shelf",
    is_flag=True,
    help="Every folder in BOOK is a book, even if none has a book.toml.",
)
@no_cache_option
@json_option
def build_command(
    book: Path,
    editions: tuple[str, ...],
    formats: tuple[str, ...],
    only: str | None,
    draft: bool,
    output: Path,
    jobs: int | None,
    cluster: str,
    is_shelf: bool,
    no_cache: bool,
    as_json: bool,
) -> None:
    """Build the book in the folder BOOK; without BOOK, in this one.

    BOOK may also be a book.toml or one file of text, or a shelf: a folder with books
    in it, each of which is built into a folder of its own. CHAPTER is a file, with or
    without its folder and ending, or a title. -e and -f may be given more than once.
    """
    if only is not None and not only.strip():
        raise click.BadParameter("say which chapter", param_hint="--only")
    # What a build makes lives until it ends: the collector would look and find nothing.
    gc.disable()
    wanted = Wanted(editions, formats, only or "", draft)
    store = None if no_cache else the_store()
    with door(Progress(quiet=as_json)) as progress:
        if books := _books(book, is_shelf):
            from publish.cli.shelf import ShelfBuild  # noqa: PLC0415

            if only:
                raise click.UsageError(f"--only is for one book; `{book}` has several")
            shelf = {path.relative_to(book): path for path in books}
            # The books are kept, and what they are made of by those who make them.
            hands = partial(_workshop, None, jobs, cluster)
            build = ShelfBuild(shelf, output, as_json)
            failed = build.run(wanted, store, hands, progress)
        else:
            needed = () if set(formats) == {"epub"} else _SETS
            hands = partial(_workshop, store, jobs, cluster, needed)
            report = _report(book, wanted, store, hands, progress)
            report, paths = write(report, output)
            progress.end()
            _tell(report, paths, as_json)
            failed = report.failed
    sys.exit(failed)


def _books(folder: Path, is_shelf: bool) -> tuple[Path, ...]:
    """The books of a shelf; none where *folder* is a book."""
    said = folder.is_dir() and not (folder / "book.toml").is_file()
    if not is_shelf and not (said and any(folder.rglob("book.toml"))):
        return ()
    from publish.manuscript import books_below  # noqa: PLC0415

    if is_shelf and not said:
        message = f"`{folder}` is itself a book; leave out --shelf"
        raise click.BadParameter(message, param_hint="BOOK")
    books = books_below(folder, is_shelf=is_shelf)
    if is_shelf and not books:
        raise click.BadParameter(f"there is no book in `{folder}`", param_hint="BOOK")
    return books


@contextmanager
def _workshop(
    store: "Store | None",
    jobs: int | None,
    address: str,
    modules: Sequence[str] = (),
) -> "Iterator[Executor]":
    from publish.workshop import workshop  # noqa: PLC0415

    with workshop(store, jobs or 0, address, modules=modules) as executor:
        yield executor


def _report(
    book: Path,
    wanted: Wanted,
    store: "Store | None",
    workshop: "Workshop",
    progress: Progress,
) -> Report:
    from publish.builds import made  # noqa: PLC0415

    try:
        return made(book, wanted, store, workshop, progress.step)
    except PublishError as error:
        return Report((), error.problems)


def _tell(report: Report, paths: Sequence[Path], as_json: bool) -> None:
    if as_json:
        click.echo(report_json(report))
        return
    for path in paths:
        click.echo(path)
    show(report.problems)
    click.echo(summary(report), err=True)
