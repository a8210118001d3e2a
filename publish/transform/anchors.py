"""Give every heading an anchor, and every id of a chapter to one element only."""

import re
import unicodedata
from dataclasses import replace

from publish.model import (
    Attributes,
    Block,
    Book,
    Chapter,
    Contents,
    Generated,
    Heading,
    Inline,
    LineBreak,
    NoteReference,
    Plain,
    Text,
)
from publish.walk import Rewrite, plain_text, rewrite_chapter

# What GitHub's slugs keep beside spaces and hyphens: letters, marks, digits, "_".
KEPT = ("L", "M", "N", "Pc")


def add_anchors(book: Book) -> Book:
    """Ids that an author wrote come first; headings get what is left.

    Anchors of headings follow GitHub's rule, so that links written for its pages work.
    """
    return replace(book, chapters=tuple(map(_anchor_chapter, book.chapters)))


def slug(text: str) -> str:
    """ "Oil & Wicks" becomes "oil--wicks", as on GitHub, in any script."""
    kept = [
        letter
        for letter in text.strip().lower()
        if letter in " -" or unicodedata.category(letter).startswith(KEPT)
    ]
    return "".join(kept).replace(" ", "-")


def folded(anchor: str) -> str:
    """What is left of an anchor when case, accents and signs do not count."""
    text = unicodedata.normalize("NFKD", anchor).casefold()
    return re.sub(r"[\W_]+", "", text)


def _anchor_chapter(chapter: Chapter) -> Chapter:
    taken: set[str] = set()
    given = _Given(taken)
    chapter = rewrite_chapter(chapter, Rewrite(block=given.block, inline=given.inline))
    made = _Made(taken)
    return rewrite_chapter(chapter, Rewrite(block=made.block))


class _Given:
    """Keep the first of equal ids; the others are counted, as headings are."""

    def __init__(self, taken: set[str]) -> None:
        self.taken = taken

    def block(self, block: Block) -> Block:
        if isinstance(block, Plain | Contents) or not block.attributes.id:
            return block
        return replace(block, attributes=self._kept(block.attributes))

    def inline(self, inline: Inline) -> Inline:
        if isinstance(inline, Text | Generated | LineBreak | NoteReference):
            return inline
        if not inline.attributes.id:
            return inline
        return replace(inline, attributes=self._kept(inline.attributes))

    def _kept(self, attributes: Attributes) -> Attributes:
        return replace(attributes, id=unique(attributes.id, self.taken))


class _Made:
    def __init__(self, taken: set[str]) -> None:
        self.taken = taken

    def block(self, block: Block) -> Block:
        if not isinstance(block, Heading) or block.attributes.id:
            return block
        anchor = unique(slug(plain_text(block.children)) or "section", self.taken)
        return replace(block, attributes=replace(block.attributes, id=anchor))


def unique(name: str, taken: set[str]) -> str:
    """*name*, or *name* with the first free number behind it; taken from now on."""
    candidate, number = name, 0
    while candidate in taken:
        number += 1
        candidate = f"{name}-{number}"
    taken.add(candidate)
    return candidate
