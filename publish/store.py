"""What was made in an earlier build and may be taken again, by what it was made of.

A store never changes a byte of a book: what is in it could be made again, and its key
says all that decides it. Two builds may use one store at once, and either may be
killed: an entry is there whole, or it is not.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from publish.files import replace_file

# Bytes. A book of 1,000 pages takes some 6 MB.
LIMIT = 1_000_000_000
_DIGEST = 32


@dataclass(frozen=True, slots=True)
class Store:
    """folder: is made when something is first put into it"""

    folder: Path
    limit: int = LIMIT

    def get(self, key: str) -> bytes | None:
        """What is under *key*; None for nothing, or for what a disk has damaged."""
        path = self._path(key)
        try:
            kept = path.read_bytes()
            # What was wanted last is thrown away last.
            os.utime(path)
        except OSError:
            return None
        digest, data = kept[:_DIGEST], kept[_DIGEST:]
        return data if sha256(data).digest() == digest else None

    def put(self, key: str, data: bytes) -> None:
        """Keep *data*. A store that cannot be written keeps nothing, and says nothing:
        the book is made all the same."""
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, [sha256(data).digest(), data])
        except OSError:
            return

    def trim(self) -> None:
        """Throw away what was not wanted for longest, until the rest is within the
        limit."""
        entries = sorted(self._entries())
        size = sum(entry[1] for entry in entries)
        for _, bytes_, path in entries:
            if size <= self.limit:
                return
            if _thrown_away(path):
                size -= bytes_

    def clear(self) -> int:
        """Throw everything away that can be. Gives how many bytes that were."""
        return sum(size for _, size, path in self._entries() if _thrown_away(path))

    def _path(self, key: str) -> Path:
        # A folder of ten thousand files is slow on some systems.
        return self.folder / key[:2] / key

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        """When each was wanted last, its size in bytes, where it is."""
        for path in self.folder.glob("??/*"):
            try:
                known = path.stat()
            except OSError:
                # Another build has thrown it away.
                continue
            yield known.st_mtime, known.st_size, path


def _thrown_away(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True
