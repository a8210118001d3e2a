"""A play: who speaks, and what is done meanwhile.

What a paragraph begins with in bold is the speaker; what stands in italics in round
brackets, and a paragraph all in italics, is a stage direction.
"""

from dataclasses import replace

from publish.model import (
    Attributes,
    Block,
    Blocks,
    Emphasis,
    Inline,
    Inlines,
    Paragraph,
    Strong,
)
from publish.walk import Rewrite, plain_text

_SPEAKER = Attributes(classes=("speaker",))
_DIRECTION = Attributes(classes=("direction",))
_SPEECH = Attributes(classes=("speech",))
_BRACKETS = ("(", ")"), ("[", "]")


def mark_speeches(blocks: Blocks) -> Blocks:
    """Speeches, speakers and directions are of the classes that they are called by."""
    return Rewrite(block=_mark).blocks(blocks)


def _mark(block: Block) -> Block:
    if not isinstance(block, Paragraph):
        return block
    first, *rest = block.children or (None,)
    if isinstance(first, Strong):
        speaker = replace(first, attributes=_with(first.attributes, _SPEAKER))
        words = (speaker, *map(_direction, rest))
        own = _with(block.attributes, _SPEECH)
        return replace(block, children=words, attributes=own)
    if isinstance(first, Emphasis) and not rest:
        # The paragraph says what its italics said.
        own = _with(block.attributes, _DIRECTION)
        return replace(block, children=_inside(first), attributes=own)
    return replace(block, children=tuple(map(_direction, block.children)))


def _inside(emphasis: Emphasis) -> Inlines:
    bare = emphasis.attributes == Attributes()
    return emphasis.children if bare else (emphasis,)


def _direction(inline: Inline) -> Inline:
    if not isinstance(inline, Emphasis):
        return inline
    words = plain_text(inline.children)
    if (words[:1], words[-1:]) not in _BRACKETS:
        return inline
    return replace(inline, attributes=_with(inline.attributes, _DIRECTION))


def _with(own: Attributes, more: Attributes) -> Attributes:
    return replace(own, classes=(*more.classes, *own.classes))
