"""The pictures of a book as an e-book carries them: in fewer bytes, the same to see."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from publish.crew import NO_KIT, Executor, Files, Work
from publish.images.compress import JPEG, PNG, compress
from publish.images.prepare import MOST_PIXELS, Prepared
from publish.kinds import every
from publish.model import Book, Chapter, Image, ImageFile, Inline
from publish.walk import Rewrite, rewrite_chapter

# Pictures that are in memory at once, however many there are.
_AT_ONCE = 8
# Bytes that are made smaller in a millisecond.
_BYTES = 4_000
_FOLDER = "light"
# As for a cover that is made of words (`publish.cover.INSIDE`). Of the pictures in the
# text none is alone on its page.
COVER_PIXELS = 10_000_000 // 3


def lighten_images(book: Book, executor: Executor) -> Book:
    """The same book, its pictures lighter. Their files lie in a folder beside those of
    which they are made."""
    works = {image.name: (image, MOST_PIXELS) for image in book.images}
    if book.cover:
        works[book.cover.name] = (book.cover, COVER_PIXELS)
    lighter = dict(_lightened(works.values(), set(works), executor))
    names = {name: light.name for name, light in lighter.items() if light.name != name}
    return replace(
        book,
        images=tuple(
            replace(lighter[image.name], sources=image.sources) for image in book.images
        ),
        cover=lighter[book.cover.name] if book.cover else None,
        chapters=tuple(_renamed(chapter, names) for chapter in book.chapters),
    )


def _lightened(
    works: Iterable[tuple[ImageFile, int]], names: set[str], executor: Executor
) -> Iterator[tuple[str, ImageFile]]:
    """The lighter picture of each, by the name of the heavy one.

    works: pictures, each with the pixels that the lighter one may have
    names: of them all
    """
    begun: deque[tuple[ImageFile, Future[Prepared]]] = deque()

    def first() -> tuple[str, ImageFile]:
        image, future = begun.popleft()
        (light,) = executor.gather([future])
        return image.name, _put_away(image, light, names)

    for image, most in works:
        if image.media_type not in {JPEG, PNG}:
            yield image.name, image
            continue
        if len(begun) == _AT_ONCE:
            yield first()
        begun.append((image, executor.submit(_work(image, most))))
    while begun:
        yield first()


@dataclass(frozen=True, slots=True)
class _Heavy:
    """most: pixels that the lighter one may have"""

    data: bytes
    most: int

    def spelt(self) -> Iterator[str]:
        yield sha256(self.data).hexdigest()
        yield str(self.most)


def _work(image: ImageFile, most: int) -> Work[Prepared]:
    heavy = _Heavy(image.path.read_bytes(), most)
    weight = len(heavy.data) // _BYTES
    return Work(_made_lighter, NO_KIT, heavy, weight=weight, here=True)


def _made_lighter(_kit: None, heavy: _Heavy, _files: Files) -> Prepared:
    return compress(heavy.data, heavy.most)


def _put_away(image: ImageFile, light: Prepared, names: set[str]) -> ImageFile:
    """names: those that are given already, and from now on its own"""
    name = image.name
    if light.media_type != image.media_type:
        name = _name(Path(name).stem, names)
    path = image.path.parent / _FOLDER / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(light.data)
    return replace(
        image,
        name=name,
        path=path,
        media_type=light.media_type,
        width=light.width,
        height=light.height,
    )


def _name(stem: str, names: set[str]) -> str:
    name, number = f"{stem}.jpg", 1
    while name in names:
        number += 1
        name = f"{stem}-{number}.jpg"
    names.add(name)
    return name


def _renamed(chapter: Chapter, names: Mapping[str, str]) -> Chapter:
    shown = (image.file for image in every(chapter, Image))
    if not names or names.keys().isdisjoint(shown):
        return chapter

    def change(inline: Inline) -> Inline:
        if isinstance(inline, Image) and inline.file in names:
            return replace(inline, file=names[inline.file])
        return inline

    return rewrite_chapter(chapter, Rewrite(inline=change))
