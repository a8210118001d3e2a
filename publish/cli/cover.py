"""`publish cover`."""

import sys
from functools import partial
from pathlib import Path

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
from publish.cli.taken import Count
from publish.cli.usage import Command
from publish.cli.write import write
from publish.problems import PublishError
from publish.report import Report, report_json


@click.command("cover", cls=Command)
@place_argument("book")
@edition_option("For this edition only.")
@click.option(
    "--pages",
    type=Count(),
    default=None,
    help="Make the spine for so many pages, without counting those of the book.",
)
@click.option(
    "--guides",
    is_flag=True,
    help="Make a cover for print once more, with its folds and edges drawn.",
)
@output_option()
@no_cache_option
@json_option
def cover_command(
    book: Path,
    editions: tuple[str, ...],
    pages: int | None,
    guides: bool,
    output: Path,
    no_cache: bool,
    as_json: bool,
) -> None:
    """Make the cover of the e-book as a picture of its own, which shops want.

    It is the one in the EPUB of the book in the folder BOOK: your picture, or the one
    that is made of title and authors. For an edition that is printed, make back, spine
    and front as one PDF; its pages are counted for that. -e may be given more than
    once.
    """
    from publish.covering import Asked, cover_editions  # noqa: PLC0415
    from publish.workshop import workshop  # noqa: PLC0415

    store = None if no_cache else the_store()
    asked = Asked(editions, pages or 0, guides)
    with door(Progress(quiet=as_json)) as progress:
        progress.step("making the cover")
        try:
            report = cover_editions(
                book, asked, store, partial(workshop, store), progress.step
            )
        except PublishError as error:
            report = Report((), error.problems)
        report, paths = write(report, output)
    if as_json:
        click.echo(report_json(report))
    else:
        for path in paths:
            click.echo(path)
        show(report.problems)
    sys.exit(report.failed)
