"""Arguments and options that several commands take, each said once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar

import click

from publish.cli.taken import Place

_Command = TypeVar("_Command", bound=Callable[..., Any])


class Decorator(Protocol):
    """Adds one to a command, as those of click do."""

    def __call__(self, command: _Command, /) -> _Command: ...


def place_argument(name: str) -> Decorator:
    """Something that exists; without it, the folder in which the command is given."""
    there = Place(exists=True)
    return click.argument(name, type=there, default=Path(), required=False)


def edition_option(words: str) -> Decorator:
    """words: its help"""
    return click.option(
        "-e", "--edition", "editions", metavar="NAME", multiple=True, help=words
    )


def output_option(words: str = "Folder for the finished files.") -> Decorator:
    """words: its help"""
    return click.option(
        "-o",
        "--output",
        type=Place(is_folder=True),
        default=Path("dist"),
        show_default=True,
        help=words,
    )


no_cache_option = click.option(
    "--no-cache",
    is_flag=True,
    help="Take nothing from earlier builds, keep nothing.",
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Say everything as JSON."
)
