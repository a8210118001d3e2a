"""What is drawn on a page, and where."""

from dataclasses import dataclass
from typing import Any

from publish.model import Space
from publish.preflight.letters import Font
from publish.preflight.place import Box


@dataclass(frozen=True, slots=True)
class Colour:
    """space: the kind of device it is for; None for one of no device, such as Lab
    values: from 0 to 1, as many as the space has; none where they cannot be told
    profile: whether it depends on a profile or on measured values
    spot: the name of an ink that is none of the four
    """

    space: Space | None
    values: tuple[float, ...] = ()
    profile: bool = False
    spot: str = ""

    @property
    def ink(self) -> float:
        """Of all inks together, in per cent."""
        match self.space, self.values:
            case Space.CMYK, values:
                return 100 * sum(values)
            case Space.GREY, (grey,):
                return 100 * (1 - grey)
        return 0

    @property
    def is_white(self) -> bool:
        match self.space, self.values:
            case _, ():
                return False
            case Space.CMYK, values:
                return max(values) < _NOTHING
            case _, values:
                return min(values) > 1 - _NOTHING

    @property
    def is_grey(self) -> bool:
        """Whether it is black, white or between them."""
        match self.space, self.values:
            case Space.GREY, _:
                return True
            case Space.RGB, values if values:
                return max(values) - min(values) < _NOTHING
            case Space.CMYK, (c, m, y, _):
                return max(c, m, y) - min(c, m, y) < _NOTHING
        return False

    @property
    def is_rich_black(self) -> bool:
        """Whether it is black and of more than black ink."""
        match self.space, self.values:
            case Space.RGB, values if values:
                return max(values) < _ALMOST
            case Space.CMYK, (c, m, y, k):
                return k > 1 - _ALMOST and max(c, m, y) > _ALMOST
        return False

    @property
    def grey(self) -> float:
        """How dark a grey is, in per cent; of what is none, 100."""
        match self.space, self.values:
            case Space.CMYK, (c, m, y, k) if max(c, m, y) < _NOTHING:
                return 100 * k
            case ((Space.GREY | Space.RGB), values) if values and self.is_grey:
                return 100 * (1 - values[0])
        return 100


# Less than eight bits can say; and less than anybody sees.
_NOTHING, _ALMOST = 0.003, 0.1
BLACK = Colour(Space.GREY, (0.0,))


@dataclass(frozen=True, slots=True)
class Words:
    """A run of letters.

    size: in points, as it is printed
    codes: of its letters, in the words of its font
    through: what makes it transparent; empty for nothing. So in all that follow.
    """

    box: Box
    size: float
    font: Font
    colour: Colour
    codes: tuple[int, ...] = ()
    through: str = ""

    @property
    def said(self) -> str:
        """Its words, if the file tells them; empty where it does not."""
        return self.font.words(self.codes)


@dataclass(frozen=True, slots=True)
class Stroke:
    """width: in points, as it is printed"""

    box: Box
    width: float
    colour: Colour
    through: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """thin: of its rectangles the shorter side of the thinnest; 0 where it has none"""

    box: Box
    colour: Colour
    thin: float = 0
    through: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """pixels: to the inch, as it is printed, in the direction that has fewer
    size: in pixels
    bits: 1 for line art
    source: the picture as pikepdf has it
    """

    box: Box
    pixels: float
    size: tuple[int, int]
    bits: int
    colour: Colour
    through: str = ""
    source: Any = None


Thing = Words | Stroke | Area | Picture
