"""Check a book that was built, before anything of it is written."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from publish.artifact import Artifact, Spool
from publish.check import Shop, check_finished
from publish.files import replace_file
from publish.model import Format, Printer
from publish.preflight import Request, preflight
from publish.problems import Position, Problem, Severity
from publish.report import Report, in_order

# A long chapter is parted, and each part but the first has a number.
_PART = re.compile(r"\.\d+(?=\.xhtml$)")


_OF_COUNTS = frozenset({"too-few-pages", "too-many-pages"})


def checked(
    report: Report,
    shops: Sequence[Shop],
    printers: Sequence[Printer] = (),
    progress: Callable[[str], None] = lambda _step: None,
) -> Report:
    """All that there is to say of a book and of what was made of it.

    printers: whose rules the pages are held to; without any, each edition to those of
        its own
    """
    found: list[Problem] = []
    with TemporaryDirectory(prefix="publish-", ignore_cleanup_errors=True) as folder:
        for artifact in report.artifacts:
            if artifact.name.endswith(".epub"):
                progress(f"checking {artifact.name}")
                found += _found_in(artifact, Path(folder), shops)
            elif artifact.name.endswith(".azw3"):
                found.append(_unread(artifact))
            elif requests := list(_requests(artifact, report, printers)):
                progress(f"checking {artifact.name}")
                found += _unsaid(_before_print(artifact, requests), report)
    return Report((), in_order([*report.problems, *found]))


def _unread(artifact: Artifact) -> Problem:
    message = "a file for Kindles cannot be checked"
    hint = "check an edition that is an EPUB: it has the same text and pictures"
    return Problem(
        Position(Path(artifact.name)), "not-checked", message, hint, Severity.NOTE
    )


def _requests(
    artifact: Artifact, report: Report, printers: Sequence[Printer]
) -> Iterator[Request]:
    """How the pages of a file are printed; none where they are not."""
    edition = artifact.edition
    if edition is None or edition.format is not Format.PDF:
        return
    own, rtl = edition.printing, artifact.right_to_left
    if own and (not printers or own.printer in printers):
        yield Request(own.printer, own.paper.name, edition.trim, own.bleed, rtl)
    printed = {
        made.edition.printing.printer.key
        for made in report.artifacts
        if made.edition and made.edition.printing
    }
    for printer in printers:
        # Who asks for a printer that none is made for wants to know of all.
        if printer.key not in printed:
            yield Request(printer, trim=edition.trim, right_to_left=rtl)


def _unsaid(found: Iterator[Problem], report: Report) -> Iterator[Problem]:
    """Without what was said while the pages were made."""
    said = not _OF_COUNTS.isdisjoint(problem.code for problem in report.problems)
    return (one for one in found if not (said and one.code == "print-page-count"))


def _before_print(artifact: Artifact, requests: Sequence[Request]) -> Iterator[Problem]:
    content = artifact.content
    file = content.file if isinstance(content, Spool) else BytesIO(content)
    edition = artifact.edition.name if artifact.edition else ""
    return preflight(file, artifact.size, requests, artifact.place, edition)


def _found_in(
    artifact: Artifact, folder: Path, shops: Sequence[Shop]
) -> Iterator[Problem]:
    path = folder / artifact.name
    replace_file(path, artifact.pieces())
    places = {source.path: source.at for source in artifact.sources}
    for problem in check_finished(path, shops):
        yield _at_home(problem, path, places)


def _at_home(problem: Problem, epub: Path, places: Mapping[str, Position]) -> Problem:
    """The same where the author can mend it, if that is known."""
    at = problem.at
    if not at.path.is_relative_to(epub):
        # Of what is missing on the machine.
        return problem
    if at.path == epub:
        return replace(problem, at=Position(Path(epub.name)))
    inside = at.path.relative_to(epub).as_posix()
    if (home := places.get(_PART.sub("", inside))) is None:
        return replace(problem, at=replace(at, path=Path(epub.name, inside)))
    found = f"in the EPUB: {inside}" + (f", line {at.line}" if at.line else "")
    return replace(problem, at=home, message=f"{problem.message} ({found})")
