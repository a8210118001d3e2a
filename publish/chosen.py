"""Which editions are to be made, and what their files are called."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from publish.find_chapter import chapter_word
from publish.looks import style_of
from publish.manuscript import Manuscript
from publish.model import Book, Edition, Format, Proof
from publish.problems import (
    CommandError,
    Position,
    Problem,
    PublishError,
    UnknownEditionError,
)
from publish.style import Style
from publish.transform.anchors import slug
from publish.wanted import Wanted

# Signs of a title that a file name needs to be known by.
LONGEST_NAME = 60
_HYPHENS = re.compile("-{2,}")


def choose(manuscript: Manuscript, wanted: Wanted) -> list[tuple[Edition, Style]]:
    """The editions asked for, in the order of the book, each with its style."""
    names, formats = wanted.editions, wanted.formats
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
        asked = " or ".join(f"`{format_}`" for format_ in formats)
        one = f"`{'`, `'.join(names)}`" if names else "no edition"
        verb = "is no" if names else "is a"
        raise UnknownEditionError(f"{one} {verb} {asked}; there is {there}")
    if wanted.only:
        chosen = _with_pages(chosen, named=bool(names or formats))
    return list(_styled(chosen, manuscript, at))


def _styled(
    chosen: Sequence[Edition], manuscript: Manuscript, at: Position
) -> Iterator[tuple[Edition, Style]]:
    problems: list[Problem] = []
    for edition in chosen:
        try:
            yield edition, style_of(edition, manuscript.folder, at)
        except PublishError as error:
            problems += error.problems
    if problems:
        # What is said of all editions is wrong in each.
        raise PublishError(dict.fromkeys((*problems, *manuscript.problems)))


def _with_pages(editions: Sequence[Edition], *, named: bool) -> list[Edition]:
    """Those for print. named: whether an author has asked for each of them"""
    without = [e.name for e in editions if e.format is not Format.PDF]
    if without and (named or len(without) == len(editions)):
        raise CommandError(
            f"one chapter is shown in its pages, and `{without[0]}` has none:"
            " an EPUB opens at any chapter"
        )
    return [edition for edition in editions if edition.name not in without]


def file_name(book: Book, edition: Edition, proof: Proof) -> str:
    """ "the-lamp-paperback.pdf": after book and edition, in the book's script. A proof
    does not take the place of the book."""
    words = slug(book.metadata.title)[:LONGEST_NAME].strip("-") or "book"
    shown = (c for c in book.chapters if c.name == proof.only)
    parts = [words, edition.name, *(chapter_word(c, book) for c in shown)]
    parts += ["draft"] * proof.draft
    return f"{_HYPHENS.sub('-', '-'.join(parts))}.{_ending(edition)}"


def _ending(edition: Edition) -> str:
    if edition.kindle:
        return "azw3"
    # Kobo knows its own by the name.
    return "kepub.epub" if edition.kobo else edition.format


def with_chapter(
    editions: Sequence[tuple[Edition, Style]], held: Mapping[str, Book], proof: Proof
) -> list[tuple[Edition, Style]]:
    """Those that hold the chapter that is shown, if it is one alone."""
    if not proof.only:
        return [*editions]
    holding = [
        (edition, style)
        for edition, style in editions
        if any(chapter.name == proof.only for chapter in held[edition.name].chapters)
    ]
    if not holding:
        names = "`, `".join(edition.name for edition, _ in editions)
        raise CommandError(f"`{names}` leaves this chapter out")
    return holding
