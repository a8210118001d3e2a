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
GROUP, IMAGE = f"{{{SVG}}}g", f"{{{SVG}}}image"
TEXT, LINE = f"{{{SVG}}}text", f"{{{SVG}}}tspan"
BLOCKS = frozenset(
    {"div", "p", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "pre"}
)
# What is never shown, or says once more what stands beside it.
UNSAID = frozenset({"script", "style", "title", "head", "annotation"})
# No drawing needs more digits; some programs write "Infinity".
FIGURE = r"\d{1,6}(?:\.\d{1,9})?"
NUMBER = re.compile(rf"\s*(-?{FIGURE})(?:px)?\s*")
SIZE = re.compile(rf"font-size\s*:\s*({FIGURE})(px|pt)\b")
WIDTH = re.compile(rf"(?<![\w-])width\s*:\s*({FIGURE})px")
LEFT = re.compile(rf"margin-left\s*:\s*({FIGURE})px")
TOP = re.compile(rf"padding-top\s*:\s*({FIGURE})px")
COLOUR = re.compile(
    r"(?<![\w-])color\s*:\s*(?:light-dark\(\s*)?"
    r"(#[0-9a-fA-F]{3,8}|rgba?\([\d., %]+\)|[a-z]+(?![\w(-]))"
)
AT_TOP = re.compile(r"align-items\s*:\s*(?:unsafe\s+)?flex-start")
BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")
SPACE = re.compile(r"white-space\s*:\s*([a-z-]+)")
HIDDEN = re.compile(r"display\s*:\s*none")
ONE_LINE = frozenset({"nowrap", "pre"})
# Letters of Chinese, Japanese and Korean: a line may end behind each of them, and they
# are twice as wide as others.
WIDE = re.compile("[\u2e80-\ud7ff\uf900-\ufaff\uff00-\uff60]")
# Where nothing is said (SVG 1.1, 10.10: medium; browsers take 16 pixels).
USUAL_SIZE = 16.0
POINT = 4 / 3
# In ems: from line to line, from the middle of a letter to its foot, a letter's width.
LEADING, HALF, LETTER = 1.2, 0.35, 0.5
# And from the top of a line to the foot of its letters.
TOP_TO_FOOT = 0.95
# Of the place of the words, not of the words.
OF_THE_FRAME = frozenset({"x", "y", "width", "height", "style", "requiredFeatures"})


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
        instead = next((way for way in switch if way.tag in {TEXT, IMAGE}), None)
        place = first if instead is None else instead
        first = _spoken(first, place if place.tag == TEXT else _middle(place))
    group.append(first)
    return group


def _middle(frame: Element) -> Element:
    """A text in the middle of a frame, in no colour but that of words in HTML."""
    attributes = {k: v for k, v in frame.items() if k not in OF_THE_FRAME}
    text = Element(TEXT, {"fill": "black", "stroke": "none", **attributes})
    text.set("text-anchor", "middle")
    styles = _styles(frame)
    left, top = LEFT.search(styles), TOP.search(styles)
    for at, length, said in (("x", "width", left), ("y", "height", top)):
        start = float(said[1]) if said else _number(frame, at)
        text.set(at, f"{start + _number(frame, length) / 2:g}")
    if left and (width := WIDTH.search(styles)):
        text.set("x", f"{float(left[1]) + float(width[1]) / 2:g}")
    return text


def _number(element: Element, name: str) -> float:
    found = NUMBER.fullmatch(element.get(name, ""))
    return float(found[1]) if found else 0.0


def _styles(element: Element) -> str:
    return " ; ".join(inner.get("style", "") for inner in element.iter())


def _spoken(foreign: Element, text: Element) -> Element:
    """*text* with the words of *foreign*, line below line, round the place it has."""
    styles = _styles(foreign)
    found = SIZE.findall(styles)
    sizes = [float(n) * (POINT if unit == "pt" else 1) for n, unit in found if float(n)]
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
    if _is_bold(foreign):
        spoken.set("font-weight", "bold")
    foot = _number(text, "y")
    if AT_TOP.search(styles):
        foot += 0 if text.text else TOP_TO_FOOT * size
    else:
        foot -= (len(lines) - 1) * LEADING * size / 2
        foot += 0 if text.text else HALF * size
    for count, line in enumerate(lines):
        y = f"{foot + count * LEADING * size:g}"
        place = {"x": f"{_number(text, 'x'):g}", "y": y}
        SubElement(spoken, LINE, place).text = line
    return spoken


def _is_bold(element: Element) -> bool:
    """Whether all its words are."""
    said = _name(element) in {"b", "strong"} or BOLD.search(element.get("style", ""))
    if said:
        return True
    inner = [child for child in element if "".join(child.itertext()).strip()]
    own = [element.text, *(child.tail for child in element)]
    alone = not any(words and words.strip() for words in own)
    return alone and bool(inner) and all(map(_is_bold, inner))


def _lines(foreign: Element, letters: float) -> Iterator[str]:
    """letters: that a line has room for; below 1 for any number"""
    for line in "".join(_words(foreign)).split("\n"):
        words = " ".join(line.split())
        if not words:
            continue
        if letters < 1:
            yield words
            continue
        wide = WIDE.search(words) is not None
        most = max(4, int(letters / 2 if wide else letters))
        yield from wrap(words, most, break_long_words=wide)


def _words(root: Element) -> Iterator[str]:
    """The words of all that is shown, however deep; a new line for each block."""
    # What is to be said next is the last.
    left: list[Element | str] = [root]
    while left:
        element = left.pop()
        if isinstance(element, str):
            yield element
            continue
        name, ends = _name(element), "\n" if _name(element) in BLOCKS else ""
        yield "\n" if name == "br" else ends
        if name in UNSAID or element.get("aria-hidden") == "true":
            continue
        if HIDDEN.search(element.get("style", "")):
            continue
        yield (element.text or element.get("alt") or "").replace("\n", " ")
        left.append(ends)
        for child in reversed(element):
            left += (child.tail or "").replace("\n", " "), child


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
