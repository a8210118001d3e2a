"""The pictures of a book as a press prints them: on paper, and in its inks."""

import io
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image as Pillow

from publish.crew import NO_KIT, Executor, Files, Work
from publish.images.inks import NO_INKS, Inks, in_grey, in_inks, on_paper
from publish.images.prepare import Prepared
from publish.model import Book, ImageFile, Ink
from publish.svg import MEDIA_TYPE as SVG

# Bytes of a picture that are made ready in a millisecond.
_BYTES = 4_000
# Of a photograph that is saved once more: no grain of it is lost that a screen of 150
# lines to the inch could show.
_QUALITY = 95


_PICTURE = "picture"


def press_images(
    book: Book, ink: Ink, executor: Executor, inks: Inks = NO_INKS
) -> Book:
    """The same book, its pictures without glass, and without colour where there is
    black ink alone. Their files lie in a folder beside those of which they are made.

    inks: into which colours are turned
    """
    begun: list[tuple[ImageFile, Future[Prepared] | None]] = [
        (image, _begun(image, ink, inks, executor)) for image in book.images
    ]
    folder = f"press-{ink}-{inks.digest[:8]}-{inks.most:g}"
    return replace(
        book,
        images=tuple(
            image
            if future is None
            else _put_away(image, folder, executor.gather([future])[0])
            for image, future in begun
        ),
    )


@dataclass(frozen=True, slots=True)
class _Wanted:
    ink: Ink
    inks: Inks

    def spelt(self) -> Iterator[str]:
        yield self.ink
        yield f"{self.inks.digest} {self.inks.most}"


def _begun(
    image: ImageFile, ink: Ink, inks: Inks, executor: Executor
) -> "Future[Prepared] | None":
    if image.media_type == SVG:
        return None
    weight = image.path.stat().st_size // _BYTES
    files = {_PICTURE: image.path}
    work = Work(_pressed, NO_KIT, _Wanted(ink, inks), files, weight, here=True)
    return executor.submit(work)


def _pressed(_kit: None, wanted: _Wanted, files: Files) -> Prepared:
    return press(files[_PICTURE].read_bytes(), wanted.ink, wanted.inks)


def press(data: bytes, ink: Ink, inks: Inks = NO_INKS) -> Prepared:
    """data: a picture as `prepare` leaves it; inks: as in `press_images`"""
    with Pillow.open(io.BytesIO(data)) as picture:
        picture.load()
        icc = picture.info.get("icc_profile", b"")
        shown = on_paper(picture)
        if ink is Ink.BLACK:
            shown = in_grey(shown, icc)
        elif inks.profile and shown.mode == "RGB":
            shown = in_inks(shown, icc, inks)
        if shown is picture:
            return Prepared(data, f"image/{picture.format}".lower(), *picture.size)
        made = io.BytesIO()
        # No other kind of file holds inks.
        if picture.format == "JPEG" or shown.mode == "CMYK":
            kind = "image/jpeg"
            shown.save(made, "JPEG", quality=_QUALITY, subsampling=0, optimize=True)
        else:
            kind = "image/png"
            shown.save(made, "PNG")
    return Prepared(made.getvalue(), kind, *shown.size)


def _put_away(image: ImageFile, folder: str, done: Prepared) -> ImageFile:
    path = image.path.parent / folder / Path(image.name).name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(done.data)
    return replace(
        image,
        path=path,
        media_type=done.media_type,
        width=done.width,
        height=done.height,
    )
