"""What stands above the text of a file: YAML, TOML or Pandoc's title block.

It is taken out of the text line by line, so that the lines below keep their numbers.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publish.manuscript.settings import Settings, SettingsError, read_settings
from publish.problems import Position, Problem

_KEY = re.compile(r"""["']?[\w][\w .-]*["']?\s*:(\s|$)""")


@dataclass(frozen=True, slots=True)
class Split:
    """A file's settings and its text, each line where it was."""

    settings: Settings
    text: str
    problems: tuple[Problem, ...] = ()


def split_front_matter(text: str, path: Path) -> Split:
    """Take front matter or a title block off the beginning of *text*."""
    if text.startswith("---"):
        return _yaml(text, path)
    if text.startswith("+++"):
        return _toml(text)
    if text.startswith("%"):
        return _title_block(text)
    return Split(Settings(), text)


def _yaml(text: str, path: Path) -> Split:
    lines = text.split("\n")
    end = _end(lines, "---", ("---", "..."))
    # A line of dashes with nothing under it is a scene break, as Pandoc has it.
    if not end or (end > 1 and not lines[1].strip()):
        return Split(Settings(), text)
    inner = lines[1:end]
    below = _blanked(lines, end)
    try:
        settings = read_settings("\n".join(inner), first_line=2)
    except SettingsError as error:
        if not _looks_like_keys(inner):
            return Split(Settings(), text)
        problem = Problem(
            Position(path, error.line),
            "bad-front-matter",
            f"this front matter is not YAML: {error}",
            "put a value that holds a colon or a quote in quotes",
        )
        return Split(_salvaged(inner), below, (problem,))
    if settings is None:
        # Only comments, or words between two lines of dashes.
        empty = not any(line.strip() for line in inner)
        return Split(Settings(), below if empty else text)
    if all(" " in key.strip() for key in settings.values):
        # "He said: no" between two lines of dashes is text.
        return Split(Settings(), text)
    return Split(settings, below)


def _end(lines: list[str], opening: str, closings: tuple[str, ...]) -> int:
    """The line that closes the block; 0 when there is none."""
    if lines[0].rstrip() != opening:
        return 0
    return next((n for n in range(1, len(lines)) if lines[n].rstrip() in closings), 0)


def _blanked(lines: list[str], end: int) -> str:
    return "\n" * (end + 1) + "\n".join(lines[end + 1 :])


def _looks_like_keys(lines: list[str]) -> bool:
    first = next((line for line in lines if line.strip() and line[0] != "#"), "")
    return bool(_KEY.match(first))


def _salvaged(lines: list[str]) -> Settings:
    """What `key: words` says where the whole is no YAML."""
    values: dict[str, str] = {}
    numbers: dict[str, int] = {}
    for number, line in enumerate(lines, 2):
        if _KEY.match(line):
            key, _, value = line.partition(":")
            values.setdefault(key.strip(" \"'"), value.strip(" \"'"))
            numbers.setdefault(key.strip(" \"'"), number)
    return Settings(values, numbers)


def _toml(text: str) -> Split:
    """Front matter as Hugo and Zola have it."""
    lines = text.split("\n")
    end = _end(lines, "+++", ("+++",))
    try:
        table = tomllib.loads("\n".join(lines[1:end]))
    except (tomllib.TOMLDecodeError, RecursionError):
        return Split(Settings(), text)
    if not table:
        return Split(Settings(), text)
    numbers = {
        line.partition("=")[0].strip(): number
        for number, line in enumerate(lines[1:end], 2)
        if "=" in line
    }
    values = {key: _plain(value) for key, value in table.items()}
    return Split(Settings(values, numbers), _blanked(lines, end))


def _plain(value: object) -> Any:
    """The same kinds of value as YAML's."""
    match value:
        case bool() | str():
            return value
        case list():
            return [_plain(item) for item in value]
        case dict():
            return {str(key): _plain(item) for key, item in value.items()}
        case _:
            return str(value)


def _title_block(text: str) -> Split:
    """Pandoc's `% title`, `% authors`, `% date`; a field goes on in indented lines."""
    lines = text.split("\n")
    fields: list[list[str]] = []
    end = 0
    while end < len(lines) and len(fields) <= len(_FIELDS):
        line = lines[end]
        if line.startswith("%") and len(fields) < len(_FIELDS):
            fields.append([line[1:].strip()])
        elif line.startswith((" ", "\t")) and line.strip() and fields:
            fields[-1].append(line.strip())
        else:
            break
        end += 1
    values: dict[str, Any] = {
        name: " ".join(field) for name, field in zip(_FIELDS, fields, strict=False)
    }
    if len(fields) > 1:
        authors = ";".join(fields[1]).split(";")
        values["author"] = [name.strip() for name in authors if name.strip()]
    return Split(Settings(values), "\n" * end + "\n".join(lines[end:]))


_FIELDS = ("title", "author", "date")
