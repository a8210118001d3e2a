"""Set a whole book: fragments, what depends on all of them, one PDF."""

import io
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

from pikepdf import Pdf

from publish.access import wordless
from publish.artifact import Artifact
from publish.check_fonts import check_pdf_fonts
from publish.check_letters import letters_of
from publish.crew import Executor, Kit, Work, WorkError
from publish.drawings import drawn_letters
from publish.flow import PrintedPage
from publish.kinds import every
from publish.language import direction
from publish.layout import Layout
from publish.model import (
    FINAL,
    Book,
    Chapter,
    CodeBlock,
    Edition,
    Hyphens,
    Image,
    LeadIn,
    Printing,
    Proof,
    Role,
)
from publish.ornaments import signs_of
from publish.pdf.assemble import Assembly, Behind, Overlay
from publish.pdf.booklet import impose, too_thick
from publish.pdf.colours import Mixer
from publish.pdf.compositor import Compositor
from publish.pdf.copy import Copies, places_shown
from publish.pdf.document import running_heads
from publish.pdf.failing import without_failing
from publish.pdf.finish import finish
from publish.pdf.fragments import Fragment, cut
from publish.pdf.furniture import Round, furniture_of, runs
from publish.pdf.ground import Ground, ground_of, ground_problems
from publish.pdf.heads import head_room, heads_shown
from publish.pdf.join_fonts import lend
from publish.pdf.judged import layout_of
from publish.pdf.messages import lacks_glyphs, no_pdf, problems_of
from publish.pdf.numbers import UNKNOWN, Numbers, next_round
from publish.pdf.page import Page, page_of, with_margin
from publish.pdf.pagination import BookPage, Extent, closed, folio, paginate
from publish.pdf.places import Reader, page_places, spread_on
from publish.pdf.portion import portion, runs_on
from publish.pdf.press import (
    bleed_of,
    finish_press,
    inking_of,
    leads_of,
    misfits,
    without_bleed,
)
from publish.pdf.review import Review
from publish.pdf.setter import judge_copy, set_copy, sketch_copy
from publish.pdf.sheet import sheet_of
from publish.pdf.sheets import (
    FONT,
    IMAGE,
    INKS,
    MENDED,
    filled,
    furniture_css,
    text_css,
    used_faces,
)
from publish.pdf.task import Grid, NotSetError, Part, Setup, Task
from publish.pdf.total_fit import Manners
from publish.problems import Position, Problem, PublishError, Severity
from publish.style import Style
from publish.words import written_text

# Letters that are set in a millisecond, and milliseconds that an element of furniture
# takes.
_LETTERS, _FURNITURE = 50, 2


# Of TeX: `\hyphenpenalty`, where 10,000 is never.
_PENALTIES = {
    Hyphens.NONE: 10_000,
    Hyphens.FEW: 600,
    Hyphens.NORMAL: 200,
    Hyphens.MANY: 50,
}


