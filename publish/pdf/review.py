"""What a copy for review has on its pages besides: words across each of them, and the
numbers of lines.

They are drawn as shapes and not written: who copies a passage gets the passage. Nothing
of it is set with the text, which stays as it is in the edition that is reviewed.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from math import atan2, cos, hypot, sin

from publish.fonts import Face
from publish.language import direction, in_digits
from publish.lettering import Line, set_line, trace_line
from publish.pdf.page import Page
from publish.pdf.sheet import Box
from publish.style import Style, Use

# From 0, black, to 1: letters over it are read as easily, and office printers still
# print it. Small figures are black: a press would break a grey up into dots.
_PALE = 0.9
_BLACK = "0 g"
# The longest words, as a share of the diagonal, and the largest letters, of the width.
_LONGEST, _LARGEST = 0.66, 0.24
# Every fifth line, and the space between it and its number in ems of the text.
_STEP, _CLEAR = 5, 1.1


@dataclass(frozen=True, slots=True)
class Shape:
    """What is drawn, in the words of a page (ISO 32000-1, 8.5), in ems.

    name: under which pages draw it; box: all of it, see `Box`
    """

    name: str
    words: str
    box: Box


@dataclass(frozen=True, slots=True)
class Stamp:
    """A shape where it stands. matrix: from its ems to points (ISO 32000-1, 8.3.3)"""

    shape: Shape
    matrix: tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Side:
    """A page of the file, in points.

    corner: the lower left one after cutting
    text: how far its block of text goes from where it was set
    """

    corner: tuple[float, float]
    text: tuple[float, float]
    right_hand: bool


@dataclass(frozen=True)
class Review:
    """words: across each page; empty for none
    grey: the lightest that is printed, from 0, white, to 1
    """

    words: str
    page: Page
    style: Style
    language: str
    grey: float = 0.0

    def watermark(self, side: Side, colour: str = "") -> Iterator[Stamp]:
        """Along the diagonal that rises as the words are read.

        colour: as a page is told; without one as pale as it may be on paper
        """
        if not self.words:
            return
        rtl = _runs_left(self.words, self.language)
        line = set_line(
            self.words, self._faces, right_to_left=rtl, language=self.language
        )
        colour = colour or f"{min(_PALE, 1 - self.grey):g} g"
        shape = _shape("Watermark", line, colour)
        width, height = self.page.width, self.page.height
        longest = _LONGEST * hypot(width, height)
        size = min(_LARGEST * width, longest / line.width)
        angle = atan2(height, width) * (-1 if rtl else 1)
        a, b = size * cos(angle), size * sin(angle)
        left, bottom, right, top = shape.box
        x, y = (left + right) / 2, (bottom + top) / 2
        across, up = side.corner
        across += width / 2 - a * x + b * y
        up += height / 2 - b * x - a * y
        yield Stamp(shape, (a, b, -b, a, across, up))

    def numbers(
        self, lines: Sequence[float], side: Side, colour: str = _BLACK
    ) -> Iterator[Stamp]:
        """In the outer margin: there are the notes that name them, and at the spine is
        no room. They keep close to the text, so that the margin stays free.

        lines: as in `SetPage`; colour: as a page is told
        """
        page, (across, up) = self.page, side.text
        size, clear = page.sizes.note * page.size, _CLEAR * page.size
        for number in range(_STEP, len(lines) + 1, _STEP):
            line = set_line(
                in_digits(str(number), self.language),
                self._faces,
                right_to_left=False,
                language=self.language,
            )
            shape = _shape(f"Line{number}", line, colour)
            if side.right_hand:
                at = page.width - page.outer + clear
            else:
                at = page.outer - clear - line.width * size
            yield Stamp(shape, (size, 0, 0, size, at + across, lines[number - 1] + up))

    @cached_property
    def _faces(self) -> tuple[Face, ...]:
        """Upright ones, those of the language's own script first."""
        scripts = {Use.ARABIC, Use.HEBREW}
        fonts = [f for f in self.style.fonts_in(self.language) if f.use != Use.CODE]
        if direction(self.language) == "rtl":
            fonts.sort(key=lambda font: font.use not in scripts)
        return tuple(font.faces[0] for font in fonts)


def _runs_left(words: str, language: str) -> bool:
    """Whether words are read from right to left: their first letter says it."""
    for letter in words:
        kind = unicodedata.bidirectional(letter)
        if kind in {"L", "R", "AL"}:
            return kind != "L"
    return direction(language) == "rtl"


_OPERATORS = {"move": "m", "line": "l", "curve": "c", "close": "h"}


@cache
def _shape(name: str, line: Line, colour: str) -> Shape:
    pieces = list(trace_line(line))
    across = [x for _, points in pieces for x in points[::2]] or [0.0]
    up = [y for _, points in pieces for y in points[1::2]] or [0.0]
    drawn = "\n".join(
        " ".join((*(f"{point:.4f}" for point in points), _OPERATORS[operator]))
        for operator, points in pieces
    )
    box = min(across), min(up), max(across), max(up)
    return Shape(name, f"{colour}\n{drawn}\nf\n", box)
