"""Tables that an author lets be turned on a page of their own, and those too small."""

from collections.abc import Iterable, Iterator
from math import ceil
from pathlib import Path
from xml.etree.ElementTree import Element

from publish.pdf.classes import classes
from publish.pdf.foot import letter_count, note_height
from publish.pdf.page import Page
from publish.problems import Position, Problem, Severity

# The class that an author gives to such a table.
TURNED = "turned"
# Of the type of tables, and what a row keeps free, in ems of the text; as `text.css`.
_LEADING, _ROW = 1.25, 0.36
# A guess, on the safe side: in its column, a cell takes so many times the lines that it
# would take if the columns shared the room after their words.
_UNEVEN = 1.5
# Lines round the table: its caption, and space.
_AROUND = 4
# Lines that the rule over notes takes, with the space round it; as `text.css`.
_RULE = 1


def turn_tables(section: Element, page: Page) -> None:
    """Turn each table that an author wants turned a quarter to the left, alone on its
    page; one that has no room there stays as it is.

    WeasyPrint 70 cannot go on with a turned box on the next page.
    """
    for parent in list(section.iter()):
        if _is_captioned(parent):
            continue
        for at, element in enumerate(parent):
            table = element.find("table") if _is_captioned(element) else element
            if table is not None and is_turned(table, page):
                parent[at] = _page_of(element, page)


def _is_captioned(element: Element) -> bool:
    return element.tag == "figure" and "p-table" in classes(element)


def is_turned(table: Element, page: Page) -> bool:
    return (
        table.tag == "table"
        and TURNED in classes(table)
        and _height(table, page) <= page.text_width
    )


def turned_width(element: Element, page: Page) -> float:
    """Points that a table on a page of its own may be wide, once it is turned: what its
    notes leave of the page, for they stand upright at the foot."""
    notes = list(filter(_is_note, element.iter("aside")))
    if not notes:
        return page.text_height
    high = sum(note_height(note, page) or 0 for note in notes)
    return page.text_height - high - _RULE * page.leading


def _is_note(element: Element) -> bool:
    return "p-footnote" in classes(element)


def _page_of(element: Element, page: Page) -> Element:
    width = turned_width(element, page)
    long, short = f"{width:g}pt", f"{page.text_width:g}pt"
    turn = f"transform: translate(0, {long}) rotate(-90deg)"
    # What is too wide would leave the page at the left where text runs from the right.
    over = f"margin: 0 {page.text_width - width:g}pt 0 0"
    size = f"width: {long}; height: {short}; {over}"
    inner = Element("div", {"class": "p-sideways", "style": f"{size}; {turn}"})
    outer = Element("div", {"class": "p-turned-page", "style": f"height: {long}"})
    outer.tail, element.tail = element.tail, None
    inner.append(element)
    outer.append(inner)
    return outer


def _height(table: Element, page: Page) -> float:
    """What it surely does not exceed, in points."""
    letter = page.sizes.letter * page.sizes.table * page.size
    leading = page.sizes.table * page.size * _LEADING
    height = _AROUND * page.leading
    width = turned_width(table, page)
    for row in table.iter("tr"):
        letters = sum(letter_count(_words(cell)) for cell in row)
        lines = letters * letter * _UNEVEN / width
        height += max(1, ceil(lines)) * leading + _ROW * page.size
    return height


def _words(element: Element) -> str:
    """Without those of its notes, which are at the foot of the page."""
    if _is_note(element):
        return ""
    inside = (_words(child) + (child.tail or "") for child in element)
    return (element.text or "") + "".join(inside)


def doubts(
    tables: Iterable[tuple[Element, int]], page: Page, path: Path
) -> Iterator[Problem]:
    """A note for each table that few can read, or that should be turned and is not.

    tables: those of a chapter, with their lines
    """
    for table, line in tables:
        at = Position(path, line)
        wanted = TURNED in classes(table)
        if wanted and not is_turned(table, page):
            message = "this table is too long to be turned in print, and stands upright"
            hint = "make two tables of it"
            yield Problem(at, "long-table", message, hint, Severity.NOTE)
        elif "p-dense" in classes(table):
            message = "this table is so wide that print sets it very small"
            hint = "put fewer words into it"
            hint += "" if wanted else f", or write `{{.{TURNED}}}` behind its caption"
            yield Problem(at, "small-table", message, hint, Severity.NOTE)
