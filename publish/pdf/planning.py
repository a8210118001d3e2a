"""Choose where the lines of WeasyPrint's line boxes end, before the first is made."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Any

from weasyprint.text.line_break import strut

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

# How often the lines are chosen anew, so that no page ends within a word.
_TRIES = 4
# CSS pixels by which lines are taken to fit the page, for fractions.
_HAIR = 0.1


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
    """Of a paragraph. follows: by the letters before a line, the stop that ends it, on
    a measure of that width"""

    paragraph: Paragraph
    width: float = 0.0
    follows: dict[int, Stop] = field(default_factory=dict)

    def rest(self, start: int) -> list[Stop]:
        """The stops from a letter on, if they were chosen."""
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
    """A paragraph from one of its letters on. room: down to the end of the page, in CSS
    pixels; `inf` where none matters"""

    paragraph: Paragraph
    start: int
    measure: Measure
    room: float


class Planner:
    """Plans lines. What it knows of a line box is kept with the box.

    Everywhere `box` is a line box of WeasyPrint's that is not laid out, with all of its
    paragraph; `around` is the block that it is in, and `skip` where the line begins, as
    a `skip_stack` (None for the first). Lengths are in CSS pixels.
    """

    def __init__(self, manners: Manners, tally: Tally) -> None:
        self._manners, self._tally = manners, tally

    def give_up(self, box: Any) -> None:
        """Leave the lines of a box, or the rest of them, to WeasyPrint."""
        box.press_plan = box, None

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
        stop = None if start is None else plan.follows.get(start)
        return Line(plan.paragraph, stop, measure) if stop else None

    def line(self, box: Any, around: Any, skip: Any, room: float | None) -> Line | None:
        """The next line of a justified paragraph; None where it is not planned.

        room: to the end of the page, for the first line there or in its block; `inf`
            where there is none
        """
        plan = self._plan(box, around)
        if plan is None:
            if skip is not None:
                self._tally.count(box, whole=False)
            return None
        start, measure = self._begins(plan, box, around, skip)
        if start is None or plan.paragraph.is_over(start):
            return None
        if start == 0 and plan.paragraph.width + measure.indent <= measure.width:
            return None
        if room is not None or start not in plan.follows:
            rest = _Rest(plan.paragraph, start, measure, inf if room is None else room)
            chosen = plan.rest(start) if start else []
            if not chosen or _parts_word(rest, chosen):
                chosen = self._chosen(rest) or []
            self._tally.count(box, whole=bool(chosen))
            if not chosen:
                return None
            plan.keep(start, chosen)
        return Line(plan.paragraph, plan.follows[start], measure)

    def _plan(self, box: Any, around: Any) -> _Plan | None:
        """Of the paragraph, if it can be measured."""
        known = getattr(box, "press_plan", None)
        # A copy of a line box has other texts.
        if known is None or known[0] is not box:
            paragraph = measured(box, around, self._manners)
            known = box.press_plan = box, _Plan(paragraph) if paragraph else None
        plan: _Plan | None = known[1]
        return plan

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

    def _chosen(self, rest: _Rest) -> list[Stop] | None:
        """The stops that end the lines. Words are divided only where it has to be."""
        paragraph = rest.paragraph
        turn = 0 if rest.start else _looseness(paragraph.line)
        if turn and (found := self._turned(paragraph, rest.measure, turn)):
            return found
        easy = self._on_page(rest, paragraph.between_words, EASY)
        return easy or self._on_page(rest, paragraph.everywhere, inf)

    def _turned(
        self, paragraph: Paragraph, measure: Measure, turn: int
    ) -> list[Stop] | None:
        """The stops that give so many lines more than there would be, if any do."""

        def best(stops: Sequence[Stop], limits: Limits) -> list[Stop] | None:
            return best_stops(stops, measure, self._manners, limits)

        plain = paragraph.unspaced(paragraph.between_words)
        usual = best(plain, Limits(loosest=EASY))
        usual = usual or best(paragraph.unspaced(paragraph.everywhere), NO_LIMITS)
        if usual is None:
            return None
        return best(paragraph.everywhere, Limits(lines=len(usual) + turn))

    def _on_page(
        self, rest: _Rest, stops: Sequence[Stop], loosest: float
    ) -> list[Stop] | None:
        """The best with which the page does not end in a word, if there are any."""
        first = bisect_left(stops, rest.start, key=lambda stop: stop.at)
        if stops[first].at != rest.start:
            return None
        forbidden: set[int] = set()
        while True:
            limits = Limits(forbidden=forbidden, loosest=loosest)
            found = best_stops(stops[first:], rest.measure, self._manners, limits)
            parted = _parts_word(rest, found) if found else None
            if parted is None or len(forbidden) == _TRIES:
                return found
            forbidden.add(parted.at)


def _place(skip: Any) -> Place:
    """The steps of a `skip_stack`."""
    steps: list[int] = []
    while skip:
        ((step, skip),) = skip.items()
        steps.append(step)
    return tuple(steps)


def _looseness(line: Any) -> int:
    """How many lines more an author wants."""
    names = classes(line.element)
    return -1 if "tighter" in names else 1 if "looser" in names else 0


def _parts_word(rest: _Rest, stops: Sequence[Stop]) -> Stop | None:
    """The stop at which the page ends within a word, if it does."""
    style = rest.paragraph.line.style
    height, _ = strut(style)
    room = rest.room + _HAIR
    if height <= 0 or room < 0 or room >= len(stops) * height:
        return None
    last = min(int(room / height), len(stops) - int(style["widows"]))
    return stops[last - 1] if last > 0 and stops[last - 1].hyphen else None
