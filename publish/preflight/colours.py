"""The colour spaces of a file (ISO 32000-1, 8.6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from publish.model import Space
from publish.preflight.drawn import Colour

_BY_COUNT = {1: Space.GREY, 3: Space.RGB, 4: Space.CMYK}
_DEVICES = {
    "/DeviceGray": Space.GREY,
    "/G": Space.GREY,
    "/DeviceRGB": Space.RGB,
    "/RGB": Space.RGB,
    "/DeviceCMYK": Space.CMYK,
    "/CMYK": Space.CMYK,
}
_MEASURED = {"/CalGray": Space.GREY, "/CalRGB": Space.RGB, "/Lab": None}
# One may be made of another, which is made of another: of none so often.
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class ColourSpace:
    """space, profile, spot: as in `Colour`
    tints: whether its values are of an ink and not of a device
    pattern: whether it is a pattern instead of a colour
    """

    space: Space | None
    profile: bool = False
    spot: str = ""
    tints: bool = False
    pattern: bool = False

    def colour(self, values: Sequence[float]) -> Colour:
        if self.tints:
            if self.spot == "Black" and len(values) == 1:
                return Colour(Space.GREY, (1 - values[0],), self.profile)
            return Colour(self.space, (), self.profile, self.spot)
        return Colour(self.space, tuple(values), self.profile)

    def first(self) -> Colour:
        """What is drawn with before a colour is chosen: black."""
        match self.space:
            case Space.CMYK:
                return self.colour((0, 0, 0, 1))
            case Space.RGB:
                return self.colour((0, 0, 0))
            case _:
                return self.colour((0,))


GREY = ColourSpace(Space.GREY)
RGB = ColourSpace(Space.RGB)
CMYK = ColourSpace(Space.CMYK)
PATTERN = ColourSpace(None, pattern=True)


def space_of(said: Any, named: Any, depth: int = 0) -> ColourSpace:
    """said: as a page or a picture says it; named: those of its resources"""
    if depth > _DEEPEST:
        return ColourSpace(None)
    key = said if _is_name(said) else None
    if key is not None and str(key) in _DEVICES:
        return ColourSpace(_DEVICES[str(key)])
    if key is not None and str(key) != "/Pattern":
        found = named.get(str(key)) if named is not None else None
        return ColourSpace(None) if found is None else space_of(found, {}, depth + 1)
    family = str(key) if key is not None else str(said[0])
    match family:
        case "/Pattern":
            return PATTERN
        case "/ICCBased":
            return ColourSpace(_BY_COUNT.get(int(said[1].N)), profile=True)
        case "/Indexed" | "/I":
            return space_of(said[1], named, depth + 1)
        case "/Separation" | "/DeviceN":
            below = space_of(said[2], named, depth + 1)
            inks = [said[1]] if family == "/Separation" else said[1]
            spot = " + ".join(str(ink).lstrip("/") for ink in inks)
            return ColourSpace(below.space, below.profile, spot, tints=True)
        case _ if family in _MEASURED:
            return ColourSpace(_MEASURED[family], profile=True)
    return space_of(said[0], named, depth + 1)


def _is_name(said: Any) -> bool:
    return isinstance(said, str) or str(getattr(said, "_type_name", "")) == "name"
