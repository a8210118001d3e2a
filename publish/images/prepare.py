"""Make one picture ready for the outputs. Only here are pictures read with Pillow.

What leaves here holds the picture and nothing about the camera, the place or the
person.
"""

import io
import math
import re
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from PIL import Image as Pillow
from PIL import ImageCms, ImageFile

from publish.crew import StoppedError, WorkError
from publish.strip import TornPictureError, bare, fits_colours
from publish.svg import MEDIA_TYPE as SVG
from publish.svg import BadDrawingError, clean_svg, svg_size

# Pixels a picture may have in Apple Books (Asset Guide 5.3, September 2023).
MOST_PIXELS = 5_600_000
# Above this, no eye tells it from the original at book sizes.
JPEG_QUALITY = 90
DRAWING = re.compile(rb"<(?:\w+:)?svg[\s>]")
GZIP = b"\x1f\x8b"
# How zlib is told to expect gzip's own head, with the largest window.
GZIP_WINDOW = 16 + zlib.MAX_WBITS
# Bytes to which a packed drawing may grow; the largest maps have a tenth of it.
MOST_UNPACKED = 100_000_000
# EXIF's orientations that turn a picture by a quarter (EXIF 2.32, tag 0x0112).
SIDEWAYS = frozenset({5, 6, 7, 8})
ORIENTATION = 0x0112
TURNS: dict[int, Pillow.Transpose | None] = {
    1: None,
    2: Pillow.Transpose.FLIP_LEFT_RIGHT,
    3: Pillow.Transpose.ROTATE_180,
    4: Pillow.Transpose.FLIP_TOP_BOTTOM,
    5: Pillow.Transpose.TRANSPOSE,
    6: Pillow.Transpose.ROTATE_270,
    7: Pillow.Transpose.TRANSVERSE,
    8: Pillow.Transpose.ROTATE_90,
}


class BadPictureError(WorkError):
    """Bytes that cannot be shown. Its text says why, in the author's words."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture as the outputs show it: upright, within `MOST_PIXELS`, bare.

    width, height: in pixels; 0 for an SVG that does not say
    """

    data: bytes
    media_type: str
    width: int
    height: int


def prepare(data: bytes) -> Prepared:
    """One that needs no other change only loses its metadata; no pixel changes.

    Raises BadPictureError.
    """
    data = unzipped(data)
    if is_svg(data):
        return drawing(data)
    check_whole(data)
    with opened(data) as picture:
        media_type = _media_type(picture)
        width, height = within(*_upright(picture))
        made = _bare_or_converted(data, picture, media_type)
    return Prepared(made, media_type, width, height)


def drawing(data: bytes) -> Prepared:
    try:
        clean = clean_svg(data)
        return Prepared(clean, SVG, *svg_size(clean))
    except BadDrawingError as fault:
        raise BadPictureError(str(fault)) from fault


def _bare_or_converted(data: bytes, picture: Pillow.Image, media_type: str) -> bytes:
    if media_type == "image/gif" or _fits(picture, media_type):
        # One so odd that Pillow alone makes sense of it is written anew.
        with suppress(TornPictureError):
            stripped = bare(data)
            assert stripped is not None, "JPEG, PNG and GIF can be stripped"
            return stripped
    return _converted(picture, media_type)


