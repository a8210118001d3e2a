"""What becomes of a formula."""

from dataclasses import dataclass

# Units of an em in outlines.
EM = 1000


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that every output can show.

    mathml: what stands in the element `math`
    plain: the same in a line of text: "E = mc²"
    """

    mathml: str
    plain: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A sign of the font in its place. scale: 1 for one as large as the text"""

    sign: int
    x: float
    y: float
    scale: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a formula that stands on one line, in thousandths of an em. The base
    line is at 0, down is more.

    path: of an SVG: its lines, and what is put together of parts of signs
    width: from where it begins to where the next begins
    height, depth: above and below the base line
    """

    signs: tuple[Placed, ...]
    path: str
    width: float
    height: float
    depth: float


@dataclass(frozen=True, slots=True)
class Outline:
    """A drawn formula. pieces: between them a line may end; whole: all in one"""

    pieces: tuple[Piece, ...]
    whole: tuple[Piece]

    @property
    def width(self) -> float:
        return self.whole[0].width
