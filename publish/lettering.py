"""Lines of type as pixels or outlines, for what is drawn and not set: the cover, and
words across a page.

HarfBuzz shapes the letters of every script, and draws them. Pillow would need a
library of the machine (FriBidi) for that, and where it is missing draw Arabic unjoined
and from the wrong side.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

import uharfbuzz

from publish.fonts import Face, covers, opened


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph of *face* by its number there. x, y: its origin in ems, y upwards"""

    face: Face
    number: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """width: from the first origin to the end of the last glyph, in ems"""

    glyphs: tuple[Glyph, ...]
    width: float


@dataclass(frozen=True, slots=True)
class Mask:
    """How much of each pixel is ink, from 0 to 255, a byte a pixel.

    rows: from the lowest to the highest, `width` bytes each
    left, bottom: of the lowest row's first pixel, from the line's origin, y upwards
    """

    rows: bytes
    width: int
    height: int
    left: int
    bottom: int


def set_line(
    text: str, faces: Sequence[Face], *, right_to_left: bool, language: str
) -> Line:
    """Shape *text* into one line.

    faces: each letter is taken from the first that has it
    right_to_left: the direction of the line, whatever its words are
    language: BCP 47; some letters look otherwise in another language
    """
    glyphs: list[Glyph] = []
    width = 0.0
    for run, face, backwards in _visual_runs(text, faces, right_to_left):
        font = _font(face)
        em = font.face.upem
        buffer = uharfbuzz.Buffer()
        buffer.add_str(run)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if backwards else "ltr"
        buffer.language = language
        uharfbuzz.shape(font, buffer)
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        for info, position in zip(infos, positions, strict=True):
            x = width + position.x_offset / em
            glyphs.append(Glyph(face, info.codepoint, x, position.y_offset / em))
            width += position.x_advance / em
    return Line(tuple(glyphs), width)


def draw_line(line: Line, size: float) -> Mask:
    """The line as pixels. size: of the em, in pixels"""
    raster = uharfbuzz.RasterDraw()
    for glyph in line.glyphs:
        font = _font(glyph.face)
        scale = size / font.face.upem
        raster.transform = (scale, 0, 0, scale, glyph.x * size, glyph.y * size)
        raster.draw_glyph(font, glyph.number)
    image = raster.render()
    extents = image.extents
    width, height, stride = extents.width, extents.height, extents.stride
    rows = b"".join(
        image.buffer[start : start + width]
        for start in range(0, stride * height, stride or 1)
    )
    return Mask(rows, width, height, extents.x_origin, extents.y_origin)


