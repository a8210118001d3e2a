"""Choose the ends of the lines of a paragraph all together, so that none is paid for by
the next: after D. E. Knuth and M. F. Plass, Breaking Paragraphs into Lines (Software:
Practice and Experience 11, 1981)."""

from bisect import bisect_left
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from math import inf


@dataclass(frozen=True, slots=True)
class Stop:
    """A place where a line may end. Lengths are from the beginning of the paragraph, as
    if it were one line, in the unit of the measure.

    at: how many letters stand before it
    end: where its letters end, with a hyphen if there is one
    next: where those of the next line begin
    spaces, skipped: that can be stretched, before `end` and before `next`
    letters, passed: the same of everything that is drawn
    cost: of ending here, as TeX's penalties: 0 to 1,000
    hyphen: whether the line ends in one; divides: in one that is not written
    forced: whether a line ends there in any case, however short it is
    """

    at: int
    end: float
    next: float
    spaces: int
    skipped: int
    letters: int
    passed: int
    cost: float = 0.0
    hyphen: bool = False
    divides: bool = False
    forced: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """What is worse than what.

    hyphen: cost of dividing a word, 50 to 600; stiff: of ending in a hyphen that is
        there anyway
    stretch, shrink: by what share of the normal space a space grows until it is bad,
        and shrinks at the most
    track: how far letters are moved apart, or together, at the most, in ems; widen: by
        what share they are made wider, or narrower. Neither is seen: compositors allow
        themselves two per cent of each
    row: hyphens one below the other, at the most, if there are lines without more
    stub: a last line shorter than this, in ems, is a fault; full: so is one that comes
        nearer to the edge
    """

    hyphen: float = 200.0
    stiff: float = 50.0
    stretch: float = 0.5
    shrink: float = 0.3
    track: float = 0.006
    widen: float = 0.015
    row: int = 2
    stub: float = 2.0
    full: float = 0.8


@dataclass(frozen=True, slots=True)
class Measure:
    """What a paragraph is set on, in one unit for all lengths.

    width: of its lines; indent: of the first
    space: the normal one; size: of the letters
    """

    width: float
    space: float
    size: float
    indent: float = 0.0


# How loose a line is, as a share of what a space grows until it is bad, where nobody
# would divide a word for it; and where only a wonder would help.
EASY, _LOOSEST = 1.0, 8.0
# How much worse a line is that has one word and room beside it.
_ALONE = 2_000.0
# Tight, even, loose and very loose lines end below these.
_FITS = (-0.5, 0.5, 1.0)
_EVEN = 1
# TeX's demerits for what no single line is to blame for: a loose line beside a tight
# one, two hyphens in a row, one before the last line (The TeXbook, chapter 14).
_UNEVEN, _TWICE, _LATE = 10_000.0, 10_000.0, 5_000.0
_STUB, _FULL, _HALF = 60_000.0, 3_000.0, 10
# Sums of fractions are not exact.
_LITTLE = 1e-6

# The way to a stop: demerits, hyphens in a row, how the line fits that ends there, the
# way to the line before it, the stop, and how many lines there are if they are counted.
_Way = tuple[float, int, int, "_Way | None", int, int]
_Ways = dict[tuple[int, int, int], _Way]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """forbidden: letters before stops that may end no line
    loosest: of all lines, as a share of what a space grows until it is bad; it also
        forbids a last line that is too short
    lines: how many there must be, if it matters
    """

    forbidden: Set[int] = frozenset()
    loosest: float = inf
    lines: int | None = None


NO_LIMITS = Limits()


def best_stops(
    stops: Sequence[Stop],
    measure: Measure,
    manners: Manners,
    limits: Limits = NO_LIMITS,
) -> list[Stop] | None:
    """Those that end the lines, the last of them always. None where no lines as wide as
    the measure can be made.

    stops: in the order of the text; the first is where the paragraph begins
    """
    found = _searched(stops, measure, manners, limits)
    is_free = limits.loosest == inf and limits.lines is None
    if found is None and is_free and any(stop.hyphen for stop in stops):
        # Rather a row of hyphens than no lines.
        free = replace(manners, row=len(stops))
        found = _searched(stops, measure, free, limits)
    return found


def _searched(
    stops: Sequence[Stop], measure: Measure, manners: Manners, limits: Limits
) -> list[Stop] | None:
    search = _Search(stops, measure, manners, limits)
    for number in range(1, len(stops)):
        if stops[number].at not in limits.forbidden:
            search.reach(number)
    return search.taken()


