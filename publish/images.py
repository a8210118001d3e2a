"""Open the pictures that a book names. The only module that knows Pillow.

What leaves here holds the picture and nothing about the camera, the place or the
person: see `image_bytes`.
"""

import hashlib
import io
import math
import os
import re
import warnings
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from PIL import Image as Pillow
from PIL import ImageCms

from publish.addresses import leaves_the_book, name_key, picture_paths
from publish.files import is_finished, other_kind
from publish.model import Book, Image, ImageFile
from publish.problems import Position, Problem
from publish.strip import TornPictureError, bare
from publish.svg import BadDrawingError, clean_svg, svg_size
from publish.walk import chapter_inlines

# Pixels a picture may have in Apple Books (Asset Guide 5.3, September 2023).
MOST_PIXELS = 5_600_000
# Above this, no eye tells it from the original at book sizes.
JPEG_QUALITY = 90
SVG = "image/svg+xml"
ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", SVG: ".svg"}
DRAWING = re.compile(rb"<(?:\w+:)?svg[\s>]")
GZIP = b"\x1f\x8b"
# How zlib is told to expect gzip's own head, with the largest window.
GZIP_WINDOW = 16 + zlib.MAX_WBITS
# Bytes to which a packed drawing may grow; the largest maps have a tenth of it.
MOST_UNPACKED = 100_000_000
# What an author may have meant by a name that is no picture.
PICTURES = frozenset(
    {".jpg", ".jpeg", ".png", ".gif", ".svg", ".svgz", ".webp", ".avif", ".tif"}
    | {".tiff", ".bmp"}
)
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


class BadPictureError(Exception):
    """Bytes that cannot be shown. Its text says why, in the author's words."""


def read_images(
    book: Book, folder: Path, cover: Path | None
) -> tuple[Book, tuple[Problem, ...]]:
    """Open every picture that the book names below *folder*, and its cover.

    Pictures that are missing, broken, remote or outside the folder are problems at
    each place that names them, and no `ImageFile`.
    """
    shelf = _Shelf(folder)
    problems: list[Problem] = []
    for chapter in book.chapters:
        for inline in chapter_inlines(chapter):
            if isinstance(inline, Image):
                at = Position(chapter.path, inline.line)
                problems += shelf.take(at, chapter.source, inline.src)
    files = shelf.files()
    if cover is None:
        return replace(book, images=files), tuple(problems)
    try:
        front = shelf.open(cover, ())
    except BadPictureError as fault:
        message = f"the cover cannot be shown: {fault}"
        problems.append(Problem(Position(cover), "broken-picture", message))
        front = None
    return replace(book, images=files, cover=front), tuple(problems)


class _Shelf:
    """The pictures found so far, each under all names that show it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder.resolve()
        self.by_path: dict[str, ImageFile | BadPictureError] = {}
        self.by_digest: dict[str, ImageFile] = {}
        self.names: set[str] = set()

    def files(self) -> tuple[ImageFile, ...]:
        return tuple(self.by_digest.values())

    def take(self, at: Position, chapter: str, src: str) -> Iterator[Problem]:
        """Put the picture on the shelf, or say why not."""
        if leaves_the_book(src):
            yield _refused(at, src)
            return
        paths = list(dict.fromkeys(picture_paths(chapter, src)))
        if any(map(is_finished, paths)):
            yield _finished(at, src)
            return
        path = next((path for path in paths if self._has(path)), None)
        if path is None:
            yield self._missing(at, src, paths)
            return
        if path not in self.by_path:
            try:
                self.by_path[path] = self.open(self.folder / path, (path,))
            except BadPictureError as fault:
                self.by_path[path] = fault
        fault_or_file = self.by_path[path]
        if isinstance(fault_or_file, BadPictureError):
            message = f"the picture `{src}` cannot be shown: {fault_or_file}"
            yield Problem(at, "broken-picture", message)

    def _has(self, path: str) -> bool:
        try:
            return (self.folder / path).is_file()
        # A name that is too long, or a folder that is locked.
        except OSError:
            return False

    def open(self, path: Path, sources: tuple[str, ...]) -> ImageFile:
        """Raises BadPictureError."""
        if not path.resolve().is_relative_to(self.root):
            raise BadPictureError("it lies outside the book's folder")
        try:
            data = path.read_bytes()
        except OSError as error:
            raise BadPictureError(f"it cannot be read ({error.strerror})") from error
        digest = hashlib.sha256(data).hexdigest()
        known = self.by_digest.get(digest)
        if known is None:
            media_type, width, height = _inspect(data)
            name = self._name(path.stem, ENDINGS[media_type])
            known = ImageFile(name, path, (), media_type, width, height)
        file = replace(known, sources=(*known.sources, *sources))
        if sources:
            self.by_digest[digest] = file
        return file

    def _name(self, stem: str, ending: str) -> str:
        word = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-") or "picture"
        name, number = f"{word}{ending}", 1
        while name in self.names:
            number += 1
            name = f"{word}-{number}{ending}"
        self.names.add(name)
        return name

    def _missing(self, at: Position, src: str, paths: Iterable[str]) -> Problem:
        kind = next(filter(None, (other_kind(self.folder / p) for p in paths)), "")
        if kind:
            message = f"the picture `{src}` cannot be shown: it is {kind}, no file"
            return Problem(at, "broken-picture", message)
        wanted = name_key(src.replace("\\", "/").rpartition("/")[2])
        near = get_close_matches(wanted, self.pictures, n=1)
        hint = (
            f"there is `{self.pictures[near[0]]}` in the book's folder" if near else ""
        )
        return Problem(at, "no-picture", f"there is no picture `{src}`", hint)

    @cached_property
    def pictures(self) -> dict[str, str]:
        """Every picture of the folder: its path by what its name is compared by."""
        found: dict[str, str] = {}
        for folder, inner, names in os.walk(self.folder):
            inner[:] = sorted(name for name in inner if not name.startswith("."))
            for name in sorted(names):
                path = Path(folder, name)
                if path.suffix.lower() in PICTURES and not other_kind(path):
                    place = path.relative_to(self.folder).as_posix()
                    found.setdefault(name_key(name), place)
        return found


def _refused(at: Position, src: str) -> Problem:
    if src.startswith("data:"):
        message = "a picture written into the text itself cannot be used"
        hint = "save it as a file in the book's folder"
        return Problem(at, "broken-picture", message, hint)
    message = f"the picture `{src}` is not in the book's folder"
    hint = "a book must not fetch anything: save the picture beside the text"
    return Problem(at, "remote-picture", message, hint)


def _finished(at: Position, src: str) -> Problem:
    message = f"the picture `{src}` cannot be shown: a PDF or EPUB is no picture"
    hint = "save the picture in it as SVG, PNG or JPEG"
    return Problem(at, "broken-picture", message, hint)


def _inspect(data: bytes) -> tuple[str, int, int]:
    """Media type it will have in the book, width and height in pixels as shown.

    Raises BadPictureError.
    """
    data = _unzipped(data)
    if _is_svg(data):
        try:
            width, height = svg_size(clean_svg(data))
        except BadDrawingError as fault:
            raise BadPictureError(str(fault)) from fault
        return SVG, width, height
    _check_whole(data)
    with _opened(data) as picture:
        width, height = _upright(picture)
        media_type = _media_type(picture)
    return media_type, *_within(width, height)


def image_bytes(file: ImageFile) -> bytes:
    """The picture as the outputs show it: upright, within `MOST_PIXELS`, bare.

    One that needs no other change only loses its metadata; no pixel changes.
    """
    data = _unzipped(file.path.read_bytes())
    if file.media_type == SVG:
        return clean_svg(data)
    with _opened(data) as picture:
        if file.media_type == "image/gif" or _fits(picture, file.media_type):
            # One so odd that Pillow alone makes sense of it is written anew.
            with suppress(TornPictureError):
                stripped = bare(data)
                assert stripped is not None, "JPEG, PNG and GIF can be stripped"
                return stripped
        return _converted(picture, file.media_type)


@contextmanager
def _opened(data: bytes) -> Iterator[Pillow.Image]:
    """The picture, while nothing is said of what is odd in a file that can be shown."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Pillow.DecompressionBombWarning)
        with Pillow.open(io.BytesIO(data)) as picture:
            yield picture


