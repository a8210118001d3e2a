"""Number the notes of each chapter."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from publish.language import in_digits
from publish.model import (
    Attributes,
    Blocks,
    Book,
    Chapter,
    Element,
    Inline,
    Note,
    NoteReference,
)
from publish.walk import Rewrite, called_notes


def number_notes(book: Book) -> Book:
    """Calls are numbered 1, 2, … in each chapter, in the order of the text.

    A note that nothing calls stays readable: it is set at the end of its chapter.
    """
    return replace(book, chapters=tuple(map(_number_chapter, book.chapters)))


def _number_chapter(chapter: Chapter) -> Chapter:
    if not chapter.notes:
        return chapter
    notes = {note.label: note for note in chapter.notes}
    count = _Count(notes, chapter.language)
    blocks = [*count.blocks(chapter.blocks)]
    numbered = [*count.notes()]
    for note in _callers_first(chapter.notes):
        if note.label not in count.numbers:
            inside = count.blocks(note.children)
            attributes = Attributes(classes=("uncalled-note",))
            blocks.append(Element("div", inside, note.line, attributes))
            numbered += count.notes()
    return replace(chapter, blocks=tuple(blocks), notes=count.called(numbered))


def _callers_first(notes: Sequence[Note]) -> list[Note]:
    """A note that only an uncalled note calls can still be a note."""
    called = {label for note in notes for label in called_notes(note.children)}
    return sorted(notes, key=lambda note: note.label in called)


class _Count:
    """What was called so far in one chapter.

    numbers: of the labels, in the order of their first calls
    """

    def __init__(self, notes: Mapping[str, Note], language: str) -> None:
        self._language = language
        self.numbers: dict[str, int] = {}
        self._notes = notes
        self._calls: dict[str, list[bool]] = {}
        self._in_note = False
        self._waiting: list[str] = []
        self._rewrite = Rewrite(inline=self._change)

    def blocks(self, blocks: Blocks) -> Blocks:
        return self._rewrite.blocks(blocks)

    def notes(self) -> Iterator[Note]:
        """The notes called since the last time, and those that they call in turn."""
        self._in_note = True
        for label in self._waiting:
            note = self._notes[label]
            mark = self._mark(self.numbers[label])
            yield replace(note, children=self.blocks(note.children), mark=mark)
        self._waiting.clear()
        self._in_note = False

    def called(self, notes: Sequence[Note]) -> tuple[Note, ...]:
        """With all calls of each."""
        return tuple(
            replace(note, calls=tuple(self._calls[note.label])) for note in notes
        )

    def _change(self, inline: Inline) -> Inline:
        if not isinstance(inline, NoteReference) or inline.label not in self._notes:
            return inline
        label = inline.label
        if label not in self.numbers:
            self.numbers[label] = len(self.numbers) + 1
            self._waiting.append(label)
        calls = self._calls.setdefault(label, [])
        calls.append(self._in_note)
        number, occurrence = self.numbers[label], len(calls)
        mark = self._mark(number)
        return replace(inline, number=number, occurrence=occurrence, mark=mark)

    def _mark(self, number: int) -> str:
        return in_digits(str(number), self._language)
