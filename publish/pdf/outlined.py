"""Draw the outlines of formulas, in WeasyPrint's place.

It could draw them as SVG. But it reads a style sheet and looks for styles, gradients
and markers in each, which takes longer than all the rest of a formula.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

import pydyf
from weasyprint import html

from publish.mathematics import EM, outline_of_sign
from publish.pdf.formulas import TAG


def draw_outlines() -> None:
    """Let WeasyPrint draw what `formulas` made. A second call changes nothing."""
    html.HTML_HANDLERS[TAG] = _box


def _box(element: Element, box: Any, _get_image: Any, _base_url: Any) -> list[Any]:
    return [html.make_replaced_box(element, box, _Drawing(element))]


class _Drawing:
    """What WeasyPrint calls an image. box: left, top, width and height of the path"""

    def __init__(self, element: Element) -> None:
        self._path = element.get("data-path", "")
        self._signs = element.get("data-signs", "")
        self._box = tuple(map(float, element.get("data-box", "").split()))

    def get_intrinsic_size(
        self, _resolution: float, _font_size: float
    ) -> tuple[float, float, float]:
        *_, width, height = self._box
        return width, height, width / height

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        left, top, full, high = self._box
        scale = min(width / full, height / high)
        stream.transform(a=scale, d=scale, e=-left * scale, f=-top * scale)
        stream.set_color(style["color"])
        for said in filter(None, self._signs.split(";")):
            number, x, y, size = said.split()
            name = _sign(int(number), stream)
            stream.push_state()
            stream.transform(a=float(size), d=float(size), e=float(x), f=float(y))
            stream.draw_x_object(name)
            stream.pop_state()
        if self._path:
            stream.stream.append(_operators(self._path))
            stream.fill()


# What names begin with that pages have for signs of formulas.
SIGN = "sign"


def _sign(number: int, stream: Any) -> str:
    """The name of a sign, which is written once into the file."""
    name = f"{SIGN}{number}"
    written = stream._resources["XObject"]
    if name not in written:
        outline = _operators(outline_of_sign(number))
        # No sign reaches so far.
        box = pydyf.Array((-8 * EM, -8 * EM, 8 * EM, 8 * EM))
        what = {"Type": "/XObject", "Subtype": "/Form", "BBox": box}
        extra = pydyf.Dictionary(what)
        form = pydyf.Stream([outline, b"f"], extra, compress=stream.compress)
        written[name] = form
    return name


_STEP = re.compile(r"([A-Za-z])([^A-Za-z]*)")


@lru_cache(maxsize=4096)
def _operators(path: str) -> bytes:
    """A path of SVG as one of PDF (ISO 32000-1, 8.5.2)."""
    done: list[str] = []
    at = (0.0, 0.0)
    for kind, written in _STEP.findall(path):
        numbers = [float(number) for number in written.split()]
        if kind == "Z":
            done.append("h")
            continue
        points = _points(kind, numbers, at)
        if kind == "Q":
            (x, y), end = points
            points = [
                _between(at, (x, y)),
                _between(end, (x, y)),
                end,
            ]
        at = points[-1]
        said = " ".join(f"{x:.5g} {y:.5g}" for x, y in points)
        done.append(f"{said} {_NAMES[kind]}")
    return "\n".join(done).encode("ascii")


_NAMES = {"M": "m", "L": "l", "h": "l", "v": "l", "Q": "c", "C": "c"}
Point = tuple[float, float]


def _points(kind: str, numbers: Sequence[float], at: Point) -> list[Point]:
    if kind == "h":
        return [(at[0] + numbers[0], at[1])]
    if kind == "v":
        return [(at[0], at[1] + numbers[0])]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _between(end: Point, control: Point) -> Point:
    """The control point of a cubic curve that a quadratic one is."""
    return (
        end[0] + (control[0] - end[0]) * 2 / 3,
        end[1] + (control[1] - end[1]) * 2 / 3,
    )
