"""What every part of the subject measures with."""

from collections.abc import Callable, Mapping
from compileall import compile_dir
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

import pikepdf

import publish
from publish.model import Format
from tests.benchmarks.builds import Build, build
from tests.benchmarks.measure import run
from tests.benchmarks.subject import say

PACKAGE = Path(publish.__file__).parent


class NothingMadeError(Exception):
    """There is no figure, because there is no book; the message says whose."""


@dataclass(frozen=True, slots=True)
class Bench:
    """corpora: folder of books; folder: for all that is made, and for a cache
    runs: how often anything is measured
    """

    corpora: Path
    folder: Path
    runs: int

    @property
    def few(self) -> int:
        """How often what takes minutes is measured."""
        return (self.runs + 1) // 2

    @property
    def cache(self) -> Path:
        return self.folder / "cache"

    def warm_up(self, book: Path) -> None:
        """Let be made what is made once on a machine, like the fonts' instances."""
        # As pip compiles what it installs: where Python writes no bytecode of its own,
        # a quarter of a second of every build would be that.
        compile_dir(PACKAGE, quiet=1)
        self.cold(book, Format.PDF)
        self.kept(book, None)

    def forget(self) -> None:
        """Throw away what builds have kept, but for the fonts' instances."""
        rmtree(self.cache / "set", ignore_errors=True)

    def cold(self, book: Path, made: Format) -> Build:
        """Without a cache."""
        return build(book, made, self._output(book))

    def kept(self, book: Path, made: Format | None) -> Build:
        """With what is in the cache, which is filled."""
        return build(book, made, self._output(book), self.cache)

    def by(
        self,
        command: list[str],
        path: Path,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> Build:
        """What a command of another costs, which makes *path*.

        environment, folder: see `run`
        """
        path.unlink(missing_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        cost = run(command, environment, folder)
        if not path.exists():
            return Build(cost, None, 0, ())
        return Build(cost, path, _pages(path), ())

    def _output(self, book: Path) -> Path:
        return self.folder / "made" / book.name


Side = Callable[[], Build]


def in_turn(what: str, sides: Mapping[str, Side], times: int) -> dict[str, list[Build]]:
    """Each of *sides* so often, one after the other, so that all meet the same weather.

    Raises NothingMadeError where one makes nothing.
    """
    found: dict[str, list[Build]] = {name: [] for name in sides}
    for turn in range(times):
        say(f"{what}, {turn + 1} of {times} …")
        for name, side in sides.items():
            made = side()
            if made.path is None:
                words = made.cost.stderr.strip().splitlines() or ["no word of why"]
                raise NothingMadeError(f"{what}: {name} made nothing: {words[-1]}")
            found[name].append(made)
    return found


def _pages(path: Path) -> int:
    if path.suffix != ".pdf":
        return 0
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)
