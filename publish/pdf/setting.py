"""Set a whole book: fragments, what depends on all of them, one PDF."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pikepdf import Pdf

from publish.access import wordless
from publish.artifact import Artifact
from publish.check_fonts import check_pdf_fonts
from publish.crew import Executor, WorkError
from publish.flow import PrintedPage
from publish.language import direction
from publish.layout import Layout
from publish.model import FINAL, Book, Edition, Proof, Role
from publish.pdf.assemble import Assembly, Behind, Overlay
from publish.pdf.bench import Bench
from publish.pdf.booklet import impose, too_thick
from publish.pdf.finish import finish
from publish.pdf.fragments import cut
from publish.pdf.furniture import chapter_before, furniture_of
from publish.pdf.galleys import Galleys
from publish.pdf.ground import Ground, ground_problems
from publish.pdf.join_fonts import lend
from publish.pdf.judged import layout_of
from publish.pdf.messages import lacks_glyphs, no_pdf, problems_of
from publish.pdf.pagination import BookPage, as_set, folio
from publish.pdf.places import Reader, page_places, spread_on
from publish.pdf.portion import portion, runs_on
from publish.pdf.press import (
    finish_press,
    inking_of,
    leads_of,
    misfits,
    without_bleed,
)
from publish.pdf.review import Review
from publish.pdf.room import page_with_room
from publish.pdf.sheet import PaperSheet, sheet_of
from publish.pdf.task import Part
from publish.problems import Position, Problem, PublishError, Severity
from publish.style import Style


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is shown of a book, as it was set.

    book: with the chapters that are shown
    parts: its fragments, by their numbers in *pages*
    sheet: on which each of its pages is printed; count: of the pages of the whole book
    log: what WeasyPrint had to say, once each
    places: where in the manuscript the text of each page begins
    """

    book: Book
    parts: Sequence[Part]
    pages: Sequence[BookPage]
    overlays: Sequence[Overlay]
    sheet: PaperSheet
    count: int
    log: Sequence[str]
    places: Sequence[Position]


