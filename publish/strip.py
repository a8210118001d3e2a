"""Take all but the picture out of image files. No pixel is touched."""

import re
import struct
import zlib
from collections.abc import Callable, Mapping

# JPEG segments that decide how the picture looks, of those that programs may add: the
# density, the colour profile, Adobe's colour transform (ITU-T T.81, B.2.4.6). All
# others hold words, places, thumbnails and other pictures.
LOOKS_OF_JPEG: Mapping[int, bytes] = {
    0xE0: b"JFIF\0",
    0xE2: b"ICC_PROFILE\0",
    0xEE: b"Adobe",
}
ADDED = frozenset({*range(0xE0, 0xF0), 0xFE})
# Markers without a length: stuffed bytes, TEM, restarts, a second start.
ALONE = frozenset({0x00, 0x01, *range(0xD0, 0xD9)})
JFIF, START_OF_SCAN, END_OF_IMAGE, MARKER = 0xE0, 0xDA, 0xD9, 0xFF
# JFIF up to its thumbnail (JFIF 1.02), with the length it then has.
JFIF_HEAD, JFIF_BARE = slice(4, 16), b"\xff\xe0\x00\x10"
AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
# PNG chunks that decide how the picture looks (PNG, third edition, 11.2 and 11.3).
LOOKS_OF_PNG = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP"}
    | {b"sBIT", b"bKGD", b"pHYs", b"cICP"}
)
PNG_HEAD = 8
# The byte that says of what colours it is made, and the two kinds of grey (11.2.1).
PNG_COLOURS, PNG_GREYS = 25, frozenset({0, 4})
# Where a profile says of which colours it speaks (ICC.1:2022, 7.2).
PROFILE_COLOURS = slice(16, 20)
# GIF89a, 18 to 26: screen, extension, image, trailer. Of the applications' extensions
# only how often to repeat and the colour profile are for the eye.
GIF_HEAD, GIF_IMAGE_HEAD, GIF_EXTENSION_HEAD = 13, 10, 2
EXTENSION, IMAGE, TRAILER, GRAPHIC_CONTROL = 0x21, 0x2C, b"\x3b", 0xF9
APPLICATIONS = frozenset({b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"})
# RFC 9649, 2.7: chunks with metadata, and the bits of VP8X that announce them.
WORDS_OF_WEBP = frozenset({b"EXIF", b"XMP "})
WEBP_HEAD, WEBP_FLAGS, WEBP_WORDS = 12, 8, 0x08 | 0x04


class TornPictureError(Exception):
    """Bytes that begin like a picture and end before there is anything to show."""


def bare(data: bytes) -> bytes | None:
    """The picture without metadata, by what its first bytes say; None when unknown.

    Raises TornPictureError, as each of the functions below does.
    """
    for head, strip in STRIPPERS.items():
        if data.startswith(head):
            return strip(data)
    return None


def bare_jpeg(data: bytes, looks: Mapping[int, bytes] = LOOKS_OF_JPEG) -> bytes:
    """A JPEG without metadata, and without what phones append behind its end.

    looks: the added segments that stay, by their markers, and how each begins
    """
    kept = [data[:2]]
    at, shown = 2, False
    while (at := data.find(MARKER, at)) >= 0 and at + 4 <= len(data):
        marker = data[at + 1]
        if marker == END_OF_IMAGE:
            break
        if marker == MARKER or marker in ALONE:
            at += 1 if marker == MARKER else 2
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if marker == START_OF_SCAN:
            found = AFTER_SCAN.search(data, end)
            end = found.start() if found else len(data)
            shown = True
        kept.append(_bare_segment(marker, data[at:end], looks))
        at = end
    if not shown:
        raise TornPictureError
    return b"".join([*kept, bytes([MARKER, END_OF_IMAGE])])


def _bare_segment(marker: int, segment: bytes, looks: Mapping[int, bytes]) -> bytes:
    if marker in ADDED and not segment.startswith(looks.get(marker, b"none"), 4):
        return b""
    if marker == JFIF:
        return JFIF_BARE + segment[JFIF_HEAD] + b"\0\0"
    return segment


def bare_png(data: bytes) -> bytes:
    """A PNG without text, times, EXIF or private chunks."""
    kept = [data[:PNG_HEAD]]
    at = PNG_HEAD
    while at + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if kind in LOOKS_OF_PNG and (
            kind != b"iCCP" or _has_fitting_profile(data, data[at + 8 : end - 4])
        ):
            kept.append(data[at:end])
        at = end
        if kind == b"IEND":
            break
    if len(kept) == 1:
        raise TornPictureError
    return b"".join(kept)


def _has_fitting_profile(data: bytes, chunk: bytes) -> bool:
    # The name, a nought, and one more for the only way of packing.
    _, _, packed = chunk.partition(b"\0")
    try:
        profile = zlib.decompressobj().decompress(packed[1:], PROFILE_COLOURS.stop)
    except zlib.error:
        return False
    return fits_colours(profile, grey=data[PNG_COLOURS] in PNG_GREYS)


def fits_colours(profile: bytes, *, grey: bool) -> bool:
    """Whether a profile speaks of such colours as the picture has: with another,
    readers warn, or show no picture."""
    return profile[PROFILE_COLOURS] == (b"GRAY" if grey else b"RGB ")


def bare_gif(data: bytes) -> bytes:
    """A GIF without comments and the extensions of applications, moving as before."""
    if len(data) < GIF_HEAD:
        raise TornPictureError
    at = GIF_HEAD + _colours(data[GIF_HEAD - 3])
    kept = [data[:at]]
    while at + GIF_IMAGE_HEAD <= len(data) and data[at] in {EXTENSION, IMAGE}:
        if data[at] == IMAGE:
            table = _colours(data[at + GIF_IMAGE_HEAD - 1])
            end = _end_of_blocks(data, at + GIF_IMAGE_HEAD + table + 1)
            shown = True
        else:
            end = _end_of_blocks(data, at + GIF_EXTENSION_HEAD)
            application = data[at + 3 : at + 14]
            shown = data[at + 1] == GRAPHIC_CONTROL or application in APPLICATIONS
        if shown:
            kept.append(data[at:end])
        at = end
    return b"".join([*kept, TRAILER])


def _colours(flags: int) -> int:
    """Bytes of the table of colours that follows."""
    return 3 << ((flags & 0x07) + 1) if flags & 0x80 else 0


def _end_of_blocks(data: bytes, at: int) -> int:
    while at < len(data) and data[at]:
        at += data[at] + 1
    return at + 1


def bare_webp(data: bytes) -> bytes:
    """A WebP without EXIF and XMP."""
    kept = []
    at = WEBP_HEAD
    while at + 8 <= len(data):
        kind, length = struct.unpack_from("<4sI", data, at)
        chunk = bytearray(data[at : at + 8 + length + length % 2])
        if kind == b"VP8X":
            if len(chunk) <= WEBP_FLAGS:
                raise TornPictureError
            chunk[WEBP_FLAGS] &= ~WEBP_WORDS
        if kind not in WORDS_OF_WEBP:
            kept.append(bytes(chunk))
        at += len(chunk)
    if not kept:
        raise TornPictureError
    body = b"".join([b"WEBP", *kept])
    return b"RIFF" + struct.pack("<I", len(body)) + body


STRIPPERS: Mapping[bytes, Callable[[bytes], bytes]] = {
    b"\xff\xd8": bare_jpeg,
    b"\x89PNG": bare_png,
    b"GIF8": bare_gif,
    b"RIFF": bare_webp,
}
