"""What in the cell of a table is a number."""

import unicodedata

# Signs within a number, beside currencies: what groups digits and parts decimals, plus
# and minus, shares, ranges, marks of notes.
_SIGNS = frozenset(" \t\n\u00a0\u2009\u202f'’.,:;·٫٬/%‰٪°+-−\u2010\u2011–±~≈<>≤≥×()*†")
# Letters of a unit or of a currency.
UNIT = 4
# Longer ones are lists of numbers, which may go over lines.
LONGEST = 24


def is_number(words: str) -> bool:
    """Whether *words* are one number in any script, with its signs and its unit."""
    if len(words) > LONGEST or not any(map(str.isnumeric, words)):
        return False
    others = [sign for sign in words if sign not in _SIGNS and not _is_figure(sign)]
    return len(others) <= UNIT and not any(map(str.isspace, others))


def _is_figure(sign: str) -> bool:
    return unicodedata.category(sign) in {"Nd", "No", "Sc"}
