"""`publish check`."""

import sys
from pathlib import Path

import click

from publish.cli.screen import Progress, door, show
from publish.problems import Severity
from publish.report import Report, in_order, report_json


def _known(
    _context: click.Context, _parameter: click.Parameter, shops: tuple[str, ...]
) -> tuple[str, ...]:
    """The names of shops as their profiles have them; a wrong one gets a guess."""
    from publish.check import guess_shop, shop_names  # noqa: PLC0415

    names = shop_names() if shops else []
    for shop in shops:
        if shop.casefold() not in names:
            guess = guess_shop(shop)
            hint = f"; did you mean `{guess}`?" if guess else ""
            known = ", ".join(names)
            raise click.BadParameter(f"there is no shop `{shop}` in {known}{hint}")
    return tuple(dict.fromkeys(map(str.casefold, shops)))


@click.command("check")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--for",
    "shops",
    multiple=True,
    metavar="SHOP",
    callback=_known,
    help="Say what this shop would do with it: apple, bn, google, kindle, kobo,"
    " tolino; repeatable.",
)
@click.option("--strict", is_flag=True, help="Fail for warnings, too.")
@click.option("--json", "as_json", is_flag=True, help="Say everything as JSON.")
def check_command(
    file: Path, shops: tuple[str, ...], strict: bool, as_json: bool
) -> None:
    """Check FILE, an EPUB of anyone's: by the rules of publish, which need nothing
    else; by EPUBCheck (needs Java) and Ace (needs Node) where they are installed.
    """
    from publish.check import check_finished, load_shop  # noqa: PLC0415

    if file.suffix.lower() != ".epub":
        raise click.BadParameter(f"`{file}` is no EPUB", param_hint="FILE")
    with door(Progress(quiet=as_json)) as progress:
        progress.step(f"checking {file}")
        asked = [load_shop(name) for name in shops]
        report = Report((), in_order(check_finished(file, asked)))
    found = {problem.severity for problem in report.problems} - {Severity.NOTE}
    if as_json:
        click.echo(report_json(report))
    else:
        show(report.problems)
        if not found:
            click.echo(f"{file}: no errors, no warnings", err=True)
    sys.exit(report.failed or (strict and bool(found)))
