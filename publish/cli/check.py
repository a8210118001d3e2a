"""`publish check`."""

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publish.cli.clean import the_store
from publish.cli.screen import Progress, door, show
from publish.problems import CommandError, Severity
from publish.report import Report, counted, in_order, report_json
from publish.wanted import Wanted

if TYPE_CHECKING:
    from publish.check import Shop


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


# Finished files that nothing here can check.
_OTHERS = frozenset({".pdf", ".azw3", ".mobi", ".kfx"})


@click.command("check")
@click.argument(
    "what", type=click.Path(path_type=Path, exists=True), default=Path(), required=False
)
@click.option(
    "-e", "--edition", "editions", multiple=True, help="Check this edition only."
)
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
    what: Path,
    editions: tuple[str, ...],
    shops: tuple[str, ...],
    strict: bool,
    as_json: bool,
) -> None:
    """Check WHAT, the folder of a book or any EPUB; without WHAT, the book in this one.

    A book is built, and nothing is written. An EPUB is checked by the rules of
    publish, which need nothing else; by EPUBCheck (needs Java) and Ace (needs Node)
    where they are installed.
    """
    from publish.check import load_shop  # noqa: PLC0415

    if what.suffix.lower() in _OTHERS:
        raise click.BadParameter(f"`{what}` is no EPUB and no book", param_hint="WHAT")
    is_finished = what.suffix.lower() == ".epub" and what.is_file()
    if is_finished and editions:
        raise click.UsageError("-e is for a book; an EPUB is one edition")
    asked = [load_shop(name) for name in shops]
    with door(Progress(quiet=as_json)) as progress:
        if is_finished:
            report = _finished(what, asked, progress)
        else:
            report = _manuscript(what, editions, asked, progress)
    found = {problem.severity for problem in report.problems} - {Severity.NOTE}
    if as_json:
        click.echo(report_json(report))
    else:
        show(report.problems)
        click.echo(f"{what}: {counted(report) or 'no errors, no warnings'}", err=True)
    sys.exit(report.failed or (strict and bool(found)))


def _finished(file: Path, shops: "Sequence[Shop]", progress: Progress) -> Report:
    from publish.check import check_finished  # noqa: PLC0415

    progress.step(f"checking {file}")
    return Report((), in_order(check_finished(file, shops)))


def _manuscript(
    book: Path,
    editions: tuple[str, ...],
    shops: "Sequence[Shop]",
    progress: Progress,
) -> Report:
    from publish.builds import made  # noqa: PLC0415
    from publish.checking import checked  # noqa: PLC0415
    from publish.workshop import workshop  # noqa: PLC0415

    store = the_store()
    hands = partial(workshop, store)
    # A shop asks for an e-book.
    wanted = Wanted(editions, ("epub",) if shops else ())
    try:
        report = made(book, wanted, store, hands, progress.step)
    except CommandError as error:
        raise click.UsageError(str(error)) from error
    return checked(report, shops, progress.step)
