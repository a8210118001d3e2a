"""A whole book as one document of WeasyPrint: what its fragments must add up to.

Heads, folios, blank pages and the numbers in the contents are WeasyPrint's own here: it
counts the pages and follows the links. So are the outline, and where links lead. The
numbers in the text are those of the fragments.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pikepdf

from publish.crew import Files, Work, crew
from publish.images import read_images
from publish.manuscript import read_manuscript
from publish.model import Book, Edition, Format
from publish.parse import parse
from publish.pdf import borrowed
from publish.pdf.compositor import Compositor
from publish.pdf.copy import Copies
from publish.pdf.document import document_of, running_heads
from publish.pdf.finish import finish
from publish.pdf.fragments import Fragment, Kind, cut
from publish.pdf.numbers import Numbers
from publish.pdf.page import Page, page_of
from publish.pdf.setting import Setting
from publish.pdf.sheets import IMAGE, PLACE
from publish.pdf.task import Part, Task
from publish.style import Style
from publish.transform import transform

STARTS = {Kind.START, Kind.DISPLAY_START}
# What the build tells WeasyPrint of one run of pages after the other: which page is
# page 1, and the numbers in the contents. And, to be read by the test, the number of
# every page, off the paper: below it, for it to be a line of its own, and on its left.
SHEET = """
@page :nth(1 of start) { counter-set: page 1 }
@page :nth(1 of display-start) { counter-set: page 1 }
@page {
  @bottom-left-corner {
    content: counter(page) " " counter(page, lower-roman);
    direction: ltr;
    font: 9pt "EB Garamond";
    padding-top: 400pt;
    text-align: left;
    text-indent: -200pt;
    vertical-align: top;
    white-space: nowrap;
  }
}
.p-contents a::after { content: leader(" . ") target-counter(attr(href), page, folio) }
.p-contents a[data-front]::after {
  content: leader(" . ") target-counter(attr(href), page, lower-roman);
}
"""


@dataclass(frozen=True, slots=True)
class Both:
    """made: the PDF as it is made of fragments; whole: the one document
    body: whether page 1 comes behind the roman numbers
    """

    made: bytes
    whole: bytes
    body: bool


def read_book(folder: Path, pictures: Path, blocks: int | None) -> tuple[Book, Edition]:
    """The book and its printed edition.

    pictures: a folder for them; blocks: no more of each chapter
    """
    manuscript = read_manuscript(folder)
    parsed, _ = parse(manuscript)
    chapters = tuple(replace(c, blocks=c.blocks[:blocks]) for c in parsed.chapters)
    parsed = replace(parsed, chapters=chapters, editions=manuscript.editions)
    book, _ = read_images(parsed, manuscript.folder, manuscript.cover, pictures)
    edition = next(e for e in manuscript.editions if e.format is Format.PDF)
    return transform(book), edition


def both_ways(book: Book, edition: Edition, style: Style) -> Both:
    setting = Setting(book, edition, style)
    with crew(2) as executor:
        setting.begin(executor)
        made = setting.finish(executor).data
    fragments = cut(book, style.opening)
    page = page_of(style.page, style.sizes, edition.trim)
    root = one_tree(fragments, book, page, setting.galleys.numbers)
    paths = tuple(c.path for fragment in fragments for c in fragment.chapters)
    setup = setting.bench.setup
    sheets = (*setup.text, setup.furniture[0], setup.furniture[-1], SHEET)
    kit = replace(setting.bench.kit, given=replace(setup, text=sheets))
    pictures = {f"{IMAGE}{image.name}": image.path for image in book.images}
    work = Work(set_whole, kit, Task(root, paths), pictures)
    with crew(1) as executor:
        part = executor.gather([executor.submit(work)])[0]
    with pikepdf.open(io.BytesIO(part.data)) as pdf:
        # Whoever reads it takes the order of the lines after the language.
        whole = finish(pdf, book.metadata, (), accessible=False)
    return Both(made, whole, any(f.kind in STARTS for f in fragments))


def set_whole(compositor: Compositor, task: Task, files: Files) -> Part:
    """In a process of its own, with more of WeasyPrint in it than fragments have."""
    from weasyprint.layout import LayoutContext  # noqa: PLC0415

    # WeasyPrint 70 takes a break between two pages of one name for a forced one, if it
    # falls into a block, and keeps a margin at the head of the next page. Fragments
    # have no named pages.
    LayoutContext.forced_break = property(_is_forced, lambda _context, _value: None)
    borrowed.build_fonts_dictionary = _with_fonts  # type: ignore[attr-defined]
    return compositor.set(task, files)


def _is_forced(context: Any) -> bool:
    _, following, *_ = context.page_maker[context.current_page - 1]
    return bool(following["break"] != "any")


def _with_fonts(pdf: Any, fonts: Mapping[Any, Any], *more: Any) -> Any:
    """Let WeasyPrint embed the fonts that fragments borrow."""
    from weasyprint.pdf.fonts import build_fonts_dictionary  # noqa: PLC0415
    from weasyprint.text.fonts import get_hb_object_data  # noqa: PLC0415

    for font in fonts.values():
        if not font.file_content:
            font.file_content = get_hb_object_data(font.hb_face)
            del font.clean
    return build_fonts_dictionary(pdf, fonts, *more)


def one_tree(
    fragments: Sequence[Fragment],
    book: Book,
    page: Page,
    numbers: Sequence[Numbers],
) -> Element:
    """The documents of the fragments as one, which says itself what stands over its
    pages, and in which links lead to their places.

    numbers: of pages, in the text of each fragment
    """
    copies = Copies(book, page)
    documents = [
        document_of(copies.of(fragment, known)).root
        for fragment, known in zip(fragments, numbers, strict=True)
    ]
    root, body = Element("html", documents[0].attrib), Element("body")
    root.append(body)
    for fragment, document in zip(fragments, documents, strict=True):
        for division in document.iterfind("body/div"):
            recto = " recto" if fragment.recto else ""
            division.set("class", f"{fragment.kind}{recto}")
            body.append(division)
    heads = {c.name: running_heads(c, book, page) for c in book.chapters}
    front = set(_roman_chapters(fragments))
    for element in body.iter():
        if element.get("class") == "p-mark":
            left, right = heads[element.get("id", "")]
            element.set("data-book", left)
            element.set("data-title", right)
        if address := element.get("href", ""):
            place = address.removeprefix(PLACE).removeprefix("#")
            if address.startswith(PLACE):
                element.set("href", f"#{place}")
            if place.partition(":")[0] in front:
                element.set("data-front", "")
    return root


def _roman_chapters(fragments: Sequence[Fragment]) -> list[str]:
    """The names of the chapters before page 1."""
    names: list[str] = []
    for fragment in fragments:
        if fragment.kind in STARTS:
            break
        names += (chapter.name for chapter in fragment.chapters)
    return names
