"""Numbers of lists that HTML's attributes give, and that WeasyPrint passes over."""

from xml.etree.ElementTree import Element


def number_lists(section: Element) -> None:
    """`start` and `value` as counters, which is how CSS says the same.

    WeasyPrint 70 counts an item after it has set its counter, not before.
    """
    for listing in section.iter("ol"):
        if start := listing.get("start"):
            listing.set("style", f"counter-reset: list-item {int(start) - 1}")
    for item in section.iter("li"):
        if value := item.get("value"):
            item.set("style", f"counter-set: list-item {int(value) - 1}")
