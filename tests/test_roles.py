"""Whoever made a book stands in it, where a reader sees them."""

import io
import zipfile

import pypdfium2

from publish.pipeline import build
from tests.conftest import WriteBook

TEXT = "# Title: Oil\n\n## Author: Ada Bell\n\n## Translator: Bo Carr\n\n" + "".join(
    f"## Chapter {number}\n\nwords\n\n" for number in range(1, 4)
)


def test_a_translator_in_front_of_a_whole_book_stands_in_both_outputs(
    write_book: WriteBook,
) -> None:
    folder = write_book({"oil.md": TEXT})

    epub, pdf = build(folder / "oil.md").artifacts

    with zipfile.ZipFile(io.BytesIO(epub.data)) as archive:
        pages = [archive.read(n) for n in archive.namelist() if n.endswith(".xhtml")]
        package = archive.read("EPUB/content.opf")
    document = pypdfium2.PdfDocument(pdf.data)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    for name in ("Ada Bell", "Bo Carr"):
        assert name.encode() in b"".join(pages)
        assert name.encode() in package
        assert name in text
