"""Count the things that authors have named: figures, tables, listings, …"""

from collections.abc import Iterator
from dataclasses import replace

from publish.language import in_digits, labels
from publish.model import (
    Attributes,
    Block,
    Blocks,
    Book,
    Chapter,
    CodeBlock,
    Counted,
    Figure,
    Generated,
    Inline,
    Paragraph,
    Plain,
    Span,
    Table,
)
from publish.walk import Rewrite

NO_BREAK = "\N{NO-BREAK SPACE}"
# The name of a heading, which is counted with its chapter.
SECTION = "sec-"
_KINDS = {str(kind): kind for kind in Counted}
_LABEL = Attributes(classes=("label",))
# Whose captions stand above them (Chicago Manual of Style, 3.52).
_ABOVE = frozenset({Counted.TABLE, Counted.LISTING})


def kind_of(name: str) -> Counted | None:
    """What kind of thing an author calls so: "fig-lamp" is a figure."""
    kind, hyphen, rest = name.partition("-")
    return _KINDS.get(kind) if hyphen and rest else None


def is_thing(name: str) -> bool:
    """Whether an author calls something of the book so, and not a source."""
    return name.startswith(SECTION) or kind_of(name) is not None


def label_of(kind: Counted, number: str, language: str) -> str:
    """How a thing is called in text and caption: "Figure 2.3"."""
    word: str = getattr(labels(language), kind.name.lower())
    return f"{word}{NO_BREAK}{number}"


def number_things(book: Book) -> Book:
    """Count each kind of named thing: 2.1, 2.2, … in a chapter with a number, else
    through the book. Its caption begins with the number.

    Only what has a name is counted: nothing else can be referred to.
    """
    count = _Count(through=book.numbering.through)
    return replace(book, chapters=tuple(map(count.chapter, book.chapters)))


class _Count:
    """through: whether it goes on counting from one chapter to the next"""

    def __init__(self, *, through: bool) -> None:
        self._through = through
        self._counts: dict[tuple[str, Counted], int] = {}

    def chapter(self, chapter: Chapter) -> Chapter:
        def change(block: Block) -> Block:
            return self._numbered(block, chapter)

        rewrite = Rewrite(block=change)
        return replace(chapter, blocks=rewrite.blocks(chapter.blocks))

    def _numbered(self, block: Block, chapter: Chapter) -> Block:
        if not isinstance(block, Figure | Table | CodeBlock):
            return block
        kind = kind_of(block.attributes.id)
        if kind is None:
            return block
        within = "" if self._through else chapter.count
        count = self._counts[within, kind] = self._counts.get((within, kind), 0) + 1
        digits = in_digits(str(count), chapter.language)
        number = f"{within}.{digits}" if within else digits
        words = Generated(label_of(kind, number, chapter.language))
        label = (Span("span", (words,), 0, _LABEL),)
        if isinstance(block, CodeBlock):
            caption = tuple(_labelled(label, block.caption))
            return replace(block, caption=caption, number=number)
        block = replace(block, caption=_with_label(label, block.caption), number=number)
        if isinstance(block, Figure) and kind in _ABOVE:
            return replace(block, above=True)
        return block


def _labelled(label: tuple[Inline, ...], words: tuple[Inline, ...]) -> Iterator[Inline]:
    yield from label
    if words:
        yield Generated(" ")
    yield from words


def _with_label(label: tuple[Inline, ...], caption: Blocks) -> Blocks:
    first = caption[0] if caption else Plain((), 0)
    if not isinstance(first, Paragraph | Plain):
        return (Plain(label, 0), *caption)
    words = tuple(_labelled(label, first.children))
    return (replace(first, children=words), *caption[1:])
