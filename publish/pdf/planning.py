"""Choose where the lines of WeasyPrint's line boxes end, before the first is made."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from math import inf
from typing import Any

from publish.pdf.classes import classes
from publish.pdf.measured import Paragraph, Place, measured
from publish.pdf.total_fit import (
    EASY,
    NO_LIMITS,
    Limits,
    Manners,
    Measure,
    Stop,
    balanced,
    best_stops,
)

# How loose a line may become for its author to have one more, or one less.
_LOOSER = 3.0


class Tally:
    """Counts justified paragraphs of several lines."""

    def __init__(self) -> None:
        # By their identities, with the boxes: they are kept, so that no two are one.
        self._whole: dict[int, Any] = {}
        self._single: dict[int, Any] = {}

    @property
    def whole(self) -> int:
        """Those whose lines were chosen all together."""
        return len(self._whole.keys() - self._single.keys())

    @property
    def single(self) -> int:
        """Those whose lines, or some of them, were chosen one after the other."""
        return len(self._single)

    def count(self, line: Any, *, whole: bool) -> None:
        (self._whole if whole else self._single)[id(line)] = line


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is to be made of a paragraph. stop: where it ends"""

    paragraph: Paragraph
    stop: Stop
    measure: Measure

    def is_made(self, resume: Any) -> bool:
        """Whether it ended there. resume: where WeasyPrint will go on"""
        if resume is None:
            return self.paragraph.is_end(self.stop)
        return self.paragraph.letters_before(_place(resume)) == self.stop.at


@dataclass(slots=True)
class _Plan:
    """Of a paragraph.

    width: of the measure that it is for
    follows: by the letters before a line, the stop that ends it
    rest: what is left of the paragraph where it begins, or goes on, on a page
    usual: the stops of that which were chosen first
    forbidden: letters before the stops at which that page must not end
    single: how many letters stand before the lines that WeasyPrint makes alone
    best: the stops from a letter on, if there are any, whatever page they stand on
    """

    paragraph: Paragraph
    width: float = 0.0
    follows: dict[int, Stop] = field(default_factory=dict)
    rest: "_Rest | None" = None
    usual: Sequence[Stop] = ()
    forbidden: set[int] = field(default_factory=set)
    single: float = inf
    best: dict[tuple[int, Measure], list[Stop] | None] = field(default_factory=dict)

    def stops_from(self, start: int) -> list[Stop]:
        """Those that end the lines from a letter on."""
        found: list[Stop] = []
        while stop := self.follows.get(start):
            found.append(stop)
            start = stop.at
        return found

    def keep(self, start: int, stops: Sequence[Stop]) -> None:
        begins = (start, *(stop.at for stop in stops))
        self.follows.update(zip(begins, stops, strict=False))


@dataclass(frozen=True, slots=True)
class _Rest:
    """A paragraph from one of its letters on."""

    paragraph: Paragraph
    start: int
    measure: Measure


@dataclass(frozen=True, slots=True)
class Turn:
    """Other lines of a paragraph. stops: that end them, instead of the *usual* ones"""

    rest: _Rest
    stops: Sequence[Stop]
    usual: Sequence[Stop]


