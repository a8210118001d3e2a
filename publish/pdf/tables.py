"""Tables wider than the page."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from publish.pdf.page import Page

# Tables are set at these shares of the text's size, with this much space at the sides
# of a column, in ems of the text; `text.css` says the same.
PLAIN, WIDE = (0.88, 1.0), (0.74, 0.6)
# EB Garamond's letters take 0.40 em on average in English, 0.43 in bold.
LETTER = 0.45
# Rows that a reader would not look for on two pages.
SHORT = 8
_WORDS = re.compile(r"[ \t\n\r\f]+")


def fit_tables(section: Element, page: Page) -> None:
    """Mark tables whose longest words cannot stand side by side on the page.

    A `wide` one is set smaller. Where that is not enough it is `tight` as well, and
    its words may break: what leaves the paper is lost. A `short` one stays whole.
    """
    room = page.text_width / page.size
    for table in section.iter("table"):
        columns = list(_longest_words(table))
        names = []
        if _width(columns, *PLAIN) > room:
            names.append("wide")
        if _width(columns, *WIDE) > room:
            names.append("tight")
        if sum(1 for _ in table.iter("tr")) <= SHORT:
            names.append("short")
        if names:
            table.set("class", " ".join(filter(None, [table.get("class"), *names])))


def _width(columns: list[int], size: float, space: float) -> float:
    return sum(letters * LETTER * size + space for letters in columns)


def _longest_words(table: Element) -> Iterator[int]:
    """Letters of the longest word of each column, as far as cells span but one."""
    longest: list[int] = []
    for row in table.iter("tr"):
        n = 0
        for cell in row:
            span = int(cell.get("colspan", "1"))
            longest += [0] * (n + span - len(longest))
            if span == 1:
                words = _WORDS.split("".join(cell.itertext()))
                longest[n] = max(longest[n], *map(len, words))
            n += span
    yield from longest
