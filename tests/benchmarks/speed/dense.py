"""A book with thousands of references, twice as large: what one costs should not depend
on how many there are."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from publish.model import Format
from tests.benchmarks.speed.bench import Bench, in_turn
from tests.benchmarks.speed.rows import Row, cpu_ratio, seconds


def dense(bench: Bench, book: Path, twice: Path) -> Iterator[Row]:
    """twice: a book that has twice as much of everything as *book*"""
    for made in Format:
        what = f"{made.upper()} of a dense book"
        sides = {
            "once": partial(bench.cold, book, made),
            "twice": partial(bench.cold, twice, made),
        }
        found = in_turn(what, sides, bench.few)
        once, both = found["once"], found["twice"]
        yield Row(
            what=f"{what}, twice as large",
            unit="s",
            ours=seconds(both),
            theirs=[2 * s for s in seconds(once)],
            beside="2 × once",
            aim=1.1,
            pages=(both[-1].pages, once[-1].pages),
            cpu=cpu_ratio(both, once) / 2,
            runs=(("twice", both), ("once", once)),
        )
