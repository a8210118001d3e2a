"""Find the blocks that cannot be set, and set their words in their place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from publish.model import (
    Block,
    Blocks,
    Book,
    Chapter,
    CodeBlock,
    Contents,
    Division,
    Element,
    Index,
    Note,
    NoteList,
    Paragraph,
    Plain,
    Quote,
    Text,
)
from publish.problems import Position, Problem
from publish.walk import chapter_blocks, own_inlines, plain_text, walk_blocks

Sets = Callable[[Book], bool]


def without_failing(book: Book, sets: Sets) -> tuple[Book, tuple[Problem, ...]]:
    """The book with each block that cannot be set made a plain paragraph.

    sets: whether a book with these chapters can be laid out
    book: that cannot be laid out
    A block that stops WeasyPrint alone is found by halving. Where only several
    together do, their chapter is made plain. To lay out is what takes the time: nothing
    is laid out whose end is known.
    """
    searches = [_Search(book, chapter, sets) for chapter in book.chapters]
    *others, longest = sorted(searches, key=_Search.length)
    failing = [search for search in others if not search.sets_alone()]
    if not failing or not longest.sets_alone():
        failing.append(longest)
    chapters = tuple(s.mended() if s in failing else s.chapter for s in searches)
    problems = tuple(problem for search in searches for problem in search.problems)
    return replace(book, chapters=chapters), problems


# Blocks that may be set but for one of those in them.
_Holder = Quote | Division | Element


@dataclass(slots=True, eq=False)
class _Search:
    book: Book
    chapter: Chapter
    sets: Sets
    problems: list[Problem] = field(default_factory=list)

    def length(self) -> int:
        return sum(1 for _ in chapter_blocks(self.chapter))

    def sets_alone(self) -> bool:
        return self._chapter_sets(self.chapter)

    def mended(self) -> Chapter:
        """The chapter, which fails, without what makes it fail."""
        chapter = self.chapter
        if not chapter.notes or self._fails(chapter.blocks):
            chapter = replace(chapter, blocks=self._mend(chapter.blocks))
            if self._chapter_sets(chapter):
                return chapter
        if chapter.notes:
            notes = tuple(self._mended_note(note) for note in chapter.notes)
            chapter = replace(chapter, notes=notes)
            if self._chapter_sets(chapter):
                return chapter
        plain = tuple(self._plain(block) for block in chapter.blocks)
        notes = tuple(map(_plain_note, chapter.notes))
        return replace(chapter, blocks=plain, notes=notes)

    def _mended_note(self, note: Note) -> Note:
        if self._fails(note.children):
            return replace(note, children=self._mend(note.children))
        return note

    def _chapter_sets(self, chapter: Chapter) -> bool:
        return self.sets(replace(self.book, chapters=(chapter,), contents=()))

    def _fails(self, blocks: Blocks) -> bool:
        alone = replace(self.chapter, blocks=blocks, notes=())
        return not self._chapter_sets(alone)

    def _mend(self, blocks: Blocks) -> Blocks:
        """blocks: that fail together: so does their second half where their first does
        not, but for what only fails together with something in the other"""
        if len(blocks) <= 1:
            return tuple(map(self._mend_one, blocks))
        half = len(blocks) // 2
        first, second = blocks[:half], blocks[half:]
        if not self._fails(first):
            return (*first, *self._mend(second))
        return (*self._mend(first), *self._mended_if_failing(second))

    def _mended_if_failing(self, blocks: Blocks) -> Blocks:
        return self._mend(blocks) if self._fails(blocks) else blocks

    def _mend_one(self, block: Block) -> Block:
        if not self._fails((block,)):
            return block
        if isinstance(block, _Holder) and self._fails(block.children):
            return replace(block, children=self._mend(block.children))
        return self._plain(block)

    def _plain(self, block: Block) -> Block:
        if isinstance(block, Paragraph | Plain) and not self._fails((block,)):
            return block
        line = _line(block)
        self.problems.append(
            Problem(
                Position(self.chapter.path, line),
                "pdf-render",
                f"{_kind(block)} cannot be set in print; its words stand as plain text",
                hint="make it simpler, or part it in two",
            )
        )
        return Paragraph((Text(_words(block)),), line)


def _plain_note(note: Note) -> Note:
    words = " ".join(map(_words, note.children))
    return replace(note, children=(Paragraph((Text(words),), note.line),))


def _words(block: Block) -> str:
    return " ".join(filter(None, _pieces(block)))


def _pieces(block: Block) -> Iterator[str]:
    for inside in walk_blocks((block,)):
        if isinstance(inside, CodeBlock):
            yield " ".join(inside.text.split())
        else:
            yield plain_text(own_inlines(inside))


def _line(block: Block) -> int:
    return 0 if isinstance(block, Contents | NoteList | Index) else block.line


def _kind(block: Block) -> str:
    """A block as an author would call it."""
    if isinstance(block, Element):
        return f"this <{block.tag}>"
    names = {
        "BulletList": "list",
        "OrderedList": "list",
        "DefinitionList": "list",
        "CodeBlock": "code",
        "LineBlock": "verse",
        "PageBreak": "break",
        "SceneBreak": "break",
        "Plain": "text",
    }
    name = type(block).__name__
    return f"this {names.get(name, name.lower())}"
