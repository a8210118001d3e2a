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


class Command(click.Command):
    """One whose faults are told in our words."""

    # They are told here.
    allow_extra_args = True

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        with _in_our_words(ctx):
            more = super().parse_args(ctx, args)
            if more and not ctx.resilient_parsing:
                message = f"`{more[0]}` is one word too many"
                if any(isinstance(one, click.Argument) for one in self.params):
                    message += "; write what has spaces in quotation marks"
                raise click.UsageError(message)
        return more


class Commands(click.Group):
    """Some, whose faults are told in our words."""

    command_class = Command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        with _in_our_words(ctx):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        with _in_our_words(ctx):
            return super().invoke(ctx)


@contextmanager
def _in_our_words(context: click.Context) -> Iterator[None]:
    """What click says of a command line, said as all else is.

    context: of the command, which click does not tell with every fault
    """
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        # Who asks for nothing is shown what there is.
        raise
    except click.UsageError as error:
        command = (error.ctx or context).command_path
        hint = f"`{command} --help` says more"
        if near := _meant(error):
            hint = f"did you mean `{near}`? {hint}"
        raise Misused(command, _words(error, context), hint) from error


def _meant(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption | click.NoSuchCommand):
        return next(iter(error.possibilities or ()), "")
    return ""


def _words(error: click.UsageError, context: click.Context) -> str:
    match error:
        case click.MissingParameter(param=click.Parameter() as missing):
            return f"{_name(missing)} is missing"
        case click.NoSuchOption(option_name=name):
            return f"there is no option `{name}`"
        case click.NoSuchCommand(command_name=name):
            return f"there is no command `{name}`"
        case click.BadOptionUsage(option_name=name):
            return _misused(name, context)
        case click.BadParameter(param_hint=str() as name):
            return f"{name}: {error.message}"
        case click.BadParameter(param=click.Parameter() as param):
            return f"{_name(param)}: {_lower(error.message)}"
    return _lower(error.message)


def _misused(name: str, context: click.Context) -> str:
    """Of an option with nothing behind it, or with something that it does not take."""
    options = context.command.get_params(context)
    option = next((one for one in options if name in one.opts), None)
    if isinstance(option, click.Option) and not option.is_flag:
        wanted = option.type.get_missing_message(option, context) or option.metavar
        return f"nothing stands behind `{name}`; it takes {wanted}"
    return f"`{name}` stands by itself, with nothing behind it"


def _name(param: click.Parameter) -> str:
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return param.human_readable_name.strip("[]")


def _lower(message: str) -> str:
    """As problems are written."""
    return message[:1].lower() + message[1:].removesuffix(".")
