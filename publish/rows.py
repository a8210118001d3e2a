"""Words broken into rows of even length, for what is short and large: a title."""

import re
from collections.abc import Sequence

# Where a line may end: after a space, and between the letters of Chinese, Japanese
# and Thai, which know no spaces.
_NO_SPACES = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_PIECES = re.compile(rf"[^\s{_NO_SPACES}]+\s*|[{_NO_SPACES}][^\w\s]*\s*", re.UNICODE)


def pieces(text: str) -> list[str]:
    """Cut where a row may end; each with the spaces behind it."""
    return _PIECES.findall(text)


def even_rows(pieces: Sequence[tuple[str, float]], measure: float) -> list[str]:
    """As few rows as *measure* allows, in ems, and among those the most even."""
    rows = _filled(pieces, measure)
    low, high = measure / 2, measure
    # Half a percent of the measure: less shows nowhere.
    while high - low > measure / 200:
        middle = (low + high) / 2
        even = _filled(pieces, middle)
        if len(even) == len(rows):
            rows, high = even, middle
        else:
            low = middle
    return rows


# As wide as a space is in most faces, in ems.
_WORD_SPACE = 0.25


def _filled(pieces: Sequence[tuple[str, float]], measure: float) -> list[str]:
    rows: list[str] = []
    room = 0.0
    for piece, width in pieces:
        if rows and width <= room:
            rows[-1] += piece
        else:
            rows.append(piece)
            room = measure
        room -= width + (_WORD_SPACE if piece[-1].isspace() else 0)
    return rows
