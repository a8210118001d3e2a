"""What latex2mathml writes, made valid MathML Core that reads as TeX would set it.

Each rule says what is wrong without it.
"""

import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from unicodedata import category, combining, normalize
from xml.etree.ElementTree import Element, SubElement

from publish.mathematics.alphabets import styled
from publish.mathematics.door import FormulaError

# Environments of rows and columns, as latex2mathml knows them.
ARRAYS = frozenset(
    {"array", "cases", "smallmatrix", "gather", "align*"}
    | {f"{kind}matrix{star}" for kind in ("", *"pbBvV") for star in ("", "*")}
)
# How many children an element has; other elements take any number.
_ARITY = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2}
_ARITY |= {"msubsup": 3, "munderover": 3}
_LEAVES = frozenset({"mi", "mn", "mo", "mtext"})
_GROUPS = frozenset({"mrow", "msqrt", "mtd", "mphantom", "mpadded", "menclose"})
_KNOWN = _LEAVES | _GROUPS | _ARITY.keys() | {"mstyle", "mspace", "mtable", "mtr"}
_SWITCH, _EM = r"(?:true|false)", r"(?:[+-]?\d*\.?\d+em|0)"
_SIDE, _LINE = r"(?:left|center|right)", r"(?:none|solid|dashed)"
# Attributes of MathML 3 that both outputs understand, and what they may say.
_SAID: Mapping[str, Mapping[str, str]] = {
    **{letters: {"mathvariant": "normal"} for letters in ("mi", "mn", "mtext")},
    "mo": {
        **dict.fromkeys(("fence", "largeop", "movablelimits", "stretchy"), _SWITCH),
        **dict.fromkeys(("lspace", "maxsize", "minsize", "rspace"), _EM),
        "accent": _SWITCH,
        "form": "prefix|infix|postfix",
    },
    "mstyle": {"displaystyle": _SWITCH, "scriptlevel": r"[+-]?\d"},
    "mspace": dict.fromkeys(("depth", "height", "width"), _EM),
    "mpadded": dict.fromkeys(("depth", "height", "lspace", "voffset", "width"), _EM),
    "mfrac": {"linethickness": _EM},
    "mover": {"accent": _SWITCH},
    "munder": {"accentunder": _SWITCH},
    "munderover": {"accent": _SWITCH, "accentunder": _SWITCH},
    "menclose": {"notation": "[a-z]+(?: [a-z]+)*"},
    "mtable": {
        "columnalign": f"{_SIDE}(?: {_SIDE})*",
        "columnlines": f"{_LINE}(?: {_LINE})*",
        "columnspacing": f"{_EM}(?: {_EM})*",
        "displaystyle": _SWITCH,
        "rowlines": f"{_LINE}(?: {_LINE})*",
        "rowspacing": f"{_EM}(?: {_EM})*",
    },
    "mtd": {"columnalign": _SIDE},
}
_COLOUR = (
    "#[0-9A-Fa-f]{3}|#[0-9A-Fa-f]{6}|aqua|black|blue|fuchsia|gray|green|lime|maroon"
    "|navy|olive|purple|red|silver|teal|white|yellow"
)
# Lengths that are not of the letters round them, in ems of ten points.
_UNITS = {"pt": 0.1, "px": 0.075, "bp": 0.1, "pc": 1.2, "in": 7.2, "cm": 2.835}
_UNITS |= {"mm": 0.2835, "ex": 0.43, "mu": 0.0556, "em": 1.0}
_LENGTH = re.compile(r"([+-]?\d*\.?\d+)\s*(pt|px|bp|pc|in|cm|mm|ex|mu|em)")
_ENTITY = re.compile("&#x([0-9A-Fa-f]{1,6});")
# In words latex2mathml leaves the backslash.
_ESCAPED = re.compile(r"\\([#%&_])")

# Signs of no sum, though Unicode calls them signs of mathematics.
_ORDINARY = frozenset("∞∅⊤∁ℵ")
_COLONS = frozenset(":∶")
# Whose limits stand below and above them where there is room.
_LIMITS = frozenset({"lim", "max", "min", "sup", "inf", "det", "gcd", "Pr", "plim"})
_LIMITS |= {"lim inf", "lim sup", "inj lim", "proj lim", "arg max", "arg min"}
_BELOW = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}
_BESIDE = {below: beside for beside, below in _BELOW.items()}
_SCRIPTS = frozenset(_BELOW) | frozenset(_BESIDE)
_SLASH, _OVERLAY = "\N{BIG SOLIDUS}", "\N{COMBINING LONG SOLIDUS OVERLAY}"
_TABLE = {"columnspacing": "1em", "rowspacing": "0.3em"}
_THIN = "0.167em"


