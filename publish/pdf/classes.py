"""Classes of elements that are about to be set."""

from xml.etree.ElementTree import Element


def classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def add_classes(element: Element, *names: str) -> None:
    if names:
        element.set("class", " ".join((*classes(element), *names)))
