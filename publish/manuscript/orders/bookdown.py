"""Bookdown's `_bookdown.yml`.

https://bookdown.org/yihui/bookdown/usage.html
"""

import re
from typing import Any

from publish.manuscript.book_data import facts_of
from publish.manuscript.folder import Folder
from publish.manuscript.listing import Entry, Listing
from publish.manuscript.orders.yaml_file import line_of, read_yaml_file

_FILE = "_bookdown.yml"


def read_bookdown(folder: Folder) -> Listing | None:
    """The files of `rmd_files`, or as Bookdown finds them when it is not there."""
    if not folder.has(_FILE):
        return None
    settings, problems = read_yaml_file(folder, _FILE)
    text, _ = folder.read(_FILE)
    names = _names(settings.values.get("rmd_files"))
    if not names:
        names = _found(folder, settings.values.get("rmd_subdir"))
    entries: list[Entry] = []
    line = 0
    for name in names:
        line = line_of(text, name, line) or line
        entries.append(Entry(name=name, at=folder.at(_FILE, line)))
    if not entries:
        return None
    return Listing(
        by=_FILE,
        tool="Bookdown",
        entries=tuple(entries),
        facts=facts_of(settings),
        index=names[0],
        problems=problems,
    )


def _names(said: Any) -> list[str]:
    """The list, or the list for one output where each has its own."""
    if isinstance(said, dict):
        outputs = [said.get("html"), said.get("epub"), *said.values()]
        return next((names for output in outputs if (names := _names(output))), [])
    if isinstance(said, str):
        return [said]
    return [name for name in said or () if isinstance(name, str)]


def _found(folder: Folder, subfolders: Any) -> list[str]:
    """Every .Rmd of the folder, and of those that `rmd_subdir` names."""
    wanted = _names(subfolders)
    everywhere = subfolders is True
    files = [
        file
        for file in folder.files
        if file.lower().endswith(".rmd")
        and ("/" not in file or everywhere or file.split("/")[0] in wanted)
    ]
    return sorted(files, key=lambda file: file.lower() != "index.rmd")


_PART = re.compile(
    r"#[ \t]+\((PART|APPENDIX)(?:\\?\*)?\)[ \t]*(.*?)[ \t]*(?:\{[^{}]*\})?[ \t]*$"
)


def opening_part(text: str) -> tuple[int, str, bool] | None:
    """Bookdown's `# (PART) Title` as the first heading: its line, title, appendix."""
    for number, line in enumerate(text.split("\n")):
        if found := _PART.match(line):
            return number, found[2], found[1] == "APPENDIX"
        if line.startswith("#"):
            return None
    return None
