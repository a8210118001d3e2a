"""Walk over the tree, and rewrite it. What nothing changed is kept as it is."""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain
from operator import is_
from typing import TypeVar

from publish.model import (
    Attributes,
    Attribution,
    Bibliography,
    Block,
    Blocks,
    BulletList,
    Chapter,
    Citation,
    CiteKey,
    Code,
    CodeBlock,
    CodeToken,
    Contents,
    Definition,
    DefinitionList,
    Division,
    Element,
    Emphasis,
    Equation,
    Figure,
    Generated,
    Heading,
    Image,
    Index,
    IndexEntry,
    IndexMark,
    Inline,
    Inlines,
    Line,
    LineBlock,
    LineBreak,
    Link,
    ListItem,
    Math,
    Note,
    NoteList,
    NoteReference,
    OrderedList,
    PageBreak,
    PageReference,
    Paragraph,
    Plain,
    Quote,
    SceneBreak,
    SourceEntry,
    Span,
    Strike,
    Strong,
    Table,
    TableCell,
    TableRow,
    Term,
    TermReference,
    Text,
)

T = TypeVar("T")
# All that an author can give an id and classes.
Marked = (
    Heading
    | Paragraph
    | Quote
    | BulletList
    | OrderedList
    | ListItem
    | DefinitionList
    | Term
    | Definition
    | CodeBlock
    | Equation
    | SceneBreak
    | Table
    | TableRow
    | TableCell
    | Figure
    | Division
    | Attribution
    | LineBlock
    | Element
    | Bibliography
    | SourceEntry
    | Code
    | Emphasis
    | Strong
    | Strike
    | Link
    | Image
    | Citation
    | IndexMark
    | TermReference
    | Span
)
# What blocks are made of that is none itself, and all that stands in a chapter.
Part = ListItem | Term | Definition | TableRow | TableCell | SourceEntry
Thing = Block | Part | Inline
M = TypeVar("M", bound=Marked)
H = TypeVar("H", bound=Quote | Division | Element | ListItem | Definition | TableCell)
ChangeBlock = Callable[[Block], Block | Blocks | None]
ChangeInline = Callable[[Inline], Inline | None]
ChangeAttributes = Callable[[Attributes], Attributes]
_MAY_PART = "\N{SOFT HYPHEN}"
# Tuples, for what is asked of each block and inline of a book: unions are slower.
_LINES = (Paragraph, Plain, Heading, Attribution)
WRAPPERS = (
    Emphasis,
    Strong,
    Strike,
    Link,
    Span,
    Citation,
    IndexMark,
    TermReference,
)
UNMARKED = (
    Text,
    Generated,
    LineBreak,
    NoteReference,
    Math,
    CiteKey,
    PageReference,
    Plain,
    Contents,
    NoteList,
    PageBreak,
    Index,
)


def plain_text(inlines: Inlines) -> str:
    """The words a reader sees, without marks; white space folded, and without places
    where a word might part."""
    return " ".join("".join(_words(inlines)).replace(_MAY_PART, "").split())


def tied_text(inlines: Inlines) -> str:
    """The same to be shown again: with the spaces at which no line ends, as in
    « Quoi ? »."""
    text = "".join(_words(inlines)).replace(_MAY_PART, "")
    return _FOLDED.sub(" ", text).strip()


_FOLDED = re.compile("[^\\S\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]+")


def same_words(one: str, other: str) -> bool:
    """Whether two titles differ in nothing but case and white space."""
    return one.casefold().split() == other.casefold().split()


def _words(inlines: Inlines) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case Text(value) | Code(value) | Generated(value):
                yield value
            case Math(plain=plain):
                yield plain
            case LineBreak():
                yield " "
            case Image(alt=alt):
                yield alt or ""
            case CiteKey(key):
                yield f"@{key}"
            case PageReference(screen=screen):
                yield screen
            case Citation(children):
                yield "["
                yield from _words(children)
                yield "]"
            case (
                Emphasis()
                | Strong()
                | Strike()
                | Link()
                | Span()
                | IndexMark()
                | TermReference()
            ):
                yield from _words(inline.children)


