"""Words on the spine: author, title and publisher in one line along it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from publish.wrap.fitting import Letters, Voice

# Smaller letters cannot be read on a shelf, in points.
LEAST = 7
# Of a wide spine the letters take no more than this.
_SHARE = 0.3
# Between one thing and the next, in ems.
_GAP = 1.5


@dataclass(frozen=True, slots=True)
class Room:
    """Of a spine, in points. clear: what is free on either side of its words
    most: the largest letters
    """

    length: float
    thick: float
    clear: float
    most: float


@dataclass(frozen=True, slots=True)
class Word:
    """In points.

    start: from the head of the spine; size: of the letters
    base: from the middle of the spine to their base line
    """

    kind: str
    text: str
    start: float
    size: float
    base: float


@dataclass(frozen=True, slots=True)
class SpineLine:
    words: tuple[Word, ...]
    voice: Voice


def spine_line(
    words: Sequence[tuple[str, str]], voice: Voice, letters: Letters, room: Room
) -> SpineLine | None:
    """As large as there is room for; None where that is too small.

    words: kind and text, from head to foot; the title must be among them, the others
        are left out where they do not fit, the last first
    """
    ways = [words, [w for w in words if w[0] != "publisher"]]
    ways.append([w for w in words if w[0] == "title"])
    # Capitals have nothing below their line, and may be larger on a thin spine.
    voices = (voice, replace(voice, capitals=True))
    for some in ways:
        for way in voices:
            if line := _set(some, way, letters, room):
                return line
    return None


# The publisher is nobody that a reader looks for: a share of the size of the others,
# and no more than this, in points.
_QUIET, _QUIET_MOST = 0.55, 12


def _set(
    words: Sequence[tuple[str, str]], voice: Voice, letters: Letters, room: Room
) -> SpineLine | None:
    said = [(kind, voice.says(text, letters.language)) for kind, text in words]
    inks = [letters.ink(text, voice) for _, text in said]
    low, high = min(ink[0] for ink in inks), max(ink[1] for ink in inks)
    ems = [letters.width(text, voice) for _, text in said]
    gaps = _GAP * (len(said) - 1)
    free = max(0, room.thick - 2 * room.clear) / (high - low)
    # What fits a thin spine is large enough there; on a thick one it need not fill it.
    size = min(max(LEAST, min(room.most, room.thick * _SHARE / high)), free)
    kinds = [kind for kind, _ in said]
    while sum(_widths(ems, sizes := _sizes(kinds, size))) + gaps * size > room.length:
        size *= _STEP
    if size < LEAST:
        return None
    widths = _widths(ems, sizes)
    starts = _starts(kinds, widths, _GAP * size, room.length)
    placed = tuple(
        Word(kind, text, start, points, points * (high + low) / 2)
        for (kind, text), start, points in zip(said, starts, sizes, strict=True)
    )
    return SpineLine(placed, voice)


def _sizes(kinds: Sequence[str], size: float) -> list[float]:
    quiet = min(size, max(LEAST, min(_QUIET * size, _QUIET_MOST)))
    return [quiet if kind == "publisher" else size for kind in kinds]


def _widths(ems: Sequence[float], sizes: Sequence[float]) -> list[float]:
    return [em * size for em, size in zip(ems, sizes, strict=True)]


# From one size to the next that is tried.
_STEP = 0.98


def _starts(
    kinds: Sequence[str], widths: Sequence[float], gap: float, length: float
) -> list[float]:
    """The first at the head, the last at the foot, the title in the middle; or in that
    of what the others leave it, where they come too near."""
    at = kinds.index("title")
    before = sum(width + gap for width in widths[:at])
    after = sum(width + gap for width in widths[at + 1 :])
    middle = (length - widths[at]) / 2
    if middle < before or middle + widths[at] > length - after:
        middle = (before + length - after - widths[at]) / 2
    heads = [sum(w + gap for w in widths[:n]) for n in range(at)]
    feet = [
        length - sum(w + gap for w in widths[n:]) + gap
        for n in range(at + 1, len(widths))
    ]
    return [*heads, middle, *feet]
