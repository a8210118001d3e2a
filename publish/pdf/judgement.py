"""What a compositor would mend on the pages of one document, as it comes from who sets
it."""

from dataclasses import dataclass

from publish.flow import Place
from publish.layout import Flaw


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

    lines, hyphens, whole, single: as in `Layout`
    """

    faults: tuple[Fault, ...]
    lines: int
    hyphens: int
    whole: int = 0
    single: int = 0
