"""Render a book as EPUB 3.3.

chapters ─┐
cover ────┤
fonts ────┼─> resources ─ package ─> repack ─> bytes
nav, NCX ─┘       metadata ─┘
"""

from collections.abc import Sequence

from publish.artifact import Artifact
from publish.check_fonts import check_epub_fonts
from publish.crew import Executor, Here
from publish.epub.accessibility import accessibility
from publish.epub.cover import COVER_ID, cover_page, cover_picture
from publish.epub.document import IMAGES, NEWER_SHEET, STYLE_SHEET
from publish.epub.files import chapter_files
from publish.epub.fonts import font_resources, font_rules
from publish.epub.metadata import Statement, full_title, identifiers, statements
from publish.epub.navigation import nav_resource, ncx_resource
from publish.epub.package import Package, pack
from publish.epub.resource import Resource
from publish.epub.titles import document_titles
from publish.language import direction
from publish.model import FINAL, Book, Edition, NotePlace, Proof
from publish.style import Style
from publish.transform.endnotes import gather_notes


def render_epub(
    book: Book,
    edition: Edition,
    style: Style,
    executor: Executor | None = None,
    proof: Proof = FINAL,
) -> Artifact:
    """The EPUB of *edition*. The same input always gives the same bytes.

    executor: who makes the chapters; None for this process
    proof: an EPUB is always whole, and as a draft it is not looked into
    """
    # There is no foot to set notes at, and readers show them in a window.
    book = gather_notes(book, NotePlace.CHAPTER)
    titles, hands = document_titles(book), executor or Here()
    chapters = chapter_files(book.chapters, titles, hands, draft=proof.draft)
    pages = [chapter.resource for chapter in chapters]
    name, data = f"{edition.name}.epub", pack(_package(book, edition, style, pages))
    if proof.draft:
        return Artifact(name, data)
    problems = [
        *(problem for chapter in chapters for problem in chapter.problems),
        *check_epub_fonts(data, style, name),
    ]
    return Artifact(name, data, problems=tuple(problems))


def _package(
    book: Book, edition: Edition, style: Style, chapters: Sequence[Resource]
) -> Package:
    metadata = book.metadata
    title, identifier = full_title(metadata), identifiers(metadata, edition)[0]
    cover = cover_picture(book, style)
    pages = (cover_page(book, cover), *chapters, nav_resource(book))
    pictures = _pictures(book, cover)
    return Package(
        identifier=identifier,
        title=title,
        language=metadata.language,
        direction=direction(metadata.language),
        modified=metadata.modified,
        statements=(
            *statements(metadata, edition),
            *accessibility(book, pictures),
            Statement("meta", "", {"name": "cover", "content": COVER_ID}),
        ),
        resources=(
            *pages,
            ncx_resource(book, title, identifier),
            *_look(book, style, pages),
            *pictures,
        ),
    )


def _look(book: Book, style: Style, pages: Sequence[Resource]) -> tuple[Resource, ...]:
    """The style sheets and their fonts."""
    own = book.metadata.language
    languages = (own, *(chapter.language for chapter in book.chapters), own)
    texts = (page.read().decode() for page in pages)
    fonts = font_resources(style, zip(languages, texts, strict=True))
    sheet = f'@charset "utf-8";\n{font_rules(style, fonts)}\n{style.epub_css}'
    return (
        Resource("style", STYLE_SHEET, "text/css", sheet.encode()),
        Resource("style-newer", NEWER_SHEET, "text/css", _newer(style).encode()),
        *fonts,
    )


def _newer(style: Style) -> str:
    """The sheet that a style may have besides, for reading systems that know more."""
    path = style.folder / "epub-newer.css"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _pictures(book: Book, cover: Resource) -> tuple[Resource, ...]:
    """The cover's picture, then those of the text. A picture can be both."""
    return cover, *(
        Resource(
            f"image-{image.name}",
            f"{IMAGES}/{image.name}",
            image.media_type,
            image.path,
        )
        for image in book.images
        if f"{IMAGES}/{image.name}" != cover.path
    )
