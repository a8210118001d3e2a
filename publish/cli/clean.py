"""`publish clean`, and the store that it clears."""

import os
import sys
from typing import TYPE_CHECKING

import click

from publish.cli.screen import Progress, door
from publish.cli.usage import Command

if TYPE_CHECKING:
    from publish.store import Store


@click.command("clean", cls=Command)
def clean_command() -> None:
    """Throw away what earlier builds have kept to be quicker the next time.

    No book is touched, and none changes: what is thrown away is made again.
    """
    with door(Progress()):
        size = the_store().clear()
    click.echo(f"{size / 1_000_000:.0f} MB thrown away", err=True)


def the_store() -> "Store":
    """What all builds of this user keep."""
    from publish.cache import cache_folder  # noqa: PLC0415
    from publish.store import Store  # noqa: PLC0415

    return Store(cache_folder(os.environ, sys.platform) / "set")
