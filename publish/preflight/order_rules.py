"""How many pages there are, and which of them are blank."""

from collections.abc import Iterator
from itertools import groupby
from math import isfinite

from publish.preflight.document import Document
from publish.preflight.job import Job, told
from publish.preflight.say import Fault
from publish.problems import Severity


def count(document: Document, job: Job) -> Iterator[Fault]:
    paper, pages = job.printing.paper, document.count
    on = f" on paper “{paper.name}”" if paper.name else ""
    most = paper.most_of(job.trim)
    if pages < paper.least:
        says = f"{job.printer.name} binds {paper.least} pages or more{on}"
        hint = f"add pages{told(paper.source)}"
        yield Fault(0, "print-page-count", says, f"it has {pages}", hint)
    elif pages > most and isfinite(most):
        says = f"{job.printer.name} binds no more than {most:.0f} pages{on}"
        hint = f"choose another paper or a larger page{told(paper.source)}"
        yield Fault(0, "print-page-count", says, f"it has {pages}", hint)


def even(document: Document, job: Job) -> Iterator[Fault]:
    order = job.printer.order
    if order.even and document.count % 2:
        says = f"{job.printer.name} wants an even number of pages"
        hint = f"add a blank one at the end{told(order.source)}"
        yield Fault(0, "print-odd", says, f"it has {document.count}", hint)


def last_blank(document: Document, job: Job) -> Iterator[Fault]:
    order = job.printer.order
    # What comes from its end has its last page in front.
    turned = order.reversed and job.right_to_left
    last = document.pages[0 if turned else -1]
    if order.last_blank and not last.is_blank:
        says = f"{job.printer.name} wants the last page of the book to be blank"
        hint = f"add a blank one{told(order.source)}"
        yield Fault(last.number, "print-last-page", says, hint=hint)


def blanks(document: Document, job: Job) -> Iterator[Fault]:
    """No more blank pages follow each other than may."""
    order = job.printer.order
    says = f"more than {order.blanks} blank pages follow each other"
    hint = f"{job.printer.name} may take them for a mistake{told(order.source)}"
    for is_blank, leaves in groupby(document.pages, lambda leaf: leaf.is_blank):
        run = [leaf.number for leaf in leaves]
        if order.blanks and is_blank and len(run) > order.blanks:
            here = f"{len(run)} from here"
            yield Fault(run[0], "print-blanks", says, here, hint, Severity.WARNING)
