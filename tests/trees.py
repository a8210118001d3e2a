"""Makes small books for tests: trees by hand, or read from Markdown."""

from datetime import UTC, datetime
from pathlib import Path

from publish.images import read_images
from publish.manuscript.source import Manuscript, Source
from publish.model import (
    NO_NUMBERS,
    Attributes,
    Block,
    Book,
    Chapter,
    Heading,
    Inline,
    Metadata,
    Numbering,
    Numerals,
    Paragraph,
    Text,
)
from publish.parse import parse
from publish.problems import Problem

METADATA = Metadata(
    title="The Lamp",
    language="en",
    identifier="urn:uuid:12345678-1234-5678-9234-567812345678",
    modified=datetime(2020, 1, 1, tzinfo=UTC),
)

CHAPTERS = Numbering(chapters=Numerals.ARABIC)
SECTIONS = Numbering(chapters=Numerals.ARABIC, sections=2)


def book(*chapters: Chapter, numbering: Numbering = NO_NUMBERS) -> Book:
    return Book(METADATA, chapters, numbering=numbering)


def chapter(*blocks: Block, source: str = "one.md", name: str = "") -> Chapter:
    return Chapter(
        path=Path(source), source=source, language="en", blocks=blocks, name=name
    )


def heading(
    level: int, words: str, own_id: str = "", *, number: str = "", line: int = 1
) -> Heading:
    return Heading(level, (Text(words),), line, Attributes(own_id), number)


def paragraph(*inlines: Inline | str, line: int = 1) -> Paragraph:
    children = (Text(i) if isinstance(i, str) else i for i in inlines)
    return Paragraph(tuple(children), line)


def sources(files: dict[str, str]) -> tuple[Source, ...]:
    """Files of Markdown by name; a `.txt` is plain."""
    return tuple(
        Source(path=Path(name), file=name, text=text, plain=name.endswith(".txt"))
        for name, text in files.items()
    )


def read(files: dict[str, str] | str, metadata: Metadata = METADATA) -> Book:
    """The book that parsing gives. One text is `one.md`, and may be a whole book."""
    whole = isinstance(files, str)
    given = {"one.md": files} if isinstance(files, str) else files
    manuscript = Manuscript(
        folder=Path(),
        metadata=metadata,
        numbering=NO_NUMBERS,
        sources=sources(given),
        editions=(),
        whole=whole,
    )
    return parse(manuscript)[0]


def with_images(
    book: Book, folder: Path, cover: Path | None = None
) -> tuple[Book, tuple[Problem, ...]]:
    """The book with its pictures ready in a hidden folder beside the author's."""
    into = folder / ".ready"
    into.mkdir(exist_ok=True)
    return read_images(book, folder, cover, into)


def read_one(text: str) -> Chapter:
    """One chapter, as parsing gives it."""
    return read({"one.md": text}).chapters[0]
