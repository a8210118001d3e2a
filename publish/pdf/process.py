"""Start the process round WeasyPrint, and take what it made."""

import os
import pickle
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from publish.artifact import Artifact
from publish.model import Book, Edition
from publish.pdf.worker import Answer, Job, Refusal
from publish.problems import Position, Problem, PublishError
from publish.style import Style


class RunningPdf:
    """A PDF that is being made while its maker does other things.

    Used in a `with`, so that the process ends when the block is left, however.
    """

    def __init__(self, job: Job) -> None:
        self._name = f"{job.edition.name}.pdf"
        # Files and not pipes: nobody has to stand by and read.
        self._files = ExitStack()
        stdin, self._stdout, self._stderr = (
            self._files.enter_context(tempfile.TemporaryFile()) for _ in range(3)
        )
        pickle.dump(job, stdin, protocol=pickle.HIGHEST_PROTOCOL)
        stdin.seek(0)
        # -P: a `random.py` in the author's folder is no module of ours.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "publish.pdf.worker"],
            stdin=stdin,
            stdout=self._stdout,
            stderr=self._stderr,
            env=_environment(),
        )

    def finish(self) -> Artifact:
        """Wait for the PDF.

        Raises PublishError where there is none: Pango is missing, nothing of the book
        can be set, or the process was ended.
        """
        status = self._process.wait()
        answer = _read(self._stdout)
        if status or not answer:
            raise PublishError([_stopped(self._name, status, _read(self._stderr))])
        made: Answer = pickle.loads(answer)
        if isinstance(made, Refusal):
            raise PublishError(made.problems)
        return made

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        self._files.close()


def start_pdf(book: Book, edition: Edition, style: Style) -> RunningPdf:
    """Begin to make the PDF of *edition* in a process of its own."""
    return RunningPdf(Job(book, edition, style))


def render_pdf(book: Book, edition: Edition, style: Style) -> Artifact:
    """The PDF of *edition*. The same input always gives the same bytes.

    Raises PublishError where there is none; see `RunningPdf.finish`.
    """
    with start_pdf(book, edition, style) as running:
        return running.finish()


def _environment() -> dict[str, str]:
    """The same modules as here, and nothing of the machine that could show."""
    # An empty entry is the folder one stands in, where the author's files are.
    path = os.pathsep.join(entry for entry in sys.path if entry)
    same = {"PYTHONPATH": path, "LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONUTF8": "1"}
    return {**os.environ, **same}


def _read(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


def _stopped(name: str, status: int, complaints: bytes) -> Problem:
    lines = complaints.decode(errors="replace").strip().splitlines()
    why = lines[-1] if lines and status > 0 else f"status {status}"
    hint = ""
    if status < 0:
        why = signal.Signals(-status).name
        hint = "if the machine had too little memory, end other programs and try again"
    message = f"there is no PDF, because the process that sets pages stopped ({why})"
    return Problem(Position(Path(name)), "pdf-stopped", message, hint)
