"""Words of the other direction kept together where markup parts them.

WeasyPrint 70 puts text in order for each inline element by itself: in a Persian
paragraph `<b>foo</b> <i>bar</i>` is drawn as "bar foo". Neither `bdi` nor invisible
marks help. One `<span dir="ltr">` around the whole run does, markup included.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby
from xml.etree.ElementTree import Element

from publish.pdf.classes import classes

# Letters that run from right to left: Hebrew to Arabic Extended, presentation forms,
# and the scripts of the supplementary plane (Unicode, Bidi_Class R and AL).
_RTL_LETTERS = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff]"
)
_BLOCKS = frozenset(
    {
        "address",
        "article",
        "blockquote",
        "body",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    }
)
# Bidi_Class of a letter to what counts here; all else is neutral.
_STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl", "EN": "number"}
_NEUTRAL, _MIXED = "neutral", "mixed"

Piece = tuple[str, str | Element]


def keep_runs_together(section: Element, direction: str) -> None:
    """direction: of the text round the section, "ltr" or "rtl" """
    if direction == "rtl" or _RTL_LETTERS.search("".join(section.itertext())):
        _walk(section, direction)


def _walk(element: Element, direction: str) -> None:
    direction = element.get("dir", direction)
    if element.tag == "pre":
        return
    children = list(element)
    if children and not any(map(_is_block, children)):
        _join(element, direction)
    for child in children:
        _walk(child, direction)


def _is_block(element: Element) -> bool:
    # A note at the foot is an aside too, and stands in a line until it is set.
    beside = element.tag == "aside" and "p-footnote" not in classes(element)
    return beside or element.tag in _BLOCKS


def _join(parent: Element, direction: str) -> None:
    """Wrap each run of the other direction that is parted by an element."""
    other = "rtl" if direction == "ltr" else "ltr"
    pieces = list(_pieces(parent))
    if sum(kind == other for kind, _ in pieces) < 2:  # noqa: PLR2004
        _restore(parent, pieces)
        return
    joined: list[Piece] = []
    at = 0
    while at < len(pieces):
        end = _end_of_run(pieces, at, other) if pieces[at][0] == other else at + 1
        run = pieces[at:end]
        if len(run) > 1 and any(isinstance(what, Element) for _, what in run):
            span = Element("span", {"dir": other})
            _restore(span, run)
            run = [(other, span)]
        joined += run
        at = end
    _restore(parent, joined)


def _end_of_run(pieces: list[Piece], start: int, other: str) -> int:
    """One past the last piece of the run: numbers after letters go with them (rule W7
    of the Unicode Bidirectional Algorithm), neutral text only between."""
    end = start + 1
    for n in range(start + 1, len(pieces)):
        kind = pieces[n][0]
        if kind == other or (kind == "number" and other == "ltr"):
            end = n + 1
        elif kind != _NEUTRAL:
            break
    return end


def _pieces(parent: Element) -> Iterator[Piece]:
    """Text cut where its direction changes, and the elements between, in order.

    Takes the text out of *parent*.
    """
    yield from _cut(parent.text or "")
    for child in list(parent):
        tail, child.tail = child.tail or "", None
        yield _direction_of(child), child
        yield from _cut(tail)


def _cut(text: str) -> Iterator[Piece]:
    for kind, letters in groupby(text, _kind):
        yield kind, "".join(letters)


def _kind(letter: str) -> str:
    return _STRONG.get(unicodedata.bidirectional(letter), _NEUTRAL)


def _direction_of(element: Element) -> str:
    if element.get("class") in {"p-footnote", "p-note-call"}:
        # A note, of which only the number stands in the line, belongs to no word.
        return _NEUTRAL
    if element.get("dir"):
        # As an isolate (Unicode Bidirectional Algorithm, BD9): what is in it is in
        # order by itself, and does not count round it.
        return _NEUTRAL
    kinds = {_kind(letter) for letter in "".join(element.itertext())} - {_NEUTRAL}
    strong = kinds - {"number"}
    if not strong:
        return "number" if kinds else _NEUTRAL
    return strong.pop() if len(strong) == 1 else _MIXED


def _restore(parent: Element, pieces: list[Piece]) -> None:
    """Put pieces into *parent* in place of what it has."""
    parent.text = None
    parent[:] = []
    for _, what in pieces:
        if isinstance(what, Element):
            parent.append(what)
        elif len(parent):
            parent[-1].tail = (parent[-1].tail or "") + what
        else:
            parent.text = (parent.text or "") + what
