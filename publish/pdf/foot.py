"""How much can stand at the foot of a page: a guess, made before the page is set.

WeasyPrint takes a line to the next page when its notes do not fit below it. It has
nothing to take there when the notes of one line, or of lines that may not be parted,
are taller than the page: they are printed over the text and off the paper. So the notes
that are called within a few lines must fit half a page together.
"""

import unicodedata
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil
from xml.etree.ElementTree import Element

from publish.pdf.formulas import drawn_sizes
from publish.pdf.page import Page

# What cannot stand at the foot, whatever its size: it does not break, or not well.
_TALL = frozenset({"pre", "table", "img", "svg", "figure", "hr", "dl"})
BLOCKS = frozenset({"p", "li", "div", "blockquote", "ul", "ol"})
# What begins a line of its own. The cells of a row stand side by side: they share one.
_LINES = BLOCKS | {
    *("h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "tr", "pre"),
    *("figure", "figcaption", "caption", "section", "article", "aside"),
    *("header", "footer", "address", "details", "summary"),
}
# Lines that may stay together whatever comes: a heading and two lines of a paragraph
# of three, each on one page with those next to it.
_TOGETHER = 6
# Guesses err on the safe side: letters of a note are taken wider than they are, those
# between two calls narrower.
_WIDER, _NARROWER = 1.15, 0.8

# Ems that a formula in a line may be high.
_LINE_HIGH = 1.6


@dataclass(frozen=True, slots=True)
class Place:
    """The call of a note. line: of the chapter, counted from 0, as guessed"""

    parent: Element
    index: int
    line: int

    @property
    def call(self) -> Element:
        return self.parent[self.index]

    @property
    def label(self) -> str:
        return self.call.get("data-note", "")


def is_call(element: Element) -> bool:
    return element.tag == "a" and element.get("class") == "p-note-call"


def note_height(note: Element, page: Page) -> float | None:
    """Points that a note surely takes no more than; None for one that holds more than
    words, or that could pass half a page."""
    if any(element.tag in _TALL for element in note.iter()):
        return None
    letters = sum(map(letter_count, note.itertext()))
    sizes, drawn = page.sizes, list(drawn_sizes(note))
    if any(height > _LINE_HIGH for _, height in drawn):
        return None
    ems = letters * sizes.letter * _WIDER + sum(width for width, _ in drawn)
    width = ems * sizes.note * page.size
    # Each block ends in a line that is not full; the note itself is a block round them.
    ends = max(1, sum(element.tag in BLOCKS for element in note.iter()) - 1)
    lines = ceil(width / page.text_width) + ends
    height = lines * sizes.note_leading * page.leading
    return height if height < page.text_height / 2 else None


def letter_count(text: str) -> int:
    """Letters, of which a Chinese one is as wide as two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def crowded(
    places: list[Place], heights: Mapping[str, float | None], page: Page
) -> set[str]:
    """Labels of the notes that are too much for the foot together with those before.

    After the first of them so are all that are called in the next half page, so that a
    page does not have one note at its foot, the next elsewhere, and one at its foot.

    places: first calls, in the order of the text; heights: by label
    """
    near: deque[tuple[int, float]] = deque()
    found: set[str] = set()
    closed = 0
    for place in places:
        height = heights[place.label]
        if height is None:
            continue
        while near and near[0][0] <= place.line - _TOGETHER:
            near.popleft()
        taken = sum(high for _, high in near) + height
        if place.line >= closed and taken < page.text_height / 2:
            near.append((place.line, height))
            continue
        if place.line >= closed:
            closed = place.line + round(page.text_height / page.leading / 2)
        found.add(place.label)
    return found


def overtaken(places: list[Place], ended: set[str], lines: int, page: Page) -> set[str]:
    """Labels of the notes that could stand at the foot of the last page, below notes
    with a higher number that end the chapter.

    ended: labels of the notes that end it; lines: of the whole chapter, as guessed
    """
    last = max((n for n, p in enumerate(places) if p.label in ended), default=0)
    begin = lines - round(page.text_height / page.leading)
    return {place.label for place in places[:last] if place.line >= begin} - ended


def calls(section: Element, page: Page) -> tuple[list[Place], int]:
    """Every call of a note, in the order of the text, and the lines of all the text."""
    width = page.size * page.sizes.letter * _NARROWER
    walk = _Walk(max(1, int(page.text_width / width)))
    walk.visit(section)
    return walk.found, walk.line


@dataclass(slots=True)
class _Walk:
    """full: letters of a line; line, letters: where the walk is"""

    full: int
    line: int = 0
    letters: int = 0
    found: list[Place] = field(default_factory=list)

    def visit(self, element: Element, *, in_row: bool = False) -> None:
        own = element.tag in _LINES and not in_row
        if own:
            self._end_line()
        in_row = in_row or element.tag == "tr"
        self._pass(element.text)
        for n, child in enumerate(element):
            if is_call(child):
                before = 0 if in_row else self.letters // self.full
                self.found.append(Place(element, n, self.line + before))
            else:
                self.visit(child, in_row=in_row)
            self._pass(child.tail)
        if own:
            self._end_line()

    def _pass(self, text: str | None) -> None:
        if text and not text.isspace():
            self.letters += letter_count(text)

    def _end_line(self) -> None:
        if self.letters:
            self.line += ceil(self.letters / self.full)
            self.letters = 0
