"""The manuscript's folder: which files of text it holds, and never what is outside."""

import os
import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property
from pathlib import Path

from publish.addresses import name_key
from publish.files import FOREIGN_FOLDERS, is_finished, is_foreign, other_kind
from publish.manuscript.decode import decode
from publish.problems import Position, Problem, Severity

TEXT_SUFFIXES = frozenset((".md", ".markdown", ".txt", ".rmd", ".qmd"))

# Texts of word processors, which hold more than text.
DOCUMENT_SUFFIXES = frozenset((".doc", ".docx", ".odt", ".pages", ".rtf"))


@dataclass(frozen=True)
class Folder:
    """path: as the author typed it"""

    path: Path

    @cached_property
    def real(self) -> Path:
        return self.path.resolve()

    @cached_property
    def _walked(self) -> "_Walk":
        return _walk(self)

    @property
    def files(self) -> tuple[str, ...]:
        """Every file of text that is not hidden, in natural order of the paths."""
        return self._walked.files

    @property
    def hidden(self) -> tuple[str, ...]:
        """Text whose name begins with a dot or an underscore, and such folders."""
        return self._walked.hidden

    @property
    def others(self) -> tuple[str, ...]:
        """Every other file that is neither hidden nor finished, in natural order."""
        return self._walked.others

    @property
    def documents(self) -> tuple[str, ...]:
        """Texts of word processors, which cannot be read."""
        return tuple(filter(is_document, self.others))

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self._walked.problems

    def at(self, file: str, line: int = 0) -> Position:
        return Position(self.path / file, line)

    @cached_property
    def has(self) -> Callable[[str], bool]:
        """Whether there is such a file, inside the folder once links are followed. A
        finished one is never there."""
        # Of each file many ask.
        return cache(self._has)

    def _has(self, file: str) -> bool:
        if is_finished(file) or is_foreign(file):
            return False
        path = self.path / file
        return _is_file(path) and path.resolve().is_relative_to(self.real)

    def read(self, file: str) -> tuple[str, tuple[Problem, ...]]:
        """The text of a file that `has` or `files` named."""
        path = self.path / file
        try:
            return decode(path.read_bytes(), path)
        except OSError as error:
            message = f"cannot be read: {error.strerror or error}"
            return "", (Problem(Position(path), "unreadable", message),)

    def locate(self, name: str, at: Position) -> str | Problem:
        """The file that an author or another tool wrote as *name*, or why not."""
        clean = posixpath.normpath(name)
        if "\\" in name:
            # Where a file may be called so, it is that one.
            if os.sep == "/" and self.has(clean):
                return clean
            clean = posixpath.normpath(name.replace("\\", "/"))
        if clean.startswith(("../", "/")) or clean == ".." or clean[1:2] == ":":
            return _outside(name, at)
        for candidate in (clean, *(clean + suffix for suffix in _ADDED)):
            if self.has(candidate):
                return candidate
        if is_finished(clean):
            return _finished(name, at)
        if _is_file(self.path / clean):
            return _outside(name, at)
        wanted = name_key(clean)
        for file in self.files:
            if name_key(file) == wanted:
                return file
        return self._not_found(name, clean, at)

    def _not_found(self, name: str, clean: str, at: Position) -> Problem:
        if any(file.startswith(f"{clean}/") for file in self.files):
            hint = f"to have all of a folder, write `{clean}/*.md`"
        elif kind := other_kind(self.path / clean):
            return Problem(at, "not-a-file", f"`{name}` is {kind}, no file")
        else:
            # A picture is mistaken for another picture, a chapter for a chapter.
            near = self.files if is_text(clean) or "." not in clean else self.others
            guess = get_close_matches(clean, near, n=1)
            hint = f"did you mean `{guess[0]}`?" if guess else ""
        return Problem(at, "no-file", f"no such file: {name}", hint)


# What the contents of some tools leave out.
_ADDED = (".md", ".markdown", ".qmd", ".Rmd", ".txt")


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, RuntimeError, ValueError):
        # A name too long, a link to itself, a null in the name.
        return False


def is_text(file: str) -> bool:
    return posixpath.splitext(file)[1].lower() in TEXT_SUFFIXES


