"""The zip that an EPUB is, opened with care: it may be broken, locked or a bomb."""

import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from publish.check.say import shown
from publish.problems import Position, Problem, PublishError

# Unpacked bytes of all files together, and of one that is read whole. No shop takes
# an EPUB of more than two gigabytes; the longest single chapters have ten megabytes.
MOST_BYTES = 4_000_000_000
MOST_TEXT = 32_000_000
MOST_FILES = 60_000
# How often smaller than its content deflate can make a file is 1,032; text is made
# ten times smaller, and what is made so much smaller fills a memory for fun.
_BOMB_RATIO, _BOMB_BYTES = 500, 50_000_000
_LOCKED = 0x1
_CHUNK = 1 << 20
# All that zipfile raises at a file that is none, or a broken one.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


class BrokenFileError(Exception):
    """A file inside the EPUB that cannot be read. Its text says why."""


@dataclass(frozen=True, slots=True)
class Archive:
    """path: of the EPUB
    entries: by their names, in the order of the zip; folders are none
    doubled: names that more than one entry has
    """

    path: Path
    zip: zipfile.ZipFile
    entries: Mapping[str, zipfile.ZipInfo]
    doubled: tuple[str, ...]

    def at(self, name: str = "", line: int = 0, column: int = 0) -> Position:
        """A place in a file of the EPUB; without a name, the EPUB as a whole."""
        if not name:
            return Position(self.path)
        return Position(Path(f"{self.path}/{shown(name)}"), line, column)

    def read(self, name: str) -> bytes:
        """The whole of a text file. Raises BrokenFileError."""
        size = self.entries[name].file_size
        if size > MOST_TEXT:
            most = MOST_TEXT // 1_000_000
            raise BrokenFileError(f"it has {size // 1_000_000} MB; texts have {most}")
        try:
            return self.zip.read(self.entries[name])
        except _BROKEN as error:
            raise BrokenFileError(_reason(error)) from error

    def head(self, name: str, length: int) -> bytes:
        """How a file begins; the rest is only read. Raises BrokenFileError."""
        try:
            with self.zip.open(self.entries[name]) as file:
                start = file.read(length)
                # The checksum is compared when the end is reached.
                while file.read(_CHUNK):
                    pass
                return start
        except _BROKEN as error:
            raise BrokenFileError(_reason(error)) from error


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Raises PublishError for what is no zip, or one that had better stay closed."""
    at = Position(path)
    if not path.is_file():
        raise PublishError([Problem(at, "no-file", "there is no such file")])
    try:
        archive = zipfile.ZipFile(path)
    except PermissionError as error:
        message = f"cannot be read: {error.strerror}"
        raise PublishError([Problem(at, "unreadable", message)]) from error
    except _BROKEN as error:
        hint = "if it was downloaded, download it again"
        message = f"this is no EPUB: {_reason(error)}"
        raise PublishError([Problem(at, "epub-broken", message, hint)]) from error
    with archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if problem := _refused(at, infos):
            raise PublishError([problem])
        entries: dict[str, zipfile.ZipInfo] = {}
        doubled: dict[str, None] = {}
        for info in infos:
            if info.filename in entries:
                doubled[info.filename] = None
            entries.setdefault(info.filename, info)
        yield Archive(path, archive, entries, tuple(doubled))


def _refused(at: Position, infos: list[zipfile.ZipInfo]) -> Problem | None:
    unpacked = sum(info.file_size for info in infos)
    if unpacked > MOST_BYTES or any(map(_is_bomb, infos)):
        size = f"{max(1, unpacked // 1_000_000):,} MB"
        message = f"unpacked it would have {size}: it is not opened"
        return Problem(at, "epub-too-large", message)
    if len(infos) > MOST_FILES:
        message = f"it holds {len(infos):,} files: it is not opened"
        return Problem(at, "epub-too-large", message)
    if any(info.flag_bits & _LOCKED for info in infos):
        message = "the zip is locked with a password: no reader can open it"
        return Problem(at, "epub-locked", message, "pack it without a password")
    return None


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    packed = max(1, info.compress_size)
    return info.file_size > _BOMB_BYTES and info.file_size / packed > _BOMB_RATIO


def _reason(error: BaseException) -> str:
    match error:
        case zipfile.BadZipFile() if "CRC" in str(error):
            return "its bytes are not those that were packed"
        case zipfile.BadZipFile() if "not a zip" in str(error):
            return "it is no zip, or one cut short"
        case NotImplementedError():
            return "it is packed in a way that EPUB does not know"
        case OSError() if error.strerror:
            return error.strerror
    return "the zip is broken"
