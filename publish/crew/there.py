"""What a worker of a cluster does with a work that was sent to it.

Nothing is shared with the machine it comes from: what a work reads travels with it.
"""

import atexit
import pickle
import tempfile
import threading
from collections import OrderedDict
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
    """A work without its kit, with the bytes of its files."""

    do: Callable[[Any, Any, Files], Any]
    task: Spelt
    contents: dict[str, bytes]
    weight: int


@dataclass(frozen=True, slots=True)
class Refused:
    """The worker at *address* has another engine, so what it makes might be other."""

    address: str


def as_sent(kit: bytes) -> bytes:
    """A pickled kit lies on the workers that used it; the others get it from there."""
    return kit


def done_there(kit: bytes, data: bytes, wanted: str) -> bytes:
    """What a pickled SentWork made with a pickled SentKit, its WorkError, or Refused:
    pickled.

    wanted: the engine of who sent them; with another they may not even be read
    """
    worker = get_worker()
    if wanted != engine():
        return pickle.dumps(Refused(worker.address))
    work: SentWork = pickle.loads(data)
    with _BEGINNING:
        bench = _bench(worker.state.nthreads)
    answer = bench.answer(pickle.loads(kit), work)
    return pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)


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
        self._kits: OrderedDict[str, tuple[Kit, tempfile.TemporaryDirectory[str]]]
        self._kits = OrderedDict()
        self._changing = threading.Lock()

    def answer(self, sent: SentKit, work: SentWork) -> Any:
        kit = self._kit(sent)
        with tempfile.TemporaryDirectory(prefix="publish-") as folder:
            files = _laid_out(work.contents, Path(folder))
            here = Work(work.do, kit, work.task, files, work.weight)
            try:
                return self._crew.gather([self._crew.submit(here)])[0]
            except WorkError as error:
                return error

    def _kit(self, sent: SentKit) -> Kit:
        with self._changing:
            kit, folder = self._kits.pop(sent.key, (None, None))
            # Someone may have tidied up.
            if kit is None or folder is None or not Path(folder.name).is_dir():
                folder = tempfile.TemporaryDirectory(prefix="publish-")
                files = _laid_out(sent.contents, Path(folder.name))
                kit = Kit(sent.make, sent.given, files)
            self._kits[sent.key] = kit, folder
            if len(self._kits) > _KEPT:
                _, (_, oldest) = self._kits.popitem(last=False)
                oldest.cleanup()
            return kit


# Kits that a worker has as files: more than its processes know at once.
_KEPT = 16


def _laid_out(contents: dict[str, bytes], folder: Path) -> Files:
    files: dict[str, Path] = {}
    for n, (name, data) in enumerate(contents.items()):
        # The ending of a picture's name says nothing that its bytes do not.
        files[name] = folder / str(n)
        files[name].write_bytes(data)
    return files
