"""Whether the pages of print begin where our EPUBs say they do, for every page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from publish.model import Format
from publish.problems import PublishError
from tests.benchmarks.builds import build
from tests.benchmarks.speed.bench import NothingMadeError
from tests.benchmarks.speed.edits import copied
from tests.benchmarks.subject import Figures, say
from tests.benchmarks.table import table
from tests.page_list import page_marks, unmarked, wrong_marks
from tests.printed import printed_pages

HEADS = ("book", "pages", "with a mark", "right", "wrong", "text, no mark", "share")
NOTE = (
    "a mark is right where the words behind it begin its page and those before it end"
    " the page before, to the letter; notes, running heads, folios and what tables"
    " repeat are passed over; a word that a page breaks belongs behind the mark; in"
    " books from right to left the letters of a line are compared in any order where it"
    " has words of both directions"
)
# An EPUB lists the pages of a print edition that there is.
EDITIONS = """\
[editions.ebook]
format = "epub"

[editions.paperback]
format = "pdf"
"""


@dataclass(frozen=True, slots=True)
class Paged:
    """A book, and the marks of its pages.

    pages: in print; wrong: what is wrong with marks, by the labels of their pages
    missing: labels of pages with text and without a mark
    """

    name: str
    pages: int
    marks: int
    wrong: Mapping[str, str]
    missing: Sequence[str]


def pages_of(books: Sequence[Path], folder: Path) -> Figures:
    said: list[str] = []
    return figures_of(list(_paged(books, folder, said)), said)


def _paged(books: Sequence[Path], folder: Path, said: list[str]) -> Iterator[Paged]:
    for book in books:
        say(f"pages of {book.name} …")
        try:
            yield paged(book, folder / "paged" / book.name)
        except (PublishError, NothingMadeError) as error:
            said.append(f"skipped {book}: {error}")


def paged(book: Path, folder: Path) -> Paged:
    """Of a copy with an edition for print, where the book has none of its own."""
    whole = copied(book, folder / "book")
    settings = whole / "book.toml"
    # A file of this name may be another tool's.
    if not settings.exists() or "[editions." not in settings.read_text("utf-8"):
        settings.write_text(EDITIONS, encoding="utf-8")
    epub, pdf = (
        build(whole, made, folder / "made", folder / "cache").path
        for made in (Format.EPUB, Format.PDF)
    )
    if epub is None or pdf is None:
        raise NothingMadeError(f"{book.name} is not made in both formats")
    marks, pages = page_marks(epub.read_bytes()), printed_pages(pdf.read_bytes())
    wrong, missing = wrong_marks(marks, pages), unmarked(marks, pages)
    return Paged(book.name, len(pages), len(marks), wrong, missing)


def figures_of(books: Sequence[Paged], said: Sequence[str]) -> Figures:
    """said: what is to stand below the table besides what is wrong"""
    remarks = [*said, *_remarks(books)]
    text = f"{table(HEADS, [*map(_cells, books)])}\n"
    text += "".join(f"\n- {remark}" for remark in (NOTE, *remarks))
    return Figures(text, {"pages": [*map(asdict, books)]})


def _cells(book: Paged) -> list[str]:
    right = book.marks - len(book.wrong)
    share = f"{100 * right / book.marks:.1f} %" if book.marks else "–"
    counts = (book.pages, book.marks, right, len(book.wrong), len(book.missing))
    return [book.name, *map(str, counts), share]


def _remarks(books: Sequence[Paged]) -> Iterator[str]:
    for book in books:
        for label, fault in book.wrong.items():
            yield f"{book.name}, page {label}: {fault}"
        if book.missing:
            yield f"{book.name}: text and no mark on {', '.join(book.missing)}"
