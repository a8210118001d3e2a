"""Have WeasyPrint end the lines of a paragraph where all of them come out best.

WeasyPrint fills one line after the other. Here a paragraph is measured and its ends are
chosen (`measured`, `total_fit`, `planning`) before its first line is made; then
WeasyPrint makes each line as ever, and is told where it ends. Where a width is not sure
beforehand, beside a float, with a block among the words or letters from right to left,
it goes on alone.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import isfinite
from typing import Any

from weasyprint.draw import text
from weasyprint.formatting_structure.boxes import LineBox, TextBox
from weasyprint.layout import block, inline
from weasyprint.layout.percent import resolve_one_percentage
from weasyprint.text.line_break import strut

from publish.pdf.answering import answering
from publish.pdf.classes import HEADINGS
from publish.pdf.grid import Snap
from publish.pdf.level import Level
from publish.pdf.measured import is_break
from publish.pdf.planning import Line, Planner, Tally
from publish.pdf.shapes import words_box
from publish.pdf.spaced import draw_first_line, mark_divided, space_out
from publish.pdf.taken_back import Before
from publish.pdf.total_fit import Manners

# What ends a line that a page must not end with.
_HYPHENS = ("\N{HYPHEN}", "-", "\N{SOFT HYPHEN}")
# What WeasyPrint says of lines that it has laid out.
_Done = tuple[Any, ...]
# Wider than any line, in CSS pixels.
_WIDE = 1e6
# How often the lines of a page are chosen anew, so that it does not end within a word.
_TRIES = 8


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
    with answering(Breaker(manners, snap, tally).answers()):
        yield tally


# WeasyPrint's own, which make the lines.
_ITER, _NEXT = block.iter_line_boxes, inline.get_next_linebox
_AVOID, _SPLIT = inline.avoid_collisions, inline.split_text_box
_ALIGN, _BREAK = inline.text_align, block._break_line
_EARLIER = block.find_earlier_page_break


class Breaker:
    """Answers in place of WeasyPrint's functions, with their arguments."""

    def __init__(self, manners: Manners, snap: Snap | None, tally: Tally) -> None:
        self._manners, self._snap, self._tally = manners, snap, tally
        self._planner = Planner(manners, tally)
        self._level = Level(self._planner)
        # The line that is being made, if it was planned.
        self._line: Line | None = None
        # What lays out the lines of a paragraph, with our repairs.
        self._lay_out: Callable[..., _Done] = block._linebox_layout
        # Whether a line goes to the next page rather than end one within a word.
        self._yields = False

    def answers(self) -> Mapping[tuple[Any, str], Any]:
        """See `answering`."""
        return {
            (block, "_linebox_layout"): self._linebox_layout,
            (block, "iter_line_boxes"): self._iter_line_boxes,
            (inline, "get_next_linebox"): self._get_next_linebox,
            (inline, "avoid_collisions"): self._avoid_collisions,
            (inline, "split_text_box"): self._split_text_box,
            (inline, "text_align"): self._text_align,
            (block, "_break_line"): self._break_line,
            (block, "find_earlier_page_break"): self._find_earlier_page_break,
            (text, "draw_first_line"): draw_first_line,
            **self._level.answers(),
        }

    def _linebox_layout(self, context: Any, *more: Any) -> _Done:
        """The lines of a paragraph that stand on a page. Where it would end within a
        word, others are chosen; where none can be, those that do not go to the next."""
        _, _, line, lines, _, absolutes, fixed, _, bottom_space, _, skip, *_ = more
        before = Before(context, lines, absolutes, fixed)
        self._planner.begin(line, skip)
        for _ in range(_TRIES):
            done = self._lay_out(context, *more)
            if not _parts_word(done, lines):
                if lines and isfinite(bottom_space):
                    self._level.stands(line)
                return done
            resume = lines[-1].resume_at
            before.take_back()
            if not self._planner.avoid(line, resume):
                break
        self._planner.restore(line)
        # A paragraph may stand within a line of another.
        outer, self._yields = self._yields, True
        try:
            return self._lay_out(context, *more)
        finally:
            self._yields = outer

    def _iter_line_boxes(self, context: Any, box: Any, *more: Any) -> Iterator[Any]:
        """The lines of a block, the first of them on the grid."""
        position_y, bottom_space, skip_stack, around, *others = more
        # There is no page in some tables, and in columns that are tried.
        is_free = isfinite(bottom_space) and not _is_beside(context, position_y)
        if self._snap and skip_stack is None and is_free:
            lower = self._height(box, around) if _is_heading(box) else 0.0
            position_y = self._snap.height(context, box, position_y, lower)
        lines: Iterator[Any] = _ITER(
            context, box, position_y, bottom_space, skip_stack, around, *others
        )
        return lines

    def _height(self, box: Any, around: Any) -> float:
        """Of a heading, and of the space below it, in CSS pixels."""
        height, _ = strut(box.style)
        resolve_one_percentage(box, "text_indent", around.width)
        count = self._planner.lines_of_heading(box, around)
        return float(count * height + around.margin_bottom)

    def _get_next_linebox(self, context: Any, linebox: Any, *more: Any) -> Any:
        """A line as it was planned. One that ends elsewhere is made again, and the rest
        of its paragraph as WeasyPrint does."""
        # A line may stand within another.
        outer, self._line = self._line, self._planned(context, linebox, *more)
        try:
            made = _NEXT(context, linebox, *more)
            if self._line and not self._line.is_made(made[1]):
                self._planner.leave(linebox, more[2])
                self._line = None
                made = _NEXT(context, linebox, *more)
            return made
        finally:
            self._line = outer

    def _planned(self, context: Any, box: Any, *more: Any) -> Line | None:
        """The line that comes next; None where WeasyPrint makes it alone."""
        position_y, _, skip, around, _, _, *first_styles = more
        if any(first_styles):
            # WeasyPrint makes other texts of those that there are.
            self._planner.give_up(box)
        if _is_beside(context, position_y):
            if _is_justified(box):
                self._tally.count(box, whole=False)
            return None
        if _is_heading(box):
            return self._planner.heading(box, around, skip)
        if not _is_justified(box):
            if skip is not None and box.style["text_align_all"] == "justify":
                self._tally.count(box, whole=False)
            return None
        return self._planner.line(box, around, skip)

    def _avoid_collisions(
        self, context: Any, box: Any, around: Any, outer: bool = True
    ) -> Any:
        """Where a box has room, and how wide that is."""
        x, y, width = _AVOID(context, box, around, outer)
        # The line ends where it was chosen to end, and not where the measure does.
        is_planned = self._line is not None and isinstance(box, LineBox)
        return x, y, _WIDE if is_planned else width

    def _split_text_box(
        self, context: Any, box: Any, width: Any, skip: int, is_line_start: bool = True
    ) -> Any:
        """As much of a text as the line holds, where the next goes on in it, in bytes
        (None behind its end), and whether a line break is written there."""
        line = self._line
        number = line.paragraph.texts.get(id(box)) if line else None
        if line is None or number is None or is_break(box):
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
        end = skip + len(words.encode())
        extent = line.paragraph.extent(number, skip, end)
        if extent and not hyphen:
            return words_box(box, words, extent), resume, False
        piece, _, _ = _SPLIT(context, box.copy_with_text(f"{words}{hyphen}"), None, 0)
        if hyphen:
            mark_divided(piece, box, resume)
        return piece, resume, False

    def _text_align(self, context: Any, line: Any, width: float, last: bool) -> Any:
        """How far a line is moved. One that was planned is made as wide as the measure
        in its place."""
        if self._line is None:
            return _ALIGN(context, line, width, last)
        measure = self._line.measure
        fits = line.width <= measure.width
        if not _is_justified(line) or (last and fits):
            return _ALIGN(context, line, measure.width, last)
        space_out(line, measure, self._manners)
        return 0

    def _break_line(self, context: Any, box: Any, line: Any, *more: Any) -> Any:
        """How many lines stay on a page: fewer, or none, if it would end within a
        word."""
        lines, needed, page_is_empty, *others = more
        if self._yields:
            kept = _ending(lines, len(lines) - needed)
            if kept or not page_is_empty:
                needed = len(lines) - kept
        return _BREAK(context, box, line, lines, needed, page_is_empty, *others)

    def _find_earlier_page_break(self, context: Any, *more: Any) -> Any:
        """Where a page ends earlier, for what must not stand alone at its end: not
        within a word either, as the lines are made by then."""
        found = _EARLIER(context, *more)
        if not found:
            return found
        (lines, _), (_, *placed) = found, more
        kept = _ending(lines, len(lines)) if isinstance(lines[0], LineBox) else 0
        if 0 < kept < len(lines):
            block.remove_placeholders(context, lines[kept:], *placed)
            return lines[:kept], {0: lines[kept - 1].resume_at}
        return found


