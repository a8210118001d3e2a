"""Words at the end of a paragraph by which an author mends a page of print."""

import re
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from publish.braces import split_attributes

# What print knows to do with a paragraph; see `publish.pdf.sheets`.
MENDS = frozenset(
    {
        "tighter",
        "looser",
        "no-hyphens",
        "keep-together",
        "keep-with-next",
        "new-page",
    }
)
_ENDS = re.compile(r"\s\{\.[^{}]*\}\s*$")


def add_mend_rules(markdown: MarkdownIt) -> None:
    markdown.core.ruler.before("inline", "mends", _mend)


def _mend(state: StateCore) -> None:
    """Let a paragraph that ends so carry it. Any other word in braces is the
    author's."""
    for opening, inside in pairwise(state.tokens):
        if opening.type != "paragraph_open" or not _ENDS.search(inside.content):
            continue
        words, attributes = split_attributes(inside.content)
        names = attributes.get("class", "").split()
        if words and attributes.keys() == {"class"} and MENDS.issuperset(names):
            opening.attrs["class"] = " ".join(names)
            inside.content = words
