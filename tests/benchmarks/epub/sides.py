"""One book as an EPUB by us and by Pandoc, in turn, both for the first time."""

import os
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from xml.etree.ElementTree import fromstring

from publish.check import check_by_rules
from publish.model import Format
from publish.problems import Problem
from tests.benchmarks.builds import Build
from tests.benchmarks.judges import Verdict, of_epubs
from tests.benchmarks.measure import Run
from tests.benchmarks.rival import OFFLINE, epub_command
from tests.benchmarks.speed.bench import Bench, in_turn

OURS, THEIRS = "publish", "Pandoc"
NO_COVER = Path(__file__).with_name("no_cover.lua")
_OPF = "{http://www.idpf.org/2007/opf}"
_NOT_FOUND = re.compile(r"Could not fetch resource (\S+): PandocResourceNotFound")


@dataclass(frozen=True, slots=True)
class Side:
    """One book by one program.

    runs: what each time cost
    pictures: without the cover
    listed: whether it lists pages of print
    rules: what our own rules find
    lacks: pictures of the book's folder that were not found
    """

    path: Path
    runs: tuple[Run, ...]
    pictures: int
    listed: bool
    rules: tuple[Problem, ...]
    lacks: tuple[str, ...] = ()
    verdict: Verdict = field(default_factory=Verdict)

    @property
    def seconds(self) -> float:
        return median(run.seconds for run in self.runs)

    @property
    def megabytes(self) -> float:
        """Of the largest process."""
        return median(run.megabytes for run in self.runs)

    @property
    def kilobytes(self) -> float:
        """In units of 1,000 bytes."""
        return self.path.stat().st_size / 1000


def by_both(
    book: Path, pandoc: Path, bench: Bench, said: list[str]
) -> tuple[Side, Side]:
    """Ours and theirs. said: takes what is to be told besides

    Raises NothingMadeError where one of them makes nothing.
    """
    made = bench.folder / "pandoc" / f"{book.name}.epub"
    command = epub_command(book, pandoc, made)
    online = {**os.environ, **OFFLINE}
    if bench.by(command, made, online, book).path is None:
        command.append(f"--lua-filter={NO_COVER}")
        said.append(
            f"{book.name}: Pandoc stops at a cover that is not there, so without"
        )
    sides = {
        OURS: lambda: bench.cold(book, Format.EPUB),
        THEIRS: lambda: bench.by(command, made, online, book),
    }
    found = in_turn(f"EPUB of {book.name}", sides, bench.runs)
    return _side(found[OURS]), _side(found[THEIRS])


def _side(builds: Sequence[Build]) -> Side:
    path = builds[-1].path
    assert path, "in_turn lets nothing pass of which nothing was made"
    runs = tuple(made.cost for made in builds)
    with zipfile.ZipFile(path) as epub:
        pictures, listed = _pictures(epub), _lists_pages(epub)
    lacks = tuple(dict.fromkeys(_NOT_FOUND.findall(runs[-1].stderr)))
    return Side(path, runs, pictures, listed, check_by_rules(path), lacks)


def _pictures(epub: zipfile.ZipFile) -> int:
    package = fromstring(epub.read("EPUB/content.opf"))
    return sum(
        item.get("media-type", "").startswith("image/")
        and "cover-image" not in item.get("properties", "").split()
        for item in package.iter(f"{_OPF}item")
    )


def _lists_pages(epub: zipfile.ZipFile) -> bool:
    return b"page-list" in epub.read("EPUB/nav.xhtml")


def judged(sides: Sequence[Side], said: list[str]) -> list[Side]:
    """The same, with what judges say. said: see `verdicts`"""
    found = of_epubs([side.path for side in sides], said)
    return [
        replace(side, verdict=verdict)
        for side, verdict in zip(sides, found, strict=True)
    ]
