"""Which way code and addresses run where the text runs the other way."""

from dataclasses import replace
from itertools import chain

from publish.addresses import is_address
from publish.kinds import marked_where, rewrite_where
from publish.language import direction
from publish.model import (
    Attributes,
    Block,
    Book,
    Chapter,
    Code,
    Inline,
    Link,
    Span,
)
from publish.walk import (
    UNMARKED,
    WRAPPERS,
    Rewrite,
    plain_text,
)

_CODE = frozenset({"code", "kbd", "samp", "tt"})
_LTR = ("dir", "ltr")


def set_directions(book: Book) -> Book:
    """A passage in a language that runs the other way than its chapter says which way
    it runs, and so does one in any language within it."""
    return replace(book, chapters=tuple(map(_directed, book.chapters)))


def _directed(chapter: Chapter) -> Chapter:
    own = direction(chapter.language)
    said = marked_where(chapter, "lang")
    languages = {thing.attributes.get("lang") for thing in said}
    foreign = {tag for tag in languages if tag and direction(tag) != own}
    if not foreign:
        return chapter

    def change(attributes: Attributes) -> Attributes:
        known = attributes.get("lang") in foreign
        return _with_direction(attributes) if known else attributes

    def in_block(block: Block) -> Block:
        if isinstance(block, UNMARKED) or not is_foreign(block.attributes):
            return block
        (inside,) = _SAYING.blocks((block,))
        return inside

    def in_inline(inline: Inline) -> Inline:
        if not isinstance(inline, WRAPPERS) or not is_foreign(inline.attributes):
            return inline
        return replace(inline, children=_SAYING.inlines(inline.children))

    def is_foreign(attributes: Attributes) -> bool:
        return attributes.get("dir") not in {"", own}

    directed = rewrite_where(chapter, Rewrite(attributes=change), "lang")
    return rewrite_where(directed, Rewrite(block=in_block, inline=in_inline), "dir")


def _with_direction(attributes: Attributes) -> Attributes:
    language = attributes.get("lang")
    if not language or attributes.get("dir"):
        return attributes
    pair = ("dir", direction(language))
    return replace(attributes, rest=tuple(sorted((*attributes.rest, pair))))


_SAYING = Rewrite(attributes=_with_direction)


def set_code_left_to_right(book: Book) -> Book:
    """Code in a line that runs from right to left says that it does not.

    Else `.md` is read "md.": a point has the direction of the line. So does an address
    that stands in the text as itself.
    """
    return replace(book, chapters=tuple(map(_in_chapter, book.chapters)))


def _in_chapter(chapter: Chapter) -> Chapter:
    if direction(chapter.language) == "rtl":
        return rewrite_where(chapter, _STRAIGHT, Code, Span, Link)
    return rewrite_where(chapter, Rewrite(block=_in_block, inline=_in_inline), "dir")


def _in_block(block: Block) -> Block:
    """A passage of another direction than its chapter's."""
    if isinstance(block, UNMARKED) or block.attributes.get("dir") != "rtl":
        return block
    (inside,) = _STRAIGHT.blocks((block,))
    return inside


def _in_inline(inline: Inline) -> Inline:
    if not isinstance(inline, WRAPPERS) or inline.attributes.get("dir") != "rtl":
        return inline
    return replace(inline, children=_STRAIGHT.inlines(inline.children))


def _straight(inline: Inline) -> Inline:
    if not isinstance(inline, Code | Span | Link) or inline.attributes.get("dir"):
        return inline
    if isinstance(inline, Span) and not _is_code(inline):
        return inline
    if isinstance(inline, Link) and not is_address(plain_text(inline.children)):
        return inline
    return replace(inline, attributes=_left_to_right(inline.attributes))


def _is_code(span: Span) -> bool:
    """Keys that are pressed together too."""
    return span.tag in _CODE or "keys" in span.attributes.classes


def _left_to_right(attributes: Attributes) -> Attributes:
    return replace(attributes, rest=tuple(sorted(chain(attributes.rest, [_LTR]))))


_STRAIGHT = Rewrite(inline=_straight)
