"""Where the notes of a chapter stand: at the foot of the page, or after the chapter."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from math import ceil
from xml.etree.ElementTree import Element, SubElement

from publish.model import Chapter, Note
from publish.pdf.page import Page
from publish.problems import Position, Problem, Severity

# A note is set at this share of the text's size and its lines at this share of the
# text's leading; `text.css` says the same.
SIZE, LEADING = 0.82, 0.8
# The width of a letter in ems: EB Garamond's letters, spaces and marks take 0.40 on
# average in English, 0.43 in bold; more is assumed, so that the guess errs on the
# safe side.
_LETTER = 0.5
# What cannot stand at the foot, whatever its size: it does not break, or not well.
_TALL = frozenset({"pre", "table", "img", "svg", "figure", "hr", "dl"})
_BLOCKS = frozenset({"p", "li", "div", "blockquote", "ul", "ol"})
# Keeps the mark of a note with its word, and apart from it: 2016 and note 4 are not
# 20164 to who listens or searches. `text.css` draws the mark back.
NO_BREAK = "\N{NO-BREAK SPACE}"
# White space in HTML: a no-break space is none.
_SPACES = re.compile(r"[ \t\n\r\f]+")


def place_notes(
    section: Element,
    chapter: Chapter,
    notes: Iterable[tuple[Note, Element]],
    page: Page,
) -> tuple[Problem, ...]:
    """Put each note where it is called first, for the style to float it to the foot.

    A note that WeasyPrint cannot set there goes to the end of the chapter: one that
    could pass half a page, because a note is never broken over two pages and the rest
    of a note taller than the page is lost; one called only from another note. Half a
    page of 6 × 9 inches is 21 lines of a note, some 1,300 characters, as it is guessed
    here.

    section: holds a link `a.note-call` at each call, and is changed
    """
    kept = {note.label: (note, element) for note, element in notes}
    numbers = dict(_numbers((section, *(element for _, element in kept.values()))))
    placed: set[str] = set()
    for parent, n, call in list(_calls(section)):
        label = call.get("data-note", "")
        if label in placed or label not in kept:
            continue
        element = kept[label][1]
        if fits_foot(element, page):
            _fold_spaces(element)
            element.tag = "aside"
            element.set("class", "footnote")
            element.set("data-number", numbers[label])
            element.tail = call.tail
            parent[n] = element
            placed.add(label)
    rest = [pair for label, pair in kept.items() if label not in placed]
    if rest:
        _append(section, rest, numbers)
    return tuple(
        _problem(chapter, note)
        for note, element in rest
        if not fits_foot(element, page)
    )


def _fold_spaces(note: Element) -> None:
    """White space as HTML reads it. WeasyPrint 70 breaks the lines of a note at the
    foot where the author broke them."""
    for element in note.iter():
        element.text = _folded(element.text)
        element.tail = _folded(element.tail)
        if element.tag in _BLOCKS and not (element.tail or "").strip():
            element.tail = None
        if element.tag in {"ul", "ol"}:
            element.text = None


def _folded(text: str | None) -> str | None:
    return _SPACES.sub(" ", text) if text else None


def fits_foot(note: Element, page: Page) -> bool:
    """Whether a note surely takes less than half the height of the block of text."""
    if any(element.tag in _TALL for element in note.iter()):
        return False
    letters = sum(map(_letters, note.itertext()))
    full = ceil(letters * _LETTER * SIZE * page.size / page.text_width)
    # Each block ends in a line that is not full.
    lines = full + sum(element.tag in _BLOCKS for element in note.iter())
    return lines * LEADING * page.leading < page.text_height / 2


def _letters(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _calls(section: Element) -> Iterator[tuple[Element, int, Element]]:
    for parent in section.iter():
        for n, child in enumerate(parent):
            if child.tag == "a" and child.get("class") == "note-call":
                yield parent, n, child


def _numbers(elements: Iterable[Element]) -> Iterator[tuple[str, str]]:
    """Label and number of every note that is called in one of *elements*."""
    for element in elements:
        for _, _, call in _calls(element):
            yield call.get("data-note", ""), (call.text or "").strip(NO_BREAK)


def _append(
    section: Element, notes: list[tuple[Note, Element]], numbers: dict[str, str]
) -> None:
    """Set notes after the text, each with its number before its first words."""
    after = SubElement(section, "div", {"class": "notes"})
    for note, element in notes:
        element.set("class", "note")
        number = Element("span", {"class": "note-number"})
        number.text = f"{numbers.get(note.label, '*')}."
        first = element[0] if len(element) and element[0].tag == "p" else element
        number.tail = f" {first.text or ''}"
        first.text = None
        first.insert(0, number)
        after.append(element)


def _problem(chapter: Chapter, note: Note) -> Problem:
    return Problem(
        Position(chapter.path, note.line),
        "long-note",
        "this note is long, or holds more than words: in print it ends its chapter",
        severity=Severity.NOTE,
    )
