"""Books and chapters that other people wrote, to EPUB and PDF in one command each.

They lie beside the checkout and not in it; a clone without them skips this file.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from publish.check import check_epubs
from publish.manuscript import read_manuscript
from publish.model import Chapter, Equation, Math
from publish.parse import parse
from publish.walk import chapter_blocks, own_inlines, walk_inlines
from publish.words.count import shown_words
from publish.words.letters import letters
from tests import calibre, mupdf
from tests.ace import violations
from tests.epubjs import faults_by_day
from tests.verapdf import UA, A, faults

SHARED = Path(__file__).parent.parent.parent / "shared"
CORPORA, RAW_HTML = SHARED / "corpora", SHARED / "cases" / "raw-html"

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="no ../shared")

# What may be wrong with these books because their authors left it so.
OF_THE_AUTHOR = frozenset(
    {
        "broken-picture",
        "dead-link",
        "no-file",
        "no-note",
        "no-picture",
        "outside",
        "remote-picture",
    }
)

# Opened in real readers: a novel, one from right to left, formulas and tables, code.
READ = ("noir-et-blanc", "mdlearn-fa", "curie", "learn-go")


def strangers() -> dict[str, Path]:
    """Every book, every file of raw HTML, every language of one README, by a name."""
    if not SHARED.is_dir():
        return {}
    readmes = sorted((CORPORA / "command-line").glob("README*.md"))
    return {
        **{f.name: f for f in sorted(CORPORA.iterdir()) if f.is_dir()},
        RAW_HTML.name: RAW_HTML,
        **{f"{RAW_HTML.name}/{f.name}": f for f in sorted(RAW_HTML.glob("*.md"))},
        **{f"command-line/{f.name}": f for f in readmes},
    }


@dataclass(frozen=True, slots=True)
class Build:
    """said: what the command says as JSON; epub, pdf: the files it made"""

    status: int
    stderr: str
    said: Mapping[str, Any]
    epub: Path
    pdf: Path

    @property
    def problems(self) -> list[dict[str, Any]]:
        return list(self.said["problems"])


def build(book: Path, out: Path) -> Build:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "publish",
            "build",
            book,
            "-o",
            out,
            "--no-cache",
            "--json",
        ],
        cwd=book.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    said = json.loads(done.stdout) if done.stdout else {"problems": []}
    files = {path.suffix: path for path in out.iterdir()} if out.is_dir() else {}
    none = out / "none"
    return Build(
        done.returncode,
        done.stderr,
        said,
        files.get(".epub", none),
        files.get(".pdf", none),
    )


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Build]]:
    folder = tmp_path_factory.mktemp("strangers")
    books = strangers()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        outs = [folder / str(number) for number in range(len(books))]
        yield dict(zip(books, pool.map(build, books.values(), outs), strict=True))


@pytest.mark.parametrize("name", strangers())
def test_a_stranger_becomes_a_book(builds: Mapping[str, Build], name: str) -> None:
    done = builds[name]
    errors = [p for p in done.problems if p["severity"] == "error"]

    assert done.stderr == ""
    assert [p for p in errors if p["code"] not in OF_THE_AUTHOR] == []
    assert done.status == bool(errors)
    assert all(p["at"]["line"] for p in errors)
    assert len(pypdfium2.PdfDocument(done.pdf)) > 0


def formulas(chapter: Chapter) -> str:
    """The sources of all formulas."""
    return "".join(
        found.source
        for block in chapter_blocks(chapter)
        for found in (block, *walk_inlines(own_inlines(block)))
        if isinstance(found, Equation | Math)
    )


@pytest.mark.parametrize("name", [n for n in strangers() if "/" not in n])
def test_another_reader_of_the_pdf_finds_every_letter(
    builds: Mapping[str, Build], name: str
) -> None:
    """What the build reads back itself, PDFium reads from the finished file: all but
    formulas, which are drawn."""
    book, _ = parse(read_manuscript(strangers()[name]))
    wanted = Counter(letters("".join(w for c in book.chapters for w in shown_words(c))))
    wanted -= Counter(letters("".join(map(formulas, book.chapters))))

    with pypdfium2.PdfDocument(builds[name].pdf) as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]

    assert wanted - Counter(letters("".join(pages))) == Counter()


def test_epubcheck_finds_nothing(builds: Mapping[str, Build]) -> None:
    found = check_epubs([done.epub for done in builds.values()])

    said = {name: p for name, p in zip(builds, found, strict=True) if p}
    assert said == {}


def test_ace_finds_nothing(builds: Mapping[str, Build]) -> None:
    """In whole books: the browser takes some seconds for each."""
    books = [name for name in builds if "/" not in name]

    found = violations([builds[name].epub for name in books])

    assert dict(zip(books, found, strict=True)) == {name: [] for name in books}


def test_epubjs_shows_the_whole_book(builds: Mapping[str, Build]) -> None:
    found = faults_by_day([builds[name].epub for name in READ])

    assert dict(zip(READ, found, strict=True)) == {name: [] for name in READ}


@pytest.mark.parametrize("name", READ)
def test_mupdf_draws_every_page(builds: Mapping[str, Build], name: str) -> None:
    assert mupdf.faults(builds[name].epub) == []


def test_calibre_warns_of_nothing(builds: Mapping[str, Build]) -> None:
    said = calibre.warnings([builds[name].epub for name in READ])

    assert dict(zip(READ, said, strict=True)) == {name: [] for name in READ}


@pytest.mark.parametrize("flavour", [UA, A])
def test_verapdf_finds_nothing(builds: Mapping[str, Build], flavour: str) -> None:
    found = faults([done.pdf for done in builds.values()], flavour)

    assert {name: said for name, said in zip(builds, found, strict=True) if said} == {}
