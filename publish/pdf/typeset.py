"""The door to WeasyPrint: trees of elements and sheets in, PDFs out."""

import logging
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element

import cssselect2
import weasyprint
from weasyprint.css.counters import CounterStyle
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from publish.crew import Files
from publish.flow import Place
from publish.pdf.borrowed import borrowed_fonts
from publish.pdf.boxes import read_runs
from publish.pdf.classes import classes
from publish.pdf.drawn import drawn_texts
from publish.pdf.grid import Snap
from publish.pdf.hidden import hiding_in
from publish.pdf.inked import drawn_in
from publish.pdf.judgement import Judged
from publish.pdf.judging import Judge
from publish.pdf.mends import mend, narrowed_sheet
from publish.pdf.outlined import draw_outlines
from publish.pdf.prose import base_lines
from publish.pdf.sheets import FONT, INKS, font_css
from publish.pdf.spreads import PICTURE, pages_of_spreads
from publish.pdf.starts import page_starts
from publish.pdf.structure import write_tagged
from publish.pdf.task import Part, SetPage, Setup, Spread, Task
from publish.pdf.whole import broken_as_a_whole
from publish.problems import Problem
from publish.stylesheets import hidden_elements
from publish.words import lost_in_layout, lost_in_pages


class Press:
    """WeasyPrint with the fonts of one edition, for as many documents as there are.

    sheets: in the order of the cascade
    fonts: the files of the faces, by address, and that of the inks
    """

    def __init__(self, setup: Setup, sheets: Sequence[str], fonts: Files) -> None:
        mend()
        draw_outlines()
        self._tagged, self._inking = setup.tagged, setup.inking
        self._numbered = setup.numbered
        self._manners, self._grid = setup.manners, setup.grid
        self._hiding = setup.hiding
        self._inks = fonts[INKS].read_bytes() if INKS in fonts else b""
        self._fetcher = _Fetcher(fonts)
        self._faces = [
            replace(face, path=fonts[f"{FONT}{n}"])
            for n, face in enumerate(setup.faces)
        ]
        # The same for the sheets and the layout, else the fonts are silently ignored.
        self._fonts, self._counters = FontConfiguration(), CounterStyle()
        with _collected() as self._log:
            self._css = [
                weasyprint.CSS(
                    string=sheet,
                    url_fetcher=self._fetcher,
                    font_config=self._fonts,
                    counter_style=self._counters,
                )
                for sheet in (font_css(setup.faces), *sheets)
            ]

    def set(self, task: Task, pictures: Files) -> Part:
        """Lay out a document, write it, and see that no word is lost on the way.

        pictures: their files, by address. There is no way to any other, and none to
            the network.
        """
        part, pages = self._written(task, pictures)
        lost = self._lost(task, pages, part.data) if task.paths else ()
        return replace(part, lost=tuple(lost))

    def sketch(self, task: Task, pictures: Files) -> Part:
        """Lay out a document and write it."""
        part, _ = self._written(task, pictures)
        return part

    def judge(self, task: Task, pictures: Files) -> Judged:
        """Lay out a document, and say what a compositor would mend in it."""
        manners, snap = self._manners, self._snap(task)
        with _collected(), broken_as_a_whole(manners, snap) as tally:
            laid_out = self._laid_out(task, pictures, tagged=False)
        sections = task.root.iterfind("body/div/section")
        judged = Judge(self._faces).judge(sections, laid_out.pages)
        return replace(judged, whole=tally.whole, single=tally.single)

    def _written(self, task: Task, pictures: Files) -> tuple[Part, Sequence[Any]]:
        """The document, and WeasyPrint's pages."""
        tagged = bool(task.paths) and self._tagged
        with (
            _collected() as log,
            broken_as_a_whole(self._manners, self._snap(task)),
            borrowed_fonts(self._faces) as fonts,
            drawn_in(self._inking, self._inks),
        ):
            laid_out = self._laid_out(task, pictures, tagged=tagged)
            if tagged:
                data = write_tagged(laid_out, task.root.get("lang", ""))
            else:
                data = laid_out.write_pdf()
        # An author, and an index, may have sections in these.
        sections = task.root.iterfind("body/div/section")
        starts = page_starts(sections if task.paths else (), laid_out.pages)
        covers = {
            picture
            for figure in task.root.iter("figure")
            if "bleed" in classes(figure)
            for picture in figure.iter("img")
        }
        covers |= {img for img in task.root.iter("img") if PICTURE in img.attrib}
        pages = tuple(
            _set_page(page, begins, bare=bool(covers) and _shows(page, covers))
            for page, begins in zip(laid_out.pages, starts, strict=True)
        )
        if self._numbered and task.paths:
            pages = tuple(
                replace(done, lines=tuple(base_lines(page)))
                for done, page in zip(pages, laid_out.pages, strict=True)
            )
        said = tuple(dict.fromkeys((*self._log, *log)))
        spreads = tuple(_spreads(task, laid_out.pages))
        part = Part(data, pages, tuple(fonts), said, spreads=spreads)
        return part, laid_out.pages

    def _lost(self, task: Task, pages: Sequence[Any], data: bytes) -> Iterator[Problem]:
        runs = list(read_runs(pages))
        sections = zip(task.paths, task.root.iterfind("body/div/section"), strict=True)
        tree = _Tree(task.root, self._fetcher)
        hides = hiding_in(tree, self._css, self._fonts, self._counters)
        hidden = hidden_elements(task.root, self._hiding, hides)
        yield from lost_in_layout(sections, runs, hidden)
        yield from lost_in_pages(runs, drawn_texts(data), task.paths[0])

    def _snap(self, task: Task) -> Snap | None:
        return Snap(self._grid, task.root) if self._grid and task.paths else None

    def _laid_out(self, task: Task, pictures: Files, *, tagged: bool) -> Any:
        return _Tree(task.root, _Fetcher(pictures)).render(
            font_config=self._fonts,
            counter_style=self._counters,
            stylesheets=self._css,
            pdf_tags=tagged,
        )


