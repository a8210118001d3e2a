"""A file claims to be of a standard only where it is."""

import io

import pikepdf
import pytest

from publish.artifact import Artifact
from publish.pipeline import build
from publish.problems import Severity
from tests.conftest import BOOK_TOML, WriteBook

INGRAM = """
[editions.paperback]
format = "pdf"
printer = "ingram"
paper = "{paper}"
"""
RED = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">'
    '<rect width="20" height="20" fill="#c00"/></svg>'
)
TEXT = "# One\n\n![A square](red.svg)\n\n" + "Words and words. " * 400


def made(write_book: WriteBook, paper: str) -> Artifact:
    toml = BOOK_TOML + INGRAM.format(paper=paper)
    files = {f"{n}.md": TEXT for n in range(1, 10)}
    folder = write_book({"book.toml": toml, "red.svg": RED, **files})
    (artifact,) = build(folder).artifacts
    return artifact


def claim(artifact: Artifact) -> str:
    with pikepdf.open(io.BytesIO(artifact.data)) as pdf:
        assert ("/OutputIntents" in pdf.Root) is ("/GTS_PDFXVersion" in pdf.docinfo)
        return str(pdf.docinfo.get("/GTS_PDFXVersion", ""))


def test_a_book_in_black_is_what_it_claims(write_book: WriteBook) -> None:
    done = made(write_book, "cream")

    assert claim(done) == "PDF/X-1:2001"
    assert [p.code for p in done.problems] == []


def test_a_book_in_colours_of_a_screen_claims_nothing_and_says_why(
    write_book: WriteBook,
) -> None:
    done = made(write_book, "colour")

    assert claim(done) == ""
    (problem,) = done.problems
    assert (problem.code, problem.severity) == ("no-standard", Severity.WARNING)
    assert "PDF/X-1A:2001, which IngramSpark wants" in problem.message
    assert "in RGB" in problem.message
    assert problem.at.path.suffix == ".md"


@pytest.mark.parametrize("paper", ["cream", "colour"])
def test_the_version_is_the_printer_s_either_way(
    write_book: WriteBook, paper: str
) -> None:
    assert made(write_book, paper).data.startswith(b"%PDF-1.3")
