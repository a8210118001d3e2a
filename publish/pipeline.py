"""The whole program, in the order it happens."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from publish.artifact import Artifact
from publish.check_book import check_book
from publish.check_letters import check_letters
from publish.crew import Executor
from publish.epub import render_epub
from publish.images import read_images
from publish.manuscript import Manuscript, read_manuscript
from publish.model import Book, Edition, Format
from publish.parse import parse
from publish.problems import Position, Problem, PublishError, UnknownEditionError
from publish.report import Report, in_order
from publish.style import Style, load_style
from publish.transform import transform
from publish.transform.anchors import slug
from publish.words import lost_in_tree
from publish.workshop import workshop

if TYPE_CHECKING:
    from publish.pdf import RunningPdf

# Signs of a title that a file name needs to be known by.
LONGEST_NAME = 60

Progress = Callable[[str], None]


def build(
    where: Path,
    *,
    editions: Sequence[str] = (),
    formats: Sequence[Format] = (),
    executor: Executor | None = None,
    progress: Progress = lambda _step: None,
) -> Report:
    """Make the editions of one book. Writes nothing to disk.

    where: a folder, its `book.toml`, or one file of text
    editions, formats: only these; empty for all
    executor: who does the work; None for processes of its own
    progress: told the name of each step as it begins

    Raises UnknownEditionError, and PublishError where there is no book to render. A
    book that renders but has faults comes back with them in `Report.problems`.
    """
    if executor is None:
        with workshop() as own:
            return build(
                where,
                editions=editions,
                formats=formats,
                executor=own,
                progress=progress,
            )
    progress("reading")
    manuscript = read_manuscript(where)
    wanted = _choose(manuscript, editions, formats)
    parsed, said = parse(manuscript, executor)
    with _folder() as pictures:
        book, missing = read_images(
            parsed, manuscript.folder, manuscript.cover, pictures, executor
        )
        book = transform(replace(book, editions=manuscript.editions))
        made, found = _render(book, wanted, executor, progress)
    problems = (
        *manuscript.problems,
        *said,
        *missing,
        *check_book(book),
        *check_letters(book, manuscript.sources, [style for _, style in wanted]),
        *lost_in_tree(manuscript.sources, book.chapters, book.metadata),
        *found,
    )
    return Report(made, in_order(problems))


@contextmanager
def _folder() -> Iterator[Path]:
    """One that is thrown away when the block is left, however it is left."""
    # Windows does not remove a file that a process still reads.
    with TemporaryDirectory(prefix="publish-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def _render(
    book: Book,
    wanted: Sequence[tuple[Edition, Style]],
    executor: Executor,
    progress: Progress,
) -> tuple[tuple[Artifact, ...], list[Problem]]:
    """Every edition that can be made, as wanted, and what is wrong with them."""
    made: dict[str, Artifact] = {}
    problems: list[Problem] = []
    # Print first: it has its own processes; this one makes the EPUB meanwhile.
    running = {
        edition.name: _start(book, edition, style, executor)
        for edition, style in wanted
        if edition.format is Format.PDF
    }
    for edition, style in wanted:
        if edition.format is Format.EPUB:
            progress(f"making {edition.name}")
            made[edition.name] = render_epub(book, edition, style, executor)
    for name, pdf in running.items():
        progress(f"making {name}")
        try:
            made[name] = pdf.finish()
        except PublishError as error:
            problems += error.problems
    artifacts = tuple(
        replace(made[edition.name], name=_file_name(book, edition))
        for edition, _ in wanted
        if edition.name in made
    )
    return artifacts, [*problems, *(p for a in artifacts for p in a.problems)]


def _start(
    book: Book, edition: Edition, style: Style, executor: Executor
) -> "RunningPdf":
    # An EPUB needs nothing of it.
    from publish.pdf import start_pdf  # noqa: PLC0415

    return start_pdf(book, edition, style, executor)


def _choose(
    manuscript: Manuscript, names: Sequence[str], formats: Sequence[Format]
) -> list[tuple[Edition, Style]]:
    """The editions asked for, in the order of the book, each with its style."""
    editions = manuscript.editions
    at = Position(manuscript.folder / "book.toml")
    known = [edition.name for edition in editions]
    for name in names:
        if name not in known:
            guess = get_close_matches(name, known, n=1) or known
            raise UnknownEditionError(
                f"no edition `{name}`; there is `{'`, `'.join(guess)}`"
            )
    chosen = [
        edition
        for edition in editions
        if (not names or edition.name in names)
        and (not formats or edition.format in formats)
    ]
    if not chosen:
        there = ", ".join(f"`{e.name}` ({e.format})" for e in editions)
        raise UnknownEditionError(f"no edition is both; there is {there}")
    return [(edition, load_style(edition.style, at)) for edition in chosen]


def _file_name(book: Book, edition: Edition) -> str:
    """ "the-lamp-paperback.pdf": after book and edition, in the book's script."""
    words = slug(book.metadata.title)[:LONGEST_NAME].strip("-") or "book"
    return f"{words}-{edition.name}.{edition.format}"
