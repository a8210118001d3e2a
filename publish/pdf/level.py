"""Pages that end at the same depth.

WeasyPrint leaves room at the end of a page for what must not stand alone: the last line
of a paragraph, or the first. Here a paragraph of the page is made a line longer or
shorter, where none of its lines becomes loose or tight by it.
"""

from collections.abc import Mapping
from copy import deepcopy
from itertools import islice
from typing import Any

from weasyprint.formatting_structure.boxes import BlockBox, LineBox
from weasyprint.layout import page
from weasyprint.text.line_break import strut

from publish.pdf.planning import Planner

# How often a page is made anew, which takes time.
_TRIES = 2
# By how many lines a paragraph is changed on a page that has room for so many: where it
# has room for two, those of a paragraph of three stand together on the next.
_BY = {1: (1, -1), 2: (-1,)}
# CSS pixels, for fractions.
_HAIR = 0.1

# WeasyPrint's own.
_MAKE = page.make_page
_Made = tuple[Any, Any, Any]


class Level:
    """Answers in place of WeasyPrint's function, with its arguments."""

    def __init__(self, planner: Planner) -> None:
        self._planner = planner
        # The lines of each paragraph of which there are some on the page.
        self._there: list[Any] = []

    def answers(self) -> Mapping[tuple[Any, str], Any]:
        """See `answering`."""
        return {(page, "make_page"): self._make_page}

    def stands(self, line: Any) -> None:
        """Take note of a paragraph of the page that is being made. line: its line box
        that is not laid out"""
        self._there.append(line)

    def _make_page(self, context: Any, *more: Any) -> _Made:
        """A page, full if it can be. One to which others leave boxes, or which tells
        others its heads, is made once."""
        *others, number, state = more
        if context.broken_out_of_flow or any(context.running_elements.values()):
            return self._made(context, *more)
        before, unmade = _Beginning(context, number), deepcopy(state)
        made = self._made(context, *more)
        by = _BY.get(_room(context, made), ())
        turns = [*islice(self._planner.turns(self._there, by), _TRIES)]
        for turn in turns:
            before.take_back()
            with self._planner.turned(turn):
                again = self._made(context, *others, number, deepcopy(unmade))
            if _room(context, again) == 0:
                return again
            self._planner.turn_back(turn)
        if turns:
            before.take_back()
            made = self._made(context, *others, number, unmade)
        return made

    def _made(self, context: Any, *more: Any) -> _Made:
        self._there = []
        made: _Made = _MAKE(context, *more)
        return made


class _Beginning:
    """What a page takes over from those before it.

    number: of the page, from 1
    """

    def __init__(self, context: Any, number: int) -> None:
        self._context = context
        self._waiting = context.footnotes[:]
        self._put_off = context.reported_footnotes[:]
        self._changes = context.page_maker[number - 1][-1]
        self._unchanged = deepcopy(self._changes)

    def take_back(self) -> None:
        """Take away what the page has done, so that it can be made anew."""
        self._context.footnotes[:] = self._waiting
        self._context.reported_footnotes = self._put_off[:]
        self._context.broken_out_of_flow = {}
        self._changes.update(deepcopy(self._unchanged))


def _room(context: Any, made: _Made) -> int:
    """For how many lines there is room at the end of a page; -1 where it ends in no
    line or before one that begins a page in any case."""
    leaf, resume, following = made
    if resume is None:
        return 0
    root = leaf.children[0]
    last = _last_line(root)
    if last is None or following["break"] != "any":
        return -1
    height, _ = strut(root.style)
    room = context.page_bottom - last.position_y - last.height
    return int((room + _HAIR) / height)


def _last_line(box: Any) -> Any | None:
    """Of the text of a page, if it ends in one."""
    while not isinstance(box, LineBox):
        inner = [child for child in box.children if child.is_in_normal_flow()]
        is_text = isinstance(box, BlockBox) and not box.is_table_wrapper
        if not inner or not is_text or box.is_column:
            return None
        box = inner[-1]
    return box
