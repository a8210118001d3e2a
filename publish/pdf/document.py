"""The XHTML of a fragment for print, as one tree of elements.

WeasyPrint gets the tree as it is, never a text to parse: that skips the slow HTML
parser, and a note with paragraphs may stand in the middle of a paragraph.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from math import ceil
from xml.etree.ElementTree import Element, SubElement, fromstring

from publish.language import direction
from publish.model import (
    BOOK_AND_CHAPTER,
    Attributes,
    Book,
    Chapter,
    Generated,
    Head,
    Heading,
    Heads,
    Matter,
    Note,
    NoteList,
    NoteReference,
    PageReference,
    Role,
    Span,
    Table,
    Target,
)
from publish.pdf.bidi import keep_runs_together
from publish.pdf.classes import classes
from publish.pdf.code import join_code, loosen_lines, turn_lines
from publish.pdf.copy import Copy, Marks, place, plain_id
from publish.pdf.dashes import keep_dashes
from publish.pdf.foot import letter_count
from publish.pdf.formulas import formula_xhtml, too_large
from publish.pdf.fragments import DISPLAY
from publish.pdf.keeping import keep_together
from publish.pdf.lists import hang_numbers, number_lists
from publish.pdf.locators import places_xhtml, set_locators
from publish.pdf.notes import NO_BREAK, place_notes
from publish.pdf.numbers import Numbers
from publish.pdf.openers import set_opener
from publish.pdf.page import Page
from publish.pdf.ruby import set_readings
from publish.pdf.sheets import IMAGE, PLACE
from publish.pdf.spreads import is_empty, lift_spreads
from publish.pdf.tables import fit_tables, lift_captions
from publish.pdf.turned import doubts, turn_tables
from publish.problems import Position, Problem
from publish.walk import own_inlines, plain_text, walk_blocks
from publish.xhtml import Output, attributes_xhtml, blocks_xhtml, escape, with_mark


@dataclass(frozen=True, slots=True)
class Document:
    """root: html; sections: each chapter with its element
    spreads: where each picture over two pages was written
    """

    root: Element
    sections: tuple[tuple[Chapter, Element], ...]
    problems: tuple[Problem, ...]
    spreads: tuple[Position, ...] = ()


def document_of(copy: Copy) -> Document:
    """What is set of a fragment."""
    root = Element("html", {"lang": copy.language, "dir": direction(copy.language)})
    SubElement(SubElement(root, "head"), "title").text = copy.title
    kind = {"class": copy.fragment.kind.value}
    body = SubElement(root, "body")
    run = Element("div", kind)
    problems: list[Problem] = []
    sections: list[tuple[Chapter, Element]] = []
    spreads: list[_Lifted] = []
    inside = frozenset(chapter.name for chapter in copy.fragment.chapters)
    for chapter in copy.fragment.chapters:
        section, found, lifted = _section(chapter, copy, inside, len(spreads))
        _mark(section, copy.marks)
        _number(section, copy.numbers, page=copy.page)
        run.append(section)
        sections.append((chapter, section))
        problems += found
        spreads += lifted
    halves = [half for _, pages in spreads for half in pages]
    if halves and all(is_empty(section) for _, section in sections):
        # There is no page of text before which they could stand.
        _, last = sections[-1]
        last.set("class", "p-chapter")
        last.extend(halves)
    else:
        body.extend(halves)
    body.append(run)
    at = tuple(at for at, _ in spreads)
    return Document(root, tuple(sections), tuple(problems), at)


_Lifted = tuple[Position, Sequence[Element]]


def running_heads(
    chapter: Chapter, book: Book, page: Page, heads: Heads = BOOK_AND_CHAPTER
) -> tuple[str, str]:
    """What stands above the even and the odd pages of a chapter. Two times nothing for
    one that shows nothing but its text."""
    if chapter.role in DISPLAY:
        return "", ""
    words = {
        Head.BOOK: book.metadata.title,
        Head.AUTHOR: ", ".join(book.metadata.authors),
        Head.PART: _part_of(chapter, book) or book.metadata.title,
        Head.CHAPTER: chapter.title,
    }
    even, odd = words.get(heads.left, ""), words.get(heads.right, "")
    return short(even, page), short(odd, page)


def _part_of(chapter: Chapter, book: Book) -> str:
    """The title of the part that a chapter stands in; empty for none."""
    title = ""
    for one in book.chapters:
        if one.role is Role.PART:
            title = one.title
        if one.name == chapter.name:
            break
    return title if chapter.matter is Matter.BODY else ""


def _section(
    chapter: Chapter, copy: Copy, inside: Set[str], spreads: int
) -> tuple[Element, tuple[Problem, ...], Sequence[_Lifted]]:
    """The chapter, without its pictures over two pages.

    inside: the names of the chapters that are set with it
    spreads: how many of those pictures these have so far
    """
    page = copy.page
    output = _output(chapter, inside, page)
    section = Element("section", {"class": _classes(chapter, page)})
    if chapter.language != copy.language:
        section.set("lang", chapter.language)
        section.set("dir", direction(chapter.language))
    SubElement(section, "div", {"class": "p-mark", "id": chapter.name})
    section.extend(_parsed(blocks_xhtml(chapter.blocks, output)))
    tables = [
        block for block in walk_blocks(chapter.blocks) if isinstance(block, Table)
    ]
    rtl = direction(copy.language) == "rtl"
    lifted = list(lift_spreads(section, chapter, spreads, right_to_left=rtl))
    lines = list(zip(section.iter("table"), [t.line for t in tables], strict=True))
    set_opener(section, chapter, page)
    set_readings(section)
    keep_together(section, page)
    loosen_lines(section)
    problems = place_notes(section, chapter, _notes(chapter, output), page)
    keep_dashes(section)
    keep_runs_together(section, direction(chapter.language))
    turn_lines(section, page)
    join_code(section)
    fit_tables(section, page)
    problems = (*problems, *doubts(lines, page, chapter.path))
    lift_captions(section)
    turn_tables(section, page)
    number_lists(section, chapter.language)
    hang_numbers(section, chapter.language)
    return section, (*problems, *too_large(chapter, page)), lifted


def _classes(chapter: Chapter, page: Page) -> str:
    names = ["p-chapter", f"p-{chapter.role.value}"]
    # What the tool made is short and may be placed on its page as a whole; what an
    # author wrote may run to several pages.
    if chapter.generated and chapter.role in _WHOLE:
        names.append("p-whole" if _fits(chapter, page) else "p-crowded")
    return " ".join(names)


_WHOLE = frozenset({Role.TITLE_PAGE, Role.HALF_TITLE, Role.COPYRIGHT_PAGE})
# Guesses, on the safe side: sizes of a title and of what stands below it, as shares of
# the text's, and lines of the text that are left free above and between.
_TITLE, _BELOW, _FREE = 2.4, 1.3, 10


def _fits(chapter: Chapter, page: Page) -> bool:
    """Whether a page that the tool made surely has room for all of it."""
    lines = float(_FREE)
    for block in chapter.blocks:
        size = _TITLE if isinstance(block, Heading) else _BELOW
        width = letter_count(plain_text(own_inlines(block))) * page.sizes.letter * size
        lines += ceil(width * page.size / page.text_width) * size
    return lines * page.leading < page.text_height


def _parsed(xhtml: str) -> Element:
    return fromstring(f"<div>{xhtml}</div>")


def _output(chapter: Chapter, inside: Set[str], paper: Page) -> Output:
    def notes(notes: NoteList) -> str:
        return _note_list(notes, chapter, output)

    output = Output(
        href=lambda target: _href(target, inside),
        picture=lambda name: f"{IMAGE}{name}",
        anchor=lambda anchor: place(chapter.name, anchor),
        note=lambda call: _call(chapter, call, inside),
        page=lambda page: _page_number(page, inside),
        notes=notes,
        page_break='<div class="p-break" />',
        places=lambda places, comma: places_xhtml(
            places, comma, lambda target: _href(target, inside)
        ),
        prefix="p-",
        formula=lambda formula: formula_xhtml(formula, paper),
    )
    return output


def _href(target: Target, inside: Set[str]) -> str:
    """WeasyPrint drops what leads to a place that is not in its document."""
    sign = "#" if target.chapter in inside else PLACE
    return f"{sign}{place(target.chapter, target.anchor)}"


def _page_number(page: PageReference, inside: Set[str]) -> str:
    before, _, after = map(escape, page.words.partition("{}"))
    href = escape(_href(page.target, inside))
    number = '<span class="p-page-number"></span>'
    return f'<a class="p-page" href="{href}">{before}{number}{after}</a>'


def _note_id(chapter: str, label: str, group: int = 0) -> str:
    """chapter: the name of the one where it stands; group: see `NoteList`"""
    within = f"{group}:" if group else ""
    return f"{chapter}:note:{within}{plain_id(label)}"


def _call(chapter: Chapter, call: NoteReference, inside: Set[str]) -> str:
    sign = "#" if not call.chapter or call.chapter in inside else PLACE
    place = _note_id(call.chapter or chapter.name, call.label, call.group)
    return (
        f'<a class="p-note-call" href="{sign}{place}"'
        f' data-note="{escape(call.label)}">{NO_BREAK}{call.mark or "*"}</a>'
    )


def _notes(chapter: Chapter, output: Output) -> Iterator[tuple[Note, Element]]:
    for note in chapter.notes:
        element = _parsed(blocks_xhtml(note.children, output))
        element.set("id", _note_id(chapter.name, note.label))
        yield note, element


def _note_list(notes: NoteList, chapter: Chapter, output: Output) -> str:
    """Notes where they stand, each with its number before its first words."""
    rows = []
    for note in notes.notes:
        number = Span("span", (Generated(f"{note.mark}."),), 0, _NOTE_NUMBER)
        inside = blocks_xhtml(with_mark(note.children, (number, _SPACE)), output)
        place = _note_id(chapter.name, note.label, notes.group)
        rows.append(f'<div class="p-note" id="{place}">{inside}</div>')
    written = attributes_xhtml(notes.attributes, output, "p-notes")
    return f"<div{written}>{''.join(rows)}</div>" if rows else ""


_NOTE_NUMBER, _SPACE = Attributes(classes=("p-note-number",)), Generated(" ")


def short(title: str, page: Page) -> str:
    """A title that fits the head of a page, cut between words if it must be."""
    room = int(page.text_width / (page.sizes.head_letter * page.size))
    if len(title) <= room:
        return title
    return title[:room].rsplit(maxsplit=1)[0].rstrip(" ,;:.–—-") + "…"


def _mark(section: Element, marks: Marks) -> None:
    """Say on the elements which bookmarks lead to them: not from the words of a
    heading, where a note may be called, but from the contents."""
    for element in section.iter():
        found = marks.get(element.get("id", ""))
        if found:
            level, label = found
            element.set("data-p-level", str(level))
            element.set("data-p-bookmark", label)


def _number(section: Element, numbers: Numbers, page: Page) -> None:
    """Say in references and beside the links of contents and index on which page they
    end."""
    if not numbers:
        return
    set_locators(section, numbers, _place_of)
    for listing in section.iter("ol"):
        if "p-contents" in classes(listing):
            for link in listing.iter("a"):
                link.set("data-page", numbers[_led_to(link)].words)
    for link in section.iter("a"):
        if "p-page" in classes(link):
            (shown,) = link
            number = numbers[_led_to(link)]
            shown.text = number.words
            if number.width:
                # Wider than any figure of the style.
                width = number.width * page.sizes.sign
                shown.set("style", f"display: inline-block; min-width: {width:.3g}em")


def _led_to(link: Element) -> str:
    """The id of the place that a link leads to."""
    return _place_of(link.get("href", ""))


def _place_of(href: str) -> str:
    return href.removeprefix("#").removeprefix(PLACE)
