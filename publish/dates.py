"""The date of a book, as an author writes it and as an EPUB carries it."""

import re
from datetime import UTC, datetime

# 1904, 1904-05 or 1904-05-17 (W3C-DTF without a time).
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


def first_moment(date: str) -> datetime | None:
    """The first second of a year, month or day, UTC; None when there is no such one."""
    found = _DATE.fullmatch(date)
    if found is None:
        return None
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None


def is_date(words: str) -> bool:
    """Whether these words are a date that a book may carry."""
    return first_moment(words) is not None
