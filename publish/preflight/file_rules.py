"""What a file has beside its pages."""

from collections.abc import Iterator

from publish.model import Feature
from publish.preflight.document import Document, Leaf
from publish.preflight.job import Job, told
from publish.preflight.say import Fault, listed, shown
from publish.problems import Severity

# What programs write about a book; the others are about the file.
_ABOUT = ("Title", "Author", "Subject", "Keywords")
_MEGABYTE = 1_000_000


def size(document: Document, job: Job) -> Iterator[Fault]:
    rules = job.printer.file
    if rules.megabytes and document.bytes > rules.megabytes * _MEGABYTE:
        says = f"{job.printer.name} takes no file of more than {rules.megabytes:g} MB"
        here = f"it has {document.bytes / _MEGABYTE:,.0f} MB"
        hint = f"make its pictures smaller{told(rules.source)}"
        yield Fault(0, "print-file-size", says, here, hint)


def security(document: Document, job: Job) -> Iterator[Fault]:
    if document.facts.encrypted and Feature.SECURITY in job.forbids:
        says = "the file is encrypted"
        hint = f"save it without a password{told(job.printer.file.source)}"
        yield Fault(0, "print-security", says, hint=hint)


def notes(leaf: Leaf, job: Job) -> Iterator[Fault]:
    """Links and remarks that lie over the pages; fields have a rule of their own."""
    if Feature.LINKS not in job.forbids:
        return
    kinds = [kind for kind, _ in leaf.notes if kind != "Widget"]
    hint = f"leave them out{told(job.printer.file.source)}"
    if kinds.count("Link"):
        says = "there are links"
        here = f"{kinds.count('Link')} on this page"
        yield Fault(leaf.number, "print-links", says, here, hint)
    others = sorted(set(kinds) - {"Link"})
    if others:
        says = "there are remarks over the page"
        yield Fault(leaf.number, "print-remarks", says, ", ".join(others), hint)


def outline(document: Document, job: Job) -> Iterator[Fault]:
    if document.facts.outline and Feature.OUTLINE in job.forbids:
        says = f"{job.printer.name} wants no bookmarks"
        hint = f"leave out the outline{told(job.printer.file.source)}"
        yield Fault(0, "print-outline", says, hint=hint)


def metadata(document: Document, job: Job) -> Iterator[Fault]:
    if Feature.METADATA not in job.forbids:
        return
    found = [key for key in _ABOUT if document.facts.info.get(key)]
    if document.facts.xmp:
        found.append("XMP")
    if found:
        says = f"{job.printer.name} wants nothing said of the book in its file"
        hint = f"take it out{told(job.printer.file.source)}"
        yield Fault(0, "print-metadata", says, ", ".join(found), hint)


def attachments(document: Document, _job: Job) -> Iterator[Fault]:
    if names := document.facts.attachments:
        says = "there are files in the file"
        here = shown(", ".join(names))
        hint = "take them out: they cannot be printed"
        yield Fault(0, "print-attachment", says, here, hint, Severity.WARNING)


def scripts(document: Document, _job: Job) -> Iterator[Fault]:
    if document.facts.script:
        says = "there is JavaScript in the file"
        hint = "take it out: paper does nothing"
        yield Fault(0, "print-script", says, "", hint, Severity.WARNING)


def fields(document: Document, _job: Job) -> Iterator[Fault]:
    pages = [
        leaf.number
        for leaf in document.pages
        if any(kind == "Widget" for kind, _ in leaf.notes)
    ]
    if pages:
        says = "there are fields to be filled in"
        here = f"on page {listed(pages)}"
        hint = "make them a part of the page: presses print them empty, or not at all"
        yield Fault(0, "print-field", says, here, hint, Severity.WARNING)


def broken(leaf: Leaf, _job: Job) -> Iterator[Fault]:
    if leaf.broken:
        says = "the page is broken, and not all of it can be checked"
        hint = "print the book into a new PDF with another program"
        yield Fault(leaf.number, "print-broken-page", says, "", hint, Severity.WARNING)
