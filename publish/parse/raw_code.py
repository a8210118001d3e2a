"""What stands in raw tags of code within a line, as a rule of markdown-it.

There nothing is read that CommonMark does not read: `<kbd>@bell</kbd>` cites nobody.
Only `parse.markdown` and its rules use this; it is the same door, in another room.
"""

import re
from bisect import bisect_right
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

# Raw tags that hold what is shown as it was typed.
CODE_TAGS = frozenset(
    {"code", "pre", "kbd", "samp", "script", "style", "textarea", "tt"}
)
# Such a tag, or what is none whatever it looks like.
_TAG = re.compile(
    rf"<(?P<end>/?)(?P<tag>{'|'.join(sorted(CODE_TAGS))})(?:\s[^<>]*)?>"
    r"|\\[\\`<]|(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)|<!--.*?-->",
    re.DOTALL | re.IGNORECASE,
)


def add_raw_code(markdown: MarkdownIt) -> None:
    plain = MarkdownIt("commonmark").inline.ruler.getRules("")

    def raw_code(state: StateInline, silent: bool) -> bool:
        if not in_raw_code(state.src, state.pos):
            return False
        if any(rule(state, silent) for rule in plain):
            return True
        if not silent:
            state.pending += state.src[state.pos]
        state.pos += 1
        return True

    markdown.inline.ruler.after("text", "raw_code", raw_code)


def in_raw_code(text: str, at: int) -> bool:
    """Whether that place of a line stands in tags of code."""
    starts, ends = _stretches(text)
    number = bisect_right(starts, at) - 1
    return number >= 0 and at < ends[number]


# Each place of one line after the other is asked about, and of few lines at a time.
@lru_cache(maxsize=8)
def _stretches(text: str) -> tuple[list[int], list[int]]:
    """Where what stands in tags of code begins, and where it ends."""
    opened: dict[str, int] = {}
    starts: list[int] = []
    ends: list[int] = []
    for found in _TAG.finditer(text) if "</" in text else ():
        if not found["tag"]:
            continue
        tag = found["tag"].lower()
        if not found["end"]:
            opened[tag] = found.end()
        elif (start := opened.pop(tag, -1)) >= 0:
            # Those inside of it are a part of it.
            while starts and starts[-1] >= start:
                starts.pop()
                ends.pop()
            starts.append(start)
            ends.append(found.start())
    return starts, ends
