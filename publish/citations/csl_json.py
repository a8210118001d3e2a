"""Read CSL-JSON, as Zotero and other programs export it."""

import json
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from publish.citations.record import Record
from publish.citations.signs import MARKS, plain
from publish.problems import Position, Problem, Severity

# Types of CSL (specification 1.0.2, appendix III), by what BibLaTeX calls them.
_KINDS = {
    "article": "online",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "bill": "legislation",
    "book": "book",
    "broadcast": "video",
    "chapter": "incollection",
    "classic": "book",
    "collection": "collection",
    "dataset": "dataset",
    "document": "misc",
    "entry": "inreference",
    "entry-dictionary": "inreference",
    "entry-encyclopedia": "inreference",
    "figure": "image",
    "graphic": "artwork",
    "interview": "misc",
    "legal_case": "jurisdiction",
    "legislation": "legislation",
    "manuscript": "unpublished",
    "map": "image",
    "motion_picture": "movie",
    "musical_score": "music",
    "pamphlet": "booklet",
    "paper-conference": "inproceedings",
    "patent": "patent",
    "performance": "performance",
    "periodical": "periodical",
    "personal_communication": "letter",
    "post": "online",
    "post-weblog": "online",
    "regulation": "legislation",
    "report": "report",
    "review": "article",
    "review-book": "article",
    "software": "software",
    "song": "music",
    "speech": "misc",
    "standard": "standard",
    "thesis": "thesis",
    "webpage": "online",
}
_FIELDS = {
    "DOI": "doi",
    "ISBN": "isbn",
    "ISSN": "issn",
    "URL": "url",
    "chapter-number": "chapter",
    "collection-title": "series",
    "edition": "edition",
    "event": "eventtitle",
    "event-place": "venue",
    "event-title": "eventtitle",
    "genre": "type",
    "note": "note",
    "number": "number",
    "issue": "number",
    "number-of-pages": "pagetotal",
    "number-of-volumes": "volumes",
    "page": "pages",
    "publisher": "publisher",
    "publisher-place": "location",
    "title": "title",
    "title-short": "shorttitle",
    "shortTitle": "shorttitle",
    "version": "version",
    "volume": "volume",
    "volume-title": "volumetitle",
}
_DATES = {"issued": "date", "accessed": "urldate", "original-date": "origdate"}
_PEOPLE = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "container-author": "bookauthor",
    "director": "author",
    "composer": "author",
    "interviewer": "editor",
}
# What no citation shows.
_PASSED_OVER = frozenset(
    [
        "id",
        "type",
        "abstract",
        "keyword",
        "language",
        "source",
        "citation-key",
        "citation-label",
        "categories",
        "custom",
        "journalAbbreviation",
        "container-title-short",
        "system_id",
        "call-number",
        "annote",
        "status",
        "year-suffix",
        "first-reference-note-number",
    ]
)
_IN_JOURNALS = frozenset({"article", "periodical"})


def read_csl_json(text: str, path: Path) -> tuple[list[Record], list[Problem]]:
    """The sources of a file. Fields that cannot be carried over are problems."""
    at = Position(path)
    try:
        said = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 0
        message = "this is no JSON, so none of its sources can be cited"
        return [], [Problem(Position(path, line), "bad-source", message)]
    # Programs write a list; Pandoc and Better BibTeX write it below a key too.
    if isinstance(said, dict):
        said = said.get("references", said.get("items", list(said.values())))
    items = [item for item in said if isinstance(item, dict) and item.get("id")]
    if not items:
        message = "there are no sources of CSL in this file"
        return [], [Problem(at, "bad-source", message)]
    records, problems = [], []
    for item in items:
        key = str(item["id"])
        place = Position(path, _line(text, key))
        records.append(_record(item, key, place))
        if left := sorted(_left(item)):
            message = f"of `{key}` these fields are not used: {', '.join(left)}"
            problems.append(
                Problem(place, "source-field", message, severity=Severity.NOTE)
            )
    return records, problems


def _line(text: str, key: str) -> int:
    written = re.search(rf'"id"\s*:\s*{re.escape(json.dumps(key))}', text)
    return text.count("\n", 0, written.start()) + 1 if written else 0


