"""What a compositor would mend on the pages of an edition."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from publish.problems import Position


class Flaw(StrEnum):
    """What is seen on a page.

    WIDOW, ORPHAN: the last or the first line of a paragraph alone on a page
    RUNT: a last line shorter than an indent; PARTED_WORD: it goes on overleaf
    SHORT_PAGE: the last of a chapter; EARLY_PAGE: one before it, with an empty foot
    TURNED_LINE: one of verse that is longer than the measure
    """

    WIDOW = "widow"
    ORPHAN = "orphan"
    RUNT = "runt"
    SHORT_PAGE = "short-page"
    EARLY_PAGE = "early-page"
    LAST_HEADING = "last-heading"
    HYPHEN_STACK = "hyphen-stack"
    LOOSE_LINE = "loose-line"
    OVERFULL_LINE = "overfull-line"
    PARTED_WORD = "parted-word"
    CARRIED_NOTE = "carried-note"
    FAR_PICTURE = "far-picture"
    TURNED_LINE = "turned-line"


@dataclass(frozen=True, slots=True)
class Seen:
    """A flaw where it is.

    page: of the file, counted from 1; folio: as it is printed there
    top, bottom: in points from the upper edge of the page after cutting
    amount: how bad: times the normal space, hyphens, lines, points beyond the edge,
        ems of a last line, pages
    """

    flaw: Flaw
    page: int
    folio: str
    at: Position
    top: float
    bottom: float
    amount: float = 0.0


@dataclass(frozen=True, slots=True)
class Layout:
    """lines: those of prose but the last of each paragraph; hyphens: that end in one
    whole, single: justified paragraphs of several lines whose lines were chosen all
        together, and one after the other
    """

    seen: tuple[Seen, ...]
    lines: int
    hyphens: int
    whole: int = 0
    single: int = 0

    @property
    def counts(self) -> Counter[Flaw]:
        return Counter(one.flaw for one in self.seen)
