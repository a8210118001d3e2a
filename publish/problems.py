"""What can be wrong with a book, and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Severity(StrEnum):
    """How bad a problem is. Only an error makes `publish` exit with status 1.

    note: nothing is wrong; something was assumed that the author may want to know
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in one of the author's files.

    path: as the author would type it, relative to where they ran `publish`
    line: counted from 1; 0 when the problem is the file as a whole
    column: counted from 1; 0 when only the line is known
    """

    path: Path
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        place = str(self.path)
        if self.line:
            place += f":{self.line}"
            if self.column:
                place += f":{self.column}"
        return place


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing an author should know.

    code: stable kebab-case name, for tests and for searching the guide
    message: what is wrong, in the author's words, no full stop
    hint: what to do about it; empty when there is nothing useful to say
    """

    at: Position
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        text = f"{self.at}: {self.severity}: {self.message} [{self.code}]"
        if self.hint:
            text += f"\n  hint: {self.hint}"
        return text


class PublishError(Exception):
    """A stage has nothing to hand on. Carries every problem it found, not the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class UnknownEditionError(Exception):
    """The command names an edition that the book does not have."""
