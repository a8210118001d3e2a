"""Leave out of the book, which is one tree for all editions, what one does not hold."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from typing import TypeVar

from publish.kinds import chapter_ids, every, marked_where, rewrite_where
from publish.model import (
    BARE,
    Block,
    Blocks,
    Book,
    BulletList,
    Chapter,
    Edition,
    Element,
    Figure,
    Generated,
    Heading,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    ListItem,
    NoteList,
    NotePlace,
    OrderedList,
    PageReference,
    Paragraph,
    Plain,
    Quote,
    Role,
    Shown,
    Span,
    Table,
    TableRow,
    Target,
    TermReference,
    Text,
)
from publish.transform.notes import number_notes
from publish.transform.standing import stands_in
from publish.walk import (
    UNMARKED,
    Rewrite,
    called_notes,
    rewrite_chapter,
    tied_text,
    walk_blocks,
)

P = TypeVar("P", ListItem, TableRow)


def leave_out(book: Book, edition: Edition) -> Book:
    """What of the book stands in one edition; *book* itself where that is all of it.

    Links to what is left out become their words, notes that nothing calls any more go
    with their calls. Numbers stay as they were counted for all editions, but for those
    of notes.

    book: that every pass has been over; its contents are still those of the whole
    """
    wishes = _Wishes(book, edition)
    kept = tuple(_kept(book, edition))
    chapters = tuple(wishes.chapters(kept))
    if len(chapters) == len(book.chapters) and all(
        one is other for one, other in zip(chapters, book.chapters, strict=True)
    ):
        return book
    gone = _places(book.chapters) - _places(chapters)
    if gone:
        unlink = Rewrite(inline=lambda inline: _unlinked(inline, gone))
        leading = (Link, TermReference, PageReference)
        chapters = tuple(rewrite_where(c, unlink, *leading) for c in chapters)
    shown = {image.file for chapter in chapters for image in every(chapter, Image)}
    images = tuple(image for image in book.images if image.name in shown)
    return number_notes(replace(book, chapters=chapters, images=images))


def _kept(book: Book, edition: Edition) -> Iterator[Chapter]:
    """All but the files left out, the parts of which nothing is left, and the place for
    the notes of the book where they stand elsewhere."""
    files = frozenset(edition.leave_out)
    for at, chapter in enumerate(book.chapters):
        if chapter.source and chapter.source in files:
            continue
        if chapter.role is Role.PART and files:
            inside = list(_below(book.chapters[at + 1 :], chapter.depth))
            if inside and all(c.source and c.source in files for c in inside):
                continue
        if edition.notes is not NotePlace.BOOK and _is_for_notes(chapter):
            continue
        yield chapter


def _is_for_notes(chapter: Chapter) -> bool:
    """Whether it is nothing but room for notes."""
    kinds = {type(block) for block in chapter.blocks}
    return NoteList in kinds and kinds <= {NoteList, Heading} and not chapter.notes


def _below(chapters: Iterable[Chapter], depth: int) -> Iterator[Chapter]:
    for chapter in chapters:
        if chapter.depth <= depth:
            return
        yield chapter


@dataclass(frozen=True, slots=True)
class _Wishes:
    """What the author wants to have in an edition."""

    book: Book
    edition: Edition

    def chapters(self, chapters: Iterable[Chapter]) -> Iterator[Chapter]:
        """But for those of which nothing is left."""
        for chapter in chapters:
            left = self.chapter(chapter)
            if left is chapter or not _is_bare(left) or _is_bare(chapter):
                yield left

    def chapter(self, chapter: Chapter) -> Chapter:
        if not _has_wishes(chapter):
            return chapter
        change = Rewrite(block=self._block, inline=self._inline)
        changed = rewrite_chapter(chapter, change)
        return _titled(_without_uncalled(changed), chapter)

    def holds(self, shown: Shown) -> bool:
        return stands_in(shown, self.edition, self.book.editions)

    def _inline(self, inline: Inline) -> Inline | None:
        if isinstance(inline, UNMARKED) or inline.attributes.shown is None:
            return inline
        if not self.holds(inline.attributes.shown):
            return None
        return replace(inline, attributes=replace(inline.attributes, shown=None))

    def _block(self, block: Block) -> Block | Blocks | None:
        if isinstance(block, UNMARKED) or block.attributes.shown is None:
            return self._filled(block)
        if not self.holds(block.attributes.shown):
            return None
        block = replace(block, attributes=replace(block.attributes, shown=None))
        if (
            isinstance(block, Element)
            and block.tag == "div"
            and block.attributes == BARE
        ):
            return block.children
        return self._filled(block)

    def _filled(self, block: Block) -> Block | None:
        """Without its parts that do not stand in this edition; None for nothing."""
        match block:
            case Paragraph() | Plain() | Heading() if _is_blank(block.children):
                return None
            case Quote() | Figure() if not block.children:
                return None
            case BulletList() | OrderedList():
                items = tuple(self._parts(block.items))
                items = tuple(i for i in items if i.children or i.checked is not None)
                return replace(block, items=items) if items else None
            case Table():
                head, body, foot = (
                    tuple(self._parts(rows))
                    for rows in (block.head, block.body, block.foot)
                )
                return replace(block, head=head, body=body, foot=foot)
            case _:
                return block

    def _parts(self, parts: Iterable[P]) -> Iterator[P]:
        for part in parts:
            shown = part.attributes.shown
            if shown is None or self.holds(shown):
                yield replace(part, attributes=replace(part.attributes, shown=None))


def _is_bare(chapter: Chapter) -> bool:
    """Whether there is nothing in it but headings."""
    return all(isinstance(block, Heading) for block in chapter.blocks)


def _has_wishes(chapter: Chapter) -> bool:
    marked = marked_where(chapter, "shown")
    return any(thing.attributes.shown is not None for thing in marked)


def _is_blank(inlines: Inlines) -> bool:
    return all(
        isinstance(inline, LineBreak)
        or (isinstance(inline, Text) and not inline.value.strip())
        for inline in inlines
    )


def _without_uncalled(chapter: Chapter) -> Chapter:
    """Without the notes that were called and are no more, nor by each other."""
    notes = {note.label: note for note in chapter.notes}
    called: set[str] = set()
    waiting = [*called_notes(chapter.blocks)]
    while waiting:
        label = waiting.pop()
        if label in notes and label not in called:
            called.add(label)
            waiting += called_notes(notes[label].children)
    if len(called) == len(chapter.notes):
        return chapter
    return replace(chapter, notes=tuple(n for n in chapter.notes if n.label in called))


def _titled(chapter: Chapter, before: Chapter) -> Chapter:
    """Called what its heading says, where that says something else now."""
    was, now = _head(before), _head(chapter)
    if was is None or now is None or was.children == now.children:
        return chapter
    if chapter.title != tied_text(was.children):
        return chapter
    return replace(chapter, title=tied_text(now.children))


def _head(chapter: Chapter) -> Heading | None:
    return next(
        (
            b
            for b in walk_blocks(chapter.blocks)
            if isinstance(b, Heading) and b.level == 1
        ),
        None,
    )


def _places(chapters: Iterable[Chapter]) -> Set[Target]:
    places = {Target(chapter.name) for chapter in chapters}
    for chapter in chapters:
        places |= {Target(chapter.name, anchor) for anchor in chapter_ids(chapter)}
    return places


def _unlinked(inline: Inline, gone: Set[Target]) -> Inline | None:
    """The words of what leads to nothing that is in this edition."""
    match inline:
        case Link(target=Target() as target) if target in gone:
            return Span("span", inline.children, inline.line, inline.attributes)
        case TermReference(target=Target() as target) if target in gone:
            return replace(inline, target=None)
        case PageReference(target=target) if target in gone:
            return Generated(inline.screen) if inline.screen else None
        case _:
            return inline
