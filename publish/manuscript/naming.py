"""The title and the language of a book, said or found out."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from publish.crew import NO_KIT, Executor, Files, Work
from publish.language import (
    GUESSABLE,
    guess_language,
    language_name,
    mistakable,
    script_of,
)
from publish.manuscript.source import Source
from publish.problems import Position, Problem, Severity

# How much of a file speaks for the language of its book; all but a dedication has it.
_VOTE = 4000

# Folders whose names say nothing of the book in them.
_ANY = frozenset(("src", "source", "docs", "doc", "text", "manuscript", "chapters"))


def readable_name(path: Path) -> str:
    """The name of a file or folder as a title: `the-lamp` is "The lamp"."""
    name = path.resolve().name
    if path.is_dir() and name.casefold() in _ANY:
        # mdBook's `src` is called after the folder it is in.
        name = path.resolve().parent.name or name
    name = (path.stem if path.is_file() else name).replace("_", " ").strip()
    words = name if " " in name else name.replace("-", " ").strip()
    return words[:1].upper() + words[1:] or "Untitled"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the data of a book is said.

    file: the one file that is the whole manuscript, by its name; empty for a folder
    """

    folder: Path
    file: str = ""

    @property
    def position(self) -> Position:
        return Position(self.folder / self.file)


@dataclass(frozen=True, slots=True)
class Languages:
    """book: BCP 47; sources: with their own language where it is another"""

    book: str
    sources: tuple[Source, ...]
    problems: tuple[Problem, ...]


def settle_languages(
    said: str, sources: Iterable[Source], at: Place, executor: Executor
) -> Languages:
    """Guess what is not said.

    said: the language of the book, empty when nothing says
    executor: who reads what has no language of its own
    """
    sources = tuple(sources)
    guesses = _guesses(sources, executor)
    book = said or _commonest(sources, guesses)
    problems: tuple[Problem, ...] = ()
    if not said and not all(source.language for source in sources if source.file):
        problems = (_assumed(book or "en", bool(book), at),)
    book = book or "en"
    settled: list[Source] = []
    for source in sources:
        guess = guesses.get(source.path, "")
        if guess and _is_other(guess, book):
            problems += (_other(source, guess),)
            settled.append(replace(source, language=guess))
        elif source.language == book:
            settled.append(replace(source, language=""))
        else:
            settled.append(source)
    return Languages(book, tuple(settled), problems)


def _guesses(sources: tuple[Source, ...], executor: Executor) -> dict[Path, str]:
    """What each file that does not say it is written in."""
    unsaid = [source for source in sources if source.file and not source.language]
    begun = [
        executor.submit(Work(_guess, NO_KIT, _Words(source.text), here=True))
        for source in unsaid
    ]
    paths = (source.path for source in unsaid)
    return dict(zip(paths, executor.gather(begun), strict=True))


@dataclass(frozen=True, slots=True)
class _Words:
    text: str

    def spelt(self) -> Iterator[str]:
        yield self.text


def _guess(_kit: None, words: _Words, _files: Files) -> str:
    return guess_language(words.text)


def _commonest(sources: tuple[Source, ...], guesses: dict[Path, str]) -> str:
    """The language of most of the text; of the first file when several have as much."""
    votes: dict[str, int] = {}
    for source in sources:
        language = source.language or guesses.get(source.path, "")
        if language:
            votes[language] = votes.get(language, 0) + min(len(source.text), _VOTE)
    return max(votes, key=votes.__getitem__, default="")


def _is_other(guess: str, book: str) -> bool:
    if guess == book or mistakable(guess, book):
        return script_of(guess) != script_of(book) and guess.startswith("zh")
    # A book in Breton may be taken for French all through: only another script is
    # proof against a language that no guess can give.
    known = book in GUESSABLE or book.split("-", maxsplit=1)[0] in GUESSABLE
    return known or script_of(guess) != script_of(book)


def _assumed(language: str, guessed: bool, at: Place) -> Problem:
    name = language_name(language)
    why = f"it reads like {name}" if guessed else f"taken for {name}"
    return Problem(
        at.position,
        "assumed-language",
        f"the language was not said, {why}",
        how_to_say("language", language, at),
        Severity.NOTE,
    )


def _other(source: Source, language: str) -> Problem:
    return Problem(
        Position(source.path),
        "other-language",
        f"this file reads like {language_name(language)} and not like its book",
        "`language: …` in its front matter says otherwise",
        Severity.NOTE,
    )


def how_to_say(key: str, words: str, at: Place) -> str:
    """What to paste, and where."""
    value = json.dumps(words, ensure_ascii=False)
    if at.file and not at.file.lower().endswith(".txt"):
        key = "author" if key == "people" else key
        return f"begin the file with three lines: `---`, `{key}: {value}`, `---`"
    listed = f"[{value}]" if key in {"people", "authors", "bibliography"} else value
    where = "say it in book.toml"
    if at.file:
        where = "put the file into a folder with a book.toml that says"
    return f"{where} under [book]: {key} = {listed}"


def note_of_author(at: Place, *, foreign: bool) -> Problem:
    """Says that the book has no author.

    foreign: there is a `book.toml` of another tool
    """
    key = "authors" if foreign else "people"
    return Problem(
        at.position,
        "no-author",
        "nothing says who wrote the book",
        how_to_say(key, "Your Name", at),
        Severity.NOTE,
    )


def notes_of_title(title: str, where: str, at: Place) -> Iterator[Problem]:
    """Says which title was assumed.

    where: what it was taken from
    """
    yield Problem(
        at.position,
        "assumed-title",
        f"the title was not said, {where} gives “{title}”",
        how_to_say("title", title, at),
        Severity.NOTE,
    )
