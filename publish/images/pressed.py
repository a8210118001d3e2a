"""The pictures of a book as a press prints them: on paper, and in its inks."""

import io
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from PIL import Image as Pillow
from PIL import ImageCms

from publish.crew import NO_KIT, Executor, Files, Work
from publish.images.prepare import Prepared
from publish.model import Book, ImageFile, Ink
from publish.svg import MEDIA_TYPE as SVG

# Bytes of a picture that are made ready in a millisecond.
_BYTES = 4_000
# Of a photograph that is saved once more: no grain of it is lost that a screen of 150
# lines to the inch could show.
_QUALITY = 95


def press_images(book: Book, ink: Ink, executor: Executor) -> Book:
    """The same book, its pictures without glass, and without colour where there is
    black ink alone. Their files lie in a folder beside those of which they are made."""
    begun: list[tuple[ImageFile, Future[Prepared] | None]] = [
        (image, _begun(image, ink, executor)) for image in book.images
    ]
    return replace(
        book,
        images=tuple(
            image
            if future is None
            else _put_away(image, ink, executor.gather([future])[0])
            for image, future in begun
        ),
    )


@dataclass(frozen=True, slots=True)
class _Plain:
    data: bytes
    ink: Ink

    def spelt(self) -> Iterator[str]:
        yield sha256(self.data).hexdigest()
        yield self.ink


def _begun(image: ImageFile, ink: Ink, executor: Executor) -> "Future[Prepared] | None":
    if image.media_type == SVG:
        return None
    plain = _Plain(image.path.read_bytes(), ink)
    weight = len(plain.data) // _BYTES
    return executor.submit(Work(_pressed, NO_KIT, plain, weight=weight, here=True))


def _pressed(_kit: None, plain: _Plain, _files: Files) -> Prepared:
    return press(plain.data, plain.ink)


def press(data: bytes, ink: Ink) -> Prepared:
    """data: a picture as `prepare` leaves it"""
    with Pillow.open(io.BytesIO(data)) as picture:
        picture.load()
        kind = f"image/{picture.format}".lower()
        on_paper = _on_paper(picture)
        shown = _grey(on_paper) if ink is Ink.BLACK else on_paper
        if shown is picture:
            return Prepared(data, kind, *picture.size)
        made = io.BytesIO()
        if picture.format == "JPEG":
            shown.save(made, "JPEG", quality=_QUALITY, subsampling=0, optimize=True)
        else:
            kind = "image/png"
            shown.save(made, "PNG")
    return Prepared(made.getvalue(), kind, *shown.size)


def _on_paper(picture: Pillow.Image) -> Pillow.Image:
    """What shines through shows the white of the paper."""
    if not picture.has_transparency_data:
        return picture
    over = picture.convert("RGBA")
    paper = Pillow.new("RGBA", over.size, "white")
    return Pillow.alpha_composite(paper, over).convert("RGB")


def _grey(picture: Pillow.Image) -> Pillow.Image:
    if picture.mode in {"1", "L"}:
        return picture
    if picture.mode.startswith("I") or picture.mode == "F":
        # Sixteen bits, of which paper holds eight.
        return picture.point(lambda value: value / 256).convert("L")
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in {"RGB", "CMYK"}:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            screen = ImageCms.createProfile("sRGB")
            done = ImageCms.profileToProfile(picture, own, screen, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            done = None
        if done is not None:
            return done.convert("L")
    return picture.convert("L")


def _put_away(image: ImageFile, ink: Ink, done: Prepared) -> ImageFile:
    path = image.path.parent / f"press-{ink}" / Path(image.name).name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(done.data)
    return replace(
        image,
        path=path,
        media_type=done.media_type,
        width=done.width,
        height=done.height,
    )