class Setting:
    """The PDF of one edition, from the documents that are set to what becomes of them.

    numbers: of the pages that stand in each fragment, as they were set last

    Made in steps, so that whoever asks can do other things between them.
    """

    def __init__(
        self, book: Book, edition: Edition, style: Style, proof: Proof = FINAL
    ) -> None:
        self.name = f"{edition.name}.pdf"
        self._book, self._style, self._proof = book, style, proof
        self._language = book.metadata.language
        self._printing = edition.printing
        self._page = _page(book, edition, style)
        self._review = Review(
            edition.watermark,
            self._page,
            style,
            self._language,
            inking_of(self._printing).grey,
        )
        self._numbered = edition.line_numbers
        # Who looks at single pages wants them one behind the other.
        self._is_folded = (
            edition.printing is not None
            and edition.printing.booklet is not None
            and not (proof.only or proof.judged)
        )
        self._portion = portion(
            cut(book, style.opening),
            proof.only,
            counted=edition.printing is not None,
        )
        self._fragments = self._portion.fragments
        self._copies = Copies(book, self._page)
        self.numbers: list[Numbers] = [
            dict.fromkeys(places_shown(fragment), UNKNOWN)
            for fragment in self._fragments
        ]
        self._begun: list[Future[Part]] = []
        self._counted: tuple[list[Part], list[BookPage]] | None = None
        self._problems = [*runs_on(self._portion, proof.only)]
        if style.opener:
            self._problems += ground_problems(
                edition.printing,
                edition.design.at("opener"),
                self.name,
                shown=any(chapter.role is Role.PART for chapter in book.chapters),
            )

    @cached_property
    def kit(self) -> Kit:
        fonts = {f"{FONT}{n}": face.path for n, face in enumerate(self.setup.faces)}
        inks = self._printing.profile if self._printing else None
        return Kit(Compositor, self.setup, fonts | ({INKS: inks} if inks else {}))

    @cached_property
    def setup(self) -> Setup:
        letters = letters_of(self._book) | drawn_letters(self._book)
        letters |= set(self._book.metadata.title) | set(signs_of(self._style.ornament))
        base = text_css(self._page, bleed_of(self._printing))
        base += self._ground.css if self._ground else ""
        text = filled(self._style.text_css, self._page)
        furniture = self._style.furniture_css
        return Setup(
            used_faces(self._style, letters),
            (base, text, MENDED),
            # Heads and numbers are set in the letters of the text.
            (furniture_css(self._page, self._language), text, furniture),
            tagged=leads_of(self._printing).links,
            inking=inking_of(self._printing),
            numbered=self._numbered,
            manners=Manners(hyphen=_PENALTIES[self._style.hyphens]),
            grid=self._grid,
        )

    @cached_property
    def _ground(self) -> Ground | None:
        """What the pages of parts have."""
        profile = self._printing.profile if self._printing else None
        if not self._style.opener:
            return None
        inks = profile.read_bytes() if profile else b""
        return ground_of(self._style.opener, Mixer(inking_of(self._printing), inks))

    @property
    def _grid(self) -> Grid | None:
        return Grid(self._page.top, self._page.leading) if self._style.grid else None

    @cached_property
    def _pictures(self) -> Mapping[str, Path]:
        """The files of all pictures, by their names."""
        return {image.name: image.path for image in self._book.images}

    def work(self, fragment: Fragment, numbers: Numbers) -> Work[Part]:
        """Setting a fragment. numbers: as in `Copy`"""
        copy = self._copies.of(fragment, numbers)
        shown = dict.fromkeys(_shown(fragment)) if self._pictures else {}
        pictures = {f"{IMAGE}{name}": self._pictures[name] for name in shown}
        weight = sum(len(written_text(c)) for c in fragment.chapters) // _LETTERS
        work = Work(set_copy, self.kit, copy, pictures, weight)
        return (
            replace(work, do=sketch_copy, better=set_copy)
            if self._proof.draft
            else work
        )

    def begin(self, executor: Executor) -> None:
        """Set everything as if no page had a number."""
        for fragment, numbers in zip(self._fragments, self.numbers, strict=True):
            self._begun.append(executor.submit(self.work(fragment, numbers)))

    def printed(self, executor: Executor) -> tuple[PrintedPage, ...]:
        """Wait for the fragments, and say where each page begins.

        Raises PublishError where there are none; see `finish`.
        """
        parts, pages = self._count(executor)
        return tuple(
            PrintedPage(folio(page, self._language), set_page.starts)
            for page in pages
            if page.fragment is not None
            for set_page in parts[page.fragment].pages[page.index : page.index + 1]
        )

    def _judged(self, executor: Executor) -> Layout:
        """What a compositor would mend in the pages that are shown."""
        _, pages = self._count(executor)
        places = {
            (page.fragment, page.index): (number, folio(page, self._language))
            for number, page in enumerate(pages, 1)
        }
        works = map(self.work, self._fragments, self.numbers)
        begun = [
            executor.submit(Work(judge_copy, w.kit, w.task, w.files, w.weight))
            for w in works
        ]
        judged = {
            n: future.result()
            for n, future in enumerate(begun)
            if not future.exception()
        }
        readers = {c.name: Reader(c) for c in self._book.chapters}
        return layout_of(judged, places, readers)

    def _count(self, executor: Executor) -> tuple[list[Part], list[BookPage]]:
        """All fragments as they are set with the numbers of their pages, and these."""
        if self._counted is None:
            parts = [self._done(n, one, executor) for n, one in enumerate(self._begun)]
            pages = self._with_numbers(parts, executor)
            if self._printing:
                pages = closed(pages, self._printing.printer.order)
            self._counted = parts, pages
        return self._counted

    def finish(self, executor: Executor) -> Artifact:
        """Wait for the fragments, and make one PDF of them.

        Raises PublishError where there is none: Pango is missing, or nothing of the
        book can be set.
        """
        behind = Behind(self._review, self._grounds())
        assembly = Assembly(self._early(), leads_of(self._printing), behind)
        every_part, counted = self._count(executor)
        parts, pages = self._portion.shown(every_part, counted)
        overlays = self._overlays(parts, pages, executor)
        every = (*parts, *(overlay.part for overlay in overlays))
        log = tuple(dict.fromkeys(line for part in every for line in part.log))
        shown = replace(self._book, chapters=self._portion.chapters)
        self._problems += problems_of(log, shown, self._style, self.name)
        rtl = direction(self._language) == "rtl"
        turned = (
            rtl and self._printing is not None and self._printing.printer.order.reversed
        )
        sheet = sheet_of(self._page, self._printing, len(counted))
        with assembly.book(parts, overlays, pages, sheet, right_to_left=rtl) as pdf:
            fonts = (font for part in every for font in part.fonts)
            lend(pdf, fonts, self.setup.faces)
            if self._printing:
                self._problems += misfits(
                    sheet, self._printing, len(counted), self.name
                )
                self._put_in_order(pdf, self._printing, right_to_left=rtl)
            sheets = len(pdf.pages) // 2 if self._is_folded else 0
            data = self._written(pdf, shown, pages, whole=not lacks_glyphs(log))
        self._problems += (problem for part in parts for problem in part.problems)
        if not self._proof.draft:
            self._problems += (lost for part in parts for lost in part.lost)
            self._problems += check_pdf_fonts(io.BytesIO(data), self._style, self.name)
        places = tuple(page_places(self._portion, parts, pages))
        self._problems += self._emptied(parts, pages)
        if self._printing:
            bare = _bare(places, pages, parts)
            self._problems += without_bleed(self._printing, bare, self.name)
        if turned:
            places = places[::-1]
        found = tuple(self._problems)
        return Artifact(
            self.name,
            data,
            len(pages),
            found,
            places=places if not sheets else (),
            right_to_left=rtl,
            sheets=sheets,
            layout=self._judged(executor) if self._proof.judged else None,
        )

    def _grounds(self) -> Mapping[int, Ground]:
        """By the numbers of the fragments that are shown."""
        if self._ground is None:
            return {}
        fragments = enumerate(self._portion.shown_fragments)
        parts = (n for n, one in fragments if one.chapters[0].role is Role.PART)
        return dict.fromkeys(parts, self._ground)

    def _emptied(
        self, parts: Sequence[Part], pages: Sequence[BookPage]
    ) -> Iterator[Problem]:
        """A warning for each page that a picture over two pages leaves empty."""
        for blank, page in pairwise(pages):
            spread = spread_on(page, parts)
            if blank.kind is None and spread is not None and not page.recto:
                number = folio(blank, self._language)
                message = f"page {number} of {self.name} stays empty: a picture over"
                message += " two pages begins behind it"
                hint = "let one page more of text, or one less, come before the picture"
                yield Problem(spread.at, "empty-page", message, hint, Severity.WARNING)

    def _written(
        self, pdf: Pdf, shown: Book, pages: Sequence[BookPage], *, whole: bool
    ) -> bytes:
        """The finished file, for who prints it or for who reads it.

        whole: whether every letter has a shape
        """
        finished, printing = not self._proof.draft, self._printing
        if printing and (self._is_folded or not printing.is_read):
            return finish_press(pdf, shown.metadata, printing, claims=finished)
        return finish(
            pdf,
            shown.metadata,
            pages,
            accessible=whole and finished and not _is_wordless(shown),
            lasting=whole and finished,
        )

    def _put_in_order(
        self, pdf: Pdf, printing: Printing, *, right_to_left: bool
    ) -> None:
        """Give the pages the order in which they are printed."""
        if printing.booklet and self._is_folded:
            self._problems += too_thick(len(pdf.pages), printing.booklet, self.name)
            impose(pdf, printing.booklet, right_to_left=right_to_left)
        elif right_to_left and printing.printer.order.reversed:
            pdf.pages.reverse()

    def _early(self) -> Iterator[Part]:
        """Those of what is shown that are there already, and that stay as they are
        whatever the others become: they tell no numbers of pages."""
        for n, (one, numbers) in enumerate(zip(self._begun, self.numbers, strict=True)):
            stays = not numbers and self._portion.only in {None, n}
            if stays and one.done() and not one.exception():
                yield one.result()

    def _done(self, n: int, begun: "Future[Part]", executor: Executor) -> Part:
        try:
            return begun.result()
        except NotSetError:
            return self._second_try(n, executor)
        except WorkError as error:
            raise PublishError([no_pdf(error, self.name)]) from error

    def _second_try(self, n: int, executor: Executor) -> Part:
        """What can be set of a fragment that cannot."""
        fragment = self._fragments[n]

        def begin(book: Book) -> "Future[Part]":
            some = replace(fragment, chapters=book.chapters)
            return executor.submit(self.work(some, self.numbers[n]))

        def sets(book: Book) -> bool:
            return begin(book).exception() is None

        part = replace(self._book, chapters=fragment.chapters)
        book, problems = without_failing(part, sets)
        self._problems += problems
        try:
            return begin(book).result()
        except WorkError as error:
            raise PublishError([*self._problems, no_pdf(error, self.name)]) from error

    def _with_numbers(self, found: list[Part], executor: Executor) -> list[BookPage]:
        """Set again what tells the numbers of pages, until all of them are right.

        found: all fragments as they are set; those that are set again are replaced
        Contents and an index keep the most pages that they have had: should one need
        fewer at last, the last of them stay empty. With that and the boxes of
        `numbers`, every round makes something larger that is bounded, or is the last.
        """
        counts = [len(part.pages) for part in found]
        while True:
            extents = [
                Extent(count, [spread.page for spread in part.spreads])
                for count, part in zip(counts, found, strict=True)
            ]
            pages = paginate(self._fragments, extents)
            labels = self._labels(pages, found)
            wanted = [next_round(numbers, labels) for numbers in self.numbers]
            changed = [n for n, one in enumerate(wanted) if one != self.numbers[n]]
            if not changed:
                return pages
            self.numbers = wanted
            begun = {
                n: executor.submit(self.work(self._fragments[n], wanted[n]))
                for n in changed
            }
            for n, one in begun.items():
                found[n] = self._done(n, one, executor)
                needed = len(found[n].pages)
                if self._fragments[n].lists_pages:
                    needed = max(counts[n], needed)
                counts[n] = needed

    def _labels(
        self, pages: Sequence[BookPage], found: Sequence[Part]
    ) -> dict[str, str]:
        """The number of the page on which each id stands."""
        labels: dict[str, str] = {}
        for page in pages:
            if page.fragment is not None:
                done = found[page.fragment].pages[page.index : page.index + 1]
                for anchor in (anchor for was in done for anchor in was.anchors):
                    labels.setdefault(anchor, folio(page, self._language))
        return labels

    def _overlays(
        self,
        parts: Sequence[Part],
        pages: Sequence[BookPage],
        executor: Executor,
    ) -> list[Overlay]:
        """The furniture of *pages*."""
        heads = _heads(self._book, self._page, self._style)
        openings = {
            (n, at): [name for name in page.anchors if name in heads]
            for n, part in enumerate(parts)
            for at, page in enumerate(part.pages)
        }
        bare = {
            (n, at)
            for n, part in enumerate(parts)
            for at, page in enumerate(part.pages)
            if page.bare
        }
        shown = heads_shown(self._book, self._page, self._style, pages, parts)
        begun: list[tuple[int, Future[Part]]] = []
        before, first = _before(self._portion.chapters[0], self._book), 0
        for run in runs(pages):
            root = furniture_of(
                run, Round(openings, bare, before, heads, self._language, shown)
            )
            begun.append((first, executor.submit(self._furniture(root))))
            first += len(run)
            for page in run:
                if page.fragment is not None:
                    names = openings.get((page.fragment, page.index))
                    before = names[-1] if names else before
        return list(self._laid_over(begun))

    def _furniture(self, root: Element) -> Work[Part]:
        weight = sum(1 for _ in root.iter()) * _FURNITURE
        return Work(Compositor.set, self.kit, Task(root), weight=weight)

    def _laid_over(
        self, begun: Sequence[tuple[int, "Future[Part]"]]
    ) -> Iterator[Overlay]:
        for first, future in begun:
            try:
                yield Overlay(future.result(), first)
            except WorkError as error:
                raise PublishError([no_pdf(error, self.name)]) from error


