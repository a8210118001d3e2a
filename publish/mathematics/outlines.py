"""From MathML to the outlines of its letters, for paper."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element, fromstring

from publish.mathematics.door import FormulaError, door
from publish.mathematics.repairs import math_font, repair, set_row, sign_path
from publish.mathematics.shapes import EM, Outline, Piece, Placed

# Signs that may end a line (TeX's \relpenalty and \binoppenalty).
_BREAKS = re.compile(r"[=<>≤≥≠≈≡∼≃≅→←↔⇒⇐⇔∈⊂⊆∝≔+−±∓×⋅·]")
# Sums, products, integrals.
_LARGE = re.compile("[\u220f-\u2211\u222b-\u2233\u22c0-\u22c3\u2a00-\u2a1c]")
# Steps that ziamath takes; a second on a slow machine has about so many.
_MOST = 20_000
# What has no height, as a space or what is smashed, cannot be scaled.
_LEAST = 1.0
_TWICE = frozenset({"math", "mrow", "mtd", "mstyle", "mphantom", "mpadded"})
_TWICE |= {"menclose", "msqrt", "mfrac", "mroot", "msub", "msup", "msubsup"}
_TWICE |= {"munder", "mover", "munderover"}

repair()


@lru_cache(maxsize=4096)
def outline(mathml: str, *, display: bool) -> Outline:
    """See `publish.mathematics.outline_of`."""
    with door():
        root = fromstring(f"<math>{mathml}</math>")
        _check_size(root)
        _check_letters(root)
        root.set("display", "block" if display else "inline")
        _suit(root)
        pieces = tuple(_pieces(set_row(root, EM)))
        return Outline(pieces, (_joined(pieces),))


def _check_size(root: Element) -> None:
    """ziamath sets what is in a row twice, and so on within it."""
    steps, waiting = 0, [(root, 1)]
    while waiting:
        element, times = waiting.pop()
        steps += times
        if steps > _MOST:
            raise FormulaError("it is too deep or too long")
        inside = times * 2 if element.tag in _TWICE else times
        waiting += ((child, inside) for child in element)


def _check_letters(root: Element) -> None:
    font = math_font()
    for letter in "".join(root.itertext()):
        if not letter.isspace() and font.glyphindex(letter) == 0:
            raise FormulaError(f"the font of formulas has no {letter}")


def _suit(root: Element) -> None:
    """What ziamath takes otherwise than readers do."""
    for element in root.iter():
        text = element.text or ""
        if element.tag == "mi" and len(text) > 1:
            # It puts spaces round it, which are there already.
            element.tag = "mtext"
        elif text in "↑↓⟨⟩" and element.tag in {"mi", "mo"} and text:
            element.attrib.setdefault("stretchy", "false")
        elif element.tag == "mo" and _LARGE.fullmatch(text):
            # It would grow with its limits.
            element.set("stretchy", "false")
        elif element.tag == "mo" and text == "^":
            wide = element.get("stretchy") != "false"
            element.text = "\u0302" if wide else "\u02c6"
        elif element.tag == "mo" and text == "~":
            element.text = "\u0303"
        elif element.tag == "mo" and text == "-":
            element.text = "−"


def _joined(pieces: Sequence[Piece]) -> Piece:
    """One piece of all, each moved to its place."""
    signs: list[Placed] = []
    paths: list[str] = []
    at = 0.0
    for piece in pieces:
        signs += (replace(sign, x=sign.x + at) for sign in piece.signs)
        paths.append(_moved(piece.path, at) if at else piece.path)
        at += piece.width
    return Piece(
        tuple(signs),
        " ".join(filter(None, paths)),
        at,
        max(piece.height for piece in pieces),
        max(piece.depth for piece in pieces),
    )


_POINT = re.compile(r"([MLQC])([^A-Za-z]*)")


def _moved(path: str, by: float) -> str:
    """Relative steps stay as they are."""

    def move(found: re.Match[str]) -> str:
        numbers = found[2].split()
        numbers[::2] = [f"{float(x) + by:.7g}" for x in numbers[::2]]
        return f"{found[1]} {' '.join(numbers)} "

    return _POINT.sub(move, path)


def _pieces(row: Any) -> Iterator[Piece]:
    nodes, places = row.nodes, [x for x, _ in row.nodexy]
    if not nodes:
        raise FormulaError("there is nothing in it")
    placed = list(zip(nodes, row.nodexy, strict=True))
    inner = list(_ends(nodes))
    last = max(row.bbox.xmax, row.xadvance())
    edges = [min(0.0, row.bbox.xmin), *(places[end] for end in inner), last]
    if any(right <= left for left, right in pairwise(edges)):
        # A space that leads back: no box can be drawn for a part of it.
        inner, edges = [], [edges[0], last]
    cuts = pairwise((0, *inner, len(nodes)))
    for (begin, end), (left, right) in zip(cuts, pairwise(edges), strict=True):
        svg = Element("svg")
        for node, (x, y) in placed[begin:end]:
            node.draw(x - left, y, svg)
        low = min(node.bbox.ymin - y for node, (_, y) in placed[begin:end])
        high = max(node.bbox.ymax - y for node, (_, y) in placed[begin:end])
        if not all(map(math.isfinite, (left, right, low, high))):
            raise FormulaError("it cannot be drawn")
        yield Piece(
            tuple(_signs(svg)),
            " ".join(_paths(svg)),
            max(right - left, _LEAST),
            max(high, _LEAST),
            max(-low, 0.0),
        )


def _ends(nodes: Sequence[Any]) -> Iterator[int]:
    """Behind which nodes a line may end: a sign outside of all brackets."""
    depth = 0
    for at, node in enumerate(nodes[:-1]):
        text = getattr(node, "string", "") if node.mtag == "mo" else ""
        depth += (text in {"(", "[", "{"}) - (text in {")", "]", "}"})
        if text and at and not depth and _BREAKS.fullmatch(text):
            yield at + 1


def _signs(svg: Element) -> Iterator[Placed]:
    for sign in svg.iter("sign"):
        x, y, size = (float(sign.get(name, "0")) for name in ("x", "y", "size"))
        yield Placed(int(sign.get("n", "0")), x, y, size / EM)


def _paths(svg: Element) -> Iterator[str]:
    for element in svg.iter():
        if element.tag == "path" and not element.get("stroke"):
            yield element.get("d", "").strip()
        elif element.tag == "rect":
            yield from _rectangle(element)
        elif element.tag == "path":
            yield _stroke(element)
        elif element.tag not in {"svg", "g", "sign"}:
            raise FormulaError("it holds a line that cannot be drawn")


def _rectangle(element: Element) -> Iterator[str]:
    x, y, width, height = (
        float(element.get(name, "0")) for name in ("x", "y", "width", "height")
    )
    if element.get("fill") not in {"none"}:
        yield _box(x, y, width, height)
    line = float(element.get("stroke-width", "0"))
    if line and element.get("stroke"):
        yield _box(x, y, width, line)
        yield _box(x, y + height - line, width, line)
        yield _box(x, y, line, height)
        yield _box(x + width - line, y, line, height)


_LINE = re.compile(r"M (\S+) (\S+) L (\S+) (\S+)")


def _stroke(element: Element) -> str:
    """A straight line as the outline of what a pen draws."""
    found = _LINE.fullmatch(element.get("d", "").strip())
    if not found or element.get("marker-end"):
        raise FormulaError("it holds a line that cannot be drawn")
    x, y, to_x, to_y = map(float, found.groups())
    length = math.hypot(to_x - x, to_y - y) or 1
    half = float(element.get("stroke-width", "0")) / 2 / length
    dx, dy = (y - to_y) * half, (to_x - x) * half
    corners = [(x + dx, y + dy), (to_x + dx, to_y + dy)]
    corners += [(to_x - dx, to_y - dy), (x - dx, y - dy)]
    return "M " + " L ".join(f"{a:.4g} {b:.4g}" for a, b in corners) + " Z"


def _box(x: float, y: float, width: float, height: float) -> str:
    return f"M {x:g} {y:g} h {width:g} v {height:g} h {-width:g} Z"


@cache
def sign(number: int) -> str:
    """See `publish.mathematics.outline_of_sign`."""
    return sign_path(number)
