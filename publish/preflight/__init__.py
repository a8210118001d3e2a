"""Look over a PDF as a printer would, anybody's: before it is sent.

document.py   the file and its pages  content.py   what a page draws, and where:
                                      drawn.py colours.py letters.py pictures.py
                                      place.py
job.py        what is to be printed   say.py       how it is told what was found
spots.py      where that lies
              the rules by subject: sheet order font detail margin colour file standard
"""

from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

import publish.preflight.colour_rules as colours
import publish.preflight.detail_rules as detail
import publish.preflight.file_rules as files
import publish.preflight.font_rules as fonts
import publish.preflight.margin_rules as margins
import publish.preflight.order_rules as order
import publish.preflight.sheet_rules as sheets
import publish.preflight.standard_rules as standards
from publish.preflight.document import Document, Leaf, NotReadError, opened
from publish.preflight.job import ANY_PRINTER, Job, Request
from publish.preflight.say import Fault, problems_of
from publish.problems import Position, Problem, Severity

__all__ = ["ANY_PRINTER", "Request", "preflight"]

_OF_PAGES: Sequence[Callable[[Leaf, Job], Iterator[Fault]]] = (
    files.broken,
    sheets.turned,
    sheets.sheet_size,
    sheets.boxes,
    sheets.bleeds,
    margins.margins,
    margins.marks,
    fonts.embedded,
    fonts.drawn,
    detail.small_type,
    detail.thin_lines,
    detail.pale,
    detail.pixels,
    detail.line_art,
    colours.spaces,
    colours.black_text,
    colours.colour_on_black,
    colours.ink,
    colours.profiles,
    colours.transparency,
    files.notes,
)
# These ask what the pages were, so they come last.
_OF_FILES: Sequence[Callable[[Document, Job], Iterator[Fault]]] = (
    sheets.trim_offered,
    sheets.one_size,
    order.count,
    order.even,
    order.last_blank,
    order.blanks,
    fonts.whole,
    files.size,
    files.security,
    files.outline,
    files.metadata,
    files.attachments,
    files.scripts,
    files.fields,
    standards.standard,
)


def preflight(
    file: BinaryIO,
    size: int,
    requests: Sequence[Request],
    at: Callable[[int], Position],
    edition: str = "",
) -> Iterator[Problem]:
    """All that there is to say of a PDF to those who print it.

    size: of the file, in bytes
    requests: how it is printed; its pages are gone through once for all of them
    at: where the author mends what is on a page; of the file as a whole for 0
    edition: whose pages they are, as messages name it; empty where it is none of ours
    """
    try:
        with opened(file, size) as document:
            if document.count:
                faults = _faults(document, requests, edition)
                yield from problems_of(faults, at, edition)
            else:
                yield Problem(at(0), "print-unreadable", "the PDF has no pages")
    except NotReadError as error:
        yield _unread(error, at(0))


def _unread(error: NotReadError, at: Position) -> Problem:
    if error.locked:
        message = "the PDF is locked with a password"
        hint = "save it without one: nobody can print it"
        return Problem(at, "print-security", message, hint)
    message = "this is no PDF, or a broken one"
    hint = "print the book into a new PDF with another program"
    return Problem(at, "print-unreadable", message, hint)


def _faults(
    document: Document, requests: Sequence[Request], edition: str
) -> Iterator[Fault]:
    shapes = tuple(document.shapes())
    rtl = document.facts.right_to_left
    jobs = [request.job(shapes, right_to_left=rtl) for request in requests]
    for job in jobs:
        yield from _taken_for(job, edition)
    for leaf in document.leaves(shapes):
        for job in jobs:
            for page_rule in _OF_PAGES:
                yield from page_rule(leaf, job)
    for job in jobs:
        for file_rule in _OF_FILES:
            yield from file_rule(document, job)


def _taken_for(job: Job, edition: str) -> Iterator[Fault]:
    if job.guessed:
        says = f"for {job.printer.name}, it was taken for a book {_list(job.guessed)}"
        hint = "say otherwise with --trim and --paper"
        if edition:
            hint = f'write `printer = "{job.printer.key}"` under [editions.{edition}]'
        yield Fault(0, "print-assumed", says, "", hint, Severity.NOTE)


def _list(words: Sequence[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last
