"""Documents that were set in an earlier build, taken from the store."""

import ctypes
import pickle
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from xml.etree.ElementTree import tostring

from publish.model import ImageFile
from publish.pdf.crew import Executor
from publish.pdf.sheets import IMAGE
from publish.pdf.task import Answer, Part, Setup, Task
from publish.store import Store

# Besides our own code, what decides how a document is set.
_PACKAGES = (
    *("weasyprint", "pydyf", "tinycss2", "cssselect2", "pyphen", "fonttools"),
    *("uharfbuzz", "pillow", "pikepdf"),
)
_LIBRARIES = {
    "pango_version": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "hb_version_string": ("libharfbuzz.so.0", "libharfbuzz.dylib", "libharfbuzz-0.dll"),
}


class Kept:
    """An executor that sets only what is not in the store yet."""

    def __init__(self, executor: Executor, store: Store, setup: Setup) -> None:
        self._executor, self._store = executor, store
        self._keys = _Keys(setup)

    def submit(self, task: Task) -> "Future[Answer]":
        key = self._keys.of(task)
        if (kept := self._store.get(key)) is not None:
            done: Future[Answer] = Future()
            done.set_result(pickle.loads(kept))
            return done
        future = self._executor.submit(task)
        future.add_done_callback(lambda done: self._keep(key, done.result()))
        return future

    def _keep(self, key: str, answer: Answer) -> None:
        # Why a document cannot be set may be gone in the next build.
        if isinstance(answer, Part):
            self._store.put(key, pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))


@dataclass(slots=True)
class _Keys:
    setup: Setup
    common: str = ""

    def of(self, task: Task) -> str:
        """Of everything that decides the answer to *task*."""
        self.common = self.common or "\n".join(_common(self.setup))
        text = tostring(task.root, encoding="unicode")
        key = sha256(self.common.encode())
        sheets = self.setup.text if task.paths else self.setup.furniture
        for part in (text, *sheets, *map(str, task.paths)):
            key.update(f"{len(part)} {part}".encode())
        for image in sorted(_shown(task)):
            if image in self.setup.images:
                key.update(_digest(self.setup.images[image]).encode())
        return key.hexdigest()


def _common(setup: Setup) -> Iterator[str]:
    yield _own_code()
    yield from map(_version, _PACKAGES)
    yield from (_library(call, names) for call, names in _LIBRARIES.items())
    for face in setup.faces:
        known = face.path.stat()
        file = f"{face.path.name} {known.st_size} {known.st_mtime_ns}"
        yield f"{face.family} {face.weight} {face.italic} {file}"


def _shown(task: Task) -> set[str]:
    """The names of the pictures that a document shows."""
    sources = (element.get("src", "") for element in task.root.iter("img"))
    return {s.removeprefix(IMAGE) for s in sources if s.startswith(IMAGE)}


def _digest(image: ImageFile) -> str:
    known = f"{image.name} {image.media_type} {image.width} {image.height}"
    return f"{known} {sha256(image.path.read_bytes()).hexdigest()}"


@cache
def _own_code() -> str:
    """Of every file of this package: a version has more than one day."""
    folder = Path(__file__).parents[1]
    digest = sha256()
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return package


@cache
def _library(call: str, names: tuple[str, ...]) -> str:
    """The version of a library of the system, as it says itself."""
    for name in names:
        try:
            function = getattr(ctypes.CDLL(name), call)
        except (OSError, AttributeError):
            continue
        function.restype = ctypes.c_char_p if call.endswith("string") else ctypes.c_int
        return f"{name} {function()}"
    return call
