"""What a file is by its first bytes, and how large a picture is."""

import re
import struct
from dataclasses import dataclass

# Bytes at the start of a file in which all that is asked here can be found: before
# the size of a JPEG its camera may have written this much.
HEAD = 300_000
_SVG = re.compile(rb"<(?:\w+:)?svg[\s>]")
_HTML = re.compile(rb"<(?:\w+:)?html[\s>]", re.IGNORECASE)
_SIGNS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"\xff\x0a", "image/jxl"),
    (b"\0\0\0\x0cJXL ", "image/jxl"),
    (b"%!PS", "application/postscript"),
    (b"%PDF", "application/pdf"),
    (b"\0\1\0\0", "font/ttf"),
    (b"true", "font/ttf"),
    (b"OTTO", "font/otf"),
    (b"ttcf", "font/collection"),
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
)
_BOX, _BRANDS = slice(4, 8), {b"avif": "image/avif", b"avis": "image/avif"}
# Frames of a JPEG that say its size (ITU-T T.81, table B.1).
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_CMYK = 4


@dataclass(frozen=True, slots=True)
class Picture:
    """width, height: in pixels"""

    width: int
    height: int
    is_cmyk: bool = False


def kind_of(head: bytes) -> str:
    """The media type of a file that begins so; '' when its bytes do not tell."""
    for sign, kind in _SIGNS:
        if head.startswith(sign):
            return kind
    if head.startswith(b"RIFF"):
        return "image/webp" if head[8:12] == b"WEBP" else ""
    if head[_BOX] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    if _SVG.search(head) and not _HTML.search(head):
        return "image/svg+xml"
    return "application/xhtml+xml" if _HTML.search(head[:2000]) else ""


def picture_of(head: bytes) -> Picture | None:
    """The size of a picture of pixels; None when it is none or broken."""
    try:
        match kind_of(head):
            case "image/png":
                return Picture(*struct.unpack(">II", head[16:24]))
            case "image/gif":
                return Picture(*struct.unpack("<HH", head[6:10]))
            case "image/jpeg":
                return _jpeg(head)
            case "image/webp":
                return _webp(head)
    except (struct.error, IndexError):
        pass
    return None


def _jpeg(head: bytes) -> Picture | None:
    at = 2
    while at + 10 <= len(head):
        marker, length = head[at + 1], int.from_bytes(head[at + 2 : at + 4])
        if head[at] != 0xFF:  # noqa: PLR2004 - every marker begins so
            return None
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", head[at + 5 : at + 9])
            return Picture(width, height, head[at + 9] == _CMYK)
        at += 2 + max(2, length) if marker != 0xFF else 1  # noqa: PLR2004 - a filler
    return None


def _webp(head: bytes) -> Picture | None:
    # RFC 9649, 2.5 to 2.7.
    match head[12:16]:
        case b"VP8 ":
            width, height = struct.unpack("<HH", head[26:30])
            return Picture(width & 0x3FFF, height & 0x3FFF)
        case b"VP8L":
            bits = int.from_bytes(head[21:25], "little")
            return Picture((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        case b"VP8X":
            width = int.from_bytes(head[24:27], "little") + 1
            return Picture(width, int.from_bytes(head[27:30], "little") + 1)
    return None
