"""`publish cover`."""

import sys
from pathlib import Path

import click

from publish.cli.screen import Progress, door, show
from publish.cli.write import write
from publish.problems import CommandError, PublishError
from publish.report import Report, report_json


@click.command("cover")
@click.argument(
    "book", type=click.Path(path_type=Path, exists=True), default=Path(), required=False
)
@click.option(
    "-e", "--edition", "editions", multiple=True, help="For this edition only."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("dist"),
    show_default=True,
    help="Folder for the finished files.",
)
@click.option("--json", "as_json", is_flag=True, help="Say everything as JSON.")
def cover_command(
    book: Path, editions: tuple[str, ...], output: Path, as_json: bool
) -> None:
    """Make the cover of the e-book as a picture of its own, which shops want.

    It is the one in the EPUB of the book in the folder BOOK: your picture, or the one
    that is made of title and authors.
    """
    from publish.covers import make_covers  # noqa: PLC0415

    with door(Progress(quiet=as_json)) as progress:
        progress.step("making the cover")
        try:
            report = make_covers(book, editions)
        except CommandError as error:
            raise click.UsageError(str(error)) from error
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
