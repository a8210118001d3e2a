"""Which file of the manuscript a picture in the text means, or why none."""

import os
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from publish.addresses import leaves_the_book, name_key, picture_paths
from publish.files import is_finished, is_foreign, other_kind
from publish.problems import Position, Problem

# What an author may have meant by a name that is no picture.
PICTURES = frozenset(
    {".jpg", ".jpeg", ".png", ".gif", ".svg", ".svgz", ".webp", ".avif", ".tif"}
    | {".tiff", ".bmp"}
)


class Finder:
    """folder: of the manuscript"""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, at: Position, chapter: str, src: str) -> str | Problem:
        """The path of the picture, relative to the folder."""
        if leaves_the_book(src):
            return _refused(at, src)
        paths = list(dict.fromkeys(picture_paths(chapter, src)))
        if any(map(is_finished, paths)):
            return _finished(at, src)
        there = (path for path in paths if self._has(path))
        return next(there, None) or self._missing(at, src, paths)

    def _has(self, path: str) -> bool:
        if is_foreign(path):
            return False
        try:
            return (self.folder / path).is_file()
        # A name that is too long, or a folder that is locked.
        except OSError:
            return False

    def _missing(self, at: Position, src: str, paths: Iterable[str]) -> Problem:
        kind = next(filter(None, (other_kind(self.folder / p) for p in paths)), "")
        if kind:
            message = f"the picture `{src}` cannot be shown: it is {kind}, no file"
            return Problem(at, "broken-picture", message)
        wanted = name_key(src.replace("\\", "/").rpartition("/")[2])
        near = get_close_matches(wanted, self.pictures, n=1)
        hint = (
            f"there is `{self.pictures[near[0]]}` in the book's folder" if near else ""
        )
        return Problem(at, "no-picture", f"there is no picture `{src}`", hint)

    @cached_property
    def pictures(self) -> dict[str, str]:
        """Every picture of the folder: its path by what its name is compared by."""
        found: dict[str, str] = {}
        for folder, inner, names in os.walk(self.folder):
            inner[:] = sorted(name for name in inner if not name.startswith("."))
            for name in sorted(names):
                path = Path(folder, name)
                if path.suffix.lower() in PICTURES and not other_kind(path):
                    place = path.relative_to(self.folder).as_posix()
                    found.setdefault(name_key(name), place)
        return found


def _refused(at: Position, src: str) -> Problem:
    if src.startswith("data:"):
        message = "a picture written into the text itself cannot be used"
        hint = "save it as a file in the book's folder"
        return Problem(at, "broken-picture", message, hint)
    message = f"the picture `{src}` is not in the book's folder"
    hint = "a book must not fetch anything: save the picture beside the text"
    return Problem(at, "remote-picture", message, hint)


def _finished(at: Position, src: str) -> Problem:
    message = f"the picture `{src}` cannot be shown: a PDF or EPUB is no picture"
    hint = "save the picture in it as SVG, PNG or JPEG"
    return Problem(at, "broken-picture", message, hint)
