"""Make an SVG drawing fit to stand in a book: no scripts, no strangers, no network."""

import re
import sys
from base64 import b64decode, b64encode
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from publish.strip import bare

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
# Elements that do something, or bring in another language or another place.
DROPPED = frozenset(
    {"script", "foreignObject", "metadata", "animate", "animateColor", "set"}
    | {"animateMotion", "animateTransform", "iframe", "audio", "video"}
)
# What in CSS fetches something from outside the drawing; at its end a bracket may lack.
FETCHED = re.compile(
    r"(?<![\w-])(?:url|src|image|image-set)\((?!\s*['\"]?\s*#)[^)]*(?:\)|\Z)",
    re.IGNORECASE,
)
IMPORT = re.compile(r"@import[^;]*;?", re.IGNORECASE)
# Letters and digits that are written as escapes, to no good end.
ESCAPED = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|([g-z]))", re.IGNORECASE)
EMBEDDED = re.compile(r"data:image/[\w.+-]+;base64,(.*)", re.IGNORECASE | re.DOTALL)
ANCHOR = re.compile(r"[^\W\d][\w.-]*")
REFERENCE = re.compile(r"(url\(\s*['\"]?\s*#)([^\s\"'()]+)", re.IGNORECASE)
# Attributes that name elements by their ids alone.
NAMING = frozenset({"aria-labelledby", "aria-describedby"})
FIGURE = r"[+-]?(?:\d{1,20}\.?\d*|\.\d+)(?:e[+-]?\d{1,2})?"
VIEW_BOX = re.compile(rf"\s*{FIGURE}(?:[\s,]+{FIGURE}){{3}}\s*", re.IGNORECASE)
NUMBER = re.compile(
    r"\s*(\d{1,9}(?:\.\d*)?|\.\d+)\s*(px|pt|pc|mm|cm|in|)\s*", re.IGNORECASE
)
# CSS pixels in each unit (CSS Values 4, section 6.2).
PIXELS = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54}
INCH = 96
# In units of a drawing; none is drawn larger.
LARGEST = 1e9
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
    _Drawing(root).clean(root, 0)
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
    if VIEW_BOX.fullmatch(box):
        *_, width, height = map(float, box.replace(",", " ").split())
        if 0 < width < LARGEST and 0 < height < LARGEST:
            return
    raise BadDrawingError(f"its viewBox `{box}` is not four numbers")


class _Drawing:
    """names: what each id of the author is called in the book"""

    def __init__(self, root: Element) -> None:
        self.names: dict[str, str] = {}
        self.given: set[str] = set()
        taken = {anchor for element in root.iter() if (anchor := element.get("id"))}
        for anchor in [a for e in root.iter() if (a := e.get("id"))]:
            if anchor not in self.names:
                self.names[anchor] = _valid(anchor, taken)

    def clean(self, element: Element, depth: int) -> None:
        """Raises BadDrawingError."""
        if depth > DEPTH:
            raise BadDrawingError("it is nested too deep")
        self._clean_attributes(element)
        for child in list(element):
            if _belongs(child):
                self.clean(child, depth + 1)
            if not _belongs(child) or _is_empty_frame(child):
                _take_out(element, child)
        if element.tag == f"{{{SVG}}}style":
            element.text = self._css(element.text or "")

    def _clean_attributes(self, element: Element) -> None:
        for name, value in list(element.attrib.items()):
            kept = self._kept(name, value)
            if kept is None:
                del element.attrib[name]
            else:
                element.attrib[name] = kept

    def _kept(self, name: str, value: str) -> str | None:
        """The value as it may stand in a book; None for an attribute that may not."""
        namespace, _, local = name.rpartition("}")
        if namespace not in {"", f"{{{XLINK}", f"{{{XML}"}:
            return None
        if namespace == f"{{{XML}":
            return value if local in {"space", "lang"} else None
        if local == "href":
            return self._address(value)
        if namespace or local.lower().startswith("on"):
            return None
        if name == "id":
            new = self.names.get(value, "")
            unique = new not in self.given
            self.given.add(new)
            return new if new and unique else None
        if name in NAMING:
            return " ".join(map(self._name, value.split()))
        return self._css(value) if name == "style" or "(" in value else value

    def _address(self, value: str) -> str | None:
        """A place in the drawing, or a picture that is written into it."""
        if value.startswith("#"):
            return f"#{self._name(value[1:])}"
        found = EMBEDDED.fullmatch(value)
        if found is None:
            return None
        try:
            picture = bare(b64decode(found[1]))
        except ValueError:
            return None
        if picture is None:
            return None
        head = value[: found.start(1)]
        return head + b64encode(picture).decode("ascii")

    def _css(self, text: str) -> str:
        if "\\" in text:
            text = ESCAPED.sub(_unescaped, text)
        text = FETCHED.sub("none", IMPORT.sub("", text))
        return REFERENCE.sub(lambda found: found[1] + self._name(found[2]), text)

    def _name(self, anchor: str) -> str:
        return self.names.get(anchor, anchor)


def _valid(anchor: str, taken: set[str]) -> str:
    """Figma's "a:b" and digits in front are no ids in XML; *taken* from now on."""
    if ANCHOR.fullmatch(anchor):
        return anchor
    word = "id-" + re.sub(r"[^\w.-]", "-", anchor)
    name, number = word, 1
    while name in taken:
        number += 1
        name = f"{word}-{number}"
    taken.add(name)
    return name


def _unescaped(found: re.Match[str]) -> str:
    if found[2]:
        return found[2]
    letter = chr(min(int(found[1], 16), sys.maxunicode))
    return letter if letter.isalnum() else found[0]


def _belongs(child: Element) -> bool:
    """Drawing and text of SVG itself; comments have no string for a tag."""
    if not isinstance(child.tag, str):
        return False
    namespace, _, name = child.tag[1:].rpartition("}")
    return namespace == SVG and name not in DROPPED


def _is_empty_frame(element: Element) -> bool:
    """A picture or a copy whose address was refused."""
    if element.tag not in {f"{{{SVG}}}{name}" for name in ("image", "use", "feImage")}:
        return False
    return element.get("href") is None and element.get(f"{{{XLINK}}}href") is None


def _take_out(parent: Element, child: Element) -> None:
    """Words behind the child stay where they are."""
    at = list(parent).index(child)
    if child.tail and at:
        before = parent[at - 1]
        before.tail = (before.tail or "") + child.tail
    elif child.tail:
        parent.text = (parent.text or "") + child.tail
    parent.remove(child)
