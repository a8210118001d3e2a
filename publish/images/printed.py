"""A picture for print: with all its pixels, in colours that the printer takes."""

import io
from dataclasses import dataclass

from PIL import Image as Pillow

from publish.images.inks import Inks, in_inks, on_paper
from publish.images.prepare import (
    TURNS,
    check_whole,
    drawing,
    is_svg,
    opened,
    orientation,
    unzipped,
)
from publish.model import Space
from publish.strip import bare
from publish.svg import MEDIA_TYPE as SVG

# More bytes than for a screen: nothing of the picture should be lost in print.
_QUALITY = 95


@dataclass(frozen=True, slots=True)
class Printed:
    """A picture file.

    space: that of its colours
    left, right: the colour of that edge, as a screen shows it
    """

    data: bytes
    media_type: str
    width: int
    height: int
    space: Space
    left: tuple[int, int, int] = (255, 255, 255)
    right: tuple[int, int, int] = (255, 255, 255)


def printed(data: bytes, inks: Inks) -> Printed:
    """inks: to which what is made of light is turned

    Raises BadPictureError.
    """
    data = unzipped(data)
    if is_svg(data):
        drawn = drawing(data)
        width, height = drawn.width, drawn.height
        return Printed(drawn.data, SVG, width, height, Space.RGB)
    check_whole(data)
    with opened(data) as picture:
        whole = on_paper(picture).copy()
        turned = TURNS[orientation(picture)]
        kept = (
            turned is None and picture.mode == whole.mode and picture.format == "JPEG"
        )
        if turned is not None:
            whole = whole.transpose(turned)
        icc = picture.info.get("icc_profile", b"")
    if inks.profile and whole.mode == "RGB":
        whole, kept = in_inks(whole, icc, inks), False
    made = bare(data) if kept else _saved(whole)
    assert made is not None, "a JPEG can be stripped"
    edges = whole.convert("RGB")
    slim = max(1, whole.width // 30)
    return Printed(
        made,
        "image/jpeg",
        *whole.size,
        _SPACES[whole.mode],
        _average(edges.crop((0, 0, slim, whole.height))),
        _average(edges.crop((whole.width - slim, 0, whole.width, whole.height))),
    )


_SPACES = {"L": Space.GREY, "RGB": Space.RGB, "CMYK": Space.CMYK}


def _saved(picture: Pillow.Image) -> bytes:
    picture.info = {}
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=_QUALITY, subsampling=0)
    return made.getvalue()


def _average(picture: Pillow.Image) -> tuple[int, int, int]:
    colour = picture.resize((1, 1), Pillow.Resampling.BOX).getpixel((0, 0))
    assert isinstance(colour, tuple), "it is RGB"
    return colour[0], colour[1], colour[2]
