"""A finished file that nobody has written anywhere yet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO
from weakref import finalize

from publish.layout import Layout
from publish.model import Edition
from publish.problems import Position, Problem

# Bytes that are in memory at once while a spooled file is copied.
_PIECE = 1 << 20


class Spool:
    """The bytes of a file that may be larger than memory should hold.

    They lie on the disk, in a file without a name that is gone when nobody needs it.
    """

    def __init__(self, write: Callable[[BinaryIO], object]) -> None:
        """write: puts the bytes into the file that it is given"""
        self._file = TemporaryFile(prefix="publish-")  # noqa: SIM115, see below
        finalize(self, self._file.close)
        write(self._file)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Spool):
            return NotImplemented
        return all(a == b for a, b in zip_longest(self.pieces(), other.pieces()))

    def __hash__(self) -> int:
        return hash(self.size)

    def __reduce__(self) -> tuple[Callable[[bytes], "Spool"], tuple[bytes]]:
        return _spooled, (b"".join(self.pieces()),)

    @property
    def size(self) -> int:
        return self._file.seek(0, 2)

    @property
    def file(self) -> BinaryIO:
        """At its beginning. Who asks again moves it there again."""
        self._file.seek(0)
        return self._file

    def pieces(self) -> Iterator[bytes]:
        at = 0
        while True:
            # Others may read it meanwhile.
            self._file.seek(at)
            piece = self._file.read(_PIECE)
            if not piece:
                return
            yield piece
            at += len(piece)


def _spooled(data: bytes) -> Spool:
    return Spool(lambda file: file.write(data))


@dataclass(frozen=True, slots=True)
class Source:
    """path: of a file inside of a finished one
    at: where in the manuscript it comes from
    """

    path: str
    at: Position


@dataclass(frozen=True, slots=True)
class Artifact:
    """name: file name without a folder, e.g. "the-lamp.epub"
    content: the whole file
    pages: how many pages it has; 0 for an EPUB
    sheets: on how many they stand that are folded; 0 for single pages
    problems: what its renderer had to say while making it
    sources: of the files in it, as far as they have one
    places: where in the manuscript the text of each page begins; empty for an EPUB
        and for sheets
    right_to_left: whether its pages are read in that direction
    edition: what it is made for; None until it is given its name
    layout: what a compositor would mend in it; None where nobody looked
    """

    name: str
    content: bytes | Spool
    pages: int = 0
    problems: tuple[Problem, ...] = ()
    sources: tuple[Source, ...] = ()
    places: tuple[Position, ...] = ()
    right_to_left: bool = False
    edition: Edition | None = None
    sheets: int = 0
    layout: Layout | None = None

    def place(self, page: int) -> Position:
        """Where in the manuscript the text of a page begins. page: from 1"""
        known = 0 < page <= len(self.places)
        return self.places[page - 1] if known else Position(Path(self.name))

    @property
    def data(self) -> bytes:
        """The whole file, in memory."""
        return b"".join(self.pieces())

    @property
    def size(self) -> int:
        """Bytes."""
        content = self.content
        return content.size if isinstance(content, Spool) else len(content)

    def pieces(self) -> Iterator[bytes]:
        """Its bytes, in their order, never many at once."""
        if isinstance(self.content, Spool):
            yield from self.content.pieces()
        else:
            yield self.content