def _check_whole(data: bytes) -> None:
    """Decode a copy, so that a file cut short is found here and not by a reader.

    Raises BadPictureError.
    """
    try:
        with _opened(data) as picture:
            # An eighth of a JPEG's size decodes many times faster, and fails too.
            eighth = max(1, picture.width // 8), max(1, picture.height // 8)
            picture.draft("L", eighth)
            picture.load()
    except (Pillow.DecompressionBombWarning, Pillow.DecompressionBombError) as error:
        most = f"{(Pillow.MAX_IMAGE_PIXELS or 0) // 1_000_000} million"
        raise BadPictureError(f"it has more than {most} pixels") from error
    # A broken file can make any part of a decoder fail in any way.
    except Exception as error:
        raise BadPictureError("it is no picture, or a broken one") from error


def _is_svg(data: bytes) -> bool:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        data = data.decode("utf-16", "replace").encode()
    start = data[:100].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"<") and DRAWING.search(data) is not None


def _unzipped(data: bytes) -> bytes:
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


def _orientation(picture: Pillow.Image) -> int:
    try:
        turned = picture.getexif().get(ORIENTATION, 1)
    # Broken EXIF says nothing, and may fail in any way; the picture is whole.
    except Exception:
        return 1
    return turned if isinstance(turned, int) and turned in TURNS else 1


def _upright(picture: Pillow.Image) -> tuple[int, int]:
    width, height = picture.size
    return (height, width) if _orientation(picture) in SIDEWAYS else (width, height)


def _within(width: int, height: int) -> tuple[int, int]:
    """The size in pixels that the shops allow, of the same shape."""
    scale = min(1.0, math.sqrt(MOST_PIXELS / (width * height)))
    return max(1, int(width * scale)), max(1, int(height * scale))


def _fits(picture: Pillow.Image, media_type: str) -> bool:
    return (
        media_type == f"image/{_format(picture).lower()}"
        and picture.mode != "CMYK"
        and _within(*picture.size) == picture.size
        and _orientation(picture) == 1
    )


def _converted(picture: Pillow.Image, media_type: str) -> bytes:
    profile = picture.info.get("icc_profile")
    turn = TURNS[_orientation(picture)]
    size = _within(*_upright(picture))
    coloured = _colours(picture, media_type)
    upright = coloured if turn is None else coloured.transpose(turn)
    if upright.size != size:
        upright = upright.resize(size, Pillow.Resampling.LANCZOS)
    upright.info = {}
    # A profile speaks of the colours it came with; those of ink were made RGB above.
    kept = profile if picture.mode in {"L", "LA", "RGB", "RGBA", "P"} else None
    packed = io.BytesIO()
    if media_type == "image/jpeg":
        upright.save(
            packed, "JPEG", quality=JPEG_QUALITY, optimize=True, icc_profile=kept
        )
    else:
        upright.save(packed, "PNG", icc_profile=kept)
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
