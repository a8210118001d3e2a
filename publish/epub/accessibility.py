"""What the package claims about reading the book without eyes or by other means.

Nothing stands here that was not found in the book: a claim that is always made is
worth nothing to the reader who depends on it.
"""

from collections.abc import Iterable, Iterator

from publish.epub.metadata import Statement
from publish.epub.resource import Resource
from publish.model import Book, Heading, Image, Role
from publish.walk import chapter_inlines

# Marks of pictures that move: an animation chunk of PNG or WebP, an animation element
# of SVG. A GIF comes here only if it moves; the others have become PNG.
_MOVING = {
    "image/gif": (b"GIF8",),
    "image/png": (b"acTL",),
    "image/webp": (b"ANIM",),
    "image/svg+xml": (b"<animate", b"<set"),
}


def accessibility(book: Book, pictures: Iterable[Resource]) -> Iterator[Statement]:
    """The statements of EPUB Accessibility 1.1, section 2, that hold for this book."""
    alts = [
        inline.alt
        for chapter in book.chapters
        if book.images
        for inline in chapter_inlines(chapter)
        if isinstance(inline, Image)
    ]
    described = None not in alts
    yield _claim("accessMode", "textual")
    if alts:
        yield _claim("accessMode", "visual")
    yield _claim("accessModeSufficient", "textual" if described else "textual,visual")
    for feature in _features(book, alts):
        yield _claim("accessibilityFeature", feature)
    still = not any(_moves(picture) for picture in pictures)
    yield _claim("accessibilityHazard", "none" if still else "unknown")


def _claim(name: str, value: str) -> Statement:
    return Statement("meta", value, {"property": f"schema:{name}"})


def _features(book: Book, alts: list[str | None]) -> Iterator[str]:
    yield "tableOfContents"
    yield "readingOrder"
    # The text is text, and the style sheet forbids no reader their own.
    yield "displayTransformability"
    blocks = (block for chapter in book.chapters for block in chapter.blocks)
    if any(isinstance(block, Heading) for block in blocks):
        yield "structuralNavigation"
    if alts and None not in alts:
        yield "alternativeText"
    if any(chapter.role is Role.INDEX for chapter in book.chapters):
        yield "index"


def _moves(picture: Resource) -> bool:
    marks = _MOVING.get(picture.media_type, ())
    return any(mark in picture.data for mark in marks)
