"""Say what a build made and what is wrong with it."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from publish.artifact import Artifact
from publish.problems import Problem, Severity
from publish.shops import size_limits


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a build has to say: `cli` prints it, a test compares it.

    problems: in the order of `in_order`
    """

    artifacts: tuple[Artifact, ...]
    problems: tuple[Problem, ...]

    @property
    def failed(self) -> bool:
        """Whether something is wrong with the book."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


# What matters most is said last, where the eye is when a build ends.
RANKS = {Severity.NOTE: 0, Severity.WARNING: 1, Severity.ERROR: 2}


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once: notes, warnings, errors, and each of these by place."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda p: (RANKS[p.severity], p.at, p.code)))


def summary(report: Report) -> str:
    """One line: "made a.epub (312 KB), b.pdf (214 pages); 1 error, 2 warnings"."""
    made = ", ".join(map(_described, report.artifacts)) or "nothing"
    return f"made {made}; {counted(report) or 'no problems'}"


def counted(report: Report) -> str:
    """ "1 error, 2 warnings"; empty where there are neither."""
    counts = Counter(problem.severity for problem in report.problems)
    return ", ".join(
        f"{counts[severity]} {severity}{'s' if counts[severity] > 1 else ''}"
        for severity in (Severity.ERROR, Severity.WARNING)
        if counts[severity]
    )


def _described(artifact: Artifact) -> str:
    if artifact.pages:
        noun = "page" if artifact.pages == 1 else "pages"
        sheets = "1 sheet" if artifact.sheets == 1 else f"{artifact.sheets} sheets"
        on = f" on {sheets}" if artifact.sheets else ""
        return f"{artifact.name} ({artifact.pages} {noun}{on})"
    said = [f"{max(1, round(artifact.size / 1000)):,} KB"]
    takers = [limit.shop for limit in size_limits() if artifact.size <= limit.most]
    if takers and artifact.name.endswith(".epub"):
        said.append(f"small enough for {_list(takers)}")
    return f"{artifact.name} ({', '.join(said)})"


def _list(names: Sequence[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def report_json(report: Report) -> str:
    """The same as data: {"artifacts": […], "problems": […]}."""
    return json.dumps(report_data(report), ensure_ascii=False, indent=2)


def report_data(report: Report) -> dict[str, object]:
    """The same as what JSON can say."""
    artifacts = [
        {"name": artifact.name, "bytes": artifact.size, "pages": artifact.pages}
        for artifact in report.artifacts
    ]
    problems = [
        asdict(problem) | {"at": asdict(problem.at) | {"path": str(problem.at.path)}}
        for problem in report.problems
    ]
    return {"artifacts": artifacts, "problems": problems}
