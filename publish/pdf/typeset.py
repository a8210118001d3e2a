"""The door to WeasyPrint: a tree of elements and sheets in, the bytes of a PDF out."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

import cssselect2
import weasyprint
from weasyprint.css.counters import CounterStyle
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from publish.fonts import Face
from publish.pdf.borrowed import FontUse, borrowed_fonts
from publish.pdf.boxes import read_runs
from publish.pdf.mends import mend, narrowed_sheet
from publish.pdf.structure import write_tagged
from publish.words import Run


@dataclass(frozen=True, slots=True)
class SetPage:
    """What stands where on one page, in points from its lower left corner.

    anchors: the place of every element with an id; bookmarks: level, label, place
    """

    anchors: Mapping[str, tuple[float, float]]
    bookmarks: tuple[tuple[int, str, tuple[float, float]], ...]


@dataclass(frozen=True, slots=True)
class Typeset:
    """data: a PDF whose fonts have no outlines yet: `fonts` says which glyphs it uses
    runs: every run of text, in the order in which it was set
    log: what WeasyPrint had to say
    """

    data: bytes
    pages: tuple[SetPage, ...]
    fonts: tuple[FontUse, ...]
    runs: tuple[Run, ...]
    log: tuple[str, ...]


class Press:
    """WeasyPrint with the fonts of one book, for as many documents as there are.

    faces: the fonts; sheets: in the order of the cascade
    serve: the bytes behind one of our own addresses; None for one that is not ours.
        There is no other way to any file or to the network.
    """

    def __init__(
        self,
        faces: Sequence[Face],
        sheets: Sequence[str],
        serve: Callable[[str], bytes | None],
    ) -> None:
        mend()
        self._fetcher = _Fetcher(serve)
        self._faces = faces
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
                for sheet in sheets
            ]

    def typeset(self, root: Element, *, tagged: bool = True) -> Typeset:
        """Lay out a document."""
        with _collected() as log, borrowed_fonts(self._faces) as fonts:
            laid_out = _Tree(root, self._fetcher).render(
                font_config=self._fonts,
                counter_style=self._counters,
                stylesheets=self._css,
                pdf_tags=tagged,
            )
            if tagged:
                data = write_tagged(laid_out, root.get("lang", ""))
            else:
                data = laid_out.write_pdf()
        pages = tuple(map(_set_page, laid_out.pages))
        runs = tuple(read_runs(laid_out.pages)) if tagged else ()
        said = dict.fromkeys((*self._log, *log))
        return Typeset(data, pages, tuple(fonts), runs, tuple(said))


# CSS pixels to points.
_POINT = 0.75


def _set_page(page: Any) -> SetPage:
    def place(x: float, y: float) -> tuple[float, float]:
        return x * _POINT, (page.height - y) * _POINT

    anchors = {name: place(*at[:2]) for name, at in page.anchors.items()}
    bookmarks = tuple(
        (level, label, place(*at)) for level, label, at, _ in page.bookmarks
    )
    return SetPage(anchors, bookmarks)


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
    """Serves what *serve* knows and opens nothing else."""

    def __init__(self, serve: Callable[[str], bytes | None]) -> None:
        super().__init__(allowed_protocols=())
        self._serve = serve

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        data = self._serve(url)
        if data is None:
            message = f"not part of the book: {url}"
            raise ValueError(message)
        return URLFetcherResponse(url, data)


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
