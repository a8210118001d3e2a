"""What goes to the process round WeasyPrint, and what comes back."""

from dataclasses import dataclass

from publish.artifact import Artifact
from publish.model import Book, Edition
from publish.problems import Problem
from publish.style import Style


@dataclass(frozen=True, slots=True)
class Job:
    book: Book
    edition: Edition
    style: Style


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no PDF."""

    problems: tuple[Problem, ...]


Answer = Artifact | Refusal
