"""One build of one book, or what an earlier one has made where nothing has changed."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from publish.problems import PublishError
from publish.report import Report, in_order
from publish.store import Store
from publish.unchanged import build_key, keep_report, kept_report
from publish.wanted import Wanted

if TYPE_CHECKING:
    from publish.crew import Executor

# Who does the work: nobody is asked where nothing is to be done.
Workshop = Callable[[], "AbstractContextManager[Executor]"]
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Earlier:
    """The report of an earlier build.

    where: as for `publish.pipeline.build`
    store: None where nothing is kept
    """

    where: Path
    wanted: Wanted
    store: Store | None

    @cached_property
    def _key(self) -> str:
        return build_key(self.where, self.wanted.spelt())

    def report(self) -> Report | None:
        """None where there is none, or something has changed since."""
        return kept_report(self.store, self._key) if self.store else None

    def keep(self, report: Report) -> None:
        """Keep what a build has had to say that was begun when `report` was asked."""
        # Nothing may have been saved while the book was being made.
        if self.store and Earlier(self.where, self.wanted, None)._key == self._key:
            keep_report(self.store, self._key, report)


def made(
    where: Path,
    wanted: Wanted,
    store: Store | None,
    workshop: Workshop,
    progress: Progress = lambda _step: None,
) -> Report:
    """Everything that a build of *where* has to say.

    store: of what was made in earlier builds; None to make everything anew
    Raises CommandError.
    """
    earlier = Earlier(where, wanted, store)
    report = earlier.report()
    if report is None:
        with workshop() as executor:
            report = built(where, wanted, executor, progress)
        earlier.keep(report)
        if store:
            store.trim()
    return report


def built(
    where: Path,
    wanted: Wanted,
    executor: "Executor",
    progress: Progress = lambda _step: None,
) -> Report:
    """What a new build of *where* has to say. Raises CommandError."""
    # Heavy imports wait until they are used, and until others are at work.
    from publish.pipeline import build  # noqa: PLC0415

    try:
        return build(where, wanted, executor=executor, progress=progress)
    except PublishError as error:
        return Report((), in_order(error.problems))
