"""The numbers of pages that stand in a text, which are known when all is set.

They decide how long the text is that they stand in, and so each other. Each is set anew
until none changes. One that has changed its width is then set in a box as wide as the
widest that it has had: so a round can move a line only by making a box wider, widths
are bounded, and the rounds come to an end.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    """words: as it is printed; empty where it is not known yet
    width: letters that there must be room for; 0 where there is no box
    """

    words: str
    width: int = 0


# By the ids of the places that the numbers lead to.
Numbers = Mapping[str, Number]
# Before anything is known: as wide as most.
UNKNOWN = Number("", 3)


def next_round(before: Numbers, labels: Mapping[str, str]) -> Numbers:
    """What is to be set now.

    before: what was set in the last round; labels: what the pages have come to
    """
    return {
        place: _widened(number, labels.get(place, ""))
        for place, number in before.items()
    }


def _widened(before: Number, words: str) -> Number:
    if before == UNKNOWN or before.words == words:
        return Number(words, 0 if before == UNKNOWN else before.width)
    if not before.width and _as_wide(before.words, words):
        return Number(words)
    return Number(words, max(before.width, len(before.words), len(words)))


def _as_wide(one: str, other: str) -> bool:
    """Figures in tables are all of one width; letters of Roman numbers are not."""
    return len(one) == len(other) and one.isdecimal() and other.isdecimal()
