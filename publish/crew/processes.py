"""Processes on this machine that do works at the same time."""

import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from publish.crew.here import Here
from publish.crew.orders import Orders
from publish.crew.waiting import Waiting
from publish.crew.work import Executor, R, StoppedError, Work, WorkError

# Seconds.
_LAST_WORDS = 2.0
# Milliseconds of work that are worth another process, and after which one is ended for
# what it may hold of memory.
_WORTH, _ENOUGH = 800, 60_000


@contextmanager
def crew(size: int = 0) -> Iterator[Executor]:
    """Up to *size* processes, begun as they are needed; 0 for one for each processor.

    They end when the block is left, however it is left.
    """
    with tempfile.TemporaryDirectory(
        prefix="publish-", ignore_cleanup_errors=True
    ) as folder:
        made = _Crew(size or os.cpu_count() or 1, Path(folder))
        try:
            yield made
        finally:
            made.end()


class _Crew:
    def __init__(self, size: int, folder: Path) -> None:
        """folder: where the processes may put what they need as files"""
        self._size, self._folder = size, folder
        self._waiting = Waiting()
        self._weight = 0
        self._changing = threading.Lock()
        self._others: list[_Process] = []
        self._here = Here()

    def submit(self, work: Work[R]) -> "Future[R]":
        future: Future[R] = Future()
        with self._changing:
            self._weight += work.weight
            self._waiting.put(work, future)
            # This process is one of them where it can be.
            begun = len(self._others) + work.here
            if begun < min(self._size, 1 + self._weight // _WORTH):
                self._others.append(_Process(self._waiting, self._folder))
                self._others[-1].start()
        return future

    def gather(self, futures: "Sequence[Future[R]]") -> list[R]:
        for future in futures:
            while not future.done() and (wanted := self._waiting.take_here()):
                work, waiting = wanted
                _pass_on(self._here.submit(work), waiting)
        return [future.result() for future in futures]

    def end(self) -> None:
        self._waiting.close()
        for other in self._others:
            other.kill()
        for other in self._others:
            other.join()


def _pass_on(done: "Future[Any]", to: "Future[Any]") -> None:
    if error := done.exception():
        to.set_exception(error)
    else:
        to.set_result(done.result())


class _Process(threading.Thread):
    """Hands works to one process and takes the answers."""

    def __init__(self, waiting: Waiting, folder: Path) -> None:
        super().__init__(daemon=True)
        self._waiting, self._folder = waiting, folder
        self._process: subprocess.Popen[bytes] | None = None
        self._orders, self._weight = Orders(), 0
        # Open until the thread ends.
        self._complaints: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        self._ended = False
        self._beginning = threading.Lock()

    def run(self) -> None:
        with self._complaints:
            while wanted := self._waiting.take():
                work, future = wanted
                try:
                    future.set_result(self._done(work))
                except WorkError as error:
                    future.set_exception(error)
                # Whatever goes wrong here, who waits must hear of it.
                except Exception as error:
                    future.set_exception(StoppedError(repr(error)))
                self._weight += work.weight
                if self._process and self._weight > _ENOUGH:
                    self._dismiss(self._process)
            if self._process:
                self._dismiss(self._process)

    def kill(self) -> None:
        with self._beginning:
            self._ended = True
            if self._process:
                self._process.kill()

    def _done(self, work: Work[Any]) -> Any:
        """A process that ends, whatever ended it, costs its work one more try."""
        stopped = StoppedError("it was not begun")
        for _ in range(2):
            if self._ended:
                break
            try:
                answer = self._ask(work)
            except (OSError, EOFError, RecursionError, pickle.PickleError) as error:
                stopped = self._stopped(str(error))
                continue
            if isinstance(answer, WorkError):
                raise answer
            return answer
        raise stopped

    def _ask(self, work: Work[Any]) -> Any:
        with self._beginning:
            if self._process is None:
                if self._ended:
                    raise EOFError
                self._process = self._begun()
                self._orders, self._weight = Orders(), 0
            to, back = self._process.stdin, self._process.stdout
        assert to, "a pipe"
        assert back, "a pipe"
        pickle.dump(self._orders.order(work), to, pickle.HIGHEST_PROTOCOL)
        to.flush()
        return pickle.load(back)

    def _begun(self) -> "subprocess.Popen[bytes]":
        # -P: a `random.py` in the author's folder is no module of ours.
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "publish.crew.hand"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            env=_environment(self._folder),
        )

    def _stopped(self, error: str) -> StoppedError:
        """Why the process has given no answer. It is ended, and so is what is left."""
        if self._process is None:
            return StoppedError(error)
        if not self._ended:
            # It may be about to say why.
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_LAST_WORDS)
        status = self._dismiss(self._process)
        if status < 0:
            return StoppedError(_signal(-status), killed=True)
        self._complaints.seek(0)
        said = self._complaints.read().decode(errors="replace").strip().splitlines()
        return StoppedError(said[-1] if said else f"status {status}")

    def _dismiss(self, process: "subprocess.Popen[bytes]") -> int:
        """Kill the process, if it still lives, and leave nothing of it. Gives its
        status."""
        self._process = None
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                # What was on its way to it is written once more.
                with suppress(OSError):
                    pipe.close()
        return process.wait()


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        # Some systems have more than have names.
        return f"signal {number}"


def _environment(folder: Path) -> dict[str, str]:
    """The same modules as here, and nothing of the machine that could show."""
    # An empty entry is the folder one stands in, where the author's files are.
    path = os.pathsep.join(entry for entry in sys.path if entry)
    same = {"PYTHONPATH": path, "LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONUTF8": "1"}
    # What a process that is killed leaves behind is thrown away with the folder.
    own = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(_OF_LIBRARIES)
    }
    return {**kept, **same, **own}


# By these the libraries under WeasyPrint are told to shape letters in another way.
_OF_LIBRARIES = ("HB_", "PANGO", "FC_", "FONTCONFIG", "FREETYPE_", "FRIBIDI")
