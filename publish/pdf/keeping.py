"""What the end of a page must not part.

WeasyPrint keeps two lines of a paragraph together at either side of a break, and knows
no more. What a compositor does besides is marked here, before the pages are set.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from math import ceil
from xml.etree.ElementTree import Element

from publish.pdf.classes import add_classes, classes
from publish.pdf.foot import letter_count
from publish.pdf.page import Page
from publish.pdf.tables import SHORT

# A chapter's last page has no fewer lines. `text.css` says the same of `p-last`.
LEAST = 5
# What a line of text announces: it stands on the page where that begins.
_SHOWN = frozenset({"pre", "table", "ul", "ol", "dl", "figure", "blockquote"})
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
    for listing in section.iter("pre"):
        if sum(text.count("\n") for text in listing.itertext()) <= SHORT:
            add_classes(listing, "p-short")
    _keep_last_lines(section, page)


def _announces(element: Element, after: Element, page: Page) -> bool:
    if element.tag != "p" or after.tag not in _SHOWN:
        return False
    words = "".join(element.itertext())
    return bool(_ENDS.search(words)) or _lines(words, page) <= 1


def _keep_last_lines(section: Element, page: Page) -> None:
    """Let what ends a chapter take enough lines along to a new page."""
    wanted = LEAST
    for element, words in _from_the_end(section):
        add_classes(element, "p-last")
        if words is not None:
            wanted -= max(1, ceil(_lines(words, page) * _FEWER))
        if wanted <= 0:
            return
        add_classes(element, "p-ending")


def _from_the_end(parent: Element) -> Iterator[tuple[Element, str | None]]:
    """Paragraphs and items of lists with their own words, as far as nothing else
    stands between them. None for an item that has only paragraphs."""
    for element in reversed(parent):
        match element.tag:
            case "p" if "picture" not in classes(element):
                yield element, "".join(element.itertext())
            case "ul" | "ol":
                yield from _from_the_end(element)
            case "li" if element.find("p") is not None:
                yield from _from_the_end(element)
                yield element, None
            case "li":
                lists = [child for child in element if child.tag in {"ul", "ol"}]
                for inner in reversed(lists):
                    yield from _from_the_end(inner)
                yield element, "" if lists else "".join(element.itertext())
            case _:
                return


def _lines(words: str, page: Page) -> float:
    return letter_count(words) * page.sizes.letter * page.size / page.text_width
