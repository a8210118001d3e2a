"""Read the files of sources that a book names."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from publish.addresses import is_address, leaves_the_book
from publish.citations.bibtex import MONTHS, read_bibtex
from publish.citations.csl_json import read_csl_json
from publish.citations.record import Record
from publish.parse.clean import is_unsafe
from publish.problems import Position, Problem, Severity

Reader = Callable[[str, Path], tuple[list[Record], list[Problem]]]
READERS: dict[str, Reader] = {
    ".bib": read_bibtex,
    ".bibtex": read_bibtex,
    ".biblatex": read_bibtex,
    ".json": read_csl_json,
    ".csljson": read_csl_json,
}


@dataclass(frozen=True, slots=True)
class Library:
    """records: by every key that cites one"""

    records: Mapping[str, Record]
    problems: tuple[Problem, ...] = ()


def read_library(files: Iterable[tuple[Path, Position]]) -> Library:
    """All sources of all files; of two with one key the first.

    files: each with where it is named
    """
    records: dict[str, Record] = {}
    problems: list[Problem] = []
    for path, at in files:
        found, said = _read(path, at)
        problems += said
        for record in found:
            if record.key in records:
                problems.append(_twice(record, records[record.key]))
                continue
            records[record.key] = record
    for record in list(records.values()):
        for other in re.split(r"[\s,]+", record.fields.get("ids", "")):
            if other:
                records.setdefault(other, record)
    return Library(records, tuple(problems))


def _read(path: Path, at: Position) -> tuple[list[Record], list[Problem]]:
    reader = READERS.get(path.suffix.lower())
    if not reader:
        message = f"`{path.name}` is no file of sources that can be read"
        hint = "save it as BibTeX (.bib) or CSL-JSON (.json)"
        return [], [Problem(at, "bad-source", message, hint)]
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        return [], [Problem(Position(path), "unreadable", message)]
    return reader(_decoded(data), path)


def _decoded(data: bytes) -> str:
    """Most are UTF-8; older ones are of a time when it was not."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _twice(record: Record, first: Record) -> Problem:
    message = f"the key `{record.key}` has a source already"
    hint = f"the one at {first.at} is used; give this one another key"
    return Problem(record.at, "source-twice", message, hint, Severity.WARNING)


# What BibLaTeX takes for a day, and for a span of them.
_DAY = r"-?\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
_DATE = re.compile(rf"{_DAY}[?~%]?")
_WORDS = {
    "phdthesis": "PhD thesis",
    "mathesis": "Master’s thesis",
    "bathesis": "Bachelor’s thesis",
    "candthesis": "Candidate thesis",
    "techreport": "Technical report",
    "resreport": "Research report",
}
_DATES = ("date", "urldate", "origdate", "eventdate")


# Who had a source made or kept it, in the order in which one stands for a publisher.
_HOUSES = ("institution", "school", "organization", "howpublished")


def settled(record: Record) -> tuple[Record, list[Problem]]:
    """A source with what the engine can read, and what it cannot."""
    fields = dict(record.fields)
    problems: list[Problem] = []
    for name in _DATES:
        if name in fields and not _DATE.fullmatch(fields[name]):
            problems += _redated(fields, name, record)
    if "date" in fields:
        fields.pop("year", None)
        fields.pop("month", None)
    problems += _settle_year(fields, record)
    if "doi" in fields:
        fields["doi"] = re.sub(
            r"(?i)^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", fields["doi"]
        )
    _settle_publisher(fields)
    problems += _settle_address(fields, record)
    if (word := fields.get("type", "").casefold()) in _WORDS:
        fields["type"] = _WORDS[word]
    for name in ("pages", "volume", "number"):
        if name in fields:
            fields[name] = re.sub(r"\s*[–—]+\s*", "-", fields[name])
    return replace(record, fields=fields), problems


def _settle_publisher(fields: dict[str, str]) -> None:
    """The engine knows no other house."""
    address = fields.get("howpublished", "").strip("{} ")
    if is_address(address) and "@" not in address:
        fields.setdefault("url", address)
        del fields["howpublished"]
    for name in _HOUSES:
        if name in fields:
            fields.setdefault("publisher", fields[name])


# What people write without `https://`.
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#].*)?")


def _settle_address(fields: dict[str, str], record: Record) -> Iterator[Problem]:
    said = fields.get("url", "")
    if _HOST.fullmatch(said):
        fields["url"] = f"https://{said}"
    elif is_unsafe(said):
        message = f"a book must not hold this link, so only its text stays: {said}"
        yield Problem(record.at, "unsafe-link", message, "", Severity.WARNING)
    elif said and not leaves_the_book(said):
        del fields["url"]
        message = f"the address of `{record.key}` is none, so it is left out: {said}"
        hint = "write it like https://example.org/page"
        yield Problem(record.at, "bad-link", message, hint, Severity.WARNING)


def _redated(fields: dict[str, str], name: str, record: Record) -> Iterator[Problem]:
    said = fields.pop(name)
    found = re.match(_DAY, said) or re.search(r"\b\d{4}\b", said)
    if found:
        fields[name] = found[0]
    if name == "urldate" and found:
        return
    used = f"`{found[0]}` is used" if found else "left out"
    message = f"`{name}` of `{record.key}` is not understood, {used}: {said}"
    yield Problem(
        record.at,
        "bad-source",
        message,
        "write it like 2026-03-01, 2026-03 or 2026",
        Severity.WARNING,
    )


def _settle_year(fields: dict[str, str], record: Record) -> Iterator[Problem]:
    said = fields.pop("year", "").strip("{} ")
    month = fields.pop("month", "").strip("{} ").lower()
    if not said:
        return
    if re.fullmatch(r"-?\d{4}", said):
        fields["date"] = said
        number = int(month) if month.isdecimal() else _month(month)
        if 1 <= number <= len(MONTHS):
            fields["date"] = f"{said}-{number:02d}"
        return
    found = re.search(r"\d{4}", said)
    if found:
        fields["date"] = found[0]
    used = f"`{found[0]}` is used" if found else "it is cited as one without a date"
    message = f"the year of `{record.key}` is not four digits, {used}: {said}"
    yield Problem(record.at, "bad-source", message, "", Severity.WARNING)


def _month(word: str) -> int:
    return next((int(n) for m, n in MONTHS.items() if word.startswith(m)), 0)
