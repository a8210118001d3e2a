"""What is known of a book before its text is read, from whatever file says it."""

import os
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Self

from publish.dates import first_moment
from publish.model import Accessibility, Person, Series, Subject

# The oldest moment a zip entry can hold, and what a book without any date says.
EPOCH = datetime(1980, 1, 1, tzinfo=UTC)

# Our own name space, so that nobody else's rule gives the same identifier.
_BOOKS = uuid.uuid5(uuid.NAMESPACE_DNS, "books.publish-press")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Book data from one place; what that place does not say is empty.

    published: 1904, 1904-05 or 1904-05-17
    cover: a file, relative to the manuscript's folder, with slashes
    bibliography: files of sources, as `cover`
    csl: name or file of a style of citations
    nocite: keys of sources that are listed though nothing cites them, "*" for all
    """

    title: str = ""
    subtitle: str = ""
    language: str = ""
    people: tuple[Person, ...] = ()
    publisher: str = ""
    rights: str = ""
    description: str = ""
    identifier: str = ""
    also_known: tuple[str, ...] = ()
    published: str = ""
    modified: datetime | None = None
    series: Series | None = None
    subjects: tuple[Subject, ...] = ()
    also_by: tuple[str, ...] = ()
    about: str = ""
    accessibility: Accessibility | None = None
    cover: str = ""
    bibliography: tuple[str, ...] = ()
    csl: str = ""
    nocite: tuple[str, ...] = ()

    def or_else(self, other: Self) -> Self:
        """These facts, with what is missing taken from *other*."""
        missing = {
            field.name: getattr(other, field.name)
            for field in fields(self)
            if not getattr(self, field.name)
        }
        return replace(self, **missing)


def identifier(title: str, people: Iterable[Person], language: str) -> str:
    """A `urn:uuid:` that the same title, people and language always give."""
    names = "\n".join(f"{person.role} {person.name}" for person in people)
    return uuid.uuid5(_BOOKS, f"{title}\n{names}\n{language}").urn


def modified(facts: Facts) -> datetime:
    """What the outputs say instead of the clock: never a time of a file or of now.

    The only place where the environment decides something about a book:
    `SOURCE_DATE_EPOCH`, https://reproducible-builds.org/specs/source-date-epoch/.
    """
    if facts.modified:
        return facts.modified
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    # Twelve digits would be the year 33658; a datetime ends with 9999.
    if re.fullmatch(r"[0-9]{1,11}", seconds):
        return max(EPOCH, datetime.fromtimestamp(int(seconds), UTC))
    # A book may be of 1904; no file of it can be.
    return max(EPOCH, first_moment(facts.published) or EPOCH)
