"""Listings on a page as narrow as a phone's."""

from dataclasses import replace

from publish.kinds import rewrite_where
from publish.model import Block, Chapter, CodeBlock
from publish.walk import Rewrite

# What a phone holds in a line of code, in letters: 360 CSS pixels at the size that
# `epub.css` gives to code, some 8 pixels a letter.
_LINE = 44


def part_long_lines(chapter: Chapter) -> Chapter:
    """Each line is an element of its own where one is wider than a phone.

    The style then hangs what turns over, so that it is not taken for a line.
    """
    return rewrite_where(chapter, _REWRITE, CodeBlock)


def _part(block: Block) -> Block:
    if not isinstance(block, CodeBlock):
        return block
    if all(len(line) <= _LINE for line in block.text.split("\n")):
        return block
    return replace(block, lines=replace(block.lines, apart=True))


_REWRITE = Rewrite(block=_part)
