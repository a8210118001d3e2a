"""Open the pictures that a book names, and make each ready, once for all outputs.

find.py      the file that a picture in the text means
prepare.py   one picture: checked, upright, bare
lighten.py   all pictures as an e-book carries them
compress.py  one of them: the same to see in fewer bytes; png.py
"""

import re
from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from publish.crew import NO_KIT, Executor, Files, Here, StoppedError, Work, WorkError
from publish.images.find import Finder
from publish.images.prepare import BadPictureError, Prepared, prepare
from publish.kinds import every
from publish.model import Book, Image, ImageFile
from publish.problems import Position, Problem
from publish.svg import MEDIA_TYPE as SVG


def read_images(
    book: Book,
    folder: Path,
    cover: Path | None,
    into: Path,
    executor: Executor | None = None,
) -> tuple[Book, tuple[Problem, ...]]:
    """Open every picture that the book names below *folder*, and its cover.

    into: a folder for the pictures as the outputs show them; who made it throws it
        away, when nothing of the book is left to be made
    executor: who makes them ready; None for this process

    Pictures that are missing, broken, remote or outside the folder are problems at
    each place that names them, and no `ImageFile`.
    """
    places = list(_places(book, folder))
    if cover:
        places.append(_Place(Position(cover), "the cover", cover))
    pictures = _Pictures(folder, into, executor or Here())
    for place in places:
        if isinstance(place.found, Path):
            pictures.put(place.found, place.source)
    ready = pictures.filled()
    problems = tuple(problem for place in places for problem in place.problems(ready))
    files = [file for file in ready.values() if isinstance(file, ImageFile)]
    # A file under two names is equal to itself.
    images = tuple(dict.fromkeys(file for file in files if file.sources))
    front = ready[cover] if cover else None
    front = front if isinstance(front, ImageFile) else None
    return replace(book, images=images, cover=front), problems


@dataclass(frozen=True, slots=True)
class _Fault:
    """Why a picture cannot be shown. An error would hold on to its bytes.

    stopped: whether the process that opened it ended; killed: by something outside
    """

    reason: str
    stopped: bool = False
    killed: bool = False

    def problem(self, at: Position, what: str) -> Problem:
        message = f"{what} cannot be shown: {self.reason}"
        if self.stopped:
            hint = _MEMORY if self.killed else ""
            return Problem(at, "picture-stopped", message, hint)
        return Problem(at, "broken-picture", message)


_MEMORY = "if the machine had too little memory, end other programs and try again"


def _fault(error: WorkError) -> _Fault:
    if isinstance(error, StoppedError):
        reason = f"the process that opened it stopped ({error.reason})"
        return _Fault(reason, stopped=True, killed=error.killed)
    return _Fault(error.reason)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the book shows a picture.

    what: as a problem calls it
    source: its path relative to the manuscript; empty for the cover
    """

    at: Position
    what: str
    found: Path | Problem
    source: str = ""

    def problems(self, ready: Mapping[Path, ImageFile | _Fault]) -> Iterator[Problem]:
        if isinstance(self.found, Problem):
            yield self.found
        elif isinstance(fault := ready[self.found], _Fault):
            yield fault.problem(self.at, self.what)


def _places(book: Book, folder: Path) -> Iterator[_Place]:
    finder = Finder(folder)
    for chapter in book.chapters:
        for image in every(chapter, Image):
            at = Position(chapter.path, image.line)
            what = f"the picture `{image.src}`"
            found = finder.find(at, chapter.source, image.src)
            if isinstance(found, Problem):
                yield _Place(at, what, found)
            else:
                yield _Place(at, what, folder / found, found)


@dataclass(frozen=True, slots=True)
class _Picture:
    """The author's bytes. They are read once, so that what is kept for the next build
    is what was made of these, even if the file is saved meanwhile."""

    data: bytes
    digest: str

    def spelt(self) -> Iterator[str]:
        yield self.digest


def _prepared(_kit: None, picture: _Picture, _files: Files) -> Prepared:
    return prepare(picture.data)


# Pictures that are in memory at once, however many there are.
_AT_ONCE = 8
# Bytes that are made ready in a millisecond: more of photographs that keep their
# pixels, less of those that are scaled and of drawings.
_BYTES = 20_000
_ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", SVG: ".svg"}


class _Pictures:
    """The pictures of a book, each of them once, under all paths that show it.

    folder: of the manuscript; nothing outside of it is opened
    into: see `read_images`
    """

    def __init__(self, folder: Path, into: Path, executor: Executor) -> None:
        self._root, self._into, self._executor = folder.resolve(), into, executor
        # By the digest of the bytes; what cannot be read has none and goes by its path.
        self._keys: dict[Path, str] = {}
        self._sources: dict[str, list[str]] = {}
        self._found: dict[str, ImageFile | _Fault] = {}
        self._begun: deque[tuple[str, str, Future[Prepared]]] = deque()
        self._names: set[str] = set()

    def put(self, path: Path, source: str) -> None:
        """Begin to make the picture ready, unless it is there. source: see `_Place`"""
        if path in self._keys:
            return
        try:
            picture = self._read(path)
        except BadPictureError as error:
            self._keys[path] = str(path)
            self._found[str(path)] = _fault(error)
            return
        key = self._keys[path] = picture.digest
        if key not in self._sources:
            self._sources[key] = []
            self._begin(key, path.stem, picture)
        if source:
            self._sources[key].append(source)

    def _begin(self, key: str, stem: str, picture: _Picture) -> None:
        if len(self._begun) == _AT_ONCE:
            self._put_away()
        weight = len(picture.data) // _BYTES
        work = Work(_prepared, NO_KIT, picture, weight=weight, here=True)
        self._begun.append((key, stem, self._executor.submit(work)))

    def filled(self) -> dict[Path, ImageFile | _Fault]:
        """What became of each path, when all are ready."""
        while self._begun:
            self._put_away()
        return {path: self._of(key) for path, key in self._keys.items()}

    def _of(self, key: str) -> ImageFile | _Fault:
        found = self._found[key]
        if isinstance(found, _Fault):
            return found
        return replace(found, sources=tuple(self._sources[key]))

    def _read(self, path: Path) -> _Picture:
        if not path.resolve().is_relative_to(self._root):
            raise BadPictureError("it lies outside the book's folder")
        try:
            data = path.read_bytes()
        except OSError as error:
            raise BadPictureError(f"it cannot be read ({error.strerror})") from error
        return _Picture(data, sha256(data).hexdigest())

    def _put_away(self) -> None:
        """Wait for the one that was begun first, and write it to its file."""
        key, stem, future = self._begun.popleft()
        try:
            (ready,) = self._executor.gather([future])
        except WorkError as error:
            self._found[key] = _fault(error)
            return
        name = self._name(stem, _ENDINGS[ready.media_type])
        path = self._into / name
        path.write_bytes(ready.data)
        self._found[key] = ImageFile(
            name, path, (), ready.media_type, ready.width, ready.height
        )

    def _name(self, stem: str, ending: str) -> str:
        word = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-") or "picture"
        name, number = f"{word}{ending}", 1
        while name in self._names:
            number += 1
            name = f"{word}-{number}{ending}"
        self._names.add(name)
        return name
