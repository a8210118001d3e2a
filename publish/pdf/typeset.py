"""The door to WeasyPrint: a tree of elements and sheets in, the bytes of a PDF out."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import cssselect2
import weasyprint
from weasyprint.css.counters import CounterStyle
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from publish.pdf.boxes import read_runs
from publish.pdf.mends import mend, narrowed_sheet
from publish.pdf.structure import write_tagged
from publish.words import Run


@dataclass(frozen=True, slots=True)
class Typeset:
    """data: the PDF as WeasyPrint writes it
    places: id to page, counted from 0, for every element with an id
    runs: every run of text, in the order in which it was set
    log: what WeasyPrint had to say
    """

    data: bytes
    pages: int
    places: Mapping[str, int]
    runs: tuple[Run, ...]
    log: tuple[str, ...]


def typeset(
    root: Element, sheets: tuple[str, ...], serve: Callable[[str], bytes | None]
) -> Typeset:
    """Lay out a document.

    sheets: in the order of the cascade
    serve: the bytes behind one of our own addresses; None for one that is not ours.
        There is no other way to any file or to the network.
    """
    mend()
    fetcher = _Fetcher(serve)
    # The same for the sheets and the layout, else the fonts are silently ignored.
    fonts, counters = FontConfiguration(), CounterStyle()
    with _collected() as log:
        css = [
            weasyprint.CSS(
                string=sheet,
                url_fetcher=fetcher,
                font_config=fonts,
                counter_style=counters,
            )
            for sheet in sheets
        ]
        laid_out = _Tree(root, fetcher).render(
            font_config=fonts, counter_style=counters, stylesheets=css, pdf_tags=True
        )
        # `finish` packs it again, and better.
        data = write_tagged(laid_out, root.get("lang", ""))
    places: dict[str, int] = {}
    for n, page in enumerate(laid_out.pages):
        for anchor in page.anchors:
            places.setdefault(anchor, n)
    runs = tuple(read_runs(laid_out.pages))
    return Typeset(data, len(laid_out.pages), places, runs, tuple(log))


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
