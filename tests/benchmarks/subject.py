"""What a benchmark is asked and what it answers."""

import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """corpora: a folder of folders, each a book
    only: name of the one book that is wanted, or of a part; empty for all
    runs: how often a comparison is repeated
    folder: for the books that are made
    """

    corpora: Path
    only: str
    runs: int
    folder: Path


@dataclass(frozen=True, slots=True)
class Figures:
    """text: Markdown for people
    data: the same, and more, as `json.dumps` takes it
    """

    text: str
    data: dict[str, object]

    def __add__(self, more: "Figures") -> "Figures":
        return Figures(f"{self.text}\n\n{more.text}", self.data | more.data)


def say(words: str) -> None:
    """Tell people how far it is; what is measured goes to standard output."""
    sys.stderr.write(f"{words}\n")