@contextmanager
def opened(data: bytes) -> Iterator[Pillow.Image]:
    """The picture, while nothing is said of what is odd in a file that can be shown."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Pillow.DecompressionBombWarning)
        # WeasyPrint, where it is in the same process, lets what is cut short pass.
        lenient = ImageFile.LOAD_TRUNCATED_IMAGES
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        try:
            with Pillow.open(io.BytesIO(data)) as picture:
                yield picture
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def check_whole(data: bytes) -> None:
    """Decode a copy, so that a file cut short is found here and not by a reader.

    Raises BadPictureError.
    """
    try:
        with opened(data) as picture:
            # An eighth of a JPEG's size decodes many times faster, and fails too.
            eighth = max(1, picture.width // 8), max(1, picture.height // 8)
            picture.draft("L", eighth)
            picture.load()
    except (Pillow.DecompressionBombWarning, Pillow.DecompressionBombError) as error:
        most = f"{(Pillow.MAX_IMAGE_PIXELS or 0) // 1_000_000} million"
        raise BadPictureError(f"it has more than {most} pixels") from error
    except MemoryError as error:
        # Another time there may be enough.
        raise StoppedError("there was too little memory", killed=True) from error
    # A broken file can make any part of a decoder fail in any way.
    except Exception as error:
        raise BadPictureError("it is no picture, or a broken one") from error


def is_svg(data: bytes) -> bool:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        data = data.decode("utf-16", "replace").encode()
    start = data[:100].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"<") and DRAWING.search(data) is not None


def unzipped(data: bytes) -> bytes:
    """Raises BadPictureError."""
    if not data.startswith(GZIP):
        return data
    unpacking = zlib.decompressobj(GZIP_WINDOW)
    try:
        unpacked = unpacking.decompress(data, MOST_UNPACKED)
    except zlib.error as error:
        raise BadPictureError("it is packed, and the packing is broken") from error
    if unpacking.unconsumed_tail:
        raise BadPictureError(f"unpacked it has more than {MOST_UNPACKED:,} bytes")
    if not unpacking.eof:
        raise BadPictureError("it is packed, and the packing is broken")
    return unpacked


def _format(picture: Pillow.Image) -> str:
    # Phones put a second picture, for depth or light, behind a JPEG and call it MPO.
    return "JPEG" if picture.format == "MPO" else str(picture.format)


def _media_type(picture: Pillow.Image) -> str:
    kind = _format(picture)
    if kind == "GIF" and getattr(picture, "is_animated", False):
        return "image/gif"
    if kind == "JPEG" or (kind in {"WEBP", "AVIF"} and not _transparent(picture)):
        return "image/jpeg"
    return "image/png"


def _transparent(picture: Pillow.Image) -> bool:
    return picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info


def orientation(picture: Pillow.Image) -> int:
    try:
        turned = picture.getexif().get(ORIENTATION, 1)
    # Broken EXIF says nothing, and may fail in any way; the picture is whole.
    except Exception:
        return 1
    return turned if isinstance(turned, int) and turned in TURNS else 1


def _upright(picture: Pillow.Image) -> tuple[int, int]:
    width, height = picture.size
    return (height, width) if orientation(picture) in SIDEWAYS else (width, height)


def within(width: int, height: int, most: int = MOST_PIXELS) -> tuple[int, int]:
    """The size in pixels that is allowed, of the same shape. most: pixels in all"""
    scale = min(1.0, math.sqrt(most / (width * height)))
    return max(1, int(width * scale)), max(1, int(height * scale))


def _fits(picture: Pillow.Image, media_type: str) -> bool:
    return (
        media_type == f"image/{_format(picture).lower()}"
        and picture.mode != "CMYK"
        and within(*picture.size) == picture.size
        and orientation(picture) == 1
    )


def _converted(picture: Pillow.Image, media_type: str) -> bytes:
    profile = picture.info.get("icc_profile", b"")
    turn = TURNS[orientation(picture)]
    size = within(*_upright(picture))
    coloured = _colours(picture, media_type)
    upright = coloured if turn is None else coloured.transpose(turn)
    if upright.size != size:
        upright = upright.resize(size, Pillow.Resampling.LANCZOS)
    upright.info = {}
    # A profile speaks of the colours it came with; those of ink were made RGB above.
    grey = upright.mode in {"L", "LA"}
    kept = profile if fits_colours(profile, grey=grey) else None
    packed = io.BytesIO()
    if media_type == "image/jpeg":
        return jpeg_bytes(upright, quality=JPEG_QUALITY, icc_profile=kept)
    upright.save(packed, "PNG", icc_profile=kept)
    return packed.getvalue()


def jpeg_bytes(picture: Pillow.Image, **options: object) -> bytes:
    """As small as such a JPEG can be."""
    packed = io.BytesIO()
    try:
        picture.save(packed, "JPEG", optimize=True, **options)
    except OSError:
        # For this Pillow has a buffer into which much grain does not fit.
        packed = io.BytesIO()
        picture.save(packed, "JPEG", **options)
    return packed.getvalue()


def _colours(picture: Pillow.Image, media_type: str) -> Pillow.Image:
    """In a mode that can be scaled and saved, with nothing lost that is seen."""
    if picture.mode.startswith("I"):
        # 16 bits of grey, which Pillow would cut off at white.
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    elif picture.mode == "1":
        picture = picture.convert("L")
    elif picture.mode == "CMYK":
        picture = _from_ink(picture)
    if media_type == "image/jpeg":
        return picture if picture.mode in {"L", "RGB"} else picture.convert("RGB")
    if picture.mode in {"L", "LA", "RGB", "RGBA"} and not _keyed(picture):
        return picture
    return picture.convert("RGBA" if _transparent(picture) else "RGB")


def _keyed(picture: Pillow.Image) -> bool:
    """Whether one colour of it stands for nothing, which no scaling would keep."""
    return "transparency" in picture.info


def _from_ink(picture: Pillow.Image) -> Pillow.Image:
    """By the profile where there is one: without, Pillow's colours are too bright."""
    profile = picture.info.get("icc_profile")
    if not profile:
        return picture.convert("RGB")
    try:
        ink = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        screen = ImageCms.createProfile("sRGB")
        turned = ImageCms.profileToProfile(picture, ink, screen, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return picture.convert("RGB")
    return turned or picture
