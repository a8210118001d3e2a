"""Look for speech that became a list: a hyphen and a space begin one in Markdown, and
in many languages a dash begins what somebody says."""

import re
from collections.abc import Iterator, Sequence

from publish.kinds import blocks_where, holds
from publish.model import (
    Book,
    BulletList,
    Chapter,
    Emphasis,
    LineBreak,
    ListItem,
    NoteReference,
    Paragraph,
    Plain,
    Text,
)
from publish.problems import Position, Problem, Severity
from publish.walk import plain_text, walk_inlines

# Where dialogue is set so.
_DASHED = frozenset(
    {
        *("be", "bg", "ca", "da", "el", "es", "et", "eu", "fi", "fr", "gl", "hu", "it"),
        *("lt", "lv", "mk", "nb", "nn", "no", "pl", "pt", "ro", "ru", "sr", "sv", "tr"),
        "uk",
    }
)
_OPENING, _CLOSING = " «“\"'¿¡(…", " »”\"')"
_ENDS = (".", "!", "?", "…")
# Who speaks goes on in small letters: behind a mark, or behind another dash. What goes
# on behind … may have named a command, such as “Save as…”.
_TOLD = re.compile(r"(?:[?!][»”\"]?|[,.?!…] [-–—]) ?([^\W\d_]{3})")
# Items of lists in a chapter; and those that need no word of who speaks, if some of
# them ask or call out, one in so many at least.
_FEWEST, _MANY, _CALLS = 3, 8, 5
_CALL = re.compile("[?!…]")
# In so many items one may be something else.
_STRAY = 20


def check_dialogues(book: Book) -> Iterator[Problem]:
    """A note for the first list of the first chapter whose lists are speech."""
    found = [at for chapter in book.chapters for at in _in_chapter(chapter)]
    if not found:
        return
    more = len(found) - 1
    others = f"; so do lists of {more} more chapter{'s' * (more > 1)}" if more else ""
    message = (
        f"a hyphen and a space make a list of this, and it looks like speech{others}"
    )
    hint = "begin what somebody says with a dash, —, or with \\- in the place of -"
    yield Problem(found[0], "speech-as-list", message, hint, Severity.NOTE)


def _in_chapter(chapter: Chapter) -> Iterator[Position]:
    """Where the first of its lists stands, if they are speech."""
    language = chapter.language.partition("-")[0].lower()
    if language not in _DASHED or chapter.generated or not holds(chapter, BulletList):
        return
    lists = [b for b in blocks_where(chapter, BulletList) if isinstance(b, BulletList)]
    items = [item for one in lists for item in one.items]
    said = [words for item in items if (words := _speech(item))]
    is_all = len(said) + len(items) // _STRAY >= len(items) >= _FEWEST
    if is_all and (any(map(_is_told, said)) or _is_talk(said)):
        yield Position(chapter.path, lists[0].line)


def _speech(item: ListItem) -> str:
    """The words of an item that somebody may say; empty for any other."""
    match item.children:
        case (Paragraph(inlines) | Plain(inlines),) if item.checked is None:
            words = plain_text(inlines)
        case _:
            return ""
    is_plain = all(
        isinstance(one, Text | Emphasis | LineBreak | NoteReference)
        for one in walk_inlines(inlines)
    )
    begins = words.lstrip(_OPENING)[:1].isupper()
    ends = words.rstrip(_CLOSING).endswith(_ENDS)
    return words if is_plain and begins and ends else ""


def _is_talk(said: Sequence[str]) -> bool:
    calls = sum(1 for words in said if _CALL.search(words))
    return len(said) >= _MANY and len(said) / _CALLS <= calls < len(said)


def _is_told(words: str) -> bool:
    return any(found[1].islower() for found in _TOLD.finditer(words))
