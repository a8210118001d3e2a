"""Begin to make a PDF, and take what was made."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from publish.artifact import Artifact
from publish.model import Book, Edition
from publish.pdf.crew import Executor, crew
from publish.pdf.kept import Kept
from publish.pdf.setting import Setting
from publish.style import Style
from publish.workshop import PLAIN, Workshop


@dataclass(frozen=True, slots=True)
class RunningPdf:
    """A PDF that is being made while its maker does other things."""

    setting: Setting
    executor: Executor

    def finish(self) -> Artifact:
        """Wait for the PDF.

        Raises PublishError where there is none: Pango is missing, nothing of the book
        can be set, or the processes were ended.
        """
        return self.setting.finish(self.executor)


@contextmanager
def start_pdf(
    book: Book,
    edition: Edition,
    style: Style,
    workshop: Workshop = PLAIN,
) -> Iterator[RunningPdf]:
    """Begin to make the PDF of *edition* in processes of their own.

    They end when the block is left, however it is left.
    """
    setting = Setting(book, edition, style)
    setup = setting.setup
    with crew(setup, workshop.jobs or os.cpu_count() or 1) as hands:
        executor = Kept(hands, workshop.store, setup) if workshop.store else hands
        setting.begin(executor)
        yield RunningPdf(setting, executor)


def render_pdf(book: Book, edition: Edition, style: Style) -> Artifact:
    """The PDF of *edition*. The same input always gives the same bytes.

    Raises PublishError where there is none; see `RunningPdf.finish`.
    """
    with start_pdf(book, edition, style) as running:
        return running.finish()
