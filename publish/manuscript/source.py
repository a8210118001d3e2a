"""What reading a manuscript gives: its text, in order, and what is known of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from publish.dialect import Dialect
from publish.model import (
    MADE,
    Edition,
    Matter,
    Metadata,
    Numbering,
    Quotes,
    Role,
    SourceLists,
)
from publish.problems import Position, Problem


@dataclass(frozen=True, slots=True)
class Included:
    """A file that a listing shows.

    name: as it is written there
    text: empty where it cannot be read
    problem: what is wrong with it, at the file that names it; None for nothing
    """

    name: str
    text: str
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file of text, or the opening of a part that has no file.

    path: as `Position` wants it
    file: the same relative to the manuscript's folder, with slashes; empty for a part
        without a file
    text: newlines are "\\n"; what was front matter is blank lines, so that line
        numbers hold; empty for a part without a file
    plain: a `.txt`: blank lines part paragraphs and nothing is markup
    title: from its front matter, or of the part; empty for none
    label: what the other tool's contents calls it; empty for none
    role: from its front matter, its place or its name; None when nothing says
    language: BCP 47; empty when it is the book's
    numbered: None when nothing says
    depth: 0, or 1 and more where it stands below a part or another chapter
    included: the files that its listings may show
    """

    path: Path
    file: str
    text: str
    matter: Matter = Matter.BODY
    role: Role | None = None
    title: str = ""
    label: str = ""
    language: str = ""
    plain: bool = False
    numbered: bool | None = None
    depth: int = 0
    included: tuple[Included, ...] = ()

    def spelt(self) -> Iterator[str]:
        """See `publish.crew`."""
        yield repr(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citing:
    """How a book cites. It does where it names files of sources.

    files: of sources, each with the place that names it
    style: name of a style of CSL; empty for the usual one
    style_file: a style in a file of the manuscript; None for none
    also: keys of sources that are listed though nothing cites them, "*" for all
    """

    files: tuple[tuple[Path, Position], ...] = ()
    style: str = ""
    style_file: Path | None = None
    style_at: Position = field(default_factory=lambda: Position(Path("book.toml")))
    lists: SourceLists = SourceLists.BOOK
    also: tuple[str, ...] = ()

    @property
    def at(self) -> Position:
        """Where the first file is named."""
        return self.files[0][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """folder: as the author typed it; nothing outside it is ever read
    cover: a file inside the folder; None for none
    whole: there is one file, which may hold a whole book
    """

    folder: Path
    metadata: Metadata
    numbering: Numbering
    sources: tuple[Source, ...]
    editions: tuple[Edition, ...]
    cover: Path | None = None
    whole: bool = False
    made: tuple[Role, ...] = MADE
    dialect: Dialect = field(default_factory=Dialect)
    quotes: Quotes | None = None
    citing: Citing = field(default_factory=Citing)
    problems: tuple[Problem, ...] = ()
