"""The whole program, in the order it happens."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from publish.check_book import check_book, check_claim, check_names
from publish.check_letters import check_letters
from publish.chosen import choose, file_name, with_chapter
from publish.crew import Executor
from publish.find_chapter import find_chapter
from publish.images import read_images
from publish.looks import style_of
from publish.making import begin_editions, finish_editions
from publish.manuscript import Manuscript, read_manuscript
from publish.model import Book, Edition, Proof
from publish.parse import parse
from publish.problems import Position, Problem
from publish.report import Report, in_order
from publish.style import Style
from publish.transform import transform
from publish.transform.edition import for_edition
from publish.wanted import ALL, Wanted
from publish.words import lost_in_tree
from publish.workshop import workshop

Progress = Callable[[str], None]


def build(
    where: Path,
    wanted: Wanted = ALL,
    *,
    executor: Executor | None = None,
    progress: Progress = lambda _step: None,
) -> Report:
    """Make the editions of one book. Writes nothing to disk.

    where: a folder, its `book.toml`, or one file of text
    executor: who does the work; None for processes of its own
    progress: told the name of each step as it begins

    Raises CommandError, and PublishError where there is no book to render. A book that
    renders but has faults comes back with them in `Report.problems`; of one chapter
    those that have to do with it.
    """
    if executor is None:
        with workshop() as own:
            return build(where, wanted, executor=own, progress=progress)
    progress("reading")
    manuscript = read_manuscript(where, executor)
    editions = choose(manuscript, wanted)
    parsed, said = parse(manuscript, executor)
    parsed, uncited = _cite(parsed, manuscript, executor)
    with _folder() as pictures:
        book, missing = read_images(
            parsed, manuscript.folder, manuscript.cover, pictures, executor
        )
        book = transform(replace(book, editions=manuscript.editions))
        seen, proof = _shown(book, wanted)
        held = {edition.name: for_edition(book, edition) for edition, _ in editions}
        editions = with_chapter(editions, held, proof)
        # Others set the pages, while this process looks for faults.
        at = Position(manuscript.folder / "book.toml")
        begun = begin_editions(
            book,
            editions,
            held,
            executor,
            proof,
            lambda edition: style_of(edition, manuscript.folder, at),
        )
        problems = [
            *manuscript.problems,
            *(problem for _, style in editions for problem in style.problems),
            *said,
            *uncited,
            *missing,
            *check_names(replace(parsed, editions=manuscript.editions)),
            *check_book(book),
            *check_claim(book, at),
            *check_letters(_lettered(editions, held, proof), manuscript.sources),
            *(() if wanted.draft else _lost(manuscript, book, seen, executor)),
        ]
        made, found = finish_editions(begun, progress)
    artifacts = tuple(
        replace(
            made[edition.name],
            name=file_name(book, edition, proof),
            edition=edition,
        )
        for edition, _ in editions
        if edition.name in made
    )
    return Report(artifacts, in_order(_about(seen, book, [*problems, *found])))


def _cite(
    book: Book, manuscript: Manuscript, executor: Executor
) -> tuple[Book, tuple[Problem, ...]]:
    """With what it cites put into words, where it says from which files."""
    if not manuscript.citing.files:
        return book, ()
    # Most books cite nothing.
    from publish.citations import cite_sources  # noqa: PLC0415

    return cite_sources(book, manuscript.citing, executor)


def _shown(book: Book, wanted: Wanted) -> tuple[Book, Proof]:
    """The book as if it had no chapters but those that are wanted; and how to make it
    so of the whole book."""
    if not wanted.only:
        return book, Proof(draft=wanted.draft, judged=wanted.judged)
    chapter = find_chapter(book, wanted.only)
    return replace(book, chapters=(chapter,)), Proof(
        chapter.name, wanted.draft, wanted.judged
    )


def _lettered(
    editions: Sequence[tuple[Edition, Style]], held: Mapping[str, Book], proof: Proof
) -> Iterator[tuple[Book, Style]]:
    """What is looked through for letters, and the style that must draw them."""
    for edition, style in editions:
        book = held[edition.name]
        if proof.only:
            shown = (c for c in book.chapters if c.name == proof.only)
            book = replace(book, chapters=tuple(shown))
        yield book, style


def _lost(
    manuscript: Manuscript, book: Book, seen: Book, executor: Executor
) -> Iterator[Problem]:
    """Words of the files that are not in the tree, but for those of other chapters."""
    others = {c.source for c in book.chapters} - {c.source for c in seen.chapters}
    sources = [source for source in manuscript.sources if source.file not in others]
    dialect = manuscript.dialect
    return lost_in_tree(sources, book.chapters, book.metadata, dialect, executor)


def _about(seen: Book, book: Book, problems: Iterable[Problem]) -> Iterator[Problem]:
    """All but those of chapters that are not seen."""
    written = {chapter.path for chapter in book.chapters if chapter.source}
    others = written - {chapter.path for chapter in seen.chapters}
    return (problem for problem in problems if problem.at.path not in others)


@contextmanager
def _folder() -> Iterator[Path]:
    """One that is thrown away when the block is left, however it is left."""
    # Windows does not remove a file that a process still reads.
    with TemporaryDirectory(prefix="publish-", ignore_cleanup_errors=True) as name:
        yield Path(name)
