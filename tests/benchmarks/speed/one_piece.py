"""A whole book set by WeasyPrint in one piece, as who has only WeasyPrint would do it.

    python -m tests.benchmarks.speed.one_piece BOOK PDF [OPENING]

The text, the sheets, the running heads and the numbers are ours, so that the same
pages come out; the tags are WeasyPrint's, and so is all else: none of our repairs,
its collector running. No word is looked for in what was made.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree.ElementTree import Element

import cssselect2
import weasyprint
from weasyprint.text.fonts import FontConfiguration

from tests.benchmarks.speed.reading import Ready, read_ready
from tests.benchmarks.speed.whole import document_of_all, sheet_of


def main() -> None:
    book, pdf, *opening = sys.argv[1:]
    with TemporaryDirectory() as folder:
        _set(read_ready(Path(book), Path(folder), *opening), pdf)


def _set(ready: Ready, pdf: str) -> None:
    fonts = FontConfiguration()
    sheet = weasyprint.CSS(string=sheet_of(ready), font_config=fonts)
    laid_out = _Tree(document_of_all(ready)).render(
        font_config=fonts, stylesheets=[sheet], pdf_tags=True
    )
    laid_out.write_pdf(pdf, pdf_tags=True)


class _Tree(weasyprint.HTML):  # type: ignore[misc]
    """From a tree: a text would have to be parsed, and a note in the middle of a
    paragraph would not come through that."""

    def __init__(self, root: Element) -> None:
        self.base_url, self.media_type = None, "print"
        self.url_fetcher = weasyprint.urls.URLFetcher()
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(
            root, content_language=None
        )
        self.etree_element = self.wrapper_element.etree_element


if __name__ == "__main__":
    main()
