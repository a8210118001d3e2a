"""Whatever is in a file that ends in .epub, what is said of it is one clear thing."""

import os
import random
import subprocess
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from publish.check import check_by_rules
from tests.benchmarks.rival import epub_command, pandoc_program
from tests.conftest import LAMP
from tests.epubs import CONTAINER, FILES, MIMETYPE, TWO, pack, spoilt, with_item

XHTML = "application/xhtml+xml"
ENCRYPTION = """<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"
  xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>
  <enc:EncryptionMethod Algorithm="{}"/><enc:CipherData>
  <enc:CipherReference URI="{}"/></enc:CipherData></enc:EncryptedData></encryption>"""


def codes(path: Path) -> list[str]:
    return [problem.code for problem in check_by_rules(path)]


def write(path: Path, *entries: tuple[str, str | bytes, int]) -> Path:
    """A zip of entries: name, content, how it is packed."""
    with zipfile.ZipFile(path, "w") as epub:
        for name, data, packing in entries:
            epub.writestr(name, data, packing)
    return path


def rest() -> list[tuple[str, str | bytes, int]]:
    return [(name, data, zipfile.ZIP_DEFLATED) for name, data in FILES.items()]


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    assert codes(tmp_path / "a.epub") == ["no-file"]


@pytest.mark.parametrize("data", [b"", b"words", b"PK\x03\x04" + bytes(9), b"%PDF-1.4"])
def test_what_is_no_zip_is_said(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    path.write_bytes(data)

    assert codes(path) == ["epub-broken"]


def test_a_zip_cut_short_is_said(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.epub")
    path.write_bytes(path.read_bytes()[:-500])

    assert codes(path) == ["epub-broken"]


def test_a_bomb_is_not_opened(tmp_path: Path) -> None:
    bomb = with_item("a.xhtml", XHTML, bytes(60_000_000))

    start = time.perf_counter()
    found = codes(pack(tmp_path / "a.epub", bomb))

    assert found == ["epub-too-large"]
    assert time.perf_counter() - start < 2


def test_a_zip_of_more_than_any_book_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = pack(tmp_path / "a.epub")
    monkeypatch.setattr("publish.check.archive.MOST_FILES", 5)
    assert codes(path) == ["epub-too-large"]
    monkeypatch.undo()
    monkeypatch.setattr("publish.check.archive.MOST_BYTES", 1000)
    assert codes(path) == ["epub-too-large"]


def test_a_text_of_more_than_any_chapter_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("publish.check.archive.MOST_TEXT", 5_000)
    files = with_item("a.css", "text/css", "a { color: red }" * 1_000)

    assert codes(pack(tmp_path / "a.epub", files)) == ["epub-broken"]


def test_entities_that_multiply_are_refused(tmp_path: Path) -> None:
    laughs = "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' if n else '<!ENTITY a0 "ha">'
        for n in range(12)
    )
    files = dict(FILES)
    files["EPUB/text/two.xhtml"] = TWO.replace("html>", f"html [{laughs}]>", 1).replace(
        "South-west", "&a11;"
    )

    start = time.perf_counter()
    found = codes(pack(tmp_path / "a.epub", files))

    assert found == ["epub-xml"]
    assert time.perf_counter() - start < 5


def test_a_password_is_said(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.epub")
    data = bytearray(path.read_bytes())
    # The flags of the first entry of the directory.
    data[data.find(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)

    assert codes(path) == ["epub-locked"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or not os.geteuid(), reason="root reads")
def test_what_may_not_be_read_is_said(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.epub")
    path.chmod(0)

    assert codes(path) == ["unreadable"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("EPUB/text/two.xhtml", b"South-west."),
        ("EPUB/toc.ncx", b"<text>Wind"),
        ("EPUB/book.css", b"text-align"),
        ("EPUB/book.opf", b"marc:relators"),
        ("EPUB/cover.png", b"IDAT"),
        ("META-INF/container.xml", b"rootfiles"),
    ],
)
def test_a_file_whose_bytes_have_changed_is_named(
    name: str, words: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "a.epub"
    entries = [("mimetype", MIMETYPE, zipfile.ZIP_STORED)]
    write(path, *entries, *((n, d, zipfile.ZIP_STORED) for n, d, _ in rest()))
    data = path.read_bytes()
    path.write_bytes(data.replace(words, words.swapcase(), 1))

    found = [p for p in check_by_rules(path) if p.code == "epub-broken"]

    assert [p.at.path for p in found] == [path / name]


def test_the_mimetype_is_first_bare_and_exact(tmp_path: Path) -> None:
    stored, deflated = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED
    path = tmp_path / "a.epub"
    for entries in (
        rest(),
        [*rest(), ("mimetype", MIMETYPE, stored)],
        [("mimetype", MIMETYPE, deflated), *rest()],
        [("mimetype", f"{MIMETYPE}\n", stored), *rest()],
    ):
        assert codes(write(path, *entries)) == ["epub-mimetype"]


def test_an_extra_field_before_the_mimetype_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    with zipfile.ZipFile(path, "w") as epub:
        info = zipfile.ZipInfo("mimetype")
        info.extra = b"UT\x05\x00\x01abcd"
        epub.writestr(info, MIMETYPE)
        for name, data in FILES.items():
            epub.writestr(name, data)

    assert codes(path) == ["epub-mimetype"]


@pytest.mark.parametrize(
    ("container", "code"),
    [
        ("", "epub-xml"),
        (CONTAINER.replace("oebps", "other"), "epub-container"),
        (CONTAINER.replace("book.opf", "gone.opf"), "epub-container"),
        (CONTAINER.replace("EPUB/book.opf", "EPUB/nav.xhtml"), "epub-container"),
        (CONTAINER.replace("</rootfiles>", ""), "epub-xml"),
    ],
)
def test_without_a_package_there_is_one_thing_to_say(
    container: str, code: str, tmp_path: Path
) -> None:
    files = {**FILES, "META-INF/container.xml": container}

    assert codes(pack(tmp_path / "a.epub", files)) == [code]


def test_a_container_that_is_not_there_is_said(tmp_path: Path) -> None:
    files = {name: data for name, data in FILES.items() if "META" not in name}

    assert codes(pack(tmp_path / "a.epub", files)) == ["epub-container"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a:b.css", "epub-bad-name"),
        ("a..css.", "epub-bad-name"),
        (f"{'a' * 300}.css", "epub-bad-name"),
        ("../../a.css", "epub-bad-name"),
        ("a b.css", "epub-odd-name"),
        ("Book.css", "epub-doubled-name"),
    ],
)
def test_names_that_some_system_cannot_have(
    name: str, code: str, tmp_path: Path
) -> None:
    found = codes(pack(tmp_path / "a.epub", {**FILES, f"EPUB/{name}": ""}))

    assert sorted(found) == sorted([code, "epub-unlisted"])


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name(tmp_path: Path) -> None:
    stored = zipfile.ZIP_STORED
    twice = ("EPUB/book.css", "a { color: red }", stored)
    entries = [("mimetype", MIMETYPE, stored), *rest(), twice]

    assert codes(write(tmp_path / "a.epub", *entries)) == ["epub-doubled-name"]


def test_a_packing_that_epub_does_not_know(tmp_path: Path) -> None:
    entries = [
        ("mimetype", MIMETYPE, zipfile.ZIP_STORED),
        *((n, d, zipfile.ZIP_BZIP2 if "css" in n else p) for n, d, p in rest()),
    ]

    assert codes(write(tmp_path / "a.epub", *entries)) == ["epub-packing"]


def test_files_in_no_manifest_are_named(tmp_path: Path) -> None:
    files = {**FILES, "EPUB/notes.txt": "", "META-INF/other.xml": "<a/>"}

    found = check_by_rules(pack(tmp_path / "a.epub", files))

    assert [(p.code, p.at.path.name) for p in found] == [("epub-unlisted", "notes.txt")]


def test_what_is_encrypted_is_said_once_and_not_read(tmp_path: Path) -> None:
    locked = ENCRYPTION.format("http://www.w3.org/2001/04/xmlenc#aes256-cbc", ONE_PATH)
    files = {**FILES, "META-INF/encryption.xml": locked, ONE_PATH: bytes(range(256))}

    found = check_by_rules(pack(tmp_path / "a.epub", files))

    assert [p.code for p in found if p.code != "epub-pagelist-broken"] == [
        "epub-encrypted",
        "epub-claim-pages",
    ]


ONE_PATH = "EPUB/text/one.xhtml"


def test_hidden_fonts_are_a_note(tmp_path: Path) -> None:
    hidden = ENCRYPTION.format("http://www.idpf.org/2008/embedding", "EPUB/a.ttf")
    files = with_item("a.ttf", "font/ttf", bytes(range(256)))

    found = check_by_rules(
        pack(tmp_path / "a.epub", {**files, "META-INF/encryption.xml": hidden})
    )

    assert [(p.code, p.severity) for p in found] == [("epub-obfuscated", "note")]


def test_what_a_name_holds_cannot_move_the_cursor(tmp_path: Path) -> None:
    files = {**FILES, "EPUB/\x1b[2Ja.txt": ""}

    found = check_by_rules(pack(tmp_path / "a.epub", files))

    assert all("\x1b" not in str(problem) for problem in found)
    assert len(found) == 2


def test_no_stranger_is_an_exception(tmp_path: Path) -> None:
    """Bytes of the zip, and of the texts in it, changed by chance; always the same."""
    chance = random.Random(1)
    path = tmp_path / "a.epub"
    good = pack(tmp_path / "good.epub").read_bytes()
    for _ in range(150):
        data = bytearray(good)
        for _ in range(chance.randint(1, 20)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(data)
        assert check_by_rules(path) is not None
    names = [name for name, data in FILES.items() if isinstance(data, str)]
    for _ in range(150):
        files = {name: FILES[name] for name in FILES}
        name = chance.choice(names)
        text = bytearray(str(FILES[name]).encode())
        for _ in range(chance.randint(1, 4)):
            start = chance.randrange(len(text))
            del text[start : start + chance.randint(1, 30)]
        pack(path, files | {name: bytes(text)})
        assert check_by_rules(path) is not None


def test_a_book_of_two_hundred_files_takes_less_than_two_seconds(
    tmp_path: Path,
) -> None:
    files = dict(FILES)
    body = "<p>One <em>tin</em> and <a href='one.xhtml'>another</a>.</p>" * 150
    items, refs = "", ""
    for n in range(200):
        files[f"EPUB/text/{n}.xhtml"] = TWO.replace("<p>South-west.</p>", body)
        items += f'<item id="i{n}" href="text/{n}.xhtml" media-type="{XHTML}"/>'
        refs += f'<itemref idref="i{n}"/>'
    package = str(FILES["EPUB/book.opf"]).replace("</manifest>", f"{items}</manifest>")
    files["EPUB/book.opf"] = package.replace("</spine>", f"{refs}</spine>")
    path = pack(tmp_path / "a.epub", files)

    start = time.process_time()
    found = check_by_rules(path)

    assert found == ()
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "page",
    [
        "<section aria-label='a'>" * 900 + "</section>" * 900,
        "<p id='a'/>" * 20_000,
        "<a href='x'>" * 900 + "a" + "</a>" * 900,
        "<table><tr><td>" * 300 + "</td></tr></table>" * 300,
        "<p style='color: red; margin: 0'>a</p>" * 20_000,
        f"<style>{'a{b:c}' * 50_000}{'(' * 9_000}{'/*' * 9_000}</style>",
        f"<style>{'margin:' * 20_000}</style>",
        f"<style>a {{ b: url({' ' * 50_000}</style>",
    ],
    ids=["landmarks", "ids", "links", "tables", "styles", "sheet", "margins", "blanks"],
)
def test_no_page_takes_longer_than_its_length(page: str, tmp_path: Path) -> None:
    text = TWO.replace("<p>South-west.</p>", page)
    path = pack(tmp_path / "a.epub", {**FILES, "EPUB/text/two.xhtml": text})

    start = time.process_time()
    check_by_rules(path)

    assert time.process_time() - start < 4


def test_a_long_way_of_fallbacks_or_refinements_ends(tmp_path: Path) -> None:
    old = '<item id="two"'
    new = '<item id="two" fallback="picture"'
    path = spoilt(tmp_path / "a.epub", "EPUB/book.opf", old, new)
    assert codes(path) == []
    circle = "".join(
        f'<meta id="m{n}" refines="#m{n + 1}" property="group-position">1</meta>'
        for n in range(20_000)
    )
    path = spoilt(
        tmp_path / "a.epub", "EPUB/book.opf", "<dc:date>", f"{circle}<dc:date>"
    )
    start = time.process_time()

    assert codes(path) == ["epub-refines"]
    assert time.process_time() - start < 4


@pytest.fixture(scope="module")
def by_pandoc(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    pandoc = pandoc_program()
    if pandoc is None:
        pytest.skip("pypandoc_binary is not installed")
    folder = tmp_path_factory.mktemp("pandoc")

    def made(book: Path) -> Path:
        path = folder / f"{book.name}.epub"
        subprocess.run(epub_command(book, pandoc, path), cwd=book, check=True)
        return path

    return made


def test_what_pandoc_makes_is_read(by_pandoc: Callable[[Path], Path]) -> None:
    found = codes(by_pandoc(LAMP))

    assert "epub-claim-missing" in found
    assert not {"epub-broken", "epub-container", "epub-mimetype"} & set(found)
