"""`publish check`."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publish.cli.clean import the_store
from publish.cli.options import (
    edition_option,
    json_option,
    output_option,
    place_argument,
)
from publish.cli.screen import Progress, door, show
from publish.cli.usage import Command
from publish.problems import Position, Severity
from publish.report import Report, counted, in_order, report_json
from publish.wanted import Wanted

if TYPE_CHECKING:
    from publish.check import Shop
    from publish.model import Printer, Trim
    from publish.preflight import Request


def _known(
    _context: click.Context, _parameter: click.Parameter, names: tuple[str, ...]
) -> tuple[str, ...]:
    """The names of shops and printers as their profiles have them; a wrong one gets a
    guess."""
    from publish.printers import printer_names  # noqa: PLC0415
    from publish.shops import shop_names  # noqa: PLC0415

    known = [*shop_names(), *printer_names()] if names else []
    for name in names:
        if name.casefold() not in known:
            guess = get_close_matches(name.casefold(), known, n=1, cutoff=0.5)
            hint = f"; did you mean `{guess[0]}`?" if guess else ""
            there = ", ".join(known)
            message = f"there is no shop and no printer `{name}` in {there}{hint}"
            raise click.BadParameter(message)
    return tuple(dict.fromkeys(map(str.casefold, names)))


def _trim(
    _context: click.Context, _parameter: click.Parameter, words: str | None
) -> "Trim | None":
    from publish.lengths import trim_hint, trim_of  # noqa: PLC0415

    trim = trim_of(words) if words else None
    if words and trim is None:
        hint = trim_hint(words)
        message = f"`{words}` is no size like 6x9in, 148x210mm or A5"
        raise click.BadParameter(f"{message}; {hint}" if hint else message)
    return trim


# Finished files that nothing here can check.
_OTHERS = frozenset({".azw3", ".mobi", ".kfx"})


@click.command("check", cls=Command)
@place_argument("what")
@edition_option("Check this edition only.")
@click.option(
    "--for",
    "names",
    multiple=True,
    metavar="NAME",
    callback=_known,
    help="Say what this shop (apple, bn, google, kindle, kobo, tolino) or this printer"
    " (ingram, kdp, lulu, office) would do with it; repeatable.",
)
@click.option("--paper", metavar="NAME", help="The paper that a PDF is printed on.")
@click.option(
    "--trim",
    metavar="SIZE",
    callback=_trim,
    help="What the pages of a PDF are cut to, such as 6x9in.",
)
@click.option(
    "--right-to-left",
    "right_to_left",
    is_flag=True,
    help="A PDF is a book that is read from right to left.",
)
@click.option(
    "--layout",
    "is_layout",
    is_flag=True,
    help="Say what a compositor would mend on the pages of a book, and draw the worst.",
)
@output_option("Folder for the pictures of --layout.")
@click.option("--strict", is_flag=True, help="Fail for warnings, too.")
@json_option
def check_command(
    what: Path,
    editions: tuple[str, ...],
    names: tuple[str, ...],
    paper: str | None,
    trim: "Trim | None",
    right_to_left: bool,
    is_layout: bool,
    output: Path,
    strict: bool,
    as_json: bool,
) -> None:
    """Check WHAT, the folder of a book, any EPUB or any PDF that is to be printed;
    without WHAT, the book in this folder.

    A book is built, and nothing is written. An EPUB is checked by the rules of
    publish, which need nothing else; by EPUBCheck (needs Java) and Ace (needs Node)
    where they are installed. A PDF is checked as a printer would before it prints; what
    is not said of its size and paper is guessed.
    """
    ending = _ending(what)
    if ending and editions:
        raise click.UsageError("-e is for a book; a finished file is one edition")
    if ending != ".pdf" and (paper or trim or right_to_left):
        message = "--paper, --trim and --right-to-left are for a PDF; a book says it in"
        raise click.UsageError(f"{message} its book.toml")
    if is_layout and (ending or names):
        raise click.UsageError("--layout is for a book, and goes without --for")
    shops, printers = _shops(names), _printers(names)
    sheets: list[Path] = []
    with door(Progress(quiet=as_json)) as progress:
        if ending == ".pdf":
            _refuse([shop.name for shop in shops], "an EPUB")
            asked = _requests(printers, paper or "", trim, right_to_left)
            report = _pages(what, asked, progress)
        elif ending == ".epub":
            _refuse([printer.name for printer in printers], "a PDF")
            report = _finished(what, shops, progress)
        elif is_layout:
            report, sheets = _laid_out(what, editions, output, progress)
        else:
            report = _manuscript(what, editions, shops, printers, progress)
    found = {problem.severity for problem in report.problems} - {Severity.NOTE}
    if as_json:
        click.echo(report_json(report))
    else:
        _tell(what, report, sheets)
    sys.exit(report.failed or (strict and bool(found)))


def _ending(what: Path) -> str:
    """Of a finished file; empty for a book."""
    ending = what.suffix.lower()
    if ending in _OTHERS:
        message = f"`{what}` is no EPUB, no PDF and no book"
        raise click.BadParameter(message, param_hint="WHAT")
    return ending if what.is_file() and ending in {".epub", ".pdf"} else ""


def _tell(what: Path, report: Report, sheets: Sequence[Path]) -> None:
    for sheet in sheets:
        click.echo(sheet)
    show(report.problems)
    for line in _layout_lines(report):
        click.echo(line, err=True)
    click.echo(f"{what}: {counted(report) or 'no errors, no warnings'}", err=True)


def _shops(names: Sequence[str]) -> "list[Shop]":
    from publish.check import load_shop, shop_names  # noqa: PLC0415

    return [load_shop(name) for name in names if name in shop_names()]


def _printers(names: Sequence[str]) -> "list[Printer]":
    from publish.printers import load_printer, printer_names  # noqa: PLC0415

    return [load_printer(name) for name in names if name in printer_names()]


def _refuse(names: Sequence[str], wants: str) -> None:
    if names:
        message = f"{names[0]} takes {wants}, and this is none"
        raise click.BadParameter(message, param_hint="--for")


def _requests(
    printers: "Sequence[Printer]", paper: str, trim: "Trim | None", right_to_left: bool
) -> "list[Request]":
    """How a PDF is printed, as far as it was said."""
    from publish.preflight import Request  # noqa: PLC0415

    papers = [one.name for printer in printers for one in printer.papers]
    if paper and not printers:
        raise click.UsageError("--paper is a printer's: say whose with --for")
    if paper and paper not in papers:
        guess = get_close_matches(paper, papers, n=1)
        hint = f"did you mean `{guess[0]}`?" if guess else f"it has {', '.join(papers)}"
        message = f"{printers[0].name} has no paper `{paper}`; {hint}"
        raise click.BadParameter(message, param_hint="--paper")
    if not printers:
        return [Request(trim=trim, right_to_left=right_to_left)]
    return [
        Request(printer, paper, trim, right_to_left=right_to_left)
        for printer in printers
    ]


def _pages(file: Path, asked: "Sequence[Request]", progress: Progress) -> Report:
    from publish.preflight import preflight  # noqa: PLC0415

    progress.step(f"checking {file}")
    with file.open("rb") as opened:
        size = file.stat().st_size
        found = preflight(opened, size, asked, lambda _page: Position(file))
        return Report((), in_order(found))


def _finished(file: Path, shops: "Sequence[Shop]", progress: Progress) -> Report:
    from publish.check import check_finished  # noqa: PLC0415

    progress.step(f"checking {file}")
    return Report((), in_order(check_finished(file, shops)))


def _laid_out(
    book: Path, editions: tuple[str, ...], output: Path, progress: Progress
) -> tuple[Report, list[Path]]:
    """What is wrong with the pages of a book, and the pictures of the worst."""
    from publish.files import replace_file  # noqa: PLC0415
    from publish.layout_report import layout_problems, worst_pages  # noqa: PLC0415

    report = _built(book, Wanted(editions, ("pdf",), judged=True), progress)
    sheets: list[Path] = []
    for artifact in report.artifacts:
        if picture := worst_pages(artifact):
            path = output / f"{artifact.name.removesuffix('.pdf')}-layout.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, [picture])
            sheets.append(path)
    found = (p for artifact in report.artifacts for p in layout_problems(artifact))
    return replace(report, problems=in_order([*report.problems, *found])), sheets


def _layout_lines(report: Report) -> Iterator[str]:
    from publish.layout_report import layout_summary  # noqa: PLC0415

    for artifact in report.artifacts:
        if artifact.layout:
            yield layout_summary(artifact, artifact.layout)


def _manuscript(
    book: Path,
    editions: tuple[str, ...],
    shops: "Sequence[Shop]",
    printers: "Sequence[Printer]",
    progress: Progress,
) -> Report:
    from publish.checking import checked  # noqa: PLC0415

    # A shop asks for an e-book, a printer for pages.
    formats = ("epub",) * bool(shops) + ("pdf",) * bool(printers)
    report = _built(book, Wanted(editions, formats), progress)
    return checked(report, shops, printers, progress.step)


def _built(book: Path, wanted: Wanted, progress: Progress) -> Report:
    from publish.builds import made  # noqa: PLC0415
    from publish.workshop import workshop  # noqa: PLC0415

    store = the_store()
    hands = partial(workshop, store)
    return made(book, wanted, store, hands, progress.step)