def lines_of_code(block: CodeBlock) -> list[list[CodeToken]]:
    """The lines of a listing, cut up for colour; a token may go on in the next."""
    lines: list[list[CodeToken]] = [[]]
    for token in block.tokens or (CodeToken("", block.text),):
        first, *rest = token.text.split("\n")
        lines[-1].append(replace(token, text=first))
        lines += [[replace(token, text=text)] for text in rest]
    if len(lines) > 1 and not any(token.text for token in lines[-1]):
        lines.pop()
    return [[token for token in line if token.text] for line in lines]


def has_words(blocks: Blocks) -> bool:
    """Whether there is anything in *blocks* that can be read aloud."""
    return any(
        isinstance(block, CodeBlock | Equation) or bool(plain_text(own_inlines(block)))
        for block in walk_blocks(blocks)
    )


def chapter_blocks(chapter: Chapter) -> Iterator[Block]:
    """Every block of a chapter at any depth, its notes after its text."""
    yield from walk_blocks(chapter.blocks)
    for note in chapter.notes:
        yield from walk_blocks(note.children)


def chapter_inlines(chapter: Chapter) -> Iterator[Inline]:
    """Every inline of a chapter at any depth, those of its notes after its text."""
    for block in chapter_blocks(chapter):
        yield from walk_inlines(own_inlines(block))


def called_notes(blocks: Blocks) -> Iterator[str]:
    """The label of each call of a note, in the order of the text."""
    for block in walk_blocks(blocks):
        for inline in walk_inlines(own_inlines(block)):
            if isinstance(inline, NoteReference):
                yield inline.label


def notes_of(blocks: Blocks, notes: Iterable[Note]) -> tuple[Note, ...]:
    """Those of *notes* that are called there, and those that these call."""
    known = {note.label: note for note in notes}
    found: dict[str, Note] = {}
    calls = deque(called_notes(blocks))
    while calls:
        label = calls.popleft()
        if label in known and label not in found:
            found[label] = known[label]
            calls += called_notes(known[label].children)
    return tuple(found.values())


def things_in(block: Block) -> Iterator[Thing]:
    """The block, what it is made of, and the inlines that stand directly in it at any
    depth."""
    yield block
    yield from _parts(block)
    yield from walk_inlines(own_inlines(block))


def _parts(block: Block) -> Iterable[Part]:
    match block:
        case BulletList() | OrderedList() | DefinitionList():
            return block.items
        case Table():
            rows = (*block.head, *block.body, *block.foot)
            return (*rows, *(cell for row in rows for cell in row.cells))
        case Bibliography():
            return block.entries
        case _:
            return ()


def walk_blocks(blocks: Blocks) -> Iterator[Block]:
    """Each block, before the blocks inside it."""
    for block in blocks:
        yield block
        for inside in _inner(block):
            yield from walk_blocks(inside)


def inner_blocks(block: Block) -> Blocks:
    """The blocks that stand directly in a block."""
    return tuple(chain.from_iterable(_inner(block)))


def own_inlines(block: Block) -> Inlines:
    """The inlines that stand directly in a block; those of all terms for a list, of all
    entries for a bibliography, of the caption for code, of the title for a division."""
    if isinstance(block, _LINES):
        return block.children
    if isinstance(block, CodeBlock):
        return block.caption
    if isinstance(block, DefinitionList):
        terms = [item.children for item in block.items if isinstance(item, Term)]
        return tuple(inline for term in terms for inline in term)
    if isinstance(block, Division):
        return block.title
    if isinstance(block, LineBlock):
        return tuple(_parted(block.lines))
    if isinstance(block, Bibliography):
        entries = [(*entry.label, *entry.children) for entry in block.entries]
        return tuple(inline for entry in entries for inline in entry)
    return ()


