"""What a worker of a cluster does with a work that was sent to it.

Nothing is shared with the machine it comes from: what a work reads travels with it.
"""

import atexit
import pickle
import tempfile
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from distributed import get_worker

from publish.crew.processes import crew
from publish.crew.work import Files, Kit, Spelt, Work, WorkError
from publish.engine import engine


@dataclass(frozen=True, slots=True)
class SentKit:
    """A kit with the bytes of its files."""

    key: str
    make: Callable[[Any, Files], Any]
    given: Spelt
    contents: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class SentWork:
    """A work without its kit, with the bytes of its files.

    engine: of who wants it
    """

    engine: str
    do: Callable[[Any, Any, Files], Any]
    task: Spelt
    contents: dict[str, bytes]
    weight: int


@dataclass(frozen=True, slots=True)
class Refused:
    """The worker at *address* has another engine, so what it makes might be other."""

    address: str


def as_sent(kit: SentKit) -> SentKit:
    """A kit lies on the workers that used it, and goes from there to the others."""
    return kit


def done_there(kit: SentKit, data: bytes) -> bytes:
    """What a pickled SentWork made, its WorkError, or Refused: pickled."""
    work: SentWork = pickle.loads(data)
    worker = get_worker()
    if work.engine != engine():
        return pickle.dumps(Refused(worker.address))
    with _BEGINNING:
        bench = _bench(worker.state.nthreads)
    return pickle.dumps(bench.answer(kit, work), pickle.HIGHEST_PROTOCOL)


_BEGINNING = threading.Lock()


@cache
def _bench(size: int) -> "_Bench":
    return _Bench(size)


class _Bench:
    """The worker's own processes, so that it outlives what a document breaks."""

    def __init__(self, size: int) -> None:
        stack = ExitStack()
        atexit.register(stack.close)
        self._crew = stack.enter_context(crew(size))
        # By what is in them: the fonts of one book are those of the next.
        folder = tempfile.TemporaryDirectory(prefix="publish-")
        self._folder = Path(stack.enter_context(folder))
        self._kits: dict[str, Kit] = {}
        self._changing = threading.Lock()

    def answer(self, sent: SentKit, work: SentWork) -> Any:
        kit = self._kit(sent)
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            files = _laid_out(work.contents, Path(folder))
            here = Work(work.do, kit, work.task, files, work.weight)
            try:
                return self._crew.gather([self._crew.submit(here)])[0]
            except WorkError as error:
                return error

    def _kit(self, sent: SentKit) -> Kit:
        with self._changing:
            if sent.key not in self._kits:
                folder = self._folder / sent.key
                folder.mkdir()
                files = _laid_out(sent.contents, folder)
                self._kits[sent.key] = Kit(sent.make, sent.given, files)
            return self._kits[sent.key]


def _laid_out(contents: dict[str, bytes], folder: Path) -> Files:
    files: dict[str, Path] = {}
    for n, (name, data) in enumerate(contents.items()):
        # The ending of a picture's name says nothing that its bytes do not.
        files[name] = folder / str(n)
        files[name].write_bytes(data)
    return files
