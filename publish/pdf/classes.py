"""Kinds of elements that are about to be set."""

from xml.etree.ElementTree import Element

# As elements.
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def add_classes(element: Element, *names: str) -> None:
    if names:
        element.set("class", " ".join((*classes(element), *names)))
