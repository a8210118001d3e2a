"""A book in fragments is the book set in one piece, letter by letter."""

import io
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from xml.etree.ElementTree import Element

import pypdfium2
import pytest

from publish.crew import Work, crew
from publish.images import read_images
from publish.language import direction
from publish.manuscript import read_manuscript
from publish.model import Book, Edition, Format, Role
from publish.parse import parse
from publish.pdf.assemble import assembled
from publish.pdf.document import document_of
from publish.pdf.finish import finish
from publish.pdf.fragments import Kind, cut
from publish.pdf.join_fonts import lend
from publish.pdf.page import page_of
from publish.pdf.pagination import BookPage, paginate
from publish.pdf.setting import Setting
from publish.pdf.task import Part
from publish.style import load_style
from publish.transform import transform

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "corpora"
BOOKS = [ROOT / "manuscript", ROOT / "tests" / "books" / "lamp"]
BOOKS += [path for name in ("curie", "mdlearn-fa") if (path := SHARED / name).is_dir()]
STYLE = load_style("classic")
# Where a fragment begins in one document of them all.
OPENINGS = ".recto { break-before: recto } .next { break-before: page }"
# Nobody sees a difference of less, in points.
NEAR = 0.1


def read_book(folder: Path, pictures: Path) -> tuple[Book, Edition]:
    """Without its contents, which know numbers of pages."""
    manuscript = read_manuscript(folder)
    parsed, _ = parse(manuscript)
    book, _ = read_images(parsed, manuscript.folder, manuscript.cover, pictures)
    book = transform(replace(book, editions=manuscript.editions))
    kept = tuple(c for c in book.chapters if c.role is not Role.CONTENTS)
    edition = next(e for e in manuscript.editions if e.format is Format.PDF)
    return replace(book, chapters=kept), edition


def set_all(works: Sequence[Work[Part]]) -> list[Part]:
    with crew(2) as executor:
        return executor.gather([executor.submit(work) for work in works])


def both_ways(folder: Path, pictures: Path) -> tuple[bytes, bytes]:
    """In one piece, and in fragments; both without furniture."""
    book, edition = read_book(folder, pictures)
    setting = Setting(book, edition, STYLE)
    page = page_of(STYLE.page, STYLE.sizes, edition.trim)
    fragments = cut(book, STYLE.opening)
    roots = [document_of(f, book, page, {}).root for f in fragments]
    paths = [tuple(c.path for c in f.chapters) for f in fragments]
    works = list(map(setting.work, roots, paths))
    whole, body = Element("html", roots[0].attrib), Element("body")
    whole.append(body)
    for fragment, root in zip(fragments, roots, strict=True):
        for division in root.iterfind("body/div"):
            copy = Element("div", {"class": "recto" if fragment.recto else "next"})
            copy.extend(division)
            body.append(copy)
    setup = replace(setting.setup, text=(*setting.setup.text, OPENINGS))
    in_one = setting.work(whole, sum(paths, ()))
    in_one = replace(in_one, kit=replace(in_one.kit, given=setup))
    *parts, one = set_all([*works, in_one])
    straight = [
        BookPage(0, n, Kind.BODY, n + 1, False, n % 2 == 0)
        for n in range(len(one.pages))
    ]
    joined = paginate(fragments, [len(part.pages) for part in parts])
    made = []
    for some, pages in (([one], straight), (parts, joined)):
        rtl = direction(book.metadata.language) == "rtl"
        with assembled(some, [], pages, page, right_to_left=rtl) as pdf:
            lend(pdf, (f for part in some for f in part.fonts), setup.faces)
            made.append(finish(pdf, book.metadata, pages, accessible=False))
    return made[0], made[1]


def letters(pdf: bytes) -> list[list[tuple[str, float, float]]]:
    """The letters of each page, with the lower left corner of each."""
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        pages = [page.get_textpage() for page in document]
        return [
            [
                (sign, *page.get_charbox(n)[:2])
                for n, sign in enumerate(page.get_text_range())
                if not sign.isspace()
            ]
            for page in pages
        ]


@pytest.mark.parametrize("folder", BOOKS, ids=lambda folder: folder.name)
def test_fragments_are_set_as_in_one_piece(folder: Path, tmp_path: Path) -> None:
    whole, joined = map(letters, both_ways(folder, tmp_path))

    assert len(joined) == len(whole)
    for number, (one, other) in enumerate(zip(whole, joined, strict=True), 1):
        pairs = zip_longest(one, other)
        assert [pair for pair in pairs if not is_near(*pair)] == [], f"page {number}"


def is_near(
    one: tuple[str, float, float] | None, other: tuple[str, float, float] | None
) -> bool:
    if one is None or other is None or one[0] != other[0]:
        return False
    return all(abs(a - b) <= NEAR for a, b in zip(one[1:], other[1:], strict=True))
