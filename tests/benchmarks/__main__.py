"""`python -m tests.benchmarks SUBJECT`."""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path

from tests.benchmarks import books
from tests.benchmarks.epub import beside
from tests.benchmarks.paragraphs import curve
from tests.benchmarks.speed import parts
from tests.benchmarks.subject import Figures, Options

SUBJECTS: Mapping[str, Callable[[Options], Figures]] = {
    "books": books.measure,
    "epub": beside.measure,
    "paragraphs": curve.measure,
    "speed": parts.measure,
}


def main() -> None:
    """Measure, and write the figures as Markdown to standard output."""
    chosen = _parser().parse_args()
    with ExitStack() as stack:
        folder = chosen.output or stack.enter_context(tempfile.TemporaryDirectory())
        options = Options(chosen.corpora, chosen.only, chosen.runs, Path(folder))
        figures = SUBJECTS[chosen.subject](options)
    sys.stdout.write(f"{figures.text}\n")
    if chosen.json:
        data = json.dumps(figures.data, ensure_ascii=False, indent=2)
        chosen.json.write_text(data, encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("subject", choices=SUBJECTS)
    parser.add_argument(
        "--corpora",
        metavar="DIR",
        type=Path,
        default=Path("../shared/corpora"),
        help="folder of books (default: %(default)s)",
    )
    parser.add_argument(
        "--only", metavar="NAME", default="", help="one book's folder, or a part"
    )
    parser.add_argument(
        "--runs", type=int, default=5, help="of a comparison (default: %(default)s)"
    )
    parser.add_argument("--json", metavar="FILE", type=Path, help="the figures as data")
    parser.add_argument(
        "-o", "--output", metavar="DIR", type=Path, help="keep the books made there"
    )
    return parser


if __name__ == "__main__":
    main()
