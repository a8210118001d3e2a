"""The chapters that an edition does not hold."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches

from publish.config import Config, LeftOut
from publish.manuscript.contents import is_pattern, matching
from publish.manuscript.folder import Folder
from publish.model import Edition
from publish.problems import Position, Problem


def with_left_out(
    config: Config, folder: Folder, files: Sequence[str]
) -> tuple[tuple[Edition, ...], tuple[Problem, ...]]:
    """The editions, each with the files that it leaves out.

    files: those of the book, in its order
    """
    found: dict[str, list[str]] = {}
    problems: list[Problem] = []
    for one in config.left_out:
        names = list(matching(files, one.pattern))
        if not names and not is_pattern(one.pattern):
            located = folder.locate(one.pattern, one.at)
            names = [file for file in files if file == located]
        if not names:
            problems.append(_no_chapter(one, files))
        found.setdefault(one.edition, []).extend(names)
    editions = tuple(
        replace(edition, leave_out=tuple(dict.fromkeys(found.get(edition.name, ()))))
        for edition in config.editions
    )
    empty = (e.name for e in editions if e.leave_out and set(files) <= {*e.leave_out})
    return editions, (*problems, *_empty(empty, config))


def _no_chapter(one: LeftOut, files: Sequence[str]) -> Problem:
    message = f"no chapter of the book is called like that: {one.pattern}"
    guess = get_close_matches(one.pattern, files, n=1)
    hint = f"did you mean `{guess[0]}`?" if guess else ""
    return Problem(one.at, "no-file", message, hint)


def _empty(names: Iterator[str], config: Config) -> Iterator[Problem]:
    for name in names:
        at = next((one.at for one in config.left_out if one.edition == name), None)
        message = f"`{name}` leaves out every chapter of the book"
        yield Problem(at or Position(config.path), "empty-edition", message)