def mended(math: Element, *, display: bool) -> Element:
    """The element `math` in order, with its row unwrapped.

    Raises FormulaError.
    """
    _walk(math, _mend_leaf)
    _check(math)
    _walk(math, _lower_accents)
    _walk(math, _mend_attributes)
    _walk(math, lambda element: _mend_limits(element, display))
    _walk(math, _mend_row)
    _walk(math, _space_functions)
    _flatten(math)
    _walk(math, _fence_tables)
    _walk(math, _break_lines)
    math.attrib.clear()
    if not any(leaf.text and leaf.text.strip() for leaf in math.iter()):
        raise FormulaError("there is nothing in it")
    return math


def _walk(element: Element, change: Callable[[Element], None]) -> None:
    """Change each element, the inner ones first."""
    for child in element:
        _walk(child, change)
    change(element)


def _mend_leaf(leaf: Element) -> None:
    if leaf.tag not in _LEAVES:
        return
    if len(leaf):
        # `\mathop{x}`: a sign that holds signs.
        leaf.tag = "mrow"
        return
    if leaf.tag == "mi":
        _check_sign((leaf.text or "").strip())
    text = _ENTITY.sub(lambda found: chr(int(found[1], 16)), leaf.text or "")
    text = text.strip() if leaf.tag != "mtext" else _ESCAPED.sub(r"\1", text)
    variant = leaf.attrib.pop("mathvariant", "")
    if variant and leaf.tag != "mtext":
        # Readers of MathML Core know no letters but those of Unicode.
        text, variant = styled(text, variant)
        if variant:
            leaf.set("mathvariant", variant)
    leaf.text = text
    if leaf.tag == "mi" and _is_sign(text):
        leaf.tag = "mo"
    elif leaf.tag == "mo" and (text in _ORDINARY or text[:1].isalpha()):
        leaf.tag = "mi"
        leaf.attrib.pop("movablelimits", "")


def _is_sign(text: str) -> bool:
    """Whether latex2mathml called a sign a letter."""
    if len(text) != 1 or text in _ORDINARY:
        return False
    return category(text) == "Sm" or text in _COLONS


def _check_sign(text: str) -> None:
    if text.startswith("\\"):
        raise FormulaError(f"the command `{text}` is not known")
    if text == "&":
        raise FormulaError("there is a `&` that parts no columns")
    if text == "}":
        raise FormulaError("there are braces within its words")


def _check(math: Element) -> None:
    for element in math.iter():
        if element is not math and element.tag not in _KNOWN:
            raise FormulaError("it cannot be read")
        wanted = _ARITY.get(element.tag)
        if wanted is not None and len(element) != wanted:
            raise FormulaError("something is missing in it")
        if element.tag == "mtext" and (element.text or "").count("$") > 1:
            raise FormulaError("there are dollars within its words")
        inside = {"mtable": "mtr", "mtr": "mtd"}.get(element.tag)
        if inside and any(child.tag != inside for child in element):
            raise FormulaError("it cannot be read")


def _lower_accents(over: Element) -> None:
    """A bar over nothing, itself set over a letter, is as wide as nothing."""
    if over.tag != "mover" or over[1].tag not in {"mover", "mrow"}:
        return
    sign = over[1][0] if over[1].tag == "mrow" and len(over[1]) == 1 else over[1]
    if sign.tag == "mover" and sign[0].tag == "mrow" and not len(sign[0]):
        over[1] = sign[1]


def _mend_attributes(element: Element) -> None:
    if element.tag == "mtable":
        # As LaTeX does; readers leave less, and each another room.
        element.attrib = {**_TABLE, **element.attrib}
    may_say = _SAID.get(element.tag, {})
    for name, value in list(element.attrib.items()):
        said = _LENGTH.sub(_in_ems, value)
        if name == "linebreak" and element.tag == "mspace":
            continue
        wanted = _COLOUR if name == "mathcolor" else may_say.get(name, "")
        if re.fullmatch(wanted, said):
            element.set(name, said)
        else:
            del element.attrib[name]
    if element.tag == "mstyle" and not element.attrib:
        # A size: the text round it has one.
        element.tag = "mrow"


def _in_ems(found: re.Match[str]) -> str:
    return f"{float(found[1]) * _UNITS[found[2]]:.3g}em"


def _mend_limits(element: Element, display: bool) -> None:
    """latex2mathml sets the limits of lim and max as if there were no room below."""
    if element.tag not in _SCRIPTS or element[0].tag != "mi":
        return
    name = " ".join((element[0].text or "").split())
    if name in _LIMITS:
        other = _BELOW if display else _BESIDE
        element.tag = other.get(element.tag, element.tag)


