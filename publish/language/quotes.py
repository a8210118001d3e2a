"""The quotation marks of a language."""

from dataclasses import dataclass
from functools import cache

_NO_BREAK = "\N{NO-BREAK SPACE}"
# Single ones are hardly typed in French; where they are, publishers set these.
_FRENCH_INNER = ("“", "”")


@dataclass(frozen=True, slots=True)
class QuotationMarks:
    """What opens and closes a quotation, and one within it; with the spaces that the
    language sets inside."""

    opening: str
    closing: str
    inner_opening: str
    inner_closing: str


@cache
def quotation_marks(language: str, signs: str = "") -> QuotationMarks:
    """Those of Unicode's CLDR.

    signs: four other ones, in the order of `QuotationMarks`
    """
    import icu  # noqa: PLC0415 - most books do without

    data = icu.LocaleData(language)
    first, second, third, fourth = tuple(signs) or map(data.getDelimiter, range(4))
    if language.casefold().partition("-")[0] != "fr" or language.endswith("-CH"):
        return QuotationMarks(first, second, third, fourth)
    if not signs and third == first:
        third, fourth = _FRENCH_INNER
    first, third = (f"{s}{_NO_BREAK}" if s in "«‹" else s for s in (first, third))
    second, fourth = (f"{_NO_BREAK}{s}" if s in "»›" else s for s in (second, fourth))
    return QuotationMarks(first, second, third, fourth)