class Planner:
    """Plans lines. What it knows of a line box is kept with the box.

    Everywhere `box` is a line box of WeasyPrint's that is not laid out, with all of its
    paragraph; `around` is the block that it is in, and `skip` where the line begins, as
    a `skip_stack` (None for the first). Lengths are in CSS pixels.
    """

    def __init__(self, manners: Manners, tally: Tally) -> None:
        self._manners, self._tally = manners, tally
        self._turn: Turn | None = None

    def begin(self, box: Any, skip: Any) -> None:
        """What was chosen before for a paragraph is forgotten where it begins, and kept
        where it goes on after the end of a page."""
        plan = self._known(box)
        if plan is None:
            return
        plan.rest, plan.usual, plan.forbidden = None, (), set()
        if skip is None:
            plan.follows, plan.single = {}, inf
        if self._turn and self._turn.rest.paragraph is plan.paragraph:
            plan.keep(self._turn.rest.start, self._turn.stops)

    def avoid(self, box: Any, resume: Any) -> bool:
        """Choose the lines of a page anew, so that none ends there. False where there
        are no others, and what was chosen stays.

        resume: where WeasyPrint would go on after the page
        """
        plan = self._known(box)
        at = plan.paragraph.letters_before(_place(resume)) if plan else None
        if plan is None or plan.rest is None or at is None:
            return False
        plan.usual = plan.usual or plan.stops_from(plan.rest.start)
        plan.forbidden.add(at)
        chosen = self._chosen_anew(plan.rest, len(plan.usual), plan.forbidden)
        if not chosen:
            return False
        plan.keep(plan.rest.start, chosen)
        return True

    def restore(self, box: Any) -> None:
        """Go back to the lines of a page that were chosen first."""
        plan = self._known(box)
        if plan and plan.rest:
            plan.keep(plan.rest.start, plan.usual)

    def turns(self, boxes: Iterable[Any], by: Sequence[int]) -> Iterator[Turn]:
        """What makes a paragraph longer or shorter, and no line loose or tight and no
        more words divided: first of the longest one, where it is seen least.

        boxes: as they were planned last; by: so many lines, what is better first
        """
        plans = (self._known(box) for box in boxes)
        known = [
            (plan.rest, plan.stops_from(plan.rest.start))
            for plan in plans
            if plan and plan.rest and not _looseness(plan.paragraph.line)
        ]
        for rest, usual in sorted(known, key=lambda one: len(one[1]), reverse=True):
            for more in by:
                limits = Limits(loosest=EASY, lines=len(usual) + more)
                stops = self._best(rest, rest.paragraph.everywhere, limits)
                if stops and _divided(stops) <= _divided(usual):
                    yield Turn(rest, stops, usual)

    @contextmanager
    def turned(self, turn: Turn) -> Iterator[None]:
        """Plan the lines of a page so."""
        self._turn = turn
        try:
            yield
        finally:
            self._turn = None

    def turn_back(self, turn: Turn) -> None:
        """Forget that the lines of a page were planned so."""
        plan = self._known(turn.rest.paragraph.line)
        if plan:
            plan.keep(turn.rest.start, turn.usual)

    def give_up(self, box: Any) -> None:
        """Leave the lines of a box to WeasyPrint."""
        box.press_plan = box, None

    def leave(self, box: Any, skip: Any) -> None:
        """Leave a line and those behind it to WeasyPrint."""
        if plan := self._known(box):
            start = plan.paragraph.letters_before(_place(skip)) if skip else 0
            plan.single = start or 0

    def lines_of_heading(self, box: Any, around: Any) -> int:
        """How many it will have: one where it cannot be planned."""
        plan = self._plan(box, around)
        if plan is None:
            return 1
        measure = plan.paragraph.measure(around.width, float(box.text_indent))
        return len(balanced(plan.paragraph.between_words, measure) or (None,))

    def heading(self, box: Any, around: Any, skip: Any) -> Line | None:
        """The next line of a heading, none of which is much shorter than another; None
        where it is not planned."""
        plan = self._plan(box, around)
        if plan is None:
            return None
        start, measure = self._begins(plan, box, around, skip)
        if start == 0:
            plan.keep(0, balanced(plan.paragraph.between_words, measure) or ())
        if start is None or start >= plan.single or start not in plan.follows:
            return None
        return Line(plan.paragraph, plan.follows[start], measure)

    def line(self, box: Any, around: Any, skip: Any) -> Line | None:
        """The next line of a justified paragraph; None where it is not planned."""
        plan = self._plan(box, around)
        if plan is None:
            if skip is not None:
                self._tally.count(box, whole=False)
            return None
        start, measure = self._begins(plan, box, around, skip)
        if start is None or plan.paragraph.is_over(start):
            return None
        if start >= plan.single:
            self._tally.count(box, whole=False)
            return None
        if start == 0 and plan.paragraph.width + measure.indent <= measure.width:
            return None
        rest = _Rest(plan.paragraph, start, measure)
        plan.rest = plan.rest or rest
        if start not in plan.follows:
            # A page may be made several times, and a paragraph moved to another.
            if (start, measure) not in plan.best:
                plan.best[start, measure] = self._chosen(rest)
            chosen = plan.best[start, measure]
            self._tally.count(box, whole=bool(chosen))
            if not chosen:
                return None
            plan.keep(start, chosen)
        return Line(plan.paragraph, plan.follows[start], measure)

    def _plan(self, box: Any, around: Any) -> _Plan | None:
        """Of the paragraph, if it can be measured."""
        if not self._is_known(box):
            paragraph = measured(box, around, self._manners)
            box.press_plan = box, _Plan(paragraph) if paragraph else None
        return self._known(box)

    def _known(self, box: Any) -> _Plan | None:
        """Of a paragraph that was measured."""
        plan: _Plan | None = box.press_plan[1] if self._is_known(box) else None
        return plan

    def _is_known(self, box: Any) -> bool:
        """A copy of a line box has other texts."""
        known = getattr(box, "press_plan", None)
        return known is not None and known[0] is box

    def _begins(
        self, plan: _Plan, box: Any, around: Any, skip: Any
    ) -> tuple[int | None, Measure]:
        """How many letters stand before a line, None if it begins within none of the
        texts, and what it is set on. What was chosen for another width is forgotten."""
        start = 0 if skip is None else plan.paragraph.letters_before(_place(skip))
        if plan.width != around.width:
            plan.width, plan.follows = around.width, {}
        indent = float(box.text_indent) if start == 0 else 0.0
        return start, plan.paragraph.measure(around.width, indent)

    def _chosen(
        self, rest: _Rest, forbidden: Set[int] = frozenset()
    ) -> list[Stop] | None:
        """The stops that end the lines. Words are divided only where it has to be."""
        paragraph = rest.paragraph
        turn = 0 if rest.start else _looseness(paragraph.line)
        if turn and (found := self._turned(rest, turn, forbidden)):
            return found
        easy = Limits(forbidden=forbidden, loosest=EASY)
        found = self._best(rest, paragraph.between_words, easy)
        return found or self._best(
            rest, paragraph.everywhere, Limits(forbidden=forbidden)
        )

    def _chosen_anew(
        self, rest: _Rest, lines: int, forbidden: Set[int]
    ) -> list[Stop] | None:
        """Where an author has turned a paragraph, those behind the end of a page are as
        many as they were."""
        if rest.start and _looseness(rest.paragraph.line):
            limits = Limits(forbidden=forbidden, lines=lines)
            if found := self._best(rest, rest.paragraph.everywhere, limits):
                return found
        return self._chosen(rest, forbidden)

    def _turned(self, rest: _Rest, turn: int, forbidden: Set[int]) -> list[Stop] | None:
        """The stops that give so many lines more than there would be, if any do."""
        paragraph = rest.paragraph
        plain = paragraph.unspaced(paragraph.between_words)
        usual = self._best(rest, plain, Limits(loosest=EASY))
        usual = usual or self._best(
            rest, paragraph.unspaced(paragraph.everywhere), NO_LIMITS
        )
        if usual is None:
            return None
        limits = Limits(forbidden=forbidden, loosest=_LOOSER)
        if not self._best(rest, paragraph.everywhere, limits):
            # It has such lines in any case.
            limits = Limits(forbidden=forbidden)
        limits = replace(limits, lines=len(usual) + turn)
        return self._best(rest, paragraph.everywhere, limits)

    def _best(
        self, rest: _Rest, stops: Sequence[Stop], limits: Limits
    ) -> list[Stop] | None:
        """Of those from where it begins, if it begins at one."""
        first = bisect_left(stops, rest.start, key=lambda stop: stop.at)
        if stops[first].at != rest.start:
            return None
        return best_stops(stops[first:], rest.measure, self._manners, limits)


def _place(skip: Any) -> Place:
    """The steps of a `skip_stack`."""
    steps: list[int] = []
    while skip:
        ((step, skip),) = skip.items()
        steps.append(step)
    return tuple(steps)


def _divided(stops: Sequence[Stop]) -> int:
    """How many words."""
    return sum(stop.divides for stop in stops)


def _looseness(line: Any) -> int:
    """How many lines more an author wants."""
    names = classes(line.element)
    return -1 if "tighter" in names else 1 if "looser" in names else 0
