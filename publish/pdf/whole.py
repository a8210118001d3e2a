"""Have WeasyPrint end the lines of a paragraph where all of them come out best.

WeasyPrint fills one line after the other. Here a paragraph is measured and its ends are
chosen (`measured`, `total_fit`) before its first line is made; then WeasyPrint makes
each line as ever, and is told where it ends. Where a width is not sure beforehand, by a
float, mathematics, a picture among words or letters from right to left, it goes on
alone.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import inf
from typing import Any

from weasyprint.draw import text
from weasyprint.formatting_structure.boxes import LineBox, TextBox
from weasyprint.layout import block, inline
from weasyprint.text.line_break import strut

from publish.pdf.classes import classes
from publish.pdf.grid import HEADINGS, Snap
from publish.pdf.measured import Paragraph, Place, measured
from publish.pdf.spaced import draw_first_line, mark_divided, space_out
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

# What ends a line that a page must not end with.
_HYPHENS = ("\N{HYPHEN}", "-", "\N{SOFT HYPHEN}")
# How often the lines are chosen anew, so that no page ends within a word.
_TRIES = 4
# Wider than any line, in CSS pixels.
_WIDE = 1e6


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


@contextmanager
def broken_as_a_whole(manners: Manners | None, snap: Snap | None) -> Iterator[Tally]:
    """Let every paragraph that is laid out inside be broken so, and keep the grid, if
    there is one. What was laid out inside is drawn inside.

    manners: None for line by line, as WeasyPrint does
    """
    tally = Tally()
    if manners is None:
        yield tally
        return
    answers = (*_Breaker(manners, snap, tally).answers(), draw_first_line)
    try:
        for (module, name), answer in zip(_CHANGED, answers, strict=True):
            setattr(module, name, answer)
        yield tally
    finally:
        for (module, name), answer in zip(_CHANGED, _BEFORE, strict=True):
            setattr(module, name, answer)


_CHANGED = (
    (block, "iter_line_boxes"),
    (inline, "get_next_linebox"),
    (inline, "avoid_collisions"),
    (inline, "split_text_box"),
    (inline, "text_align"),
    (block, "_break_line"),
    (text, "draw_first_line"),
)
_BEFORE = tuple(getattr(module, name) for module, name in _CHANGED)
_ITER, _NEXT, _AVOID, _SPLIT, _ALIGN, _BREAK, _ = _BEFORE


@dataclass(slots=True)
class _Plan:
    """follows: by the letters before a line, the stop that ends it"""

    paragraph: Paragraph
    follows: dict[int, Stop] = field(default_factory=dict)

    def rest(self, start: int) -> list[Stop]:
        """The stops from a letter on, if they were chosen."""
        found: list[Stop] = []
        while stop := self.follows.get(start):
            found.append(stop)
            start = stop.at
        return found


@dataclass(slots=True)
class _Line:
    """The line that is being made."""

    paragraph: Paragraph
    stop: Stop
    measure: Measure


@dataclass(slots=True)
class _Rest:
    """A paragraph from one of its letters on. room: down to the end of the page"""

    paragraph: Paragraph
    start: int
    measure: Measure
    room: float


class _Breaker:
    """Answers in place of WeasyPrint's functions, with their arguments."""

    def __init__(self, manners: Manners, snap: Snap | None, tally: Tally) -> None:
        self._manners, self._snap, self._tally = manners, snap, tally
        self._line: _Line | None = None
        # A block that begins, or goes on after the end of a page.
        self._fresh: Any = None

    def answers(self) -> Sequence[Any]:
        """In the order of `_CHANGED`."""
        return (
            self._iter_line_boxes,
            self._get_next_linebox,
            self._avoid_collisions,
            self._split_text_box,
            self._text_align,
            self._break_line,
        )

    def _iter_line_boxes(self, context: Any, box: Any, *more: Any) -> Iterator[Any]:
        position_y, bottom_space, skip_stack, around, *others = more
        # There are no pages in a table, say.
        if self._snap and skip_stack is None and bottom_space > -inf:
            lower = self._height(box, around) if _is_heading(box) else 0.0
            position_y = self._snap.height(context, box, position_y, lower)
        lines = _ITER(
            context, box, position_y, bottom_space, skip_stack, around, *others
        )
        self._fresh = box
        yield from lines

    def _height(self, box: Any, around: Any) -> float:
        """Of a heading, and of the space below it."""
        plan = self._plan(box, around)
        lines = plan and balanced(
            plan.paragraph.between_words, plan.paragraph.measure(around.width, 0.0)
        )
        count = len(lines) if lines else 1
        return float(count * strut(box.style)[0] + around.margin_bottom)

    def _get_next_linebox(self, context: Any, linebox: Any, *more: Any) -> Any:
        position_y, bottom_space, skip_stack, around, *_ = more
        fresh, self._fresh = self._fresh is linebox, None
        # There is none in a table, say.
        room = context.page_bottom - position_y - bottom_space if fresh else None
        # A line may stand within another.
        outer, self._line = self._line, None
        if _is_heading(linebox) and not context.excluded_shapes:
            self._line = self._headed(linebox, around, skip_stack)
        elif _is_justified(linebox):
            if context.excluded_shapes:
                self._tally.count(linebox, whole=False)
            else:
                self._line = self._planned(linebox, around, skip_stack, room)
        try:
            return _NEXT(context, linebox, *more)
        finally:
            self._line = outer

    def _headed(self, line: Any, around: Any, skip: Any) -> _Line | None:
        """The line of a heading, none of which is much shorter than another."""
        plan = self._plan(line, around)
        if plan is None:
            return None
        paragraph = plan.paragraph
        measure = paragraph.measure(around.width, 0.0)
        if skip is None:
            chosen = balanced(paragraph.between_words, measure) or ()
            begins = (0, *(stop.at for stop in chosen))
            plan.follows = dict(zip(begins, chosen, strict=False))
        start = 0 if skip is None else paragraph.letters_before(_place(skip))
        stop = plan.follows.get(-1 if start is None else start)
        return _Line(paragraph, stop, measure) if stop else None

    def _planned(
        self, line: Any, around: Any, skip: Any, room: float | None
    ) -> _Line | None:
        """room: to the end of the page, for the first line there or in its block"""
        plan = self._plan(line, around)
        if plan is None:
            if skip is not None:
                self._tally.count(line, whole=False)
            return None
        paragraph = plan.paragraph
        start = 0 if skip is None else paragraph.letters_before(_place(skip))
        if start is None:
            return None
        indent = float(line.text_indent) if start == 0 else 0.0
        measure = paragraph.measure(around.width, indent)
        if start == 0 and paragraph.width + indent <= measure.width:
            return None
        if room is not None or start not in plan.follows:
            rest = _Rest(paragraph, start, measure, inf if room is None else room)
            chosen = plan.rest(start) if start else []
            if not chosen or _parts_word(rest, chosen):
                chosen = self._chosen(rest) or []
            self._tally.count(line, whole=bool(chosen))
            if not chosen:
                return None
            begins = (start, *(stop.at for stop in chosen))
            plan.follows.update(zip(begins, chosen, strict=False))
        return _Line(paragraph, plan.follows[start], measure)

    def _plan(self, line: Any, around: Any) -> _Plan | None:
        """Of the paragraph, if it can be measured."""
        known = getattr(line, "press_plan", None)
        # A copy of a line box has other texts.
        if known is None or known[0] is not line:
            paragraph = measured(line, around, self._manners)
            known = line.press_plan = line, _Plan(paragraph) if paragraph else None
        plan: _Plan | None = known[1]
        return plan

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

    def _avoid_collisions(
        self, context: Any, box: Any, around: Any, outer: bool = True
    ) -> Any:
        x, y, width = _AVOID(context, box, around, outer)
        # The line ends where it was chosen to end, and not where the measure does.
        is_planned = self._line is not None and isinstance(box, LineBox)
        return x, y, _WIDE if is_planned else width

    def _split_text_box(
        self, context: Any, box: Any, width: Any, skip: int, is_line_start: bool = True
    ) -> Any:
        line = self._line
        number = line.paragraph.texts.get(id(box)) if line else None
        if line is None or number is None:
            done = _SPLIT(context, box, width, skip, is_line_start)
            mark_divided(done[0], box, done[1])
            return done
        last = line.paragraph.end_in(number, line.stop)
        words = box.text.encode()[skip:last].decode()
        resume, hyphen = None, ""
        if last is not None and not line.paragraph.is_end(line.stop):
            resume, words = last, words.rstrip(" ")
            hyphen = box.style["hyphenate_character"] if line.stop.divides else ""
        if not words:
            return None, resume, False
        piece, _, _ = _SPLIT(context, box.copy_with_text(f"{words}{hyphen}"), None, 0)
        mark_divided(piece, box, resume)
        return piece, resume, False

    def _text_align(self, context: Any, line: Any, width: float, last: bool) -> Any:
        if self._line is None:
            return _ALIGN(context, line, width, last)
        measure = self._line.measure
        if not _is_justified(line):
            return _ALIGN(context, line, measure.width, last)
        if not last or line.width > measure.width:
            space_out(line, measure, self._manners)
        return 0

    def _break_line(self, context: Any, box: Any, line: Any, *more: Any) -> Any:
        """Leave a line for the next page rather than end a page within a word."""
        lines, needed, *others = more
        kept = len(lines) - needed
        if kept > box.style["orphans"] and _ends_in_hyphen(lines[kept - 1]):
            needed += 1
        return _BREAK(context, box, line, lines, needed, *others)


def _is_heading(line: Any) -> bool:
    style = line.style
    ragged = style["text_align_all"] != "justify" and style["direction"] == "ltr"
    return ragged and line.element is not None and line.element.tag in HEADINGS


def _is_justified(line: Any) -> bool:
    """Whether there is anything to choose."""
    style = line.style
    return bool(style["text_align_all"] == "justify" and style["direction"] == "ltr")


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
    if not height or room >= len(stops) * height:
        return None
    last = min(int(room / height), len(stops) - int(style["widows"]))
    return stops[last - 1] if last > 0 and stops[last - 1].hyphen else None


# CSS pixels by which lines are taken to fit the page, for fractions.
_HAIR = 0.1


def _ends_in_hyphen(line: Any) -> bool:
    texts = [box.text for box in line.descendants() if isinstance(box, TextBox)]
    return bool(texts) and texts[-1].endswith(_HYPHENS)
