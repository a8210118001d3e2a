"""Processes that set documents at the same time."""

import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from queue import PriorityQueue
from typing import IO, Protocol

from publish.pdf.task import Answer, Setup, Stopped, Task


class Executor(Protocol):
    """Whoever sets documents."""

    def submit(self, task: Task) -> "Future[Answer]":
        """Begin to set a document. The longest that waits is begun first."""


@contextmanager
def crew(setup: Setup, size: int) -> Iterator[Executor]:
    """Up to *size* processes on this machine, begun as they are needed.

    They end when the block is left, however it is left.
    """
    made = _Crew(setup, size)
    try:
        yield made
    finally:
        made.end()


# What waits: length, place in the order, task. No task: there is none to come.
_Waiting = tuple[int, int, "tuple[Task, Future[Answer]] | None"]


# Seconds.
_LAST_WORDS = 2.0
# A process takes as long to begin as some twenty pages take to be set.
_WORTH = 40_000


class _Crew:
    def __init__(self, setup: Setup, size: int) -> None:
        self._setup, self._size = setup, size
        self._waiting: PriorityQueue[_Waiting] = PriorityQueue()
        self._submitted = self._letters = 0
        self._hands: list[_Hand] = []

    def submit(self, task: Task) -> "Future[Answer]":
        future: Future[Answer] = Future()
        length = sum(map(len, task.root.itertext()))
        self._submitted += 1
        self._letters += length
        self._waiting.put((-length, self._submitted, (task, future)))
        worth = 1 + self._letters // _WORTH
        if len(self._hands) < min(self._size, worth):
            self._hands.append(_Hand(self._setup, self._waiting))
            self._hands[-1].start()
        return future

    def end(self) -> None:
        for hand in self._hands:
            # Before all that waits.
            self._waiting.put((-sys.maxsize, 0, None))
            hand.kill()
        for hand in self._hands:
            hand.join()


class _Hand(threading.Thread):
    """Hands tasks to one process and takes the answers."""

    def __init__(self, setup: Setup, waiting: "PriorityQueue[_Waiting]") -> None:
        super().__init__(daemon=True)
        self._setup, self._waiting = setup, waiting
        self._process: subprocess.Popen[bytes] | None = None
        self._complaints: IO[bytes]
        self._ended = False

    def run(self) -> None:
        with tempfile.TemporaryFile() as self._complaints:
            while (wanted := self._waiting.get()[2]) is not None:
                task, future = wanted
                future.set_result(self._set(task))
            if self._process:
                _end(self._process)

    def kill(self) -> None:
        self._ended = True
        if self._process:
            self._process.kill()

    def _set(self, task: Task) -> Answer:
        """A process that ends, whatever ended it, costs its task one more try."""
        stopped = Stopped("it was not begun", killed=False)
        for _ in range(2):
            if self._ended:
                break
            try:
                return self._ask(task)
            except (OSError, EOFError, RecursionError, pickle.PickleError) as error:
                stopped = self._stopped(str(error))
        return stopped

    def _ask(self, task: Task) -> Answer:
        begun = self._process is not None
        # -P: a `random.py` in the author's folder is no module of ours.
        process = self._process = self._process or subprocess.Popen(
            [sys.executable, "-P", "-m", "publish.pdf.compositor"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            env=_environment(),
        )
        assert process.stdin, "a pipe"
        assert process.stdout, "a pipe"
        if not begun:
            pickle.dump(self._setup, process.stdin, pickle.HIGHEST_PROTOCOL)
        pickle.dump(task, process.stdin, pickle.HIGHEST_PROTOCOL)
        process.stdin.flush()
        answer: Answer = pickle.load(process.stdout)
        return answer

    def _stopped(self, error: str) -> Stopped:
        """Why the process has given no answer. It is ended, and so is what is left."""
        process, self._process = self._process, None
        if process is None:
            return Stopped(error, killed=False)
        if not self._ended:
            # It may be about to say why.
            with suppress(subprocess.TimeoutExpired):
                process.wait(_LAST_WORDS)
        status = _end(process)
        if status < 0:
            return Stopped(signal.Signals(-status).name, killed=True)
        self._complaints.seek(0)
        said = self._complaints.read().decode(errors="replace").strip().splitlines()
        return Stopped(said[-1] if said else f"status {status}", killed=False)


def _end(process: "subprocess.Popen[bytes]") -> int:
    """Kill a process, if it still lives, and leave nothing of it. Gives its status."""
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            # What was on its way to it is written once more.
            with suppress(OSError):
                pipe.close()
    return process.wait()


def _environment() -> dict[str, str]:
    """The same modules as here, and nothing of the machine that could show."""
    # An empty entry is the folder one stands in, where the author's files are.
    path = os.pathsep.join(entry for entry in sys.path if entry)
    same = {"PYTHONPATH": path, "LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONUTF8": "1"}
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(_OF_LIBRARIES)
    }
    return {**kept, **same}


# By these the libraries under WeasyPrint are told to shape letters in another way.
_OF_LIBRARIES = ("HB_", "PANGO", "FC_", "FONTCONFIG", "FREETYPE_", "FRIBIDI")
