"""Quotation marks and apostrophes in the place of the straight signs of keyboards."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from publish.language import QuotationMarks, quotation_marks
from publish.model import (
    AS_TYPED,
    BY_LANGUAGE,
    Book,
    Chapter,
    Inline,
    Inlines,
    LineBreak,
    NoteReference,
    Text,
)
from publish.walk import WRAPPERS, Rewrite, rewrite_chapter

_APOSTROPHE = "’"
_STRAIGHT = re.compile("[\"']")
# Behind these a quotation begins.
_OPENERS = frozenset("([{<«‹„‚“‘¿¡—–-/\N{HORIZONTAL BAR}")
_STOPS = frozenset(".,;:!?)]}")
_PAUSES = frozenset(".,;:!?—–")
# Words of which the beginning is left out, and not opened.
_SHORTENED = re.compile(r"(?:tis|twas|twere|twill|em|til|cause|bout|n|\d0s)\b", re.I)
# In the place of what is no text: code, a formula, a picture.
_WORD = "\N{OBJECT REPLACEMENT CHARACTER}"


def set_quotes(book: Book) -> Book:
    """Straight signs become those of the language of their chapter, or the four that
    the author wants. Code keeps its own, and so do inches and minutes."""
    if book.quotes in {"", AS_TYPED}:
        return book
    signs = "" if book.quotes == BY_LANGUAGE else book.quotes
    marks = quotation_marks(book.metadata.language, signs)
    title, subtitle = (
        _set(words, marks) for words in (book.metadata.title, book.metadata.subtitle)
    )
    return replace(
        book,
        metadata=replace(book.metadata, title=title, subtitle=subtitle),
        chapters=tuple(_in_chapter(chapter, signs) for chapter in book.chapters),
    )


def _in_chapter(chapter: Chapter, signs: str) -> Chapter:
    marks = quotation_marks(chapter.language, signs)
    chapter = rewrite_chapter(chapter, _Setting(marks))
    return replace(chapter, title=_set(chapter.title, marks))


class _Setting(Rewrite):
    """Every paragraph, heading or cell by itself."""

    def __init__(self, marks: QuotationMarks) -> None:
        super().__init__()
        self._marks = marks

    def inlines(self, inlines: Inlines) -> Inlines:
        text = "".join(map(_plain, inlines))
        if not _STRAIGHT.search(text):
            return inlines
        return _Pieces(dict(_signs(text, self._marks))).inlines(inlines)


def _plain(inline: Inline) -> str:
    """A text as long as what `_Pieces` counts."""
    match inline:
        case Text(value):
            return value
        case LineBreak():
            return "\n"
        case NoteReference():
            return ""
    if isinstance(inline, WRAPPERS):
        return "".join(map(_plain, inline.children))
    return _WORD


class _Pieces:
    """Sets the signs of a paragraph, wherever in it they stand."""

    def __init__(self, signs: Mapping[int, str]) -> None:
        self._signs = signs
        self._at = 0

    def inlines(self, inlines: Inlines) -> Inlines:
        return tuple(map(self._inline, inlines))

    def _inline(self, inline: Inline) -> Inline:
        if isinstance(inline, WRAPPERS):
            return replace(inline, children=self.inlines(inline.children))
        begin, self._at = self._at, self._at + len(_plain(inline))
        if not isinstance(inline, Text):
            return inline
        letters = enumerate(inline.value, begin)
        return Text("".join(self._signs.get(at, letter) for at, letter in letters))


def _set(words: str, marks: QuotationMarks) -> str:
    (text,) = _Setting(marks).inlines((Text(words),))
    return text.value if isinstance(text, Text) else words


@dataclass(slots=True)
class _Open:
    """at: of a sign that begins something; sign: the one that was typed"""

    at: int
    sign: str


def _signs(text: str, marks: QuotationMarks) -> Iterator[tuple[int, str]]:
    """What is set in the place of the straight signs of a text, by where they stand."""
    opened: list[_Open] = []
    # Whether the sign that stands right before begins something.
    begins: dict[int, bool] = {}
    for found in _STRAIGHT.finditer(text):
        at, sign = found.start(), found[0]
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        is_apart = not before or before.isspace() or before in _OPENERS
        is_apart = begins.get(at - 1, is_apart)
        pair = _last(opened, sign)
        is_end = not after or after.isspace() or (pair is not None and after in _STOPS)
        begins[at] = is_apart and not is_end
        if sign == "'" and begins[at] and _SHORTENED.match(text, at + 1):
            begins[at] = False
            yield at, _APOSTROPHE
        elif begins[at]:
            opened.append(_Open(at, sign))
        elif sign == "'" and before.isalnum() and after.isalpha():
            yield at, _APOSTROPHE
        elif pair is None and before.isdigit():
            # Feet and inches, minutes and seconds: as they were typed.
            continue
        elif pair is not None:
            while (last := opened.pop()) is not pair:
                yield from _unclosed(last, text, marks)
            inner = sign == "'"
            yield pair.at, marks.inner_opening if inner else marks.opening
            yield at, marks.inner_closing if inner else marks.closing
        else:
            yield at, _APOSTROPHE if sign == "'" else marks.closing
    for one in opened:
        yield from _unclosed(one, text, marks)


def _unclosed(
    one: _Open, text: str, marks: QuotationMarks
) -> Iterator[tuple[int, str]]:
    """A quotation may go on in the next paragraph; a word whose beginning is left out
    does not, and stands within a sentence."""
    before = text[: one.at].rstrip()
    begins = before[-1] in _PAUSES if before else text[1:2].isupper()
    if one.sign == '"':
        yield one.at, marks.opening
    elif begins:
        yield one.at, marks.inner_opening
    else:
        yield one.at, _APOSTROPHE


def _last(opened: list[_Open], sign: str) -> _Open | None:
    return next((one for one in reversed(opened) if one.sign == sign), None)
