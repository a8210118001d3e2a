"""The figures, each beside what it is measured against, as a table and as data."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from tests.benchmarks.builds import Build
from tests.benchmarks.measure import costs
from tests.benchmarks.subject import Figures
from tests.benchmarks.table import table

NONE = "–"
HEADS = (
    *("what", "beside", "pages", "runs", "ours", "the other"),
    *("ratio", "aim", "kept", "CPU"),
)
NOTE = (
    "- medians of the runs, in turn; ratios are those of the medians; CPU: that of the"
    " seconds of all processes together, which says more on a machine that is shared"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure.

    what: is measured; unit: of *ours* and *theirs*
    ours, theirs: of each run; no *theirs* where the figure stands for itself
    beside: what *theirs* is
    aim: what the figure should not be above; None where it is only told
    pages: of both
    cpu: the ratio of the CPU seconds, where *ours* and *theirs* are seconds
    runs: all that was measured, by the side it stands for
    """

    what: str
    unit: str
    ours: Sequence[float]
    theirs: Sequence[float] = ()
    beside: str = NONE
    aim: float | None = None
    pages: tuple[int, ...] = ()
    cpu: float | None = None
    runs: tuple[tuple[str, Sequence[Build]], ...] = ()

    @property
    def figure(self) -> float:
        """The ratio of the medians, or the median."""
        if self.theirs:
            return median(self.ours) / median(self.theirs)
        return median(self.ours)

    @property
    def kept(self) -> bool | None:
        return None if self.aim is None else self.figure <= self.aim


def seconds(builds: Sequence[Build]) -> list[float]:
    return [made.cost.seconds for made in builds]


def megabytes(builds: Sequence[Build]) -> list[float]:
    return [made.cost.megabytes for made in builds]


def sizes(builds: Sequence[Build]) -> list[float]:
    """Of the files, in units of 10⁶ bytes."""
    return [made.path.stat().st_size / 1e6 for made in builds if made.path]


def cpu_ratio(ours: Sequence[Build], theirs: Sequence[Build]) -> float:
    one, other = ([b.cost.cpu_seconds for b in builds] for builds in (ours, theirs))
    return median(one) / median(other)


def figures_of(rows: Sequence[Row], said: Sequence[str]) -> Figures:
    """said: what is to stand below the table"""
    remarks = "".join(f"\n- {remark}" for remark in said)
    text = f"{table(HEADS, [*map(cells, rows)])}\n\n{NOTE}{remarks}"
    return Figures(text, {"speed": [*map(_data, rows)], "remarks": list(said)})


def cells(row: Row) -> list[str]:
    """As `HEADS` names them."""
    figure = f"{row.figure:.3f}"
    aim = NONE if row.aim is None else f"≤ {row.aim:g}"
    kept = {None: NONE, True: "yes", False: "no"}[row.kept]
    return [
        row.what,
        row.beside,
        " / ".join(map(str, row.pages)) or NONE,
        str(len(row.ours)),
        f"{median(row.ours):.2f} {row.unit}",
        f"{median(row.theirs):.2f} {row.unit}" if row.theirs else NONE,
        figure if row.theirs else NONE,
        aim if row.theirs or row.aim is None else f"{aim} {row.unit}",
        kept,
        NONE if row.cpu is None else f"{row.cpu:.2f}",
    ]


def _data(row: Row) -> dict[str, object]:
    return {
        "what": row.what,
        "beside": row.beside,
        "unit": row.unit,
        "ours": list(row.ours),
        "theirs": list(row.theirs),
        "figure": round(row.figure, 4),
        "aim": row.aim,
        "kept": row.kept,
        "cpu": row.cpu,
        "pages": row.pages,
        "runs": {name: [costs(b.cost) for b in builds] for name, builds in row.runs},
    }
