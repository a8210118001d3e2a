"""Programs from outside that a machine may lack."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

CHROMIUM = ("chromium", "google-chrome")


class MissingError(Exception):
    """A program is not here; the message names it."""


@contextmanager
def skipped_if_missing() -> Iterator[None]:
    """Skip a test for want of a program; in CI that is a failure."""
    try:
        yield
    except MissingError as error:
        if os.environ.get("CI"):
            pytest.fail(f"{error} is missing")
        pytest.skip(f"{error} is missing")


def program(title: str, *names: str) -> str:
    """The first of *names* in the virtual environment, else on the machine.

    Raises MissingError.
    """
    beside = str(Path(sys.executable).parent)
    for name in names:
        if found := shutil.which(name, path=beside) or shutil.which(name):
            return found
    raise MissingError(title)
