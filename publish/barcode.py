"""The barcode of a book: its ISBN as EAN-13, and a price as the five digits beside it.

Bars stand in modules from the left edge of the symbol, quiet zone included: a module
is the width of the thinnest bar, 0.33 mm at full size (GS1 General Specifications,
5.2; BISG on the add-on).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

# In points, at full size.
MODULE = 0.33 * 72 / 25.4
# In modules: bars are 22.85 mm high, the whole symbol 25.93 mm. Guards go on below
# the others, to half of the digits.
HEIGHT = 69.24
GUARD = 5
WHOLE = 78.58
# Free at the left and at the right. Of an add-on 5 would do on white paper, but beside
# a dark ground scanners want more.
QUIET = 11, 7
_ADD_ON_QUIET = 7
# From the bars of the ISBN to the add-on, which begins with a space: 7 to 12.
_GAP = 8

# A symbol may be from four fifths to twice its size. Above full size none needs it.
LEAST, FULL = 0.8, 1.0

_LEFT = (
    "0001101",
    "0011001",
    "0010011",
    "0111101",
    "0100011",
    "0110001",
    "0101111",
    "0111011",
    "0110111",
    "0001011",
)
_RIGHT = tuple("".join("10"[int(bit)] for bit in code) for code in _LEFT)
_EVEN = tuple(code[::-1] for code in _RIGHT)
# Which of the six digits at the left are written the other way: this tells the first.
_FIRST = (
    "LLLLLL",
    "LLGLGG",
    "LLGGLG",
    "LLGGGL",
    "LGLLGG",
    "LGGLLG",
    "LGGGLL",
    "LGLGLG",
    "LGLGGL",
    "LGGLGL",
)
# The same of the five of an add-on, by its checksum.
_FIVE = (
    "GGLLL",
    "GLGLL",
    "GLLGL",
    "GLLLG",
    "LGGLL",
    "LLGGL",
    "LLLGG",
    "LGLGL",
    "LGLLG",
    "LLGLG",
)
# What the digits of a price begin with.
_CURRENCIES = {"USD": "5", "CAD": "6", "NZD": "4", "AUD": "3"}
_HUNDRED = 10_000


@dataclass(frozen=True, slots=True)
class Bar:
    """Black from `left`, `width` wide, `height` down from `top`."""

    left: float
    width: float
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Digit:
    """text: of the digit, or of the sign in the quiet zone; centre: where it stands
    top: whether it stands above its bars
    """

    text: str
    centre: float
    top: bool = False


@dataclass(frozen=True, slots=True)
class Symbol:
    """width: with both quiet zones; height: with the digits"""

    width: float
    bars: tuple[Bar, ...]
    digits: tuple[Digit, ...]
    height: float = WHOLE

    def magnification(self, width: float, height: float) -> float:
        """At most full size, and what a field of that size in points holds; 0 where
        even the smallest that can be read is larger."""
        fits = min(width / self.width, height / self.height) / MODULE
        # Rounded down: a hundredth of the size is seen by nobody.
        size = min(FULL, int(fits * 100) / 100)
        return size if size >= LEAST else 0


def barcode(isbn: str, add_on: str = "") -> Symbol:
    """isbn: thirteen digits; add_on: five, or none"""
    symbol = _ean(isbn)
    if not add_on:
        return symbol
    left = symbol.width - QUIET[1] + _GAP
    five = _five(add_on, left)
    bars, digits = (*symbol.bars, *five.bars), (*symbol.digits, *five.digits)
    return replace(symbol, width=five.width, bars=bars, digits=digits)


def ean_modules(isbn: str) -> str:
    """95 modules, 1 for black."""
    first, left, right = int(isbn[0]), isbn[1:7], isbn[7:]
    codes = {"L": _LEFT, "G": _EVEN}
    ways = zip(_FIRST[first], left, strict=True)
    written = "".join(codes[way][int(digit)] for way, digit in ways)
    return f"101{written}01010{''.join(_RIGHT[int(digit)] for digit in right)}101"


def add_on_modules(digits: str) -> str:
    """48 modules, 1 for black; the first is none."""
    weights = (3, 9, 3, 9, 3)
    check = sum(w * int(d) for w, d in zip(weights, digits, strict=True)) % 10
    codes = {"L": _LEFT, "G": _EVEN}
    ways = zip(_FIVE[check], digits, strict=True)
    return "01011" + "01".join(codes[way][int(digit)] for way, digit in ways)


def add_on_of(price: str) -> str:
    """The five digits of a price like "USD 14.99"; empty for one of which they can say
    nothing: in another currency, or of two hundred pounds and above."""
    found = _PRICE.fullmatch(price.strip())
    if found is None:
        return ""
    hundredths = int(found[2]) * 100 + int((found[3] or "0").ljust(2, "0"))
    if found[1] == "GBP":
        # 0 and 1 are both pounds, and the first digit of their hundreds.
        return f"{hundredths:05}" if hundredths < 2 * _HUNDRED else ""
    currency = _CURRENCIES[found[1]]
    return f"{currency}{hundredths:04}" if hundredths < _HUNDRED else f"{currency}9999"


_PRICE = re.compile(rf"({'|'.join((*_CURRENCIES, 'GBP'))})\s*(\d{{1,5}})(?:\.(\d\d?))?")


def _ean(isbn: str) -> Symbol:
    modules = ean_modules(isbn)
    guards = {*range(3), *range(45, 50), *range(92, 95)}
    bars = tuple(
        Bar(QUIET[0] + at, width, 0, HEIGHT + (GUARD if at in guards else 0))
        for at, width in _black(modules)
    )
    digits = [Digit(isbn[0], QUIET[0] / 2 - 1)]
    digits += (Digit(d, QUIET[0] + 6.5 + 7 * n) for n, d in enumerate(isbn[1:7]))
    digits += (Digit(d, QUIET[0] + 53.5 + 7 * n) for n, d in enumerate(isbn[7:]))
    return Symbol(QUIET[0] + len(modules) + QUIET[1], bars, tuple(digits))


# Digits of an add-on stand over its bars, which begin below them and end with the
# guards of the ISBN.
_ABOVE = 9


def _five(digits: str, left: float) -> Symbol:
    modules = add_on_modules(digits)
    bars = tuple(
        Bar(left + at, width, _ABOVE, HEIGHT + GUARD - _ABOVE)
        for at, width in _black(modules)
    )
    shown = tuple(Digit(d, left + 8.5 + 9 * n, top=True) for n, d in enumerate(digits))
    return Symbol(left + len(modules) + _ADD_ON_QUIET, bars, shown)


def _black(modules: str) -> Iterator[tuple[int, int]]:
    """Where each bar begins, and how wide it is."""
    at = 0
    for module, run in groupby(modules):
        width = len(list(run))
        if module == "1":
            yield at, width
        at += width
