"""A book made again, after a change and after none, beside the first time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from publish.model import Format
from tests.benchmarks.builds import Build
from tests.benchmarks.speed.bench import Bench, in_turn
from tests.benchmarks.speed.edits import Edit, by_length, longer, made, one_word
from tests.benchmarks.speed.novel import LETTERS_PER_PAGE
from tests.benchmarks.speed.rows import Row, cpu_ratio, seconds

FIRST = "filling the cache"


@dataclass(frozen=True, slots=True)
class Change:
    """aim: of the time of the first build; None where it is only told"""

    edit: Edit
    aim: float | None


def novel_again(bench: Bench, book: Path) -> Iterator[Row | str]:
    """The novel's chapters are all of a few pages."""
    files = sorted(book.glob("*.md"))
    changes = {"one word": Change(one_word(files[len(files) // 2]), 0.06)}
    if moving := _moving(bench, files):
        changes["a page more in an early chapter"] = Change(moving, 0.20)
    else:
        yield f"no chapter of {book.name} moves those behind it"
    yield from _again(bench, book, Format.PDF, changes)


def pdf_again(bench: Bench, book: Path) -> Iterator[Row]:
    files = by_length(book)
    median, longest = one_word(files[len(files) // 2]), one_word(files[-1])
    changes = {
        "one word of its median chapter": Change(median, 0.12),
        "one word of its longest chapter": Change(longest, None),
    }
    yield from _again(bench, book, Format.PDF, changes)


def epub_again(bench: Bench, book: Path) -> Iterator[Row]:
    files = by_length(book)
    changes = {"one word": Change(one_word(files[len(files) // 2]), 0.35)}
    yield from _again(bench, book, Format.EPUB, changes)


def unchanged(bench: Bench, book: Path) -> Iterator[Row]:
    """All that an author gets, in both formats."""
    bench.forget()
    pages = bench.kept(book, Format.PDF).pages
    bench.kept(book, None)
    what = f"{book.name}, nothing changed"
    found = in_turn(what, {what: lambda: bench.kept(book, None)}, bench.runs)
    yield Row(
        what=what,
        unit="s",
        ours=seconds(found[what]),
        aim=0.4,
        pages=(pages,),
        runs=((what, found[what]),),
    )


def _again(
    bench: Bench, book: Path, format_: Format, changes: Mapping[str, Change]
) -> Iterator[Row]:
    def first() -> Build:
        bench.forget()
        return bench.kept(book, format_)

    def after(change: Change) -> Build:
        with made(change.edit):
            return bench.kept(book, format_)

    what = f"{format_.upper()} of {book.name}"
    sides = {name: partial(after, change) for name, change in changes.items()}
    found = in_turn(f"{what}, again", {FIRST: first, **sides}, bench.runs)
    for name, change in changes.items():
        pages = (found[name][-1].pages, found[FIRST][-1].pages)
        yield Row(
            what=f"{what} after {name}",
            unit="s",
            ours=seconds(found[name]),
            theirs=seconds(found[FIRST]),
            beside=FIRST,
            aim=change.aim,
            pages=pages if format_ is Format.PDF else (),
            cpu=cpu_ratio(found[name], found[FIRST]),
            runs=((name, found[name]), (FIRST, found[FIRST])),
        )


def _moving(bench: Bench, files: list[Path]) -> Edit | None:
    """A page more in one of the first chapters, so that those behind it move.

    Where chapters begin on the right a page more may only fill one that was blank. It
    is tried on a book of the chapter and the one behind it.
    """
    for one, other in pairwise(files[1:6]):
        edit = longer(one, LETTERS_PER_PAGE)
        texts = (one.read_text(encoding="utf-8"), edit.text)
        after = other.read_text(encoding="utf-8")
        before, moved = (_pages(bench, text, after) for text in texts)
        if moved > before:
            return edit
    return None


def _pages(bench: Bench, *texts: str) -> int:
    with TemporaryDirectory(dir=bench.folder) as folder:
        for n, text in enumerate(texts):
            Path(folder, f"{n}.md").write_text(text, encoding="utf-8")
        return bench.cold(Path(folder), Format.PDF).pages
