"""Read BibTeX and BibLaTeX as people and programs write it.

A slip stays in its entry: what cannot be read is said, with its line, and the entries
behind it are read all the same.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from publish.citations.latex import from_latex, names_from_latex
from publish.citations.record import Record
from publish.problems import Position, Problem, Severity

_ENTRY = re.compile(r"@\s*([A-Za-z]+)\s*([{(])")
_KEY = re.compile(r"\s*([^\s,{}]+)\s*(?=[,})])")
_FIELD = re.compile(r"\s*([^\s=,{}\"#]+)\s*=\s*")
# An entry may end in a round bracket.
_WORD = re.compile(r"(?:[^\s,{}\"#()]|\([^\s,{}\"#()]*\))+")
_PASSED_OVER = frozenset({"comment", "preamble"})
# Months as BibTeX names them in the styles that come with it.
MONTHS = {
    **{"jan": "1", "feb": "2", "mar": "3", "apr": "4", "may": "5", "jun": "6"},
    **{"jul": "7", "aug": "8", "sep": "9", "oct": "10", "nov": "11", "dec": "12"},
}
# Addresses, which hold no orders.
VERBATIM = frozenset({"url", "doi", "eprint", "file", "pdf", "urldate"})
NAMES = frozenset(
    [
        "author",
        "editor",
        "translator",
        "editora",
        "editorb",
        "editorc",
        "bookauthor",
        "afterword",
        "annotator",
        "commentator",
        "foreword",
        "introduction",
        "holder",
    ]
)
# The names of other entries, and what says how an entry is to be read.
TECHNICAL = frozenset({"crossref", "xdata", "ids", "options", "langid", "keywords"})


@dataclass(slots=True)
class _Raw:
    kind: str
    key: str
    line: int
    fields: dict[str, str] = field(default_factory=dict)


class _SlipError(Exception):
    """Why an entry cannot be read. place: where, in the text"""

    def __init__(self, place: int, reason: str) -> None:
        super().__init__(reason)
        self.place, self.reason = place, reason


def read_bibtex(text: str, path: Path) -> tuple[list[Record], list[Problem]]:
    """The entries of a file, in its order, with what they inherit from each other."""
    reader = _Reader(text, path)
    raw = list(reader.entries())
    by_key: dict[str, _Raw] = {}
    for entry in raw:
        by_key.setdefault(entry.key, entry)
    records = []
    problems = list(reader.problems)
    for entry in raw:
        if entry.kind == "xdata":
            continue
        try:
            records.append(_record(entry, _inherited(entry, by_key), path))
        except RecursionError:
            message = "this entry cannot be read: its braces and orders are too deep"
            at = Position(path, entry.line)
            problems.append(Problem(at, "bad-source", message, "", Severity.WARNING))
    return records, problems


class _Reader:
    """Goes through one file. strings: what `@string` gave a name"""

    def __init__(self, text: str, path: Path) -> None:
        self._text, self._path = text, path
        self._strings = dict(MONTHS)
        self.problems: list[Problem] = []

    def entries(self) -> Iterator[_Raw]:
        place = 0
        while found := _ENTRY.search(self._text, place):
            kind = found[1].lower()
            try:
                if kind in _PASSED_OVER:
                    place = self._braced(found.end() - 1)[1]
                elif kind == "string":
                    strings, place = self._fields(found.end())
                    self._strings |= strings
                else:
                    entry, place = self._entry(kind, found)
                    yield entry
            except _SlipError as slip:
                self._say(found.start(), slip)
                # Most entries begin a line.
                again = re.compile(r"^\s*@", re.MULTILINE).search(
                    self._text, found.end()
                )
                place = again.start() if again else len(self._text)

    def _say(self, start: int, slip: _SlipError) -> None:
        at = Position(self._path, self._line(start))
        message = f"this entry cannot be read: {slip.reason}"
        where = self._line(slip.place)
        hint = f"look at line {where}" if where != at.line else ""
        self.problems.append(Problem(at, "bad-source", message, hint, Severity.WARNING))

    def _line(self, place: int) -> int:
        return self._text.count("\n", 0, place) + 1

    def _entry(self, kind: str, found: re.Match[str]) -> tuple[_Raw, int]:
        key = _KEY.match(self._text, found.end())
        if not key:
            raise _SlipError(found.end(), "it has no key")
        entry = _Raw(kind, key[1], self._line(found.start()))
        entry.fields, place = self._fields(key.end())
        return entry, place

    def _fields(self, place: int) -> tuple[dict[str, str], int]:
        fields: dict[str, str] = {}
        while True:
            place = self._past(place, " \t\r\n,")
            if self._text[place : place + 1] in {"}", ")"}:
                return fields, place + 1
            name = _FIELD.match(self._text, place)
            if not name:
                raise _SlipError(place, "a comma or a closing brace is missing")
            value, place = self._value(name.end())
            fields.setdefault(name[1].lower(), value)

    def _value(self, place: int) -> tuple[str, int]:
        """Pieces joined by `#`."""
        pieces = []
        while True:
            piece, place = self._piece(place)
            pieces.append(piece)
            after = self._past(place, " \t\r\n")
            if self._text[after : after + 1] != "#":
                return "".join(pieces), place
            place = self._past(after + 1, " \t\r\n")

    def _piece(self, place: int) -> tuple[str, int]:
        sign = self._text[place : place + 1]
        if sign == "{":
            return self._braced(place)
        if sign == '"':
            return self._quoted(place)
        word = _WORD.match(self._text, place)
        if not word:
            raise _SlipError(place, "a field has no value")
        return self._strings.get(word[0].lower(), word[0]), word.end()

    def _braced(self, place: int) -> tuple[str, int]:
        closing = {"{": "}", "(": ")"}[self._text[place]]
        depth = 0
        for found in re.compile(r"\\.|[{}()]", re.DOTALL).finditer(self._text, place):
            sign = found[0]
            if sign == self._text[place]:
                depth += 1
            elif sign == closing:
                depth -= 1
                if not depth:
                    return self._text[place + 1 : found.start()], found.end()
        raise _SlipError(place, "nothing closes its brace")

    def _quoted(self, place: int) -> tuple[str, int]:
        depth = 0
        for found in re.compile(r'\\.|[{}"]', re.DOTALL).finditer(
            self._text, place + 1
        ):
            depth += {"{": 1, "}": -1}.get(found[0], 0)
            if found[0] == '"' and depth <= 0:
                return self._text[place + 1 : found.start()], found.end()
        raise _SlipError(place, "nothing closes its quotation mark")

    def _past(self, place: int, signs: str) -> int:
        while place < len(self._text) and self._text[place] in signs:
            place += 1
        return place


# What a part has under another name than the whole (BibLaTeX manual, appendix B).
_AS = {
    "title": "booktitle",
    "subtitle": "booksubtitle",
    "titleaddon": "booktitleaddon",
    "author": "bookauthor",
}
_OWN = frozenset({"shorttitle", "sorttitle", "indextitle", "ids", "crossref", "xdata"})
_WHOLES = frozenset(
    {"book", "mvbook", "collection", "mvcollection", "proceedings", "mvproceedings"}
    | {"reference", "mvreference"}
)
# Books, to a reader; the engine has other things by these names.
_KINDS = dict.fromkeys(
    ("collection", "mvcollection", "reference", "mvreference", "anthology"), "book"
)
# How long a chain of parents may be: one may name itself.
_DEEPEST = 4


def _inherited(
    entry: _Raw, by_key: Mapping[str, _Raw], depth: int = 0
) -> dict[str, str]:
    """The fields of an entry, and those of its parents that it lacks."""
    fields = dict(entry.fields)
    if depth == _DEEPEST:
        return fields
    for key in entry.fields.get("xdata", "").split(","):
        if parent := by_key.get(key.strip()):
            fields = _inherited(parent, by_key, depth + 1) | fields
    parent = by_key.get(entry.fields.get("crossref", "").strip())
    if not parent:
        return fields
    part = parent.kind in _WHOLES and entry.kind not in _WHOLES
    for name, value in _inherited(parent, by_key, depth + 1).items():
        if name not in _OWN:
            fields.setdefault(_AS.get(name, name) if part else name, value)
    return fields


def _record(entry: _Raw, raw: Mapping[str, str], path: Path) -> Record:
    fields = {name: _read(name, value) for name, value in raw.items()}
    at = Position(path, entry.line)
    return Record(entry.key, _KINDS.get(entry.kind, entry.kind), fields, at)


def _read(name: str, value: str) -> str:
    if name in VERBATIM:
        return re.sub(r"\\url\s*\{(.*)\}|\\(?=[%#_&~{}$])", r"\1", value.strip())
    if name in TECHNICAL:
        return value.strip()
    return names_from_latex(value) if name in NAMES else from_latex(value)