def _parted(lines: tuple[Line, ...]) -> Iterator[Inline]:
    """What stands in the lines, with breaks between them."""
    for number, line in enumerate(lines):
        if number:
            yield LineBreak()
        yield from line.children


def walk_inlines(inlines: Inlines) -> Iterator[Inline]:
    """Each inline, before the inlines inside it."""
    for inline in inlines:
        yield inline
        if isinstance(inline, WRAPPERS):
            yield from walk_inlines(inline.children)


def _inner(block: Block) -> Iterable[Blocks]:
    match block:
        case Paragraph() | Plain() | CodeBlock() | Heading():
            # First, because most are these.
            return ()
        case Quote() | Division() | Element():
            return (block.children,)
        case Figure():
            parts = (block.children, block.caption)
            return parts[::-1] if block.above else parts
        case BulletList() | OrderedList():
            return [item.children for item in block.items]
        case NoteList():
            return [note.children for note in block.notes]
        case DefinitionList():
            return [i.children for i in block.items if not isinstance(i, Term)]
        case Table():
            rows = (*block.head, *block.body, *block.foot)
            return [block.caption, *(c.children for row in rows for c in row.cells)]
        case _:
            return ()


def index_entries(index: Index) -> Iterator[IndexEntry]:
    """Every entry at any level, in the order of the index."""
    for group in index.groups:
        yield from _entries(group.entries)


def _entries(entries: Iterable[IndexEntry]) -> Iterator[IndexEntry]:
    for entry in entries:
        yield entry
        yield from _entries(entry.children)


def rewrite_chapter(chapter: Chapter, change: "Rewrite") -> Chapter:
    """The chapter with every block and inline of text and notes changed."""
    blocks, notes = change.blocks(chapter.blocks), change.notes(chapter.notes)
    if blocks is chapter.blocks and notes is chapter.notes:
        return chapter
    return replace(chapter, blocks=blocks, notes=notes)


def _same(value: Block) -> Block:
    return value


def _same_inline(value: Inline) -> Inline:
    return value


