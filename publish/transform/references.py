"""Put into words what an author names: `@fig-lamp` is "Figure 2.3"."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import unquote

from publish.kinds import blocks_where, rewrite_where
from publish.language import labels
from publish.model import (
    Attributes,
    Block,
    Book,
    Chapter,
    Citation,
    CiteKey,
    CodeBlock,
    Division,
    Equation,
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
from publish.transform.things import NO_BREAK, THINGS, Thing, is_thing, kind_of
from publish.walk import (
    UNMARKED,
    WRAPPERS,
    Rewrite,
    own_inlines,
    tied_text,
)

# Written on a reference that gives the page of print.
_PAGE = "page"


@dataclass(frozen=True, slots=True)
class Named:
    """A place of the book, as a reference calls it.

    number: "2.3"; the title where there is none
    label: which of `Labels` stands before the number; empty for none
    title: where there is no number, and not all of the title stands in every edition
    """

    target: Target
    number: str
    label: str = ""
    title: Inlines = ()

    def words(self, language: str) -> Inlines:
        """ "Figure 2.3", "Section 2.1", or the title of a section without a number."""
        if not self.label:
            return self.title or (Generated(self.number),)
        word = getattr(labels(language), self.label)
        return (Generated(f"{word}{NO_BREAK}{self.number}"),)


def resolve_references(book: Book) -> Book:
    """Names become links that say what they lead to, in the language in which they
    stand, and so do links without words.

    `[](#fig-lamp){.page}` and `@fig-lamp{.page}` say in print on which page it is. A
    name of two things means the first; one of nothing stays as it is. A link without
    words shows the title of its place, or its name where that has none or is nowhere.
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
        for block in blocks_where(chapter, Heading, *THINGS, Division):
            if found := _thing(block, chapter):
                places.setdefault(found.target, found)
                if is_thing(found.target.anchor):
                    names.setdefault(found.target.anchor, found)
    return names, places


def _thing(block: Block, chapter: Chapter) -> Named | None:
    if isinstance(block, Heading):
        return _heading(block, chapter)
    if not isinstance(block, (*THINGS, Division)) or not block.attributes.id:
        return None
    name = block.attributes.id
    kind = kind_of(name)
    if kind is None or not block.number:
        return _titled(block, Target(chapter.name, name))
    return Named(Target(chapter.name, name), block.number, kind.name.lower())


def _titled(block: Thing | Division, target: Target) -> Named | None:
    """What has no number is called by its title or caption; None where it has none."""
    if isinstance(block, Division):
        title = tied_text(block.title)
    elif isinstance(block, CodeBlock):
        title = tied_text(block.caption) or block.title
    elif isinstance(block, Equation):
        title = block.number
    else:
        title = " ".join(tied_text(own_inlines(part)) for part in block.caption)
    return Named(target, title) if title else None


def _heading(heading: Heading, chapter: Chapter) -> Named:
    target = Target(chapter.name, heading.attributes.id)
    if heading.level == 1 and chapter.number:
        return replace(_chapter(chapter), target=target)
    title = tied_text(heading.children)
    if not heading.number:
        return Named(target, title, title=tuple(_conditional(heading.children)))
    return Named(target, heading.number, "section")


def _conditional(children: Inlines) -> Iterator[Inline]:
    """The words of a title, where some of them stand in some editions alone."""
    if all(isinstance(c, UNMARKED) or not c.attributes.shown for c in children):
        return
    for child in children:
        text = child.value if isinstance(child, Text) else tied_text((child,))
        words: Inline = Generated(text)
        if not isinstance(child, UNMARKED) and (shown := child.attributes.shown):
            words = Span("span", (words,), 0, Attributes(shown=shown))
        yield words


def _chapter(chapter: Chapter) -> Named:
    target = Target(chapter.name)
    if not chapter.number:
        return Named(target, chapter.title)
    if chapter.role is Role.PART:
        return Named(target, chapter.number)
    label = "appendix" if chapter.role is Role.APPENDIX else "chapter"
    return Named(target, chapter.number, label)


class _Resolver:
    """Changes one chapter."""

    def __init__(
        self,
        chapter: Chapter,
        names: Mapping[str, Named],
        places: Mapping[Target, Named],
    ) -> None:
        self._chapter, self._names, self._places = chapter, names, places
        self._language = chapter.language
        self._paged = False

    def chapter(self) -> Chapter:
        change = Rewrite(inline=self._change)
        kinds = (CiteKey, Span, Citation, Link)
        changed = rewrite_where(self._chapter, change, *kinds)
        return replace(changed, paged=self._paged)

    def _change(self, inline: Inline) -> Inline:
        match inline:
            case CiteKey(key) if key in self._names:
                named = self._names[key]
                bare = (Generated(named.number),)
                words = bare if inline.bare else named.words(self._language)
                link = Link(f"#{key}", words, inline.line, target=named.target)
                return self._with_page(link, named.target) if inline.paged else link
            case Span(attributes=said) if _PAGE in said.classes:
                return replace(inline, children=tuple(self._paged_all(inline.children)))
            case Citation(children) if _holds_only_things(children):
                return Span("span", tuple(_unbracketed(children)), inline.line)
            case Link(target=target):
                return self._linked(_single(inline), target)
            case _:
                return inline

    def _linked(self, link: Link, target: Target | None) -> Inline:
        if target is not None:
            return self._worded(link, target)
        if not _is_blank(link.children):
            return link
        shown = _name_in(link.href).removeprefix("mailto:")
        return replace(link, children=(Generated(shown or "[]()"),))

    def _worded(self, link: Link, target: Target) -> Inline:
        """Words for a link that has none, and the page where it is asked for."""
        wordless = _is_blank(link.children)
        if wordless:
            named = self._places.get(target)
            bare = (Generated(_name_in(link.href)),)
            words = named.words(self._language) if named else bare
            link = replace(link, children=words)
        if _PAGE not in link.attributes.classes:
            return link
        if not wordless:
            return self._with_page(link, target)
        self._paged = True
        said = labels(self._language).on_page
        return PageReference(target, said, tied_text(link.children))

    def _with_page(self, link: Link, target: Target) -> Span:
        self._paged = True
        words = labels(self._language).on_page
        return Span("span", (link, PageReference(target, f" ({words})")), link.line)

    def _paged_all(self, children: Inlines) -> Iterator[Inline]:
        """What stood in `[…]{.page}`, each reference with its page."""
        for child in _unbracketed(children):
            if isinstance(child, Link) and child.target:
                yield self._with_page(child, child.target)
            else:
                yield child


def is_bare(link: Link) -> bool:
    """Whether its words are no more than the name of the place it leads to."""
    return link.children == (Generated(_name_in(link.href)),)


def _name_in(href: str) -> str:
    """What a link names, as its author wrote it: "fig-lamp", "oil.md#wicks",
    "https://example.org/oil"."""
    return unquote(href).removeprefix("#")


def _is_blank(children: Inlines) -> bool:
    return all(isinstance(c, Text) and not c.value.strip() for c in children)


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
