"""Every book: what it costs as EPUB and as PDF, and what is wrong with what is made."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from publish.check import check_epubs
from publish.model import Format
from publish.problems import Problem, PublishError, Severity
from tests.benchmarks.builds import SEAMS, Build, build, words_lost
from tests.benchmarks.measure import costs
from tests.benchmarks.rival import beside_pandoc
from tests.benchmarks.shelf import Contents, books, contents
from tests.benchmarks.subject import Figures, Options, say
from tests.benchmarks.table import table

# The book that Pandoc makes too: the longest that needs no dialect of another tool.
RIVAL_BOOK = "learn-go"
# EPUBCheck or its Java is missing: nothing is said of the file.
NOT_ASKED = ("no-epubcheck", "no-java")
NONE = "–"
HEADS = (
    *("book", "chapters", "words", "errors", "warnings", "notes"),
    *("EPUB s", "CPU s", "MB", "PDF s", "CPU s", "MB", "pages"),
    *("EPUBCheck errors", "warnings", *(f"lost: {seam}" for seam in SEAMS)),
)


@dataclass(frozen=True, slots=True)
class Row:
    """checked: what EPUBCheck says; None when it was not asked"""

    name: str
    contents: Contents
    epub: Build
    pdf: Build
    checked: tuple[Problem, ...] | None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Of both builds, each once."""
        return tuple(dict.fromkeys((*self.epub.problems, *self.pdf.problems)))


def measure(options: Options) -> Figures:
    """The table of all books, and below it what does not fit into a table."""
    said: list[str] = []
    wanted = dict(_wanted(options, said))
    for first in list(wanted)[:1]:
        # What is made once on a machine, like the fonts' instances, is no book's cost.
        build(first, Format.PDF, options.folder / "warm-up")
    made = [(book, *_built(book, options.folder)) for book in wanted]
    judged = _judged([epub.path for _, epub, _ in made])
    rows = [
        Row(book.name, wanted[book], epub, pdf, checked)
        for (book, epub, pdf), checked in zip(made, judged, strict=True)
    ]
    figures = figures_of(rows, said)
    for book in wanted:
        if book.name == RIVAL_BOOK:
            figures += beside_pandoc(book, options)
    return figures


def figures_of(rows: Sequence[Row], said: Sequence[str]) -> Figures:
    """said: what is to stand below the table besides what the rows say"""
    remarks = [*said, *_remarks(rows)]
    text = table(HEADS, [_cells(row) for row in rows])
    text += "".join(f"\n- {remark}" for remark in remarks)
    return Figures(text, {"books": [_data(row) for row in rows], "remarks": remarks})


def _wanted(options: Options, said: list[str]) -> Iterator[tuple[Path, Contents]]:
    for book in books(options.corpora):
        if options.only in ("", book.name):
            try:
                yield book, contents(book)
            except PublishError as error:
                said.append(f"skipped {book}: {error.problems[0].message}")


def _built(book: Path, folder: Path) -> tuple[Build, Build]:
    say(f"{book.name} …")
    # By name: two books may have the same title, and so the same file.
    epub = build(book, Format.EPUB, folder / book.name)
    return epub, build(book, Format.PDF, folder / book.name)


def _judged(paths: Sequence[Path | None]) -> Iterator[tuple[Problem, ...] | None]:
    say("EPUBCheck …")
    there = [path for path in paths if path is not None]
    found = dict(zip(there, check_epubs(there), strict=True))
    for path in paths:
        problems = found[path] if path else ()
        asked = path and not any(problem.code in NOT_ASKED for problem in problems)
        yield problems if asked else None


def _cells(row: Row) -> list[str]:
    checked = [NONE] * 2 if row.checked is None else map(str, _counts(row.checked)[:2])
    pages = str(row.pdf.pages) if row.pdf.path else NONE
    return [
        *(row.name, str(row.contents.chapters), str(row.contents.words)),
        *map(str, _counts(row.problems)),
        *(*_cost(row.epub), *_cost(row.pdf), pages),
        *checked,
        *_lost(row),
    ]


def _cost(made: Build) -> list[str]:
    cost = made.cost
    return [f"{cost.seconds:.1f}", f"{cost.cpu_seconds:.1f}", f"{cost.megabytes:.0f}"]


def _counts(problems: Iterable[Problem]) -> list[int]:
    """Errors, warnings, notes."""
    counts = Counter(problem.severity for problem in problems)
    return [counts[severity] for severity in Severity]


def _lost(row: Row) -> list[str]:
    """What was lost, and nothing where nothing was compared."""
    lost = words_lost(row.problems)
    compared = {
        "tree": True,
        "EPUB": row.epub.path is not None,
        "PDF": row.pdf.path is not None and row.contents.print_is_compared,
    }
    return [str(lost[seam]) if compared[seam] else NONE for seam in SEAMS]


def _remarks(rows: Sequence[Row]) -> Iterator[str]:
    """What a reader of the table would ask about next."""
    for row in rows:
        for made in (row.epub, row.pdf):
            if made.path is None:
                why = (
                    made.problems[0].message if made.problems else "it does not say why"
                )
                yield f"{row.name}: a file is missing: {why}"
        for problem in row.problems:
            if problem.code == "lost-words":
                yield f"{row.name}: {problem.at}: {problem.message}"
        codes = Counter(problem.code for problem in row.checked or ())
        for code, count in codes.most_common():
            first = next(p.message for p in row.checked or () if p.code == code)
            yield f"{row.name}: EPUBCheck {code}, {count} times: {first}"


def _data(row: Row) -> dict[str, object]:
    return {
        "name": row.name,
        **asdict(row.contents),
        "problems": dict(zip(Severity, _counts(row.problems), strict=True)),
        "epub": _made(row.epub),
        "pdf": _made(row.pdf),
        "epubcheck": None if row.checked is None else _counts(row.checked)[:2],
        "words_lost": words_lost(row.problems),
    }


def _made(made: Build) -> dict[str, object]:
    size = made.path.stat().st_size if made.path else None
    return {**costs(made.cost), "bytes": size, "pages": made.pages}
