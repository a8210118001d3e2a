"""Let a file claim to be of a standard only where it was looked over and is."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

from publish.artifact import Artifact
from publish.model import Edition, Printing, Standard
from publish.pdf.press import unclaimed
from publish.preflight import Request, preflight
from publish.problems import Problem, Severity

# What its printer may still want is no matter of the standard.
_OF_STANDARD = frozenset(
    {
        "print-black",
        "print-boxes",
        "print-colour-space",
        "print-font",
        "print-links",
        "print-profile",
        "print-remarks",
        "print-standard",
        "print-transparency",
    }
)


def proved(artifact: Artifact, edition: Edition) -> Artifact:
    """The same, without a claim that is not true, and with why it makes none."""
    printing = edition.printing
    if printing is None or printing.printer.file.standard is Standard.NONE:
        return artifact
    faults = list(_faults(artifact, edition, printing))
    if not faults:
        return artifact
    said = (_said(artifact, printing, faults),)
    problems = (*artifact.problems, *said)
    return replace(artifact, content=unclaimed(artifact.data), problems=problems)


def _faults(
    artifact: Artifact, edition: Edition, printing: Printing
) -> Iterator[Problem]:
    paper, rtl = printing.paper.name, artifact.right_to_left
    request = Request(printing.printer, paper, edition.trim, printing.bleed, rtl)
    file = BytesIO(artifact.data)
    found = preflight(file, artifact.size, [request], artifact.place)
    for problem in found:
        if problem.severity is Severity.ERROR and problem.code in _OF_STANDARD:
            yield problem


def _said(artifact: Artifact, printing: Printing, faults: list[Problem]) -> Problem:
    first, *others = faults
    more = f", and {len(others)} more like it" if others else ""
    standard = printing.printer.file.standard.said
    message = (
        f"{artifact.name} is no {standard}, which {printing.printer.name} wants:"
        f" {first.message}{more}"
    )
    hint = "name the ICC profile of its inks, `profile`, or print in black ink"
    return Problem(first.at, "no-standard", message, hint, Severity.WARNING)
