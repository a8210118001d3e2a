"""Many books, each a work by itself: what is wrong with one costs no other."""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from publish.artifact import Artifact
from publish.builds import Earlier, built
from publish.crew import (
    AGAIN,
    Executor,
    Files,
    Here,
    Kept,
    Kit,
    NobodyError,
    Nothing,
    StoppedError,
    Work,
)
from publish.model import Edition
from publish.problems import CommandError, Position, Problem, Severity
from publish.report import Report
from publish.store import Store
from publish.unchanged import UnclearError, book_files
from publish.wanted import Wanted


@dataclass(frozen=True, slots=True)
class _Task:
    """store: None to make everything anew
    epoch: SOURCE_DATE_EPOCH where the book is wanted
    """

    folder: Path
    wanted: Wanted
    store: Store | None
    epoch: str

    def spelt(self) -> Iterator[str]:
        """See `publish.crew`."""
        yield str(self.folder)
        yield from self.wanted.spelt()


def _make_executor(_given: Nothing, _files: Files) -> Here:
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
    kit = Kit(_make_executor, Nothing())
    begun: dict[Future[Report], Earlier] = {}
    for folder in books:
        earlier = Earlier(folder, wanted, store)
        if (report := earlier.report()) is not None:
            yield folder, report
        else:
            epoch = os.environ.get(_EPOCH, "")
            work = _work(kit, _Task(folder, wanted, store, epoch))
            begun[executor.submit(work)] = earlier
        # To look at all of a shelf takes long.
        yield from _ended(begun, [future for future in begun if future.done()])
    yield from _ended(begun, as_completed(list(begun)))


def _ended(
    begun: dict["Future[Report]", Earlier], futures: Iterable["Future[Report]"]
) -> Iterator[tuple[Path, Report]]:
    """Those of *futures* that have ended, or as they end; they are taken out."""
    for future in futures:
        earlier = begun.pop(future)
        report = _report(earlier.where, future)
        earlier.keep(report)
        if earlier.store:
            earlier.store.trim()
        yield earlier.where, report


def _work(kit: Kit, task: _Task) -> Work[Report]:
    try:
        files = dict(book_files(task.folder))
    except (OSError, UnclearError):
        # Copies of it would not be the same: it is made where it lies.
        return Work(_made_in_place, kit, task, weight=_UNKNOWN, local=True)
    weight = sum(path.stat().st_size for path in files.values()) // _BYTES
    return Work(_made, kit, task, files, weight)


# Bytes that are made in a millisecond, pictures and all; milliseconds for a book of
# which that cannot be told.
_BYTES, _UNKNOWN = 100, 5_000


def _report(folder: Path, future: "Future[Report]") -> Report:
    try:
        return future.result()
    except NobodyError as error:
        message = f"this book was not made: {error.reason}"
        problem = Problem(Position(folder), "book-stopped", message, AGAIN)
        return Report((), (problem,))
    except StoppedError as error:
        message = f"the process that made this book stopped ({error.reason})"
        hint = _MEMORY if error.killed else _ALONE
        return Report((), (Problem(Position(folder), "book-stopped", message, hint),))


_MEMORY = "if the machine had too little memory, build this book alone, with -j 1"
_ALONE = "build this book alone: what is said then is worth a report"


def _made(executor: Here, task: _Task, files: Files) -> Report:
    """files: all of the folder, by their paths in it"""
    if all(path == task.folder / name for name, path in files.items()):
        return _made_in_place(executor, task, files)
    return _made_of_copies(executor, task, files)


def _made_in_place(executor: Here, task: _Task, _files: Files) -> Report:
    kept = Kept(executor, task.store) if task.store else executor
    return _built(task.folder, task, kept)


def _made_of_copies(executor: Here, task: _Task, files: Files) -> Report:
    """On another machine, which keeps nothing."""
    with tempfile.TemporaryDirectory(prefix="publish-") as place:
        # A book may be called after its folder.
        folder = Path(place, task.folder.name)
        for name, path in files.items():
            copy = folder / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
        report = _built(folder, task, executor)
        problems = (_moved(p, folder, task.folder) for p in report.problems)
        artifacts = (_from(a, folder, task.folder) for a in report.artifacts)
        return Report(tuple(artifacts), tuple(problems))


def _built(folder: Path, task: _Task, executor: Executor) -> Report:
    try:
        with _moment(task.epoch):
            return built(folder, task.wanted, executor)
    except CommandError as error:
        # Another book of the shelf may have it.
        at, note = Position(folder), Severity.NOTE
        problem = Problem(at, "no-edition", f"passed over: {error}", severity=note)
        return Report((), (problem,))
    finally:
        gc.collect()


@contextmanager
def _moment(epoch: str) -> Iterator[None]:
    """In the environment of who wants a book, wherever it is made."""
    before = os.environ.pop(_EPOCH, None)
    try:
        os.environ |= {_EPOCH: epoch} if epoch else {}
        yield
    finally:
        os.environ.pop(_EPOCH, None)
        os.environ |= {} if before is None else {_EPOCH: before}


_EPOCH = "SOURCE_DATE_EPOCH"


def _moved(problem: Problem, old: Path, new: Path) -> Problem:
    return replace(problem, at=_moved_place(problem.at, old, new))


def _from(artifact: Artifact, old: Path, new: Path) -> Artifact:
    sources = (
        replace(source, at=_moved_place(source.at, old, new))
        for source in artifact.sources
    )
    places = (_moved_place(place, old, new) for place in artifact.places)
    return replace(
        artifact,
        sources=tuple(sources),
        places=tuple(places),
        edition=artifact.edition and _edition(artifact.edition, old, new),
    )


def _edition(edition: Edition, old: Path, new: Path) -> Edition:
    """Its files are where the author has them."""
    printing = edition.printing
    if printing is None or printing.profile is None:
        return edition
    profile = new / printing.profile.relative_to(old)
    return replace(edition, printing=replace(printing, profile=profile))


def _moved_place(at: Position, old: Path, new: Path) -> Position:
    if not at.path.is_relative_to(old):
        return at
    return replace(at, path=new / at.path.relative_to(old))
