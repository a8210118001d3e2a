"""Readings over words. WeasyPrint 70 knows no ruby: it would set them in the line."""

from unicodedata import east_asian_width
from xml.etree.ElementTree import Element, SubElement

# As `.p-reading` has it, in ems of the words.
_SIZE = 0.5
_WIDE = frozenset("WF")


def set_readings(section: Element) -> None:
    """Make of each pair of words and reading a box with the one over the other.

    Parentheses for programs that cannot do so fall away.
    """
    for ruby in list(section.iter("ruby")):
        pieces = [*_pieces(ruby)]
        for child in list(ruby):
            ruby.remove(child)
        ruby.text, ruby.tag = None, "span"
        pair = _pair(ruby)
        for piece in pieces:
            if isinstance(piece, Element) and piece.tag == "rt":
                _close(pair, piece)
                pair = _pair(ruby)
            else:
                _add(pair, piece)
        if not len(pair) and not pair.text:
            ruby.remove(pair)


def _pieces(ruby: Element) -> "list[Element | str]":
    """Text and elements in their order."""
    pieces: list[Element | str] = [ruby.text or ""]
    for child in ruby:
        tail, child.tail = child.tail or "", None
        if child.tag != "rp":
            pieces.append(child)
        pieces.append(tail)
    return [piece for piece in pieces if piece != ""]


def _pair(ruby: Element) -> Element:
    return SubElement(ruby, "span")


def _add(pair: Element, piece: Element | str) -> None:
    if isinstance(piece, Element):
        pair.append(piece)
    elif len(pair):
        pair[-1].tail = (pair[-1].tail or "") + piece
    else:
        pair.text = (pair.text or "") + piece


def _close(pair: Element, reading: Element) -> None:
    needed = _width("".join(reading.itertext())) * _SIZE
    pair.set("class", "p-ruby")
    # What lies over the words takes no room of its own.
    if needed > _width("".join(pair.itertext())):
        pair.set("style", f"min-width: {needed:.4g}em")
    reading.tag = "span"
    reading.set("class", f"p-reading {reading.get('class', '')}".strip())
    pair.append(reading)


def _width(text: str) -> float:
    """In ems: a sign of Chinese or Japanese is one, others are about half as wide."""
    return sum(1.0 if east_asian_width(sign) in _WIDE else 0.5 for sign in text)
