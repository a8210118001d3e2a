"""`publish style`: the styles there are, and a new one."""

import re
from collections.abc import Mapping
from pathlib import Path
from textwrap import fill, indent
from typing import TYPE_CHECKING

import click

from publish.cli.screen import Progress, door, fail, show
from publish.problems import PublishError

if TYPE_CHECKING:
    from publish.style import Style

_BOOK = click.option(
    "-b",
    "--book",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path(),
    help="The folder of the book, instead of this one.",
)


@click.group("style")
def style_command() -> None:
    """Show what books can look like, or begin a style of your own."""


@style_command.command("list")
@_BOOK
def list_command(book: Path) -> None:
    """Show each style, what it is for, and what may be changed of it in book.toml."""
    from publish.style import read_style, style_folders_of  # noqa: PLC0415

    with door(Progress()):
        for name, folder in style_folders_of(book).items():
            try:
                click.echo("\n".join(_shown(name, read_style(folder))))
            except PublishError as error:
                show(error.problems)


def _shown(name: str, style: "Style") -> list[str]:
    knobs = (_knob(key, value) for key, value in style.knobs.items() if value)
    changes = f"changes: {', '.join(knobs) or 'nothing'}"
    return [name, f"  {style.description}", indent(fill(changes, _WIDE), "  ")]


_WIDE = 76


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
        message = f"`{name}` cannot be the name of a folder: use letters and hyphens"
        raise click.BadParameter(message, param_hint="NAME")
    folder = book / "styles" / name
    if folder.exists():
        raise click.UsageError(f"`{folder}` is there already")
    known = style_folders_of(book)
    if base not in known:
        message = f"there is no style `{base}`; there is `{'`, `'.join(known)}`"
        raise click.BadParameter(message, param_hint="--from")
    with door(Progress()):
        try:
            files = new_style(name, read_style(known[base]))
        except PublishError as error:
            fail("\n".join(map(str, error.problems)))
        _write(folder, files)
    click.echo(f'write style = "{name}" under [editions.…] in book.toml', err=True)


def _write(folder: Path, files: Mapping[str, str]) -> None:
    try:
        folder.mkdir(parents=True)
        for name, text in files.items():
            path = folder / name
            path.write_text(text, encoding="utf-8", newline="\n")
            click.echo(path)
    except OSError as error:
        fail(f"the style cannot be written: {(error.strerror or '').lower()}")
