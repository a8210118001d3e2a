"""Numbers written as numerals or in words."""

from functools import cache
from typing import assert_never

from publish.language.digits import in_digits
from publish.model import Numerals

_SOFT_HYPHEN = "\N{SOFT HYPHEN}"
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
    *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def in_numerals(number: int, numerals: Numerals, language: str) -> str:
    """ "4", "IV" or "Four"; empty where nothing is counted."""
    match numerals:
        case Numerals.ARABIC:
            return in_digits(str(number), language)
        case Numerals.ROMAN:
            return roman(number)
        case Numerals.WORDS:
            return in_words(number, language)
        case Numerals.NONE:
            return ""
        case _:
            assert_never(numerals)


def roman(number: int) -> str:
    """In capitals."""
    letters = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        letters += sign * times
    return letters


def from_roman(number: str) -> int:
    """What a Roman number counts, in capitals or small letters."""
    values = {sign: value for value, sign in _ROMAN if len(sign) == 1}
    digits = [values.get(letter, 0) for letter in number.upper()]
    # A digit before a higher one is taken away.
    return sum(
        -digit if digit < after else digit
        for digit, after in zip(digits, [*digits[1:], 0], strict=False)
    )


@cache
def in_words(number: int, language: str) -> str:
    """As it begins a line; in figures where ICU does not know the language."""
    # Large, and few books need it.
    import icu  # noqa: PLC0415

    locale = icu.Locale(language)
    spell = icu.RuleBasedNumberFormat(icu.URBNFRuleSetTag.SPELLOUT, locale)
    found = spell.getLocale(icu.ULocDataLocaleType.VALID_LOCALE)
    if found.getLanguage() != locale.getLanguage():
        return in_digits(str(number), language)
    words: str = spell.format(number).replace(_SOFT_HYPHEN, "")
    return words[:1].upper() + words[1:]
