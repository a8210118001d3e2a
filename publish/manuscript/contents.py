"""The order that the author wrote in `[contents]`."""

import re
from collections.abc import Iterable, Iterator, Sequence

from publish.config import Part
from publish.manuscript.folder import Folder
from publish.manuscript.listing import Entry, Listing
from publish.model import Role
from publish.problems import Position, Problem


def contents_order(folder: Folder, parts: Sequence[Part], by: str) -> Listing:
    """`[contents]` with its patterns spelt out. by: the file that it stands in"""
    # A file that is named somewhere belongs there, and not to a pattern as well.
    named = {name for part in parts for name in part.files if not is_pattern(name)}
    entries: list[Entry] = []
    problems: list[Problem] = []
    for part in parts:
        if part.title:
            entries.append(
                Entry(
                    name="",
                    at=part.at,
                    title=part.title,
                    role=Role.PART,
                    matter=part.matter,
                )
            )
        for name, at in zip(part.files, part.places, strict=True):
            if not is_pattern(name) or folder.has(name):
                entries.append(_entry(name, at, part))
                continue
            matching = [f for f in _matching(folder, name) if f not in named]
            named.update(matching)
            entries.extend(_entry(file, at, part) for file in matching)
            if not matching:
                problems.append(_nothing(name, at))
    return Listing(by=by, entries=tuple(entries), problems=tuple(problems))


def _entry(name: str, at: Position, part: Part) -> Entry:
    return Entry(name=name, at=at, matter=part.matter, depth=1 if part.title else 0)


def is_pattern(name: str) -> bool:
    """Whether it may mean several files."""
    return any(sign in name for sign in "*?[")


def _matching(folder: Folder, pattern: str) -> Iterator[str]:
    return matching(folder.files, pattern)


def matching(files: Iterable[str], pattern: str) -> Iterator[str]:
    """Those of *files* that a name or a pattern means."""
    expression = re.compile(_expression(pattern.removeprefix("./")))
    return (file for file in files if expression.fullmatch(file))


def _expression(pattern: str) -> str:
    """A pattern of names: `*` within a folder, `**/` through folders, `?`, `[ab]`."""
    pieces = re.split(r"(\*\*/|\*\*|\*|\?|\[[^\]]+\])", pattern)
    meaning = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return "".join(
        meaning.get(piece) or (_letters(piece) if n % 2 else re.escape(piece))
        for n, piece in enumerate(pieces)
    )


def _letters(piece: str) -> str:
    inner = piece[1:-1]
    negated = inner[0] in "!^" and len(inner) > 1
    letters = re.sub(r"([\\\[\]^&~|])", r"\\\1", inner[1:] if negated else inner)
    # "z-a" is no range.
    letters = re.sub(r"(.)-(.)", lambda r: r[0] if r[1] <= r[2] else r[1], letters)
    return f"[{'^' if negated else ''}{letters}]"


def _nothing(name: str, at: Position) -> Problem:
    return Problem(at, "no-file", f"no file is called like that: {name}")
