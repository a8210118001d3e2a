"""Measures of type as a key may have them, and how those are written that are not."""

import re
from collections.abc import Callable
from typing import Any

from publish.config.kinds import Value
from publish.lengths import ems_of, points_of

# Without a unit, or with one by its long name.
_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:pts|points?|ems|rem)?\s*")
# A pixel of CSS is the 96th part of an inch.
_PIXELS = re.compile(r"\s*(\d+(?:\.\d+)?)\s*px\s*")
_PIXEL = 0.75
_TIMES = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(em|%|)\s*")
_SO_MANY_LINES = re.compile(r"\s*(\d+(?:\.\d+)?)\s*lines?\s*")
# What most styles have, in points: to show what a length is in ems, or a share.
USUAL_SIZE = 11


def is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def type_length(
    least: float,
    most: float,
    example: str,
    share: Callable[[object], str] = lambda _: "",
) -> Value:
    """A length of type, which nobody measures in inches. share: what to write for what
    is none, but a share of the size"""

    def fits(value: object) -> bool:
        points = points_of(value) if isinstance(value, str) else None
        return points is not None and least <= points <= most

    return Value(
        f'a length from {least:g} to {most:g} points, like "{example}"',
        fits,
        {"type": "string"},
        lambda value: _points_hint(value, fits) or share(value),
    )


def in_ems(least: float, most: float, example: str) -> Value:
    def fits(value: object) -> bool:
        ems = ems_of(value) if isinstance(value, str) else None
        return ems is not None and least <= ems <= most

    return Value(
        f'from {least:g} to {most:g} times the size of the text, like "{example}"',
        fits,
        {"type": "string", "pattern": "em$"},
        lambda value: _in_unit(value, "em", fits) or _ems_hint(value, fits),
    )


def _in_unit(value: object, unit: str, fits: Callable[[object], bool]) -> str:
    """How to write what is a number without a unit."""
    number = _NUMBER.fullmatch(str(value))
    meant = f"{number[1]}{unit}" if number and not isinstance(value, bool) else ""
    return f'write "{meant}"' if fits(meant) else ""


def in_points(value: object) -> float | None:
    """A length in a unit that has a size of its own."""
    if not isinstance(value, str):
        return None
    pixels = _PIXELS.fullmatch(value)
    return float(pixels[1]) * _PIXEL if pixels else points_of(value)


def _points_hint(value: object, fits: Callable[[object], bool]) -> str:
    points = in_points(value)
    meant = "" if points is None else f"{points:.4g}pt"
    return f'write "{meant}"' if fits(meant) else _in_unit(value, "pt", fits)


def _ems_hint(value: object, fits: Callable[[object], bool]) -> str:
    """How to write what is a length of its own, whatever the size of the text is."""
    points = in_points(value)
    meant = "" if points is None else f"{points / USUAL_SIZE:.3g}em"
    said = f'write "{meant}": {value} beside letters of {USUAL_SIZE} points'
    return said if fits(meant) else ""


def leading_hint(value: object) -> str:
    """How to write what is a share of the size."""
    found = None if isinstance(value, bool) else _TIMES.fullmatch(str(value))
    if not found:
        return ""
    times = float(found[1]) / (100 if found[2] == "%" else 1)
    # More would be a length, with a unit left out.
    if not 1 <= times <= 3:  # noqa: PLR2004
        return ""
    return (
        f'write a length: "{times * USUAL_SIZE:.3g}pt" is right for {USUAL_SIZE} points'
    )


def _is_lines(value: Any) -> bool:
    return is_number(value) and 0 <= value <= 20  # noqa: PLR2004 - half a page


def _lines_hint(value: object) -> str:
    found = _SO_MANY_LINES.fullmatch(str(value))
    return f"write {found[1]}" if found and _is_lines(float(found[1])) else ""


LINES = Value(
    "a number of lines from 0 to 20",
    _is_lines,
    {"type": "number", "minimum": 0, "maximum": 20},
    _lines_hint,
)
