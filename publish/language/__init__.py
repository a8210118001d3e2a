"""What a language decides: its direction, the tool's own words, and how to tell it."""

from publish.language.guess import GUESSABLE, guess_language, mistakable
from publish.language.labels import Labels, labels
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
    "direction",
    "guess_language",
    "is_language_tag",
    "labels",
    "language_hint",
    "language_name",
    "mistakable",
    "script_of",
]
