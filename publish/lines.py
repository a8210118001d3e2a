"""Lines that their author ended: taken out of a run of text, each by itself."""

from collections.abc import Iterator
from dataclasses import replace

from publish.model import (
    Attributes,
    Blocks,
    Inline,
    Inlines,
    Line,
    LineBlock,
    LineBreak,
    Text,
)
from publish.walk import WRAPPERS

# What an indent is made of in a run of text; as wide as a letter where all are alike.
INDENT = "\N{EN SPACE}"
# In ems: more would leave a phone no room for words.
_DEEPEST_TURN = 6


def split_lines(inlines: Inlines) -> Iterator[Line]:
    """One for each break and each line end of the source.

    What stands across several is parted, each piece marked as the whole was.
    """
    for piece in _split(inlines):
        indent, children = _indent(piece)
        yield Line(children, indent)


def unindented(blocks: Blocks) -> Blocks:
    """A poem without the indent that all of its lines have."""
    stanzas = [block for block in blocks if isinstance(block, LineBlock)]
    least = min((line.indent for one in stanzas for line in one.lines), default=0)
    if not least:
        return blocks
    return tuple(
        replace(
            block,
            lines=tuple(replace(n, indent=n.indent - least) for n in block.lines),
        )
        if isinstance(block, LineBlock)
        else block
        for block in blocks
    )


def level_turns(blocks: Blocks) -> Blocks:
    """Lines that are too long go on equally deep in all stanzas of a poem."""
    stanzas = [block for block in blocks if isinstance(block, LineBlock)]
    deepest = max((line.indent for one in stanzas for line in one.lines), default=0)
    turn = min(deepest // 2 + 2, _DEEPEST_TURN)
    return tuple(
        replace(block, turn=turn) if isinstance(block, LineBlock) else block
        for block in blocks
    )


def _split(inlines: Inlines) -> list[Inlines]:
    pieces: list[list[Inline]] = [[]]
    for inline in inlines:
        if isinstance(inline, LineBreak):
            pieces.append([])
            continue
        first, *rest = _parts(inline)
        pieces[-1] += first
        pieces += map(list, rest)
    return [tuple(piece) for piece in pieces]


def _parts(inline: Inline) -> list[Inlines]:
    """What of it stands on each line."""
    if isinstance(inline, Text):
        return [(Text(v),) if v else () for v in inline.value.split("\n")]
    if not isinstance(inline, WRAPPERS):
        return [(inline,)]
    parts = _split(inline.children)
    if len(parts) == 1:
        return [(inline,)]
    nameless = replace(inline.attributes, id="")
    return [
        (_piece(inline, part, inline.attributes if first else nameless),)
        if part
        else ()
        for part, first in zip(parts, (True, *[False] * len(parts)), strict=False)
    ]


def _piece(inline: Inline, children: Inlines, attributes: Attributes) -> Inline:
    assert isinstance(inline, WRAPPERS)
    return replace(inline, children=children, attributes=attributes)


def _indent(inlines: Inlines) -> tuple[int, Inlines]:
    """How far a line goes in, and the line without that."""
    if not inlines:
        return 0, ()
    first, *rest = inlines
    if isinstance(first, Text):
        words = first.value.lstrip(f"{INDENT} ")
        indent = first.value[: len(first.value) - len(words)].count(INDENT)
        return indent, (Text(words), *rest) if words else tuple(rest)
    if isinstance(first, WRAPPERS):
        indent, children = _indent(first.children)
        if indent and children:
            return indent, (replace(first, children=children), *rest)
    return 0, inlines
