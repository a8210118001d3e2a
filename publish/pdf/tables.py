"""Tables wider than the page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from xml.etree.ElementTree import Element

from publish.columns import longest_kept
from publish.figures import is_number
from publish.pdf.classes import add_classes, classes
from publish.pdf.foot import letter_count
from publish.pdf.formulas import drawn_sizes
from publish.pdf.page import Page
from publish.pdf.turned import is_turned, turned_width
from publish.style import Sizes

# Guesses err on the safe side.
_WIDER = 1.05
# Rows that a reader would not look for on two pages.
SHORT = 8
# What a column of words keeps beside figures, in letters; and where there is no room.
FAIR, LEAST = 8, 4
# Between any two letters of Chinese, Japanese and Korean a line may end.
_UNBROKEN = re.compile("[^ \t\n\r\f\u2e80-\U0003ffff-]+-?|[\u2e80-\U0003ffff]")
# What a capital is wider than other letters, as a share of them.
_CAPITAL = 0.5


@dataclass(frozen=True, slots=True)
class _Kind:
    """size: share of the text's; space: between two columns, in ems of the text"""

    size: float
    space: float


@dataclass(slots=True)
class _Column:
    """Widths of its longest word and of its widest number, in ems of the table."""

    word: float = 0
    number: float = 0

    def width(self, kind: _Kind, part: float = inf) -> float:
        """In ems of the text.

        part: of a word that it keeps when words break; numbers do not
        """
        return max(min(self.word, part), self.number) * kind.size + kind.space


def fit_tables(section: Element, page: Page) -> None:
    """Mark tables whose longest words cannot stand side by side on the page.

    A `p-wide` one is set smaller. Where that is not enough it is `p-tight` as well, and
    words of its `p-broken` cells may break, for what leaves the paper is lost: those of
    the columns with the longest words. Its numbers may not, and if they have no room,
    it is `p-dense`. A `p-short` one stays whole.

    Cells that hold a number are `p-figures`, but where they leave the paper even so:
    such a table is `p-packed`, with columns of one width.

    A cell that is the first or last of its row but not of the table is `p-inner`.
    """
    sizes = page.sizes
    letter = _WIDER * sizes.letter
    plain = _Kind(sizes.table, sizes.table_space)
    wide = _Kind(sizes.wide_table, sizes.wide_space)
    dense = _Kind(sizes.dense_table, sizes.dense_space)
    for table in section.iter("table"):
        turned = is_turned(table, page)
        line = turned_width(table, page) if turned else page.text_width
        room = line / page.size
        columns, numbers = _measured(table, sizes)
        names = []
        if _width(columns, plain) > room:
            names.append("p-wide")
        if _width(columns, wide) > room:
            names.append("p-tight")
            if _width(columns, wide, FAIR * letter) > room:
                names.append("p-dense")
        if _is_short(table, page):
            names.append("p-short")
        add_classes(table, *names)
        if "p-dense" not in names or _width(columns, dense, LEAST * letter) <= room:
            for cell in numbers:
                add_classes(cell, "p-figures")
            if "p-tight" in names:
                kind = dense if "p-dense" in names else wide
                _break_longest(table, columns, kind, room)
        else:
            add_classes(table, "p-packed")


def _break_longest(
    table: Element, columns: list[_Column], kind: _Kind, room: float
) -> None:
    """Let words break only in columns whose longest one takes more than its share.

    Such a column keeps its share, less what guesses may err by: words that may break
    anywhere ask for no room at all.
    """
    widths = [column.width(kind) for column in columns]
    share = longest_kept(widths, room)
    least = f"min-width: {share / _WIDER - kind.space:.3g}rem"
    for n, span, cell in _cells(table):
        if span > 1:
            add_classes(cell, "p-broken")
        elif widths[n] > share:
            add_classes(cell, "p-broken")
            cell.set("style", least)


def _is_short(table: Element, page: Page) -> bool:
    """Whether it has few rows, and surely takes no more than half a page."""
    rows = sum(1 for _ in table.iter("tr"))
    letters = sum(map(letter_count, table.itertext()))
    width = letters * _WIDER * page.sizes.letter * page.size
    lines = rows + 2 * width / page.text_width
    return rows <= SHORT and lines * page.leading < page.text_height / 2


def _width(columns: list[_Column], kind: _Kind, part: float = inf) -> float:
    # A column gets no less than this, whatever width its author gives it.
    return sum(column.width(kind, part) for column in columns)


def _measured(table: Element, sizes: Sizes) -> tuple[list[_Column], list[Element]]:
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
            columns[n].number = max(columns[n].number, _number_width(words, sizes))
        elif span == 1:
            longest = max(map(_letters, _UNBROKEN.findall(words)), default=0)
            width = longest * _WIDER * sizes.letter
            columns[n].word = max(columns[n].word, width)
        if span == 1:
            drawn = (width for width, _ in drawn_sizes(cell))
            columns[n].number = max(columns[n].number, *drawn, 0)
    _mark_inner(table, len(columns))
    return columns, numbers


def _letters(word: str) -> float:
    return letter_count(word) + _CAPITAL * sum(map(str.isupper, word))


def _mark_inner(table: Element, columns: int) -> None:
    if not any("rowspan" in cell.attrib for _, _, cell in _cells(table)):
        return
    ends = {cell: (n, n + span) for n, span, cell in _cells(table)}
    for row in table.iter("tr"):
        for cell, edge, outer in ((row[:1], 0, 0), (row[-1:], 1, columns)):
            for one in cell:
                if ends[one][edge] != outer:
                    add_classes(one, "p-inner")


def _cells(table: Element) -> Iterator[tuple[int, int, Element]]:
    """Each cell with its first column, and how many it spans."""
    # For each column, how many rows a cell from above still covers.
    covered: list[int] = []
    for row in table.iter("tr"):
        n = 0
        next_covered = [max(rows - 1, 0) for rows in covered]
        for cell in row:
            while n < len(covered) and covered[n]:
                n += 1
            span = int(cell.get("colspan", "1"))
            rows = int(cell.get("rowspan", "1"))
            next_covered += [0] * (n + span - len(next_covered))
            next_covered[n : n + span] = [rows - 1] * span
            yield n, span, cell
            n += span
        covered = next_covered


def lift_captions(section: Element) -> None:
    """Make of a table with a caption a `p-table` figure that holds both.

    WeasyPrint 70 sets a caption no wider than its table, however narrow that is.
    """
    for parent in list(section.iter()):
        for at, table in enumerate(parent):
            if table.tag == "table" and (caption := table.find("caption")) is not None:
                parent[at] = _figure(table, caption)


def _figure(table: Element, caption: Element) -> Element:
    names = ["p-table", *(["p-short"] if "p-short" in classes(table) else [])]
    figure = Element("figure", {"class": " ".join(names)})
    # Who follows a reference wants to see the caption too.
    if own := table.attrib.pop("id", ""):
        figure.set("id", own)
    figure.tail, table.tail = table.tail, None
    table.remove(caption)
    caption.tag, caption.tail = "figcaption", None
    figure.extend((caption, table))
    return figure


def _number_width(words: str, sizes: Sizes) -> float:
    """In ems."""
    points = sum(sign in ".,:;'’ " for sign in words)
    figures = sum(map(str.isalnum, words))
    signs = len(words) - points - figures
    return points * sizes.point + figures * sizes.figure + signs * sizes.sign
