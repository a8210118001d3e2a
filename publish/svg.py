"""Make an SVG drawing fit to stand in a book: no scripts, no strangers, no network."""

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
# Elements that do something, or bring in another language or another place.
DROPPED = frozenset(
    {"script", "foreignObject", "metadata", "animate", "animateColor", "set"}
    | {"animateMotion", "animateTransform", "iframe", "audio", "video"}
)
REFERENCE = re.compile(r"url\(\s*['\"]?(?!#)[^)]*\)")
NUMBER = re.compile(r"\s*([0-9.]+(?:e-?\d+)?)\s*(px|pt|pc|mm|cm|in|)\s*", re.IGNORECASE)
# CSS pixels in each unit (CSS Values 4, section 6.2).
PIXELS = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54}
INCH = 96
# A drawing deeper than this would exhaust whoever draws it.
DEPTH = 100

ElementTree.register_namespace("", SVG)
ElementTree.register_namespace("xlink", XLINK)


class BadDrawingError(Exception):
    """An SVG that cannot be shown. Its text says why, in the author's words."""


def clean_svg(data: bytes) -> bytes:
    """The same drawing as strict XML that asks nothing of anybody.

    Raises BadDrawingError.
    """
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise BadDrawingError(f"its XML is broken ({error})") from error
    if root.tag != f"{{{SVG}}}svg":
        raise BadDrawingError("it does not begin with `<svg xmlns=…>`")
    _clean(root, 0, set())
    _check_view_box(root)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def svg_size(data: bytes) -> tuple[int, int]:
    """Width and height in CSS pixels; 0 and 0 for a drawing that does not say."""
    root = ElementTree.fromstring(data)
    width, height = _pixels(root.get("width", "")), _pixels(root.get("height", ""))
    if width and height:
        return width, height
    box = root.get("viewBox", "").replace(",", " ").split()
    return (round(float(box[2])), round(float(box[3]))) if box else (0, 0)


def _pixels(length: str) -> int:
    found = NUMBER.fullmatch(length)
    if not found:
        return 0
    unit = found[2].lower()
    return round(float(found[1]) * (INCH if unit == "in" else PIXELS[unit]))


def _check_view_box(root: Element) -> None:
    box = root.get("viewBox")
    if box is None:
        return
    try:
        numbers = [float(word) for word in box.replace(",", " ").split()]
    except ValueError:
        numbers = []
    if len(numbers) != 4 or min(numbers[2:]) <= 0:  # noqa: PLR2004 - x, y, width, height
        raise BadDrawingError(f"its viewBox `{box}` is not four numbers")


def _clean(element: Element, depth: int, ids: set[str]) -> None:
    if depth > DEPTH:
        raise BadDrawingError("it is nested too deep")
    _clean_attributes(element, ids)
    for child in list(element):
        if _belongs(child):
            _clean(child, depth + 1, ids)
        else:
            element.remove(child)
    if element.tag == f"{{{SVG}}}style" and element.text:
        text = re.sub(r"@import[^;]*;?", "", element.text)
        element.text = REFERENCE.sub("none", text)


def _belongs(child: Element) -> bool:
    """Drawing and text of SVG itself; comments have no string for a tag."""
    if not isinstance(child.tag, str):
        return False
    namespace, _, name = child.tag[1:].rpartition("}")
    return namespace == SVG and name not in DROPPED


def _clean_attributes(element: Element, ids: set[str]) -> None:
    for name, value in list(element.attrib.items()):
        if not _may_stay(name, value):
            del element.attrib[name]
        elif name == "style" or "url(" in value:
            element.attrib[name] = REFERENCE.sub("none", value)
    anchor = element.get("id")
    if anchor is not None:
        if anchor in ids or not re.fullmatch(r"[^\W\d][\w.-]*", anchor):
            del element.attrib["id"]
        ids.add(anchor)


def _may_stay(name: str, value: str) -> bool:
    if name.startswith("{"):
        namespace, _, local = name[1:].rpartition("}")
        if namespace == XLINK and local == "href":
            return value.startswith(("#", "data:image/"))
        return namespace == XML and local in {"space", "lang"}
    if name == "href":
        return value.startswith(("#", "data:image/"))
    return not name.lower().startswith("on")
