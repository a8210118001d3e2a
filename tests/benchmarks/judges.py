"""What judges from outside say of the books that were made."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from publish.check import check_epubs
from publish.problems import Problem, Severity
from tests import ace, verapdf
from tests.ace import Impact, Violation
from tests.benchmarks.builds import Build
from tests.benchmarks.subject import say
from tests.missing import MissingError
from tests.verapdf import Fault

Said = TypeVar("Said")
Judge = Callable[[Sequence[Path]], Sequence[Sequence[Said]]]

# EPUBCheck or its Java is missing: nothing is said of the file.
NOT_ASKED = ("no-epubcheck", "no-java")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What each judge says of one book; None where it was not asked."""

    epubcheck: tuple[Problem, ...] | None = None
    ace: tuple[Violation, ...] | None = None
    verapdf: tuple[Fault, ...] | None = None

    @property
    def impacts(self) -> dict[Impact, int]:
        """How many violations Ace has found of each impact, the worst first."""
        counts = Counter(violation.impact for violation in self.ace or ())
        return {impact: counts[impact] for impact in Impact if counts[impact]}


def verdicts(made: Sequence[tuple[Build, Build]], said: list[str]) -> list[Verdict]:
    """made: the EPUB and the PDF of each book
    said: takes the name of each judge that cannot be asked, and why
    """
    found = of_epubs([epub.path for epub, _ in made], said)
    broken = ask("veraPDF", verapdf.judge, [pdf.path for _, pdf in made], said)
    return [
        replace(verdict, verapdf=faults)
        for verdict, faults in zip(found, broken, strict=True)
    ]


def of_epubs(epubs: Sequence[Path | None], said: list[str]) -> list[Verdict]:
    """As `verdicts`, of EPUBs alone."""
    found = zip(
        ask("EPUBCheck", _epubcheck, epubs, said),
        ask("Ace", ace.judge, epubs, said),
        strict=True,
    )
    return [Verdict(*of_book) for of_book in found]


def ask(
    name: str, judge: Judge[Said], paths: Sequence[Path | None], said: list[str]
) -> list[tuple[Said, ...] | None]:
    """What *judge* says of each of *paths*; None where there is no file, or no judge.

    said: takes why there is no judge
    """
    say(f"{name} …")
    there = [path for path in paths if path is not None]
    found: dict[Path, Sequence[Said]] = {}
    try:
        found = dict(zip(there, judge(there), strict=True))
    except MissingError as error:
        said.append(f"skipped {name}: {error} is missing")
    except RuntimeError as error:
        if len(there) > 1:
            # One of them is to blame.
            return [
                ask(name, judge, [path], said)[0] if path else None for path in paths
            ]
        why, *_ = str(error).strip().splitlines() or ["it does not say why"]
        where = Path(*there[0].parts[-2:])
        said.append(f"skipped {name} of {where}: it failed: {why}")
    return [tuple(found[path]) if path in found else None for path in paths]


def _epubcheck(epubs: Sequence[Path]) -> tuple[tuple[Problem, ...], ...]:
    found = check_epubs(epubs)
    for problem in (problem for problems in found for problem in problems):
        if problem.code in NOT_ASKED:
            raise MissingError(str(problem.at))
    return found


def severities(problems: Iterable[Problem]) -> list[int]:
    """Errors, warnings, notes."""
    counts = Counter(problem.severity for problem in problems)
    return [counts[severity] for severity in Severity]


def judgements(verdict: Verdict) -> Iterator[str]:
    """What was found, with what is said of the first of its kind."""
    yield from by_kind(
        "EPUBCheck", ((p.code, p.message) for p in verdict.epubcheck or ())
    )
    yield from by_kind(
        "Ace",
        ((f"{v.impact} {v.rule}", f"{v.where}: {v.words}") for v in verdict.ace or ()),
    )
    for fault in verdict.verapdf or ():
        yield f"PDF/UA-1 {fault.rule}, {fault.times} times: {fault.words}"


def by_kind(judge: str, found: Iterable[tuple[str, str]]) -> Iterator[str]:
    """A line for each kind, the most frequent first.

    found: the kind of each, and what is said of it
    """
    kinds: dict[str, list[str]] = {}
    for kind, words in found:
        kinds.setdefault(kind, []).append(words)
    for kind, said in sorted(kinds.items(), key=lambda item: -len(item[1])):
        # Some say things in several lines.
        first = " ".join(said[0].split())
        yield f"{judge} {kind}, {len(said)} times: {first}"
