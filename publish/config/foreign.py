"""Another tool's `book.toml`, recognised by its keys."""

from typing import Any

from publish.config.facts import Facts
from publish.config.keys import BOOK, FILE
from publish.model import Person

# What mdBook has and we do not: https://rust-lang.github.io/mdBook/format/configuration/
_TABLES = frozenset(("output", "preprocessor", "build", "rust"))
_KEYS = frozenset(("src", "multilingual", "text-direction"))


def is_foreign(table: dict[str, Any], *, summary: bool) -> bool:
    """Whether a `book.toml` was written for another tool.

    summary: whether a `SUMMARY.md` stands beside it or in its `src`
    """
    book = table.get("book")
    keys = frozenset(book) if isinstance(book, dict) else frozenset()
    if "contents" in table or "editions" in table or "people" in keys:
        return False
    if _TABLES & table.keys() or _KEYS & keys or (summary and "authors" in keys):
        return True
    ours = FILE.keys.keys() | BOOK.keys.keys()
    return bool(table) and not ours & table.keys()


def foreign_facts(table: dict[str, Any]) -> tuple[Facts, str]:
    """Title, people and language, and the folder of the text ("" for the same)."""
    book = table.get("book", table)
    if not isinstance(book, dict):
        return Facts(), ""
    authors = book.get("authors", book.get("author", []))
    names = [authors] if isinstance(authors, str) else authors
    people = names if isinstance(names, list) else []
    facts = Facts(
        title=_text(book, "title"),
        language=_text(book, "language"),
        description=_text(book, "description"),
        people=tuple(Person(name) for name in people if isinstance(name, str) and name),
    )
    # The folder that mdBook takes when nothing is said.
    return facts, _text(book, "src") or ("src" if "book" in table else "")


def _text(table: dict[str, Any], key: str) -> str:
    value = table.get(key, "")
    return value.strip() if isinstance(value, str) else ""
