"""What options and arguments take, and what is said of anything else."""

import os
import stat
from pathlib import Path
from typing import Any

import click


class Count(click.IntRange):
    """A whole number from 1 on."""

    name = "number"

    def __init__(self) -> None:
        super().__init__(min=1)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"`{value}` is no whole number from 1 on", param, ctx)

    def get_missing_message(
        self, param: click.Parameter, ctx: click.Context | None
    ) -> str:
        return "a whole number from 1 on"


class OneOf(click.Choice[str]):
    """One of a few words."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        return f"it is {self._words()}, and not `{value}`"

    def get_missing_message(
        self, param: click.Parameter, ctx: click.Context | None
    ) -> str:
        return self._words()

    def _words(self) -> str:
        return " or ".join(f"`{choice}`" for choice in self.choices)


class Place(click.Path):
    """A folder, or a file if it may be one."""

    def __init__(self, *, exists: bool = False, is_folder: bool = False) -> None:
        super().__init__(exists=exists, file_okay=not is_folder, path_type=Path)
        self.what = "a folder" if is_folder else "a file or a folder"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(self._wrong(value), param, ctx)

    def get_missing_message(
        self, param: click.Parameter, ctx: click.Context | None
    ) -> str:
        return self.what

    def _wrong(self, value: Any) -> str:
        try:
            # Which knows that nothing is called "".
            mode = os.stat(value).st_mode  # noqa: PTH116
        except OSError:
            what = "folder" if not self.file_okay else "file and no folder"
            return f"there is no {what} `{value}`"
        if stat.S_ISREG(mode) and not self.file_okay:
            return f"`{value}` is a file, and no folder"
        return f"you may not read `{value}`"
