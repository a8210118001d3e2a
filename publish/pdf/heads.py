"""What stands round a page that is known only when all pages are: sections that begin
on any of them, and numbers that stand elsewhere on the first page of a chapter."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from publish.model import Book, Folios, Head, Heading
from publish.pdf.copy import place
from publish.pdf.document import short
from publish.pdf.fragments import DISPLAY
from publish.pdf.page import Page
from publish.pdf.pagination import BookPage, as_set, folio
from publish.pdf.task import Part
from publish.style import Style
from publish.walk import own_inlines, tied_text


def head_room(page: Page, style: Style) -> Page:
    """The page as far as heads may fill it: less where a number stands beside them."""
    if style.folios is not Folios.HEAD_OUTER:
        return page
    return replace(page, outer=page.outer + _BESIDE * page.size)


# In ems, on both sides: a head stands in the middle.
_BESIDE = 6

Shown = Mapping[tuple[int, int], Mapping[str, str]]
# Of headings: those that part a chapter.
_SECTION = 2


def heads_shown(
    book: Book,
    page: Page,
    style: Style,
    pages: Sequence[BookPage],
    parts: Sequence[Part],
) -> Shown:
    """By fragment and page; nothing where the style asks for nothing of it.

    A left-hand page has the first section that begins on it, a right-hand one the last:
    so they say, together, what an open book holds.
    """
    heads, page = style.heads, head_room(page, style)
    if (
        Head.SECTION not in {heads.left, heads.right}
        and style.folios is not Folios.HEAD_OUTER
    ):
        return {}
    names = {c.name: "" if c.role in DISPLAY else c.title for c in book.chapters}
    sections = dict(_sections(book))
    shown: dict[tuple[int, int], Mapping[str, str]] = {}
    running = ""
    for one in pages:
        if one.fragment is None:
            continue
        done = as_set(one, parts)
        anchors = [*done.anchors] if done else []
        opens = any(anchor in names for anchor in anchors)
        begun = [
            names[a] if a in names else sections[a]
            for a in anchors
            if a in names or a in sections
        ]
        first, running = [*begun, running][0], [running, *begun][-1]
        number = folio(one, book.metadata.language)
        even = first if heads.left is Head.SECTION and not opens else ""
        odd = running if heads.right is Head.SECTION and not opens else ""
        shown[one.fragment, one.index] = {
            "data-folio": "" if opens else number,
            "data-opener": number if opens else "",
            "data-even": short(even, page),
            "data-odd": short(odd, page),
        }
    return shown


def _sections(book: Book) -> Iterator[tuple[str, str]]:
    """The words of each heading of a section, by its id."""
    for chapter in book.chapters:
        for block in chapter.blocks:
            if isinstance(block, Heading) and block.level == _SECTION:
                words = tied_text(own_inlines(block))
                if block.attributes.id and words:
                    yield place(chapter.name, block.attributes.id), words
