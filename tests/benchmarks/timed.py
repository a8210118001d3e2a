"""One build in one process, and how much of its CPU time the words check takes.

    python -P tests/benchmarks/timed.py BOOK FORMAT

`publish` knows nothing of it. What is to be timed is put under a clock before the
modules that use it take it up, so this runs as a program, and imports when it has to.
The PDF is set in this process, as a compositor sets it, so that one clock sees
all; what a second Python takes to start is then no part of the whole.
"""

import gc
import json
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from time import process_time
from types import ModuleType
from typing import ParamSpec, TypeVar

from publish.crew import Here
from publish.crew.hand import run_deep
from publish.model import Format
from publish.wanted import Wanted

Asked = ParamSpec("Asked")
Thing = TypeVar("Thing")


class Clock:
    """seconds: of CPU, by the name of what was timed"""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def timed(
        self, name: str, work: Callable[Asked, Iterable[Thing]]
    ) -> Callable[Asked, Iterator[Thing]]:
        """The same *work*, done to its end when it is called: a generator does nothing
        until someone takes from it, and what he does in between is not its work."""

        def done(*args: Asked.args, **kwargs: Asked.kwargs) -> Iterator[Thing]:
            begun = process_time()
            made = list(work(*args, **kwargs))
            took = process_time() - begun
            self.seconds[name] = self.seconds.get(name, 0.0) + took
            return iter(made)

        return done

    def watch(self, module: ModuleType, names: Iterable[str]) -> None:
        for name in names:
            setattr(module, name, self.timed(name, getattr(module, name)))


def main() -> None:
    """Build, and print the seconds as JSON; nothing where nothing could be made."""
    book, made = Path(sys.argv[1]), Format(sys.argv[2])
    # As the command and the compositor have it.
    gc.disable()
    warnings.simplefilter("ignore")
    clock = Clock()
    if _build(clock, book, made):
        print(json.dumps({"check": clock.seconds, "whole": process_time()}))  # noqa: T201


def _build(clock: Clock, book: Path, made: Format) -> bool:
    """Whether anything was made."""
    from publish import words  # noqa: PLC0415

    clock.watch(words, [name for name in words.__all__ if name.startswith("lost_")])
    if made is Format.PDF:
        from publish.pdf import boxes  # noqa: PLC0415

        # It reads the pages for the words check alone.
        clock.watch(boxes, ["read_runs"])
    from publish.pipeline import build  # noqa: PLC0415

    return bool(build(book, Wanted(formats=(made,)), executor=Here()).artifacts)


if __name__ == "__main__":
    run_deep(main)
