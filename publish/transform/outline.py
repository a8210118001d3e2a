"""Give every chapter one title and an outline whose levels rise by one at most."""

import re
from dataclasses import replace

from publish.model import Block, Book, Chapter, Heading, Text
from publish.walk import Rewrite, own_inlines, plain_text, walk_blocks

LOWEST = 6


def title_chapters(book: Book) -> Book:
    """Every chapter has a title, and at most one heading of level 1, which is it.

    The title is the heading that opens the file, else its only heading of level 1,
    else what front matter or another tool's contents calls it (that becomes a heading),
    else the name of the file (that does not: nobody wrote it to be read).
    """
    return replace(book, chapters=tuple(map(_title_chapter, book.chapters)))


def _title_chapter(chapter: Chapter) -> Chapter:
    title = _title_heading(chapter)
    given = chapter.title or chapter.label
    if title is None and given:
        title = Heading(1, (Text(given),), 0)
        chapter = replace(chapter, blocks=(title, *chapter.blocks))
    levels = _Levels(title)
    blocks = Rewrite(block=levels.change).blocks(chapter.blocks)
    words = plain_text(title.children) if title else ""
    words = words or given or readable(chapter.source) or chapter.source
    return replace(chapter, blocks=blocks, title=words)


def _title_heading(chapter: Chapter) -> Heading | None:
    tops = [block for block in chapter.blocks if isinstance(block, Heading)]
    if not tops:
        return None
    first = tops[0]
    only = [heading for heading in tops if heading.level == 1]
    opens = not _has_words(chapter.blocks[: chapter.blocks.index(first)])
    if chapter.title and not _same(chapter.title, plain_text(first.children)):
        return first if opens and only == [first] else None
    if opens:
        return first
    return only[0] if len(only) == 1 else None


def _same(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()


def _has_words(blocks: tuple[Block, ...]) -> bool:
    """Pictures and rules before a heading do not keep it from opening the chapter."""
    return any(
        plain_text(own_inlines(block)) and not _only_pictures(block)
        for block in walk_blocks(blocks)
    )


def _only_pictures(block: Block) -> bool:
    return not plain_text(tuple(i for i in own_inlines(block) if isinstance(i, Text)))


class _Levels:
    """New levels for the headings of one chapter, met in the order of the text."""

    def __init__(self, title: Heading | None) -> None:
        self.title = title
        # The author's levels of the sections that are open here.
        self.open: list[int] = []

    def change(self, block: Block) -> Block:
        if not isinstance(block, Heading):
            return block
        if block is self.title:
            self.open = []
            return replace(block, level=1)
        while self.open and self.open[-1] >= block.level:
            self.open.pop()
        self.open.append(block.level)
        level = min(len(self.open) + 1, LOWEST)
        return block if level == block.level else replace(block, level=level)


def readable(source: str) -> str:
    """ "part/02-the_storm.md" becomes "The storm"."""
    stem = re.sub(r"\.[^.]*$", "", source.rsplit("/", 1)[-1])
    words = re.sub(r"^[\W\d_]+(?=\w)", "", stem)
    words = re.sub(r"[\s_-]+", " ", words).strip() or stem
    return words[:1].upper() + words[1:]
