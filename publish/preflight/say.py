"""What a rule finds, and how it is told: each thing once, and not on every page."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from publish.problems import Position, Problem, Severity

# Pages with the same fault that are told one by one.
_FEW = 10


@dataclass(frozen=True, slots=True)
class Fault:
    """page: counted from 1; 0 where it is one of the whole file
    says: what is wrong, the same on every page
    here: what it is on this page; empty where there is no more to say
    where: says where it is there, and is asked of the faults alone that are told
    weight: of several on one page the heaviest is told
    """

    page: int
    code: str
    says: str
    here: str = ""
    hint: str = ""
    severity: Severity = Severity.ERROR
    weight: float = 0
    where: Callable[[], str] | None = None


def problems_of(
    faults: Iterable[Fault], at: Callable[[int], Position], edition: str = ""
) -> Iterator[Problem]:
    """at: where the author mends a page, the file for 0
    edition: whose pages they are; empty for a file of which nothing more is known
    """
    kinds: dict[tuple[str, str], dict[int, Fault]] = {}
    for fault in faults:
        pages = kinds.setdefault((fault.code, fault.says), {})
        known = pages.get(fault.page)
        if known is None or fault.weight > known.weight:
            pages[fault.page] = _placed(fault)
    of = f" of {edition}" if edition else ""
    for pages in kinds.values():
        if len(pages) > _FEW:
            worst = max(pages.values(), key=lambda fault: fault.weight)
            place = f"pages {listed(sorted(pages))}{of}: "
            here = f"page {worst.page}: {worst.here}" if worst.here else ""
            yield _problem(worst, at(min(pages)), place, here)
            continue
        for page, fault in sorted(pages.items()):
            place = f"page {page}{of}: " if page else f"{edition}: " if edition else ""
            yield _problem(fault, at(page), place, fault.here)


def _placed(fault: Fault) -> Fault:
    """The same with its place in words."""
    if fault.where is None:
        return fault
    here = ", ".join(filter(None, (fault.here, fault.where())))
    return replace(fault, here=here, where=None)


def _problem(fault: Fault, at: Position, place: str, here: str) -> Problem:
    message = f"{place}{fault.says}" + (f" ({here})" if here else "")
    return Problem(at, fault.code, message, fault.hint, fault.severity)


# Runs of pages that are named; nobody reads more.
_MANY = 12


def listed(numbers: Sequence[int]) -> str:
    """ "3, 7, 12–40" """
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], number
        else:
            runs.append((number, number))
    words = [f"{a}–{b}" if a != b else f"{a}" for a, b in runs[:_MANY]]
    more = [f"… ({len(numbers)} in all)"] if len(runs) > _MANY else []
    return ", ".join([*words, *more])


# Longer than any name that a person gives, shorter than what fills a line.
_LONG = 40


def shown(words: str) -> str:
    """Words out of a stranger's file, fit for a line on a terminal."""
    line = " ".join(words.split())
    if len(line) > _LONG:
        line = line[:_LONG].rstrip() + "…"
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in line)
