"""The order in which a language puts its words, as indexes and glossaries have it."""

import re
from functools import cache
from typing import Any
from unicodedata import category

# Comma and semicolon of lists, where they are not these.
_ARABIC, _HAN = ("، ", "؛ "), ("、", "；")
_STOPS_OF = dict.fromkeys(("ar", "fa", "ur", "ps", "ckb", "ug", "sd"), _ARABIC)
_STOPS_OF |= {"ja": _HAN, "zh": _HAN}
# What ends the part of a heading that is compared first, in the order in which
# headings follow that are the same up to there (Chicago Manual of Style, 17th edition,
# chapter 16).
_STOPS = {"(": 1, ",": 2, "،": 2, "、": 2}
_AT_STOPS = re.compile(rf"\s*([{re.escape(''.join(_STOPS))}])")
# For the reader, these part words; all other punctuation is passed over.
_PARTING = re.compile(r"[\s/\u2013\u2014]+")

# Bytes that compare as words do, part for part, each with what ends it.
SortKey = tuple[tuple[bytes, int], ...]


class Alphabet:
    """The order of one language, and its letters.

    Words are compared word by word, so that "New York" comes before "Newark". Hyphens,
    apostrophes and quotation marks are passed over, numbers go by their value, and what
    stands behind a comma or in brackets decides last.
    """

    def __init__(self, language: str) -> None:
        # Large, and few books need it.
        import icu  # noqa: PLC0415

        locale = icu.Locale(language)
        self._collator = icu.Collator.createInstance(locale)
        self._collator.setAttribute(
            icu.UCollAttribute.NUMERIC_COLLATION, icu.UCollAttributeValue.ON
        )
        letters = icu.AlphabeticIndex(locale)
        # A book in any script may have words in Latin letters.
        letters.addLabels(icu.Locale("en"))
        self._letters = letters.buildImmutableIndex()

    def key(self, words: str) -> SortKey:
        """What to sort *words* by."""
        parts = _AT_STOPS.split(words)
        ends = (*(_STOPS[stop] for stop in parts[1::2]), 0)
        return tuple(
            (self._collator.getSortKey(_bare(part)), end)
            for part, end in zip(parts[::2], ends, strict=True)
        )

    def letter(self, words: str) -> str:
        """The letter under which *words* stand; empty for numbers and signs."""
        found: Any = self._letters.getBucketIndex(_bare(words))
        label, kind = self._letters.getBucket(found)
        return label if kind == _LETTER else ""


# ULabelType.NORMAL: the others stand for what comes before, between and after scripts.
_LETTER = 0


@cache
def alphabet(language: str) -> Alphabet:
    """That of a BCP 47 tag."""
    return Alphabet(language)


def list_stops(language: str) -> tuple[str, str]:
    """What stands between the parts of a list, and what between parts that have such
    parts, each with its space."""
    return _STOPS_OF.get(language.split("-", 1)[0].lower(), (", ", "; "))


def _bare(words: str) -> str:
    parted = _PARTING.sub(" ", words)
    kept = (letter for letter in parted if category(letter)[0] != "P")
    return " ".join("".join(kept).split())
