"""Words, as a task that a work of a test can be given."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    words: str

    def spelt(self) -> Iterator[str]:
        yield self.words
