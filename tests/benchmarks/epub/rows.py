"""Each book by both, as a table and as data."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from publish.problems import Problem, Severity
from tests.ace import Impact
from tests.benchmarks.epub.sides import OURS, THEIRS, Side
from tests.benchmarks.judges import by_kind, judgements, severities
from tests.benchmarks.measure import costs
from tests.benchmarks.subject import Figures
from tests.benchmarks.table import table

NONE = "–"
HEADS = (
    *("book", "EPUBCheck errors", "warnings", *(f"Ace {one}" for one in Impact)),
    *("our rules: errors", "warnings", "KB", "pictures", "s", "MB"),
)
NOTES = (
    f"in each cell {OURS} / {THEIRS}; KB: of the file; pictures: without the cover;"
    " MB: of memory, of the largest process",
    "EPUBCheck names 25 places of each message at most",
    "medians of {runs} runs, in turn, without a cache; others may use the machine",
)


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    ours: Side
    theirs: Side

    @property
    def sides(self) -> tuple[tuple[str, Side], tuple[str, Side]]:
        return (OURS, self.ours), (THEIRS, self.theirs)


def figures_of(rows: Sequence[Row], runs: int, said: Sequence[str]) -> Figures:
    """said: what is to stand below the table besides what the rows say"""
    notes = [note.format(runs=runs) for note in NOTES]
    remarks = [*said, *_remarks(rows)]
    text = f"{table(HEADS, [*map(_cells, rows)])}\n"
    text += "".join(f"\n- {remark}" for remark in (*notes, *remarks))
    return Figures(text, {"epubs": [*map(_data, rows)], "remarks": remarks})


def _cells(row: Row) -> list[str]:
    ours, theirs = _side(row.ours), _side(row.theirs)
    pairs = zip(ours, theirs, strict=True)
    return [row.name, *(f"{one} / {other}" for one, other in pairs)]


def _side(side: Side) -> list[str]:
    impacts = side.verdict.impacts
    asked = side.verdict.ace is not None
    return [
        *_faults(side.verdict.epubcheck),
        *(str(impacts.get(one, 0)) if asked else NONE for one in Impact),
        *_faults(side.rules),
        *(f"{side.kilobytes:.0f}", str(side.pictures)),
        *(f"{side.seconds:.2f}", f"{side.megabytes:.0f}"),
    ]


def _faults(problems: Sequence[Problem] | None) -> list[str]:
    """Errors and warnings."""
    return [NONE] * 2 if problems is None else list(map(str, severities(problems)[:2]))


def _remarks(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        for name, side in row.sides:
            remarks = (*_pictures(side), *judgements(side.verdict), *_by_rules(side))
            yield from (f"{row.name}, {name}: {remark}" for remark in remarks)


def _pictures(side: Side) -> Iterator[str]:
    if side.listed:
        yield "it lists the pages of print, so these are set as well"
    if side.lacks:
        yield f"pictures that it does not find: {', '.join(side.lacks)}"


def _by_rules(side: Side) -> Iterator[str]:
    faults = (p for p in side.rules if p.severity is not Severity.NOTE)
    return by_kind("our rule", ((p.code, p.message) for p in faults))


def _data(row: Row) -> dict[str, object]:
    return {"name": row.name, **{name: _said(side) for name, side in row.sides}}


def _said(side: Side) -> dict[str, object]:
    verdict = side.verdict
    asked = verdict.epubcheck is not None, verdict.ace is not None
    return {
        "epubcheck": severities(verdict.epubcheck or ())[:2] if asked[0] else None,
        "ace": verdict.impacts if asked[1] else None,
        "rules": severities(side.rules)[:2],
        "codes": sorted({p.code for p in verdict.epubcheck or ()}),
        "ace_rules": sorted({v.rule for v in verdict.ace or ()}),
        "rule_codes": sorted({p.code for p in side.rules}),
        "bytes": side.path.stat().st_size,
        "pictures": side.pictures,
        "lacks": side.lacks,
        "runs": list(map(costs, side.runs)),
    }
