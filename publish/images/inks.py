"""Colours of light as a press prints them: on white paper, in its inks."""

import io
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from PIL import Image as Pillow
from PIL import ImageCms, ImageMath

from publish.images.prepare import BadPictureError

Colour = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Inks:
    """What a press prints with.

    profile: of the inks, as ICC has it; empty where colours stay those of light
    most: of all together in one place, in per cent; 0 for any
    """

    profile: bytes = b""
    most: float = 0

    @property
    def digest(self) -> str:
        return sha256(self.profile).hexdigest()


NO_INKS = Inks()


def on_paper(picture: Pillow.Image) -> Pillow.Image:
    """Without anything that shines through: on paper that is white. The same one where
    nothing does."""
    if picture.mode in {"L", "RGB", "CMYK"} and "transparency" not in picture.info:
        return picture
    if picture.mode.startswith("I") or picture.mode == "F":
        # Sixteen bits, of which paper holds eight.
        return picture.point(lambda value: value / 256).convert("L")
    if picture.mode == "1":
        return picture.convert("L")
    clear = picture.convert("RGBA")
    flat = Pillow.new("RGB", clear.size, "white")
    flat.paste(clear, mask=clear.getchannel("A"))
    return flat.convert("L") if picture.mode == "LA" else flat


def in_grey(picture: Pillow.Image, icc: bytes = b"") -> Pillow.Image:
    """icc: the profile of its colours; empty for those of screens"""
    if picture.mode == "L":
        return picture
    if icc:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(icc))
            screen = ImageCms.createProfile("sRGB")
            shown = ImageCms.profileToProfile(picture, own, screen, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            shown = None
        picture = shown or picture
    return picture.convert("L")


def in_inks(picture: Pillow.Image, icc: bytes, inks: Inks) -> Pillow.Image:
    """icc: the profile of its colours; empty for those of screens

    Raises BadPictureError.
    """
    try:
        light = (
            ImageCms.ImageCmsProfile(io.BytesIO(icc))
            if icc
            else ImageCms.createProfile("sRGB")
        )
        press = ImageCms.ImageCmsProfile(io.BytesIO(inks.profile))
        turned = ImageCms.profileToProfile(picture, light, press, outputMode="CMYK")
    except (ImageCms.PyCMSError, OSError) as error:
        reason = "its colours cannot be turned into those of the profile"
        raise BadPictureError(reason) from error
    assert turned is not None, "it is not turned in its place"
    return _thinner(turned, inks.most) if inks.most else turned


def _thinner(picture: Pillow.Image, most: float) -> Pillow.Image:
    """No more ink than that in one place: black stays, which draws the picture, and the
    others give way."""
    # One step below, for what is rounded up.
    limit = most * 2.55 - 1
    *colours, key = picture.split()
    share = ImageMath.lambda_eval(
        lambda a: a["min"](
            (limit - a["k"]) / a["max"](a["c"] + a["m"] + a["y"], 1.0), 1.0
        ),
        k=_floats(key),
        **dict(zip("cmy", map(_floats, colours), strict=True)),
    )
    fewer = [
        ImageMath.lambda_eval(
            lambda a: a["convert"](a["ink"] * a["share"], "L"),
            ink=_floats(ink),
            share=share,
        )
        for ink in colours
    ]
    return Pillow.merge("CMYK", [*fewer, key])


def _floats(channel: Pillow.Image) -> Pillow.Image:
    return channel.convert("F")


@cache
def inks_of_colour(rgb: Colour, inks: Inks) -> Colour:
    """Shares of cyan, magenta, yellow and black ink, from 0 to 1, for a colour of
    screens."""
    red, green, blue = (round(part * 255) for part in rgb)
    colour = Pillow.new("RGB", (1, 1), (red, green, blue))
    turned = in_inks(colour, b"", inks)
    found = turned.getpixel((0, 0))
    assert isinstance(found, tuple), "it has four inks"
    return tuple(round(part / 255, 4) for part in found)


def colour_of_inks(inks: Colour, profile: bytes) -> Colour:
    """What is seen of them on white paper: red, green and blue, from 0 to 1."""
    cyan, magenta, yellow, key = (round(part * 255) for part in inks)
    printed = Pillow.new("CMYK", (1, 1), (cyan, magenta, yellow, key))
    own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    screen = ImageCms.createProfile("sRGB")
    shown = ImageCms.profileToProfile(printed, own, screen, outputMode="RGB")
    assert shown is not None, "it is not turned in its place"
    found = shown.getpixel((0, 0))
    assert isinstance(found, tuple), "it has three colours"
    return tuple(part / 255 for part in found)
