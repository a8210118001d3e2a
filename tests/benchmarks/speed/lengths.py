"""Longer and longer novels: what a page costs should not depend on their number."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

from publish.model import Format
from tests.benchmarks.builds import Build
from tests.benchmarks.speed.bench import Bench, in_turn
from tests.benchmarks.speed.rows import Row, cpu_ratio, megabytes, seconds

LENGTHS = (250, 500, 1000, 2000)


def lengths(bench: Bench, books: Mapping[int, Path]) -> Iterator[Row]:
    """books: by their pages, about"""
    sides = {
        f"{pages} pages": partial(bench.cold, book, Format.PDF)
        for pages, book in books.items()
    }
    found = in_turn("PDF of novels", sides, bench.few)
    for (name, shorter), (other, longer) in pairwise(found.items()):
        times = longer[-1].pages / shorter[-1].pages
        yield Row(
            what=f"PDF of {other}, cold",
            unit="s",
            ours=seconds(longer),
            theirs=[times * s for s in seconds(shorter)],
            beside=f"{times:.2f} × that of {name}",
            aim=1.1,
            pages=(longer[-1].pages, shorter[-1].pages),
            cpu=cpu_ratio(longer, shorter) / times,
            runs=((other, longer), (name, shorter)),
        )
    yield _memory(found)


def _memory(found: Mapping[str, Sequence[Build]]) -> Row:
    (least, shortest), *_, (most, longest) = found.items()
    pages = longest[-1].pages - shortest[-1].pages
    both = zip(megabytes(longest), megabytes(shortest), strict=True)
    return Row(
        what=f"memory for a page more, from {least} to {most}",
        unit="MB",
        ours=[(one - other) / pages for one, other in both],
        aim=0.1,
        pages=(longest[-1].pages, shortest[-1].pages),
    )
