"""Make an SVG drawing fit to stand in a book: no scripts, no strangers, no network."""

import re
import sys
from base64 import b64decode, b64encode
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from publish.strip import TornPictureError, bare
from publish.svg_words import SVG, in_svg

MEDIA_TYPE = "image/svg+xml"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
# Elements that do something, or bring in another language or another place.
DROPPED = frozenset(
    {"script", "foreignObject", "metadata", "animate", "animateColor", "set"}
    | {"animateMotion", "animateTransform", "iframe", "audio", "video"}
)
# Elements that may hold nothing but words.
SPOKEN = frozenset({"title", "desc"})
# Elements that show what their address names.
FRAMES = frozenset({"image", "use"})
ADDRESSES = frozenset({"href", f"{{{XLINK}}}href"})
# What a colour may be made of besides a colour.
PAINTS = frozenset({"linearGradient", "radialGradient", "pattern"})
PAINTED = frozenset({"fill", "stroke"})
# The functions of CSS that fetch nothing: colours, transforms, filters, shapes, sums.
# Any other may, today or in the next version of CSS.
FUNCTIONS = frozenset(
    {"", "rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color"}
    | {"color-mix", "icc-color", "matrix", "matrix3d", "perspective", "rotate"}
    | {"rotatex", "rotatey", "rotatez", "rotate3d", "scale", "scalex", "scaley"}
    | {"scalez", "scale3d", "skew", "skewx", "skewy", "translate", "translatex"}
    | {"translatey", "translatez", "translate3d", "blur", "brightness", "contrast"}
    | {"drop-shadow", "grayscale", "hue-rotate", "invert", "opacity", "saturate"}
    | {"sepia", "circle", "ellipse", "inset", "path", "polygon", "rect", "calc"}
    | {"min", "max", "clamp", "var"}
)
SELECTING = frozenset(
    {"not", "is", "where", "has", "lang", "nth-child", "nth-last-child"}
    | {"nth-of-type", "nth-last-of-type"}
)
# CSS in the pieces that matter here: a quotation, a place in the drawing (at its end a
# bracket may lack), the name of a function, a bracket, any word or sign; and what is
# nothing sound, such as half a quotation or an escape.
PIECE = re.compile(
    r"""(?P<said>"(?:[^"\\\n]|\\[^\n])*+"|'(?:[^'\\\n]|\\[^\n])*+')"""
    r"""|url\(\s*+(?P<mark>['"]?+)\s*+\#(?P<anchor>[^\s"'()\\]++)"""
    r"""\s*+(?P=mark)\s*+(?:\)|\Z)"""
    r"""|(?P<function>[\w-]*+)\(|(?P<bracket>[\[\])])|[\w-]++|[^"'\\]|(?P<unsound>.)""",
    re.IGNORECASE | re.DOTALL,
)
UNSOUND = "?"
# Attributes in which an author speaks; nobody reads them as CSS.
WORDED = re.compile(r"(?:aria|data)-|(?:class|role|lang)\Z")
# Letters and digits that are written as escapes, to no good end.
ESCAPED = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|([g-z]))", re.IGNORECASE)
# CSS, but for what no reading system and no EPUBCheck would let pass.
COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
AT_RULE = re.compile(r"@[\w-]+[^{};]*(?:;|\Z|\{(?:[^{}]*\{[^{}]*\})*[^{}]*(?:\}|\Z))")
RULE = re.compile(r"\s*([\w\s.#*,:>+~()\[\]=\"'-]*\w[^{};<>@]*?)\s*\{([^{}]*)\}")
DECLARATION = re.compile(r"\s*([a-zA-Z-]+)\s*:\s*([^;{}=@<>]*[^;{}=@<>\s])\s*")
EMBEDDED = re.compile(r"data:image/[\w.+-]+;base64,(.*)", re.IGNORECASE | re.DOTALL)
ANCHOR = re.compile(r"[^\W\d][\w.-]*")
# Attributes in which programs for diagrams keep their own file, and tell of a machine.
EDITORS = frozenset({"content", "host", "agent", "etag", "modified"})
# Attributes that name elements by their ids alone.
NAMING = frozenset({"aria-labelledby", "aria-describedby"})
FIGURE = r"[+-]?(?:\d{1,20}\.?\d*|\.\d+)(?:e[+-]?\d{1,2})?"
LIGHT_DARK = re.compile(r"light-dark\(", re.IGNORECASE)
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
    in_svg(root)
    _take_out(root, 0)
    _Drawing(root).clean(root)
    _check_view_box(root)
    return svg_bytes(root)