class Setting:
    """The PDF of one edition, from the documents that are set to what becomes of them.

    Made in steps, so that whoever asks can do other things between them.
    """

    def __init__(
        self, book: Book, edition: Edition, style: Style, proof: Proof = FINAL
    ) -> None:
        self.name = f"{edition.name}.pdf"
        self._book, self._style, self._proof = book, style, proof
        self._language = book.metadata.language
        self._rtl = direction(self._language) == "rtl"
        self._printing = printing = edition.printing
        self._page = page_with_room(book, edition, style)
        self._review = Review(
            edition.watermark,
            self._page,
            style,
            self._language,
            inking_of(printing).grey,
        )
        # Who looks at single pages wants them one behind the other.
        is_single = bool(proof.only or proof.judged)
        self._booklet = printing.booklet if printing and not is_single else None
        self._portion = portion(
            cut(book, style.opening), proof.only, counted=printing is not None
        )
        problems = [*runs_on(self._portion, proof.only)]
        if style.opener:
            problems += ground_problems(
                printing,
                edition.design.at("opener"),
                self.name,
                shown=any(chapter.role is Role.PART for chapter in book.chapters),
            )
        self.bench = Bench(book, edition, style, self._page, draft=proof.draft)
        self.galleys = Galleys(
            book, edition, self._portion.fragments, self.bench, problems
        )

    def begin(self, executor: Executor) -> None:
        """Set everything as if no page had a number."""
        self.galleys.begin(executor)

    def printed(self, executor: Executor) -> tuple[PrintedPage, ...]:
        """Wait for the fragments, and say where each page begins.

        Raises PublishError where there are none; see `finish`.
        """
        parts, pages = self.galleys.counted(executor)
        return tuple(
            PrintedPage(folio(page, self._language), done.starts)
            for page in pages
            if (done := as_set(page, parts))
        )

    def finish(self, executor: Executor) -> Artifact:
        """Wait for the fragments, and make one PDF of them.

        Raises PublishError where there is none: Pango is missing, or nothing of the
        book can be set.
        """
        early = self.galleys.early(self._portion.only)
        behind = Behind(self._review, self._grounds())
        assembly = Assembly(early, leads_of(self._printing), behind)
        shown = self._shown(executor)
        with assembly.book(
            shown.parts,
            shown.overlays,
            shown.pages,
            shown.sheet,
            right_to_left=self._rtl,
        ) as pdf:
            every = (*shown.parts, *(overlay.part for overlay in shown.overlays))
            fonts = (font for part in every for font in part.fonts)
            lend(pdf, fonts, self.bench.setup.faces)
            self._put_in_order(pdf)
            sheets = len(pdf.pages) // 2 if self._booklet else 0
            data = self._written(pdf, shown)
        places = shown.places[::-1] if self._is_turned else shown.places
        return Artifact(
            self.name,
            data,
            len(shown.pages),
            tuple(self._found(shown, data)),
            places=() if sheets else tuple(places),
            right_to_left=self._rtl,
            sheets=sheets,
            layout=self._judged(executor) if self._proof.judged else None,
        )

    def _grounds(self) -> Mapping[int, Ground]:
        """By the numbers of the fragments that are shown."""
        if self.bench.ground is None:
            return {}
        fragments = enumerate(self._portion.shown_fragments)
        parts = (n for n, one in fragments if one.chapters[0].role is Role.PART)
        return dict.fromkeys(parts, self.bench.ground)

    def _shown(self, executor: Executor) -> _Shown:
        every_part, counted = self.galleys.counted(executor)
        parts, pages = self._portion.shown(every_part, counted)
        overlays = self._overlays(parts, pages, executor)
        every = (*parts, *(overlay.part for overlay in overlays))
        return _Shown(
            replace(self._book, chapters=self._portion.chapters),
            parts,
            pages,
            overlays,
            sheet_of(self._page, self._printing, len(counted)),
            len(counted),
            tuple(dict.fromkeys(line for part in every for line in part.log)),
            tuple(page_places(self._portion, parts, pages)),
        )

    def _overlays(
        self, parts: Sequence[Part], pages: Sequence[BookPage], executor: Executor
    ) -> Sequence[Overlay]:
        """The furniture of *pages*."""
        furniture = furniture_of(self._book, self._page, self._style, parts, pages)
        before = chapter_before(self._portion.chapters[0], self._book)
        begun = [
            (executor.submit(self.bench.furniture(root)), first)
            for first, root in furniture.documents(pages, before)
        ]
        try:
            return [Overlay(future.result(), first) for future, first in begun]
        except WorkError as error:
            raise PublishError([no_pdf(error, self.name)]) from error

    @property
    def _is_turned(self) -> bool:
        """Whether the last page comes first."""
        printing = self._printing
        return self._rtl and printing is not None and printing.printer.order.reversed

    def _put_in_order(self, pdf: Pdf) -> None:
        """Give the pages the order in which they are printed."""
        if self._booklet:
            impose(pdf, self._booklet, right_to_left=self._rtl)
        elif self._is_turned:
            pdf.pages.reverse()

    def _written(self, pdf: Pdf, shown: _Shown) -> bytes:
        """The finished file, for who prints it or for who reads it."""
        finished, printing = not self._proof.draft, self._printing
        metadata = self._book.metadata
        if printing and (self._booklet or not printing.is_read):
            return finish_press(pdf, metadata, printing, claims=finished)
        whole = finished and not lacks_glyphs(shown.log)
        return finish(
            pdf,
            metadata,
            shown.pages,
            accessible=whole and not _is_wordless(shown.book),
            lasting=whole,
        )

    def _found(self, shown: _Shown, data: bytes) -> Iterator[Problem]:
        """What there is to say of the book as it was set. data: the finished file"""
        printing, parts = self._printing, shown.parts
        yield from self.galleys.problems
        yield from problems_of(shown.log, shown.book, self._style, self.name)
        if printing:
            yield from misfits(shown.sheet, printing, shown.count, self.name)
        if self._booklet:
            yield from too_thick(len(shown.pages), self._booklet, self.name)
        yield from (problem for part in parts for problem in part.problems)
        if not self._proof.draft:
            yield from _lost(parts)
            yield from check_pdf_fonts(io.BytesIO(data), self._style, self.name)
        yield from self._emptied(shown)
        if printing:
            yield from without_bleed(printing, _bare(shown), self.name)

    def _emptied(self, shown: _Shown) -> Iterator[Problem]:
        """A warning for each page that a picture over two pages leaves empty."""
        for blank, page in pairwise(shown.pages):
            spread = spread_on(page, shown.parts)
            if blank.kind is None and spread is not None and not page.recto:
                number = folio(blank, self._language)
                message = f"page {number} of {self.name} stays empty: a picture over"
                message += " two pages begins behind it"
                hint = "let one page more of text, or one less, come before the picture"
                yield Problem(spread.at, "empty-page", message, hint, Severity.WARNING)

    def _judged(self, executor: Executor) -> Layout:
        """What a compositor would mend in the pages that are shown."""
        _, pages = self.galleys.counted(executor)
        places = {
            (page.fragment, page.index): (number, folio(page, self._language))
            for number, page in enumerate(pages, 1)
        }
        works = map(self.bench.judged, self._portion.fragments, self.galleys.numbers)
        begun = [executor.submit(work) for work in works]
        judged = {
            n: future.result()
            for n, future in enumerate(begun)
            if not future.exception()
        }
        readers = {c.name: Reader(c) for c in self._book.chapters}
        return layout_of(judged, places, readers)


def _lost(parts: Iterable[Part]) -> Iterator[Problem]:
    """What is lost in them; a sheet that hides words is named once."""
    named: set[Position] = set()
    for lost in (one for part in parts for one in part.lost):
        if lost.code != "hidden-words" or lost.at not in named:
            yield lost
        if lost.code == "hidden-words":
            named.add(lost.at)


def _bare(shown: _Shown) -> Iterator[Position]:
    """Where the pages are from that a picture covers; two that one covers once."""
    for at, page in zip(shown.places, shown.pages, strict=True):
        done = as_set(page, shown.parts)
        if done and done.bare and not (page.recto and spread_on(page, shown.parts)):
            yield at


def _is_wordless(book: Book) -> bool:
    """Whether something is in the book that only its author could put into words."""
    return any(thing for chapter in book.chapters for thing in wordless(chapter))
