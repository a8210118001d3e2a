"""What one file says of one source."""

from collections.abc import Mapping
from dataclasses import dataclass

from publish.problems import Position


@dataclass(frozen=True, slots=True)
class Record:
    """An entry of a bibliography file.

    key: what the text cites it by
    kind: type of BibLaTeX, in small letters: "book", "article"
    fields: by names of BibLaTeX in small letters; the values are text with the marks of
        `signs`, in braces where their capitals stay; addresses as they are
    """

    key: str
    kind: str
    fields: Mapping[str, str]
    at: Position
