"""Printers: a profile each, with the source and the date of its numbers."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from math import inf
from pathlib import Path
from typing import Any

from publish.lengths import points_of, trim_of
from publish.model import (
    Bleed,
    Colours,
    CoverRules,
    Detail,
    Feature,
    FileRules,
    Ink,
    Margins,
    Order,
    Paper,
    Printer,
    Sizes,
    Source,
    Space,
    Standard,
    Trim,
)

PROFILES = Path(__file__).parent
# The printer whose numbers the author gives.
CUSTOM = "custom"
_Said = Mapping[str, Any]


def printer_names() -> list[str]:
    """Those that are known, without `CUSTOM`."""
    return sorted(path.stem for path in PROFILES.glob("*.toml"))


def guess_printer(name: str) -> str:
    """The printer that was meant by a name that none has; '' when there is no guess."""
    names = [*printer_names(), CUSTOM]
    guess = get_close_matches(name.casefold(), names, n=1, cutoff=0.5)
    return guess[0] if guess else ""


@cache
def load_printer(name: str) -> Printer:
    """name: one of `printer_names`"""
    text = (PROFILES / f"{name}.toml").read_text(encoding="utf-8")
    return printer_of(name, tomllib.loads(text))


def printer_of(key: str, said: _Said) -> Printer:
    """A printer from its profile, which holds what it should.

    What is left out asks for nothing. A table without `source` and `date` has those of
    the whole.
    """

    def source(table: _Said) -> Source:
        whole = said.get("source", ""), said.get("date", "")
        return Source(table.get("source", whole[0]), table.get("date", whole[1]))

    def rules(name: str, **turned: Callable[[Any], Any]) -> dict[str, Any]:
        """What a table says, by its fields. turned: makes those of what is written"""
        table = said.get(name, {})
        found = {
            field: turned[field](value) if field in turned else value
            for field, value in table.items()
            if field not in {"source", "date"}
        }
        return found | {"source": source(table)}

    margins = rules("margins", least=_points, with_bleed=_points, gutter=_gutters)
    return Printer(
        key=key,
        name=said.get("name", "your printer"),
        papers=tuple(
            _paper(paper, source(paper)) for paper in said.get("paper") or [{}]
        ),
        sizes=Sizes(**rules("sizes", trims=_trims, least=_trim, most=_trim)),
        bleed=Bleed(**rules("bleed", width=_points)),
        margins=Margins(gutters=margins.pop("gutter", ()), **margins),
        order=Order(**rules("order")),
        file=FileRules(**rules("file", forbids=_features, standard=Standard)),
        colours=Colours(**rules("colours", spaces=_spaces)),
        detail=Detail(**rules("detail", type=_points, line=_points)),
        cover=CoverRules(
            **rules(
                "cover",
                bleed=_points,
                safe=_points,
                spine_clear=_points,
                barcode=_pair,
                barcode_from=_points,
            )
        ),
    )


def _paper(said: _Said, source: Source) -> Paper:
    least, most = said.get("pages", (1, inf))
    fewer = tuple(
        (_trim(size), some["most"])
        for some in said.get("fewer", ())
        for size in some["trims"]
    )
    lengths = {n: _points(said[n]) for n in ("thickness", "glue") if n in said}
    return Paper(
        said.get("name", ""),
        Ink(said.get("ink", Ink.BLACK)),
        least,
        most,
        fewer=fewer,
        source=source,
        **lengths,
    )


def _points(words: str) -> float:
    points = points_of(words)
    if points is None:
        message = f"no length: {words}"
        raise ValueError(message)
    return points


def _pair(said: tuple[str, str]) -> tuple[float, float]:
    width, height = said
    return _points(width), _points(height)


def _gutters(said: Sequence[_Said]) -> tuple[tuple[float, float], ...]:
    return tuple((band.get("most", inf), _points(band["width"])) for band in said)


def _trims(said: Sequence[str]) -> tuple[Trim, ...]:
    return tuple(map(_trim, said))


def _features(said: Sequence[str]) -> frozenset[Feature]:
    return frozenset(map(Feature, said))


def _spaces(said: Sequence[str]) -> frozenset[Space]:
    return frozenset(map(Space, said))


def _trim(words: str) -> Trim:
    trim = trim_of(words)
    if trim is None:
        message = f"no size: {words}"
        raise ValueError(message)
    return trim
