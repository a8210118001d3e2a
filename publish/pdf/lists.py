"""Numbers of lists: what HTML's attributes give, in the digits of the language."""

from xml.etree.ElementTree import Element

from publish.language import number_style
from publish.pdf.classes import classes


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