def _mend_row(row: Element) -> None:
    """A stroke that was to go through the next sign goes through it, and a comma that
    braces keep together with digits does not part them."""
    children = list(row)
    for at in range(1, len(children) - 1):
        before, comma, behind = children[at - 1 : at + 2]
        if before.tag == behind.tag == "mn" and _is_comma(comma):
            behind.text = f"{before.text}{''.join(comma.itertext())}{behind.text}"
            row.remove(before)
            row.remove(comma)
    children = list(row)
    for sign, after in pairwise(children):
        if sign.tag != "mpadded" or "".join(sign.itertext()) != _SLASH:
            continue
        struck = normalize("NFC", f"{after.text or ''}{_OVERLAY}")
        if after.tag not in _LEAVES or not after.text:
            raise FormulaError("nothing that can be struck through follows `\\not`")
        after.text = struck
        row.remove(sign)


def _is_comma(row: Element) -> bool:
    return row.tag == "mrow" and "".join(row.itertext()) in {",", "."}


def _space_functions(row: Element) -> None:
    """Readers set "sin x" as one word."""
    if row.tag not in _GROUPS | {"math", "mstyle"}:
        return
    children: list[Element] = []
    before: Element | None = None
    for child in row:
        if before is not None and _is_apart(before, child):
            children.append(Element("mspace", {"width": _THIN}))
        children.append(child)
        before = child
    row[:] = children


def _is_apart(before: Element, after: Element) -> bool:
    if "mspace" in {before.tag, after.tag}:
        return False
    if _is_function(before):
        begins = after if after.tag != "mrow" or not len(after) else after[0]
        return after.tag != "mo" and begins.tag != "mo"
    return _is_function(after) and before.tag != "mo"


def _text_of(element: Element) -> str:
    return (element.text or "").strip()


def _is_function(element: Element) -> bool:
    while element.tag in _SCRIPTS:
        element = element[0]
    text = _text_of(element)
    return element.tag == "mi" and len(text) > 1 and not any(map(combining, text))


def _flatten(element: Element) -> None:
    """Rows that hold one thing or stand in another row say nothing. Each takes twice as
    long to draw as what is in it, so a formula of rows in rows would take for ever."""
    for child in element:
        _flatten(child)
    flat = element.tag in _GROUPS | {"math", "mstyle"}
    alone = len(element) == 1
    children: list[Element] = []
    for child in element:
        bare = child.tag == "mrow" and not child.attrib
        if bare and len(child) == 1:
            children.append(child[0])
        elif bare and flat and (alone or _says_nothing(child)):
            children += child
        else:
            children.append(child)
    element[:] = children


def _says_nothing(row: Element) -> bool:
    """Whether nothing in a row grows with the rest of it, and no sign at its edge would
    mean something else beside others: `{,}`, `{-}1`."""
    edges = [*row[:1], *row[-1:]]
    grows = any(child.get("stretchy") == "true" for child in row)
    return bool(edges) and not grows and all(edge.tag != "mo" for edge in edges)


_FENCES = {"(": ")", "[": "]", "{": "}", "|": "|", "‖": "‖"}


def _fence_tables(row: Element) -> None:
    """The brackets of a matrix are as high as it, not as the row that it stands in."""
    for table in row.findall("mtable"):
        at = list(row).index(table)
        around = row[max(at - 1, 0) : at + 2]
        if len(around) != 3:  # noqa: PLR2004 - with both
            continue
        left, _, right = around
        if _FENCES.get(_text_of(left)) != _text_of(right) or right.tag != "mo":
            continue
        if left.get("stretchy") == "true":
            # They are what `\\left` and `\\right` made.
            continue
        left.attrib = {"form": "prefix", "fence": "true", "stretchy": "true"}
        right.attrib = {"form": "postfix", "fence": "true", "stretchy": "true"}
        group = Element("mrow")
        group.extend(around)
        row[at - 1 : at + 2] = [group]


def _break_lines(row: Element) -> None:
    """MathML Core has no lines, but tables."""
    if not any(child.get("linebreak") for child in row):
        return
    lines: list[list[Element]] = [[]]
    for child in list(row):
        if child.get("linebreak"):
            lines.append([])
        else:
            lines[-1].append(child)
    table = Element("mtable", {"displaystyle": "true", "rowspacing": "0.3em"})
    for line in filter(None, lines):
        SubElement(SubElement(table, "mtr"), "mtd").extend(line)
    row[:] = [table]
    if row.tag not in _GROUPS | {"math", "mstyle"}:
        raise FormulaError("a line ends where none can end")
