"""Numbers of lists: what HTML's attributes give, in the digits of the language; and
those before headings, beside which the lines of these hang."""

from xml.etree.ElementTree import Element

from publish.language import direction, number_style
from publish.pdf.classes import HEADINGS, add_classes, classes


def number_lists(section: Element, language: str) -> None:
    """`start` and `value` as counters, which is how CSS says the same.

    WeasyPrint 70 passes over the attributes, and counts an item after it has set its
    counter, not before.
    """
    figures = number_style(language)
    for listing in section.iter("ol"):
        rules = []
        if start := listing.get("start"):
            rules.append(f"counter-reset: list-item {int(start) - 1}")
        contents = "p-contents" in classes(listing)
        plain = listing.get("type", "1") == "1" and not contents
        if plain and figures != "decimal":
            rules.append(f"list-style-type: {figures}")
        if rules:
            listing.set("style", "; ".join(rules))
    for item in section.iter("li"):
        if value := item.get("value"):
            item.set("style", f"counter-set: list-item {int(value) - 1}")


def hang_numbers(section: Element, language: str) -> None:
    """Say of headings and of lines of contents that begin with a number how wide it is,
    in figures: of a list the widest, so that all its titles begin at one edge.

    From right to left WeasyPrint 70 takes an indent from both ends of the line.
    """
    if direction(language) == "rtl":
        return
    for heading in section.iter():
        if heading.tag in HEADINGS and (width := _figures(heading)):
            _hang(heading, width)
    for listing in section.iter("ol"):
        if "p-contents" not in classes(listing):
            continue
        widths = {item: width for item in listing if (width := _figures(_line(item)))}
        for item in widths:
            _hang(item, max(widths.values()))


def _line(item: Element) -> Element:
    """What stands in a line of the contents, without the list of those below it."""
    return next(iter(item), item)


def _figures(element: Element) -> float:
    """As wide as so many figures is the number that an element begins with; 0 where
    there is none, or where it is a word."""
    first = next(iter(element), None)
    if first is None or element.text or "p-number" not in classes(first):
        return 0.0
    number = first.text or ""
    if not all(sign == "." or sign.isdecimal() or sign.isupper() for sign in number):
        return 0.0
    return sum(
        _POINT if sign == "." else 1.0 if sign.isdecimal() else _CAPITAL
        for sign in number
    )


# In figures of one width.
_POINT, _CAPITAL = 0.6, 1.3


def _hang(element: Element, width: float) -> None:
    add_classes(element, "p-hung")
    element.set("style", f"--figures: {width:g}")
