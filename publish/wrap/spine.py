"""Words on the spine: author, title and publisher in one line along it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from publish.wrap.fitting import Letters, Voice

# Smaller letters cannot be read on a shelf, in points.
LEAST = 7
# Of a wide spine the letters take no more than this.
_SHARE = 0.45
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
    """start: from the head of the spine; size: of the letters; both in points"""

    kind: str
    text: str
    start: float
    size: float


@dataclass(frozen=True, slots=True)
class SpineLine:
    """base: from the middle of the spine to the base line, in points"""

    words: tuple[Word, ...]
    base: float
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


# The publisher is nobody that a reader looks for: a share of the size of the others.
_QUIET = 0.6


def _set(
    words: Sequence[tuple[str, str]], voice: Voice, letters: Letters, room: Room
) -> SpineLine | None:
    said = [(kind, voice.says(text, letters.language)) for kind, text in words]
    inks = [letters.ink(text, voice) for _, text in said]
    low, high = min(ink[0] for ink in inks), max(ink[1] for ink in inks)
    shares = [_QUIET if kind == "publisher" else 1.0 for kind, _ in said]
    widths = [
        letters.width(text, voice) * share
        for (_, text), share in zip(said, shares, strict=True)
    ]
    free = max(0, room.thick - 2 * room.clear) / (high - low)
    # What fits a thin spine is large enough there; on a thick one it need not fill it.
    wide = max(LEAST, min(room.most, room.thick * _SHARE / high))
    size = min(wide, free, room.length / (sum(widths) + _GAP * (len(said) - 1)))
    if size < LEAST:
        return None
    widths = [width * size for width in widths]
    if min(shares) * size < LEAST:
        shares = [max(share, LEAST / size) for share in shares]
        widths = [
            letters.width(text, voice) * share * size
            for (_, text), share in zip(said, shares, strict=True)
        ]
    starts = _starts([kind for kind, _ in said], widths, _GAP * size, room.length)
    placed = tuple(
        Word(kind, text, at, share * size)
        for (kind, text), at, share in zip(said, starts, shares, strict=True)
    )
    return SpineLine(placed, size * (high + low) / 2, voice)


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
