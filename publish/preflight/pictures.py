"""The pictures of a file, as they are placed."""

from math import inf
from typing import Any

from pikepdf import PdfError, PdfImage

from publish.preflight.colours import ColourSpace, space_of
from publish.preflight.drawn import Colour, Picture
from publish.preflight.place import Box, Matrix

_POINTS_PER_INCH = 72


def picture_of(said: Any, named: Any, ink: Colour, matrix: Matrix, box: Box) -> Picture:
    """said: the picture, or the dictionary of one that stands in the content
    named: the colour spaces of the page
    ink: what a stencil is filled with
    matrix: from a square of one unit to where the picture is placed
    box: what is seen of it there
    """
    width, height = int(_key(said, "Width", "W")), int(_key(said, "Height", "H"))
    bits = int(_key(said, "BitsPerComponent", "BPC") or 8)
    if _key(said, "ImageMask", "IM"):
        colour, bits = ink, 1
    else:
        space = _key(said, "ColorSpace", "CS")
        found = ColourSpace(None) if space is None else space_of(space, named)
        colour = Colour(found.space, (), found.profile, found.spot)
    sides = ((width, matrix.wide), (height, matrix.high))
    pixels = min(
        (count / far * _POINTS_PER_INCH for count, far in sides if far), default=inf
    )
    through = "" if said.get("/SMask") is None else "a soft mask"
    return Picture(box, pixels, (width, height), bits, colour, through, said)


def _key(said: Any, name: str, short: str) -> Any:
    found = said.get(f"/{name}")
    return said.get(f"/{short}") if found is None else found


# As many pixels tell where the most ink is; the rest would take seconds.
_ENOUGH = 400
_INKS = 4


def most_ink(picture: Picture) -> float:
    """Of all inks together in one place of a picture in CMYK, in per cent; 0 where that
    cannot be told."""
    try:
        image = PdfImage(picture.source).as_pil_image()
    except (PdfError, NotImplementedError, TypeError, ValueError, OSError):
        return 0
    if image.mode != "CMYK":
        return 0
    image.thumbnail((_ENOUGH, _ENOUGH))
    inks = image.tobytes()
    each = zip(*(inks[n::_INKS] for n in range(_INKS)), strict=True)
    return max(map(sum, each), default=0) / 2.55
