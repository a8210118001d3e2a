"""Give every chapter one title and an outline whose levels rise by one at most."""

import re
from collections.abc import Iterator
from dataclasses import replace

from publish.kinds import holds, rewrite_where
from publish.model import (
    Attributes,
    Block,
    Blocks,
    Book,
    Chapter,
    CiteKey,
    Code,
    CodeBlock,
    Element,
    Generated,
    Heading,
    Image,
    Inline,
    NoteReference,
    Paragraph,
    Plain,
    Role,
    Span,
    Strong,
    Text,
)
from publish.walk import (
    Marked,
    Rewrite,
    own_inlines,
    plain_text,
    same_words,
    tied_text,
    walk_blocks,
    walk_inlines,
)

LOWEST = 6
# Numbers that put a file in its place, with what parts them from its name.
ORDER = re.compile(r"(?:\d*[\W_])+(?=[^\W\d_])")


# Pages with nothing above what stands on them: their titles are for the contents.
_SHOWN = frozenset(
    {
        Role.HALF_TITLE,
        Role.FRONTISPIECE,
        Role.TITLE_PAGE,
        Role.COPYRIGHT_PAGE,
        Role.DEDICATION,
        Role.EPIGRAPH,
    }
)


def title_chapters(book: Book) -> Book:
    """Every chapter has a title, and at most one heading of level 1, which is it.

    The title is the heading that opens the file, else its only heading of level 1,
    else what front matter or another tool's contents calls it (that becomes a heading,
    but on a page that is only shown), else the name of the file (that does not: nobody
    wrote it to be read).
    """
    return replace(book, chapters=tuple(map(_title_chapter, book.chapters)))


def _title_chapter(chapter: Chapter) -> Chapter:
    title = _title_heading(chapter)
    given = chapter.title or chapter.label
    if title is None and given and chapter.role not in _SHOWN:
        title = Heading(1, (Text(given),), 0)
        chapter = replace(chapter, blocks=(title, *chapter.blocks))
    if holds(chapter, Heading):
        chapter = replace(chapter, notes=_NO_HEADINGS.notes(chapter.notes))
    change = Rewrite(block=_Levels(title).change)
    words = tied_text(title.children) if title else given or readable(chapter.source)
    return replace(rewrite_where(chapter, change, Heading), title=words)


def _title_heading(chapter: Chapter) -> Heading | None:
    opens, tops = _first_things(chapter.blocks)
    if not tops:
        return None
    first = tops[0]
    only = [heading for heading in tops if heading.level == 1]
    if chapter.title and not same_words(chapter.title, plain_text(first.children)):
        return first if opens and only == [first] else None
    if opens:
        return first
    return only[0] if len(only) == 1 else None


def _first_things(blocks: Blocks) -> tuple[bool, list[Heading]]:
    """Whether no words stand before the first heading, and the headings of a chapter.

    Those within quotations, lists and tables are none of its outline.
    """
    opens = True
    found: list[Heading] = []
    for block in _unwrapped(blocks):
        if isinstance(block, Heading) and plain_text(block.children):
            found.append(block)
        elif not found:
            opens = opens and not _has_words(block)
    return opens, found


def _unwrapped(blocks: Blocks) -> Iterator[Block]:
    """What stands in divisions, as it would without them: READMEs centre titles so."""
    for block in blocks:
        if isinstance(block, Element):
            yield from _unwrapped(block.children)
        else:
            yield block


# What is read, besides text.
_SAYING = Code | CiteKey | Generated | Image | NoteReference


def _has_words(block: Block) -> bool:
    """Pictures and rules before a heading do not keep it from opening the chapter."""
    return any(
        isinstance(inside, CodeBlock)
        or any(map(_is_word, walk_inlines(own_inlines(inside))))
        for inside in walk_blocks((block,))
    )


def _is_word(inline: Inline) -> bool:
    return isinstance(inline, Text | Code) and bool(inline.value.strip())


def _no_heading(block: Block) -> Block | None:
    """What stands in a note is no part of the outline of the text."""
    if not isinstance(block, Heading):
        return block
    if _is_empty(block):
        return _places(block)
    return Paragraph((Strong(block.children),), block.line, block.attributes)


_NO_HEADINGS = Rewrite(block=_no_heading)


def _is_empty(heading: Heading) -> bool:
    """Whether nobody sees that it is there."""
    return not any(
        isinstance(inline, _SAYING) or _is_word(inline)
        for inline in walk_inlines(heading.children)
    )


def _places(heading: Heading) -> Block | None:
    """The ids of a heading that is empty, for the links to them; None for none."""
    marked = [i for i in walk_inlines(heading.children) if isinstance(i, Marked)]
    ids = [thing.attributes.id for thing in (heading, *marked) if thing.attributes.id]
    if not ids:
        return None
    spans = [Span("span", (), heading.line, Attributes(found)) for found in ids]
    return Element("div", (Plain(tuple(spans), heading.line),), heading.line)


class _Levels:
    """New levels for the headings of one chapter, met in the order of the text."""

    def __init__(self, title: Heading | None) -> None:
        self.title = title
        # The author's levels of the sections that are open here.
        self.open: list[int] = []

    def change(self, block: Block) -> Block | None:
        if not isinstance(block, Heading):
            return block
        if _is_empty(block):
            return _places(block)
        if block is self.title:
            self.open = []
            return block if block.level == 1 else replace(block, level=1)
        if not plain_text(block.children):
            # Nothing to call a section by: a picture without words, the call of a note.
            return Paragraph(block.children, block.line, block.attributes)
        while self.open and self.open[-1] >= block.level:
            self.open.pop()
        self.open.append(block.level)
        level = min(len(self.open) + 1, LOWEST)
        return block if level == block.level else replace(block, level=level)


def readable(source: str) -> str:
    """ "part/02-the_storm.md" becomes "The storm"."""
    stem = re.sub(r"\.[^.]*$", "", source.rsplit("/", 1)[-1])
    words = ORDER.sub("", stem, count=1) if ORDER.match(stem) else stem
    words = re.sub(r"[\s_-]+", " ", words).strip() or stem
    return words[:1].upper() + words[1:]
