"""Mark in a chapter's file where the pages of the print edition begin."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from unicodedata import category
from xml.parsers.expat import ParserCreate

from publish.flow import ENOUGH, Flow, Piece, Place, PrintedPage
from publish.signs import UNSPACED
from publish.words.letters import letters
from publish.xhtml import escape

_APART = frozenset({"noteref", "backlink"})
_APART_TYPES = frozenset({"index-locator-list"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Signs of scripts without spaces between words: each may begin a line.
_ALONE = re.compile(f"[{UNSPACED}]")
# What opens a quotation or a bracket stands with the word behind it.
_OPENING = re.compile(r"[(\[{“‘«‹„‚「『《〈（¿¡]")
# Hyphens that show only at the end of a line, and what stands in a word.
_WITHIN = frozenset("\u00ad\u200d\u200c'\N{RIGHT SINGLE QUOTATION MARK}")


@dataclass(frozen=True, slots=True)
class PageMark:
    """label: the number of the page, as it is printed
    anchor: an id in the file of the chapter where it begins
    """

    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class PageList:
    """source: see `Paging`
    entries: each page with the address of its mark, relative to the package document
    """

    source: str
    entries: tuple[tuple[PageMark, str], ...]


NO_PAGES = PageList("", ())


def page_list(source: str, files: Iterable[tuple[str, Iterable[PageMark]]]) -> PageList:
    """files: by their paths, the marks in each"""
    return PageList(
        source,
        tuple(
            (mark, f"{path}#{mark.anchor}") for path, marks in files for mark in marks
        ),
    )


def page_mark(label: str) -> PageMark:
    # An address in ASCII is one that every reading system finds.
    number = str(int(label)) if label.isdecimal() else label
    return PageMark(label, f"pg{number}")


def mark_pages(
    xhtml: str, pages: Iterable[PrintedPage]
) -> tuple[str, tuple[PageMark, ...]]:
    """The file of a chapter with a mark where each page begins, and these marks.

    pages: those that begin in this chapter, in their order
    A page of whose text nothing is in the file has no mark.
    """
    data = xhtml.encode()
    reader = _Reader(data)
    marks, parts, done = [], [], 0
    for page, at in reader.found(pages):
        mark = page_mark(page.label)
        parts += [data[done:at], _mark_xhtml(mark).encode()]
        marks.append(mark)
        done = at
    parts.append(data[done:])
    return b"".join(parts).decode(), tuple(marks)


def _mark_xhtml(mark: PageMark) -> str:
    return (
        '<span epub:type="pagebreak" role="doc-pagebreak"'
        f' id="{escape(mark.anchor)}" aria-label="{escape(mark.label)}"></span>'
    )


class _Reader:
    """The flow of a file, each piece with the byte where it stands."""

    def __init__(self, data: bytes) -> None:
        self._flow: Flow[int] = Flow()
        # Where headings begin, by their blocks: a mark in one would be read with it.
        self._headings: dict[int, int] = {}
        self._parser = ParserCreate()
        self._parser.buffer_text = False
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._opened = 0
        self._parser.Parse(data, True)
        self._at: dict[tuple[str, int], int] = {
            (block.name, nth): n for n, (block, nth) in enumerate(self._flow.nths())
        }

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        at = self._parser.CurrentByteIndex
        if tag == "img":
            self._flow.picture(attributes.get("src", ""), at)
            return
        if tag == "br":
            self._flow.text("\n", at)
        if tag == "math":
            self._flow.formula(at)
        apart = (
            attributes.get("class") in _APART
            or attributes.get("epub:type") in _APART_TYPES
        )
        self._flow.begin(tag, apart=apart)
        if tag in _HEADINGS:
            self._opened = at

    def _end(self, tag: str) -> None:
        if tag == "img":
            return
        before = len(self._flow.blocks)
        self._flow.end(tag)
        if tag in _HEADINGS and len(self._flow.blocks) > before:
            self._headings[before] = self._opened

    def _text(self, text: str) -> None:
        self._flow.text(text, self._parser.CurrentByteIndex)

    def found(self, pages: Iterable[PrintedPage]) -> Iterator[tuple[PrintedPage, int]]:
        """Each page that begins in the file, with the byte where its mark belongs."""
        last, done = 0, -1
        for page in pages:
            spots = (self._spot(place, last) for place in page.places)
            if (spot := next(filter(None, spots), None)) is None:
                continue
            last, before = spot
            at = self._byte(last, before)
            if at > done:
                done = at
                yield page, at

    def _spot(self, place: Place, last: int) -> tuple[int, int] | None:
        """The block, and letters of it before the place. last: the block of the page
        before this one"""
        n = self._at.get((place.block, place.nth), -1)
        if n >= last:
            return n, place.letters
        if len(place.ahead) < ENOUGH:
            return None
        # Editions differ within the block: a remark, or a formula.
        for n, text in enumerate(self._letters[last:], last):
            if (before := text.find(place.ahead)) >= 0:
                return n, before
        return None

    @cached_property
    def _letters(self) -> list[str]:
        return [block.letters for block in self._flow.blocks]

    def _byte(self, n: int, before: int) -> int:
        pieces = self._flow.blocks[n].pieces
        if not before:
            return self._headings.get(n, pieces[0].at)
        at = 0
        for at, piece in enumerate(pieces):  # noqa: B007 - the last one counts
            if before < len(piece.letters):
                break
            before -= len(piece.letters)
        if not pieces[at].text:
            # A formula is a word by itself.
            return pieces[at].at
        return _word_start(pieces, at, _sign(pieces[at].text, before))


def _sign(text: str, before: int) -> int:
    """Where in a text the letter stands that so many come before."""
    for n, sign in enumerate(text):
        count = len(letters(sign))
        if count > before:
            return n
        before -= count
    return len(text)


def _word_start(pieces: Sequence[Piece[int]], at: int, sign: int) -> int:
    """The byte where the word begins of which a page may have only the end, with what
    opens before it."""
    text = pieces[at].text
    whole = sign < len(text) and bool(_ALONE.match(text[sign]))
    while not whole:
        text = pieces[at].text
        while sign and _is_of_word(text[sign - 1]):
            sign -= 1
        before = pieces[at - 1].text if at else ""
        whole = bool(sign) or not before or not _is_of_word(before[-1])
        if not whole:
            at, sign = at - 1, len(before)
    while sign and _OPENING.match(pieces[at].text[sign - 1]):
        sign -= 1
    return _byte(pieces[at], sign)


def _is_of_word(sign: str) -> bool:
    if _ALONE.match(sign):
        return False
    return sign.isalnum() or sign in _WITHIN or category(sign).startswith("M")


def _byte(piece: Piece[int], sign: int) -> int:
    return piece.at + len(piece.text[:sign].encode())
