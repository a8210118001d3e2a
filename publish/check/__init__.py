"""Check a finished EPUB, anybody's: by our own rules, and by judges from outside.

archive.py    the zip              xml.py      an XML file as a list of elements
package.py    the package document addresses.py, trace.py      where links lead
media.py      files by their bytes say.py      how a check says what it found
reading.py    goes through the files, once, with the rules by subject:
              container packaging spine manifest documents styles links navigation
              pages ncx claims access landmarks
shop.py       what shops refuse or ignore: profile.py, shop_rules.py,
              shop_cover_rules.py
epubcheck.py, ace.py   the judges  twins.py    what both found, said once
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from publish.check.ace import check_with_ace
from publish.check.archive import Archive, opened
from publish.check.epubcheck import check_epub, check_epubs
from publish.check.reading import read_epub
from publish.check.shop import Shop, check_for_shop, load_shop
from publish.check.twins import without_twins
from publish.problems import Problem, PublishError, Severity
from publish.shops import shop_names

__all__ = [
    "Shop",
    "check_by_rules",
    "check_epub",
    "check_epubs",
    "check_finished",
    "load_shop",
    "shop_names",
]
# What judges say when they are not there.
_MISSING = frozenset({"no-epubcheck", "no-java"})


def check_finished(path: Path, shops: Sequence[Shop] = ()) -> tuple[Problem, ...]:
    """All that there is to say of an EPUB, each thing once."""
    try:
        with opened(path) as archive:
            ours, names = tuple(_by_rules(archive, shops)), tuple(archive.entries)
    except PublishError as error:
        # What cannot be opened is laid before nobody else.
        return error.problems
    judged = [*map(_optional, check_epub(path)), *check_with_ace(path, names)]
    return (*ours, *without_twins(judged, ours))


def _optional(problem: Problem) -> Problem:
    if problem.code in _MISSING:
        return replace(problem, severity=Severity.NOTE)
    return problem


def check_by_rules(path: Path, shops: Sequence[Shop] = ()) -> tuple[Problem, ...]:
    """What our own rules find, without Java and without Node."""
    try:
        with opened(path) as archive:
            return tuple(_by_rules(archive, shops))
    except PublishError as error:
        return error.problems


def _by_rules(archive: Archive, shops: Sequence[Shop]) -> Iterator[Problem]:
    epub, problems = read_epub(archive)
    yield from problems
    if epub:
        for shop in shops:
            yield from check_for_shop(epub, shop)
