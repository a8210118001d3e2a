"""Goes through what a page draws, with all that decides how it comes out."""

import re
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import pikepdf

from publish.preflight.colours import CMYK, GREY, RGB, ColourSpace, space_of
from publish.preflight.drawn import BLACK, Area, Colour, Stroke, Thing, Words
from publish.preflight.letters import Font, font_of
from publish.preflight.pictures import picture_of
from publish.preflight.place import (
    EVERYWHERE,
    Box,
    Matrix,
    Point,
    moved,
    round_of,
)

# How far letters reach below and above the line they stand on, as a share of their
# size: what fonts say of themselves is the space for accents and more.
_BELOW, _ABOVE = 0.2, 0.7
# Forms in forms, and forms on a page, of a file that draws itself for ever.
_DEEPEST, _MOST_FORMS = 12, 20_000
# As pikepdf writes a string: in digits, or as it is and with a backslash before what
# it could not hold.
_STRING = re.compile(rb"<[^>]*>|\((?:[^()\\]|\\.)*\)", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_NO_BLEND = frozenset({"/Normal", "/Compatible"})
_UNSEEN = frozenset({3, 7})


@dataclass(slots=True)
class _State:
    """What `q` keeps and `Q` brings back (ISO 32000-1, 8.4)."""

    matrix: Matrix
    clip: Box = EVERYWHERE
    fill: Colour = BLACK
    stroke: Colour = BLACK
    fill_space: ColourSpace = GREY
    stroke_space: ColourSpace = GREY
    width: float = 1
    font: Font | None = None
    size: float = 0
    apart: float = 0
    words_apart: float = 0
    across: float = 1
    leading: float = 0
    rise: float = 0
    mode: int = 0
    fill_alpha: float = 1
    stroke_alpha: float = 1
    mask: bool = False
    blend: str = "/Normal"

    def through(self, alpha: float) -> str:
        if alpha < 1:
            return f"{100 * alpha:.0f} % opaque"
        if self.mask:
            return "a soft mask"
        if self.blend not in _NO_BLEND:
            return f"the blend mode {self.blend.lstrip('/')}"
        return ""


@dataclass(slots=True)
class Library:
    """What many pages draw with, read once."""

    fonts: dict[tuple[int, int], Font] = field(default_factory=dict)

    def font(self, said: Any) -> Font:
        key = said.objgen
        if key == (0, 0):
            return font_of(said)
        if key not in self.fonts:
            self.fonts[key] = font_of(said)
        return self.fonts[key]


def things_of(
    page: Any, resources: Any, matrix: Matrix, library: Library
) -> tuple[Thing, ...]:
    """What is drawn, in its order.

    page: a page or a form, as pikepdf has it
    matrix: from its units to points
    """
    artist = _Artist(library, matrix)
    artist.draw(page, resources)
    return tuple(artist.things)


class _Artist:
    def __init__(self, library: Library, matrix: Matrix) -> None:
        self.things: list[Thing] = []
        self._library = library
        self._base = matrix
        self._state = _State(matrix)
        self._stack: list[_State] = []
        self._resources: Any = {}
        self._line = self._text = Matrix()
        # The parts of the path, as they lie on the page.
        self._parts: list[list[Point]] = []
        self._at: Point = (0, 0)
        self._clips = False
        self._depth = self._forms = 0

    def draw(self, content: Any, resources: Any) -> None:
        outer, self._resources = self._resources, resources
        stack, self._stack = self._stack, []
        for step in pikepdf.parse_content_stream(content):
            if isinstance(step, pikepdf.ContentStreamInlineImage):
                self._inline(step.iimage)
                continue
            does = _DOES.get(str(step.operator))
            if does is not None:
                does(self, step.operands)
        self._resources, self._stack = outer, stack

    def _named(self, kind: str, name: Any) -> Any:
        found = self._resources.get(kind, {})
        return found.get(str(name)) if found is not None else None

    # The state

    def keep(self, _: Any) -> None:
        self._stack.append(copy(self._state))

    def bring_back(self, _: Any) -> None:
        if self._stack:
            self._state = self._stack.pop()

    def change(self, said: Any) -> None:
        matrix = Matrix(*map(float, said))
        self._state.matrix = matrix.then(self._state.matrix)

    def line_width(self, said: Any) -> None:
        self._state.width = float(said[0])

    def parameters(self, said: Any) -> None:
        found = self._named("/ExtGState", said[0])
        if found is None:
            return
        state = self._state
        for key, value in found.items():
            match key:
                case "/LW":
                    state.width = float(value)
                case "/ca":
                    state.fill_alpha = float(value)
                case "/CA":
                    state.stroke_alpha = float(value)
                case "/SMask":
                    state.mask = str(value) != "/None"
                case "/BM":
                    one = value[0] if isinstance(value, pikepdf.Array) else value
                    state.blend = str(one)
                case "/Font":
                    state.font = self._library.font(value[0])
                    state.size = float(value[1])

    # Colours

    def fill_grey(self, said: Any) -> None:
        self._fill(GREY, said)

    def fill_rgb(self, said: Any) -> None:
        self._fill(RGB, said)

    def fill_cmyk(self, said: Any) -> None:
        self._fill(CMYK, said)

    def stroke_grey(self, said: Any) -> None:
        self._stroke(GREY, said)

    def stroke_rgb(self, said: Any) -> None:
        self._stroke(RGB, said)

    def stroke_cmyk(self, said: Any) -> None:
        self._stroke(CMYK, said)

    def fill_space(self, said: Any) -> None:
        space = space_of(said[0], self._resources.get("/ColorSpace", {}))
        self._state.fill_space, self._state.fill = space, space.first()

    def stroke_space(self, said: Any) -> None:
        space = space_of(said[0], self._resources.get("/ColorSpace", {}))
        self._state.stroke_space, self._state.stroke = space, space.first()

    def fill_colour(self, said: Any) -> None:
        if self._state.fill_space.pattern:
            self._state.fill = self._pattern(said)
        else:
            self._fill(self._state.fill_space, said)

    def stroke_colour(self, said: Any) -> None:
        if self._state.stroke_space.pattern:
            self._state.stroke = self._pattern(said)
        else:
            self._stroke(self._state.stroke_space, said)

    def _fill(self, space: ColourSpace, said: Any) -> None:
        self._state.fill_space = space
        self._state.fill = space.colour(tuple(map(float, said)))

    def _stroke(self, space: ColourSpace, said: Any) -> None:
        self._state.stroke_space = space
        self._state.stroke = space.colour(tuple(map(float, said)))

    def _pattern(self, said: Any) -> Colour:
        """The colour that stands for a pattern: of a shading its space, of a tile the
        one of all that is drawn in it which is the least like grey."""
        pattern = self._named("/Pattern", said[-1])
        if pattern is None:
            return Colour(None)
        if "/Shading" in pattern:
            return self._shaded(pattern.Shading)
        if self._depth >= _DEEPEST:
            return Colour(None)
        tile = _Artist(self._library, self._base)
        tile._depth = self._depth + 1
        # The same bytes as a form: what is in them is read in the same way.
        tile.draw(pattern, pattern.get("/Resources", {}))
        colours = [thing.colour for thing in tile.things] or [BLACK]
        return min(colours, key=lambda colour: colour.is_grey)

    def _shaded(self, shading: Any) -> Colour:
        named = self._resources.get("/ColorSpace", {})
        space = space_of(shading.ColorSpace, named)
        return Colour(space.space, (), space.profile, space.spot)

    def shade(self, said: Any) -> None:
        shading = self._named("/Shading", said[0])
        if shading is not None:
            self._add_area(self._state.clip, self._shaded(shading))

    # Paths

    def move(self, said: Any) -> None:
        self._at = self._state.matrix.of(*map(float, said))
        self._parts.append([self._at])

    def line(self, said: Any) -> None:
        x, y = map(float, said[-2:])
        # The points that a curve is drawn to hold it between them.
        points = [*map(float, said)]
        for at in range(0, len(points) - 2, 2):
            self._reach(points[at], points[at + 1])
        self._reach(x, y)

    def _reach(self, x: float, y: float) -> None:
        if not self._parts:
            self._parts.append([])
        self._parts[-1].append(self._state.matrix.of(x, y))

    def close(self, _: Any) -> None:
        if self._parts and self._parts[-1]:
            self._parts[-1].append(self._parts[-1][0])

    def rectangle(self, said: Any) -> None:
        x, y, width, height = map(float, said)
        corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
        of = self._state.matrix.of
        points = [of(*corner) for corner in corners]
        self._parts.append([*points, points[0]])

    def clip(self, _: Any) -> None:
        self._clips = True

    def end(self, _: Any) -> None:
        if self._clips and (points := self._points()):
            self._state.clip = self._state.clip.within(round_of(points))
        self._parts, self._clips = [], False

    def paint(self, said: Any) -> None:
        self._paint_fill()
        self.end(said)

    def paint_line(self, said: Any) -> None:
        self._paint_line()
        self.end(said)

    def paint_both(self, said: Any) -> None:
        self._paint_fill()
        self._paint_line()
        self.end(said)

    def _points(self) -> list[Point]:
        return [point for part in self._parts for point in part]

    def _paint_fill(self) -> None:
        if points := self._points():
            thin = min(filter(None, map(_thin, self._parts)), default=0.0)
            self._add_area(round_of(points), self._state.fill, thin)

    def _paint_line(self) -> None:
        if points := self._points():
            state = self._state
            width = state.width * state.matrix.scale
            box = round_of(points).grown(width / 2).within(state.clip)
            if _is_there(box):
                through = state.through(state.stroke_alpha)
                self.things.append(Stroke(box, width, state.stroke, through))

    def _add_area(self, box: Box, colour: Colour, thin: float = 0) -> None:
        box = box.within(self._state.clip)
        if _is_there(box):
            through = self._state.through(self._state.fill_alpha)
            self.things.append(Area(box, colour, thin, through))

    # Text

    def begin_text(self, _: Any) -> None:
        self._line = self._text = Matrix()

    def font(self, said: Any) -> None:
        found = self._named("/Font", said[0])
        self._state.font = None if found is None else self._library.font(found)
        self._state.size = float(said[1])

    def text_place(self, said: Any) -> None:
        self._line = self._text = Matrix(*map(float, said))

    def text_move(self, said: Any) -> None:
        x, y = map(float, said)
        self._line = self._text = Matrix(e=x, f=y).then(self._line)

    def text_move_leading(self, said: Any) -> None:
        self._state.leading = -float(said[1])
        self.text_move(said)

    def text_next(self, _: Any) -> None:
        self.text_move((0, -self._state.leading))

    def text_apart(self, said: Any) -> None:
        self._state.apart = float(said[0])

    def text_words_apart(self, said: Any) -> None:
        self._state.words_apart = float(said[0])

    def text_across(self, said: Any) -> None:
        self._state.across = float(said[0]) / 100

    def text_leading(self, said: Any) -> None:
        self._state.leading = float(said[0])

    def text_rise(self, said: Any) -> None:
        self._state.rise = float(said[0])

    def text_mode(self, said: Any) -> None:
        self._state.mode = int(said[0])

    def show(self, said: Any) -> None:
        self._show(bytes(said[0]), 0)

    def show_next(self, said: Any) -> None:
        self.text_next(said)
        self.show(said)

    def show_next_apart(self, said: Any) -> None:
        self.text_words_apart(said)
        self.text_apart(said[1:])
        self.show_next(said[2:])

    def show_spaced(self, said: Any) -> None:
        # Much faster than to ask for each piece, and there are many on a page.
        written = said[0].unparse()
        text = b"".join(map(_bytes, _STRING.findall(written)))
        back = sum(map(float, _STRING.sub(b" ", written)[1:-1].split()))
        self._show(text, back)

    def _show(self, text: bytes, back: float) -> None:
        """back: how far the letters are drawn nearer, in thousandths of the size"""
        state = self._state
        if state.font is None:
            return
        codes, widths = state.font.codes(text), state.font.widths
        far = sum(map(widths.__getitem__, codes)) - back
        far = far / 1000 * state.size + len(codes) * state.apart
        if state.font.each == 1 and state.words_apart:
            far += text.count(b" ") * state.words_apart
        if state.mode not in _UNSEEN:
            self._add_words(codes, far)
        self._text = Matrix(e=far * state.across).then(self._text)

    def _add_words(self, codes: Sequence[int], far: float) -> None:
        state, font = self._state, self._state.font
        if font is None:
            return
        first, last = _without(codes, font.spaces)
        if first == last:
            return
        each = state.size / 1000
        before = sum(map(font.widths.__getitem__, codes[:first])) * each
        after = sum(map(font.widths.__getitem__, codes[last:])) * each
        matrix = self._text.then(state.matrix)
        flat = Box(
            before * state.across,
            state.rise - _BELOW * state.size,
            (far - after - state.apart) * state.across,
            state.rise + _ABOVE * state.size,
        )
        box = moved(flat, matrix).within(state.clip)
        if not _is_there(box):
            return
        outlined = state.mode % 4 == 1
        colour = state.stroke if outlined else state.fill
        alpha = state.stroke_alpha if outlined else state.fill_alpha
        self.things.append(
            Words(
                box,
                abs(state.size) * matrix.high,
                font,
                colour,
                tuple(codes[first:last]),
                state.through(alpha),
            )
        )

    # Pictures and forms

    def show_object(self, said: Any) -> None:
        found = self._named("/XObject", said[0])
        match str(found.get("/Subtype", "")) if found is not None else "":
            case "/Image":
                self._picture(found)
            case "/Form":
                self._form(found)

    def _inline(self, picture: Any) -> None:
        self._picture(picture.obj)

    def _picture(self, said: Any) -> None:
        state = self._state
        box = moved(Box(0, 0, 1, 1), state.matrix).within(state.clip)
        if not _is_there(box):
            return
        named = self._resources.get("/ColorSpace", {})
        picture = picture_of(said, named, state.fill, state.matrix, box)
        through = state.through(state.fill_alpha) or picture.through
        self.things.append(replace(picture, through=through))

    def _form(self, form: Any) -> None:
        if self._depth >= _DEEPEST or self._forms >= _MOST_FORMS:
            return
        self._depth += 1
        self._forms += 1
        kept = copy(self._state), self._line, self._text
        if "/Matrix" in form:
            self.change(form.Matrix)
        if "/BBox" in form:
            left, bottom, right, top = map(float, form.BBox)
            shown = moved(Box(left, bottom, right, top), self._state.matrix)
            self._state.clip = self._state.clip.within(shown)
        self.draw(form, form.get("/Resources", self._resources))
        self._state, self._line, self._text = kept
        self._depth -= 1


# The same few stand on every page.
@lru_cache(maxsize=1 << 16)
def _bytes(string: bytes) -> bytes:
    if string.startswith(b"<"):
        return bytes.fromhex(string[1:-1].decode("ascii"))
    inner = string[1:-1]
    return _ESCAPE.sub(_unescaped, inner) if b"\\" in inner else inner


def _unescaped(found: re.Match[bytes]) -> bytes:
    sign = found[1]
    if sign.isdigit():
        return bytes([int(sign, 8) & 0xFF])
    return _ESCAPED.get(sign, sign)


def _is_there(box: Box) -> bool:
    return box.left <= box.right and box.bottom <= box.top


def _without(codes: Sequence[int], spaces: frozenset[int]) -> tuple[int, int]:
    """Where the first of its letters stands that is no space, and where the last ends;
    the same where there is none."""
    first, last = 0, len(codes)
    while first < last and codes[first] in spaces:
        first += 1
    while first < last and codes[last - 1] in spaces:
        last -= 1
    return first, last


# A thousandth of a point is nothing to any press.
_SAME = 0.001
_CORNERS = 4


def _thin(part: Sequence[Point]) -> float:
    """The shorter side of a rectangle that stands upright; 0 for anything else."""
    box = round_of(part)
    upright = all(
        min(x - box.left, box.right - x) < _SAME
        and min(y - box.bottom, box.top - y) < _SAME
        for x, y in part
    )
    return min(box.width, box.height) if upright and len(part) >= _CORNERS else 0


_DOES: Mapping[str, Callable[[_Artist, Any], None]] = {
    "q": _Artist.keep,
    "Q": _Artist.bring_back,
    "cm": _Artist.change,
    "w": _Artist.line_width,
    "gs": _Artist.parameters,
    "g": _Artist.fill_grey,
    "rg": _Artist.fill_rgb,
    "k": _Artist.fill_cmyk,
    "G": _Artist.stroke_grey,
    "RG": _Artist.stroke_rgb,
    "K": _Artist.stroke_cmyk,
    "cs": _Artist.fill_space,
    "CS": _Artist.stroke_space,
    "sc": _Artist.fill_colour,
    "scn": _Artist.fill_colour,
    "SC": _Artist.stroke_colour,
    "SCN": _Artist.stroke_colour,
    "sh": _Artist.shade,
    "m": _Artist.move,
    "l": _Artist.line,
    "c": _Artist.line,
    "v": _Artist.line,
    "y": _Artist.line,
    "h": _Artist.close,
    "re": _Artist.rectangle,
    "W": _Artist.clip,
    "W*": _Artist.clip,
    "n": _Artist.end,
    "f": _Artist.paint,
    "F": _Artist.paint,
    "f*": _Artist.paint,
    "S": _Artist.paint_line,
    "s": _Artist.paint_line,
    "B": _Artist.paint_both,
    "B*": _Artist.paint_both,
    "b": _Artist.paint_both,
    "b*": _Artist.paint_both,
    "BT": _Artist.begin_text,
    "Tf": _Artist.font,
    "Tm": _Artist.text_place,
    "Td": _Artist.text_move,
    "TD": _Artist.text_move_leading,
    "T*": _Artist.text_next,
    "Tc": _Artist.text_apart,
    "Tw": _Artist.text_words_apart,
    "Tz": _Artist.text_across,
    "TL": _Artist.text_leading,
    "Ts": _Artist.text_rise,
    "Tr": _Artist.text_mode,
    "Tj": _Artist.show,
    "TJ": _Artist.show_spaced,
    "'": _Artist.show_next,
    '"': _Artist.show_next_apart,
    "Do": _Artist.show_object,
}
