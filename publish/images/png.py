"""The same pixels as a PNG of few bytes."""

import io
import struct
import zlib
from collections.abc import Iterable, Iterator

from PIL import Image as Pillow
from PIL import ImageChops

# PNG, third edition, 5.2 and 5.3: what a file begins with, and each of its chunks.
SIGNATURE, LENGTH_AND_KIND = b"\x89PNG\r\n\x1a\n", struct.Struct(">I4s")
CHECKSUM = 4
# 11.2.1: width and height, bits of a channel.
HEAD = struct.Struct(">IIB")
# 11.3: how its colours are meant where there is no profile, which overrules these but
# for the last, and how large it is.
MEANT = frozenset({b"sRGB", b"gAMA", b"cHRM", b"cICP"})
PROFILE, SIZE = b"iCCP", b"pHYs"
KEPT = MEANT | {SIZE}
COLOURS, WHITE, WHOLE = 256, 255, 8
# Of zlib: slow, which pays where whole rows are alike.
BEST = 9
Chunk = tuple[bytes, bytes]


def without_profile(png: bytes) -> bytes:
    """The same pixels, in the colours that all screens take for granted."""
    chunks = list(_chunks(png))
    if not any(kind == PROFILE for kind, _ in chunks):
        return png
    return _written(chunk for chunk in chunks if chunk[0] not in {PROFILE, *MEANT})


def has_plain_colours(png: bytes) -> bool:
    """Whether a profile says how its colours are meant, or nothing but sRGB."""
    kinds = {kind for kind, _ in _chunks(png)}
    if b"cICP" in kinds:
        return False
    return not kinds.isdisjoint({PROFILE, b"sRGB"}) or kinds.isdisjoint(MEANT)


def reduced(picture: Pillow.Image) -> Pillow.Image:
    """The same without what says nothing: how clear the pixels are where all are
    opaque, colours where all are grey, more bits than there are colours."""
    info = picture.info
    if picture.mode in {"LA", "RGBA"} and _is_opaque(picture):
        picture = picture.convert(picture.mode[:-1])
    if picture.mode == "RGB" and _is_grey(picture):
        picture = picture.getchannel("G")
    if picture.mode == "RGB":
        picture = _with_palette(picture)
    elif picture.mode == "L" and not any(picture.histogram()[1:WHITE]):
        picture = picture.convert("1", dither=Pillow.Dither.NONE)
    picture.info = info
    return picture


def _is_opaque(picture: Pillow.Image) -> bool:
    return picture.getchannel("A").getextrema() == (WHITE, WHITE)


def _is_grey(picture: Pillow.Image) -> bool:
    red, green, blue = picture.split()
    return not any(
        ImageChops.difference(green, other).getbbox() for other in (red, blue)
    )


def _with_palette(picture: Pillow.Image) -> Pillow.Image:
    """With one where its colours are few."""
    counted = picture.getcolors(COLOURS)
    if not counted:
        return picture
    palette = Pillow.new("P", (1, 1))
    colours = sorted(colour for _, colour in counted if isinstance(colour, tuple))
    palette.putpalette([value for colour in colours for value in colour])
    made = picture.quantize(palette=palette, dither=Pillow.Dither.NONE)
    same = not ImageChops.difference(made.convert("RGB"), picture).getbbox()
    return made if same else picture


def small_png(picture: Pillow.Image, like: bytes) -> bytes:
    """The better of two ways to write a pixel: what it differs by from those around it,
    which suits shades, or what it is, which suits where much is alike.

    like: a PNG whose colours are meant as those of *picture*
    """
    bare = picture.copy()
    bare.info = {}
    clear = picture.info.get("transparency") if picture.mode == "P" else None
    packed = io.BytesIO()
    bare.save(packed, "PNG", **({} if clear is None else {"transparency": clear}))
    head, *others = _chunks(packed.getvalue())
    kept = (chunk for chunk in _chunks(without_profile(like)) if chunk[0] in KEPT)
    # They stand before all that they speak of.
    chunks = [head, *kept, *others]
    return min(_written(chunks), _written(_plain(chunks, picture)), key=len)


def _plain(chunks: Iterable[Chunk], picture: Pillow.Image) -> Iterator[Chunk]:
    """The same with no filter (9.2) before the pixels of a row."""
    head, *others = chunks
    _, height, depth = HEAD.unpack_from(head[1])
    # Pillow packs indexes of fewer bits than eight when it is told so.
    few = picture.mode == "P" and depth < WHOLE
    rows = picture.tobytes("raw", f"P;{depth}" if few else picture.mode)
    length = len(rows) // height
    starts = range(0, len(rows), length)
    pixels = b"".join(b"\0" + rows[at : at + length] for at in starts)
    image: Chunk | None = (b"IDAT", zlib.compress(pixels, BEST))
    yield head
    for chunk in others:
        if chunk[0] != b"IDAT":
            yield chunk
        elif image:
            yield image
            image = None


def _chunks(png: bytes) -> Iterator[Chunk]:
    """The kind of each and what it holds."""
    at = len(SIGNATURE)
    while at < len(png):
        length, kind = LENGTH_AND_KIND.unpack_from(png, at)
        at += LENGTH_AND_KIND.size
        yield kind, png[at : at + length]
        at += length + CHECKSUM


def _written(chunks: Iterable[Chunk]) -> bytes:
    return SIGNATURE + b"".join(
        LENGTH_AND_KIND.pack(len(held), kind)
        + held
        + zlib.crc32(kind + held).to_bytes(CHECKSUM, "big")
        for kind, held in chunks
    )
