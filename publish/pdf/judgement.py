"""What a compositor would mend on the pages: a type of its own, so that whoever reports
it needs no WeasyPrint."""

from dataclasses import dataclass
from enum import StrEnum

from publish.flow import Place


class Flaw(StrEnum):
    """What is seen on a page."""

    WIDOW = "widow"
    ORPHAN = "orphan"
    RUNT = "runt"
    SHORT_PAGE = "short-page"
    LAST_HEADING = "last-heading"
    HYPHEN_STACK = "hyphen-stack"
    LOOSE_LINE = "loose-line"
    OVERFULL_LINE = "overfull-line"
    CARRIED_NOTE = "carried-note"
    FAR_PICTURE = "far-picture"


@dataclass(frozen=True, slots=True)
class Fault:
    """page: of the document, counted from 0
    place: where it is in the text; None where the page is meant
    top, bottom: where on the page, in points from its upper edge
    amount: how bad: times the normal space, lines, points beyond the edge, pages
    """

    flaw: Flaw
    page: int
    place: Place | None
    top: float
    bottom: float
    amount: float = 0.0


@dataclass(frozen=True, slots=True)
class Judged:
    """A document that was judged.

    lines: those that end at the margin; hyphens: that end in one
    """

    faults: tuple[Fault, ...]
    lines: int
    hyphens: int


@dataclass(frozen=True, slots=True)
class JudgedPart:
    """A fragment of a book. pages: of each fault, its page in the file, counted from 1,
    and the number that is printed there"""

    judged: Judged
    pages: tuple[tuple[int, str], ...]
