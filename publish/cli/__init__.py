"""The command line: nothing else prints, exits, or writes finished files.

build.py    publish build        shelf.py   the same for a folder of books
check.py    publish check        clean.py   publish clean
cover.py    publish cover        style.py   publish style
options.py  what several of them are told    taken.py   what options take
usage.py    what is said of wrong ones       write.py   finished files
screen.py   progress, problems, the last door
"""

from pathlib import Path

import click

from publish.cli.build import build_command
from publish.cli.check import check_command
from publish.cli.clean import clean_command
from publish.cli.cover import cover_command
from publish.cli.style import style_command
from publish.cli.usage import Commands


class _Commands(Commands):
    """Tells who writes `publish novel` what they meant."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and Path(args[0]).exists():
            raise click.UsageError(f"did you mean `publish build {args[0]}`?")
        return super().resolve_command(ctx, args)


@click.group(
    "publish",
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="publish-press", prog_name="publish")
def main() -> None:
    """Turn a folder of Markdown chapters into a book.

    A valid, accessible EPUB and a print-ready PDF come out. Try it in a folder of your
    own texts: publish build
    """


main.add_command(build_command)
main.add_command(check_command)
main.add_command(clean_command)
main.add_command(cover_command)
main.add_command(style_command)
