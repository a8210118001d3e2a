"""Where the notes of a chapter stand: at the foot of the page, or after the chapter."""

import re
from collections.abc import Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element, SubElement

from publish.model import Chapter, Note
from publish.pdf.foot import BLOCKS, Place, calls, crowded, note_height, overtaken
from publish.pdf.page import Page
from publish.problems import Position, Problem, Severity

# Keeps the mark of a note with its word, and apart from it: 2016 and note 4 are not
# 20164 to who listens or searches. `text.css` draws the mark back. The narrow one,
# because a line that is justified does not widen it.
NO_BREAK = "\N{NARROW NO-BREAK SPACE}"
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
    of a note taller than the page is lost; those that would pass it together with
    others called near them; one that would stand below a later one on the last page;
    one called only from another note. Half a page of 6 × 9 inches is 21 lines of a
    note, some 1,300 characters, as it is guessed here.

    section: holds a link `a.p-note-call` at each call, and is changed
    """
    kept = {note.label: (note, element) for note, element in notes}
    if not kept:
        return ()
    heights = {key: note_height(element, page) for key, (_, element) in kept.items()}
    places, lines = calls(section, page)
    inside = (place for _, note in kept.values() for place in calls(note, page)[0])
    numbers = _numbers([*places, *inside])
    first: dict[str, Place] = {}
    for place in places:
        if place.label in kept:
            first.setdefault(place.label, place)
    order = list(first.values())
    many = crowded(order, heights, page)
    ended = many | {label for label in first if heights[label] is None}
    ended |= overtaken(order, ended, lines, page)
    for label, place in first.items():
        if label not in ended:
            _float(kept.pop(label)[1], place, numbers[label])
    if kept:
        _append(section, kept.values(), numbers)
    last = [note for note, _ in kept.values() if note.label in ended]
    return (*_long(chapter, last, heights), *_many(chapter, last, many))


def _float(note: Element, place: Place, number: str) -> None:
    """Put a note in the place of its call."""
    _fold_spaces(note)
    note.tag = "aside"
    note.set("class", "p-footnote")
    note.set("data-number", number)
    note.tail = place.call.tail
    place.parent[place.index] = note


def _fold_spaces(note: Element) -> None:
    """White space as HTML reads it. WeasyPrint 70 breaks the lines of a note at the
    foot where the author broke them."""
    for element in note.iter():
        element.text = _folded(element.text)
        element.tail = _folded(element.tail)
        if element.tag in BLOCKS and not (element.tail or "").strip():
            element.tail = None
        if element.tag in {"ul", "ol"}:
            element.text = None


def _folded(text: str | None) -> str | None:
    return _SPACES.sub(" ", text) if text else None


def _numbers(places: Iterable[Place]) -> Mapping[str, str]:
    """Label and number of every note that is called."""
    return {place.label: (place.call.text or "").strip(NO_BREAK) for place in places}


def _append(
    section: Element, notes: Iterable[tuple[Note, Element]], numbers: Mapping[str, str]
) -> None:
    """Set notes after the text, each with its number before its first words."""
    after = SubElement(section, "div", {"class": "p-notes"})
    for note, element in notes:
        element.set("class", "p-note")
        number = Element("span", {"class": "p-note-number"})
        number.text = f"{numbers.get(note.label, '*')}."
        first = element[0] if len(element) and element[0].tag == "p" else element
        number.tail = f" {first.text or ''}"
        first.text = None
        first.insert(0, number)
        after.append(element)


def _long(
    chapter: Chapter, notes: list[Note], heights: Mapping[str, float | None]
) -> Iterator[Problem]:
    for note in notes:
        if heights[note.label] is None:
            yield Problem(
                Position(chapter.path, note.line),
                "long-note",
                "this note is long, or holds more than words: in print it ends its"
                " chapter",
                severity=Severity.NOTE,
            )


def _many(chapter: Chapter, notes: list[Note], many: set[str]) -> Iterator[Problem]:
    """notes: that end the chapter, of which *many* do so because of the others"""
    if not many:
        return
    line = next(note.line for note in notes if note.label in many)
    yield Problem(
        Position(chapter.path, line),
        "many-notes",
        "notes of this chapter are called too close together to stand at the foot of a"
        f" page: in print {len(notes)} of its notes stand at its end",
        severity=Severity.NOTE,
    )
