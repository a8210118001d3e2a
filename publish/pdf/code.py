"""Code and addresses, which break unlike words: a reader must see where."""

from collections.abc import Iterator
from copy import copy
from math import ceil
from typing import Literal
from xml.etree.ElementTree import Element, SubElement

from publish.addresses import is_address
from publish.pdf.classes import add_classes, classes
from publish.pdf.page import Page

BREAK = "\N{ZERO WIDTH SPACE}"
# Signs without a space that stay together in a line that turns over, as a name does;
# and of what is longer, the signs between two places to break.
NAME, RUN = 24, 8


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


def printed_lines(listing: Element, page: Page) -> int:
    """How many lines a listing takes on the page, those that turn over counted."""
    columns = _columns(page)
    lines = "".join(listing.itertext()).rstrip("\n").split("\n")
    return sum(max(1, ceil(len(line) / columns)) for line in lines)


def _columns(page: Page) -> int:
    sizes = page.sizes
    return int(page.text_width / (sizes.code * page.size * sizes.code_letter))


def turn_lines(section: Element, page: Page) -> None:
    """Make each line of a listing an element, where one line is wider than the page.

    The style then hangs what turns over. A listing that fits stays as it is: a box a
    line is slower to set.
    """
    for listing in section.iter("pre"):
        columns = _columns(page) - (_MARGIN if "p-numbered" in classes(listing) else 0)
        _expand_tabs(listing, int(page.sizes.tab))
        lines = "".join(listing.itertext()).splitlines()
        lined = any("p-line" in classes(line) for line in listing.iter())
        if lined or any(len(line) > columns for line in lines):
            for code in listing.iter("code"):
                _turn(code, columns)


# Letters that the numbers of lines take; `text.css` says the same.
_MARGIN = 4


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


def _turn(code: Element, columns: int) -> None:
    """The children of a listing are text and spans of text; a line end may fall inside
    a span, which is then begun again on the next line."""
    lines = [child for child in code if "p-line" in classes(child)]
    if not lines:
        parts = _split(_pieces(code))
        _empty(code)
        for pieces in parts:
            _fill(SubElement(code, "span", {"class": "p-line"}), pieces, columns)
    for line in lines:
        (pieces,) = _split(_pieces(line))
        _empty(line)
        _fill(line, pieces, columns)
    add_classes(code, "p-lines")


_Pieces = list[tuple[Element | None, str]]


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


def _fill(line: Element, pieces: _Pieces, columns: int) -> None:
    words = "".join(text for _, text in pieces)
    if len(words) > columns:
        add_classes(line, "p-turned")
        pieces = list(_breakable(pieces))
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


def _breakable(
    pieces: list[tuple[Element | None, str]],
) -> Iterator[tuple[Element | None, str]]:
    """The same pieces, with places to break in what has no space for long.

    `overflow-wrap` does not see a long run that begins in one element and goes on in
    another: WeasyPrint 70 lets it leave the paper. A zero-width space is not drawn.
    """
    run = 0
    for span, text in pieces:
        signs = []
        for sign in text:
            run = 0 if sign.isspace() else run + 1
            if run > NAME:
                signs.append(BREAK)
                run = NAME - RUN + 1
            signs.append(sign)
        yield span, "".join(signs)
