"""Lines that are laid out and then not wanted: what they did to the page is undone."""

from collections.abc import Sequence
from typing import Any


class Before:
    """A page as it is before the lines of a paragraph are laid out there.

    context: WeasyPrint's
    lists: to which the lines, and what is placed in them, are added
    """

    def __init__(self, context: Any, *lists: list[Any]) -> None:
        self._context = context
        # Those that wait, those of this page, and those put off to the next one.
        notes = (
            context.footnotes,
            context.current_page_footnotes,
            context.reported_footnotes,
        )
        self._lists = [(one, one[:]) for one in (*lists, *notes)]
        self._put_off = len(context.reported_footnotes)
        self._floating = context.excluded_shapes[:]
        self._split = frozenset(context.broken_out_of_flow)
        self._bottom = context.page_bottom
        self._height = context.current_footnote_area.height

    def put_off(self) -> Sequence[Any]:
        """The notes that go to the next page and did not."""
        notes: Sequence[Any] = self._context.reported_footnotes[self._put_off :]
        return notes

    def take_back(self) -> None:
        """Make it as it was."""
        for now, before in self._lists:
            now[:] = before
        context = self._context
        # WeasyPrint puts other lists in the place of this one.
        context.excluded_shapes[:] = self._floating
        for box in context.broken_out_of_flow.keys() - self._split:
            del context.broken_out_of_flow[box]
        context.page_bottom = self._bottom
        context.current_footnote_area.height = self._height
        context.current_footnote_area.children = context.current_page_footnotes
