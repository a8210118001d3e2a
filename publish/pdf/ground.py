"""The ground of the pages on which a part of the book opens."""

from collections.abc import Iterator
from dataclasses import dataclass

from publish.contrast import contrast
from publish.model import Printing
from publish.pdf.colours import Colour, Mixer, in_words
from publish.pdf.review import Shape, Stamp
from publish.pdf.sheet import Box
from publish.problems import Position, Problem, Severity

_WHITE, _BLACK = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0)
# Of words across a page: how much of the letters' colour, or of the other, they have.
_APART = 0.15
# Letters want so much (WCAG 2.2, 1.4.3).
_ENOUGH = 4.5


@dataclass(frozen=True, slots=True)
class Ground:
    """colour, watermark: as a page is told, the second of words across it
    is_dark: whether white letters are read on it, and black ones are not
    """

    colour: str
    watermark: str
    is_dark: bool

    @property
    def letters(self) -> str:
        """Their colour, as a page is told."""
        return "1 g" if self.is_dark else "0 g"

    @property
    def css(self) -> str:
        """What is read on it, of any style. An author's own sheet may say otherwise: it
        comes later, and no rule here but that for code says more than a class and an
        element.

        A drawing in black would not be seen on what is dark; a picture made of pixels
        has lost what shone through on its way to the press, and has its white as well.
        """
        letters = "white" if self.is_dark else "black"
        return f"""
section.p-part, section.p-part * {{
  color: {letters};
  background: none;
  border-color: {letters};
  box-shadow: none;
}}
section.p-part.p-chapter pre *,
section.p-part.p-chapter pre *::before,
section.p-part.p-chapter pre *::after {{ color: {letters} }}
section.p-part mark {{ border-bottom: 0.5pt solid }}
{"section.p-part :is(img, svg) { background: white }" if self.is_dark else ""}
"""

    def stamp(self, box: Box) -> Stamp:
        """All of a page. box: what is printed of it"""
        left, bottom, right, top = box
        size = f"{left:g} {bottom:g} {right - left:g} {top - bottom:g}"
        shape = Shape("Ground", f"{self.colour}\n{size} re\nf\n", box)
        return Stamp(shape, (1, 0, 0, 1, 0, 0))


def ground_of(colour: str, mixer: Mixer) -> Ground:
    """colour: six hexadecimal digits

    It may be another in print, and so may the letters that are read on it: red turns to
    a dark grey.
    """
    ground = [part / 255 for part in bytes.fromhex(colour)]
    seen = mixer.seen(ground)
    is_dark = contrast(seen, _WHITE) > contrast(seen, _BLACK)
    letters, other = (_WHITE, _BLACK) if is_dark else (_BLACK, _WHITE)
    near = _between(seen, letters)
    # Where the letters have just enough, what lies behind them must not come nearer.
    held = contrast(mixer.seen(near), letters) >= _ENOUGH
    across = near if held else _between(seen, other)
    return Ground(in_words(mixer.parts(ground)), in_words(mixer.parts(across)), is_dark)


def _between(one: Colour, other: Colour) -> Colour:
    return tuple(a + (b - a) * _APART for a, b in zip(one, other, strict=True))


def ground_problems(
    printing: Printing | None, at: Position, name: str, *, shown: bool
) -> Iterator[Problem]:
    """at: where the ground is asked for; name: of the file
    shown: whether a part opens in the book
    """
    if not shown:
        message, why = "`opener` is not used", "the book has no parts"
        yield Problem(at, "no-effect", message, why, Severity.WARNING)
    elif printing and printing.printer.bleed.width and not printing.bleed:
        message = f"`opener` goes up to the edge, and the pages of {name} have no bleed"
        hint = "write bleed = true for the edition in book.toml"
        yield Problem(at, "no-bleed", message, hint, Severity.WARNING)
