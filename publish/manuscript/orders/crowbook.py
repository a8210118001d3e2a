"""Crowbook's `.book`: settings in YAML, then a list of chapters.

`+` numbered, `-` not, `3.` numbered so, `!` without a title, `--` one deeper,
`@` a part: https://docs.rs/crate/crowbook/latest/source/guide/02_config.md
"""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from publish.manuscript.book_data import facts_of
from publish.manuscript.folder import Folder, is_text
from publish.manuscript.listing import Entry, Listing
from publish.manuscript.settings import Settings, SettingsError, read_settings
from publish.model import Role
from publish.problems import Problem, Severity

_CHAPTER = re.compile(r"(@?)[ \t]*(\+|-+|!|\d+\.)[ \t]*(\S.*)")
_PART = re.compile(r"(@)()[ \t]*(\S.*)")


def read_crowbook(folder: Folder) -> Listing | None:
    """The chapters of the first `.book` file that has some."""
    for path in sorted(folder.path.glob("*.book")):
        if folder.has(path.name) and (listing := _read(folder, path.name)):
            return listing
    return None


def _read(folder: Folder, file: str) -> Listing | None:
    text, problems = folder.read(file)
    lines = text.split("\n")
    first = next(
        (n for n, line in enumerate(lines) if _chapter(line) is not None), len(lines)
    )
    entries = tuple(_entries(folder, file, lines, first))
    if not entries:
        return None
    settings: Settings | None = None
    try:
        settings = read_settings("\n".join(lines[:first]))
    except SettingsError as error:
        at = folder.at(file, error.line)
        problems += (Problem(at, "bad-yaml", f"this is not YAML: {error}"),)
    settings = settings or Settings()
    if imported := settings.text("import"):
        problems += (
            Problem(
                folder.at(file, settings.line("import")),
                "not-imported",
                f"settings of other files are not read: {imported}",
                severity=Severity.NOTE,
            ),
        )
    return Listing(
        by=file,
        tool="Crowbook",
        entries=entries,
        facts=facts_of(settings),
        problems=problems,
    )


def _chapter(line: str) -> re.Match[str] | None:
    found = _CHAPTER.match(line)
    # Words after a dash are a list of YAML; a chapter is a file.
    if found and is_text(found[3].strip()):
        return found
    return _PART.match(line)


def _entries(
    folder: Folder, file: str, lines: list[str], first: int
) -> Iterator[Entry]:
    below = 0
    for number, line in enumerate(lines[first:], first + 1):
        if not (found := _chapter(line)):
            continue
        part, sign, name = found[1], found[2], found[3].strip()
        at = folder.at(file, number)
        is_file = is_text(name)
        if part:
            below = 1
        deeper = len(sign) - 1 if sign.startswith("-") else 0
        yield Entry(
            name=str(PurePosixPath(name)) if is_file else "",
            at=at,
            title="" if is_file else name,
            role=Role.PART if part else None,
            numbered=sign != "!" and not sign.startswith("-") if sign else None,
            depth=0 if part else below + deeper,
        )
