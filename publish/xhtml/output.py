"""How the outputs differ, and elements as both write them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from publish.model import (
    BARE,
    Attributes,
    DivisionKind,
    Equation,
    IndexPlace,
    Math,
    NoteList,
    NoteReference,
    PageReference,
    Target,
)

# Elements that HTML writes without an end tag and XHTML closes at once.
VOID = frozenset({"br", "hr", "img", "wbr"})


@dataclass(frozen=True, slots=True)
class Output:
    """How one output writes what the tree leaves open, for one chapter.

    href: address of a place in the book
    picture: address of the `ImageFile` of that name
    anchor: an id of this chapter as the output wants it
    note: the call of a note, as XHTML
    page: the number of a page of print, as XHTML
    notes: notes where they stand, as XHTML
    formula: mathematics, as XHTML
    places: where an entry of the index leads, as XHTML that goes on behind its words;
        it is given the comma of lists too
    meaning: attributes that say what an element is, by its word in the EPUB Structural
        Semantics Vocabulary; none where nobody would read them
    division: the same for a division, by its kind
    page_break: as XHTML; empty where there are no pages
    prefix: of the classes of what the tool makes, where an author might have the same
    """

    href: Callable[[Target], str]
    picture: Callable[[str], str]
    anchor: Callable[[str], str]
    note: Callable[[NoteReference], str]
    page: Callable[[PageReference], str]
    notes: Callable[[NoteList], str]
    places: Callable[[tuple[IndexPlace, ...], str], str]
    formula: Callable[[Math | Equation], str]
    meaning: Callable[[str], Mapping[str, str]] = lambda _: {}
    division: Callable[[DivisionKind], Mapping[str, str]] = lambda _: {}
    page_break: str = ""
    prefix: str = ""


def escape(text: str) -> str:
    """Text for XML, outside and inside of double quotes."""
    return (
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&quot;")
    )


def attributes_xhtml(
    attributes: Attributes, output: Output, *classes: str, **more: str
) -> str:
    """Attributes of a start tag, each with a space before it.

    classes: set before the author's own; *more*: where not empty and not the author's
    """
    if attributes is BARE and not classes and not more:
        return ""
    pairs = []
    if attributes.id:
        pairs.append(("id", output.anchor(attributes.id)))
    if names := " ".join(name for name in (*classes, *attributes.classes) if name):
        pairs.append(("class", names))
    pairs += attributes.rest
    written = dict(pairs)
    pairs += [item for item in more.items() if item[1] and item[0] not in written]
    return "".join([pair(name, value) for name, value in pairs])


def pair(name: str, value: str) -> str:
    text = f'{name}="{escape(value)}"'
    if name == "lang":
        # XHTML wants it twice (EPUB 3.3, XHTML content documents).
        return f" {text} xml:{text}"
    if name == "width" and value.endswith("%"):
        return f' style="width: {escape(value)}"'
    return f" {text}"


def element(
    tag: str,
    inside: str,
    attributes: Attributes,
    output: Output,
    *classes: str,
    **more: str,
) -> str:
    start = tag + attributes_xhtml(attributes, output, *classes, **more)
    return f"<{start} />" if tag in VOID else f"<{start}>{inside}</{tag}>"
