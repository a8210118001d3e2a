"""The digits that a language counts with."""

from collections.abc import Mapping

# Default numbering systems of Unicode's CLDR. Arabic counts with its own digits from
# Egypt eastwards; the Maghreb uses the Latin ones.
_STYLES: Mapping[str, str] = {
    "ar": "arabic-indic",
    "ckb": "arabic-indic",
    "fa": "persian",
    "ps": "persian",
    "ur": "persian",
}
_MAGHREB = frozenset({"DZ", "EH", "LY", "MA", "TN"})
_ZEROS: Mapping[str, int] = {"arabic-indic": 0x0660, "persian": 0x06F0}
_DIGITS = frozenset(
    chr(zero + n) for zero in (ord("0"), *_ZEROS.values()) for n in range(10)
)


def number_style(language: str) -> str:
    """The counter style of CSS for page numbers: "decimal", "persian", …"""
    tag, *more = language.split("-")
    if _MAGHREB.intersection(subtag.upper() for subtag in more):
        return "decimal"
    return _STYLES.get(tag.lower(), "decimal")


def in_digits(number: str, language: str) -> str:
    """ "2.1" with the digits of the language, whatever its own are."""
    zero = _ZEROS.get(number_style(language), ord("0"))
    written = (chr(zero + int(c)) if c in _DIGITS else c for c in number)
    return "".join(written)
