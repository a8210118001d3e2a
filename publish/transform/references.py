"""Put into words what an author names: `@fig-lamp` is "Figure 2.3"."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from publish.language import labels
from publish.model import (
    Block,
    Book,
    Chapter,
    Citation,
    CiteKey,
    Division,
    Generated,
    Heading,
    Inline,
    Inlines,
    Link,
    PageReference,
    Role,
    Span,
    Target,
    Text,
)
from publish.transform.things import NO_BREAK, THINGS, is_thing, kind_of, label_of
from publish.walk import (
    WRAPPERS,
    Rewrite,
    chapter_blocks,
    plain_text,
    rewrite_chapter,
)

# Written on a reference that gives the page of print.
_PAGE = "page"


@dataclass(frozen=True, slots=True)
class Named:
    """A place of the book, as a reference calls it.

    words: "Figure 2.3", "Section 2.1", or the title of a section without a number
    number: "2.3"; the title where there is none
    """

    target: Target
    words: str
    number: str


def resolve_references(book: Book) -> Book:
    """Names become links that say what they lead to, and so do links without words.

    `[](#fig-lamp){.page}` says in print on which page it is. A name of two things means
    the first; one of nothing stays as it is.
    """
    names, places = _named(book)
    chapters = (_Resolver(c, names, places).chapter() for c in book.chapters)
    return replace(book, chapters=tuple(chapters))


def _named(book: Book) -> tuple[Mapping[str, Named], Mapping[Target, Named]]:
    """What can be referred to: by its name, and by its place."""
    names: dict[str, Named] = {}
    places: dict[Target, Named] = {}
    for chapter in book.chapters:
        places[Target(chapter.name)] = _chapter(chapter)
        for block in chapter_blocks(chapter):
            if found := _thing(block, chapter):
                places.setdefault(found.target, found)
                if is_thing(found.target.anchor):
                    names.setdefault(found.target.anchor, found)
    return names, places


def _thing(block: Block, chapter: Chapter) -> Named | None:
    if isinstance(block, Heading):
        return _heading(block, chapter)
    if not isinstance(block, (*THINGS, Division)) or not block.number:
        return None
    name = block.attributes.id
    kind = kind_of(name)
    if kind is None:
        return None
    words = label_of(kind, block.number, chapter.language)
    return Named(Target(chapter.name, name), words, block.number)


def _heading(heading: Heading, chapter: Chapter) -> Named:
    target = Target(chapter.name, heading.attributes.id)
    if heading.level == 1 and chapter.number:
        return replace(_chapter(chapter), target=target)
    title = plain_text(heading.children)
    if not heading.number:
        return Named(target, title, title)
    word = labels(chapter.language).section
    return Named(target, f"{word}{NO_BREAK}{heading.number}", heading.number)


def _chapter(chapter: Chapter) -> Named:
    target = Target(chapter.name)
    if not chapter.number:
        return Named(target, chapter.title, chapter.title)
    said = labels(chapter.language)
    if chapter.role is Role.PART:
        return Named(target, chapter.number, chapter.number)
    word = said.appendix if chapter.role is Role.APPENDIX else said.chapter
    return Named(target, f"{word}{NO_BREAK}{chapter.number}", chapter.number)


class _Resolver:
    """Changes one chapter."""

    def __init__(
        self,
        chapter: Chapter,
        names: Mapping[str, Named],
        places: Mapping[Target, Named],
    ) -> None:
        self._chapter, self._names, self._places = chapter, names, places
        self._paged = False

    def chapter(self) -> Chapter:
        changed = rewrite_chapter(self._chapter, Rewrite(inline=self._change))
        return replace(changed, paged=self._paged)

    def _change(self, inline: Inline) -> Inline:
        match inline:
            case CiteKey(key) if key in self._names:
                named = self._names[key]
                words = named.number if inline.bare else named.words
                return self._link(named.target, key, words, inline.line)
            case Citation(children) if _holds_only_things(children):
                return Span("span", tuple(_unbracketed(children)), inline.line)
            case Link(target=target):
                link = _single(inline)
                return self._worded(link, target) if target else link
            case _:
                return inline

    def _link(self, target: Target, key: str, words: str, line: int) -> Link:
        children = (Generated(words),)
        return Link(f"#{key}", children, line, target=target)

    def _worded(self, link: Link, target: Target) -> Inline:
        """Words for a link that has none, and the page where it is asked for."""
        wordless = not link.children
        named = self._places.get(target)
        if wordless and named:
            link = replace(link, children=(Generated(named.words),))
        if _PAGE not in link.attributes.classes:
            return link
        self._paged = True
        words = labels(self._chapter.language).on_page
        if wordless:
            return PageReference(target, words, plain_text(link.children))
        page = PageReference(target, f" ({words})")
        return Span("span", (link, page), link.line)


def _holds_only_things(children: Inlines) -> bool:
    """Whether all names in brackets were found: these are no sources."""
    return not any(isinstance(child, CiteKey) for child in children)


def _unbracketed(children: Inlines) -> Iterator[Inline]:
    """Things one behind the other; words before one stand for its own."""
    worded = False
    for child in children:
        match child:
            case Text(value):
                yield Text(value.replace(";", ","))
                worded = bool(value.rpartition(";")[2].strip())
            case Link(children=(Generated(words),)) if worded and NO_BREAK in words:
                yield replace(child, children=(Generated(words.split(NO_BREAK)[-1]),))
            case _:
                yield child


def _single(link: Link) -> Link:
    """Without those that its words became: no link stands in a link."""
    if not any(isinstance(child, WRAPPERS) for child in link.children):
        return link
    children = _UNLINK.inlines(link.children)
    return link if children is link.children else replace(link, children=children)


def _unlinked(inline: Inline) -> Inline:
    if not isinstance(inline, Link):
        return inline
    return Span("span", inline.children, inline.line)


_UNLINK = Rewrite(inline=_unlinked)