def _is_beside(context: Any, height: float) -> bool:
    """Whether something floats there, or lower."""
    shapes = context.excluded_shapes
    return any(shape.position_y + shape.margin_height() > height for shape in shapes)


def _is_heading(line: Any) -> bool:
    style = line.style
    ragged = style["text_align_all"] != "justify" and style["direction"] == "ltr"
    return ragged and line.element is not None and line.element.tag in HEADINGS


def _is_justified(line: Any) -> bool:
    """Whether there is anything to choose."""
    style = line.style
    return bool(style["text_align_all"] == "justify" and style["direction"] == "ltr")


def _parts_word(done: _Done, lines: Sequence[Any]) -> bool:
    """Whether a page ends within a word. done: what WeasyPrint says of its lines"""
    _, is_end, *_ = done
    return bool(is_end and lines and _ends_in_hyphen(lines[-1]))


def _ending(lines: Sequence[Any], most: int) -> int:
    """How many lines of a paragraph can end a page, none within a word; 0 where that
    cannot be."""
    fewest = int(lines[0].style["orphans"]) if lines else 1
    counts = range(most, fewest - 1, -1)
    return next((n for n in counts if not _ends_in_hyphen(lines[n - 1])), 0)


def _ends_in_hyphen(line: Any) -> bool:
    texts = [box.text for box in line.descendants() if isinstance(box, TextBox)]
    return bool(texts) and texts[-1].endswith(_HYPHENS)
