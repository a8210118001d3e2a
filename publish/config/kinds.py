"""Kinds of value that a key of `book.toml` may have."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from publish.config.facts import EPOCH
from publish.config.slips import date_hint
from publish.config.toml_file import Place
from publish.dates import is_date


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the value at *place*, not yet with a line."""

    place: Place
    code: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A single value.

    name: as it reads after "must be"
    schema: the same for JSON Schema
    hint: what to tell the author of this wrong value
    """

    name: str
    fits: Callable[[Any], bool]
    schema: Mapping[str, object]
    hint: Callable[[Any], str] = field(default=lambda _: "")

    def faults(self, value: object, place: Place) -> Iterator[Fault]:
        if not self.fits(value):
            message = f"{_shown(value, place)} must be {self.name}"
            hint = self.hint(value) or _bare_hint(value, self.fits)
            yield Fault(place, "bad-value", message, hint)


def _bare_hint(value: object, fits: Callable[[Any], bool]) -> str:
    """What to write for a number, or yes or no, that stands in quotes."""
    if isinstance(value, str):
        word = value.strip().casefold()
        number = word if re.fullmatch(r"\d+(\.\d+)?", word) else ""
        if number and fits(float(number) if "." in number else int(number)):
            return f"write {number}, without quotes"
        if word in {"true", "false"} and fits(word == "true"):
            return f"write {word}, without quotes"
    return ""


@dataclass(frozen=True, slots=True)
class ListOf:
    kind: "Kind"

    @property
    def name(self) -> str:
        return f"a list, each {self.kind.name}"

    @property
    def schema(self) -> Mapping[str, object]:
        return {"type": "array", "items": self.kind.schema}

    def fits(self, value: object) -> bool:
        return isinstance(value, list)

    def faults(self, value: object, place: Place) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield Fault(
                place, "bad-value", f"`{_name_of(place)}` must be a list in [ ]"
            )
            return
        for index, item in enumerate(value):
            yield from self.kind.faults(item, (*place, index))


@dataclass(frozen=True, slots=True)
class OneOf:
    """Whichever of the kinds fits."""

    kinds: "tuple[Kind, ...]"

    @property
    def name(self) -> str:
        return " or ".join(kind.name for kind in self.kinds)

    @property
    def schema(self) -> Mapping[str, object]:
        return {"anyOf": [kind.schema for kind in self.kinds]}

    def fits(self, value: object) -> bool:
        return any(kind.fits(value) for kind in self.kinds)

    def faults(self, value: object, place: Place) -> Iterator[Fault]:
        for kind in self.kinds:
            if kind.fits(value):
                yield from kind.faults(value, place)
                return
        hints = (kind.hint(value) for kind in self.kinds if isinstance(kind, Value))
        message = f"{_shown(value, place)} must be {self.name}"
        hint = next(filter(None, hints), "") or _bare_hint(value, self.fits)
        yield Fault(place, "bad-value", message, hint)


@dataclass(frozen=True, slots=True)
class Key:
    """What one key may hold.

    hint: what to write where it is missing, for the place of its table
    """

    kind: "Kind"
    about: str
    required: bool = False
    hint: Callable[[Place], str] = field(default=lambda _: "")


@dataclass(frozen=True, slots=True)
class Table:
    """keys: all that may stand in it
    others: words that authors try instead, with what to write, where it depends on it
        for the value
    whole: what to write for this single value in the place of the table
    """

    keys: Mapping[str, Key]
    others: Mapping[str, str | Callable[[Any], str]] = field(default_factory=dict)
    whole: Callable[[Any], str] = field(default=lambda _: "")

    @property
    def name(self) -> str:
        return "{ " + ", ".join(f"{key} = …" for key in self.keys) + " }"

    @property
    def schema(self) -> Mapping[str, object]:
        schema: dict[str, object] = {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                name: {"description": key.about, **key.kind.schema}
                for name, key in self.keys.items()
            },
        }
        if required := [name for name, key in self.keys.items() if key.required]:
            schema["required"] = required
        return schema

    def fits(self, value: object) -> bool:
        return isinstance(value, dict)

    def faults(self, value: object, place: Place) -> Iterator[Fault]:
        if not isinstance(value, dict):
            message = f"`{_name_of(place)}` must be a table"
            hint = self.whole(value) or f"write it as {self.name}"
            yield Fault(place, "bad-value", message, hint)
            return
        for name, inner in value.items():
            if name in self.keys:
                yield from self.keys[name].kind.faults(inner, (*place, name))
            else:
                message = f"unknown key `{name}`"
                hint = self._guess(name, inner)
                yield Fault((*place, name), "unknown-key", message, hint)
        for name, key in self.keys.items():
            if key.required and name not in value:
                message, hint = f"no `{name}`{_table_at(place)}", key.hint(place)
                yield Fault(place, "missing-key", message, hint)

    def _guess(self, name: str, value: object) -> str:
        written = name.casefold()
        if written not in self.others:
            if guess := get_close_matches(written, self.keys, n=1):
                return f"did you mean `{guess[0]}`?"
            written = next(iter(get_close_matches(written, self.others, n=1)), "")
        said = self.others.get(written, "")
        return said if isinstance(said, str) else said(value)


@dataclass(frozen=True, slots=True)
class Named:
    """A table whose keys are names that the author makes up.

    wrong, hint: what is said of a name that does not fit the pattern
    """

    kind: "Kind"
    pattern: str
    wrong: str = "cannot be part of a file name"
    hint: str = "use letters, digits and hyphens"

    @property
    def name(self) -> str:
        return "a table with names of your own"

    @property
    def schema(self) -> Mapping[str, object]:
        return {
            "type": "object",
            "additionalProperties": False,
            "patternProperties": {f"^{self.pattern}$": self.kind.schema},
        }

    def fits(self, value: object) -> bool:
        return isinstance(value, dict)

    def faults(self, value: object, place: Place) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault(place, "bad-value", f"`{_name_of(place)}` must be a table")
            return
        for name, inner in value.items():
            if not re.fullmatch(self.pattern, name):
                message = f"`{name}` {self.wrong}"
                yield Fault((*place, name), "bad-name", message, self.hint)
            yield from self.kind.faults(inner, (*place, name))


Kind = Value | ListOf | OneOf | Table | Named


def one_of(words: type[StrEnum], others: Mapping[str, str] | None = None) -> Value:
    """One word of an enumeration. others: what authors write instead, in small letters,
    with the word for it"""
    values = [word.value for word in words]

    def hint(value: object) -> str:
        written = str(value).strip().casefold()
        if meant := (others or {}).get(written):
            return f'write "{meant}"'
        guess = get_close_matches(written, values, n=1)
        return f'did you mean "{guess[0]}"?' if guess else ""

    listed = ", ".join(f'"{value}"' for value in values)
    return Value(f"one of {listed}", values.__contains__, {"enum": values}, hint)


def _quote_it(value: object) -> str:
    match value:
        case "":
            return "leave the key out when there is nothing to say"
        case list() | dict():
            return ""
        case bool():
            return 'put it in quotes: "…"'
        case _:
            return f'put it in quotes: "{value}"'


TEXT = Value(
    "words in quotes",
    lambda value: isinstance(value, str) and bool(value.strip()),
    {"type": "string", "minLength": 1},
    _quote_it,
)
NUMBER_OR_TEXT = Value(
    'a number or words in quotes, like 2 or "2"',
    lambda value: (
        (isinstance(value, str) and bool(value.strip()))
        or (isinstance(value, int | float) and not isinstance(value, bool))
    ),
    {"type": ["string", "number"]},
)


def _is_date(value: object) -> bool:
    if isinstance(value, str):
        return is_date(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return 1000 <= value <= 9999  # noqa: PLR2004 - years of four digits
    return isinstance(value, date)


DAY = Value(
    "a date like 1904, 1904-05 or 1904-05-17",
    _is_date,
    {"type": ["string", "integer"]},
    lambda value: date_hint(value) if isinstance(value, str) else "",
)


# The last that is a moment of UTC too, wherever it is said.
_LAST = datetime(9999, 12, 31, tzinfo=UTC)


def _is_moment(value: object) -> bool:
    if isinstance(value, datetime):
        # Without an offset it would mean another moment on each machine.
        return value.tzinfo is not None and EPOCH <= value <= _LAST
    return isinstance(value, date) and EPOCH.date() <= value


MOMENT = Value(
    "a date, or a date and time with an offset, like 2024-01-02T03:04:05Z",
    _is_moment,
    {"type": "string", "format": "date-time"},
    lambda value: (
        "write it without quotes"
        if isinstance(value, str)
        else f"no file of a book is older than {EPOCH:%Y-%m-%d}"
        if isinstance(value, date) and value.year <= EPOCH.year
        else ""
    ),
)


def _shown(value: object, place: Place) -> str:
    """What is wrong at *place*: its name, and of a list the one that is."""
    name = f"`{_name_of(place)}`"
    return f"`{value}` in {name}" if isinstance(place[-1], int) else name


def _table_at(place: Place) -> str:
    """Where a table stands, as it reads behind what it lacks; the first of a list is
    number 1."""
    if not place:
        return ""
    *rest, last = place
    names = ".".join(map(str, rest))
    if isinstance(last, int):
        return f" in number {last + 1} of [{names}]"
    return f" in [{'.'.join(map(str, place))}]"


def _name_of(place: Place) -> str:
    names = [step for step in place if isinstance(step, str)]
    return names[-1] if names else "book.toml"
