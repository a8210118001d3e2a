"""Abbreviations and what they stand for: `*[HTML]: Hypertext Markup Language`.

As PHP Markdown Extra and MultiMarkdown write them, anywhere in a file. Only
`parse.markdown` uses this; it is the same door, in another room.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

# Where in markdown-it's environment the definitions of a file are found: of each word
# what it stands for, and the line.
ABBREVIATIONS = "publish-abbreviations"
_DEFINITION = re.compile(r"\*\[((?:\\.|[^\[\]\\])+)\]:[ \t]*(\S.*?)[ \t]*$")
_INDENTED_CODE = 4
# Letters of scripts that part words: next to one of them, a word is not whole.
_PARTED = r"(?:[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7af])"


def add_abbreviation_rules(markdown: MarkdownIt) -> None:
    markdown.block.ruler.before(
        "reference",
        "abbreviation",
        _definition,
        {"alt": ["paragraph", "reference", "blockquote", "list"]},
    )


def _definition(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    if state.sCount[start] - state.blkIndent >= _INDENTED_CODE:
        return False
    begin = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("*[", begin):
        return False
    found = _DEFINITION.match(state.src[begin : state.eMarks[start]])
    if not found or not found[1].strip():
        return False
    if silent:
        return True
    word = re.sub(r"\\(.)", r"\1", found[1]).strip()
    known: dict[str, tuple[str, int]] = state.env.setdefault(ABBREVIATIONS, {})
    # As with the addresses of links, the first counts.
    known.setdefault(word, (found[2], start + 1))
    state.line = start + 1
    return True


@dataclass(frozen=True)
class Abbreviations:
    """known: of each word what it stands for, and the line that says so"""

    known: Mapping[str, tuple[str, int]]

    @cached_property
    def _words(self) -> re.Pattern[str]:
        longest_first = sorted(self.known, key=lambda word: (-len(word), word))
        words = "|".join(map(re.escape, longest_first))
        return re.compile(rf"(?<!{_PARTED})(?:{words})(?!{_PARTED})")

    def pieces(self, text: str) -> Iterator[tuple[str, str]]:
        """The text cut at each whole word that is one, with what that stands for;
        empty for the text between."""
        at = 0
        if self.known:
            for found in self._words.finditer(text):
                if text[at : found.start()]:
                    yield text[at : found.start()], ""
                yield found[0], self.known[found[0]][0]
                at = found.end()
        if text[at:]:
            yield text[at:], ""
