"""Book data as front matter and other tools' files have it, under many names."""

import re
from collections.abc import Iterator
from typing import Any

from publish.config import Facts
from publish.dates import is_date
from publish.language import is_language_tag
from publish.manuscript.headings import plain_words
from publish.manuscript.settings import Settings
from publish.model import Person, Series, Subject

_ROLES = {"author": "aut", "editor": "edt", "translator": "trl", "illustrator": "ill"}


def facts_of(settings: Settings) -> Facts:
    """The book data among *settings*; what is not understood is left empty."""
    values = settings.values
    title, subtitle = _titles(values.get("title"))
    return Facts(
        title=plain_words(title),
        subtitle=plain_words(settings.text("subtitle") or subtitle),
        language=language_of(settings.text("lang", "language")),
        people=_people_of(values),
        publisher=settings.text("publisher"),
        rights=plain_words(settings.text("rights", "copyright", "license", "licence")),
        description=plain_words(settings.text("description")),
        identifier=settings.text("identifier"),
        published=_date(settings.text("date")),
        series=_series(settings),
        subjects=_subjects(settings),
        cover=settings.text("cover-image", "cover", "epub-cover-image"),
        bibliography=_texts(values.get("bibliography")),
        csl=settings.text("csl"),
        nocite=_texts(values.get("nocite")),
    )


def _texts(said: object) -> tuple[str, ...]:
    """One or several."""
    found = said if isinstance(said, list) else [said]
    return tuple(s.strip() for s in found if isinstance(s, str) and s.strip())


def language_of(words: str) -> str:
    """A BCP 47 tag, also from `en_GB`; '' for anything else."""
    tag = words.strip().replace("_", "-")
    return tag if is_language_tag(tag) else ""


def people(said: object, role: str = "aut") -> tuple[Person, ...]:
    """Names from a string, a list, or Pandoc's and Quarto's tables."""
    return tuple(_people(said, role))


def _people(said: object, role: str) -> Iterator[Person]:
    match said:
        case str():
            yield from (Person(plain_words(name), role) for name in _names(said))
        case list():
            for item in said:
                yield from _person(item, role)
        case dict():
            yield from _person(said, role)


def _person(said: object, role: str) -> Iterator[Person]:
    match said:
        case str() if said.strip():
            yield Person(plain_words(said), role)
        case (
            {"name": {"literal": str(name)}} | {"name": str(name)} | {"text": str(name)}
        ):
            # A role is a word with Pandoc, a list of contributions with Quarto.
            word = said.get("role") if isinstance(said, dict) else None
            code = _ROLES.get(word, word) if isinstance(word, str) else role
            yield Person(
                plain_words(name), code if re.fullmatch("[a-z]{3}", code) else role
            )
        case {"name": {"given": str(given), "family": str(family)}}:
            yield Person(f"{given} {family}", role, f"{family}, {given}")


def _names(words: str) -> list[str]:
    """The names in one string, if they can be told apart.

    "Bell, Ada" is one; a comma parts names only where each has a first and a last.
    """
    pieces = [piece.strip() for piece in words.split(";")]
    if len(pieces) == 1:
        pieces = re.split(r"\s*,\s*(?:and\s+|&\s*)?|\s+and\s+|\s+&\s+", words.strip())
        if not all(" " in piece for piece in pieces):
            pieces = [words.strip()]
    return [piece for piece in pieces if piece]


def _people_of(values: Any) -> tuple[Person, ...]:
    for key in ("author", "authors", "creator"):
        if found := people(values.get(key)):
            return found
    return ()


def _titles(said: object) -> tuple[str, str]:
    """Title and subtitle, also from Pandoc's list of `{type, text}`."""
    if not isinstance(said, list):
        return (said, "") if isinstance(said, str) else ("", "")
    by_type: dict[str, str] = {}
    for item in said:
        match item:
            case {"type": str(kind), "text": str(words)}:
                by_type.setdefault(kind, words)
    return by_type.get("main", ""), by_type.get("subtitle", "")


def _date(words: str) -> str:
    # `2016-09-01T10:00:00Z` is a date and more than that.
    date = words.split("T", maxsplit=1)[0].split(" ", maxsplit=1)[0].replace("/", "-")
    return date if is_date(date) else ""


def _series(settings: Settings) -> Series | None:
    name = settings.text("series", "belongs-to-collection", "collection.name")
    position = settings.text("group-position", "collection.position")
    return Series(name, position) if name else None


def _subjects(settings: Settings) -> tuple[Subject, ...]:
    for key in ("subject", "subjects", "keywords"):
        match settings.values.get(key):
            case str(words) if words.strip():
                pieces: list[object] = list(words.split(","))
            case list(pieces):
                pass
            case _:
                continue
        words_of = [piece.strip() for piece in pieces if isinstance(piece, str)]
        return tuple(Subject(word) for word in words_of if word)
    return ()