def trace_line(line: Line) -> Iterator[tuple[str, tuple[float, ...]]]:
    """The outlines of the line in ems, y upwards: "move" and "line" with a point each,
    "curve" with two controls and its end, "close" with nothing."""
    for glyph in line.glyphs:
        font = _font(glyph.face)
        em = font.face.upem
        pieces: list[tuple[str, tuple[float, ...]]] = []
        font.draw_glyph(glyph.number, _tracing(), pieces)
        for name, points in pieces:
            origins = (glyph.x, glyph.y) * (len(points) // 2)
            yield (
                name,
                tuple(
                    origin + point / em
                    for origin, point in zip(origins, points, strict=True)
                ),
            )


@cache
def _tracing() -> uharfbuzz.DrawFuncs:
    """Adds what it is told to a list."""
    pen = uharfbuzz.DrawFuncs()
    # A curve with one control is turned into one with two where nobody asks for it.
    pen.set_move_to_func(lambda x, y, to: to.append(("move", (x, y))))
    pen.set_line_to_func(lambda x, y, to: to.append(("line", (x, y))))
    pen.set_cubic_to_func(
        lambda a, b, c, d, x, y, to: to.append(("curve", (a, b, c, d, x, y)))
    )
    pen.set_close_path_func(lambda to: to.append(("close", ())))
    return pen


def reach(face: Face) -> tuple[float, float]:
    """How far a line of *face* reaches above and below its base line, in ems."""
    font = _font(face)
    extents = font.get_font_extents("ltr")
    return extents.ascender / font.face.upem, -extents.descender / font.face.upem


@cache
def _font(face: Face) -> uharfbuzz.Font:
    return uharfbuzz.Font(opened(face))


def _visual_runs(
    text: str, faces: Sequence[Face], right_to_left: bool
) -> Iterator[tuple[str, Face, bool]]:
    """Pieces of one face and one direction, from left to right as they are drawn.

    The last of the three: whether the piece runs from right to left.
    """
    levels = _levels(text, int(right_to_left))
    letters = zip(levels, _faces(text, faces), text, strict=True)
    runs = [
        (level, face, "".join(letter for _, _, letter in run))
        for (level, face), run in groupby(letters, key=lambda letter: letter[:2])
    ]
    # Unicode's rule L2: from the highest level down to 1, turn round what has it.
    for level in range(max(levels, default=0), 0, -1):
        turned = []
        for high, group in groupby(runs, key=lambda run: run[0] >= level):
            part = list(group)
            turned += part[::-1] if high else part
        runs = turned
    for level, face, run in runs:
        yield run, face, level % 2 == 1


def _faces(text: str, faces: Sequence[Face]) -> Iterator[Face]:
    current = faces[0]
    for letter in text:
        # Spaces, marks and joiners stay with the letters they belong to.
        if unicodedata.category(letter)[0] not in "ZMC":
            code = ord(letter)
            current = next((face for face in faces if code in covers(face)), faces[0])
        yield current


def _levels(text: str, base: int) -> list[int]:
    """The embedding level of each letter, by Unicode's bidirectional algorithm.

    base: 0 for a line from left to right, 1 for the other way
    Without what a title does not have: explicit embeddings and isolates, and pairs
    of brackets that hold another direction than the line's.
    """
    kinds = _without_neutrals(_numbers(_strong_and_weak(text, base)), base)
    if base:
        return [1 if kind == "R" else 2 for kind in kinds]
    return [{"L": 0, "R": 1}.get(kind, 2) for kind in kinds]


def _strong_and_weak(text: str, base: int) -> list[str]:
    """L, R, N for a number, S for what joins or follows one, and "" for neutral."""
    kinds: list[str] = []
    strong = "LR"[base]
    for letter in text:
        match unicodedata.bidirectional(letter):
            case "L":
                kind = strong = "L"
            case "R" | "AL":
                kind = strong = "R"
            case "EN" | "AN":
                # Rule W7: after Latin letters a number is one of them.
                kind = "L" if strong == "L" else "N"
            case "ES" | "CS" | "ET":
                kind = "S"
            case "NSM" | "BN":
                kind = kinds[-1] if kinds else strong
            case _:
                kind = ""
        kinds.append(kind)
    return kinds


def _numbers(kinds: list[str]) -> list[str]:
    """Rules W4 to W6: a separator or a sign beside a number is part of it."""
    padded = ["", *kinds, ""]
    return [
        ("N" if "N" in (before, after) else "") if kind == "S" else kind
        for before, kind, after in zip(padded, padded[1:], padded[2:], strict=False)
    ]


def _without_neutrals(kinds: list[str], base: int) -> list[str]:
    """Rules N1 and N2: what stands between two of one direction goes with them."""
    edge = "LR"[base]
    settled: list[str] = []
    before = edge
    runs = [(kind, len(list(run))) for kind, run in groupby(kinds)]
    for place, (kind, length) in enumerate(runs):
        if kind:
            before = "R" if kind == "N" else kind
            settled += [kind] * length
            continue
        after = runs[place + 1][0] if place + 1 < len(runs) else edge
        after = "R" if after == "N" else after
        settled += [before if before == after else edge] * length
    return settled
