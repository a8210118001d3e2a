"""Draw in the inks of a press, where WeasyPrint knows the colours of screens alone.

It asks its stream for a colour whenever it draws a letter, a line or a shape of a
drawing: here the stream answers in others. Pictures made of pixels come in theirs.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pydyf
from weasyprint.pdf.stream import Stream

from publish.pdf.answering import answering
from publish.pdf.colours import Mixer, grey_of, in_words
from publish.pdf.task import ColourMode, Inking


@contextmanager
def drawn_in(inking: Inking, profile: bytes = b"") -> Iterator[None]:
    """Let everything that is written inside be drawn so. profile: of the inks"""
    if inking.mode is ColourMode.SCREEN:
        yield
        return
    press = _Press(inking, profile)
    answers = {
        (Stream, "set_color"): press.set_color,
        (Stream, "set_alpha"): _set_alpha,
        (Stream, "add_shading"): press.add_shading,
        (Stream, "set_line_width"): press.set_line_width,
    }
    with answering(answers):
        yield


_SCREEN_COLOUR, _SCREEN_SHADING = Stream.set_color, Stream.add_shading
_SCREEN_WIDTH, _SCREEN_ALPHA = Stream.set_line_width, Stream.set_alpha


class _Press:
    def __init__(self, inking: Inking, profile: bytes) -> None:
        self._only_black = inking.mode is ColourMode.BLACK
        self._in_four = inking.mode is ColourMode.FOUR and bool(profile)
        self._mixer = Mixer(inking, profile)
        self._inking = inking
        outer = self

        def set_color(stream: Any, color: Any, stroke: bool = False) -> None:
            outer._set(stream, color, stroke=stroke)

        def add_shading(stream: Any, *more: Any, **named: Any) -> Any:
            return outer._shading(stream, *more, **named)

        def set_line_width(stream: Any, width: float) -> None:
            _SCREEN_WIDTH(stream, outer._width(stream, width))

        self.set_color, self.add_shading = set_color, add_shading
        self.set_line_width = set_line_width

    def _width(self, stream: Any, width: float) -> float:
        """No thinner than what is printed, at the scale of what is drawn."""
        (a, b, _), (c, d, _), _ = stream.ctm
        scale = abs(a * d - b * c) ** 0.5
        return max(width, self._inking.line / scale) if scale and width else width

    def _set(self, stream: Any, color: Any, *, stroke: bool) -> None:
        said = self._said(color)
        if said is None:
            _SCREEN_COLOUR(stream, color, stroke)
            return
        # Who asks for the same colour again is not answered.
        now = "_current_color_stroke" if stroke else "_current_color"
        if getattr(stream, now) != said:
            setattr(stream, now, said)
            words = in_words(said)
            stream.stream.append((words.upper() if stroke else words).encode())

    def _said(self, color: Any) -> tuple[float, ...] | None:
        """As `Mixer.parts`; None for inks that are said as such, and printed as
        such."""
        *channels, alpha = color
        if color.space == "device-cmyk":
            *inks, key = channels
            if not self._only_black and any(inks):
                return None
            rgb = [1 - min(1, ink + key) for ink in inks]
        else:
            rgb = [*color.to("srgb").coordinates]
        # On the white of the paper: a press has no glass.
        return self._mixer.parts([round(1 - (1 - part) * alpha, 4) for part in rgb])

    def _shading(self, stream: Any, *more: Any, **named: Any) -> Any:
        shading = _SCREEN_SHADING(stream, *more, **named)
        if shading["ColorSpace"] == "/DeviceRGB":
            if self._only_black:
                shading["ColorSpace"] = "/DeviceGray"
                _turn(shading["Function"], lambda rgb: (grey_of(rgb),))
            elif self._in_four:
                shading["ColorSpace"] = "/DeviceCMYK"
                _turn(shading["Function"], self._mixer.in_inks)
        return shading


def _set_alpha(stream: Any, alpha: float, *more: Any, **named: Any) -> None:
    """A colour that shines through is mixed with the paper, by `set_color`; a group of
    things stays so, and who looks the file over will find it."""
    if alpha != 1 or stream._current_alpha or stream._current_alpha_stroke:
        _SCREEN_ALPHA(stream, alpha, *more, **named)


def _turn(
    function: Any, turned: Callable[[Sequence[float]], tuple[float, ...]]
) -> None:
    """The ends of a gradient, or of each of its pieces (ISO 32000-1, 7.10)."""
    for piece in function.get("Functions", ()):
        _turn(piece, turned)
    for end in ("C0", "C1"):
        if end in function:
            function[end] = pydyf.Array(turned(function[end]))
