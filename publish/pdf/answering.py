"""Answer in place of WeasyPrint's functions, for a while."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any


@contextmanager
def answering(answers: Mapping[tuple[Any, str], Any]) -> Iterator[None]:
    """Let each of them be called inside for what has its name. Behind it everything is
    as it was: what a process sets does not depend on what it has set before.

    answers: by the module or the class, and the name there
    """
    before = {place: getattr(*place) for place in answers}
    try:
        for (holder, name), answer in answers.items():
            setattr(holder, name, answer)
        yield
    finally:
        for (holder, name), answer in before.items():
            setattr(holder, name, answer)
