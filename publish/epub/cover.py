"""The cover: its picture, and the page that shows it."""

from pathlib import Path

from publish.cover import INSIDE, typographic_cover
from publish.epub.document import COVER, IMAGES, XHTML, document
from publish.epub.metadata import full_title
from publish.epub.resource import Resource
from publish.language import labels
from publish.model import Book
from publish.style import Style
from publish.xhtml import escape

# Kindle and Kobo look for this id through `<meta name="cover">`.
COVER_ID = "cover-image"


def cover_picture(book: Book, style: Style) -> Resource:
    """The author's picture, or one made of title, subtitle and authors."""
    data: bytes | Path
    if file := book.cover:
        name, media_type, data = file.name, file.media_type, file.path
    else:
        names = {image.name for image in book.images}
        name = next(n for n in ("cover.png", "typographic-cover.png") if n not in names)
        media_type, data = "image/png", typographic_cover(book.metadata, style, INSIDE)
    return Resource(COVER_ID, f"{IMAGES}/{name}", media_type, data, ("cover-image",))


def cover_page(book: Book, picture: Resource) -> Resource:
    """The page that a reading system opens first."""
    metadata = book.metadata
    words = labels(metadata.language)
    alt = " – ".join(filter(None, (full_title(metadata), ", ".join(metadata.authors))))
    body = (
        '<section class="cover" epub:type="cover">\n'
        f'<img src="{picture.path}" alt="{escape(alt)}" role="doc-cover" />\n'
        "</section>"
    )
    text = document(words.cover, metadata.language, body, up="")
    return Resource("cover", COVER, XHTML, text.encode(), in_spine=True)
