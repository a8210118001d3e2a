"""Lines of code that a list explains: `oil = 3  # <1>`, as AsciiDoc and Quarto have it.

The signs mean so only where an ordered list stands behind the listing that has an item
for each of them; elsewhere they are code.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from publish.model import Block, Blocks, CodeBlock, OrderedList

# Behind the sign that begins a comment, or alone behind a space; and whether more of
# the line comes then.
_CALLS = re.compile(
    r"(?:^|(?<=\s))(?:(?:\#|//|--|;+|%+|<!--|/\*|\(\*)\s*)?"
    r"(?P<calls>(?:<\d{1,2}>\s*)++)(?:-->|\*/|\*\))?\s*(?=(?P<more>\S?))"
)


def find_callouts(blocks: Blocks) -> Blocks:
    """Take the signs out of the code and note what they say."""
    if not any(isinstance(block, CodeBlock) for block in blocks):
        return blocks
    return tuple(_with_calls(block, following) for block, following in _pairs(blocks))


def _pairs(blocks: Blocks) -> Sequence[tuple[Block, Block | None]]:
    return list(zip(blocks, [*blocks[1:], None], strict=True))


def _with_calls(block: Block, following: Block | None) -> Block:
    if not isinstance(block, CodeBlock) or not isinstance(following, OrderedList):
        return block
    lines = block.text.split("\n")
    calls: list[tuple[int, int]] = []
    for number, line in enumerate(lines, 1):
        found = next((f for f in _CALLS.finditer(line) if not f["more"]), None)
        if found:
            lines[number - 1] = line[: found.start()].rstrip()
            calls += [(number, int(n)) for n in re.findall(r"\d+", found["calls"])]
    if {call for _, call in calls} != set(range(1, len(following.items) + 1)):
        return block
    said = replace(block.lines, calls=tuple(calls))
    return replace(block, text="\n".join(lines), lines=said)