def _bare(
    places: Sequence[Position], pages: Sequence[BookPage], parts: Sequence[Part]
) -> Iterator[Position]:
    """Where the pages are from that a picture covers; two that one covers once."""
    for at, page in zip(places, pages, strict=True):
        if page.fragment is not None and not (page.recto and spread_on(page, parts)):
            shown = parts[page.fragment].pages[page.index : page.index + 1]
            if any(one.bare for one in shown):
                yield at


def _page(book: Book, edition: Edition, style: Style) -> Page:
    """With room for the gutter that the book will need."""

    def made(pages: int) -> Page:
        trim, printing = edition.trim, edition.printing
        design = with_margin(style.page, trim, edition.margin)
        page = page_of(design, style.sizes, trim, printing, pages)
        is_led_in = style.lead_in is LeadIn.SMALL_CAPS
        return replace(page, drop_caps=style.drop_caps, lead_in=is_led_in)

    page = made(0)
    if page.text_width < _LEAST_WIDTH * page.size or page.is_flat:
        at = Position(Path(f"{edition.name}.pdf"))
        message = "the pages have no room for text beside their margins"
        hint = "choose a larger trim, narrower margins, or a printer that wants less"
        raise PublishError([Problem(at, "no-room", message, hint)])
    if edition.printing is None:
        return page
    letters = sum(len(written_text(chapter)) for chapter in book.chapters)
    code = [block.text for c in book.chapters for block in every(c, CodeBlock)]
    letters -= sum(map(len, code))
    in_line = page.text_width / (style.sizes.letter * page.size)
    # Of code a line may be short, and there is one more between it and the text.
    lines = letters / in_line + sum(text.count("\n") + 2 for text in code)
    full = lines / (page.text_height / page.leading)
    return made(int(_SPARSE * full) + _AROUND * len(book.chapters))


# In ems: less holds no words.
_LEAST_WIDTH = 8
# Pages of a book to those that its letters would fill, and of each chapter besides: no
# fewer than most have.
_SPARSE, _AROUND = 1.2, 2


def _shown(fragment: Fragment) -> Iterator[str]:
    """The names of the pictures in it."""
    for chapter in fragment.chapters:
        for image in every(chapter, Image):
            if image.file:
                yield image.file


def _before(first: Chapter, book: Book) -> str:
    """The name of the chapter that stands before *first*; empty for none."""
    names = [chapter.name for chapter in book.chapters]
    at = names.index(first.name)
    return names[at - 1] if at else ""


def _heads(book: Book, page: Page, style: Style) -> Mapping[str, tuple[str, str]]:
    page = head_room(page, style)
    return {c.name: running_heads(c, book, page, style.heads) for c in book.chapters}


def _is_wordless(book: Book) -> bool:
    """Whether something is in the book that only its author could put into words."""
    return any(thing for chapter in book.chapters for thing in wordless(chapter))
