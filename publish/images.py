"""Open the pictures that a book names. The only module that knows Pillow.

What leaves here holds the picture and nothing about the camera, the place or the
person: see `image_bytes`.
"""

import gzip
import hashlib
import io
import math
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from PIL import Image as Pillow
from PIL import ImageOps

from publish.addresses import leaves_the_book, picture_paths
from publish.model import Book, Image, ImageFile
from publish.problems import Position, Problem
from publish.strip import bare_jpeg, bare_png
from publish.svg import BadDrawingError, clean_svg, svg_size
from publish.walk import chapter_inlines

# Pixels a picture may have in Apple Books (Asset Guide 5.3, September 2023).
MOST_PIXELS = 5_600_000
# Above this, no eye tells it from the original at book sizes.
JPEG_QUALITY = 90
SVG = "image/svg+xml"
ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", SVG: ".svg"}
GZIP = b"\x1f\x8b"
# EXIF's orientations that turn a picture by a quarter (EXIF 2.32, tag 0x0112).
SIDEWAYS = frozenset({5, 6, 7, 8})
ORIENTATION = 0x0112


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
        path = next((path for path in paths if (self.folder / path).is_file()), None)
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

    def open(self, path: Path, sources: tuple[str, ...]) -> ImageFile:
        """Raises BadPictureError."""
        if not path.resolve().is_relative_to(self.root):
            raise BadPictureError("it lies outside the book's folder")
        data = path.read_bytes()
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

    def _missing(self, at: Position, src: str, paths: Sequence[str]) -> Problem:
        folder = (self.folder / paths[0]).parent
        near: list[str] = []
        if folder.is_dir() and folder.resolve().is_relative_to(self.root):
            names = sorted(entry.name for entry in folder.iterdir())
            near = get_close_matches(Path(paths[0]).name, names, n=1)
        hint = f"there is `{near[0]}` in that folder" if near else ""
        return Problem(at, "no-picture", f"there is no picture `{src}`", hint)


def _refused(at: Position, src: str) -> Problem:
    if src.startswith("data:"):
        message = "a picture written into the text itself cannot be used"
        hint = "save it as a file in the book's folder"
        return Problem(at, "broken-picture", message, hint)
    message = f"the picture `{src}` is not in the book's folder"
    hint = "a book must not fetch anything: save the picture beside the text"
    return Problem(at, "remote-picture", message, hint)


def _inspect(data: bytes) -> tuple[str, int, int]:
    """Media type it will have in the book, width and height in pixels as shown.

    Raises BadPictureError.
    """
    if _is_svg(data):
        try:
            width, height = svg_size(clean_svg(_unzipped(data)))
        except BadDrawingError as fault:
            raise BadPictureError(str(fault)) from fault
        return SVG, width, height
    _check_whole(data)
    with _opened(data) as picture:
        width, height = picture.size
        if _orientation(picture) in SIDEWAYS:
            width, height = height, width
        media_type = _media_type(picture)
    scale = _scale(width, height)
    return media_type, round(width * scale), round(height * scale)


def image_bytes(file: ImageFile) -> bytes:
    """The picture as the outputs show it: upright, sRGB, within `MOST_PIXELS`, bare.

    A JPEG or PNG that needs no other change only loses its metadata; no pixel changes.
    """
    data = file.path.read_bytes()
    if file.media_type == SVG:
        return clean_svg(_unzipped(data))
    with _opened(data) as picture:
        if file.media_type == "image/gif":
            return data
        if _fits(picture, file.media_type):
            return bare_jpeg(data) if picture.format == "JPEG" else bare_png(data)
        return _converted(picture, file.media_type)


def _opened(data: bytes) -> Pillow.Image:
    return Pillow.open(io.BytesIO(data))


def _check_whole(data: bytes) -> None:
    """Decode a copy, so that a file cut short is found here and not by a reader.

    Raises BadPictureError.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            with _opened(data) as picture:
                # An eighth of a JPEG's size decodes many times faster, and fails too.
                picture.draft("L", (picture.width // 8, picture.height // 8))
                picture.load()
    # A broken file can make any part of a decoder fail in any way.
    except Exception as error:
        raise BadPictureError("it is no picture, or a broken one") from error


def _is_svg(data: bytes) -> bool:
    return b"<svg" in _unzipped(data)[:4096]


def _unzipped(data: bytes) -> bytes:
    if not data.startswith(GZIP):
        return data
    try:
        return gzip.decompress(data)
    except (OSError, EOFError) as error:
        raise BadPictureError("it is packed, and the packing is broken") from error


def _media_type(picture: Pillow.Image) -> str:
    if picture.format == "GIF" and getattr(picture, "is_animated", False):
        return "image/gif"
    if picture.format == "JPEG":
        return "image/jpeg"
    photograph = picture.format in {"WEBP", "AVIF"} and not _transparent(picture)
    return "image/jpeg" if photograph else "image/png"


def _transparent(picture: Pillow.Image) -> bool:
    return picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info


def _orientation(picture: Pillow.Image) -> int:
    return int(picture.getexif().get(ORIENTATION, 1))


def _scale(width: int, height: int) -> float:
    pixels = width * height
    return 1.0 if pixels <= MOST_PIXELS else math.sqrt(MOST_PIXELS / pixels)


def _fits(picture: Pillow.Image, media_type: str) -> bool:
    return (
        picture.format is not None
        and media_type == f"image/{picture.format.lower()}"
        and picture.mode not in {"CMYK", "YCCK"}
        and _scale(*picture.size) == 1.0
        and _orientation(picture) == 1
    )


def _converted(picture: Pillow.Image, media_type: str) -> bytes:
    upright = ImageOps.exif_transpose(picture)
    scale = _scale(*upright.size)
    if scale != 1.0:
        size = (round(upright.width * scale), round(upright.height * scale))
        upright = _colours(upright, media_type).resize(size, Pillow.Resampling.LANCZOS)
    upright = _colours(upright, media_type)
    upright.info = {}
    packed = io.BytesIO()
    if media_type == "image/jpeg":
        upright.save(packed, "JPEG", quality=JPEG_QUALITY, optimize=True)
    else:
        upright.save(packed, "PNG", optimize=True)
    return packed.getvalue()


def _colours(picture: Pillow.Image, media_type: str) -> Pillow.Image:
    if media_type == "image/jpeg":
        return picture if picture.mode in {"L", "RGB"} else picture.convert("RGB")
    if picture.mode in {"1", "L", "LA", "RGB", "RGBA"}:
        return picture
    return picture.convert("RGBA" if _transparent(picture) else "RGB")
