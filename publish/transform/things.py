"""Count the things that authors have named: figures, tables, listings, …"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle
from string import ascii_lowercase

from publish.kinds import holds
from publish.language import in_digits, labels
from publish.model import (
    Attributes,
    Block,
    Blocks,
    Book,
    Chapter,
    CodeBlock,
    Counted,
    Division,
    Equation,
    Figure,
    Generated,
    Inline,
    Paragraph,
    Plain,
    Span,
    Table,
)
from publish.walk import Rewrite, inner_blocks, walk_blocks

NO_BREAK = "\N{NO-BREAK SPACE}"
# The name of a heading, which is counted with its chapter.
SECTION = "sec-"
_KINDS = {str(kind): kind for kind in Counted}
_LABEL = Attributes(classes=("label",))
# What can be a thing with a number.
Thing = Figure | Table | CodeBlock | Equation
THINGS = (Figure, Table, CodeBlock, Equation)
# Whose captions stand above them (Chicago Manual of Style, 3.52).
_ABOVE = frozenset({Counted.TABLE, Counted.LISTING})


def kind_of(name: str) -> Counted | None:
    """What kind of thing an author calls so: "fig-lamp" is a figure."""
    kind, hyphen, rest = name.partition("-")
    return _KINDS.get(kind) if hyphen and rest else None


def counted_as(division: Division) -> Counted | None:
    """What a division is by its name; None for one that is not counted."""
    kind = kind_of(division.attributes.id)
    return kind if kind and kind.name == division.kind.name else None


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
        if not holds(chapter, *THINGS, Division):
            return chapter
        numbers = dict(self._numbers(chapter.blocks, chapter))

        def change(block: Block) -> Block:
            if not isinstance(block, (*THINGS, Division)):
                return block
            if block.attributes.id not in numbers:
                return block
            if isinstance(block, Division):
                return replace(block, number=numbers[block.attributes.id])
            return _numbered(block, numbers[block.attributes.id], chapter.language)

        if not numbers:
            return chapter
        return replace(chapter, blocks=Rewrite(block=change).blocks(chapter.blocks))

    def _numbers(self, blocks: Blocks, chapter: Chapter) -> Iterator[tuple[str, str]]:
        """Name and number of each thing. Of those that share a name, and never meet in
        an edition, one is counted for all."""
        numbers: dict[str, str] = {}
        waiting = list(reversed(blocks))
        while waiting:
            block = waiting.pop()
            if isinstance(block, Division) and (kind := counted_as(block)):
                # What stands in it is no part of it, and is counted by itself.
                name = block.attributes.id
                if name not in numbers:
                    numbers[name] = self._next(kind, chapter)
                yield name, numbers[name]
            kind = _counted(block)
            if kind is None or not isinstance(block, THINGS):
                waiting += reversed(inner_blocks(block))
                continue
            name = block.attributes.id
            if name not in numbers:
                numbers[name] = self._next(kind, chapter)
            number = numbers[name]
            yield name, number
            letters = cycle(ascii_lowercase)
            for inside in walk_blocks(inner_blocks(block)):
                within = _counted(inside)
                if within is None or not isinstance(inside, THINGS):
                    continue
                # An equation in a theorem is no part of it.
                alone = within is Counted.EQUATION
                name = inside.attributes.id
                if name not in numbers:
                    part = number + next(letters)
                    numbers[name] = self._next(within, chapter) if alone else part
                yield name, numbers[name]

    def _next(self, kind: Counted, chapter: Chapter) -> str:
        within = "" if self._through else chapter.count
        number = self._counts[within, kind] = self._counts.get((within, kind), 0) + 1
        # What the chapter is counted with has the digits of the book.
        written = f"{within}.{number}" if within else str(number)
        return in_digits(written, chapter.language)


def _counted(block: Block) -> Counted | None:
    """What it is counted as; None where it is not, or its author has done so."""
    if not isinstance(block, THINGS) or (isinstance(block, Equation) and block.number):
        return None
    return kind_of(block.attributes.id)


def _numbered(block: Thing, number: str, language: str) -> Thing:
    if isinstance(block, Equation):
        return replace(block, number=number)
    kind = kind_of(block.attributes.id)
    assert kind is not None
    # A picture of a group is (a), and Figure 2.3a where others speak of it.
    part = number[-1:] if number[-1:] in ascii_lowercase else ""
    words = f"({part})" if part else label_of(kind, number, language)
    label = (Span("span", (Generated(words),), 0, _LABEL),)
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
