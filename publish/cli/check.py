"""`publish check`."""

import sys
from pathlib import Path

import click

from publish.cli.screen import Progress, door, show
from publish.report import Report, report_json


@click.command("check")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Say everything as JSON.")
def check_command(file: Path, as_json: bool) -> None:
    """Check FILE, an EPUB of anyone's, with EPUBCheck (needs Java)."""
    from publish.check import check_epub  # noqa: PLC0415

    if file.suffix.lower() != ".epub":
        raise click.BadParameter(f"`{file}` is no EPUB", param_hint="FILE")
    with door(Progress(quiet=as_json)) as progress:
        progress.step(f"checking {file}")
        report = Report((), check_epub(file))
    if as_json:
        click.echo(report_json(report))
    else:
        show(report.problems)
        if not report.problems:
            click.echo(f"{file}: no errors, no warnings", err=True)
    sys.exit(report.failed)
