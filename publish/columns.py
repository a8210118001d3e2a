"""How the columns of a table share a line that is too narrow for all their words."""

from collections.abc import Sequence
from math import inf


def longest_kept(words: Sequence[float], room: float) -> float:
    """The width up to which no word has to be broken, if longer ones give way.

    words: width of the longest word of each column, in the unit of the room
    """
    left = sorted(words)
    while left:
        share = room / len(left)
        if left[0] > share:
            return share
        room -= left.pop(0)
    return inf
