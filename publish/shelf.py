"""Many books, each a work by itself: what is wrong with one costs no other."""

import gc
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, as_completed
from dataclasses import dataclass, replace
from pathlib import Path

from publish.builds import Earlier, Wanted, built
from publish.crew import Executor, Files, Here, Kept, Kit, StoppedError, Work
from publish.problems import Position, Problem, UnknownEditionError
from publish.report import Report
from publish.store import Store
from publish.unchanged import UnclearError, book_files


@dataclass(frozen=True, slots=True)
class _Task:
    """store: None to make everything anew"""

    folder: Path
    wanted: Wanted
    store: Store | None

    def spelt(self) -> Iterator[str]:
        """See `publish.crew`."""
        yield str(self.folder)
        yield from self.wanted.spelt()


@dataclass(frozen=True, slots=True)
class _Nothing:
    def spelt(self) -> Iterator[str]:
        return iter(())


def _make_executor(_given: _Nothing, _files: Files) -> Here:
    """One for all books of a process: they share what it has made of fonts and style
    sheets."""
    return Here()


def build_shelf(
    books: Sequence[Path], wanted: Wanted, store: Store | None, executor: Executor
) -> Iterator[tuple[Path, Report]]:
    """Each book with its report, as soon as it is made; first those of which nothing
    has changed.

    store: of what was made in earlier builds; None to make everything anew
    """
    kit = Kit(_make_executor, _Nothing())
    begun: dict[Future[Report], Earlier] = {}
    for folder in books:
        earlier = Earlier(folder, wanted, store)
        if (report := earlier.report()) is not None:
            yield folder, report
        else:
            work = _work(kit, _Task(folder, wanted, store))
            begun[executor.submit(work)] = earlier
    for future in as_completed(begun):
        earlier = begun.pop(future)
        report = _report(earlier.where, future)
        earlier.keep(report)
        yield earlier.where, report
    if store:
        store.trim()


def _work(kit: Kit, task: _Task) -> Work[Report]:
    try:
        files = dict(book_files(task.folder))
    except (OSError, UnclearError):
        # Then it can only be made where it lies.
        files = {}
    weight = sum(path.stat().st_size for path in files.values()) // _BYTES
    return Work(_made, kit, task, files, weight)


# That are made in a millisecond, pictures and all.
_BYTES = 100


def _report(folder: Path, future: "Future[Report]") -> Report:
    try:
        return future.result()
    except StoppedError as error:
        message = f"the process that made this book stopped ({error.reason})"
        hint = _MEMORY if error.killed else _ALONE
        return Report((), (Problem(Position(folder), "book-stopped", message, hint),))


_MEMORY = "if the machine had too little memory, build this book alone, with -j 1"
_ALONE = "build this book alone: what is said then is worth a report"


def _made(executor: Here, task: _Task, files: Files) -> Report:
    """files: all of the folder, by their paths in it"""
    if all(path == task.folder / name for name, path in files.items()):
        kept = Kept(executor, task.store) if task.store else executor
        report = _built(task.folder, task.wanted, kept)
    else:
        report = _made_of_copies(executor, task, files)
    gc.collect()
    return report


def _made_of_copies(executor: Here, task: _Task, files: Files) -> Report:
    """On another machine, which keeps nothing."""
    with tempfile.TemporaryDirectory(prefix="publish-") as place:
        # A book may be called after its folder.
        folder = Path(place, task.folder.name)
        for name, path in files.items():
            copy = folder / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
        report = _built(folder, task.wanted, executor)
        problems = (_moved(p, folder, task.folder) for p in report.problems)
        return Report(report.artifacts, tuple(problems))


def _built(folder: Path, wanted: Wanted, executor: Executor) -> Report:
    try:
        return built(folder, wanted, executor)
    except UnknownEditionError as error:
        return Report((), (Problem(Position(folder), "no-edition", str(error)),))


def _moved(problem: Problem, old: Path, new: Path) -> Problem:
    at = problem.at
    if not at.path.is_relative_to(old):
        return problem
    path = new / at.path.relative_to(old)
    return replace(problem, at=replace(at, path=path))
