"""Code and addresses, which break unlike words: a reader must see where."""

from collections.abc import Iterator, Mapping
from copy import copy
from math import ceil
from typing import Literal
from xml.etree.ElementTree import Element, SubElement

from publish.addresses import is_address
from publish.pdf.breaks import breaks, join_hyphens
from publish.pdf.classes import add_classes, classes
from publish.pdf.page import Page

# Never hyphenated, code and addresses leave holes in a justified line.
MUCH = 0.25
_CODE = frozenset({"code", "kbd", "samp", "tt"})


def loosen_lines(section: Element) -> None:
    """Mark addresses `p-address`: a hyphen in one would be taken for a part of it. And
    paragraphs much of which is code or address `p-ragged`, for lines that end freely,
    where they would else be justified.
    """
    for link in section.iter("a"):
        if is_address("".join(link.itertext())):
            add_classes(link, "p-address")
    _loosen(section)


# Where something has said already how lines end.
_ALIGNED = frozenset({"td", "th", "figcaption", "caption", "pre"})
_ALIGNING = frozenset({"left", "right", "center", "justify", "verse", "p-dedication"})


def _loosen(element: Element) -> None:
    if element.tag in _ALIGNED or not _ALIGNING.isdisjoint(classes(element)):
        return
    if element.tag in {"p", "li", "dd"}:
        stiff = _stiff_letters(element)
        if stiff and stiff > MUCH * sum(map(len, element.itertext())):
            add_classes(element, "p-ragged")
    for child in element:
        _loosen(child)


def _stiff_letters(element: Element) -> int:
    if element.tag in _CODE or "p-address" in classes(element):
        return sum(map(len, element.itertext()))
    return sum(map(_stiff_letters, element))


def join_code(section: Element) -> None:
    """Keep the hyphens of code in the text with what they stand before."""
    for element in section:
        if element.tag in _CODE:
            before = ""
            for inner, part in _texts(element):
                text = getattr(inner, part) or ""
                setattr(inner, part, join_hyphens(text, before))
                before = text[-1:] or before
        elif element.tag != "pre":
            join_code(element)


def printed_lines(listing: Element, page: Page) -> int:
    """How many lines a listing takes on the page, those that turn over counted."""
    columns = _columns(listing, page)
    lines = "".join(listing.itertext()).rstrip("\n").split("\n")
    return sum(_height(line, columns) for line in lines)


def _height(line: str, columns: int) -> int:
    more = len(line) - columns
    return 1 + max(0, ceil(more / (columns - _ARROW - _hang(line, columns))))


def _columns(listing: Element, page: Page) -> int:
    sizes = page.sizes
    columns = page.text_width / (sizes.code * page.size * sizes.code_letter)
    return int(columns) - (_MARGIN if "p-numbered" in classes(listing) else 0)


def turn_lines(section: Element, page: Page) -> None:
    """Make each line of a listing an element, where one is wider than the page, or
    than what may be left of it for a listing in a list.

    The style then hangs what turns over. A listing that fits stays as it is: a box a
    line is slower to set.
    """
    for listing, depth in _listings(section, 0):
        columns = _columns(listing, page)
        room = max(columns - _DEEPER * depth, _LEAST)
        _expand_tabs(listing, int(page.sizes.tab))
        lines = "".join(listing.itertext()).splitlines()
        lined = any("p-line" in classes(line) for line in listing.iter())
        if lined or any(len(line) > room for line in lines):
            for code in listing.iter("code"):
                _turn(code, columns, room)


def _listings(element: Element, depth: int) -> Iterator[tuple[Element, int]]:
    """Each listing, and in how much it stands that goes in."""
    for child in element:
        if child.tag == "pre":
            yield child, depth
        else:
            yield from _listings(child, depth + (child.tag in _INSETS))


_INSETS = frozenset({"li", "dd", "blockquote", "div", "aside"})
# Letters that each of these takes at most, and that are always left.
_DEEPER, _LEAST = 6, 20
# Letters that the numbers of lines take, and the arrow; `text.css` says the same.
_MARGIN, _ARROW = 4, 3


def _hang(line: str, columns: int) -> int:
    """The indent of a line, as far as it leaves room for what turns over."""
    indent = len(line) - len(line.lstrip())
    return max(0, min(indent, columns - _ARROW - _LEAST))


def _expand_tabs(listing: Element, tab: int) -> None:
    """Spaces for tabs: where nothing is drawn, two words are read as one."""
    if not any("\t" in text for text in listing.itertext()):
        return
    line = ""
    for element, part in _texts(listing):
        text = getattr(element, part) or ""
        # What stands before it in its line says how wide a tab is.
        whole = (line + text).expandtabs(tab)
        setattr(element, part, whole[len(line) :])
        line = whole[whole.rfind("\n") + 1 :]


def _texts(element: Element) -> Iterator[tuple[Element, Literal["text", "tail"]]]:
    """Where the words inside *element* are, in their order."""
    yield element, "text"
    for child in element:
        yield from _texts(child)
        yield child, "tail"


def _turn(code: Element, columns: int, room: int) -> None:
    """The children of a listing are text and spans of text; a line end may fall inside
    a span, which is then begun again on the next line."""
    lines = [child for child in code if "p-line" in classes(child)]
    if not lines:
        parts = _split(_pieces(code))
        _empty(code)
        for pieces in parts:
            line = SubElement(code, "span", {"class": "p-line"})
            _fill(line, pieces, columns, room)
    for line in lines:
        (pieces,) = _split(_pieces(line))
        _empty(line)
        _fill(line, pieces, columns, room)
    add_classes(code, "p-lines")


_Piece = tuple[Element | None, str]
_Pieces = list[_Piece]


def _pieces(element: Element) -> _Pieces:
    """The text of an element, each piece with the span that it stands in."""
    pieces: _Pieces = [(None, element.text or "")]
    for child in element:
        pieces.append((child, "".join(child.itertext())))
        pieces.append((None, child.tail or ""))
    return pieces


def _split(pieces: _Pieces) -> list[_Pieces]:
    lines: list[_Pieces] = [[]]
    for span, text in pieces:
        first, *rest = text.split("\n")
        lines[-1].append((span, first))
        lines += [[(span, line)] for line in rest]
    if len(lines) > 1 and not any(text for _, text in lines[-1]):
        lines.pop()
    return lines


def _empty(element: Element) -> None:
    attributes, tail = dict(element.attrib), element.tail
    element.clear()
    element.attrib.update(attributes)
    element.tail = tail


def _fill(line: Element, pieces: _Pieces, columns: int, room: int) -> None:
    words = "".join(text for _, text in pieces)
    hang = _hang(words, columns)
    if len(words) > columns:
        add_classes(line, "p-turned")
        if hang:
            line.set("style", f"--hang: {hang}ch")
    if len(words) > room:
        left = max(room - _ARROW - hang, _LEAST)
        pieces = list(_marked(pieces, breaks(words, left)))
    last: Element | None = None
    for span, text in pieces:
        if span is not None:
            last = copy(span)
            last[:] = []
            last.text, last.tail = text, ""
            line.append(last)
        elif last is None:
            line.text = (line.text or "") + text
        else:
            last.tail = (last.tail or "") + text


def _marked(pieces: _Pieces, marks: Mapping[int, str]) -> Iterator[_Piece]:
    """The same pieces, with *marks* before the signs of the line."""
    start = 0
    for span, text in pieces:
        signs = (marks.get(start + n, "") + sign for n, sign in enumerate(text))
        yield span, "".join(signs)
        start += len(text)
