"""What a file is, and how one is written whole or not at all."""

import posixpath
import stat
from collections.abc import Iterable
from pathlib import Path
from secrets import token_hex

_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
_FINISHED = frozenset({".azw3", ".epub", ".pdf"})
# Folders of other tools: nothing in them is a part of a book.
FOREIGN_FOLDERS = frozenset(
    {".git", ".hg", ".svn", ".venv", "node_modules", "__pycache__"}
)


def is_finished(name: str) -> bool:
    """Whether it is called like what comes out of a build. No build opens such a file
    or asks whether it is there: what one has made must not change the next."""
    return posixpath.splitext(name)[1].lower() in _FINISHED


def is_foreign(path: str) -> bool:
    """Whether a path with slashes leads into a folder of another tool."""
    return not FOREIGN_FOLDERS.isdisjoint(path.split("/")[:-1])


def other_kind(path: Path) -> str:
    """What is there when it is no file, such as "a pipe", which nobody should open;
    empty for a file, and where nothing is."""
    try:
        return _KINDS.get(stat.S_IFMT(path.stat().st_mode), "")
    # A name that is too long or holds a null, a link to itself, a folder locked.
    except (OSError, RuntimeError, ValueError):
        return ""


def replace_file(path: Path, pieces: Iterable[bytes]) -> None:
    """Write *path*, in place of what may be there, so that nobody opens half a file,
    whoever else is reading or writing it. Its folder must be there.

    Raises OSError, with what was there before still there.
    """
    # The name is chance and nobody sees it; an ordinary file has the mode that the
    # system gives to files, which a temporary one has not.
    part = path.with_name(f".publish-{token_hex(8)}")
    try:
        with part.open("xb") as file:
            file.writelines(pieces)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
