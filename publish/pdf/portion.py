"""The pages of one chapter: which fragments hold them, and decide their numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from publish.model import Chapter
from publish.pdf.fragments import Fragment, Kind
from publish.pdf.pagination import BookPage
from publish.pdf.task import Part
from publish.problems import Position, Problem, Severity

_FIRST = frozenset({Kind.START, Kind.DISPLAY_START})


@dataclass(frozen=True, slots=True)
class Portion:
    """What of a book is set, and what of that is shown.

    fragments: those that are set
    only: the one that is shown, counted from 0; None for all
    """

    fragments: Sequence[Fragment]
    only: int | None = None

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """Those whose pages are shown."""
        return tuple(c for fragment in self.shown_fragments for c in fragment.chapters)

    @property
    def shown_fragments(self) -> Sequence[Fragment]:
        return self.fragments if self.only is None else [self.fragments[self.only]]

    def shown(
        self, parts: Sequence[Part], pages: Sequence[BookPage]
    ) -> tuple[Sequence[Part], Sequence[BookPage]]:
        """Of the fragments as they are set and the pages of all of them, those that
        are shown."""
        if self.only is None:
            return parts, pages
        own = [replace(p, fragment=0) for p in pages if p.fragment == self.only]
        return [parts[self.only]], own


def portion(
    fragments: Sequence[Fragment], only: str, *, counted: bool = False
) -> Portion:
    """What must be set to show the pages of a chapter with their numbers.

    only: the name of the chapter; empty for the book
    counted: whether it matters how many pages the book has
    Page 1 is a right-hand page, whatever stands before it. But how many pages contents
    take depends, if seldom, on the numbers in them, and so on everything; and so does
    what tells on which page something stands.
    """
    if not only:
        return Portion(fragments)
    holds = [any(c.name == only for c in part.chapters) for part in fragments]
    shown = holds.index(True)
    starts = [n for n in range(shown + 1) if fragments[n].kind in _FIRST]
    first = starts[-1] if starts else 0
    deciding = fragments[first : shown + 1]
    if counted or any(part.is_paged for part in deciding):
        return Portion(fragments, shown)
    return Portion(deciding, shown - first)


def runs_on(portion: Portion, only: str) -> Iterator[Problem]:
    """A note where other chapters are shown with one. only: its name"""
    chapters = portion.chapters if only else ()
    others = ", ".join(f"“{c.title}”" for c in chapters if c.name != only)
    for chapter in chapters:
        if others and chapter.name == only:
            message = f"chapters run on in this style: there is also {others}"
            at = Position(chapter.path)
            yield Problem(at, "runs-on", message, severity=Severity.NOTE)
