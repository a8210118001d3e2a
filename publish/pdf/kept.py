"""Documents that were set in an earlier build, taken from the store."""

import pickle
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from hashlib import sha256
from xml.etree.ElementTree import tostring

from publish.engine import engine
from publish.fonts import Face
from publish.model import ImageFile
from publish.pdf.crew import Executor
from publish.pdf.sheets import IMAGE
from publish.pdf.task import Answer, Part, Setup, Task
from publish.store import Store


class Kept:
    """An executor that sets only what is not in the store yet."""

    def __init__(self, executor: Executor, store: Store, setup: Setup) -> None:
        self._executor, self._store = executor, store
        self._keys = _Keys(setup)

    def submit(self, task: Task) -> "Future[Answer]":
        key = self._keys.of(task)
        if (kept := self._store.get(key)) is not None:
            done: Future[Answer] = Future()
            done.set_result(self._here(pickle.loads(kept)))
            return done
        future = self._executor.submit(task)
        future.add_done_callback(lambda done: self._keep(key, done.result()))
        return future

    def _here(self, part: Part) -> Part:
        """With the fonts of this build: those of the other may have been moved."""
        faces = {_style(face): face for face in self._keys.setup.faces}
        fonts = (replace(use, face=faces[_style(use.face)]) for use in part.fonts)
        return replace(part, fonts=tuple(fonts))

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


def _style(face: Face) -> tuple[str, int, bool]:
    return face.family, face.weight, face.italic


def _common(setup: Setup) -> Iterator[str]:
    yield engine()
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
