"""The report of an earlier build of which nothing has changed since."""

import os
import pickle
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import chain
from pathlib import Path

from publish.engine import engine
from publish.files import FOREIGN_FOLDERS, is_finished, other_kind
from publish.report import Report
from publish.store import Store

# More than any book has: then the folder is something else, and is not read to the end.
MOST_FILES, MOST_BYTES = 5_000, 1_000_000_000
# Bytes of finished files that are kept together, and are in memory to be kept.
MOST_KEPT = 50_000_000
# What is wrong with the machine or the moment may be right the next time.
_OF_THE_MACHINE = frozenset(
    {
        "book-stopped",
        "kindle-failed",
        "no-cache",
        "no-calibre",
        "no-citation-engine",
        "no-cluster",
        "no-edition",
        "no-font",
        "no-pango",
    }
    | {"pdf-render", "pdf-stopped", "picture-stopped"}
)


def build_key(where: Path, wanted: Iterable[str] = ()) -> str:
    """Of everything that decides a build; empty where that cannot be told.

    where: as for `publish.pipeline.build`
    wanted: all that was said of what is to be made of it
    """
    folder = where if where.is_dir() else where.parent
    # One file of text may lie in a folder of all kinds of things.
    if not where.is_dir() and where.name != "book.toml":
        return ""
    key = sha256(engine().encode())
    # A book may be called after its folder, whatever way leads there.
    said = (where, folder.resolve().name, *wanted)
    try:
        for part in chain(map(str, said), (_epoch(),), _files(folder)):
            data = part if isinstance(part, bytes) else os.fsencode(part)
            key.update(f"{len(data)} ".encode() + data)
    except (OSError, UnclearError):
        return ""
    return key.hexdigest()


def _epoch() -> str:
    return os.environ.get("SOURCE_DATE_EPOCH", "")


class UnclearError(Exception):
    """What is in the folder cannot be told, or is more than a book."""


def _files(folder: Path) -> Iterator[str | bytes]:
    """The name and the bytes of every file that could be a part of the book, and the
    names of the folders of which a build says that it left them out."""
    for name, path in _walked(folder):
        yield name
        if path is not None and path.is_symlink():
            yield f"-> {path.readlink()}"
            if not path.resolve().is_relative_to(folder.resolve()):
                # No build reads it.
                continue
        if path is not None:
            # Nobody should open a pipe.
            yield other_kind(path) or path.read_bytes()


def book_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file that could be a part of the book, by its path in *folder*.

    Raises UnclearError, also where copies of them would be another book, and OSError.
    """
    for name, path in _walked(folder):
        if path is None:
            continue
        if path.is_symlink() or other_kind(path):
            raise UnclearError
        yield name, path


def _walked(folder: Path) -> Iterator[tuple[str, Path | None]]:
    """Files by their paths in *folder*; with no file, folders that are left out."""
    files, size = 0, 0
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(set(folders) - FOREIGN_FOLDERS)
        if any(Path(at, name).is_symlink() for name in folders):
            raise UnclearError
        below = Path(at).relative_to(folder)
        for name in folders:
            if name.startswith("_"):
                yield f"{(below / name).as_posix()}/", None
        for name in sorted(names):
            if is_finished(name):
                continue
            path = Path(at, name)
            files += 1
            size += path.lstat().st_size
            if files > MOST_FILES or size > MOST_BYTES:
                raise UnclearError
            yield (below / name).as_posix(), path


def kept_report(store: Store, key: str) -> Report | None:
    """What the build of that key had to say, with what it made."""
    kept = store.get(key) if key else None
    if kept is None:
        return None
    report: Report = pickle.loads(kept)
    return report


def keep_report(store: Store, key: str, report: Report) -> None:
    """Keep it for the next build, but for what may come out otherwise then."""
    # One that fills the store would push out the pieces that it is made of.
    most = min(MOST_KEPT, store.limit // 4)
    if not key or sum(made.size for made in report.artifacts) > most:
        return
    if _OF_THE_MACHINE.isdisjoint(p.code for p in report.problems):
        store.put(key, pickle.dumps(report, pickle.HIGHEST_PROTOCOL))
