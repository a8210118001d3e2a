"""Sets fragments: what is done with their copy, and what is looked at afterwards."""

from collections.abc import Iterator
from dataclasses import replace

from publish.crew import Files
from publish.pdf.compositor import Compositor
from publish.pdf.copy import Copy
from publish.pdf.document import Document, document_of
from publish.pdf.judgement import Judged
from publish.pdf.task import Part, Task
from publish.problems import Problem
from publish.words import lost_in_document


def set_copy(compositor: Compositor, copy: Copy, files: Files) -> Part:
    """A fragment as it is set, with a look whether every word has arrived.

    files: its pictures, by their addresses
    Raises NoPangoError, and NotSetError.
    """
    document = document_of(copy)
    part = compositor.set(_task(document), files)
    lost = (*_lost(document), *part.lost)
    return replace(part, problems=document.problems, lost=lost)


def sketch_copy(compositor: Compositor, copy: Copy, files: Files) -> Part:
    """The same without that look."""
    document = document_of(copy)
    part = compositor.sketch(_task(document), files)
    return replace(part, problems=document.problems)


def judge_copy(compositor: Compositor, copy: Copy, files: Files) -> Judged:
    """What a compositor would mend in a fragment."""
    return compositor.judge(_task(document_of(copy)), files)


def _task(document: Document) -> Task:
    paths = tuple(chapter.path for chapter, _ in document.sections)
    return Task(document.root, paths, document.spreads)


def _lost(document: Document) -> Iterator[Problem]:
    for section in document.sections:
        yield from lost_in_document(*section)
