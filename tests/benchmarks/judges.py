"""What judges from outside say of the books that were made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from publish.check import check_epubs
from publish.problems import Problem
from tests import ace, verapdf
from tests.ace import Violation
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


def verdicts(made: Sequence[tuple[Build, Build]], said: list[str]) -> list[Verdict]:
    """made: the EPUB and the PDF of each book
    said: takes the name of each judge that cannot be asked, and why
    """
    epubs, pdfs = [epub.path for epub, _ in made], [pdf.path for _, pdf in made]
    found = zip(
        ask("EPUBCheck", _epubcheck, epubs, said),
        ask("Ace", ace.judge, epubs, said),
        ask("veraPDF", verapdf.judge, pdfs, said),
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
        why, *_ = str(error).strip().splitlines() or ["it does not say why"]
        said.append(f"skipped {name}: it failed: {why}")
    return [tuple(found[path]) if path in found else None for path in paths]


def _epubcheck(epubs: Sequence[Path]) -> tuple[tuple[Problem, ...], ...]:
    found = check_epubs(epubs)
    for problem in (problem for problems in found for problem in problems):
        if problem.code in NOT_ASKED:
            raise MissingError(str(problem.at))
    return found
