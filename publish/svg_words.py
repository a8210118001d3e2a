"""Words of a drawing that are written in HTML, as programs for diagrams write them.

An e-reader shows them if it is a browser, a page of print never does. They become
words of the drawing, in the middle of the place that they had.
"""

import re
from collections.abc import Iterator
from textwrap import wrap
from xml.etree.ElementTree import Element, SubElement

SVG = "http://www.w3.org/2000/svg"
FOREIGN, SWITCH = f"{{{SVG}}}foreignObject", f"{{{SVG}}}switch"
GROUP, TEXT, LINE = f"{{{SVG}}}g", f"{{{SVG}}}text", f"{{{SVG}}}tspan"
BLOCKS = frozenset(
    {"div", "p", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "pre"}
)
UNSAID = frozenset({"script", "style", "title", "head"})
SIZE = re.compile(r"font-size\s*:\s*(\d+(?:\.\d+)?)px")
WIDTH = re.compile(r"(?<![\w-])width\s*:\s*(\d+(?:\.\d+)?)px")
COLOUR = re.compile(
    r"(?<![\w-])color\s*:\s*(#[0-9a-fA-F]{3,8}|rgba?\([\d., %]+\)|[a-z]+)"
)
BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")
SPACE = re.compile(r"white-space\s*:\s*([a-z-]+)")
ONE_LINE = frozenset({"nowrap", "pre"})
# Where nothing is said (SVG 1.1, 10.10: medium; browsers take 16 pixels).
USUAL_SIZE = 16.0
DEEPEST = 100
# In ems: from line to line, from the middle of a letter to its foot, a letter's width.
LEADING, HALF, LETTER = 1.2, 0.35, 0.5


def in_svg(root: Element) -> None:
    """Turn words in HTML below *root* into words of the drawing, and leave of several
    ways to show a thing the one that a browser shows."""
    for parent in list(root.iter()):
        for at, child in enumerate(parent):
            if child.tag == SWITCH:
                parent[at] = _chosen(child)
            elif child.tag == FOREIGN and parent.tag != SWITCH:
                parent[at] = _spoken(child, _middle(child))
            parent[at].tail = child.tail


def _chosen(switch: Element) -> Element:
    if any(way.get("systemLanguage") for way in switch):
        # Which one is shown depends on the reader.
        return switch
    group = Element(GROUP, switch.attrib)
    ways = (way for way in switch if not way.get("requiredExtensions"))
    first = next(ways, None)
    if first is None:
        return group
    if first.tag == FOREIGN:
        # Where the words stand is said better by what is shown instead of them.
        instead = next((way for way in switch if way.tag == TEXT), None)
        first = _spoken(first, _middle(first) if instead is None else instead)
    group.append(first)
    return group


def _middle(foreign: Element) -> Element:
    text = Element(TEXT, {"text-anchor": "middle"})
    for at, length in (("x", "width"), ("y", "height")):
        text.set(at, f"{_number(foreign, at) + _number(foreign, length) / 2:g}")
    return text


def _number(element: Element, name: str) -> float:
    try:
        return float(element.get(name, "0").removesuffix("px"))
    except ValueError:
        return 0.0


def _spoken(foreign: Element, text: Element) -> Element:
    """*text* with the words of *foreign*, line below line, round the place it has."""
    styles = " ; ".join(element.get("style", "") for element in foreign.iter())
    sizes = [float(size) for size in SIZE.findall(styles) if float(size)]
    size = sizes[-1] if sizes else _number(text, "font-size") or USUAL_SIZE
    widths = [float(width) for width in WIDTH.findall(styles) if float(width) > size]
    widths = widths or [_number(foreign, "width")]
    spaces = SPACE.findall(styles) or ["normal"]
    room = 0.0 if spaces[-1] in ONE_LINE else widths[-1]
    lines = list(_lines(foreign, room / size / LETTER))
    if not lines:
        return Element(GROUP)
    spoken = Element(TEXT, {**text.attrib, "font-size": f"{size:g}px"})
    spoken.attrib.pop("y", None)
    if colours := COLOUR.findall(styles):
        spoken.set("fill", colours[-1])
    if BOLD.search(styles) or any(_name(e) in {"b", "strong"} for e in foreign.iter()):
        spoken.set("font-weight", "bold")
    foot = _number(text, "y") - (len(lines) - 1) * LEADING * size / 2
    if text.text is None:
        foot += HALF * size
    for count, line in enumerate(lines):
        y = f"{foot + count * LEADING * size:g}"
        place = {"x": text.get("x", "0"), "y": y}
        SubElement(spoken, LINE, place).text = line
    return spoken


def _lines(foreign: Element, letters: float) -> Iterator[str]:
    """letters: that a line has room for; 0 for any number"""
    for line in "".join(_words(foreign, DEEPEST)).split("\n"):
        words = " ".join(line.split())
        if words and letters >= 1:
            yield from wrap(words, max(4, int(letters)), break_long_words=False)
        elif words:
            yield words


def _words(element: Element, depth: int) -> Iterator[str]:
    """depth: to which it is looked into"""
    name = _name(element)
    if name in BLOCKS or name == "br":
        yield "\n"
    if name not in UNSAID and depth:
        yield (element.text or "").replace("\n", " ")
        for child in element:
            yield from _words(child, depth - 1)
            yield (child.tail or "").replace("\n", " ")
    if name in BLOCKS:
        yield "\n"


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
