"""Quotation marks and apostrophes in the place of the straight signs of keyboards."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from publish.kinds import rewrite_where
from publish.language import QuotationMarks, quotation_marks
from publish.model import (
    Block,
    Book,
    Chapter,
    Image,
    IndexMark,
    Inline,
    Inlines,
    LineBreak,
    Metadata,
    NoteReference,
    Span,
    TermReference,
    Text,
)
from publish.walk import UNMARKED, WRAPPERS, Rewrite, rewrite_chapter

_APOSTROPHE = "’"
_NO_BREAK = "\N{NO-BREAK SPACE}"
_STRAIGHT = re.compile("[\"']")
# Behind these a quotation begins.
_OPENERS = frozenset("([{<«‹„‚“‘¿¡—–-/\N{HORIZONTAL BAR}")
# Before these, and behind them, it ends, or a word is left out.
_STOPS, _PAUSES = frozenset(".,;:!?)]}—–"), frozenset('.,;:!?—–"“')
# Words of which the beginning is left out, and not opened: of English, Dutch, German;
# and years.
_SHORTENED = re.compile(
    r"(?:t(?:is|was|were|will|isn)|em|til|cause|bout|nuff|n|[stmkr](?!')|\d\ds?(?!'))\b",
    re.IGNORECASE,
)
# Scripts that set no spaces between words.
_UNSPACED = re.compile("[\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]")
_HEBREW = re.compile("[\u0590-\u05ff]")
# In the place of what is no text: code, a formula, a picture.
_WORD = "\N{OBJECT REPLACEMENT CHARACTER}"


def set_quotes(book: Book) -> Book:
    """Straight signs become those of their language, or the four that the author wants.
    Code keeps its own, and so do inches and minutes."""
    if book.quotes is None or book.quotes.as_typed:
        return book
    signs = book.quotes.signs
    marks = quotation_marks(book.metadata.language, signs)
    return replace(
        book,
        metadata=_in_metadata(book.metadata, marks),
        chapters=tuple(_in_chapter(chapter, signs) for chapter in book.chapters),
    )


def _in_metadata(data: Metadata, marks: QuotationMarks) -> Metadata:
    """All that a reader sees of it."""
    people = (replace(one, name=_set(one.name, marks)) for one in data.people)
    series = data.series
    return replace(
        data,
        title=_set(data.title, marks),
        subtitle=_set(data.subtitle, marks),
        people=tuple(people),
        publisher=_set(data.publisher, marks),
        rights=_set(data.rights, marks),
        series=replace(series, name=_set(series.name, marks)) if series else None,
        also_by=tuple(_set(title, marks) for title in data.also_by),
        about=_set(data.about, marks),
    )


def _in_chapter(chapter: Chapter, signs: str) -> Chapter:
    def in_block(block: Block) -> Block:
        language = "" if isinstance(block, UNMARKED) else block.attributes.get("lang")
        if not language:
            return block
        (inside,) = _Setting(language, signs).blocks((block,))
        return inside

    # What is in another language first: nothing is left there for the chapter's.
    chapter = rewrite_where(chapter, Rewrite(block=in_block), "lang")
    marks = quotation_marks(chapter.language, signs)
    chapter = rewrite_chapter(chapter, _Setting(chapter.language, signs))
    return replace(chapter, title=_set(chapter.title, marks))


class _Setting(Rewrite):
    """Every paragraph, heading or cell by itself."""

    def __init__(self, language: str, signs: str) -> None:
        super().__init__()
        self._own = signs
        self._marks = quotation_marks(language, signs)

    def inlines(self, inlines: Inlines) -> Inlines:
        text = "".join(map(_plain, inlines))
        signs = dict(_Signs(text, self._marks).all())
        return _Pieces(signs, self._own).inlines(inlines, self._marks)


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
    """Sets the signs of a paragraph, wherever in it they stand.

    signs: what is set, by where in the paragraph
    own: see `Quotes.signs`
    """

    def __init__(self, signs: Mapping[int, str], own: str) -> None:
        self._signs, self._own = signs, own
        self._at = 0

    def inlines(self, inlines: Inlines, marks: QuotationMarks) -> Inlines:
        """marks: of the language they are in, for what stands beside the text"""
        return tuple(self._inline(inline, marks) for inline in inlines)

    def _inline(self, inline: Inline, marks: QuotationMarks) -> Inline:
        if not isinstance(inline, UNMARKED) and (own := inline.attributes.get("lang")):
            marks = quotation_marks(own, self._own)
        if isinstance(inline, WRAPPERS):
            inside = self.inlines(inline.children, marks)
            return _named(replace(inline, children=inside), marks)
        begin, self._at = self._at, self._at + len(_plain(inline))
        if isinstance(inline, Image):
            alt = _set(inline.alt, marks) if inline.alt else inline.alt
            return replace(inline, alt=alt, title=_set(inline.title, marks))
        if not isinstance(inline, Text):
            return inline
        letters = enumerate(inline.value, begin)
        return Text("".join(self._signs.get(at, letter) for at, letter in letters))


def _named(inline: Inline, marks: QuotationMarks) -> Inline:
    """Entries of the index and terms are called as they are in the text, and what an
    abbreviation stands for is written so."""

    def entries(said: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(_set(level, marks) for level in one) for one in said)

    match inline:
        case TermReference():
            return replace(inline, of=_set(inline.of, marks))
        case IndexMark(entries=said, see=see, see_also=also):
            return replace(
                inline, entries=entries(said), see=entries(see), see_also=entries(also)
            )
        case Span(tag="abbr", attributes=attributes):
            rest = (
                (name, _set(value, marks) if name == "title" else value)
                for name, value in attributes.rest
            )
            return replace(inline, attributes=replace(attributes, rest=tuple(rest)))
    return inline


def _set(words: str, marks: QuotationMarks) -> str:
    signs = dict(_Signs(words, marks).all())
    return "".join(signs.get(at, letter) for at, letter in enumerate(words))


@dataclass(frozen=True, slots=True)
class _Open:
    """at: of a sign that begins something; sign: the one that was typed"""

    at: int
    sign: str


@dataclass(slots=True)
class _Signs:
    """What is set in the place of the straight signs of a text.

    opened: what has begun and not ended
    begins: of each sign, whether something begins there
    """

    text: str
    marks: QuotationMarks
    opened: list[_Open] = field(default_factory=list)
    begins: dict[int, bool] = field(default_factory=dict)

    def all(self) -> Iterator[tuple[int, str]]:
        """Each with where it stands; a sign that stays is not among them."""
        for found in _STRAIGHT.finditer(self.text):
            yield from self._one(found.start(), found[0])
        for one in self.opened:
            yield from self._unclosed(one)

    def _one(self, at: int, sign: str) -> Iterator[tuple[int, str]]:
        before, after = self.text[at - 1 : at] if at else "", self.text[at + 1 : at + 2]
        pair = next((one for one in reversed(self.opened) if one.sign == sign), None)
        is_apostrophe = sign == "'" and (
            (before.isalnum() and after.isalpha())
            or (not before.isalnum() and _SHORTENED.match(self.text, at + 1))
        )
        self.begins[at] = not is_apostrophe and self._begins(at, before, after, pair)
        if is_apostrophe:
            yield at, _APOSTROPHE
        elif self.begins[at]:
            self.opened.append(_Open(at, sign))
        elif _HEBREW.match(before) and _HEBREW.match(after):
            # Gershayim: of a word that is an abbreviation.
            return
        elif pair is None and before.isdigit():
            # Feet and inches, minutes and seconds.
            return
        elif pair is None:
            yield at, _APOSTROPHE if sign == "'" else self._mark(at, closes=True)
        else:
            while (last := self.opened.pop()) is not pair:
                yield from self._unclosed(last)
            yield pair.at, self._mark(pair.at, closes=False)
            yield at, self._mark(at, closes=True)

    def _begins(self, at: int, before: str, after: str, pair: _Open | None) -> bool:
        if not after or (pair is not None and after in _STOPS):
            return False
        is_first = pair is None
        if after.isspace():
            # Who sets spaces within as the French do opens and closes in turn.
            return (
                is_first and self.text[at] == '"' and (not before or before.isspace())
            )
        if not before or before.isspace():
            return True
        if at - 1 in self.begins:
            return self.begins[at - 1] or (is_first and after.isalnum())
        if _UNSPACED.match(before) or _UNSPACED.match(after):
            return is_first
        return before in _OPENERS or (is_first and not before.isalnum())

    def _unclosed(self, one: _Open) -> Iterator[tuple[int, str]]:
        """A quotation may go on in the next paragraph; a word whose beginning is left
        out does not, and stands within a sentence."""
        before = self.text[: one.at].rstrip()
        is_quotation = (
            before[-1] in _PAUSES
            if before
            else self.text[one.at + 1 : one.at + 2].isupper()
        )
        if one.sign == '"' or is_quotation:
            yield one.at, self._mark(one.at, closes=False)
        else:
            yield one.at, _APOSTROPHE

    def _mark(self, at: int, *, closes: bool) -> str:
        marks = self.marks
        pairs = {
            '"': (marks.opening, marks.closing),
            "'": (marks.inner_opening, marks.inner_closing),
        }
        mark = pairs[self.text[at]][closes]
        beside = self.text[at - 1 : at] if closes else self.text[at + 1 : at + 2]
        # The space that belongs there is there.
        return mark.strip(_NO_BREAK) if beside.isspace() else mark
