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
from publish.drawings import embed_fonts
from publish.epub.accessibility import accessibility
from publish.epub.cover import COVER_ID, cover_page, cover_picture
from publish.epub.document import IMAGES, NEWER_SHEET, STYLE_SHEET
from publish.epub.files import ChapterFile, chapter_files
from publish.epub.fonts import font_resources, font_rules
from publish.epub.kindle import for_kindle
from publish.epub.kobo import for_kobo
from publish.epub.metadata import (
    Statement,
    full_title,
    identifiers,
    page_statements,
    statements,
)
from publish.epub.navigation import nav_resource, ncx_resource
from publish.epub.openers import mark_initials
from publish.epub.package import Package, pack
from publish.epub.pages import NO_PAGES, PageList, page_list
from publish.epub.places import sources_of
from publish.epub.resource import Resource
from publish.epub.split import part_long
from publish.epub.titles import document_titles
from publish.flow import Paging
from publish.images.lighten import lighten_images
from publish.language import direction
from publish.model import Book, Edition, NotePlace
from publish.shops import check_size
from publish.style import Style
from publish.transform.endnotes import gather_notes


def render_epub(
    book: Book,
    edition: Edition,
    style: Style,
    executor: Executor | None = None,
    paging: Paging | None = None,
) -> Artifact:
    """The EPUB of *edition*, or what Kindles read. The same input always gives the same
    bytes, but for these.

    executor: who makes the chapters; None for this process
    paging: the pages of print that it tells; None for none
    Raises PublishError where no file for Kindles can be made.
    """
    hands = executor or Here()
    book = lighten_images(_arranged(book, style), hands)
    # Readers who choose their own need none.
    if edition.fonts:
        book = embed_fonts(book, style, hands)
    titles = document_titles(book)
    pages = paging.within(titles) if paging else {}
    chapters = chapter_files(book.chapters, titles, pages, hands)
    listed = page_list(
        paging.source if paging else "",
        ((chapter.resource.path, chapter.pages) for chapter in chapters),
    )
    name = f"{edition.name}.epub"
    packed = pack(_package(book, edition, style, chapters, listed))
    problems = [
        *(problem for chapter in chapters for problem in chapter.problems),
        *check_epub_fonts(packed.file, style, name),
        # Of an EPUB that is put before shops.
        *(() if edition.kindle else check_size(packed.size, name)),
    ]
    sources = tuple(sources_of(book))
    made = Artifact(name, packed, problems=tuple(problems), sources=sources)
    return _finished(made, book, edition)


def draft_epub(
    book: Book, edition: Edition, style: Style, executor: Executor | None = None
) -> Artifact:
    """The same, for a look at it: nobody has seen whether all words are in it, and it
    tells no pages."""
    book = _arranged(book, style)
    titles, hands = document_titles(book), executor or Here()
    chapters = chapter_files(book.chapters, titles, {}, hands, draft=True)
    packed = pack(_package(book, edition, style, chapters, NO_PAGES))
    return _finished(Artifact(f"{edition.name}.epub", packed), book, edition)


def _finished(made: Artifact, book: Book, edition: Edition) -> Artifact:
    if not edition.kindle:
        return made
    return for_kindle(made, identifiers(book.metadata, edition)[0], book.metadata)


def _arranged(book: Book, style: Style) -> Book:
    # There is no foot to set notes at, and readers show them in a window.
    book = gather_notes(book, NotePlace.CHAPTER)
    return mark_initials(book) if style.drop_caps else book


def _package(
    book: Book,
    edition: Edition,
    style: Style,
    chapters: Sequence[ChapterFile],
    pages: PageList,
) -> Package:
    metadata = book.metadata
    title, identifier = full_title(metadata), identifiers(metadata, edition)[0]
    cover = cover_picture(book, style)
    pictures = _pictures(book, cover)
    weights = {f"../{picture.path}": picture.size for picture in pictures}
    whole = [chapter.resource for chapter in chapters]
    files, moved = part_long(whole, lambda address: weights.get(address, 0))
    if edition.kobo:
        files = tuple(map(for_kobo, files))
    front, nav = cover_page(book, cover), moved.mended(nav_resource(book, pages))
    # Readers who choose their own need none.
    fonts = _fonts(book, style, (front, *whole, nav)) if edition.fonts else ()
    return Package(
        identifier=identifier,
        title=title,
        language=metadata.language,
        direction=direction(metadata.language),
        modified=metadata.modified,
        statements=(
            *statements(metadata, edition),
            *page_statements(pages),
            *accessibility(book, pictures, paged=bool(pages.entries)),
            Statement("meta", "", {"name": "cover", "content": COVER_ID}),
        ),
        resources=(
            front,
            *files,
            nav,
            moved.mended(ncx_resource(book, title, identifier, pages)),
            *_sheets(style, fonts, newer="" if edition.kindle else style.newer_css),
            *fonts,
            *pictures,
        ),
    )


def _fonts(book: Book, style: Style, pages: Sequence[Resource]) -> tuple[Resource, ...]:
    """Those that the words on *pages* need: the cover, the chapters, the contents."""
    own = book.metadata.language
    languages = (own, *(chapter.language for chapter in book.chapters), own)
    texts = (page.read().decode() for page in pages)
    return font_resources(style, zip(languages, texts, strict=True))


def _sheets(
    style: Style, fonts: Sequence[Resource], newer: str
) -> tuple[Resource, ...]:
    sheet = f'@charset "utf-8";\n{font_rules(style, fonts)}\n{style.epub_css}'
    return (
        Resource("style", STYLE_SHEET, "text/css", sheet.encode()),
        Resource("style-newer", NEWER_SHEET, "text/css", newer.encode()),
    )


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
