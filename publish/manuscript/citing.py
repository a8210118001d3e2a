"""Which sources a book cites from, and in what style."""

import re
from collections.abc import Iterator
from pathlib import Path

from publish.config import Config, Facts
from publish.manuscript.folder import Folder
from publish.manuscript.orders.yaml_file import line_of
from publish.manuscript.source import Citing
from publish.model import SourceLists
from publish.problems import Position, Problem, Severity


def citing_of(
    folder: Folder, facts: Facts, config: Config | None, speaker: str
) -> tuple[Citing, tuple[Problem, ...]]:
    """What a `book.toml`, another tool's file or front matter says of citations.

    speaker: the file that says it where ours does not
    """
    if not facts.bibliography:
        return Citing(), tuple(_idle(config))
    reader = _Reader(folder, config, speaker)
    files = tuple(reader.files(facts.bibliography))
    ours = bool(config and config.facts.csl)
    style_at = reader.at(facts.csl, "csl", ours=ours)
    style_file = reader.style_file(facts.csl, style_at) if facts.csl else None
    name = "" if style_file else facts.csl.removesuffix(".csl")
    also = (key.strip().lstrip("@") for words in facts.nocite for key in _keys(words))
    return Citing(
        files=files,
        style=name,
        style_file=style_file,
        style_at=style_at,
        lists=config.source_lists if config else SourceLists.BOOK,
        also=tuple(also) if files else (),
    ), tuple(reader.problems)


def _idle(config: Config | None) -> Iterator[Problem]:
    for key, at in config.places.items() if config else ():
        hint = 'name the file of your sources: bibliography = "…"'
        message = f"`{key}` is not used"
        yield Problem(at, "no-effect", message, hint, Severity.WARNING)


def _keys(words: str) -> list[str]:
    return [key for key in re.split(r"[\s,;]+", words) if key.strip("@")]


class _Reader:
    def __init__(self, folder: Folder, config: Config | None, speaker: str) -> None:
        self._folder, self._config, self._speaker = folder, config, speaker
        self.problems: list[Problem] = []

    def at(self, words: str, key: str, *, ours: bool) -> Position:
        if self._config and ours:
            return self._config.places[key]
        if not self._speaker:
            return self._folder.at("book.toml")
        text, _ = self._folder.read(self._speaker)
        return self._folder.at(self._speaker, line_of(text, words))

    def files(self, names: tuple[str, ...]) -> Iterator[tuple[Path, Position]]:
        ours = bool(self._config and self._config.facts.bibliography)
        for name in names:
            at = self.at(name, "bibliography", ours=ours)
            found = self._folder.locate(name, at)
            if isinstance(found, Problem):
                # Another tool may make the file while it builds.
                severity = Severity.ERROR if ours else Severity.WARNING
                self.problems.append(
                    Problem(at, found.code, found.message, found.hint, severity)
                )
            else:
                yield self._folder.path / found, at

    def style_file(self, words: str, at: Position) -> Path | None:
        """The file that is meant; None where it is a name, or no file is there."""
        if not words.endswith(".csl") and "/" not in words:
            return None
        found = self._folder.locate(words, at)
        if isinstance(found, Problem):
            # Its name may be known.
            if "/" in words:
                self.problems.append(found)
            return None
        return self._folder.path / found
