"""Define the terms of the book, and lead from the text to their definitions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from publish.kinds import chapter_ids, every, holds, rewrite_where
from publish.language import alphabet, labels
from publish.model import (
    Block,
    Blocks,
    Book,
    Chapter,
    Definition,
    DefinitionList,
    Element,
    Heading,
    Inline,
    Link,
    Role,
    Span,
    Target,
    Term,
    TermReference,
)
from publish.transform.anchors import Taken, unique
from publish.walk import (
    Rewrite,
    plain_text,
    walk_blocks,
    walk_inlines,
)

_GLOSSARY, _SORTED = "glossary", "sorted"


@dataclass(frozen=True, slots=True)
class Defined:
    """A term of the glossary. line: of its file"""

    words: str
    target: Target
    chapter: Chapter
    line: int


def define_terms(book: Book) -> Book:
    """Lists of definitions in a glossary define terms, and `[wick]{.term}` leads there.

    A glossary is a chapter of that role, or a division `::: glossary` elsewhere; one
    that is called `.sorted`, or has a heading that is, comes in the order of the
    language. A term that it has not stays without a target; in a book without one,
    `.term` is a class like any other.
    """
    book = replace(book, chapters=tuple(map(_with_glossary, book.chapters)))
    terms: dict[str, Target] = {}
    for term in defined_terms(book):
        terms.setdefault(term_key(term.words), term.target)
    chapters = (_referring(chapter, terms) for chapter in book.chapters)
    return replace(book, chapters=tuple(chapters))


def defined_terms(book: Book) -> Iterator[Defined]:
    """Every term of the glossaries, in the order of the book."""
    for chapter in book.chapters:
        for listing in every(chapter, DefinitionList):
            for term in listing.items if listing.glossary else ():
                if isinstance(term, Term):
                    target = Target(chapter.name, term.attributes.id)
                    words = plain_text(term.children)
                    line = term.line or listing.line
                    yield Defined(words, target, chapter, line)


def term_key(words: str) -> str:
    """The same for words that mean the same term."""
    return " ".join(words.casefold().split())


def _with_glossary(chapter: Chapter) -> Chapter:
    if chapter.role is Role.GLOSSARY:
        heading = next((b for b in chapter.blocks if isinstance(b, Heading)), None)
        is_sorted = heading is not None and _SORTED in heading.attributes.classes
        glossary = _Glossary(chapter)
        return replace(
            chapter, blocks=glossary.blocks(chapter.blocks, is_sorted=is_sorted)
        )
    if not holds(chapter, DefinitionList):
        return chapter
    if not any(map(_is_glossary, walk_blocks(chapter.blocks))):
        return chapter
    glossary = _Glossary(chapter)

    def change(block: Block) -> Block:
        return glossary.section(block) if _is_glossary(block) else block

    return replace(chapter, blocks=Rewrite(block=change).blocks(chapter.blocks))


def _is_glossary(block: Block) -> bool:
    if not isinstance(block, Element) or block.tag != "div":
        return False
    return _GLOSSARY in block.attributes.classes and any(
        isinstance(inside, DefinitionList) for inside in walk_blocks(block.children)
    )


class _Glossary:
    """Changes the glossary of one chapter."""

    def __init__(self, chapter: Chapter) -> None:
        self._language = chapter.language
        self._taken: Taken = dict.fromkeys(chapter_ids(chapter), 0)

    def section(self, division: Block) -> Block:
        """A part of a chapter that is a glossary."""
        assert isinstance(division, Element)
        own = division.attributes
        is_sorted = _SORTED in own.classes
        rest = dict(own.rest) | {"role": "doc-glossary"}
        rest.setdefault("aria-label", labels(self._language).glossary)
        return replace(
            division,
            tag="section",
            children=self.blocks(division.children, is_sorted=is_sorted),
            attributes=replace(own, rest=tuple(sorted(rest.items()))),
        )

    def blocks(self, blocks: Blocks, *, is_sorted: bool) -> Blocks:
        def change(block: Block) -> Block:
            if isinstance(block, DefinitionList):
                return self._list(block, is_sorted=is_sorted)
            if isinstance(block, Element) and _SORTED in block.attributes.classes:
                return replace(
                    block, children=self.blocks(block.children, is_sorted=True)
                )
            return block

        return Rewrite(block=change).blocks(blocks)

    def _list(self, listing: DefinitionList, *, is_sorted: bool) -> DefinitionList:
        items = [self._with_id(item) for item in listing.items]
        if is_sorted:
            items = _in_order(items, self._language)
        return replace(listing, items=tuple(items), glossary=True)

    def _with_id(self, item: Term | Definition) -> Term | Definition:
        if not isinstance(item, Term) or item.attributes.id:
            return item
        own = replace(item.attributes, id=unique("term", self._taken))
        return replace(item, attributes=own)


def _in_order(items: list[Term | Definition], language: str) -> list[Term | Definition]:
    groups: list[list[Term | Definition]] = []
    for before, item in zip([None, *items], items, strict=False):
        if isinstance(item, Term) and not isinstance(before, Term):
            groups.append([])
        groups[-1].append(item)
    order = alphabet(language)
    groups.sort(key=lambda group: order.key(_first_words(group)))
    return [item for group in groups for item in group]


def _first_words(group: list[Term | Definition]) -> str:
    first = group[0]
    return plain_text(first.children) if isinstance(first, Term) else ""


def _referring(chapter: Chapter, terms: Mapping[str, Target]) -> Chapter:
    def change(inline: Inline) -> Inline:
        if isinstance(inline, TermReference):
            if not terms or _holds_link(inline):
                return _plain(inline)
            words = inline.of or plain_text(inline.children)
            return replace(inline, target=terms.get(term_key(words)))
        if isinstance(inline, Link):
            # No link stands in a link.
            children = _UNLINK.inlines(inline.children)
            return replace(inline, children=children)
        return inline

    return rewrite_where(chapter, Rewrite(inline=change), TermReference)


def _holds_link(reference: TermReference) -> bool:
    return any(
        isinstance(inside, Link | TermReference)
        for inside in walk_inlines(reference.children)
    )


def _plain(reference: TermReference) -> Span:
    own = reference.attributes
    attributes = replace(own, classes=("term", *own.classes))
    return Span("span", reference.children, reference.line, attributes)


def _unlinked(inline: Inline) -> Inline:
    return _plain(inline) if isinstance(inline, TermReference) else inline


_UNLINK = Rewrite(inline=_unlinked)
