"""What the tool calls a division: "Warning", "Theorem 2.3", "Answer 1.4"."""

from collections.abc import Iterator, Set
from dataclasses import replace

from publish.kinds import every, rewrite_where
from publish.language import labels
from publish.model import (
    ADMONITIONS,
    STATEMENTS,
    Attributes,
    Block,
    Book,
    Chapter,
    CiteKey,
    Division,
    Generated,
    Inline,
    Span,
)
from publish.transform.things import NO_BREAK, counted_as, label_of
from publish.walk import Rewrite

_CALLED = frozenset({*ADMONITIONS, *STATEMENTS})
_LABEL = Attributes(classes=("label",))


def label_divisions(book: Book) -> Book:
    """Divisions that are called something by the tool begin with that."""
    divisions = (d for chapter in book.chapters for d in every(chapter, Division))
    numbered = frozenset(d.attributes.id for d in divisions if d.number)
    chapters = (_label_in(chapter, numbered) for chapter in book.chapters)
    return replace(book, chapters=tuple(chapters))


def _label_in(chapter: Chapter, numbered: Set[str]) -> Chapter:
    """numbered: the names of divisions that have a number"""

    def change(block: Block) -> Block:
        if not isinstance(block, Division):
            return block
        language = block.attributes.get("lang") or chapter.language
        return _labelled(block, language, numbered)

    return rewrite_where(chapter, Rewrite(block=change), Division)


def _labelled(division: Division, language: str, numbered: Set[str]) -> Division:
    title = division.title
    if division.kind not in _CALLED or (title and division.kind in ADMONITIONS):
        return division
    label = Span("span", tuple(_words(division, language, numbered)), 0, _LABEL)
    if not title:
        return replace(division, title=(label,))
    words = (label, Generated(" ("), *title, Generated(")"))
    return replace(division, title=words)


def _words(division: Division, language: str, numbered: Set[str]) -> Iterator[Inline]:
    kind = counted_as(division)
    if kind and division.number:
        yield Generated(label_of(kind, division.number, language))
        return
    yield Generated(getattr(labels(language), division.kind.value))
    if division.answers in numbered:
        yield Generated(NO_BREAK)
        yield CiteKey(division.answers, division.line, bare=True)
