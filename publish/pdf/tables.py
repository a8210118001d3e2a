"""Tables wider than the page."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from publish.pdf.page import Page

# Tables are set at these shares of the text's size, with this much space at the sides
# of a column, in ems of the text; `text.css` says the same.
PLAIN, WIDE, DENSE = (0.88, 1.0), (0.74, 0.6), (0.6, 0.4)
# EB Garamond's letters take 0.40 em on average in English, 0.43 in bold. Of what stands
# in numbers its points take 0.23 em, its figures 0.48, its widest signs 0.71.
LETTER, POINT, FIGURE, SIGN = 0.45, 0.23, 0.49, 0.71
# Rows that a reader would not look for on two pages.
SHORT = 8
# What a column of words keeps beside figures, in letters; and where there is no room.
FAIR, LEAST = 8, 4
_WORDS = re.compile(r"[ \t\n\r\f]+")
# Signs within a number, beside currencies: what groups digits and parts decimals, plus
# and minus, shares, ranges, marks of notes.
_SIGNS = frozenset(" \t\n\u00a0\u2009\u202f'’.,:;·٫٬/%‰٪°+-−\u2010\u2011–±~≈<>≤≥×()*†")
# Letters of a unit or of a currency.
UNIT = 4
# Longer ones are lists of numbers, which may go over lines.
LONGEST = 24


@dataclass(slots=True)
class _Column:
    """word: letters of its longest word
    number: width of its widest number, in ems of the table
    """

    word: int = 0
    number: float = 0

    def width(self, size: float, space: float) -> float:
        return max(self.word * LETTER, self.number) * size + space

    def least(self, size: float, space: float, letters: int) -> float:
        """Its width when words break and numbers do not."""
        return max(min(self.word, letters) * LETTER, self.number) * size + space


def fit_tables(section: Element, page: Page) -> None:
    """Mark tables whose longest words cannot stand side by side on the page.

    A `p-wide` one is set smaller. Where that is not enough it is `p-tight` as well, and
    its words may break, for what leaves the paper is lost; its numbers may not, and if
    they have no room, it is `p-dense`. A `p-short` one stays whole.

    Cells that hold a number are `p-figures`, but where they leave the paper even so.
    """
    room = page.text_width / page.size
    for table in section.iter("table"):
        columns, numbers = _measured(table)
        names = []
        if _width(columns, *PLAIN) > room:
            names.append("p-wide")
        if _width(columns, *WIDE) > room:
            names.append("p-tight")
            if _least(columns, *WIDE, FAIR) > room:
                names.append("p-dense")
        if sum(1 for _ in table.iter("tr")) <= SHORT:
            names.append("p-short")
        _add_names(table, names)
        if "p-dense" not in names or _least(columns, *DENSE, LEAST) <= room:
            for cell in numbers:
                _add_names(cell, ["p-figures"])


def _add_names(element: Element, names: list[str]) -> None:
    if names:
        element.set("class", " ".join(filter(None, [element.get("class"), *names])))


def _width(columns: list[_Column], size: float, space: float) -> float:
    return sum(column.width(size, space) for column in columns)


def _least(columns: list[_Column], size: float, space: float, letters: int) -> float:
    return sum(column.least(size, space, letters) for column in columns)


def _measured(table: Element) -> tuple[list[_Column], list[Element]]:
    """The columns, as far as cells span but one, and all cells that hold a number."""
    columns: list[_Column] = []
    numbers: list[Element] = []
    for n, span, cell in _cells(table):
        columns += (_Column() for _ in range(n + span - len(columns)))
        words = "".join(cell.itertext()).strip()
        number = is_number(words)
        if number:
            numbers.append(cell)
        if span == 1 and number:
            columns[n].number = max(columns[n].number, _number_width(words))
        elif span == 1:
            longest = max(map(len, _WORDS.split(words)))
            columns[n].word = max(columns[n].word, longest)
    return columns, numbers


def _cells(table: Element) -> Iterator[tuple[int, int, Element]]:
    for row in table.iter("tr"):
        n = 0
        for cell in row:
            span = int(cell.get("colspan", "1"))
            yield n, span, cell
            n += span


def is_number(words: str) -> bool:
    """Whether *words* are one number in any script, with its signs and its unit."""
    if len(words) > LONGEST or not any(map(str.isnumeric, words)):
        return False
    others = [sign for sign in words if sign not in _SIGNS and not _is_figure(sign)]
    return len(others) <= UNIT and not any(map(str.isspace, others))


def _number_width(words: str) -> float:
    """In ems."""
    return sum(
        POINT if sign in ".,:;'’ " else FIGURE if sign.isalnum() else SIGN
        for sign in words
    )


def _is_figure(sign: str) -> bool:
    return unicodedata.category(sign) in {"Nd", "No", "Sc"}
