"""Programs from outside that a machine may lack."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


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
