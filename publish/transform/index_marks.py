"""Gather the marks for the index from the whole book, as a tree of entries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from publish.kinds import every, holds
from publish.model import (
    Attributes,
    Book,
    Chapter,
    Edge,
    Emphasis,
    Generated,
    Heading,
    Index,
    IndexMark,
    IndexPlace,
    Inline,
    Inlines,
    Levels,
    Span,
    Strong,
    Target,
)
from publish.walk import (
    own_inlines,
    plain_text,
    same_words,
    tied_text,
    walk_blocks,
    walk_inlines,
)

_SECTION = 2


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark and where it stands. section, heading: see `IndexPlace`"""

    mark: IndexMark
    chapter: Chapter
    section: str
    heading: str

    @property
    def target(self) -> Target:
        return Target(self.chapter.name, self.mark.attributes.id)


@dataclass(slots=True)
class Growing:
    """An entry while its marks are gathered.

    key: what it is sorted by; empty for its words
    places: each with the mark that it comes from
    see, see_also: each with the first mark that says so
    """

    levels: Levels = ()
    words: Inlines = ()
    key: str = ""
    places: list[tuple[IndexPlace, Marked]] = field(default_factory=list)
    see: dict[Levels, Marked] = field(default_factory=dict)
    see_also: dict[Levels, Marked] = field(default_factory=dict)
    children: "dict[str, Growing]" = field(default_factory=dict)

    def walk(self) -> "Iterator[Growing]":
        """Every entry below this one."""
        for child in self.children.values():
            yield child
            yield from child.walk()


@dataclass(slots=True)
class Gathered:
    """root: stands above all entries
    unpaired: the ends of ranges that have no other, each with its entry
    """

    root: Growing
    unpaired: list[tuple[Marked, Levels]]

    def find(self, levels: Levels) -> Growing | None:
        """The entry of that name, if need be with other capitals."""
        found: Growing | None = self.root
        for level in levels:
            found = _child(found, level) if found else None
        return found


def _child(entry: Growing, level: str) -> Growing | None:
    if level in entry.children:
        return entry.children[level]
    near = (c for word, c in entry.children.items() if same_words(word, level))
    return next(near, None)


def holds_index(chapter: Chapter) -> bool:
    """Whether the index of the book stands in it."""
    return any(every(chapter, Index))


def entries_of(mark: IndexMark) -> tuple[Levels, ...]:
    """The entries that a mark is for; none for one that names nothing."""
    words = plain_text(mark.children)
    return mark.entries or (((words,),) if words else ())


def is_place(mark: IndexMark) -> bool:
    """Whether the index leads to it, and not from it to another entry."""
    return not (mark.see or mark.see_also) and bool(entries_of(mark))


def marks_of(chapter: Chapter) -> Iterator[Marked]:
    """Those of the text, then those of the notes."""
    if holds(chapter, IndexMark):
        yield from _in_text(chapter)
        yield from _in_notes(chapter)


def _in_text(chapter: Chapter) -> Iterator[Marked]:
    section = whole = _whole(chapter)
    depth, heading = 1, ""
    for block in walk_blocks(chapter.blocks):
        if isinstance(block, Heading):
            heading = block.attributes.id
            if block.number and block.level > 1:
                section, depth = f"{_SIGN}{block.number}", block.level
            elif not chapter.number and block.level == _SECTION:
                section = tied_text(block.children) or section
            elif block.level <= depth:
                section = whole
        for mark in _marks(own_inlines(block)):
            yield Marked(mark, chapter, section, heading)


def _in_notes(chapter: Chapter) -> Iterator[Marked]:
    whole = _whole(chapter)
    for note in chapter.notes:
        for block in walk_blocks(note.children):
            for mark in _marks(own_inlines(block)):
                yield Marked(mark, chapter, whole, note.label)


# Before the number of a section or a chapter, in any language.
_SIGN = "§\N{NARROW NO-BREAK SPACE}"


