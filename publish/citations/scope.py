"""What shares one bibliography, ready for the engine."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from publish.citations.engine import Cite, Request
from publish.citations.library import settled
from publish.citations.locators import Locator, Places, Terms
from publish.citations.names import as_editors, told_apart
from publish.citations.passages import Cited, Manner, Passage
from publish.citations.record import Record
from publish.citations.signs import hidden
from publish.citations.styles import Style
from publish.model import Inlines, Shown, Text
from publish.problems import Problem


@dataclass(frozen=True, slots=True)
class Manners:
    """What all citations of a book are made with."""

    records: Mapping[str, Record]
    style: Style
    terms: Terms
    language: str


@dataclass(slots=True)
class Scope:
    """A book, or one chapter where each lists its own sources; or what of them stands
    in some editions alone.

    passages: those that can be cited, in the order of the text, by (number of their
        chapter, number in it)
    also: keys that are listed though nothing cites them
    number: of the chapter, from 1; 0 for the book
    shown: in which editions; empty for all
    refused: keys that the engine cannot read
    kinds: of sources, where another had to be tried
    first: keys of sources that are told apart by letters, as they are listed
    """

    manners: Manners
    passages: dict[tuple[int, int], Passage]
    also: tuple[str, ...] = ()
    number: int = 0
    shown: tuple[Shown, ...] = ()
    refused: set[str] = field(default_factory=set)
    kinds: dict[str, str] = field(default_factory=dict)
    first: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A source in a citation, with the place in it taken out of what stands behind.

    key: as the engine knows it
    place: number of `locator`; -1 for none
    """

    key: str
    cited: Cited
    locator: Locator | None
    place: int
    behind: Inlines


@dataclass(frozen=True, slots=True)
class Prepared:
    """placed: the sources of each passage
    keys: of the author, by the engine's
    authors: what the sources say of them, by keys of the engine
    before: what stands before names that several have, by keys of the engine
    lines: keys of the author, by lines of the sources
    problems: with what the sources say
    """

    request: Request
    placed: Mapping[tuple[int, int], tuple[Placed, ...]]
    keys: Mapping[str, str]
    authors: Mapping[str, str]
    before: Mapping[str, str]
    lines: tuple[str, ...]
    problems: tuple[Problem, ...]


def prepared(scope: Scope) -> Prepared:
    """The question that a scope is."""
    return _Preparing(scope).all()


class _Preparing:
    def __init__(self, scope: Scope) -> None:
        self._scope, self._manners = scope, scope.manners
        self._places = Places(scope.manners.terms)
        # Numbers of places in sources: equal ones are one to the engine, or it would
        # not see that a citation is the same as the one before it.
        self._numbers: dict[Locator, int] = {}
        self._keys: dict[str, str] = {}
        self._prose: dict[Cite, None] = {}

    def all(self) -> Prepared:
        scope = self._scope
        placed = {
            at: tuple(self._placed(passage))
            for at, passage in scope.passages.items()
            if not any(source.key in scope.refused for source in passage.sources)
        }
        also = tuple(
            self._key(key)
            for key in scope.also
            if key in self._manners.records and key not in scope.refused
        )
        first = tuple(map(self._key, scope.first))
        problems: list[Problem] = []
        lines = [self._line(key, problems) for key in self._keys]
        request = Request(
            "\n".join(lines),
            self._manners.style.name,
            self._manners.style.csl,
            self._manners.language,
            tuple(tuple(Cite(p.key, p.place) for p in one) for one in placed.values()),
            tuple(self._prose),
            also,
            first,
            self._manners.terms.et_al,
            self._manners.terms.joiner,
        )
        keys = {ours: key for key, ours in self._keys.items()}
        cited = {ours: self._manners.records[key] for ours, key in keys.items()}
        return Prepared(
            request,
            placed,
            keys,
            {ours: record.fields.get("author", "") for ours, record in cited.items()},
            told_apart(cited) if self._manners.style.names else {},
            tuple(self._keys),
            tuple(problems),
        )

    def _placed(self, passage: Passage) -> Sequence[Placed]:
        found = []
        for n, source in enumerate(passage.sources):
            bare = source.bare or (n == 0 and passage.manner is not Manner.BRACKETS)
            locator, behind = self._split(source)
            place = self._number(locator) if locator else -1
            key = self._key(source.key)
            cited = replace(source, bare=bare)
            found.append(Placed(key, cited, locator, place, behind))
            if bare:
                self._prose[Cite(key, place)] = None
        return found

    def _split(self, source: Cited) -> tuple[Locator | None, Inlines]:
        """A place in a source stands at the beginning of what follows its key."""
        behind = source.behind
        if not behind or not isinstance(behind[0], Text):
            return None, behind
        locator, rest = self._places.split(behind[0].value)
        if not locator:
            return None, _ended(behind)
        return locator, _ended((Text(rest), *behind[1:]) if rest else behind[1:])

    def _number(self, locator: Locator) -> int:
        return self._numbers.setdefault(locator, len(self._numbers))

    def _key(self, key: str) -> str:
        """A key that means nothing in any notation. Two names of a source are one."""
        own = self._manners.records[key].key
        return self._keys.setdefault(own, f"k{len(self._keys)}")

    def _line(self, key: str, problems: list[Problem]) -> str:
        record, said = settled(self._manners.records[key])
        problems += said
        kind = self._scope.kinds.get(key, record.kind)
        fields = (
            f"{name} = {{{_written(name, value)}}}"
            for name, value in self._authored(record, kind).items()
            if name.isalpha() and name.isascii() and name not in _LEFT_OUT
        )
        kind = kind if kind.isalpha() and kind.isascii() else "misc"
        return f"@{kind}{{{self._keys[key]}, {', '.join(fields)}}}"

    def _authored(self, record: Record, kind: str) -> Mapping[str, str]:
        """The fields, where the editors of a book may have to stand as its authors."""
        fields = dict(record.fields)
        bare = self._manners.style.bare_editors and kind in _EDITED
        if bare and "author" not in fields and "editor" in fields:
            names = fields.pop("editor")
            word = self._manners.terms.editors[" and " in names]
            fields["author"] = as_editors(names, word)
        return fields


def _ended(behind: Inlines) -> Inlines:
    """Without space at the end, or nothing where nothing else is there."""
    if behind and isinstance(behind[-1], Text):
        value = behind[-1].value.rstrip()
        behind = (*behind[:-1], Text(value)) if value else behind[:-1]
    return behind


# What is the work of its editors.
_EDITED = frozenset({"book", "mvbook", "proceedings", "mvproceedings"})
# What no style shows, or what was put in its place already.
_LEFT_OUT = frozenset(
    [
        "abstract",
        "annotation",
        "annote",
        "crossref",
        "file",
        "ids",
        "keywords",
        "langid",
        "options",
        "owner",
        "pdf",
        "review",
        "timestamp",
        "xdata",
    ]
)
_ADDRESSES = frozenset({"url", "doi"})


def _written(name: str, value: str) -> str:
    if name in _ADDRESSES:
        return re.sub(r"[\s{}\\]", lambda s: f"%{ord(s[0]):02X}", value)
    text = " ".join(value.split())
    return hidden(text if _is_balanced(text) else re.sub(r"[{}]", "", text))


def _is_balanced(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            return False
    return depth == 0
