"""Put marks for the index where they can be found again: at words."""

import re
from collections.abc import Sequence
from dataclasses import replace

from publish.kinds import every
from publish.model import (
    BARE,
    Block,
    Blocks,
    Book,
    BulletList,
    Chapter,
    Code,
    Division,
    Edge,
    Element,
    Heading,
    Image,
    IndexMark,
    Inline,
    Inlines,
    OrderedList,
    Paragraph,
    Plain,
    Quote,
    Text,
)
from publish.walk import (
    WRAPPERS,
    Rewrite,
    own_inlines,
    plain_text,
)

_WORD = re.compile(r"\S+")
_HOLDERS = (Quote, Element, Division)
_LISTS = (BulletList, OrderedList)


def settle_marks(book: Book) -> Book:
    """A mark between words takes in the word behind it, so that both stand on one page;
    one that is alone in its paragraph goes to what it stands before."""
    return replace(book, chapters=tuple(map(_settled, book.chapters)))


def _settled(chapter: Chapter) -> Chapter:
    if all(mark.children for mark in every(chapter, IndexMark)):
        return chapter
    notes = tuple(
        replace(note, children=_joined(note.children)) for note in chapter.notes
    )
    return replace(chapter, blocks=_joined(chapter.blocks), notes=notes)


def _joined(blocks: Blocks) -> Blocks:
    """Blocks without those that hold nothing but marks, at the top and in divisions."""
    return _without_lone(Rewrite(block=_inside).blocks(blocks))


def _inside(block: Block) -> Block:
    if isinstance(block, _HOLDERS):
        return replace(block, children=_without_lone(block.children))
    if isinstance(block, _LISTS):
        items = (replace(i, children=_without_lone(i.children)) for i in block.items)
        return replace(block, items=tuple(items))
    if isinstance(block, Paragraph | Plain | Heading):
        return replace(block, children=_at_words(block.children))
    return block


def _without_lone(blocks: Blocks) -> tuple[Block, ...]:
    settled: list[Block] = []
    waiting: tuple[IndexMark, ...] = ()
    for block in blocks:
        if _is_lone(block):
            marks = _marks(block)
            # What ends a range belongs to what was said before.
            waiting += tuple(mark for mark in marks if mark.edge is not Edge.END)
            _add_last(settled, tuple(mark for mark in marks if mark.edge is Edge.END))
        elif waiting and (marked := _with_first(block, waiting)):
            settled.append(marked)
            waiting = ()
        else:
            _add_last(settled, waiting)
            settled.append(block)
            waiting = ()
    _add_last(settled, waiting)
    return tuple(settled)


def _add_last(settled: list[Block], marks: Sequence[IndexMark]) -> None:
    """Put marks behind the last words, or where there are none in a paragraph. Those
    that are no place go to any words before, for theirs would be an empty paragraph."""
    if not marks:
        return
    reach = len(settled) if all(mark.see or mark.see_also for mark in marks) else 1
    for at in range(len(settled) - 1, max(-1, len(settled) - 1 - reach), -1):
        if last := _with_last(settled[at], marks):
            settled[at] = last
            return
    settled.append(Paragraph(tuple(marks), 0))


def _with_last(block: Block, marks: Sequence[IndexMark]) -> Block | None:
    if isinstance(block, Paragraph | Plain | Heading):
        return replace(block, children=(*block.children, *marks))
    if isinstance(block, _HOLDERS) and block.children:
        last = _with_last(block.children[-1], marks)
        return last and replace(block, children=(*block.children[:-1], last))
    if isinstance(block, _LISTS) and block.items[-1].children:
        *others, item = block.items
        last = _with_last(item.children[-1], marks)
        children = item.children[:-1]
        return last and replace(
            block, items=(*others, replace(item, children=(*children, last)))
        )
    return None


def _is_lone(block: Block) -> bool:
    if not isinstance(block, Paragraph | Plain):
        return False
    if isinstance(block, Paragraph) and block.attributes != BARE:
        return False
    marks = _marks(block)
    return (
        bool(marks)
        and not any(mark.children for mark in marks)
        and not plain_text(block.children)
        and all(isinstance(inline, IndexMark | Text) for inline in block.children)
    )


def _marks(block: Block) -> list[IndexMark]:
    inlines = own_inlines(block)
    return [inline for inline in inlines if isinstance(inline, IndexMark)]


def _with_first(block: Block, marks: Inlines) -> Block | None:
    """The block with marks before its first words; None where there is no place."""
    if isinstance(block, Paragraph | Plain | Heading):
        return replace(block, children=_at_words((*marks, *block.children)))
    if isinstance(block, _HOLDERS) and block.children:
        first = _with_first(block.children[0], marks)
        return first and replace(block, children=(first, *block.children[1:]))
    if isinstance(block, _LISTS) and block.items[0].children:
        item, *others = block.items
        first = _with_first(item.children[0], marks)
        children = item.children[1:]
        return first and replace(
            block, items=(replace(item, children=(first, *children)), *others)
        )
    return None


def _at_words(inlines: Inlines) -> Inlines:
    """Each mark that holds nothing, with the word that follows it at once."""
    settled: list[Inline] = []
    for inline in reversed(inlines):
        if isinstance(inline, IndexMark) and not inline.children:
            settled += _with_next(inline, settled)
        elif isinstance(inline, WRAPPERS):
            settled.append(replace(inline, children=_at_words(inline.children)))
        else:
            settled.append(inline)
    return tuple(reversed(settled))


def _with_next(mark: IndexMark, behind: list[Inline]) -> list[Inline]:
    """The mark, and what is left of the inline behind it, in the order of *behind*,
    from which it is taken: the last first."""
    if not behind or not mark.entries or mark.edge is Edge.END:
        return [mark]
    following = behind[-1]
    if isinstance(following, (*WRAPPERS, Code, Image)):
        behind.pop()
        return [replace(mark, children=(following,))]
    word = _WORD.match(following.value) if isinstance(following, Text) else None
    if word is None:
        return [mark]
    behind.pop()
    rest = (Text(word.string[word.end() :]),) if word.end() < len(word.string) else ()
    return [*rest, replace(mark, children=(Text(word[0]),))]
