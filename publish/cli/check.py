"""`publish check`."""

import sys
from pathlib import Path

import click

from publish.cli.screen import Progress, door, show
from publish.problems import Severity
from publish.report import Report, in_order, report_json


@click.command("check")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--strict", is_flag=True, help="Fail for warnings, too.")
@click.option("--json", "as_json", is_flag=True, help="Say everything as JSON.")
def check_command(file: Path, strict: bool, as_json: bool) -> None:
    """Check FILE, an EPUB of anyone's: by the rules of publish, which need nothing
    else; by EPUBCheck (needs Java) and Ace (needs Node) where they are installed.
    """
    from publish.check import check_finished  # noqa: PLC0415

    if file.suffix.lower() != ".epub":
        raise click.BadParameter(f"`{file}` is no EPUB", param_hint="FILE")
    with door(Progress(quiet=as_json)) as progress:
        progress.step(f"checking {file}")
        report = Report((), in_order(check_finished(file)))
    found = {problem.severity for problem in report.problems} - {Severity.NOTE}
    if as_json:
        click.echo(report_json(report))
    else:
        show(report.problems)
        if not found:
            click.echo(f"{file}: no errors, no warnings", err=True)
    sys.exit(report.failed or (strict and bool(found)))
