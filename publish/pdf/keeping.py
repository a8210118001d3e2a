"""What the end of a page must not part.

WeasyPrint keeps two lines of a paragraph together at either side of a break, and knows
no more. What a compositor does besides is marked here, before the pages are set.
"""

import re
from itertools import pairwise
from math import ceil
from xml.etree.ElementTree import Element

from publish.pdf.classes import add_classes, classes
from publish.pdf.code import printed_lines
from publish.pdf.foot import letter_count
from publish.pdf.page import Page
from publish.pdf.tables import SHORT

# A chapter's last page has no fewer lines. `text.css` says the same of `p-last`.
LEAST = 5
# What a line of text announces: it stands on the page where that begins.
_SHOWN = frozenset({"pre", "table", "ul", "ol", "dl", "figure", "blockquote"})
_DIVISIONS = frozenset({"p-division", "line-block"})
_LISTS = frozenset({"ul", "ol", "dl"})
_IN_LISTS = _LISTS | {"li", "dd", "p"}
_ENDS = re.compile(r"[:：][\s”»’'\"]*$")
# `letter` is the width of bold type: a paragraph has so many lines of it at least.
_FEWER = 0.93


def keep_together(section: Element, page: Page) -> None:
    """Mark what begins too near the foot of a page if nobody minds.

    A `p-announcing` paragraph is not parted from what it announces; a `p-short` listing
    is not parted at all; the last lines of the chapter are not left alone.
    """
    for parent in section.iter():
        for element, after in pairwise(parent):
            if _announces(element, after, page):
                add_classes(element, "p-announcing")
            elif element.tag in _LISTS and _is_shown(after):
                last = _last_item(element)
                if _ENDS.search("".join(last.itertext())):
                    add_classes(last, "p-announcing")
    for listing in section.iter("pre"):
        if printed_lines(listing, page) <= SHORT:
            add_classes(listing, "p-short")
    _LastLines(page).visit(section)


def _announces(element: Element, after: Element, page: Page) -> bool:
    words = "".join(element.itertext())
    if element.tag != "p":
        return False
    if _is_bold(element) and _lines(words, page) <= 1:
        # What an author writes in bold on a line of its own heads what follows.
        return True
    if not _is_shown(after):
        return False
    return bool(_ENDS.search(words)) or _lines(words, page) <= 1


def _is_shown(element: Element) -> bool:
    return element.tag in _SHOWN or bool(_DIVISIONS.intersection(classes(element)))


def _last_item(listing: Element) -> Element:
    """What holds the last words of a list."""
    last = listing
    while len(last) and last[-1].tag in _IN_LISTS and not (last[-1].tail or "").strip():
        last = last[-1]
    return last


def _is_bold(paragraph: Element) -> bool:
    """Whether all its words are bold."""
    if len(paragraph) != 1 or (paragraph.text or "").strip():
        return False
    (inside,) = paragraph
    return inside.tag in {"strong", "b"} and not (inside.tail or "").strip()


class _LastLines:
    """Lets what ends a chapter take enough lines along to a new page.

    wanted: lines that are still too few
    """

    def __init__(self, page: Page) -> None:
        self.page, self.wanted = page, LEAST

    def visit(self, parent: Element) -> bool:
        """From the end of *parent*; whether more is to be marked before it."""
        return all(map(self._mark, reversed(parent)))

    def _mark(self, element: Element) -> bool:
        match element.tag:
            case "p" | "dt" if "picture" not in classes(element):
                return self._take_words(element, "".join(element.itertext()))
            case "h2" | "h3" | "h4" | "h5" | "h6":
                return self._take(element, 1)
            case "pre":
                return self._take(element, printed_lines(element, self.page))
            case "li" | "dd" if element.find("p") is None:
                lists = [child for child in element if child.tag in {"ul", "ol"}]
                words = "" if lists else "".join(element.itertext())
                inside = all(self.visit(inner) for inner in reversed(lists))
                return inside and self._take_words(element, words)
            case "ul" | "ol" | "li" | "dl" | "dd" | "blockquote":
                return self._take_inside(element)
            case "div" | "aside" | "section":
                return self._take_inside(element)
        return False

    def _take_inside(self, element: Element) -> bool:
        inside = self.visit(element)
        if inside:
            add_classes(element, "p-ending")
        return inside

    def _take_words(self, element: Element, words: str) -> bool:
        lines = ceil(_lines(words, self.page) * _FEWER)
        return self._take(element, max(1, lines))

    def _take(self, element: Element, lines: int) -> bool:
        add_classes(element, "p-last")
        self.wanted -= lines
        if self.wanted > 0:
            add_classes(element, "p-ending")
        return self.wanted > 0


def _lines(words: str, page: Page) -> float:
    return letter_count(words) * page.sizes.letter * page.size / page.text_width