class _Search:
    """The best ways to each stop, from the first to the last."""

    def __init__(
        self,
        stops: Sequence[Stop],
        measure: Measure,
        manners: Manners,
        limits: Limits,
    ) -> None:
        self._stops, self._measure, self._manners = stops, measure, manners
        self._loosest, self._lines = limits.loosest, limits.lines
        self._starts = [stop.next for stop in stops]
        self._starts[0] -= measure.indent
        self._stretch = manners.stretch * measure.space
        self._shrink = manners.shrink * measure.space
        self._track, self._widen = manners.track * measure.size, manners.widen
        # Whether a line that ends there is not stretched.
        self._lasts = [*(stop.forced for stop in stops[:-1]), True]
        self._ways: list[Sequence[_Way]] = [()] * len(stops)
        self._ways[0] = ((0.0, 0, _EVEN, None, 0, 0),)
        # Where nobody chooses that a line begins; before the other, every line is too
        # long.
        self._first = self._begin = 0

    def reach(self, number: int) -> None:
        """Find the ways to a stop from all before it."""
        stop, best = self._stops[number], _Ways()
        for first in range(self._begin, number):
            ratio = self._ratio(first, number) if self._ways[first] else -inf
            if ratio < -1 - _LITTLE:
                # The next ends are farther away still, but for the width of a hyphen.
                if first == self._begin and not stop.hyphen:
                    self._begin += 1
                continue
            if ratio > self._loosest or (ratio > _LOOSEST and best):
                break
            badness = 10.0 + 100.0 * abs(ratio * ratio * ratio)
            demerits = badness * badness + stop.cost * stop.cost
            if self._lasts[number]:
                demerits += self._end(first, number)
            self._go_on(first, number, (demerits, bisect_left(_FITS, ratio)), best)
        self._ways[number] = [*best.values()]
        if stop.forced:
            self._first = self._begin = number

    def _ratio(self, first: int, number: int) -> float:
        """How far the spaces of a line are stretched, 1 for bad; shrunk below 0, and
        not below -1."""
        start, stop = self._stops[first], self._stops[number]
        long = stop.end - self._starts[first]
        gap = self._measure.width - long
        spaces = stop.spaces - start.skipped
        give = self._track * (stop.letters - start.passed) + self._widen * long
        if gap < 0 and not spaces:
            # Nothing is moved in a line of one word.
            return 0.0 if gap > -_LITTLE else -inf
        if gap < 0:
            return gap / (self._shrink * spaces + give)
        if self._lasts[number]:
            return 0.0
        if not spaces:
            return _LOOSEST + _ALONE * gap / self._measure.width
        ratio = gap / (self._stretch * spaces + give)
        # Letters give way only so far.
        return ratio if ratio <= 1 else (gap - give) / (self._stretch * spaces)

    def _end(self, first: int, number: int) -> float:
        """What the length of a last line costs."""
        if first == self._first:
            return 0.0
        long = self._stops[number].end - self._starts[first]
        stub = self._manners.stub * self._measure.size
        if long < stub:
            if self._loosest < inf:
                return inf
            # The end of a word alone is the worst.
            times = _HALF if self._stops[first].hyphen else 1
            return times * _STUB * (2 - long / stub)
        gap = self._measure.width - long
        return _FULL if 0 <= gap < self._manners.full * self._measure.size else 0.0

    def _go_on(
        self,
        first: int,
        number: int,
        line: tuple[float, int],
        best: _Ways,
    ) -> None:
        """Keep what is better than *best*. line: its demerits, and how it fits"""
        demerits, fit = line
        is_hyphen, is_last = self._stops[number].hyphen, self._lasts[number]
        for way in self._ways[first]:
            row = way[1] + 1 if is_hyphen else 0
            if row > self._manners.row:
                continue
            total = way[0] + demerits
            if row > 1:
                total += _TWICE
            if is_last and way[1]:
                total += _LATE
            if not -1 <= fit - way[2] <= 1:
                total += _UNEVEN
            count = way[5] if self._lines is None else way[5] + 1
            known = best.get((row, fit, count))
            if known is None or total < known[0]:
                best[row, fit, count] = total, row, fit, way, number, count

    def taken(self) -> list[Stop] | None:
        """The stops on the best way to the last one."""
        wanted = self._lines or 0
        ways = (way for way in self._ways[-1] if way[5] == wanted)
        way = min(ways, key=lambda one: one[0], default=None)
        if way is None or way[0] == inf:
            return None
        found: list[Stop] = []
        while way[3] is not None:
            found.append(self._stops[way[4]])
            way = way[3]
        return found[::-1]


@dataclass(frozen=True, slots=True)
class Spacing:
    """space, letter: what is added to each space and each letter of a line, in the unit
        of the measure; below 0 where the line is too long
    wide: how wide all of it is made then, 1 for as it is
    """

    space: float
    letter: float
    wide: float


def spacing(
    gap: float,
    width: float,
    counts: tuple[int, int],
    measure: Measure,
    manners: Manners,
) -> Spacing:
    """How a line comes to be as wide as the measure: what `_ratio` has weighed.

    gap: by how much it is too short; width: of its words and spaces as they are
    counts: of its spaces, and of everything that is drawn
    """
    spaces, letters = counts
    if not spaces:
        return Spacing(0.0, 0.0, 1.0)
    most = (manners.stretch if gap > 0 else manners.shrink) * measure.space
    track = manners.track * measure.size
    share = gap / (most * spaces + track * letters + manners.widen * width)
    share = max(-1.0, min(1.0, share))
    wide, letter = 1 + share * manners.widen, share * track
    needed = (width + gap) / wide - width - letter * letters
    return Spacing(needed / spaces, letter, wide)


def balanced(stops: Sequence[Stop], measure: Measure) -> list[Stop] | None:
    """The stops that end the lines of a heading: no more lines than it takes, and those
    as long as each other. None where a word is wider than the measure.

    stops: in the order of the text; the first is where it begins
    """
    # By stop: how many lines there are up to it, how uneven they are, the stop before.
    best: list[tuple[int, float, int] | None] = [(0, 0.0, 0)]
    starts = [stop.next for stop in stops]
    starts[0] -= measure.indent
    begin = 0
    for number in range(1, len(stops)):
        ways = [
            (known[0] + 1, known[1] + (measure.width - long) ** 2, first)
            for first, known in enumerate(best[begin:], begin)
            if known is not None
            and (long := stops[number].end - starts[first]) <= measure.width
        ]
        best.append(min(ways, default=None))
        begin = number if stops[number].forced else begin
    found: list[Stop] = []
    number = len(stops) - 1
    while number:
        way = best[number]
        if way is None:
            return None
        found.append(stops[number])
        number = way[2]
    return found[::-1]
