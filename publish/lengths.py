"""Lengths and sizes as authors and printers write them, in points (1/72 inch)."""

import re

from publish.model import Trim

POINTS_PER_UNIT = {"in": 72.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "pt": 1.0}
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*(in|mm|cm|pt)")


def points_of(words: str) -> float | None:
    """The length that "0.125in" or "3mm" means."""
    found = _LENGTH.fullmatch(words.strip().casefold())
    return round(float(found[1]) * POINTS_PER_UNIT[found[2]], 7) if found else None


# ISO 216 and 269, in millimetres; the others as shops and printers name them.
NAMED_TRIMS = {
    "a4": (210, 297),
    "a5": (148, 210),
    "a6": (105, 148),
    "b5": (176, 250),
    "b6": (125, 176),
}
_TRIM = re.compile(r"(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)\s*(in|mm|cm|pt)")


def trim_of(words: str) -> Trim | None:
    """The size that "6x9in", "148x210mm" or "A5" means."""
    if named := NAMED_TRIMS.get(words.strip().casefold()):
        width, height = map(float, named)
        unit = POINTS_PER_UNIT["mm"]
    elif found := _TRIM.fullmatch(words.strip().casefold()):
        width, height = float(found[1]), float(found[2])
        unit = POINTS_PER_UNIT[found[3]]
    else:
        return None
    trim = Trim(round(width * unit, 3), round(height * unit, 3))
    # Two inches are less than any book, fifty more than any press.
    fits = all(144 <= side <= 3600 for side in (trim.width, trim.height))  # noqa: PLR2004
    return trim if fits else None


def trim_hint(value: object) -> str:
    """How to write what looks like a size."""
    words = str(value).casefold()
    if (name := re.sub(r"[^a-z0-9]", "", words)) in NAMED_TRIMS:
        return f'write "{name.upper()}"'
    sides = re.findall(r"\d+(?:\.\d+)?", words.replace(",", "."))
    if len(sides) != 2:  # noqa: PLR2004 - width and height
        return ""
    written = re.search(r"[0-9\s](in|mm|cm|pt)", words)
    # Nobody reads a book that is thirty inches wide, or thirty millimetres.
    unit = written[1] if written else "in" if float(sides[0]) < 30 else "mm"  # noqa: PLR2004
    guess = f"{sides[0]}x{sides[1]}{unit}"
    return f'write "{guess}"' if trim_of(guess) else "no book is of that size"


_EMS = re.compile(r"(\d+(?:\.\d+)?)\s*em")


def ems_of(words: str) -> float | None:
    """How many times the size of the text "26em" is."""
    found = _EMS.fullmatch(words.strip().casefold())
    return float(found[1]) if found else None
