"""The door to Calibre, which makes of an EPUB what Kindles read."""

import os
import re
import shutil
import signal
import struct
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import NAMESPACE_URL, uuid5

from publish.artifact import Artifact
from publish.files import replace_file
from publish.model import Metadata
from publish.problems import Position, Problem, PublishError, Severity

# On a Mac its commands lie in the application.
_PROGRAMS = ("ebook-convert", "/Applications/calibre.app/Contents/MacOS/ebook-convert")
# The EPUB has its chapters, sizes, margins and contents; Calibre would guess at each.
_AS_IT_IS = (
    "--chapter=/",
    "--chapter-mark=none",
    "--page-breaks-before=/",
    "--disable-font-rescaling",
    "--disable-remove-fake-margins",
    *(f"--margin-{side}=-1" for side in ("top", "right", "bottom", "left")),
    "--no-inline-toc",
)
# Seconds after which it is no longer waited for; a book of 800 pages takes ten.
_PATIENCE = 600
# It paints warnings yellow and errors red.
_WARNING = re.compile(r"\x1b\[3[13]m(.*?)\x1b\[0m", re.DOTALL)
_PAINT = re.compile(r"\x1b\[\d+m")
# A Palm database: the moments of its making and changing, and what kind it is.
_LAST_MOMENT = (1 << 32) - 1
_MOMENTS, _KIND = slice(36, 44), slice(60, 68)
# The name that a Kindle knows a book by, which is chance.
_CHANCE = re.compile(rb"calibre:([0-9a-f-]{36})")


def for_kindle(made: Artifact, identifier: str, metadata: Metadata) -> Artifact:
    """An EPUB as AZW3. Its order and its letters' disguise are Calibre's, and chance.

    identifier: of the EPUB, by which Kindles know the next version of the book, too
    Raises PublishError.
    """
    name = f"{made.name.removesuffix('.epub')}.azw3"
    at = Position(Path(name))
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise PublishError((*made.problems, _no_calibre(at)))
    with TemporaryDirectory(prefix="publish-", ignore_cleanup_errors=True) as folder:
        book, azw3 = Path(folder, "book.epub"), Path(folder, "book.azw3")
        log = Path(folder, "log")
        replace_file(book, made.pieces())
        # Kindles show it; without one Calibre would take today.
        day = () if metadata.published else (f"--pubdate={metadata.modified:%Y-%m-%d}",)
        command = [program, str(book), str(azw3), *_AS_IT_IS, *day]
        status = _run(command, log, _environment(folder))
        said = log.read_text(encoding="utf-8", errors="replace")
        data = azw3.read_bytes() if azw3.is_file() else b""
    if status != 0 or data[_KIND] != b"BOOKMOBI":
        raise PublishError((*made.problems, _failed(at, status, said)))
    warnings = [
        Problem(at, "calibre", f"Calibre says: {line}", severity=Severity.WARNING)
        for line in _warnings(said)
    ]
    data = _with_own_name(data, identifier, int(metadata.modified.timestamp()))
    return replace(made, name=name, content=data, problems=(*made.problems, *warnings))


def _no_calibre(at: Position) -> Problem:
    hint = (
        "install it: `apt install calibre` on Debian and Ubuntu,"
        " `brew install --cask calibre` on macOS, https://calibre-ebook.com elsewhere"
    )
    message = "Calibre, which makes books for Kindles, is not installed"
    return Problem(at, "no-calibre", message, hint)


def _failed(at: Position, status: int | None, said: str) -> Problem:
    if status is None:
        why = f"it was not done in {_PATIENCE // 60} minutes"
    else:
        why = _PAINT.sub("", said).strip().rpartition("\n")[2] or "it says nothing"
    message = f"Calibre cannot make a book for Kindles of this: {why}"
    return Problem(at, "kindle-failed", message)


def _environment(folder: str) -> Mapping[str, str]:
    """Nothing of what its user has set or installed, no window, and no network."""
    nowhere = "http://127.0.0.1:9"
    return {
        **os.environ,
        "CALIBRE_CACHE_DIRECTORY": folder,
        "CALIBRE_CONFIG_DIRECTORY": folder,
        "CALIBRE_FORCE_ANSI": "1",
        "CALIBRE_OVERRIDE_LANG": "en",
        "CALIBRE_TEMP_DIR": folder,
        "QT_QPA_PLATFORM": "offscreen",
        "http_proxy": nowhere,
        "https_proxy": nowhere,
    }


def _run(command: list[str], log: Path, environment: Mapping[str, str]) -> int | None:
    """Its status; None where it was not done in time. However this is left, nothing of
    it goes on."""
    with log.open("wb") as said:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=True,
        )
        try:
            return process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            return None
        finally:
            _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        if os.name == "posix":
            # And whatever it has begun itself.
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()


def _warnings(said: str) -> Iterator[str]:
    for found in _WARNING.findall(said):
        yield from filter(None, (" ".join(line.split()) for line in found.splitlines()))


def _with_own_name(data: bytes, identifier: str, moment: int) -> bytes:
    """With the book's own name and moment, in place of those that are different in
    every build."""
    own = str(uuid5(NAMESPACE_URL, identifier))
    moments = struct.pack(">LL", *[min(moment, _LAST_MOMENT)] * 2)
    data = data[: _MOMENTS.start] + moments + data[_MOMENTS.stop :]
    found = _CHANCE.search(data)
    return data.replace(found[1], own.encode()) if found else data
