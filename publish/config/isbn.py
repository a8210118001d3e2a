"""The ISBN and its check digit (ISO 2108)."""

import re

SHORT, LONG = 10, 13


def isbn_digits(words: str) -> str:
    """The thirteen digits of a right ISBN, old ones of ten turned into new; or ''."""
    digits = _bare(words)
    if re.fullmatch(r"\d{9}[\dX]", digits) and _short_check(digits) == digits[-1]:
        digits = "978" + digits[:-1]
        return digits + _check(digits)
    right = re.fullmatch(r"97[89]\d{10}", digits) and _check(digits) == digits[-1]
    return digits if right else ""


def isbn_words(words: str) -> str:
    """A right ISBN of thirteen digits with the hyphens or spaces that it came with."""
    digits = isbn_digits(words)
    found = re.search(r"97[89][\d\s\u2010-\u2015-]*\d", words)
    if not found or _bare(found[0]) != digits:
        return digits
    return re.sub(r"[\s\u2010-\u2015-]+", "-", found[0])


def isbn_hint(value: object) -> str:
    """What is wrong with an ISBN."""
    if not isinstance(value, str):
        return "put it in quotes"
    digits = _bare(value)
    if re.search(r"[^\dX]", digits):
        return "an ISBN holds digits and hyphens only"
    if len(digits) not in (SHORT, LONG):
        return f"it has {len(digits)} digits"
    if len(digits) == LONG and not digits.startswith(("978", "979")):
        return "an ISBN begins with 978 or 979"
    return "its check digit does not fit the others: look for a digit mistyped"


def _bare(words: str) -> str:
    """Without hyphens of any kind, spaces and the word ISBN."""
    bare = re.sub(r"[\s\u2010-\u2015-]", "", words).upper()
    return bare.removeprefix("URN:ISBN:").removeprefix("ISBN").removeprefix(":")


def _check(digits: str) -> str:
    total = sum(int(digit) * (1, 3)[n % 2] for n, digit in enumerate(digits[:12]))
    return str(-total % 10)


def _short_check(digits: str) -> str:
    total = sum(int(digit) * (10 - n) for n, digit in enumerate(digits[:9]))
    return "0123456789X"[-total % 11]
