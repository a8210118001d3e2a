"""What is kept of a document when the next one is read.

A long book has thousands of documents; only what others may lead to, and where each
leads itself, stays in memory.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from publish.check.xml import Document, Element
from publish.problems import Position

# Attributes that name something to show; the reader fetches it by itself.
_SHOWN = {
    ("img", "src"),
    ("audio", "src"),
    ("video", "src"),
    ("video", "poster"),
    ("source", "src"),
    ("track", "src"),
    ("embed", "src"),
    ("iframe", "src"),
    ("script", "src"),
    ("object", "data"),
    ("link", "href"),
    ("input", "src"),
    ("svg:image", "xlink:href"),
    ("svg:image", "href"),
    ("svg:use", "xlink:href"),
    ("svg:use", "href"),
    ("math:math", "altimg"),
}
# Attributes that name a place to go to.
_CLICKED = {("a", "href"), ("area", "href"), ("svg:a", "xlink:href"), ("svg:a", "href")}
_LINKS: dict[str, list[tuple[str, bool]]] = {}
for _name, _attribute in sorted(_SHOWN | _CLICKED):
    _LINKS.setdefault(_name, []).append((_attribute, (_name, _attribute) in _CLICKED))
# What may come from the web: https://www.w3.org/TR/epub-33/#sec-resource-locations
_MAY_BE_REMOTE = frozenset({"audio", "video", "source", "script", "css-font"})
_SRCSET = frozenset({"img", "source"})


@dataclass(frozen=True, slots=True)
class Link:
    """element: that has it; "css" and "css-font" for one in a style sheet
    is_clicked: whether a person goes there; else it is shown with the page
    may_be_remote: whether EPUB lets it come from the web
    """

    element: str
    address: str
    line: int
    column: int
    is_clicked: bool = False
    may_be_remote: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """A mark where a page of print begins. anchor: '' when it has no id"""

    anchor: str
    at: Position


@dataclass(slots=True)
class Trace:
    """ids: each with its place in the order of the document
    breaks: of pages, in order
    """

    path: str
    ids: dict[str, int] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    breaks: list[Break] = field(default_factory=list)


def trace(path: str, document: Document, at: Position) -> Trace:
    """at: of the file; each mark has its own line"""
    kept = Trace(path)
    for element in document.elements:
        attributes = element.attributes
        if anchor := attributes.get("id"):
            kept.ids.setdefault(anchor, element.start)
        if element.name in _LINKS:
            kept.links.extend(_links(element))
        if attributes and is_page_break(element):
            place = Position(at.path, element.line, element.column)
            kept.breaks.append(Break(anchor or "", place))
    return kept


def is_page_break(element: Element) -> bool:
    attributes = element.attributes
    return (
        "epub:type" in attributes and "pagebreak" in attributes["epub:type"].split()
    ) or ("role" in attributes and "doc-pagebreak" in attributes["role"].split())


def _links(element: Element) -> Iterator[Link]:
    # Beside a picture, a <source> is one, too.
    above = element.parent.name if element.parent else ""
    remote = element.name in _MAY_BE_REMOTE and above != "picture"
    place = element.line, element.column
    for attribute, is_clicked in _LINKS[element.name]:
        address = element.attributes.get(attribute)
        if address is not None and not _is_relation(element):
            is_film = remote and attribute == "src"
            yield Link(element.name, address, *place, is_clicked, is_film)
    if element.name in _SRCSET:
        for candidate in element.get("srcset").split(","):
            if words := candidate.split():
                yield Link(element.name, words[0], *place)


def _is_relation(element: Element) -> bool:
    """Whether it only names something akin, which no reader fetches."""
    return element.name == "link" and "stylesheet" not in element.words("rel")
