"""Lines of the author's file within a paragraph, for rules of markdown-it.

Its tokens know the lines of blocks; what a word stands on is counted, from the ends of
lines that each token of a line has in it: a piece of code or the title of a link may
turn over. Only `parse.markdown` and its rules use this; it is the same door, in another
room.
"""

from markdown_it import MarkdownIt
from markdown_it.parser_inline import RuleFuncInlineType
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

# Of the words of a stanza: how far it is from the line of each row to that of the next.
GAPS = "publish-gaps"
_LINES = "publish-lines"
_BREAKS = frozenset({"softbreak", "hardbreak"})


def count_lines(markdown: MarkdownIt) -> None:
    """Let every rule for what stands in a line count the ends of lines that it reads.
    Rules that are added later do not."""
    ruler = markdown.inline.ruler
    rules = zip(ruler.get_active_rules(), ruler.getRules(""), strict=True)
    for name, rule in list(rules):
        # Most of a book, and it ends where a line does.
        if name != "text":
            ruler.at(name, _counting(rule))


def lines_of(token: Token) -> int:
    """How many lines end in it."""
    return int(token.type in _BREAKS) + int(token.meta.get(_LINES, 0))


def _counting(rule: RuleFuncInlineType) -> RuleFuncInlineType:
    def counting(state: StateInline, silent: bool) -> bool:
        start, made = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent and state.tokens and "\n" in state.src[start : state.pos]:
            read = state.src.count("\n", start, state.pos)
            last = state.tokens[-1]
            known = sum(map(lines_of, state.tokens[made:]))
            last.meta[_LINES] = last.meta.get(_LINES, 0) + read - known
        return True

    return counting
