"""The page of an edition, with room for the gutter that its book will need."""

from dataclasses import replace
from pathlib import Path

from publish.kinds import every
from publish.model import Book, CodeBlock, Edition, LeadIn
from publish.pdf.page import Page, page_of, with_margin
from publish.problems import Position, Problem, PublishError
from publish.style import Style
from publish.words import written_text

# In ems: less holds no words.
_LEAST_WIDTH = 8
# Pages of a book to those that its letters would fill, and of each chapter besides: no
# fewer than most have.
_SPARSE, _AROUND = 1.2, 2


def page_with_room(book: Book, edition: Edition, style: Style) -> Page:
    """Raises PublishError where its margins leave no room for text."""
    page = _page(edition, style, 0)
    if page.text_width < _LEAST_WIDTH * page.size or page.is_flat:
        at = Position(Path(f"{edition.name}.pdf"))
        message = "the pages have no room for text beside their margins"
        hint = "choose a larger trim, narrower margins, or a printer that wants less"
        raise PublishError([Problem(at, "no-room", message, hint)])
    if edition.printing is None:
        return page
    return _page(edition, style, _most_pages(book, page, style))


def _page(edition: Edition, style: Style, pages: int) -> Page:
    """pages: as many as the book has at most"""
    design = with_margin(style.page, edition.trim, edition.margin)
    page = page_of(design, style.sizes, edition.trim, edition.printing, pages)
    is_led_in = style.lead_in is LeadIn.SMALL_CAPS
    return replace(page, drop_caps=style.drop_caps, lead_in=is_led_in)


def _most_pages(book: Book, page: Page, style: Style) -> int:
    """A guess from its letters, before any of it is set."""
    letters = sum(len(written_text(chapter)) for chapter in book.chapters)
    code = [block.text for c in book.chapters for block in every(c, CodeBlock)]
    letters -= sum(map(len, code))
    in_line = page.text_width / (style.sizes.letter * page.size)
    # Of code a line may be short, and there is one more between it and the text.
    lines = letters / in_line + sum(text.count("\n") + 2 for text in code)
    full = lines / (page.text_height / page.leading)
    return int(_SPARSE * full) + _AROUND * len(book.chapters)
