"""The figures of each book, as two tables and what does not fit into a table."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from publish.model import Format
from publish.problems import Problem, Severity
from tests.ace import Impact
from tests.benchmarks.builds import SEAMS, Build, words_lost
from tests.benchmarks.judges import Verdict
from tests.benchmarks.measure import costs
from tests.benchmarks.share import Share
from tests.benchmarks.shelf import Contents
from tests.benchmarks.subject import Figures
from tests.benchmarks.table import table

NONE = "–"
# What of the CPU time goes into looking for lost words stands beside it.
COSTS = (
    *("book", "chapters", "words"),
    *("EPUB s", "CPU s", "words check", "MB"),
    *("PDF s", "CPU s", "words check", "MB", "pages"),
)
FAULTS = (
    *("book", "errors", "warnings", "notes", "EPUBCheck errors", "warnings"),
    *("Ace", "PDF/UA-1", *(f"lost: {seam}" for seam in SEAMS), "fonts in the PDF"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """shares: of the words check, for each format that was made
    fonts: the families in the PDF
    """

    name: str
    contents: Contents
    epub: Build
    pdf: Build
    shares: Mapping[Format, Share]
    fonts: tuple[str, ...]
    verdict: Verdict = field(default_factory=Verdict)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Of both builds, each once."""
        return tuple(dict.fromkeys((*self.epub.problems, *self.pdf.problems)))


def figures_of(rows: Sequence[Row], said: Sequence[str]) -> Figures:
    """said: what is to stand below the tables besides what the rows say"""
    remarks = [*said, *_remarks(rows)]
    text = f"{table(COSTS, [*map(_costs, rows)])}\n\n"
    text += table(FAULTS, [*map(_faults, rows)])
    text += "\n" * bool(remarks) + "".join(f"\n- {remark}" for remark in remarks)
    return Figures(text, {"books": [_data(row) for row in rows], "remarks": remarks})


def _costs(row: Row) -> list[str]:
    return [
        *(row.name, str(row.contents.chapters), str(row.contents.words)),
        *_cost(row.epub, row.shares.get(Format.EPUB)),
        *_cost(row.pdf, row.shares.get(Format.PDF)),
        str(row.pdf.pages) if row.pdf.path else NONE,
    ]


def _cost(made: Build, share: Share | None) -> list[str]:
    cost = made.cost
    seconds = [f"{cost.seconds:.1f}", f"{cost.cpu_seconds:.1f}"]
    percent = NONE if share is None else f"{share.percent:.1f} %"
    return [*seconds, percent, f"{cost.megabytes:.0f}"]


def _faults(row: Row) -> list[str]:
    checked = row.verdict.epubcheck
    return [
        *(row.name, *map(str, _counts(row.problems))),
        *([NONE] * 2 if checked is None else map(str, _counts(checked)[:2])),
        *(_ace(row.verdict), _pdf_ua(row.verdict)),
        *_lost(row),
        ", ".join(row.fonts) or NONE,
    ]


def _counts(problems: Iterable[Problem]) -> list[int]:
    """Errors, warnings, notes."""
    counts = Counter(problem.severity for problem in problems)
    return [counts[severity] for severity in Severity]


def _ace(verdict: Verdict) -> str:
    if verdict.ace is None:
        return NONE
    counts = _impacts(verdict)
    return ", ".join(f"{count} {impact}" for impact, count in counts.items()) or "0"


def _impacts(verdict: Verdict) -> dict[Impact, int]:
    """How many violations of each impact, the worst first."""
    counts = Counter(violation.impact for violation in verdict.ace or ())
    return {impact: counts[impact] for impact in Impact if counts[impact]}


def _pdf_ua(verdict: Verdict) -> str:
    """A PDF that makes no claim breaks one rule at least, which wants one."""
    if verdict.verapdf is None:
        return NONE
    match len(verdict.verapdf):
        case 0:
            return "pass"
        case 1:
            return "1 rule failed"
        case count:
            return f"{count} rules failed"


def _lost(row: Row) -> list[str]:
    """What was lost, and nothing where nothing was compared."""
    lost = words_lost(row.problems)
    compared = {
        "tree": True,
        "EPUB": row.epub.path is not None,
        "PDF": row.pdf.path is not None,
    }
    return [str(lost[seam]) if compared[seam] else NONE for seam in SEAMS]


def _remarks(rows: Sequence[Row]) -> Iterator[str]:
    """What a reader of the tables would ask about next."""
    for row in rows:
        remarks = (*_missing(row), *_words(row), *_judgements(row.verdict))
        yield from (f"{row.name}: {remark}" for remark in remarks)


def _missing(row: Row) -> Iterator[str]:
    for made in (row.epub, row.pdf):
        if made.path is None:
            why = made.problems[0].message if made.problems else "it does not say why"
            yield f"a file is missing: {why}"


def _words(row: Row) -> Iterator[str]:
    for problem in row.problems:
        if problem.code == "lost-words":
            yield f"{problem.at}: {problem.message}"


def _judgements(verdict: Verdict) -> Iterator[str]:
    """What was found, with what is said of the first of its kind."""
    yield from _kinds(
        "EPUBCheck", ((p.code, p.message) for p in verdict.epubcheck or ())
    )
    yield from _kinds(
        "Ace",
        ((f"{v.impact} {v.rule}", f"{v.where}: {v.words}") for v in verdict.ace or ()),
    )
    for fault in verdict.verapdf or ():
        yield f"PDF/UA-1 {fault.rule}, {fault.times} times: {fault.words}"


def _kinds(judge: str, found: Iterable[tuple[str, str]]) -> Iterator[str]:
    """found: the kind of each, and what is said of it"""
    kinds: dict[str, list[str]] = {}
    for kind, words in found:
        kinds.setdefault(kind, []).append(words)
    for kind, said in sorted(kinds.items(), key=lambda item: -len(item[1])):
        yield f"{judge} {kind}, {len(said)} times: {said[0]}"


def _data(row: Row) -> dict[str, object]:
    return {
        "name": row.name,
        **asdict(row.contents),
        "problems": dict(zip(Severity, _counts(row.problems), strict=True)),
        "epub": _made(row.epub, row.shares.get(Format.EPUB)),
        "pdf": _made(row.pdf, row.shares.get(Format.PDF)),
        **_verdict(row.verdict),
        "words_lost": words_lost(row.problems),
        "fonts": row.fonts,
    }


def _verdict(verdict: Verdict) -> dict[str, object]:
    checked, broken = verdict.epubcheck, verdict.verapdf
    return {
        "epubcheck": None if checked is None else _counts(checked)[:2],
        "ace": None if verdict.ace is None else _impacts(verdict),
        "pdf_ua": None if broken is None else [fault.rule for fault in broken],
    }


def _made(made: Build, share: Share | None) -> dict[str, object]:
    return {
        **costs(made.cost),
        "bytes": made.path.stat().st_size if made.path else None,
        "pages": made.pages,
        "words_check": share and asdict(share),
    }