class Rewrite:
    """Change every block and every inline, the inner ones first.

    What is changed into None is left out; a block that is changed into several gives
    way to them.

    Attributes are changed in the order of the text, the outer ones first.
    """

    def __init__(
        self,
        *,
        block: ChangeBlock = _same,
        inline: ChangeInline = _same_inline,
        attributes: ChangeAttributes | None = None,
    ) -> None:
        self._change_block = block
        self._change_inline = inline
        self._change_attributes = attributes
        self._lines_stay = inline is _same_inline and attributes is None

    def blocks(self, blocks: Blocks) -> Blocks:
        new = [self._block(block) for block in blocks]
        kept: list[Block] = []
        for block in new:
            if isinstance(block, tuple):
                kept += block
            elif block is not None:
                kept.append(block)
        return unless_same(blocks, kept)

    def notes(self, notes: tuple[Note, ...]) -> tuple[Note, ...]:
        return unless_same(notes, [self._note(note) for note in notes])

    def _note(self, note: Note) -> Note:
        children = self.blocks(note.children)
        return note if children is note.children else replace(note, children=children)

    def inlines(self, inlines: Inlines) -> Inlines:
        if self._lines_stay:
            return inlines
        new = [self._inline(inline) for inline in inlines]
        return unless_same(inlines, [inline for inline in new if inline is not None])

    def _inline(self, inline: Inline) -> Inline | None:
        if isinstance(inline, UNMARKED):
            return self._change_inline(inline)
        inline = self._marked(inline)
        if isinstance(inline, WRAPPERS):
            inside = self.inlines(inline.children)
            if inside is not inline.children:
                inline = replace(inline, children=inside)
        return self._change_inline(inline)

    def _block(  # noqa: C901, PLR0912 - a case a kind
        self, block: Block
    ) -> Block | Blocks | None:
        if not isinstance(block, UNMARKED):
            block = self._marked(block)
        match block:
            case Paragraph() | Plain() | Heading() | Attribution():
                inside = self.inlines(block.children)
                if inside is not block.children:
                    block = replace(block, children=inside)
            case Quote() | Element():
                block = self._holder(block)
            case Division():
                block = self._division(block)
            case LineBlock():
                lines = unless_same(block.lines, [self._line(n) for n in block.lines])
                if lines is not block.lines:
                    block = replace(block, lines=lines)
            case CodeBlock() if block.caption:
                inside = self.inlines(block.caption)
                if inside is not block.caption:
                    block = replace(block, caption=inside)
            case Figure():
                block = self._figure(block)
            case NoteList():
                notes = self.notes(block.notes)
                if notes is not block.notes:
                    block = replace(block, notes=notes)
            case BulletList() | OrderedList():
                items = unless_same(block.items, [self._item(i) for i in block.items])
                if items is not block.items:
                    block = replace(block, items=items)
            case DefinitionList():
                parts = unless_same(block.items, [self._part(i) for i in block.items])
                if parts is not block.items:
                    block = replace(block, items=parts)
            case Bibliography(entries):
                new = unless_same(entries, [self._entry(entry) for entry in entries])
                if new is not entries:
                    block = replace(block, entries=new)
            case Table():
                block = self._table(block)
        return self._change_block(block)

    def _marked(self, thing: M) -> M:
        if self._change_attributes is None:
            return thing
        new = self._change_attributes(thing.attributes)
        return thing if new is thing.attributes else replace(thing, attributes=new)

    def _holder(self, thing: H) -> H:
        inside = self.blocks(thing.children)
        return thing if inside is thing.children else replace(thing, children=inside)

    def _division(self, division: Division) -> Division:
        title = self.inlines(division.title)
        if title is not division.title:
            division = replace(division, title=title)
        return self._holder(division)

    def _line(self, line: Line) -> Line:
        inside = self.inlines(line.children)
        return line if inside is line.children else replace(line, children=inside)

    def _item(self, item: ListItem) -> ListItem:
        return self._holder(self._marked(item))

    def _part(self, part: Term | Definition) -> Term | Definition:
        part = self._marked(part)
        if isinstance(part, Definition):
            return self._holder(part)
        inside = self.inlines(part.children)
        return part if inside is part.children else replace(part, children=inside)

    def _entry(self, entry: SourceEntry) -> SourceEntry:
        entry = self._marked(entry)
        label, children = self.inlines(entry.label), self.inlines(entry.children)
        if label is entry.label and children is entry.children:
            return entry
        return replace(entry, label=label, children=children)

    def _figure(self, figure: Figure) -> Figure:
        children, caption = map(self.blocks, (figure.children, figure.caption))
        if children is figure.children and caption is figure.caption:
            return figure
        return replace(figure, children=children, caption=caption)

    def _table(self, table: Table) -> Table:
        caption = self.blocks(table.caption)
        head, body, foot = map(self._rows, (table.head, table.body, table.foot))
        same = head is table.head and body is table.body and foot is table.foot
        if same and caption is table.caption:
            return table
        return replace(table, caption=caption, head=head, body=body, foot=foot)

    def _rows(self, rows: tuple[TableRow, ...]) -> tuple[TableRow, ...]:
        return unless_same(rows, [self._row(row) for row in rows])

    def _row(self, row: TableRow) -> TableRow:
        row = self._marked(row)
        cells = unless_same(row.cells, [self._cell(cell) for cell in row.cells])
        return row if cells is row.cells else replace(row, cells=cells)

    def _cell(self, cell: TableCell) -> TableCell:
        return self._holder(self._marked(cell))


def unless_same(old: tuple[T, ...], new: list[T]) -> tuple[T, ...]:
    """*old*, where *new* holds the very same things: who asks whether something has
    changed need not look into it."""
    if len(old) == len(new) and all(map(is_, old, new)):
        return old
    return tuple(new)