def _whole(chapter: Chapter) -> str:
    return f"{_SIGN}{chapter.count}" if chapter.count else chapter.title


def _marks(inlines: Inlines) -> Iterator[IndexMark]:
    for inline in walk_inlines(inlines):
        if isinstance(inline, IndexMark):
            yield inline


def gather(book: Book) -> Gathered:
    """All entries. What stands in the chapter of the index itself is left out: its
    pages may move with every line of the index."""
    gathering = _Gathering()
    for chapter in book.chapters:
        if not holds_index(chapter):
            for marked in marks_of(chapter):
                gathering.add(marked)
    return gathering.done()


class _Gathering:
    """open: ranges that have begun: their entries and the mark, by their levels"""

    def __init__(self) -> None:
        self._root = Growing()
        self._unpaired: list[tuple[Marked, Levels]] = []
        self._open: dict[Levels, tuple[int, Marked]] = {}

    def done(self) -> Gathered:
        never_ended = [(marked, levels) for levels, (_, marked) in self._open.items()]
        return Gathered(self._root, [*self._unpaired, *never_ended])

    def add(self, marked: Marked) -> None:
        mark = marked.mark
        for n, levels in enumerate(entries_of(mark)):
            entry = _grown(self._root, levels, mark, n)
            for other in mark.see:
                entry.see.setdefault(other, marked)
            for other in mark.see_also:
                entry.see_also.setdefault(other, marked)
            if is_place(mark) and not self._ends(marked, levels, entry):
                place = IndexPlace(
                    marked.target, marked.section, marked.heading, main=mark.main
                )
                entry.places.append((place, marked))

    def _ends(self, marked: Marked, levels: Levels, entry: Growing) -> bool:
        """Whether a mark is the end of a range that has begun; one that begins a range
        is taken down, and one without its other end is a place like any other."""
        edge = marked.mark.edge
        if edge is Edge.START and levels not in self._open:
            self._open[levels] = len(entry.places), marked
        elif edge is Edge.END and levels in self._open:
            at, _ = self._open.pop(levels)
            place, first = entry.places[at]
            end = replace(place, end=marked.target, end_section=marked.section)
            entry.places[at] = end, first
            return True
        elif edge is not None:
            self._unpaired.append((marked, levels))
        return False


def _grown(root: Growing, levels: Levels, mark: IndexMark, n: int) -> Growing:
    """The entry of those levels, made if it is not there. n: which of the mark's"""
    sort: Levels = mark.sort[n] if n < len(mark.sort) else ()
    keys = (*("" for _ in levels[len(sort) :]), *sort[-len(levels) :])
    entry = root
    for depth, (level, key) in enumerate(zip(levels, keys, strict=True), 1):
        if level not in entry.children:
            words: Inlines = (Generated(level),)
            if not mark.entries:
                words = _as_written(mark.children)
            entry.children[level] = Growing(levels[:depth], words)
        entry = entry.children[level]
        entry.key = entry.key or key
    return entry


def _as_written(inlines: Inlines) -> Inlines:
    """Marked words as they are said again: with their italics, without all that leads
    somewhere or has a place of its own."""
    said = tuple(_said(inlines))
    if all(isinstance(inline, Generated) for inline in said):
        return (Generated(tied_text(inlines)),)
    return said


def _said(inlines: Iterable[Inline]) -> Iterator[Inline]:
    for inline in inlines:
        match inline:
            case Emphasis(children) | Strong(children):
                yield type(inline)(tuple(_said(children)))
            case Span(tag, children, _, attributes) if attributes.get("lang"):
                kept = Attributes(rest=attributes.rest)
                yield Span(tag, tuple(_said(children)), 0, kept)
            case _:
                yield Generated(_spaced((inline,)))


def _spaced(inlines: Inlines) -> str:
    """Its words with the space at either end."""
    words = tied_text((Generated("|"), *inlines, Generated("|")))
    return words[1:-1]
