"""The evenness of the lines of books, over all costs of a hyphen."""

from dataclasses import asdict, replace

import pymupdf

from publish.fonts import space
from publish.pdf.total_fit import Manners
from tests.benchmarks.paragraphs.lines import Evenness, evenness
from tests.benchmarks.paragraphs.prose import Prose, prose_of
from tests.benchmarks.paragraphs.setting import by_typst, by_us, faces, page
from tests.benchmarks.subject import Figures, Options, say
from tests.benchmarks.table import table

pymupdf.TOOLS.mupdf_display_errors(False)

BOOKS = ("alice", "noir-et-blanc", "curie")
COSTS = (50, 100, 150, 200, 300, 400, 500, 600, 1000, 2000, 4000)
# How much room at the end of a line is no reason to divide a word, of the measure.
ZONES = (2, 5, 8)
TYPST = ("25%", "50%", "100%", "200%", "400%")

_HEADS = (
    "set",
    "full lines",
    "others",
    "hyphens in 100",
    "in a row",
    "loose in 100",
    "ratio",
    "deviation",
    "ratio",
    "seconds",
    "ratio",
)


def measure(options: Options) -> Figures:
    """A table for each book."""
    figures = Figures("", {})
    for name in BOOKS:
        if options.only in ("", name):
            say(f"{name} …")
            figures += _of(name, prose_of(options.corpora / name))
    return figures


def _of(name: str, prose: Prose) -> Figures:
    normal = space(faces()[0]) * page().size
    edges = {side + page().text_width for side in (page().inner, page().outer)}

    def even(pdf: bytes) -> Evenness:
        return evenness(pdf, normal, edges)

    greedy, seconds = by_us(prose, None)
    first = even(greedy)
    rows: list[tuple[str, Evenness, float]] = [("line by line", first, seconds)]
    for zone in ZONES:
        sheet = f"html {{ hyphenate-limit-zone: {zone}% }}"
        pdf, took = by_us(prose, None, sheet)
        rows.append((f"line by line, zone {zone} %", even(pdf), took))
    pdf, took = by_us(prose, None, "html { hyphens: manual }")
    rows.append(("line by line, no hyphens", even(pdf), took))
    for cost in COSTS:
        pdf, took = by_us(prose, replace(Manners(), hyphen=float(cost)))
        rows.append((f"as a whole, {cost}", even(pdf), took))
    rows += ((f"Typst, {cost}", even(by_typst(prose, cost)), 0.0) for cost in TYPST)
    lines = [_row(label, one, took, first, seconds) for label, one, took in rows]
    count = f"{len(prose.paragraphs):,} paragraphs"
    text = f"### {name}, {count}\n\n{table(_HEADS, lines)}"
    return Figures(text, {name: {label: asdict(one) for label, one, _ in rows}})


def _row(
    label: str, one: Evenness, took: float, first: Evenness, seconds: float
) -> tuple[str, ...]:
    return (
        label,
        f"{one.lines:,}",
        f"{one.others:,}",
        f"{one.hyphens:.1f}",
        str(one.row),
        f"{one.loose:.1f}",
        f"{one.loose / first.loose:.2f}",
        f"{one.deviation:.3f}",
        f"{one.deviation / first.deviation:.2f}",
        f"{took:.2f}" if took else "",
        f"{took / seconds:.2f}" if took else "",
    )