def svg_bytes(root: Element) -> bytes:
    # One list for the whole process: a library may have taken ours off it.
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
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
    """names: what each id of the author is called in the book
    kinds: what the element is that has it
    """

    def __init__(self, root: Element) -> None:
        self.names: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        self.given: set[str] = set()
        named = [(anchor, e) for e in root.iter() if (anchor := e.get("id"))]
        taken = {anchor for anchor, _ in named}
        for anchor, element in named:
            if anchor not in self.names:
                self.names[anchor] = _valid(anchor, taken)
                self.kinds[anchor] = _name(element)

    def clean(self, element: Element) -> None:
        kind = _name(element)
        for attribute, value in list(element.attrib.items()):
            kept = self._kept(kind, attribute, value)
            if kept is None:
                del element.attrib[attribute]
            else:
                element.attrib[attribute] = kept
        if kind in FRAMES and ADDRESSES.isdisjoint(element.keys()):
            # Without what it shows it can still hold its own words.
            element.tag = f"{{{SVG}}}g"
        if kind == "style":
            element.text = self._sheet(element.text or "")
        for child in element:
            self.clean(child)

    def _kept(self, kind: str, attribute: str, value: str) -> str | None:
        """The value as it may stand in a book; None for an attribute that may not."""
        namespace, _, local = attribute.rpartition("}")
        if namespace not in {"", f"{{{XLINK}", f"{{{XML}"}:
            return None
        if namespace == f"{{{XML}":
            return value if local in {"space", "lang"} else None
        if local == "href":
            # A picture leads nowhere.
            return None if kind == "a" else self._address(value)
        if namespace or local.lower().startswith("on") or local in EDITORS:
            return None
        if attribute == "id":
            return self._id(value)
        if attribute in NAMING:
            return " ".join(self.names.get(word, word) for word in value.split())
        if attribute == "style":
            return self._declarations(_plain(value))
        if "(" in value and not WORDED.match(attribute):
            return self._value(attribute, _plain(value))
        return value

    def _id(self, anchor: str) -> str | None:
        new = self.names.get(anchor)
        if new is None or new in self.given:
            return None
        self.given.add(new)
        return new

    def _address(self, value: str) -> str | None:
        """A place in the drawing, or a picture that is written into it."""
        if value.startswith("#"):
            return f"#{self.names[value[1:]]}" if value[1:] in self.names else None
        found = EMBEDDED.fullmatch(value)
        if found is None:
            return None
        try:
            picture = bare(b64decode(found[1]))
        except (ValueError, TornPictureError):
            return None
        if picture is None:
            return None
        head = value[: found.start(1)]
        return head + b64encode(picture).decode("ascii")

    def _sheet(self, text: str) -> str:
        rules = [
            f"{selector}{{{self._declarations(inside)}}}"
            for selector, inside in RULE.findall(AT_RULE.sub("", _plain(text)))
            if _asked(selector) <= SELECTING
        ]
        return "\n".join(rules)

    def _declarations(self, text: str) -> str:
        found = filter(None, map(DECLARATION.fullmatch, text.split(";")))
        return "; ".join(
            f"{declared[1]}: {value}"
            for declared in found
            if (value := self._value(declared[1], declared[2])) is not None
        )

    def _value(self, property_: str, css: str) -> str | None:
        """The value, or `none` where a function of it may fetch; None where it is
        nothing sound."""
        css = _by_day(css)
        asked = _asked(css)
        if not asked <= FUNCTIONS | {UNSOUND}:
            return "none"
        if UNSOUND in asked:
            return None

        def local(found: re.Match[str]) -> str:
            anchor = found["anchor"]
            if anchor is None:
                return found[0]
            if anchor not in self.names:
                return "none"
            if property_ in PAINTED and self.kinds[anchor] not in PAINTS:
                return "none"
            return f"url(#{self.names[anchor]})"

        return PIECE.sub(local, css)


def _plain(css: str) -> str:
    """Style without comments, its letters not hidden in escapes."""
    # A space, else the signs on both sides of a comment could begin another.
    css = COMMENT.sub(" ", css)
    return ESCAPED.sub(_unescaped, css) if "\\" in css else css


def _asked(css: str) -> set[str]:
    """The functions that a piece of style calls, and UNSOUND where it is no style."""
    asked: set[str] = set()
    open_: list[str] = []
    for piece in PIECE.finditer(css):
        function, bracket = piece["function"], piece["bracket"]
        if function is not None:
            asked.add(function.lower())
            open_.append(")")
        elif bracket == "[":
            open_.append("]")
        elif piece["unsound"] or (bracket and (not open_ or open_.pop() != bracket)):
            asked.add(UNSOUND)
    return asked | {UNSOUND} if open_ else asked


def _by_day(css: str) -> str:
    """With the first colour of each `light-dark()`, which few readers know yet."""
    while found := LIGHT_DARK.search(css):
        depth, comma, end = 0, 0, len(css)
        for at in range(found.end(), len(css)):
            depth += {"(": 1, ")": -1}.get(css[at], 0)
            if depth < 0:
                end = at
                break
            if css[at] == "," and depth == 0:
                comma = comma or at
        light = css[found.end() : comma or end].strip()
        css = css[: found.start()] + light + css[end + 1 :]
    return css


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


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _take_out(element: Element, depth: int) -> None:
    """Leave only the drawing and text of SVG itself; words behind the rest stay.

    Raises BadDrawingError.
    """
    if depth > DEPTH:
        raise BadDrawingError("it is nested too deep")
    if _name(element) in SPOKEN:
        element.text, element[:] = "".join(element.itertext()), []
    kept: list[Element] = []
    for child in element:
        if child.tag.startswith(f"{{{SVG}}}") and _name(child) not in DROPPED:
            _take_out(child, depth + 1)
            kept.append(child)
        elif kept:
            kept[-1].tail = (kept[-1].tail or "") + (child.tail or "")
        else:
            element.text = (element.text or "") + (child.tail or "")
    element[:] = kept
