"""The numbers of pages behind the entries of an index.

An entry leads to many places, and what is printed of them depends on their pages: two
on one page are one number. So the places stand in the document as empty links, and are
put together here when the numbers are known.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element, SubElement

from publish.language import from_roman
from publish.model import IndexPlace, Target
from publish.pdf.classes import classes
from publish.pdf.numbers import Numbers
from publish.xhtml import escape

_LOCATORS, _COMMA, _END = "p-locators", "data-p-comma", "data-p-end"
_MAIN = "p-main"
_DASH = "\N{EN DASH}"

# Roman numbers, those of the pages in front, before the others.
Order = tuple[bool, int]


@dataclass(frozen=True, slots=True)
class _Pages:
    """A page or a range of them, as it is printed. href: of the place it leads to"""

    first: str
    last: str
    href: str
    main: bool

    @property
    def begin(self) -> Order:
        return _order(self.first)

    @property
    def end(self) -> Order:
        return _order(self.last)


def places_xhtml(
    places: Iterable[IndexPlace], comma: str, href: Callable[[Target], str]
) -> str:
    """The places of an entry, without their numbers."""
    links = "".join([_place(place, href) for place in places])
    return f'<span class="{_LOCATORS}" {_COMMA}="{escape(comma)}">{links}</span>'


def _place(place: IndexPlace, href: Callable[[Target], str]) -> str:
    name = f' class="{_MAIN}"' if place.main else ""
    end = f' {_END}="{escape(href(place.end))}"' if place.end else ""
    return f'<a{name} href="{escape(href(place.target))}"{end}></a>'


def set_locators(
    section: Element, numbers: Numbers, led_to: Callable[[str], str]
) -> None:
    """Put numbers in the place of the links of *section*.

    led_to: the id of the place that an address leads to
    """
    for element in section.iter("span"):
        if _LOCATORS in classes(element):
            links = list(element)
            pages = [_pages(link, numbers, led_to) for link in links]
            for link in links:
                element.remove(link)
            _write(element, merged(page for page in pages if page.first))


def _pages(link: Element, numbers: Numbers, led_to: Callable[[str], str]) -> _Pages:
    href = link.get("href", "")
    first = numbers[led_to(href)].words
    last = numbers[led_to(link.get(_END, href))].words or first
    pages = _Pages(first, last, href, main=_MAIN in classes(link))
    # A range over the beginning of the text has no end that is higher.
    return pages if pages.begin <= pages.end else replace(pages, last=first)


def merged(pages: Iterable[_Pages]) -> list[_Pages]:
    """In the order of the book, each page once.

    Only what its author calls a range is one: pages that follow each other stay apart,
    since a range says that all of them are about the same (Chicago Manual of Style,
    17th edition, chapter 16). A range takes in what lies within it, but for a principal
    place.
    """
    given = list(pages)
    main = _joined(page for page in given if page.main)
    others = (
        page
        for page in _joined(page for page in given if not page.main)
        if not any(m.begin <= page.begin and page.end <= m.end for m in main)
    )
    return sorted([*main, *others], key=lambda page: (page.begin, page.end))


def _joined(pages: Iterable[_Pages]) -> list[_Pages]:
    """Without those that lie within others; ranges that overlap are one."""
    kept: list[_Pages] = []
    for page in sorted(pages, key=lambda page: (page.begin, page.end)):
        before = kept[-1] if kept else None
        if before is None or page.begin > before.end:
            kept.append(page)
        elif page.end > before.end:
            kept[-1] = replace(before, last=page.last)
    return kept


def _write(element: Element, pages: Iterable[_Pages]) -> None:
    comma = element.attrib.pop(_COMMA)
    last: Element | None = None
    for page in pages:
        if last is None:
            element.text = comma
        else:
            last.tail = comma
        last = SubElement(element, "a", {"href": page.href})
        if page.main:
            last.set("class", _MAIN)
        last.text = page.first
        if page.last != page.first:
            last.text = f"{page.first}{_DASH}{page.last}"


def _order(number: str) -> Order:
    """int() reads the digits of any script."""
    if number.isdecimal():
        return True, int(number)
    return False, from_roman(number)
