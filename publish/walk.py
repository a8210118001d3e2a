"""Walk over the tree, and rewrite it. What nothing changed is kept as it is."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from publish.model import (
    Block,
    Blocks,
    BulletList,
    Chapter,
    Code,
    DefinitionList,
    Element,
    Emphasis,
    Generated,
    Heading,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    ListItem,
    OrderedList,
    Paragraph,
    Plain,
    Quote,
    Span,
    Strike,
    Strong,
    Table,
    TableCell,
    TableRow,
    Term,
    Text,
)

T = TypeVar("T")
ChangeBlock = Callable[[Block], Block]
ChangeInline = Callable[[Inline], Inline]
_LINES = (Paragraph, Plain, Heading)
_WRAPPERS = (Emphasis, Strong, Strike, Link, Span)


def plain_text(inlines: Inlines) -> str:
    """The words a reader sees, without marks; white space folded."""
    return " ".join("".join(_words(inlines)).split())


def _words(inlines: Inlines) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case Text(value) | Code(value) | Generated(value):
                yield value
            case LineBreak():
                yield " "
            case Image(alt=alt):
                yield alt or ""
            case Emphasis() | Strong() | Strike() | Link() | Span():
                yield from _words(inline.children)


def chapter_blocks(chapter: Chapter) -> Iterator[Block]:
    """Every block of a chapter at any depth, its notes after its text."""
    yield from walk_blocks(chapter.blocks)
    for note in chapter.notes:
        yield from walk_blocks(note.children)


def chapter_inlines(chapter: Chapter) -> Iterator[Inline]:
    """Every inline of a chapter at any depth, those of its notes after its text."""
    for block in chapter_blocks(chapter):
        yield from walk_inlines(own_inlines(block))


def walk_blocks(blocks: Blocks) -> Iterator[Block]:
    """Each block, before the blocks inside it."""
    for block in blocks:
        yield block
        for inside in _inner(block):
            yield from walk_blocks(inside)


def own_inlines(block: Block) -> Inlines:
    """The inlines that stand directly in a block; those of all terms for a list."""
    if isinstance(block, _LINES):
        return block.children
    if isinstance(block, DefinitionList):
        terms = [item.children for item in block.items if isinstance(item, Term)]
        return tuple(inline for term in terms for inline in term)
    return ()


def walk_inlines(inlines: Inlines) -> Iterator[Inline]:
    """Each inline, before the inlines inside it."""
    for inline in inlines:
        yield inline
        if isinstance(inline, _WRAPPERS):
            yield from walk_inlines(inline.children)


def _inner(block: Block) -> Iterable[Blocks]:
    match block:
        case Quote() | Element():
            return (block.children,)
        case BulletList() | OrderedList():
            return [item.children for item in block.items]
        case DefinitionList():
            return [i.children for i in block.items if not isinstance(i, Term)]
        case Table():
            rows = (*block.head, *block.body, *block.foot)
            return [block.caption, *(c.children for row in rows for c in row.cells)]
        case _:
            return ()


def rewrite_chapter(chapter: Chapter, change: "Rewrite") -> Chapter:
    """The chapter with every block and inline of text and notes changed."""
    blocks = change.blocks(chapter.blocks)
    notes = tuple(
        note
        if (new := change.blocks(note.children)) is note.children
        else replace(note, children=new)
        for note in chapter.notes
    )
    return replace(chapter, blocks=blocks, notes=notes)


def _same(value: Block) -> Block:
    return value


def _same_inline(value: Inline) -> Inline:
    return value


class Rewrite:
    """Change every block and every inline, the inner ones first."""

    def __init__(
        self, *, block: ChangeBlock = _same, inline: ChangeInline = _same_inline
    ) -> None:
        self._change_block = block
        self._change_inline = inline

    def blocks(self, blocks: Blocks) -> Blocks:
        new = [self._block(block) for block in blocks]
        return _unless_same(blocks, new)

    def inlines(self, inlines: Inlines) -> Inlines:
        if self._change_inline is _same_inline:
            return inlines
        return _unless_same(inlines, [self._inline(inline) for inline in inlines])

    def _inline(self, inline: Inline) -> Inline:
        if isinstance(inline, _WRAPPERS):
            inside = self.inlines(inline.children)
            if inside is not inline.children:
                inline = replace(inline, children=inside)
        return self._change_inline(inline)

    def _block(self, block: Block) -> Block:
        match block:
            case Paragraph() | Plain() | Heading():
                inside = self.inlines(block.children)
                if inside is not block.children:
                    block = replace(block, children=inside)
            case Quote() | Element():
                blocks = self.blocks(block.children)
                if blocks is not block.children:
                    block = replace(block, children=blocks)
            case BulletList() | OrderedList():
                items = _unless_same(block.items, [self._item(i) for i in block.items])
                if items is not block.items:
                    block = replace(block, items=items)
            case DefinitionList():
                block = self._definition_list(block)
            case Table():
                block = self._table(block)
        return self._change_block(block)

    def _item(self, item: ListItem) -> ListItem:
        inside = self.blocks(item.children)
        return item if inside is item.children else replace(item, children=inside)

    def _definition_list(self, block: DefinitionList) -> DefinitionList:
        items = [
            replace(item, children=self.inlines(item.children))
            if isinstance(item, Term)
            else replace(item, children=self.blocks(item.children))
            for item in block.items
        ]
        return replace(block, items=tuple(items))

    def _table(self, table: Table) -> Table:
        return replace(
            table,
            caption=self.blocks(table.caption),
            head=tuple(map(self._row, table.head)),
            body=tuple(map(self._row, table.body)),
            foot=tuple(map(self._row, table.foot)),
        )

    def _row(self, row: TableRow) -> TableRow:
        return replace(row, cells=tuple(map(self._cell, row.cells)))

    def _cell(self, cell: TableCell) -> TableCell:
        return replace(cell, children=self.blocks(cell.children))


def _unless_same(old: tuple[T, ...], new: list[T]) -> tuple[T, ...]:
    if all(a is b for a, b in zip(old, new, strict=True)):
        return old
    return tuple(new)
