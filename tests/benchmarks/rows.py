"""The figures of each book, as two tables and what does not fit into a table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from publish.model import Format
from publish.problems import Problem, Severity
from tests.benchmarks.builds import SEAMS, Build, words_lost
from tests.benchmarks.judges import Verdict, judgements, severities
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
        *(row.name, *map(str, severities(row.problems))),
        *([NONE] * 2 if checked is None else map(str, severities(checked)[:2])),
        *(_ace(row.verdict), _pdf_ua(row.verdict)),
        *_lost(row),
        ", ".join(row.fonts) or NONE,
    ]


def _ace(verdict: Verdict) -> str:
    if verdict.ace is None:
        return NONE
    counts = verdict.impacts
    return ", ".join(f"{count} {impact}" for impact, count in counts.items()) or "0"


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
        remarks = (*_missing(row), *_words(row), *judgements(row.verdict))
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


def _data(row: Row) -> dict[str, object]:
    return {
        "name": row.name,
        **asdict(row.contents),
        "problems": dict(zip(Severity, severities(row.problems), strict=True)),
        "epub": _made(row.epub, row.shares.get(Format.EPUB)),
        "pdf": _made(row.pdf, row.shares.get(Format.PDF)),
        **_verdict(row.verdict),
        "words_lost": words_lost(row.problems),
        "fonts": row.fonts,
    }


def _verdict(verdict: Verdict) -> dict[str, object]:
    checked, broken = verdict.epubcheck, verdict.verapdf
    return {
        "epubcheck": None if checked is None else severities(checked)[:2],
        "ace": None if verdict.ace is None else verdict.impacts,
        "pdf_ua": None if broken is None else [fault.rule for fault in broken],
    }


def _made(made: Build, share: Share | None) -> dict[str, object]:
    return {
        **costs(made.cost),
        "bytes": made.path.stat().st_size if made.path else None,
        "pages": made.pages,
        "words_check": share and asdict(share),
    }
