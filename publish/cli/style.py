"""`publish style`: the styles there are, and a new one."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from textwrap import fill, indent
from typing import TYPE_CHECKING

import click

from publish.cli.screen import Progress, door, fail, show
from publish.cli.taken import Place
from publish.cli.usage import Commands
from publish.problems import PublishError

if TYPE_CHECKING:
    from publish.style import Style

_BOOK = click.option(
    "-b",
    "--book",
    type=Place(exists=True, is_folder=True),
    default=Path(),
    help="The folder of the book, instead of this one.",
)


class _Commands(Commands):
    """Tells who writes `publish style classic` what they meant."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        from publish.style import style_folders_of  # noqa: PLC0415

        name = args[0] if args else ""
        if name not in self.commands and name in style_folders_of(Path()):
            message = f"did you mean `publish style list {name}`?"
            raise click.UsageError(message, ctx)
        return super().resolve_command(ctx, args)


@click.group("style", cls=_Commands)
def style_command() -> None:
    """Show what books can look like, or begin a style of your own."""


@style_command.command("list")
@click.argument("name", default="", metavar="[NAME]")
@_BOOK
def list_command(name: str, book: Path) -> None:
    """Show each style, what it is for, and what may be changed of it in book.toml.

    With NAME, show of this one what each key takes, and what it is where you say
    nothing.
    """
    from publish.style import read_style, style_folders_of  # noqa: PLC0415

    known = style_folders_of(book)
    if name and name not in known:
        raise click.BadParameter(_unknown(name, known), param_hint="NAME")
    with door(Progress()):
        for each in (name,) if name else known:
            try:
                style = read_style(known[each])
            except PublishError as error:
                show(error.problems)
            else:
                click.echo("\n".join(_told(style) if name else _shown(each, style)))
                show(style.problems)
    if not name:
        click.echo("publish style list NAME says more of one of them", err=True)


def _unknown(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name.casefold(), known, n=1)
    meant = f"did you mean `{near[0]}`? " if near else ""
    return f"there is no style `{name}`; {meant}there is `{'`, `'.join(known)}`"


def _told(style: "Style") -> Iterator[str]:
    from publish.looks.telling import knobs_told  # noqa: PLC0415

    yield from (style.name, f"  {style.description}")
    for one in knobs_told(style):
        own = f" Without it, {one.own}." if one.own else ""
        said = _filled(f"{one.about}: {one.takes}.{own}", _WIDE - 4)
        yield from ("", f"  {one.key}", indent(said, "    "))


def _shown(name: str, style: "Style") -> list[str]:
    knobs = (_knob(key, value) for key, value in style.knobs.items() if value)
    changes = f"changes: {', '.join(knobs) or 'nothing'}"
    return [name, f"  {style.description}", indent(_filled(changes, _WIDE), "  ")]


_WIDE = 76


def _filled(text: str, width: int) -> str:
    """A key is not parted: it would be copied with what parts it."""
    return fill(text, width, break_on_hyphens=False)


def _knob(key: str, value: object) -> str:
    if not isinstance(value, tuple):
        return key
    between = "–" if key in {"size", "leading"} else " "
    return f"{key} ({between.join(map(str, value))})"


@style_command.command("new")
@click.argument("name")
@click.option(
    "--from",
    "base",
    metavar="NAME",
    default="classic",
    show_default=True,
    help="The style that it changes.",
)
@_BOOK
def new_command(name: str, base: str, book: Path) -> None:
    """Write a style of your own into the folder of the book, to be changed."""
    from publish.looks.starting import new_style  # noqa: PLC0415
    from publish.style import read_style, style_folders_of  # noqa: PLC0415

    if not re.fullmatch(r"[A-Za-z0-9][\w-]*", name):
        meant = _nearest_name(name)
        instead = f", but `{meant}` can" if meant else ""
        message = f"`{name}` cannot be the name of a style{instead}: {_NAME_RULE}"
        raise click.BadParameter(message, param_hint="NAME")
    folder = book / "styles" / name
    if folder.exists():
        raise click.UsageError(f"`{folder}` is there already")
    known = style_folders_of(book)
    if name in known:
        message = f"there is a style `{name}` already, whose place yours would take;"
        hint = f"give it another name, such as `my-{name}`"
        raise click.BadParameter(f"{message} {hint}", param_hint="NAME")
    if base not in known:
        raise click.BadParameter(_unknown(base, known), param_hint="--from")
    with door(Progress()):
        try:
            files = new_style(name, read_style(known[base]))
        except PublishError as error:
            fail("\n".join(map(str, error.problems)))
        _write(folder, files)
    click.echo(f'write style = "{name}" under [editions.…] in book.toml', err=True)


_NAME_RULE = (
    "it begins with a letter from a to z or a digit, and goes on with letters, digits,"
    " hyphens and underscores"
)


def _nearest_name(name: str) -> str:
    """What a style can be called that should have *name*; empty if nothing is left."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return "-".join(re.findall(r"[a-z0-9][a-z0-9_]*", bare))


def _write(folder: Path, files: Mapping[str, str]) -> None:
    try:
        folder.mkdir(parents=True)
        for name, text in files.items():
            path = folder / name
            path.write_text(text, encoding="utf-8", newline="\n")
            click.echo(path)
    except OSError as error:
        fail(f"the style cannot be written: {(error.strerror or '').lower()}")
