"""What an author sees while a command runs, and when it ends."""

import signal
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn

import click

from publish.problems import CommandError, Problem, Severity

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


class Progress:
    """The step a build is at, on a terminal; nothing in a pipe."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.shown = not quiet and sys.stderr.isatty()

    def step(self, name: str) -> None:
        if self.shown:
            click.echo(f"\r\x1b[K{name} …", err=True, nl=False)

    def end(self) -> None:
        if self.shown:
            click.echo("\r\x1b[K", err=True, nl=False)


@contextmanager
def door(progress: Progress) -> Iterator[Progress]:
    """What nobody foresaw ends here: one line for the author, the rest in a log. So
    does a command that asks for what cannot be made."""
    # Who ends this process kindly lets it tidy up, as Ctrl-C does.
    before = signal.signal(signal.SIGTERM, _leave)
    try:
        yield progress
    except (click.ClickException, click.exceptions.Exit, BrokenPipeError):
        # Behind a pipe, who read what is said may have read enough: Click ends then.
        raise
    except CommandError as error:
        raise click.UsageError(str(error)) from error
    except KeyboardInterrupt:
        progress.end()
        click.echo("stopped; the same command goes on with what is left", err=True)
        # As shells say it.
        sys.exit(128 + signal.SIGINT)
    except Exception:
        progress.end()
        fail(_log(traceback.format_exc()))
    finally:
        signal.signal(signal.SIGTERM, before)
        progress.end()


def _leave(number: int, _frame: object) -> NoReturn:
    sys.exit(128 + number)


def show(problems: Sequence[Problem]) -> None:
    for problem in problems:
        said = f"{problem.severity}:"
        text = str(problem).replace(
            said, click.style(said, fg=COLOURS[problem.severity]), 1
        )
        click.echo(text, err=True)


def fail(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(1)


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
