"""The colours of a cover, as CSS says them and as the printer takes them."""

from collections.abc import Set
from dataclasses import dataclass

from publish.contrast import luminance
from publish.model import Colours, Space

RGB = tuple[int, int, int]
_WHITE: RGB = (255, 255, 255)
# Ink alone, in whatever space the rest is: letters of three inks are never sharp.
BLACK, PAPER = "device-cmyk(0 0 0 1)", "device-cmyk(0 0 0 0)"


@dataclass(frozen=True, slots=True)
class Palette:
    """Words of CSS.

    ground: the colour; shade: the same, nearer to black or to white
    on: what reads on both; ink: the colour as it reads on paper
    """

    ground: str
    shade: str
    on: str
    ink: str


def palette(colour: RGB, colours: Colours) -> Palette:
    """colours: those that the printer takes"""
    light = _luminance(colour) > _MIDDLE
    towards = _WHITE if light else (0, 0, 0)
    shade = _mixed(colour, towards, 0.45 if light else 0.4)
    ink = colour
    # Letters on paper: a contrast of at least 4.5 (WCAG 2.2, 1.4.3).
    while 1.05 / (_luminance(ink) + 0.05) < 4.5:  # noqa: PLR2004
        ink = _mixed(ink, (0, 0, 0), 0.1)
    spaces, most = colours.spaces, colours.ink
    on = BLACK if light else PAPER
    return Palette(
        _css(colour, spaces, most),
        _css(shade, spaces, most),
        on,
        _css(ink, spaces, most),
    )


def rgb(hexadecimal: str) -> RGB:
    red, green, blue = bytes.fromhex(hexadecimal)
    return red, green, blue


# On a ground of this luminance black and white read equally well.
_MIDDLE = 0.179


def _luminance(colour: RGB) -> float:
    return luminance([part / 255 for part in colour])


def _mixed(colour: RGB, other: RGB, share: float) -> RGB:
    red, green, blue = (
        round(a + (b - a) * share) for a, b in zip(colour, other, strict=True)
    )
    return red, green, blue


def _css(colour: RGB, spaces: Set[Space], most: float) -> str:
    if Space.RGB in spaces:
        return f"rgb({colour[0]}, {colour[1]}, {colour[2]})"
    if Space.CMYK not in spaces:
        return f"device-cmyk(0 0 0 {1 - _luminance(colour) ** (1 / 2.2):.3f})"
    inks = _inks(colour)
    over = 100 * sum(inks) - most
    if most and over > 0:
        # Black stays: without it a dark colour would turn light.
        coloured = sum(inks[:3])
        share = max(0.0, (coloured - over / 100) / coloured)
        inks = (inks[0] * share, inks[1] * share, inks[2] * share, inks[3])
    return f"device-cmyk({' '.join(f'{ink:.3f}' for ink in inks)})"


# Black takes the place of so much of what three inks have in common: all of it would
# make a colour thin, none of it muddy.
_BLACK = 0.7


def _inks(colour: RGB) -> tuple[float, float, float, float]:
    cyan, magenta, yellow = (1 - part / 255 for part in colour)
    black = min(cyan, magenta, yellow) * _BLACK
    if black == 1:
        return 0, 0, 0, 1
    free = 1 - black
    return (
        (cyan - black) / free,
        (magenta - black) / free,
        (yellow - black) / free,
        black,
    )
