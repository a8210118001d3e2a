"""An order of files, whoever wrote it: the author, another tool, or nobody."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from publish.config import Facts
from publish.manuscript.folder import Folder
from publish.manuscript.headings import plain_words
from publish.model import Matter, Role
from publish.problems import Position, Problem, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of an order.

    name: a file relative to the manuscript's folder, as it was written there; empty
        for a part without a file
    at: where the entry stands
    title: of a part without a file
    matter: None when the order does not say
    """

    name: str
    at: Position
    title: str = ""
    label: str = ""
    role: Role | None = None
    matter: Matter | None = None
    numbered: bool | None = None
    depth: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """by: the file that gives the order; empty when it is the natural one
    tool: whose file it is
    readme: the file that this tool puts first when its list does not name it
    index: the file whose front matter and heading speak for the book
    style_roles: whether `style` in front matter names roles, as Electric Book has it
    """

    by: str = ""
    tool: str = ""
    entries: tuple[Entry, ...] = ()
    facts: Facts = field(default_factory=Facts)
    readme: str = ""
    index: str = ""
    style_roles: bool = False
    problems: tuple[Problem, ...] = ()


def locate_entries(
    folder: Folder, listing: Listing
) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """The entries whose files are there, each file once, and what is not there."""
    found: list[Entry] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for entry in listing.entries:
        if not entry.name:
            found.append(entry)
            continue
        file = folder.locate(entry.name, entry.at)
        if isinstance(file, Problem):
            problems.append(file)
        elif file in seen:
            problems.extend(_twice(entry, listing))
        else:
            seen.add(file)
            found.append(replace(entry, name=file))
    readme = listing.readme
    if readme and readme not in seen and folder.has(readme):
        found.insert(0, Entry(name=readme, at=folder.at(listing.by)))
    return tuple(found), tuple(problems)


def _twice(entry: Entry, listing: Listing) -> Iterator[Problem]:
    # Other tools list places within a file; only our own list is the author's slip.
    if not listing.tool:
        yield Problem(
            entry.at,
            "listed-twice",
            f"{entry.name} is listed a second time, passed over",
            severity=Severity.WARNING,
        )


def listed_name(href: str) -> str:
    """The file that a link of a contents page leads to; '' when it leaves the book."""
    href = href.strip().removeprefix("<").removesuffix(">")
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:|//", href):
        return ""
    return unquote(re.split(r"[#?]", href)[0]).removeprefix("./")


def link_of(words: str) -> tuple[str, str] | None:
    """Label and address of a line that is one Markdown link, as contents pages have."""
    found = _LINK.match(words.strip())
    if not found:
        return None
    return plain_words(found[1]), found[2] if found[2] is not None else found[3]


# The label may hold brackets one deep, the address round ones; a title may follow.
_LINK = re.compile(
    r"\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]"
    r"\((?:<([^<>]*)>|((?:[^()\s]|\([^()]*\)|(?<=\S) (?=[^\"'()]*\)))*))"
    r"(?:\s+[\"'][^\n]*[\"'])?\s*\)"
)


def join(base: str, name: str) -> str:
    """*name* beside a file in the folder *base*."""
    return f"{base}/{name}" if base and name else name