# CSS pixels to points.
_POINT = 0.75


def _shows(page: Any, elements: Set[Element]) -> bool:
    return any(box.element in elements for box in page._page_box.descendants())


def _spreads(task: Task, pages: Sequence[Any]) -> Iterator[Spread]:
    if not task.spreads:
        return
    begins: dict[Element, int] = {}
    ends: dict[Element, int] = {}
    for number, page in enumerate(pages):
        for box in page._page_box.descendants(placeholders=True):
            begins.setdefault(box.element, number)
            ends[box.element] = number
    found = pages_of_spreads(task.root, begins, ends)
    # Where their place is nowhere, that is the first page of the text.
    first = 2 * len(task.spreads)
    for number, at in enumerate(task.spreads):
        yield Spread(at, max(first, found.get(number, first)))


def _set_page(page: Any, starts: tuple[Place, ...], *, bare: bool) -> SetPage:
    def place(x: float, y: float) -> tuple[float, float]:
        return x * _POINT, (page.height - y) * _POINT

    anchors = {name: place(*at[:2]) for name, at in page.anchors.items()}
    bookmarks = tuple(
        (level, label, place(*at)) for level, label, at, _ in page.bookmarks
    )
    return SetPage(anchors, bookmarks, starts, bare)


class _Tree(weasyprint.HTML):  # type: ignore[misc]
    """WeasyPrint's document made from a tree, where its own class parses a text.

    Without a base address a relative one leads nowhere.
    """

    def __init__(self, root: Element, fetcher: URLFetcher) -> None:
        self.base_url = None
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(
            root, content_language=None
        )
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[weasyprint.CSS]:
        return [narrowed_sheet()]


class _Fetcher(URLFetcher):  # type: ignore[misc]
    """Serves fonts or pictures of the book, and pictures that are written into its
    drawings; opens nothing else."""

    def __init__(self, files: Files) -> None:
        super().__init__(allowed_protocols=("data",))
        self._files = files

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        if url.startswith("data:"):
            return super().fetch(url)
        if url not in self._files:
            message = f"not part of the book: {url}"
            raise ValueError(message)
        return URLFetcherResponse(url, self._files[url].read_bytes())


@contextmanager
def _collected() -> Iterator[list[str]]:
    """What WeasyPrint logs as a warning or worse, each message once."""
    lines: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            line = record.getMessage()
            if line not in lines:
                lines.append(line)

    logger = logging.getLogger("weasyprint")
    handler = Collector(logging.WARNING)
    before = logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield lines
    finally:
        logger.removeHandler(handler)
        logger.propagate = before
