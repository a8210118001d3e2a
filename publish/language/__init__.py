"""What a language decides: its direction, the tool's own words, and how to tell it."""

from publish.language.digits import in_digits, number_style
from publish.language.guess import GUESSABLE, guess_language, mistakable
from publish.language.labels import Labels, credit, labels
from publish.language.numerals import from_roman, in_numerals, roman
from publish.language.sorting import alphabet, list_stops
from publish.language.spacing import tie
from publish.language.tags import (
    direction,
    is_language_tag,
    language_hint,
    language_name,
    script_of,
)

__all__ = [
    "GUESSABLE",
    "Labels",
    "alphabet",
    "credit",
    "direction",
    "from_roman",
    "guess_language",
    "in_digits",
    "in_numerals",
    "is_language_tag",
    "labels",
    "language_hint",
    "language_name",
    "list_stops",
    "mistakable",
    "number_style",
    "roman",
    "script_of",
    "tie",
]
