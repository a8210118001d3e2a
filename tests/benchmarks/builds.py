"""One run of `publish build`, and what it said."""

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publish.model import Format
from publish.problems import Position, Problem, Severity
from tests.benchmarks.measure import Run, run

# The seams at which words are compared, as the messages of `publish.words` call them.
SEAMS: Mapping[str, str] = {"tree": "the book", "EPUB": "the EPUB", "PDF": "the PDF"}
LOST = re.compile(
    r"(?P<count>\d+) words? of this file (?:is|are) not in (?P<where>[^:]+)"
)


@dataclass(frozen=True, slots=True)
class Build:
    """path: the file that was made; None where there is none
    pages: 0 for an EPUB
    problems: everything reported
    """

    cost: Run
    path: Path | None
    pages: int
    problems: tuple[Problem, ...]


def build(
    book: Path, made: Format | None, folder: Path, cache: Path | None = None
) -> Build:
    """Build *book* as an author would, in one format or in all, into *folder*.

    cache: what earlier builds have kept; None to build as if for the first time
    """
    command = [sys.executable, "-m", "publish", "build", str(book)]
    options = ["--output", str(folder), "--json"]
    options += ["--format", made.value] if made else []
    if cache:
        cost = run([*command, *options], {**os.environ, "PUBLISH_CACHE": str(cache)})
    else:
        cost = run([*command, *options, "--no-cache"])
    try:
        said = json.loads(cost.stdout)
    except json.JSONDecodeError:
        # No report at all: only the fault of the tool or of the command line.
        words = (cost.stderr.strip() or f"status {cost.status}").partition("\n")[0]
        return Build(cost, None, 0, (Problem(Position(book), "no-report", words),))
    problems = tuple(map(_problem, said["problems"]))
    for artifact in said["artifacts"]:
        return Build(cost, folder / artifact["name"], artifact["pages"], problems)
    return Build(cost, None, 0, problems)


def _problem(said: Mapping[str, Any]) -> Problem:
    at = said["at"]
    position = Position(Path(at["path"]), at["line"], at["column"])
    severity = Severity(said["severity"])
    return Problem(position, said["code"], said["message"], said["hint"], severity)


def words_lost(problems: Iterable[Problem]) -> Counter[str]:
    """How many words were lost at each of `SEAMS`."""
    lost: Counter[str] = Counter()
    for problem in problems:
        if problem.code == "lost-words":
            said = LOST.match(problem.message)
            assert said, f"`publish.words` says it another way now: {problem.message}"
            lost[said["where"]] += int(said["count"])
    return Counter({seam: lost[where] for seam, where in SEAMS.items()})
