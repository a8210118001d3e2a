"""One file of text, read: its settings checked, its text without them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from publish.language import is_language_tag, language_hint
from publish.manuscript.folder import Folder
from publish.manuscript.front_matter import split_front_matter
from publish.manuscript.included import read_included
from publish.manuscript.roles import role_hint, role_of_word
from publish.manuscript.settings import Settings
from publish.manuscript.source import Included
from publish.model import Role
from publish.problems import Position, Problem

# Room for the index with nothing above it but a heading.
_INDEX = re.compile(
    r"\s*(?:#[^\n]*\n\s*|[^\n]+\n(?:=+|-+)[ \t]*\n\s*)?"
    r":{3,}[ {.]*index[ }]*\n\s*:{3,}\s*"
)


@dataclass(frozen=True, slots=True)
class Page:
    """What a file says of itself, and its text.

    language: empty when it does not say
    numbered: None when it does not say
    included: the files that its listings may show
    """

    file: str
    text: str
    plain: bool = False
    settings: Settings = field(default_factory=Settings)
    title: str = ""
    role: Role | None = None
    language: str = ""
    numbered: bool | None = None
    problems: tuple[Problem, ...] = ()
    included: tuple[Included, ...] = ()


def read_page(folder: Folder, file: str) -> Page:
    """Read one file of text."""
    text, problems = folder.read(file)
    if file.lower().endswith(".txt"):
        return Page(file, text, plain=True, problems=problems)
    split = split_front_matter(text, folder.path / file)
    settings = split.settings
    check = _Check(settings, folder.at(file))
    return Page(
        file,
        split.text,
        settings=settings,
        title=check.title(),
        role=check.role() or (Role.INDEX if _INDEX.fullmatch(split.text) else None),
        language=check.language(),
        numbered=check.numbered(),
        problems=(*problems, *split.problems, *check.problems),
        included=tuple(read_included(folder, file, split.text)),
    )


class _Check:
    """Reads our own keys of front matter; what is wrong goes to `problems`."""

    def __init__(self, settings: Settings, at: Position) -> None:
        self._settings = settings
        self._at = at
        self.problems: list[Problem] = []

    def title(self) -> str:
        value = self._settings.values.get("title")
        # Pandoc's list of titles is read where it can be the book's.
        if isinstance(value, dict):
            self._wrong("title", "`title` must be words", "")
        return self._settings.text("title")

    def role(self) -> Role | None:
        word = self._settings.text("role")
        role = role_of_word(word) if word else None
        if word and role is None:
            self._wrong("role", f"there is no role `{word}`", role_hint(word))
        return role

    def language(self) -> str:
        for key in ("language", "lang"):
            if word := self._settings.text(key):
                tag = word.replace("_", "-")
                if is_language_tag(tag):
                    return tag
                message = f"`{word}` is no language tag"
                self._wrong(key, message, language_hint(word))
        return ""

    def numbered(self) -> bool | None:
        for key, value in self._said("numbering", "numbered"):
            if isinstance(value, bool):
                return value
            word = str(value).casefold()
            if word in _NUMBERED:
                return _NUMBERED[word]
            message = f"`{key}` must be true or false"
            self._wrong(key, message, "")
        return None

    def _said(self, *keys: str) -> Iterator[tuple[str, Any]]:
        values = self._settings.values
        return ((key, values[key]) for key in keys if values.get(key) is not None)

    def _wrong(self, key: str, message: str, hint: str) -> None:
        at = Position(self._at.path, self._settings.line(key))
        self.problems.append(Problem(at, "bad-value", message, hint))


_NUMBERED = {
    "none": False,
    "no": False,
    "off": False,
    "false": False,
    "yes": True,
    "on": True,
    "true": True,
    "chapters": True,
    "sections": True,
}
