"""Give every heading an anchor, and every id of a chapter to one element only."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from publish.kinds import rewrite_where
from publish.model import (
    Attributes,
    Block,
    Book,
    Chapter,
    Edition,
    Heading,
    Image,
    Inline,
)
from publish.transform.standing import standing
from publish.walk import Rewrite, plain_text

# What GitHub's slugs keep beside spaces and hyphens: letters, marks, digits, "_".
KEPT = ("L", "M", "Nd", "Nl", "Pc")
# Letters in circles and squares, which Unicode counts as letters all the same
# (DerivedCoreProperties.txt, Other_Alphabetic).
RINGED = re.compile(
    "[\u24b6-\u24e9\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189]"
)
# How often each name was asked for again.
Taken = dict[str, int]
# In which editions each name stands.
Met = dict[str, frozenset[str]]


def add_anchors(book: Book) -> Book:
    """Ids that an author wrote come first; headings get what is left.

    Anchors of headings follow GitHub's rule, so that links written for its pages work:
    equal ones are counted in a file, in however many chapters it was cut.
    """
    taken: dict[str, Taken] = {chapter.source: {} for chapter in book.chapters}
    met: dict[str, Met] = {chapter.source: {} for chapter in book.chapters}
    chapters = [
        _keep_given(c, taken[c.source], met[c.source], book.editions)
        for c in book.chapters
    ]
    made = (_add_made(chapter, taken[chapter.source]) for chapter in chapters)
    return replace(book, chapters=tuple(made))


def slug(text: str) -> str:
    """ "Oil & Wicks" becomes "oil--wicks", as on GitHub, in any script."""
    return "".join(filter(_is_kept, text.strip().lower())).replace(" ", "-")


@cache
def _is_kept(letter: str) -> bool:
    if letter in " -" or unicodedata.category(letter).startswith(KEPT):
        return True
    return RINGED.match(letter) is not None


def folded(anchor: str) -> str:
    """What is left of an anchor when case, accents and signs do not count."""
    text = unicodedata.normalize("NFKD", anchor).casefold()
    return re.sub(r"[\W_]+", "", text)


def _keep_given(
    chapter: Chapter, taken: Taken, met: Met, editions: Sequence[Edition]
) -> Chapter:
    """Of equal ids the first is kept, and those that never meet it in an edition; the
    others are counted, as headings are."""

    def kept(attributes: Attributes) -> Attributes:
        name = attributes.id
        if not name:
            return attributes
        where = standing(attributes.shown, editions)
        if where and name in met and not where & met[name]:
            met[name] |= where
            return attributes
        name = unique(name, taken)
        met[name] = where
        return attributes if name == attributes.id else replace(attributes, id=name)

    return rewrite_where(chapter, Rewrite(attributes=kept), "id")


def _add_made(chapter: Chapter, taken: Taken) -> Chapter:
    def anchored(block: Block) -> Block:
        if not isinstance(block, Heading) or block.attributes.id:
            return block
        words = plain_text(Rewrite(inline=_unseen).inlines(block.children))
        anchor = unique(slug(words) or "section", taken)
        return replace(block, attributes=replace(block.attributes, id=anchor))

    return rewrite_where(chapter, Rewrite(block=anchored), Heading)


def _unseen(inline: Inline) -> Inline:
    """What a picture is said to show is no part of a heading's name on GitHub."""
    return replace(inline, alt="") if isinstance(inline, Image) else inline


def unique(name: str, taken: Taken) -> str:
    """*name*, or *name* with the first free number behind it; taken from now on."""
    candidate = name
    while candidate in taken:
        taken[name] += 1
        candidate = f"{name}-{taken[name]}"
    taken[candidate] = 0
    return candidate
