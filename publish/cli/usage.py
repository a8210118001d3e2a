"""What is said to who writes a command that cannot be."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click


class Misused(click.ClickException):
    """A fault of the command line, as publish says it.

    command: as it was meant, such as "publish style new"
    """

    exit_code = 2

    def __init__(self, command: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.command, self.hint = command, hint

    def show(self, file: Any = None) -> None:
        said = click.style("error:", fg="red")
        click.echo(f"{self.command}: {said} {self.message}", file=file, err=True)
        click.echo(f"  hint: {self.hint}", file=file, err=True)


@contextmanager
def in_our_words() -> Iterator[None]:
    """What click says of a command line, said as all else is."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        # Who asks for nothing is shown what there is.
        raise
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "publish"
        hint = f"`{command} --help` says more"
        if near := _meant(error):
            hint = f"did you mean `{near}`? {hint}"
        raise Misused(command, _words(error), hint) from error


def _meant(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption | click.NoSuchCommand):
        return next(iter(error.possibilities or ()), "")
    return ""


def _words(error: click.UsageError) -> str:
    match error:
        case click.MissingParameter(param=click.Parameter() as missing):
            return f"{_name(missing)} is missing"
        case click.NoSuchOption(option_name=name):
            return f"there is no option `{name}`"
        case click.NoSuchCommand(command_name=name):
            return f"there is no command `{name}`"
        case click.BadParameter(param_hint=str() as name):
            return f"{name}: {error.message}"
        case click.BadParameter(param=click.Parameter() as param):
            return f"{_name(param)}: {_lower(error.message)}"
    return _lower(error.message)


def _name(param: click.Parameter) -> str:
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return param.human_readable_name.strip("[]")


def _lower(message: str) -> str:
    """As problems are written."""
    return message[:1].lower() + message[1:].removesuffix(".")
