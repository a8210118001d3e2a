"""The colours of screens, mixed from what an edition is printed with."""

from collections.abc import Sequence
from dataclasses import dataclass

from publish.images.inks import Inks, colour_of_inks, inks_of_colour
from publish.pdf.task import ColourMode, Inking

# How bright the three colours look (ITU-R BT.601), as for pictures.
_BRIGHT = (0.299, 0.587, 0.114)
# By the number of their parts (ISO 32000-1, 8.6.8).
_NAMES = {1: "g", 3: "rg", 4: "k"}
# Colours that differ by less are a grey that was computed.
_SAME = 0.002

# Red, green and blue, from 0, dark, to 1.
Colour = Sequence[float]


def grey_of(colour: Colour) -> float:
    grey = sum(part * share for part, share in zip(colour, _BRIGHT, strict=True))
    return round(grey, 4)


def in_words(parts: Sequence[float]) -> str:
    """What is told a page, to fill shapes. parts: see `Mixer.parts`"""
    return f"{' '.join(f'{part:.4g}' for part in parts)} {_NAMES[len(parts)]}"


@dataclass(frozen=True, slots=True)
class Mixer:
    """profile: of the inks, if there is one"""

    inking: Inking
    profile: bytes = b""

    def parts(self, colour: Colour) -> tuple[float, ...]:
        """A grey, or red, green and blue, each from 0, dark, to 1; or shares of four
        inks."""
        mode = self.inking.mode
        if mode is ColourMode.SCREEN:
            return (*colour,)
        if mode is not ColourMode.BLACK and max(colour) - min(colour) > _SAME:
            return self.in_inks(colour)
        grey = grey_of(colour)
        # A tint that would come out as paper.
        faint = 1 - self.inking.grey < grey < 1
        return (round(1 - self.inking.grey, 4) if faint else grey,)

    def in_inks(self, colour: Colour) -> tuple[float, ...]:
        if self.inking.mode is not ColourMode.FOUR or not self.profile:
            return (*colour,)
        return inks_of_colour((*colour,), Inks(self.profile, self.inking.most))

    def seen(self, colour: Colour) -> Colour:
        """What of a colour is seen in print."""
        parts = self.parts(colour)
        match len(parts):
            case 1:
                return parts * 3
            case 4:
                return colour_of_inks(parts, self.profile)
        return parts
