"""Finished files, put where the author wants them."""

from pathlib import Path

from publish.files import replace_file
from publish.problems import Position, Problem
from publish.report import Report


def write(report: Report, folder: Path) -> tuple[Report, list[Path]]:
    """Replace each file whole or not at all, so nobody opens half a book.

    Gives what there is to report then, and the files.
    """
    paths = [folder / artifact.name for artifact in report.artifacts]
    at = folder
    try:
        if paths:
            folder.mkdir(parents=True, exist_ok=True)
        for at, artifact in zip(paths, report.artifacts, strict=True):
            replace_file(at, artifact.pieces())
    except OSError as error:
        reason = (error.strerror or "it cannot be written").lower()
        message = f"the book cannot be written here: {reason}"
        problem = Problem(Position(at), "no-write", message)
        return Report((), (*report.problems, problem)), []
    return report, paths
