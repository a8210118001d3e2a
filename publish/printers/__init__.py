"""Printers: a profile each, with the source and the date of its numbers."""

import tomllib
from collections.abc import Mapping
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

    def table(name: str) -> _Said:
        found: _Said = said.get(name, {})
        return found

    sizes, bleed, margins = table("sizes"), table("bleed"), table("margins")
    order, file, colours = table("order"), table("file"), table("colours")
    detail, cover = table("detail"), table("cover")
    plain = CoverRules()
    return Printer(
        key=key,
        name=said.get("name", "your printer"),
        papers=tuple(
            _paper(paper, source(paper)) for paper in said.get("paper") or [{}]
        ),
        sizes=Sizes(
            tuple(map(_trim, sizes.get("trims", ()))),
            _trim(sizes["least"]) if "least" in sizes else None,
            _trim(sizes["most"]) if "most" in sizes else None,
            source(sizes),
        ),
        bleed=Bleed(_length(bleed, "width"), bleed.get("spine", False), source(bleed)),
        margins=Margins(
            _length(margins, "least"),
            _length(margins, "with_bleed"),
            tuple(
                (band.get("most", inf), _length(band, "width"))
                for band in margins.get("gutter", ())
            ),
            source(margins),
        ),
        order=Order(
            order.get("even", False),
            order.get("last_blank", False),
            order.get("reversed", False),
            order.get("blanks", 0),
            source(order),
        ),
        file=FileRules(
            frozenset(map(Feature, file.get("forbids", ()))),
            Standard(file.get("standard", "")),
            file.get("megabytes", 0),
            source(file),
        ),
        colours=Colours(
            frozenset(map(Space, colours.get("spaces", Space))),
            colours.get("ink", 0),
            source(colours),
        ),
        detail=Detail(
            _length(detail, "type"),
            _length(detail, "line"),
            detail.get("pixels", 0),
            detail.get("grey", 0),
            source(detail),
        ),
        cover=CoverRules(
            _length(cover, "bleed", plain.bleed),
            _length(cover, "safe", plain.safe),
            cover.get("spine_from", plain.spine_from),
            _length(cover, "spine_clear", plain.spine_clear),
            _pair(cover["barcode"]) if "barcode" in cover else plain.barcode,
            _length(cover, "barcode_from", plain.barcode_from),
            source(cover),
        ),
    )


def _paper(said: _Said, source: Source) -> Paper:
    least, most = said.get("pages", (1, inf))
    fewer = tuple(
        (_trim(size), some["most"])
        for some in said.get("fewer", ())
        for size in some["trims"]
    )
    return Paper(
        said.get("name", ""),
        Ink(said.get("ink", Ink.BLACK)),
        least,
        most,
        _length(said, "thickness"),
        _length(said, "glue"),
        fewer,
        source,
    )


def _length(said: _Said, name: str, else_: float = 0) -> float:
    points = points_of(said[name]) if name in said else else_
    if points is None:
        message = f"no length: {said[name]}"
        raise ValueError(message)
    return points


def _pair(said: tuple[str, str]) -> tuple[float, float]:
    width, height = said
    return _length({"of": width}, "of"), _length({"of": height}, "of")


def _trim(words: str) -> Trim:
    trim = trim_of(words)
    if trim is None:
        message = f"no size: {words}"
        raise ValueError(message)
    return trim