def _left(item: Mapping[str, Any]) -> Iterator[str]:
    known = {*_FIELDS, *_DATES, *_PEOPLE, *_PASSED_OVER, "container-title"}
    return (name for name, value in item.items() if value and name not in known)


def _record(item: Mapping[str, Any], key: str, at: Position) -> Record:
    kind = _KINDS.get(str(item.get("type", "")), "misc")
    fields: dict[str, str] = {}
    for name, ours in _FIELDS.items():
        if words := _text(item.get(name)):
            raw = ours in {"doi", "url"}
            fields.setdefault(ours, str(item[name]) if raw else words)
    for name, ours in _DATES.items():
        if date := _date(item.get(name)):
            fields.setdefault(ours, date)
    for name, ours in _PEOPLE.items():
        if people := " and ".join(_people(item.get(name))):
            fields.setdefault(ours, people)
    if container := _text(item.get("container-title")):
        within = "journaltitle" if kind in _IN_JOURNALS else "booktitle"
        fields["organization" if kind == "online" else within] = container
    return Record(key, kind, fields, at)


def _text(said: object) -> str:
    """Words with the few tags that CSL-JSON may hold (specification, "Rich text")."""
    if isinstance(said, bool) or not isinstance(said, str | int | float):
        return ""
    reader = _Tags()
    reader.feed(plain(str(said)))
    reader.close()
    return " ".join("".join(reader.said).split())


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        begin, end = {
            "i": MARKS["em"],
            "em": MARKS["em"],
            "b": MARKS["strong"],
            "strong": MARKS["strong"],
            "sup": MARKS["sup"],
            "sub": MARKS["sub"],
            "sc": MARKS["small-caps"],
        }.get(tag, ("", ""))
        if "small-caps" in (given.get("style") or ""):
            begin, end = MARKS["small-caps"]
        if given.get("class") == "nocase":
            begin, end = "{", "}"
        self._open.append((tag, end))
        self.said.append(begin)

    def handle_endtag(self, tag: str) -> None:
        if any(tag == name for name, _ in self._open):
            while self._open:
                name, end = self._open.pop()
                self.said.append(end)
                if name == tag:
                    break

    def handle_data(self, data: str) -> None:
        self.said.append(_unbraced(data))

    def close(self) -> None:
        super().close()
        self.said += [end for _, end in reversed(self._open)]


def _unbraced(words: str) -> str:
    """Braces and backslashes would say something to BibLaTeX."""
    return words.replace("\\", "\ue030").replace("{", "(").replace("}", ")")


def _people(said: object) -> Iterator[str]:
    for person in said if isinstance(said, list) else ():
        if not isinstance(person, dict):
            continue
        if literal := _text(person.get("literal")):
            yield f"{{{literal}}}"
            continue
        family = _text(person.get("family"))
        if before := _text(person.get("non-dropping-particle")):
            family = f"{before} {family}"
        given = _text(person.get("given"))
        dropped = _text(person.get("dropping-particle"))
        rest = [_text(person.get("suffix")), " ".join(filter(None, (given, dropped)))]
        yield ", ".join(filter(None, (f"{{{family or given}}}", *rest * bool(family))))


def _date(said: object) -> str:
    """ISO 8601, as BibLaTeX has it; what is no date is its words."""
    if not isinstance(said, dict):
        return ""
    parts = said.get("date-parts")
    if not isinstance(parts, list) or not parts:
        return _text(said.get("raw") or said.get("literal"))
    days = [_day(part) for part in parts[:2] if isinstance(part, list) and part]
    sign = "~" if said.get("circa") and days and days[0] else ""
    return "/".join(days) + sign


def _day(parts: list[object]) -> str:
    """A day, or what is said where it is none."""
    said = [str(part).strip() for part in parts if part is not None]
    said = [part for part in said if part]
    if not said or not all(re.fullmatch("-?[0-9]+", part) for part in said):
        return "-".join(said)
    year, *rest = map(int, said)
    return "-".join((f"{year:05d}" if year < 0 else f"{year:04d}", *map(_two, rest)))


def _two(number: int) -> str:
    return f"{number:02d}"
