"""Set a whole book: document, sheets, WeasyPrint, finish."""

from collections.abc import Mapping
from functools import partial

from publish.access import wordless
from publish.artifact import Artifact
from publish.check_fonts import check_pdf_fonts
from publish.fonts import Face
from publish.images import image_bytes
from publish.model import Book, Edition, ImageFile
from publish.pdf.document import document_of
from publish.pdf.finish import finish
from publish.pdf.messages import lacks_glyphs, problems_of
from publish.pdf.page import page_of
from publish.pdf.sheets import FONT, IMAGE, filled, font_css, page_css, used_faces
from publish.pdf.typeset import typeset
from publish.style import Style
from publish.words import lost_in_document, lost_in_layout, lost_in_pages


def set_book(book: Book, edition: Edition, style: Style) -> Artifact:
    """The PDF of *edition*, with what there is to say about it."""
    name, language = f"{edition.name}.pdf", book.metadata.language
    page = page_of(style.page, style.sizes, edition.trim)
    document = document_of(book, page)
    faces = used_faces(style, frozenset("".join(document.root.itertext())))
    sheets = (
        font_css(faces),
        page_css(page, style.opening, language),
        filled(style.text_css, page),
        style.furniture_css,
    )
    images = {image.name: image for image in book.images}
    made = typeset(document.root, sheets, partial(_serve, faces, images))
    said = tuple(problems_of(made.log, book, style, name))
    data = finish(
        made.data,
        book.metadata,
        body=made.places.get(document.start, 0),
        accessible=not lacks_glyphs(made.log) and not _is_wordless(book),
    )
    problems = (
        *document.problems,
        *said,
        *(p for section in document.sections for p in lost_in_document(*section)),
        *lost_in_layout(document.sections, made.runs),
        *lost_in_pages(made.runs, data, name),
        *check_pdf_fonts(data, style, name),
    )
    return Artifact(name, data, made.pages, problems)


def _is_wordless(book: Book) -> bool:
    """Whether something is in the book that only its author could put into words."""
    return any(thing for chapter in book.chapters for thing in wordless(chapter))


def _serve(
    faces: tuple[Face, ...], images: Mapping[str, ImageFile], url: str
) -> bytes | None:
    if url.startswith(FONT):
        return faces[int(url.removeprefix(FONT))].path.read_bytes()
    image = images.get(url.removeprefix(IMAGE)) if url.startswith(IMAGE) else None
    return image_bytes(image) if image else None
