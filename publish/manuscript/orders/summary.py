"""`SUMMARY.md` of GitBook, HonKit and mdBook, and GitBook's own settings.

https://rust-lang.github.io/mdBook/format/summary.html
https://docs.gitbook.com/integrations/git-sync/content-configuration
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from publish.config import Facts
from publish.manuscript.book_data import facts_of
from publish.manuscript.folder import Folder
from publish.manuscript.headings import plain_words
from publish.manuscript.listing import Entry, Listing, join, link_of, listed_name
from publish.manuscript.orders.yaml_file import read_yaml_file
from publish.manuscript.settings import Settings
from publish.model import Matter, Role
from publish.problems import Problem, Severity

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_ITEM = re.compile(r"([ \t]*)(?:[-*+]|\d+[.)])[ \t]+(.*)")


def read_summary(folder: Folder, base: str | None) -> Listing | None:
    """The order in a `SUMMARY.md`.

    base: where mdBook has its text; None for GitBook
    """
    if base is not None:
        file = next((f for f in (join(base, _NAME), _NAME) if folder.has(f)), "")
        return _listing(folder, file, Listing(by=file, tool="mdBook"))
    settings, root, summary, readme, problems = _gitbook(folder)
    candidates = (join(root, summary), _NAME, f"src/{_NAME}", f"docs/{_NAME}")
    file = next((f for f in candidates if folder.has(f)), "")
    place = file.rpartition("/")[0]
    # mdBook's text without its book.toml: nothing is put first that is not listed.
    first = "" if file == f"src/{_NAME}" and not root else join(place, readme)
    said = any(map(folder.has, ("book.json", ".gitbook.yaml")))
    listing = Listing(
        by=file,
        # GitBook, HonKit and mdBook have the same list.
        tool="GitBook" if said else _NAME,
        facts=settings,
        readme=first,
        index=first,
        problems=problems,
    )
    return _listing(folder, file, listing)


_NAME = "SUMMARY.md"


def _gitbook(folder: Folder) -> tuple[Facts, str, str, str, tuple[Problem, ...]]:
    """Book data, root, summary and readme as `book.json` or `.gitbook.yaml` say."""
    settings = Settings()
    problems: tuple[Problem, ...] = ()
    if folder.has("book.json"):
        settings, problems = _json(folder)
    elif folder.has(".gitbook.yaml"):
        settings, problems = read_yaml_file(folder, ".gitbook.yaml")
    structure = settings.values.get("structure")
    names: dict[str, Any] = structure if isinstance(structure, dict) else {}
    root = settings.text("root").removeprefix("./").strip("/")
    summary, readme = names.get("summary"), names.get("readme")
    return (
        facts_of(settings),
        "" if root == "." else root,
        summary.removeprefix("./") if isinstance(summary, str) else _NAME,
        readme.removeprefix("./") if isinstance(readme, str) else "README.md",
        problems,
    )


def _json(folder: Folder) -> tuple[Settings, tuple[Problem, ...]]:
    text, problems = folder.read("book.json")
    try:
        values = json.loads(text)
    except json.JSONDecodeError as error:
        at = folder.at("book.json", error.lineno)
        problem = Problem(at, "bad-json", f"this is not JSON: {error.msg.lower()}")
        return Settings(), (*problems, problem)
    except RecursionError:
        values = None
    return Settings(values if isinstance(values, dict) else {}), problems


@dataclass(slots=True)
class _Reading:
    """Where we are in the list.

    indents: how far each open item is indented
    in_list: something that is no prefix chapter has been seen
    headed: a heading has been seen
    """

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    indents: list[int] = field(default_factory=list)
    in_part: bool = False
    in_list: bool = False
    headed: bool = False


def _listing(folder: Folder, file: str, listing: Listing) -> Listing | None:
    if not file:
        return None
    text, problems = folder.read(file)
    reading = _Reading()
    base = file.rpartition("/")[0]
    for number, line in _visible(text):
        at = folder.at(file, number)
        if heading := _HEADING.match(line):
            part = Entry(name="", at=at, title=plain_words(heading[2]))
            _add_part(reading, part, len(heading[1]))
        elif item := _ITEM.match(line):
            _add_item(reading, item, Entry(name="", at=at), base)
        elif (link := link_of(line)) and line.lstrip().startswith("["):
            _add_loose(reading, link, Entry(name="", at=at), base)
    if not any(entry.name for entry in reading.entries):
        return None
    return replace(
        listing,
        entries=tuple(_without_empty_parts(_settled(reading.entries))),
        problems=(*listing.problems, *problems, *reading.problems),
    )


def _visible(text: str) -> Iterator[tuple[int, str]]:
    """The lines that are not in an HTML comment."""
    blanked = re.sub(
        r"<!--.*?(?:-->|\Z)", lambda c: "\n" * c[0].count("\n"), text, flags=re.DOTALL
    )
    yield from enumerate(blanked.split("\n"), 1)


def _add_part(reading: _Reading, entry: Entry, level: int) -> None:
    # A first heading above everything else is the title of the list itself.
    title_of_list = level == 1 and not reading.entries and not reading.headed
    reading.headed = True
    if title_of_list or not entry.title:
        return
    reading.indents.clear()
    reading.in_part = reading.in_list = True
    reading.entries.append(replace(entry, role=Role.PART))


def _add_item(reading: _Reading, item: re.Match[str], entry: Entry, base: str) -> None:
    indent = len(item[1].expandtabs(4))
    while reading.indents and reading.indents[-1] >= indent:
        reading.indents.pop()
    depth = len(reading.indents) + reading.in_part
    reading.indents.append(indent)
    reading.in_list = True
    link = link_of(item[2])
    if link is None:
        # GitBook's heading within the list: it opens what is indented below it.
        title = plain_words(item[2])
        if title:
            reading.entries.append(
                replace(entry, title=title, role=Role.PART, depth=depth)
            )
        return
    _add_link(reading, link, replace(entry, depth=depth), base)


def _add_loose(
    reading: _Reading, link: tuple[str, str], entry: Entry, base: str
) -> None:
    """A chapter outside the list: mdBook does not number it."""
    reading.indents.clear()
    matter = Matter.BACK if reading.in_list else Matter.FRONT
    _add_link(reading, link, replace(entry, matter=matter, numbered=False), base)


def _add_link(
    reading: _Reading, link: tuple[str, str], entry: Entry, base: str
) -> None:
    label, href = link
    name = listed_name(href)
    if name:
        reading.entries.append(replace(entry, name=join(base, name), label=label))
        return
    why = "a link that leaves the book" if href else "a chapter without a file"
    reading.problems.append(
        Problem(
            entry.at, "left-out", f"{why}, left out: {label}", severity=Severity.NOTE
        )
    )


def _settled(entries: list[Entry]) -> list[Entry]:
    """Loose chapters are back matter only where no part or list follows them."""
    last = max(
        (n for n, entry in enumerate(entries) if entry.matter is not Matter.BACK),
        default=-1,
    )
    return [
        replace(entry, matter=Matter.BODY)
        if n < last and entry.matter is Matter.BACK
        else entry
        for n, entry in enumerate(entries)
    ]


def _without_empty_parts(entries: list[Entry]) -> Iterator[Entry]:
    for n, entry in enumerate(entries):
        following = entries[n + 1] if n + 1 < len(entries) else None
        if entry.name or (following and following.depth > entry.depth):
            yield entry
