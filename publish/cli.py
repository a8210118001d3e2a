"""The command line. The only module that prints, exits, or writes files."""

import gc
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from publish.files import replace_file
from publish.problems import Problem, PublishError, Severity
from publish.report import Report, report_json, summary

if TYPE_CHECKING:
    from publish.store import Store

FORMATS = ("epub", "pdf")
COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


class _Commands(click.Group):
    """Tells who writes `publish novel` what they meant."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and Path(args[0]).exists():
            raise click.UsageError(f"did you mean `publish build {args[0]}`?")
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="publish-press", prog_name="publish")
def main() -> None:
    """Turn a folder of Markdown chapters into a book.

    A valid, accessible EPUB and a print-ready PDF come out. Try it in a folder of your
    own texts: publish build
    """


@main.command("build")
@click.argument(
    "book", type=click.Path(path_type=Path, exists=True), default=Path(), required=False
)
@click.option(
    "-e", "--edition", "editions", multiple=True, help="Make this edition only."
)
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    help="Make this format only.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("dist"),
    show_default=True,
    help="Folder for the finished files.",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    default=None,
    help="Processes at the same time; without it, one for each processor.",
)
@click.option(
    "--no-cache",
    is_flag=True,
    help="Take nothing from earlier builds, keep nothing.",
)
@click.option("--json", "as_json", is_flag=True, help="Say everything as JSON.")
def build_command(
    book: Path,
    editions: tuple[str, ...],
    formats: tuple[str, ...],
    output: Path,
    jobs: int | None,
    no_cache: bool,
    as_json: bool,
) -> None:
    """Build the book in the folder BOOK; without BOOK, in this one.

    BOOK may also be a book.toml or one file of text. -e and -f may be given more than
    once.
    """
    # What a build makes lives until it ends: the collector would look and find nothing.
    gc.disable()
    with _door(_Progress(quiet=as_json)) as progress:
        make = partial(_built, book, editions, formats, jobs or 0, progress)
        report = make(None) if no_cache else _kept_or(make, book, editions, formats)
        paths = _write(report, output)
    _finish(report, paths, as_json)


def _kept_or(
    make: Callable[["Store | None"], Report],
    book: Path,
    editions: Sequence[str],
    formats: Sequence[str],
) -> Report:
    """The report of an earlier build if nothing has changed since, else a new one."""
    from publish.unchanged import build_key, keep_report, kept_report  # noqa: PLC0415

    store = _store()
    key = build_key(book, editions, formats)
    report = kept_report(store, key)
    if report is None:
        report = make(store)
        if build_key(book, editions, formats) == key:
            # Nothing was saved while the book was being made.
            keep_report(store, key, report)
        store.trim()
    return report


def _built(
    book: Path,
    editions: Sequence[str],
    formats: Sequence[str],
    jobs: int,
    progress: "_Progress",
    store: "Store | None",
) -> Report:
    # Heavy imports wait until they are used: `publish --help` must answer at once.
    from publish.model import Format  # noqa: PLC0415
    from publish.pipeline import UnknownEditionError, build  # noqa: PLC0415
    from publish.workshop import workshop  # noqa: PLC0415

    try:
        with workshop(store, jobs) as executor:
            return build(
                book,
                editions=editions,
                formats=[Format(name) for name in formats],
                executor=executor,
                progress=progress.step,
            )
    except UnknownEditionError as error:
        raise click.UsageError(str(error)) from error
    except PublishError as error:
        return Report((), error.problems)


@main.command("check")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Say everything as JSON.")
def check_command(file: Path, as_json: bool) -> None:
    """Check FILE, an EPUB of anyone's, with EPUBCheck (needs Java)."""
    from publish.check import check_epub  # noqa: PLC0415

    if file.suffix.lower() != ".epub":
        raise click.BadParameter(f"`{file}` is no EPUB", param_hint="FILE")
    with _door(_Progress(quiet=as_json)) as progress:
        progress.step(f"checking {file}")
        report = Report((), check_epub(file))
    if as_json:
        click.echo(report_json(report))
    else:
        _show(report.problems)
        if not report.problems:
            click.echo(f"{file}: no errors, no warnings", err=True)
    sys.exit(report.failed)


@main.command("clean")
def clean_command() -> None:
    """Throw away what earlier builds have kept to be quicker the next time.

    No book is touched, and none changes: what is thrown away is made again.
    """
    with _door(_Progress(quiet=False)):
        size = _store().clear()
    click.echo(f"{size / 1_000_000:.0f} MB thrown away", err=True)


def _store() -> "Store":
    from publish.cache import cache_folder  # noqa: PLC0415
    from publish.store import Store  # noqa: PLC0415

    return Store(cache_folder(os.environ, sys.platform) / "set")


class _Progress:
    """The step a build is at, on a terminal; nothing in a pipe."""

    def __init__(self, *, quiet: bool) -> None:
        self.shown = not quiet and sys.stderr.isatty()

    def step(self, name: str) -> None:
        if self.shown:
            click.echo(f"\r\x1b[K{name} …", err=True, nl=False)

    def end(self) -> None:
        if self.shown:
            click.echo("\r\x1b[K", err=True, nl=False)


@contextmanager
def _door(progress: _Progress) -> Iterator[_Progress]:
    """What nobody foresaw ends here: one line for the author, the rest in a log."""
    try:
        yield progress
    except (click.ClickException, click.exceptions.Exit):
        raise
    except Exception:
        progress.end()
        _fail(_log(traceback.format_exc()))
    finally:
        progress.end()


def _write(report: Report, folder: Path) -> list[Path]:
    """Replace each file whole or not at all, so nobody opens half a book."""
    paths = [folder / artifact.name for artifact in report.artifacts]
    at = folder
    try:
        if paths:
            folder.mkdir(parents=True, exist_ok=True)
        for at, artifact in zip(paths, report.artifacts, strict=True):
            replace_file(at, artifact.data)
    except OSError as error:
        reason = (error.strerror or "it cannot be written").lower()
        _fail(f"{at}: error: the book cannot be written here: {reason} [no-write]")
    return paths


def _finish(report: Report, paths: Sequence[Path], as_json: bool) -> None:
    if as_json:
        click.echo(report_json(report))
    else:
        for path in paths:
            click.echo(path)
        _show(report.problems)
        click.echo(summary(report), err=True)
    sys.exit(report.failed)


def _show(problems: Sequence[Problem]) -> None:
    for problem in problems:
        said = f"{problem.severity}:"
        text = str(problem).replace(
            said, click.style(said, fg=COLOURS[problem.severity]), 1
        )
        click.echo(text, err=True)


def _log(text: str) -> str:
    """Keep what a programmer needs in a file; give the line that an author reads."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="publish-", suffix=".log", delete=False, encoding="utf-8"
    ) as log:
        log.write(text)
    return (
        "publish: error: something went wrong that is not your fault [internal]\n"
        f"  hint: please report it with the file {log.name}"
    )


def _fail(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(1)
