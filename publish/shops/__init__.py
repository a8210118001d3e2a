"""What shops ask of an e-book: a profile each, with the source and the date of each
number."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from publish.problems import Position, Problem, Severity

PROFILES = Path(__file__).parent


def shop_names() -> list[str]:
    return sorted(path.stem for path in PROFILES.glob("*.toml"))


def load_profile(name: str) -> dict[str, Any]:
    """name: one of `shop_names`"""
    return tomllib.loads((PROFILES / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Limit:
    """shop: as it reads in a sentence
    most: bytes of a whole EPUB
    source, date: of the number
    """

    shop: str
    most: int
    source: str
    date: str


@cache
def size_limits() -> tuple[Limit, ...]:
    """Those of the shops of which one is known, by the names of the shops."""
    return tuple(sorted(_limits(), key=lambda limit: limit.shop))


def check_size(size: int, name: str) -> Iterator[Problem]:
    """Shops that would not take an EPUB of *size* bytes. name: of the file"""
    for limit in size_limits():
        if size > limit.most:
            has, most = (f"{count / 1_000_000:,.0f} MB" for count in (size, limit.most))
            message = f"{limit.shop} takes no EPUB of {has}: its limit is {most}"
            hint = f"make its pictures smaller ({limit.source}, {limit.date})"
            at = Position(Path(name))
            yield Problem(at, "too-large", message, hint, Severity.WARNING)


def _limits() -> Iterator[Limit]:
    for name in shop_names():
        profile = load_profile(name)
        for rule in profile["rule"]:
            if rule["check"] == "epub-bytes":
                told = {key: profile[key] for key in ("source", "date")} | rule
                yield Limit(profile["name"], rule["most"], told["source"], told["date"])
