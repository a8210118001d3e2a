"""Words at the end of a paragraph by which an author mends a page of print."""

import re
from difflib import get_close_matches
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

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
_ENDS = re.compile(r"\s\{\s*\.[^{}]*\}\s*$")


def add_mend_rules(markdown: MarkdownIt) -> None:
    markdown.core.ruler.before("inline", "mends", _mend)


def _mend(state: StateCore) -> None:
    """Let a paragraph that ends so carry it, or the item of a list whose items are no
    paragraphs. Any other word in braces is the author's."""
    around: list[Token] = []
    for opening, inside in pairwise(state.tokens):
        if opening.type == "paragraph_open" and _ENDS.search(inside.content):
            words, attributes = split_attributes(inside.content)
            names = attributes.get("class", "").split()
            if words and attributes.keys() == {"class"} and MENDS.issuperset(names):
                mended = around[-1] if opening.hidden else opening
                mended.attrs["class"] = " ".join(names)
                inside.content = words
        if opening.nesting == 1:
            around.append(opening)
        elif opening.nesting == -1:
            around.pop()


def misplaced(name: str) -> str:
    """What to do about a word in braces that stayed in the text; empty for one that was
    not meant to mend."""
    if name in MENDS:
        return "put it at the end of the paragraph, behind a space"
    near = _near(name)
    return f"did you mean {{.{near}}}?" if near else ""


def pointless(name: str, *, is_last: bool) -> str:
    """What to write instead of a word in braces that has no point; empty for one that
    was not meant to mend.

    is_last: whether it ends its paragraph, where one of other letters is near enough
    """
    meant = name if name in MENDS else _near(name) if is_last else ""
    if not meant:
        return ""
    where = "" if is_last else ", at the end of the paragraph"
    return f"write {{.{meant}}}{where}"


def _near(name: str) -> str:
    return next(iter(get_close_matches(name, sorted(MENDS), n=1, cutoff=0.75)), "")
