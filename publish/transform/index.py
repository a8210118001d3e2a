"""Make the index of the book from the marks in its text."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count, groupby
from typing import TypeGuard

from publish.kinds import chapter_ids, every, holds, rewrite_where
from publish.language import alphabet, labels, list_stops
from publish.model import (
    Attributes,
    Block,
    Blocks,
    Book,
    Chapter,
    Division,
    Element,
    Generated,
    Heading,
    Index,
    IndexEntry,
    IndexGroup,
    IndexMark,
    IndexReference,
    Inline,
    Levels,
    Matter,
    Paragraph,
    Role,
    Shown,
)
from publish.transform.anchors import Taken, unique
from publish.transform.index_marks import (
    Gathered,
    Growing,
    entries_of,
    gather,
    holds_index,
    is_place,
)
from publish.walk import (
    Rewrite,
    has_words,
    walk_blocks,
)

# What stands behind the index (Chicago Manual of Style, 1.4).
_BEHIND = frozenset(
    {Role.ERRATA, Role.CREDITS, Role.OTHER_CREDITS, Role.CONTRIBUTORS, Role.COLOPHON}
)


def place_index(book: Book) -> Book:
    """An empty division `::: index` becomes the index. Where there is none, and no file
    that is an index, marks in the text get a chapter for it behind the others.

    The index ends its chapter: what stood behind it could not have a page of its own
    before all of the index has.
    """
    book = replace(book, chapters=tuple(map(_with_index, book.chapters)))
    if any(c.role is Role.INDEX or holds_index(c) for c in book.chapters):
        return book
    if not any(map(_is_marked, book.chapters)):
        return book
    end = len(book.chapters)
    while end > 1 and book.chapters[end - 1].role in _BEHIND:
        end -= 1
    before, behind = book.chapters[:end], book.chapters[end:]
    return replace(book, chapters=(*before, _made(book), *behind))


def is_asked_for(block: Block, name: str) -> TypeGuard[Element]:
    """Whether an author asks for a list with an empty division of that class."""
    if not isinstance(block, Element) or block.tag != "div":
        return False
    return name in block.attributes.classes and not has_words(block.children)


def _is_marked(chapter: Chapter) -> bool:
    return any(map(entries_of, every(chapter, IndexMark)))


def _with_index(chapter: Chapter) -> Chapter:
    if not holds(chapter, Element):
        return chapter
    if not any(is_asked_for(block, "index") for block in walk_blocks(chapter.blocks)):
        return chapter
    rest = Rewrite(block=_without).blocks(chapter.blocks)
    words = labels(chapter.language).index
    if not rest and not chapter.title:
        rest = (Heading(1, (Generated(words),), 0),)
    if chapter.role is Role.CHAPTER and _is_all(chapter.blocks):
        chapter = replace(chapter, role=Role.INDEX, matter=Matter.BACK, numbered=False)
    index: Block = Index(title="" if chapter.role is Role.INDEX else words)
    if shown := _condition(chapter.blocks):
        index = Element("div", (index,), 0, Attributes(shown=shown))
    return replace(chapter, blocks=(*rest, index))


def _condition(blocks: Blocks) -> Shown | None:
    """In which editions the index is asked for; None for all of them."""
    for block in blocks:
        asked = (is_asked_for(inside, "index") for inside in walk_blocks((block,)))
        if any(asked) and isinstance(block, Element | Division):
            return block.attributes.shown or _condition(block.children)
    return None


def _without(block: Block) -> Block | None:
    return None if is_asked_for(block, "index") else block


# Paragraphs above an index that say how to use it; with more it is a chapter that
# ends in one.
_WORDS_ABOVE = 3


def _is_all(blocks: Blocks) -> bool:
    """Whether the place for the index has nothing beside it but its heading and some
    words about it above."""
    others = [block for block in blocks if not is_asked_for(block, "index")]
    if all(isinstance(block, Heading) for block in others):
        return True
    words = others[1:] if isinstance(others[0], Heading) else others
    above = is_asked_for(blocks[-1], "index") and len(words) <= _WORDS_ABOVE
    return above and all(isinstance(block, Paragraph) for block in words)


def _made(book: Book) -> Chapter:
    language = book.metadata.language
    words = labels(language).index
    return Chapter(
        path=book.chapters[0].path.parent,
        source="",
        language=language,
        blocks=(Heading(1, (Generated(words),), 0), Index()),
        title=words,
        role=Role.INDEX,
        matter=Matter.BACK,
        numbered=False,
        generated=True,
    )


def fill_index(book: Book) -> Book:
    """Every mark gets an anchor, which is unique in the book: a note may move from one
    chapter to another. The index gets its entries. A second time finds them anew.
    """
    if not any(map(holds_index, book.chapters)):
        return book
    ids = (name for chapter in book.chapters for name in chapter_ids(chapter))
    anchors = _Anchors(dict.fromkeys(ids, 0))
    book = replace(book, chapters=tuple(map(anchors.chapter, book.chapters)))
    gathered = gather(book)
    # An edition may have left out all that there is a mark for.
    idle = not gathered.root.children
    chapters = (
        _filled(chapter, gathered)
        for chapter in book.chapters
        if not (idle and chapter.generated and holds_index(chapter))
    )
    return replace(book, chapters=tuple(chapters))


class _Anchors:
    """Gives ids to the marks that the index leads to."""

    def __init__(self, taken: Taken) -> None:
        self._taken, self._numbers = taken, count(1)

    def chapter(self, chapter: Chapter) -> Chapter:
        if holds_index(chapter) or not _is_marked(chapter):
            return chapter
        return rewrite_where(chapter, Rewrite(inline=self._change), IndexMark)

    def _change(self, inline: Inline) -> Inline:
        if not isinstance(inline, IndexMark) or not is_place(inline):
            return inline
        own = inline.attributes
        if own.id:
            return inline
        name = unique(f"index-{next(self._numbers)}", self._taken)
        return replace(inline, attributes=replace(own, id=name))


def _filled(chapter: Chapter, gathered: Gathered) -> Chapter:
    if not holds_index(chapter):
        return chapter
    taken: Taken = dict.fromkeys(chapter_ids(chapter), 0)
    filling = _Filling(chapter.language, gathered, taken)

    def fill(block: Block) -> Block:
        return filling.index(block) if isinstance(block, Index) else block

    blocks = Rewrite(block=fill).blocks(chapter.blocks)
    return replace(chapter, blocks=blocks, paged=True)


# Entries under a letter, on average, of which a letter over them says more than a gap.
_FEW = 3


class _Filling:
    """Fills the index of one chapter.

    anchors: of the entries that others lead to
    """

    def __init__(self, language: str, gathered: Gathered, taken: Taken) -> None:
        self._gathered = gathered
        self._comma, self._semicolon = list_stops(language)
        self._labels, self._alphabet = labels(language), alphabet(language)
        self._anchors: dict[Levels, str] = {}
        for entry in gathered.root.walk():
            for levels in (*entry.see, *entry.see_also):
                other = gathered.find(levels)
                if other and other.levels not in self._anchors:
                    name = f"entry-{len(self._anchors) + 1}"
                    self._anchors[other.levels] = unique(name, taken)

    def index(self, index: Index) -> Index:
        entries = self._sorted(self._gathered.root.children.values())
        groups = [
            IndexGroup(letter, tuple(map(self._entry, group)))
            for letter, group in groupby(entries, self._letter)
        ]
        if len(list(self._gathered.root.walk())) < _FEW * len(groups):
            groups = [replace(group, letter="") for group in groups]
        return replace(
            index,
            groups=tuple(groups),
            see=self._labels.see,
            see_also=self._labels.see_also,
            comma=self._comma,
            semicolon=self._semicolon,
        )

    def _letter(self, entry: Growing) -> str:
        return self._alphabet.letter(_key(entry))

    def _sorted(self, entries: Iterable[Growing]) -> list[Growing]:
        # Two entries that sort alike stand in an order all the same.
        return sorted(entries, key=lambda e: (self._alphabet.key(_key(e)), e.levels))

    def _entry(self, entry: Growing) -> IndexEntry:
        return IndexEntry(
            words=entry.words,
            anchor=self._anchors.get(entry.levels, ""),
            places=tuple(place for place, _ in entry.places),
            see=self._references(tuple(entry.see)),
            see_also=self._references(tuple(entry.see_also)),
            children=tuple(map(self._entry, self._sorted(entry.children.values()))),
        )

    def _references(self, others: Sequence[Levels]) -> tuple[IndexReference, ...]:
        ordered = sorted(others, key=lambda levels: self._alphabet.key(levels[0]))
        return tuple(self._reference(levels) for levels in ordered)

    def _reference(self, levels: Levels) -> IndexReference:
        other = self._gathered.find(levels)
        anchor = self._anchors[other.levels] if other else ""
        return IndexReference(self._comma.join(levels), anchor)


def _key(entry: Growing) -> str:
    return entry.key or entry.levels[-1]
