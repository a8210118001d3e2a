"""What `publish` sets in fragments, as one document and one sheet for anyone."""

import re
from itertools import islice
from xml.etree.ElementTree import Element

from publish.check_letters import letters_of
from publish.fonts import Face
from publish.pdf.copy import Copies
from publish.pdf.document import document_of, running_heads
from publish.pdf.fragments import Fragment, Kind, cut
from publish.pdf.page import Page, page_of
from publish.pdf.sheets import (
    FONT,
    IMAGE,
    filled,
    font_css,
    furniture_css,
    text_css,
    used_faces,
)
from tests.benchmarks.speed.reading import Ready

# What the build knows of the whole book when it makes a part of it, in the words of
# CSS: on which page a chapter begins, and which page is page 1.
WHOLE = """
.p-contents a::after { content: leader(" . ") target-counter(attr(href), page, folio) }
@page :nth(1 of start) { counter-reset: page 1 }
@page :nth(1 of display-start) { counter-reset: page 1 }
"""


def sheet_of(ready: Ready) -> str:
    """All that our sheets say of print, with addresses that anyone can open."""
    style, page = ready.style, _page(ready)
    letters = letters_of(ready.book) | set(ready.book.metadata.title)
    faces = used_faces(style, letters)
    sheets = (
        _with_files(font_css(faces), faces),
        text_css(page),
        filled(style.text_css, page),
        furniture_css(page, ready.book.metadata.language),
        style.furniture_css,
        WHOLE,
    )
    return "\n".join(sheets)


def document_of_all(ready: Ready) -> Element:
    """All fragments one behind the other."""
    book, page = ready.book, _page(ready)
    everything = Fragment(Kind.BODY, book.chapters, recto=True)
    root = document_of(Copies(book, page).of(everything, {})).root
    body = root.find("body")
    assert body is not None, "made by document_of"
    (run,) = body
    body.clear()
    sections = iter(run)
    for fragment in cut(book, ready.style.opening):
        names = f"{fragment.kind} recto" if fragment.recto else fragment.kind.value
        division = Element("div", {"class": names})
        division.extend(islice(sections, len(fragment.chapters)))
        body.append(division)
    _say_heads(root, ready, page)
    files = {image.name: image.path.absolute().as_uri() for image in book.images}
    for image in root.iter("img"):
        image.set("src", files[image.get("src", "").removeprefix(IMAGE)])
    return root


def _page(ready: Ready) -> Page:
    return page_of(ready.style.page, ready.style.sizes, ready.edition.trim)


def _with_files(sheet: str, faces: tuple[Face, ...]) -> str:
    def file(found: re.Match[str]) -> str:
        return faces[int(found[1])].path.as_uri()

    return re.sub(rf"{FONT}(\d+)", file, sheet)


def _say_heads(root: Element, ready: Ready, page: Page) -> None:
    """On the marks where the furniture reads them."""
    chapters = {chapter.name: chapter for chapter in ready.book.chapters}
    for mark in root.iterfind(".//div[@class='p-mark']"):
        book, title = running_heads(chapters[mark.get("id", "")], ready.book, page)
        mark.set("data-book", book)
        mark.set("data-title", title)
