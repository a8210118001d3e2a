"""Start the process round WeasyPrint, and take what it made."""

import os
import pickle
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from publish.artifact import Artifact
from publish.model import Book, Edition
from publish.pdf.job import Answer, Job, Refusal
from publish.problems import Position, Problem, PublishError
from publish.style import Style


@dataclass(frozen=True, slots=True)
class RunningPdf:
    """A PDF that is being made while its maker does other things."""

    name: str
    process: subprocess.Popen[bytes]
    answer: IO[bytes]
    complaints: IO[bytes]

    def finish(self) -> Artifact:
        """Wait for the PDF.

        Raises PublishError where there is none: Pango is missing, nothing of the book
        can be set, or the process was ended.
        """
        status = self.process.wait()
        data = _read(self.answer)
        if status or not data:
            raise PublishError([_stopped(self.name, status, _read(self.complaints))])
        made: Answer = pickle.loads(data)
        if isinstance(made, Refusal):
            raise PublishError(made.problems)
        return made


@contextmanager
def start_pdf(book: Book, edition: Edition, style: Style) -> Iterator[RunningPdf]:
    """Begin to make the PDF of *edition* in a process of its own.

    The process ends when the block is left, however it is left.
    """
    # Files and not pipes: nobody has to stand by and read.
    with (
        tempfile.TemporaryFile() as job,
        tempfile.TemporaryFile() as answer,
        tempfile.TemporaryFile() as complaints,
    ):
        pickle.dump(Job(book, edition, style), job, pickle.HIGHEST_PROTOCOL)
        job.seek(0)
        # -P: a `random.py` in the author's folder is no module of ours.
        command = [sys.executable, "-P", "-m", "publish.pdf.worker"]
        with subprocess.Popen(
            command, stdin=job, stdout=answer, stderr=complaints, env=_environment()
        ) as process:
            try:
                yield RunningPdf(f"{edition.name}.pdf", process, answer, complaints)
            finally:
                process.kill()


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
