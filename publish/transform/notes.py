"""Number the notes of each chapter."""

from dataclasses import replace

from publish.model import (
    Attributes,
    Book,
    Chapter,
    Element,
    Inline,
    Note,
    NoteReference,
)
from publish.walk import Rewrite


def number_notes(book: Book) -> Book:
    """Calls are numbered 1, 2, … in each chapter, in the order of the text.

    A note that nothing calls stays readable: it is set at the end of its chapter.
    """
    return replace(book, chapters=tuple(map(_number_chapter, book.chapters)))


def _number_chapter(chapter: Chapter) -> Chapter:
    if not chapter.notes:
        return chapter
    notes = {note.label: note for note in chapter.notes}
    count = _Count()
    rewrite = Rewrite(inline=count.change)
    blocks = rewrite.blocks(chapter.blocks)
    numbered: list[Note] = []
    # A note may call others, which are then counted after it.
    while len(numbered) < len(count.numbers):
        note = notes[list(count.numbers)[len(numbered)]]
        numbered.append(replace(note, children=rewrite.blocks(note.children)))
    unused = tuple(
        Element("div", note.children, note.line, Attributes(classes=("uncalled-note",)))
        for note in chapter.notes
        if note.label not in count.numbers
    )
    return replace(chapter, blocks=(*blocks, *unused), notes=tuple(numbered))


class _Count:
    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.calls: dict[str, int] = {}

    def change(self, inline: Inline) -> Inline:
        if not isinstance(inline, NoteReference):
            return inline
        number = self.numbers.setdefault(inline.label, len(self.numbers) + 1)
        self.calls[inline.label] = self.calls.get(inline.label, 0) + 1
        return replace(inline, number=number, occurrence=self.calls[inline.label])
