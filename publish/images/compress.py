"""One picture in fewer bytes, with nothing lost that is seen.

A photograph and a drawing want the opposite. What a JPEG leaves out of a photograph
nobody misses, while the edges of letters and lines fray; and in the even grounds of a
drawing a PNG finds much to save, in the grain of a photograph nothing.
"""

import io
from itertools import product

from PIL import Image as Pillow
from PIL import ImageChops, ImageCms, JpegImagePlugin

from publish.images.png import (
    has_plain_colours,
    reduced,
    small_png,
    without_profile,
)
from publish.images.prepare import MOST_PIXELS, Prepared, jpeg_bytes, within
from publish.strip import LOOKS_OF_JPEG, bare_jpeg

JPEG, PNG = "image/jpeg", "image/png"
# Of a photograph that was saved finer. No eight by eight pixels of twenty photographs,
# scans and pictures of screens changed by more than 6 of 255 on the average.
# Not progressive, which the oldest reading systems do not show.
PHOTO_QUALITY = 85
# Of one that is saved as JPEG for the first time; it may hold letters, so its colours
# are not thinned out.
FIRST_QUALITY, ALL_COLOURS = 90, 0
# Saved once more a photograph loses a little: only for this share of its bytes or less.
WORTH_IT = 0.75
# Share of pixels like their neighbour. In drawings and pictures of screens it is about
# half or more, in photographs a fifth at most.
EVEN = 0.25
# Pixels below which a JPEG saves nothing.
SMALL = 40_000
# Of 255, by which a colour may change and be the same to an eye.
SAME, STEPS = 2, range(0, 256, 51)
# The marker of a profile in a JPEG (ICC.1:2022, B.4).
PROFILE = 0xE2
PLAIN_LOOKS = {k: head for k, head in LOOKS_OF_JPEG.items() if k != PROFILE}


def compress(data: bytes, most: int = MOST_PIXELS) -> Prepared:
    """The same picture in the colours that screens take for granted: many readers pass
    over a profile, and that of a screen names a machine.

    data: a JPEG or a PNG as `prepare` leaves it
    most: pixels that it may have
    """
    with Pillow.open(io.BytesIO(data)) as picture:
        picture.load()
        if picture.mode not in {"1", "L", "LA", "P", "RGB", "RGBA"} or (
            picture.mode != "P" and _is_keyed(picture)
        ):
            # Sixteen bits, or one colour that stands for nothing: what is odd stays.
            return Prepared(data, f"image/{picture.format}".lower(), *picture.size)
        shown = _fitted(_in_srgb(picture), within(*picture.size, most))
        if picture.format == "JPEG":
            made = _coarser(data, picture, shown)
        else:
            made = _drawn_or_taken(data, picture, shown)
    return Prepared(*made, *shown.size)


def _coarser(
    data: bytes, picture: Pillow.Image, shown: Pillow.Image
) -> tuple[bytes, str]:
    """A JPEG; of a photograph one that is less fine, where that saves much."""
    sampling = JpegImagePlugin.get_sampling(picture)
    if shown is picture:
        fine = bare_jpeg(data, PLAIN_LOOKS)
    else:
        fine = _jpeg(shown, FIRST_QUALITY, sampling)
    if _even(shown) < EVEN:
        coarse = _jpeg(shown, PHOTO_QUALITY, sampling)
        if len(coarse) <= WORTH_IT * len(fine):
            return coarse, JPEG
    return fine, JPEG


def _drawn_or_taken(
    data: bytes, picture: Pillow.Image, shown: Pillow.Image
) -> tuple[bytes, str]:
    """A PNG: of a photograph the JPEG, of anything else the same pixels."""
    if picture.mode == "P" and _is_torn(picture):
        return data, PNG
    bare = reduced(shown)
    drawn = small_png(bare, like=data)
    if shown is picture:
        drawn = min(without_profile(data), drawn, key=len)
    if _is_photograph(bare) and has_plain_colours(data):
        taken = _jpeg(bare, FIRST_QUALITY, ALL_COLOURS)
        if len(taken) <= WORTH_IT * len(drawn):
            return taken, JPEG
    return drawn, PNG


def _is_torn(picture: Pillow.Image) -> bool:
    """Whether it asks for a colour that its palette does not have."""
    _, highest = picture.getextrema()
    return isinstance(highest, int) and highest >= len(picture.getpalette() or ()) // 3


def _fitted(picture: Pillow.Image, size: tuple[int, int]) -> Pillow.Image:
    if picture.size == size:
        return picture
    if picture.mode == "P":
        picture = picture.convert("RGBA" if _is_keyed(picture) else "RGB")
    elif picture.mode == "1":
        picture = picture.convert("L")
    return picture.resize(size, Pillow.Resampling.LANCZOS)


def _in_srgb(picture: Pillow.Image) -> Pillow.Image:
    """The same picture if it is so, or has a profile of which nobody makes sense."""
    profile = picture.info.get("icc_profile")
    if not profile:
        return picture
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if _changes_nothing(own, grey=picture.mode in {"1", "L", "LA"}):
            return picture
        return _turned(picture, own)
    except (ImageCms.PyCMSError, OSError):
        return picture


def _turned(picture: Pillow.Image, own: ImageCms.ImageCmsProfile) -> Pillow.Image:
    """Raises ImageCms.PyCMSError."""
    if picture.mode == "P":
        picture = picture.convert("RGBA" if _is_keyed(picture) else "RGB")
    if picture.mode in {"LA", "RGBA"}:
        solid = _turned(picture.convert(picture.mode[:-1]), own)
        solid.putalpha(picture.getchannel("A"))
        return solid
    if picture.mode == "1":
        picture = picture.convert("L")
    screen = ImageCms.createProfile("sRGB")
    turned = ImageCms.profileToProfile(picture, own, screen, outputMode="RGB")
    assert turned is not None, "it is no change in place"
    return turned.getchannel("G") if picture.mode == "L" else turned


def _changes_nothing(own: ImageCms.ImageCmsProfile, *, grey: bool) -> bool:
    """Whether all colours stay what they are, as far as an eye can tell: names lie."""
    if grey:
        sample = Pillow.linear_gradient("L")
    else:
        every = bytes(value for colour in product(STEPS, repeat=3) for value in colour)
        sample = Pillow.frombytes("RGB", (len(STEPS) ** 3, 1), every)
    changed = ImageChops.difference(sample, _turned(sample, own))
    return not any(changed.convert("RGB").point(lambda value: value > SAME).tobytes())


def _is_keyed(picture: Pillow.Image) -> bool:
    """Whether one colour of it stands for nothing, or several are not opaque."""
    return "transparency" in picture.info


def _jpeg(picture: Pillow.Image, quality: int, sampling: int) -> bytes:
    bare = picture.copy()
    bare.info = {}
    return jpeg_bytes(bare, quality=quality, subsampling=sampling)


def _is_photograph(picture: Pillow.Image) -> bool:
    width, height = picture.size
    # A JPEG has no clear pixels.
    if picture.mode not in {"L", "RGB"}:
        return False
    return width * height >= SMALL and _even(picture) < EVEN


def _even(picture: Pillow.Image) -> float:
    """The share of pixels that are like the one to the left of them."""
    width, height = picture.size
    if width == 1:
        return 1.0
    left = picture.crop((0, 0, width - 1, height))
    right = picture.crop((1, 0, width, height))
    first, *others = ImageChops.difference(left, right).split()
    for band in others:
        first = ImageChops.lighter(first, band)
    return first.histogram()[0] / ((width - 1) * height)
