"""Rules for the navigation document: contents, list of pages, landmarks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from publish.check.addresses import Target, target
from publish.check.documents import Content
from publish.check.say import shown, warn
from publish.check.trace import Trace
from publish.check.xml import Element
from publish.problems import Position, Problem

_LISTS = ("toc", "page-list", "landmarks")
_FLAT = frozenset({"page-list", "landmarks"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list.

    target: None where it leads out of the EPUB
    kind: its epub:type
    depth: 1 for the topmost
    """

    at: Position
    label: str
    target: Target | None
    kind: str
    depth: int


@dataclass(frozen=True, slots=True)
class Navigation:
    """at: of the file"""

    at: Position
    toc: tuple[Entry, ...] = ()
    pages: tuple[Entry, ...] = ()
    landmarks: tuple[Entry, ...] = ()
    has_pages: bool = False


def read_navigation(content: Content) -> Navigation:
    found = {kind: _entries(content, kind) for kind in _LISTS}
    return Navigation(
        content.package.archive.at(content.item.path),
        found["toc"],
        found["page-list"],
        found["landmarks"],
        any("page-list" in nav.words("epub:type") for nav in _navs(content)),
    )


def _navs(content: Content) -> Iterator[Element]:
    return content.document.named("nav")


def _entries(content: Content, kind: str) -> tuple[Entry, ...]:
    found = (nav for nav in _navs(content) if kind in nav.words("epub:type"))
    if (nav := next(found, None)) is None:
        return ()
    entries: list[Entry] = []
    lists, depth_of = 0, {nav.start: 0}
    for element in content.document.inside(nav):
        above = element.parent
        depth = depth_of[above.start] if above else 0
        depth_of[element.start] = depth + (element.name == "ol")
        lists += element.name == "ol"
        if element.name == "a" and element.get("href"):
            entries.append(
                Entry(
                    content.at(element),
                    label(content, element),
                    target(element.get("href"), content.item.path),
                    element.get("epub:type"),
                    depth,
                )
            )
    return tuple(entries)


def label(content: Content, element: Element) -> str:
    """The words of an element; those of pictures count."""
    inside = content.document.inside(element)
    words = [content.document.text(element), element.get("title")]
    words += [e.get("alt") or e.get("aria-label") for e in inside]
    return " ".join(filter(None, words))


def check_navigation(content: Content) -> Iterator[Problem]:
    """That the lists are built as readers expect them."""
    for kind in _LISTS:
        navs = [nav for nav in _navs(content) if kind in nav.words("epub:type")]
        if kind == "toc" and not navs:
            message = "there is no contents"
            hint = 'write <nav epub:type="toc">'
            at = content.at(content.document.root)
            yield Problem(at, "epub-nav", message, hint)
        for nav in navs[1:]:
            message = f'there are several <nav epub:type="{kind}">'
            yield Problem(content.at(nav), "epub-nav", message)
        for nav in navs[:1]:
            yield from _built(content, nav, kind)


def _built(content: Content, nav: Element, kind: str) -> Iterator[Problem]:
    document = content.document
    lists = [child for child in document.children(nav) if child.name == "ol"]
    others = [
        child
        for child in document.children(nav)
        if child.name not in _HEADINGS | {"ol", "header", "hgroup"}
    ]
    if len(lists) != 1 or others:
        message = f"`{kind}` must hold one <ol>, and a heading at most"
        yield Problem(content.at(nav), "epub-nav", message)
    for element in document.inside(nav):
        if element.name == "li":
            yield from _entry(content, element)
        elif element.name == "ol" and not any(document.children(element)):
            message = "a list of the contents is empty"
            yield Problem(content.at(element), "epub-nav", message)
        elif element.name == "ol" and element.parent is not nav and kind in _FLAT:
            message = f"`{kind}` has lists within lists"
            yield warn(content.at(element), "epub-nav", message)


def _entry(content: Content, item: Element) -> Iterator[Problem]:
    children = list(content.document.children(item))
    names = [child.name for child in children]
    if names not in (["a"], ["a", "ol"], ["span", "ol"]):
        message = "an entry is a link, and the list of what is below it"
        hint = "a <span> has no link; it needs a list of its own"
        yield Problem(content.at(item), "epub-nav", message, hint)
    elif not label(content, children[0]):
        message = "an entry has no words"
        yield Problem(content.at(children[0]), "epub-nav-label", message)


def check_entries(
    navigation: Navigation, spine: Mapping[str, int], traces: Mapping[str, Trace]
) -> Iterator[Problem]:
    """That entries lead somewhere, and in the order of reading."""
    for entry in (*navigation.toc, *navigation.pages, *navigation.landmarks):
        if entry.target is None:
            message = f"`{shown(entry.label)}` leads out of the EPUB"
            yield Problem(entry.at, "epub-nav-outside", message)
    yield from _order(navigation, spine, traces)
    seen: set[tuple[str, Target | None]] = set()
    for entry in navigation.landmarks:
        if not entry.kind:
            message = f"the landmark `{shown(entry.label)}` does not say what it is"
            hint = 'write epub:type="bodymatter", or another word'
            yield Problem(entry.at, "epub-nav", message, hint)
        elif (key := (entry.kind, entry.target)) in seen:
            message = f"the landmark `{shown(entry.label)}` is there twice"
            yield Problem(entry.at, "epub-nav", message)
        else:
            seen.add(key)


def _order(
    navigation: Navigation, spine: Mapping[str, int], traces: Mapping[str, Trace]
) -> Iterator[Problem]:
    before = (-1, -1)
    for entry in navigation.toc:
        found = entry.target
        if found is None or found.path not in spine:
            continue
        ids = traces[found.path].ids if found.path in traces else {}
        place = (spine[found.path], ids.get(found.fragment, 0))
        if place < before:
            message = f"`{shown(entry.label)}` comes earlier in the book than here"
            hint = "contents go in the order in which the book is read"
            yield warn(entry.at, "epub-toc-order", message, hint)
            return
        before = place
