"""A TOML file as a table, with the lines that tomllib does not keep."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from publish.config.slips import explained, is_unclosed
from publish.problems import Position, Problem, PublishError

# Where a value is: keys and, inside lists, positions.
Place = tuple[str | int, ...]

_NAME = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_DOTTED = rf"{_NAME}(?:[ \t]*\.[ \t]*{_NAME})*"
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_DOTTED})[ \t]*\]")
_KEY = re.compile(rf"[ \t]*({_DOTTED})[ \t]*=")


@dataclass(frozen=True, slots=True)
class TomlFile:
    """path: as `Position` wants it
    text: newlines are "\\n"
    """

    path: Path
    text: str
    table: dict[str, Any]

    def at(self, place: Place) -> Position:
        """The line that sets the value at *place*; of its table if it is not found."""
        return Position(self.path, self._line(place))

    def _line(self, place: Place) -> int:
        lines = self.text.split("\n")
        entries = [*_entries(lines), ((), len(lines) + 1)]
        best, length, end = 0, 0, len(lines) + 1
        for (found, line), (_, following) in pairwise(entries):
            if found == place[: len(found)] and len(found) > length:
                best, length, end = line, len(found), following
        rest = place[length:]
        if not rest:
            return best
        # A table without a line of its own begins with the first thing in it.
        for found, line in entries:
            if found[: len(place)] == place:
                return line
        if not best:
            return best
        return best + _inside(lines[best - 1 : end - 1], rest, self._value(place))

    def _value(self, place: Place) -> object:
        value: Any = self.table
        for step in place:
            try:
                value = value[step]
            except (KeyError, IndexError):
                return None
        return value


def read_toml(path: Path) -> TomlFile:
    """Read one TOML file. Raises PublishError when it is not TOML."""
    text = ""
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        return TomlFile(path, text, tomllib.loads(text))
    except FileNotFoundError as error:
        problem = Problem(Position(path), "no-config", "no such file")
        raise PublishError([problem]) from error
    except OSError as error:
        problem = Problem(
            Position(path), "unreadable", f"cannot be read: {error.strerror}"
        )
        raise PublishError([problem]) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        problem = Problem(
            Position(path, line), "not-utf8", "not UTF-8", "save the file as UTF-8"
        )
        raise PublishError([problem]) from error
    except tomllib.TOMLDecodeError as error:
        raise PublishError([_bad_toml(path, str(error), text)]) from error
    except RecursionError as error:
        problem = Problem(Position(path), "bad-toml", "lists nested too deeply")
        raise PublishError([problem]) from error


def _bad_toml(path: Path, words: str, text: str) -> Problem:
    found = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", words)
    message = words[: found.start()] if found else words
    line, column = (int(found[1] or 0), int(found[2] or 0)) if found else (0, 0)
    line = line or _unclosed_line(text)
    said, hint = explained(message, text.split("\n")[line - 1] if line else "")
    return Problem(Position(path, line, column), "bad-toml", said, hint)


def _entries(lines: list[str]) -> Iterator[tuple[Place, int]]:
    """Where each table and each key begins."""
    table: Place = ()
    counts: dict[Place, int] = {}
    quotes = ""
    for number, line in enumerate(lines, 1):
        if quotes:
            quotes = "" if quotes in line else quotes
        elif header := _HEADER.match(line):
            table = _split(header[2])
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            yield table, number
        elif key := _KEY.match(line):
            yield (*table, *_split(key[1])), number
            quotes = _opened(line)


def _unclosed_line(text: str) -> int:
    """The last line that opens a quote and does not close it; 0 for none."""
    lines = text.split("\n")
    return max((n for n, line in enumerate(lines, 1) if is_unclosed(line)), default=0)


def _split(dotted: str) -> Place:
    return tuple(name.strip("\"'") for name in re.findall(_NAME, dotted))


def _opened(line: str) -> str:
    """The triple quotes that *line* opens and does not close."""
    for quotes in ('"""', "'''"):
        if line.count(quotes) % 2:
            return quotes
    return ""


def _inside(lines: list[str], rest: Place, value: object) -> int:
    """How many lines below a key's own the thing at *rest* of its value stands."""
    text = "\n".join(lines)
    key = rest[-1]
    if isinstance(key, int):
        # A table in a list is known by its bracket, words by themselves.
        signs = [sign.start() for sign in re.finditer(r"\{", text)]
        if isinstance(value, dict) and key < len(signs):
            return text.count("\n", 0, signs[key])
        return text.count("\n", 0, max(text.find(str(value)), 0))
    found = list(re.finditer(rf"""(?<![\w-]){re.escape(key)}["']?\s*=""", text))
    if not found:
        return 0
    # Not every item of a list need have the key: then the last one is nearest.
    index = next((step for step in rest if isinstance(step, int)), 0)
    return text.count("\n", 0, found[min(index, len(found) - 1)].start())