def is_document(file: str) -> bool:
    return posixpath.splitext(file)[1].lower() in DOCUMENT_SUFFIXES


def stem(file: str) -> str:
    """The name of a file without folder and suffix."""
    name = posixpath.basename(file)
    before, _, after = name.rpartition(".")
    return before if before and after else name


def natural_key(file: str) -> tuple[object, ...]:
    """Sorts 2 before 10, README and index before their neighbours, case last."""
    *folders, name = file.split("/")
    first = {"readme": 0, "index": 1}.get(stem(name).casefold(), 2)
    # A folder sorts among the files by its name, so both have keys of one shape.
    parts = [*((2, _numbers(folder)) for folder in folders), (first, _numbers(name))]
    return (tuple(parts), file)


def _numbers(name: str) -> tuple[tuple[int, int, str], ...]:
    """Digits by their value, before letters."""
    pieces = re.split(r"(\d+)", posixpath.splitext(name)[0].casefold())
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in pieces if p)


@dataclass(frozen=True, slots=True)
class _Walk:
    files: tuple[str, ...]
    hidden: tuple[str, ...]
    others: tuple[str, ...]
    problems: tuple[Problem, ...]


def _walk(folder: Folder) -> _Walk:
    files: list[str] = []
    hidden: list[str] = []
    others: list[str] = []
    problems: list[Problem] = []

    def unreadable(error: OSError) -> None:
        path = Path(error.filename)
        problems.append(
            Problem(Position(path), "unreadable", f"cannot be read: {error.strerror}")
        )

    for file in _paths(folder.path, hidden, others, unreadable):
        if not _is_sayable(file):
            problems.append(_bad_name(folder, file))
        elif folder.has(file):
            files.append(file)
        else:
            problems.append(_left(folder, file))
    files.sort(key=natural_key)
    hidden.sort(key=natural_key)
    others.sort(key=natural_key)
    return _Walk(tuple(files), tuple(hidden), tuple(others), tuple(problems))


def _paths(
    root: Path,
    hidden: list[str],
    others: list[str],
    unreadable: Callable[[OSError], None],
) -> Iterator[str]:
    """Text below *root*, with slashes; what is hidden or no text goes to the lists."""
    for place, folders, names in os.walk(root, onerror=unreadable):
        below = Path(place).relative_to(root).as_posix()
        prefix = "" if below == "." else f"{below}/"
        hidden += [f"{prefix}{name}/" for name in folders if name.startswith("_")]
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith((".", "_")) and name not in FOREIGN_FOLDERS
        )
        # `os.walk` lists links to folders and does not follow them.
        links = [name for name in folders if (root / prefix / name).is_symlink()]
        yield from (prefix + name for name in links)
        for name in sorted(filter(is_text, names)):
            if name.startswith((".", "_")):
                hidden.append(prefix + name)
            else:
                yield prefix + name
        # Word processors keep files like `~$storm.docx` beside those that are open.
        others += [
            prefix + name
            for name in names
            if not is_text(name)
            and not is_finished(name)
            and name[0] not in "._~"
            and _is_sayable(name)
        ]


def _is_sayable(file: str) -> bool:
    try:
        file.encode()
    except UnicodeEncodeError:
        return False
    return True


def _bad_name(folder: Folder, file: str) -> Problem:
    said = file.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return Problem(
        Position(folder.path),
        "bad-name",
        f"the name of a file is not in UTF-8, it was left out: {said}",
        "give it another name",
    )


def _left(folder: Folder, file: str) -> Problem:
    path = folder.path / file
    if not path.exists():
        message = "a link to a file that is not there, left out"
    elif path.is_dir():
        message = "a link to a folder, not followed"
    elif path.is_file():
        return _outside(file, Position(path))
    else:
        message = "not a file of text, left out"
    return Problem(Position(path), "not-a-file", message, severity=Severity.WARNING)


def _outside(name: str, at: Position) -> Problem:
    return Problem(
        at,
        "outside",
        f"outside the folder of the book, not read: {name}",
        "copy it into the folder",
    )


def _finished(name: str, at: Position) -> Problem:
    return Problem(
        at,
        "finished-file",
        f"no book is made of a PDF or EPUB: {name}",
        "save its text as Markdown, or its picture as PNG or JPEG",
    )
