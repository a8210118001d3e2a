"""A finished file, still in memory."""

from dataclasses import dataclass

from publish.problems import Problem


@dataclass(frozen=True, slots=True)
class Artifact:
    """name: file name without a folder, e.g. "the-lamp.epub"
    data: the whole file
    pages: how many pages it has; 0 for an EPUB
    problems: what its renderer had to say while making it
    """

    name: str
    data: bytes
    pages: int = 0
    problems: tuple[Problem, ...] = ()
