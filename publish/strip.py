"""Take all but the picture out of JPEG and PNG files. No pixel is touched."""

import struct

# JPEG segments that hold words, thumbnails or places: APP1 (EXIF, XMP), APP3 to APP13
# (IPTC and makers' own), APP15, comments. APP0, APP2 (colour profile) and APP14
# (Adobe's colour transform) decide how the picture looks (ITU-T T.81, B.2.4.6).
WORDY = frozenset({0xE1, *range(0xE3, 0xEE), 0xEF, 0xFE})
START_OF_SCAN = 0xDA
MARKER = 0xFF
# PNG chunks that decide how the picture looks (PNG, third edition, 11.2 and 11.3).
LOOKS = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP"}
    | {b"sBIT", b"bKGD", b"pHYs", b"cICP"}
)
PNG_HEAD = 8


def bare_jpeg(data: bytes) -> bytes:
    """A JPEG that Pillow could read, without metadata."""
    kept = [data[:2]]
    at = 2
    while at + 4 <= len(data) and data[at] == MARKER:
        marker = data[at + 1]
        if marker == START_OF_SCAN:
            break
        if marker == MARKER:
            at += 1
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if marker not in WORDY:
            kept.append(data[at:end])
        at = end
    last = data.rfind(b"\xff\xd9")
    # Phones append whole other pictures and films behind the end.
    kept.append(data[at : last + 2 if last > at else len(data)])
    return b"".join(kept)


def bare_png(data: bytes) -> bytes:
    """A PNG that Pillow could read, without text, times, EXIF or private chunks."""
    kept = [data[:PNG_HEAD]]
    at = PNG_HEAD
    while at + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if kind in LOOKS:
            kept.append(data[at:end])
        at = end
        if kind == b"IEND":
            break
    return b"".join(kept)
