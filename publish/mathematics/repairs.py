"""ziamath 0.13 with repairs, each with what goes wrong without it."""

import warnings
from typing import Any
from xml.etree.ElementTree import Element, SubElement

with warnings.catch_warnings():
    # It asks for its font in a way that Python 3.11 has given up, for a time.
    warnings.simplefilter("ignore", DeprecationWarning)
    import ziamath.drawable
    import ziamath.mathtable
    import ziamath.nodes.mnode
    import ziamath.styles
    import ziamath.zmath
    from ziafont.config import config as _settings

_Node: Any = ziamath.nodes.mnode.Mnode
_styles: Any = ziamath.styles
_Glyph: Any = ziamath.drawable.Glyph
_draw_path: Any = _Glyph.draw
_in_pixels: Any = _Node.size_px
_RELATIVE = ("em", "ex", "mu", "space")


def repair() -> None:
    """Put the repairs in place. Further calls change nothing."""
    _Node.size_px = _size
    # All styles are wanted as a dictionary for each sign; copies of copies of them
    # take half of the time.
    _styles.asdict = vars
    # An outline that is written anew for each sign makes books of megabytes.
    _Glyph.draw = _draw
    # The others where they are drawn, not as symbols with ids.
    _settings.svg2 = False
    _settings.precision = 1


def _size(node: Any, size: str, of: float | None = None) -> float:
    """An em is taken for as many pixels as there are points in it: a third more space
    round signs than the font and MathML ask for."""
    return float(_in_pixels(node, size, of)) * (
        0.75 if size.endswith(_RELATIVE) else 1.0
    )


def _draw(glyph: Any, x: float, y: float, svg: Element) -> tuple[float, float]:
    """The number of the sign and its place, in an element `sign`."""
    if isinstance(glyph.glyph, ziamath.mathtable.AssembledGlyph):
        done: tuple[float, float] = _draw_path(glyph, x, y, svg)
        return done
    if not glyph.phantom and glyph.glyph.operators:
        size = f"{glyph.size:.6g}"
        said = {"n": str(glyph.glyph.index), "x": f"{x:.6g}", "y": f"{y:.6g}"}
        SubElement(svg, "sign", {**said, "size": size})
    return x + glyph.funit_to_points(glyph.glyph.advance()), y


def sign_path(number: int) -> str:
    """The path of a sign, in units of the font, of which an em has a thousand."""
    glyph = math_font().glyph_fromid(number)
    path = glyph.svgpath(scale_factor=1000 / glyph.DFLT_SIZE_PT)
    return "" if path is None else str(path.get("d", "")).strip()


def math_font() -> Any:
    """STIX Two Math, which ziamath brings; no other is ever looked for."""
    return ziamath.zmath.loadedfonts["default"]


def set_row(math: Any, em: float) -> Any:
    """The row of signs that an element `math` is, with the place of each."""
    # What text in an earlier formula asked of the font.
    math_font().language("math", "")
    return ziamath.zmath.Math(math, size=em).node
