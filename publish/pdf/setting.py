"""Set a whole book: document, sheets, WeasyPrint, finish."""

from collections.abc import Mapping
from functools import partial

from publish.artifact import Artifact
from publish.fonts import Face
from publish.images import image_bytes
from publish.language import direction
from publish.model import Book, Edition, ImageFile
from publish.pdf.document import document_of
from publish.pdf.finish import finish
from publish.pdf.messages import problems_of
from publish.pdf.page import page_of
from publish.pdf.sheets import FONT, IMAGE, font_css, page_css, used_faces
from publish.pdf.typeset import typeset
from publish.style import Style
from publish.words import lost_in_document, lost_in_layout, lost_in_pages


def set_book(book: Book, edition: Edition, style: Style) -> Artifact:
    """The PDF of *edition*, with what there is to say about it."""
    name, language = f"{edition.name}.pdf", book.metadata.language
    page = page_of(style.page, edition.trim)
    document = document_of(book, page)
    faces = used_faces(style, frozenset("".join(document.root.itertext())))
    sheets = (
        font_css(faces),
        page_css(page, style.opening, language),
        style.text_css,
        style.furniture_css,
    )
    images = {image.name: image for image in book.images}
    made = typeset(document.root, sheets, partial(_serve, faces, images))
    data = finish(
        made.data,
        body=made.places.get(document.start, 0),
        right_to_left=direction(language) == "rtl",
        modified=book.metadata.modified,
    )
    problems = (
        *document.problems,
        *problems_of(made.log, book, name),
        *(p for section in document.sections for p in lost_in_document(*section)),
        *lost_in_layout(document.sections, made.runs),
        *lost_in_pages(made.runs, data, name),
    )
    return Artifact(name, data, made.pages, problems)


def _serve(
    faces: tuple[Face, ...], images: Mapping[str, ImageFile], url: str
) -> bytes | None:
    if url.startswith(FONT):
        return faces[int(url.removeprefix(FONT))].path.read_bytes()
    image = images.get(url.removeprefix(IMAGE)) if url.startswith(IMAGE) else None
    return image_bytes(image) if image else None
