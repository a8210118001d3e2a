"""A whole book, and what ends up inside its EPUB and its PDF.

The EPUB is compared file by file, as text. The PDF is compared by what a reader could
tell of it, never by its bytes: those change with every engine and font.
"""

import io
import zipfile
from collections.abc import Iterator

import pikepdf
import pypdfium2
import pytest

from publish.report import Report
from tests.conftest import LAMP, BuildWhole, Golden
from tests.tagged import tag_lines

EPOCH = (1980, 1, 1, 0, 0, 0)
TEXTS = (".xhtml", ".opf", ".ncx", ".css", ".xml", "mimetype")


@pytest.fixture(scope="module")
def report(whole: BuildWhole) -> Report:
    return whole(LAMP).report


@pytest.fixture(scope="module")
def epub(report: Report) -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(io.BytesIO(report.artifacts[0].data)) as archive:
        yield archive


def test_the_book_has_no_problems(report: Report) -> None:
    assert report.problems == ()


def test_files_are_named_after_book_and_edition(report: Report) -> None:
    names = [artifact.name for artifact in report.artifacts]

    assert names == ["the-lamp-ebook.epub", "the-lamp-paperback.pdf"]


def test_the_text_of_the_epub(epub: zipfile.ZipFile, golden: Golden) -> None:
    names = [name for name in epub.namelist() if name.endswith(TEXTS)]

    golden("lamp.epub/files.txt", "".join(f"{name}\n" for name in epub.namelist()))
    for name in names:
        golden(f"lamp.epub/{name}", epub.read(name).decode())


def test_the_epub_carries_no_clock(epub: zipfile.ZipFile) -> None:
    """Two builds in one tick of the zip clock (2 s) agree by luck, so look inside."""
    assert {entry.date_time for entry in epub.infolist()} == {EPOCH}


def test_the_pages_of_the_pdf(report: Report, golden: Golden) -> None:
    golden("lamp.pdf.txt", described(report.artifacts[1].data))


def test_the_pdf_says_nothing_of_its_maker(report: Report) -> None:
    data = report.artifacts[1].data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        info = {str(key): str(value) for key, value in pdf.docinfo.items()}

    day = "D:20260301000000Z"
    assert info == {
        "/Author": "Ada Bell",
        "/Title": "The Lamp",
        "/CreationDate": day,
        "/ModDate": day,
    }
    for word in (b"WeasyPrint", b"pydyf", str(LAMP).encode()):
        assert word not in data


def described(data: bytes) -> str:
    """Size of the pages in points, their labels and words, outline and tags.

    A page's words are joined into one line: where a line breaks is the font's doing.
    """
    pdf = pypdfium2.PdfDocument(data)
    width, height = pdf[0].get_size()
    lines = [f"{len(pdf)} pages of {width:.0f} x {height:.0f} pt"]
    for mark in pdf.get_toc():
        dest = mark.get_dest()
        page = dest.get_index() + 1 if dest else 0
        lines.append(f"bookmark {'  ' * mark.level}{mark.get_title()} -> {page}")
    for index, page in enumerate(pdf):
        words = " ".join(page.get_textpage().get_text_range().split())
        words = words.replace("\ufffe", "\N{HYPHEN} ")
        lines.append(f"page {index + 1} ({pdf.get_page_label(index)}): {words}")
    pdf.close()
    with pikepdf.open(io.BytesIO(data)) as document:
        lines.append(f"language {document.Root.Lang}")
    return "\n".join([*lines, *tag_lines(data)]) + "\n"
