"""Where the entries of an index lead, in a book without pages."""

from collections.abc import Callable, Iterable
from itertools import groupby

from publish.model import IndexPlace, Target
from publish.xhtml import escape

_DASH = "\N{EN DASH}"
Href = Callable[[Target], str]


def places_xhtml(places: Iterable[IndexPlace], comma: str, href: Href) -> str:
    """Each section once, as print says each page once: by its number or its title, with
    a link to the first place in it.

    Below headings without a number a chapter may have several such sections. They
    follow it as 2, 3, …
    """
    headings = groupby(places, lambda p: (p.target.chapter, p.section, p.heading))
    found = [_of_heading(list(group)) for _, group in headings]
    sections = groupby(found, lambda place: (place.target.chapter, place.section))
    shown = (_section(list(group), comma, href) for _, group in sections)
    inside = "".join(f"{escape(comma)}{one}" for one in shown)
    return f'<span epub:type="index-locator-list">{inside}</span>'


def _of_heading(places: list[IndexPlace]) -> IndexPlace:
    """One of those under a heading: where more is said than elsewhere, or sooner."""
    return min(places, key=lambda p: (not p.main, p.end_section in {"", p.section}))


def _section(places: list[IndexPlace], comma: str, href: Href) -> str:
    first, *others = places
    shown = _place(first, href)
    if others:
        links = (
            _link(place.target, str(n), href, main=place.main)
            for n, place in enumerate(others, 2)
        )
        shown += f" ({escape(comma).join(links)})"
    return shown


def _place(place: IndexPlace, href: Href) -> str:
    link = _link(place.target, place.section, href, main=place.main)
    if place.end is None or place.end_section == place.section:
        return link
    end = _link(place.end, place.end_section, href, main=place.main)
    return f'<span epub:type="index-locator-range">{link}{_DASH}{end}</span>'


def _link(target: Target, words: str, href: Href, *, main: bool) -> str:
    name = ' class="main"' if main else ""
    address = escape(href(target))
    return f'<a epub:type="index-locator"{name} href="{address}">{escape(words)}</a>'
