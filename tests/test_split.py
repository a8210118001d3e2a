"""No file of an EPUB is larger than old reading systems can show."""

import re
import zipfile
from pathlib import Path

import pytest

from publish.check import check_epub
from publish.epub.resource import Resource
from publish.epub.split import HEAVIEST, LARGEST, part_long
from publish.model import Format
from publish.pipeline import build
from publish.wanted import Wanted
from tests.ace import violations
from tests.writing import write

BOOK = """
[book]
title = "The Lamp"
language = "en"
people = ["Ada Bell"]

[editions.ebook]
format = "epub"

[editions.paperback]
format = "pdf"
"""
# So that the book can be a small one.
FEW = 30_000
WORDS = "The keeper of the light went up the stairs again, and trimmed the wick. " * 12


def long_text() -> str:
    """A chapter of some 200,000 letters, with notes and links in it."""
    parts = ["# Long\n\nTo [the end](#the-end), [part three](#part-3), [two](2.md).\n"]
    for n in range(12):
        parts.append(f"## Part {n}\n")
        parts += [f"{WORDS} {n}.{k}[^{n}-{k % 10}]\n" for k in range(14)]
    parts.append("## The end\n\nBack to [part one](#part-1).\n")
    parts += [f"[^{n}-{k}]: Note {n}.{k}\n" for n in range(12) for k in range(10)]
    return "\n".join(parts)


@pytest.fixture(scope="module")
def epub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("long")
    two = "# Two\n\nSee [the end](1.md#the-end) and [part seven](1.md#part-7).\n"
    files = {"book.toml": BOOK, "1.md": long_text(), "2.md": two}
    write(folder / "book", files)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("publish.epub.split.LARGEST", FEW)
        report = build(folder / "book", Wanted(formats=(Format.EPUB,)))
    (artifact,) = report.artifacts
    path = folder / artifact.name
    path.write_bytes(artifact.data)
    return path


def texts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as epub:
        return {
            Path(name).name: epub.read(name).decode()
            for name in epub.namelist()
            if name.endswith((".xhtml", ".ncx"))
        }


def test_no_file_is_too_large_and_each_part_begins_with_a_heading(epub: Path) -> None:
    parts = {n: t for n, t in texts(epub).items() if "-long." in n}

    assert len(parts) > 3
    assert all(len(text.encode()) <= FEW for text in parts.values())
    later = {n: t for n, t in parts.items() if re.search(r"\.\d+\.xhtml$", n)}
    assert len(later) == len(parts) - 1
    for text in later.values():
        _, _, body = text.partition("<section")
        assert re.match(r"[^>]*>\s*(<span [^>]*></span>)?<h2", body)
        assert 'role="doc-chapter"' not in text


def test_every_address_leads_to_an_id_of_its_file(epub: Path) -> None:
    files = texts(epub)
    ids = {name: set(re.findall(r'\sid="([^"]+)"', t)) for name, t in files.items()}
    addresses = [
        (name, *address)
        for name, text in files.items()
        for address in re.findall(r'(?:href|src)="([^"#]*)#([^"]+)"', text)
    ]

    lost = [
        (name, file, anchor)
        for name, file, anchor in addresses
        if anchor not in ids[Path(file).name if file else name]
    ]
    assert len(addresses) > 300
    assert not lost


def test_a_note_stands_with_its_first_call(epub: Path) -> None:
    files = texts(epub)
    calls: dict[str, str] = {}
    for name, text in files.items():
        for anchor in re.findall(r'role="doc-noteref" href="[^"#]*#([^"]+)"', text):
            calls.setdefault(anchor, name)
    notes = {
        anchor: name
        for name, text in files.items()
        for anchor in re.findall(r'role="doc-footnote" id="([^"]+)"', text)
    }

    assert len(notes) == 12 * 10
    assert notes == calls


def test_checkers_find_nothing(epub: Path) -> None:
    assert [str(problem) for problem in check_epub(epub)] == []
    assert violations([epub]) == [[]]


def file(*blocks: str) -> Resource:
    text = f"<html><head><title>T</title></head><body><section>{''.join(blocks)}"
    data = f"{text}</section></body></html>".encode()
    return Resource("text-a", "text/a.xhtml", "application/xhtml+xml", data)


def test_a_file_that_is_small_stays_as_it_is() -> None:
    one = file("<p>x</p>", '<p id="y">y</p>')

    (same,), moved = part_long([one], lambda _: 0)

    assert same is one
    assert moved.address("text/a.xhtml#y") == "text/a.xhtml#y"


def test_a_block_that_is_too_large_is_not_parted() -> None:
    one = file(f"<p>{'x' * LARGEST}</p>")

    (same,), _ = part_long([one], lambda _: 0)

    assert same.read() == one.read()


def test_pictures_count() -> None:
    picture = '<p><img src="../images/a.png" alt="" /></p>'
    other = picture.replace("a.png", "b.png")

    parts, _ = part_long([file(picture, other)], lambda _: HEAVIEST * 2 // 3)

    assert [part.path for part in parts] == ["text/a.xhtml", "text/a.2.xhtml"]


def test_an_id_in_another_script_is_found() -> None:
    big = f"<p>{'x' * (LARGEST * 2 // 3)}</p>"
    anchor = '<p id="چراغ">y</p><p><a href="#%DA%86">z</a></p>'

    _, moved = part_long([file(big, big, anchor)], lambda _: 0)

    assert moved.address("a.xhtml#چراغ") == "a.2.xhtml#چراغ"
    quoted = "a.xhtml#%DA%86%D8%B1%D8%A7%D8%BA"
    assert moved.address(quoted).startswith("a.2.xhtml#")
