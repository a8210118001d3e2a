"""`publish check` of PDFs: ours with the places of the manuscript, and strangers."""

import random
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pymupdf
import pytest
from click.testing import CliRunner, Result
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image as Pillow

from publish.cli import main
from publish.pipeline import build
from publish.preflight.document import opened
from publish.preflight.drawn import Words
from publish.preflight.say import Fault, listed, problems_of
from publish.printers import printer_names
from publish.problems import Position, Severity
from publish.wanted import Wanted
from tests.conftest import BOOK_TOML, LAMP, NAMELESS, BuildWhole, WriteBook
from tests.leaflets import SIX_BY_NINE, codes, found, leaflet, words
from tests.test_images import saved

# PDFs that others have made, where they lie on this machine.
STRANGERS = sorted(Path("/usr/share").rglob("*.pdf"))[:20]
PRINTED = """\
[editions.paperback]
format = "pdf"
trim = "6x9in"
printer = "kdp"
paper = "cream"
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["check", *map(str, arguments)])


# The command


def test_a_pdf_that_is_as_it_should_be(tmp_path: Path) -> None:
    path = leaflet(tmp_path / "a.pdf")

    result = run(path, "--for", "kdp")

    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr == (
        f"{path}: note: for KDP, it was taken for a book cut to 6 × 9 in, without bleed"
        " and on paper “white” [print-assumed]\n"
        "  hint: say otherwise with --trim and --paper\n"
        f"{path}: no errors, no warnings\n"
    )


def test_what_is_wrong_is_told_with_its_page_and_place(tmp_path: Path) -> None:
    path = leaflet(tmp_path / "a.pdf", words(20, 600))

    result = run(path, "--for", "KDP", "--paper", "cream", "--trim", "6x9in")

    assert result.exit_code == 1
    assert (
        f"{path}: error: page 1: words are nearer to the spine than 0.375 in (“Lamp”,"
        " 0.278 in from the spine, 0.569 in from the top) [print-gutter]\n"
        "  hint: a book of 24 pages needs that inner margin"
        " (KDP Help, paperback, seen by many in 2026)\n"
    ) in result.stderr
    assert "paper" not in result.stderr.partition("[print-assumed]")[0]
    assert result.stderr.endswith("1 error\n")


def test_what_was_said_is_not_guessed(tmp_path: Path) -> None:
    path = leaflet(tmp_path / "a.pdf", size=(441, 666))

    (note,) = found(path, "kdp", paper="cream")

    assert note.message == (
        "for KDP, it was taken for a book cut to 6 × 9 in and with bleed"
    )


def test_an_office_measures_in_millimetres(tmp_path: Path) -> None:
    path = leaflet(tmp_path / "a.pdf", words(20, 300), size=(419.53, 595.28))

    messages = [problem.message for problem in found(path, "office")]

    assert "cut to 148 × 210 mm" in messages[0]
    assert "nearer to the spine than 10 mm" in messages[1]


def test_without_a_printer_the_rules_of_all_are_applied(tmp_path: Path) -> None:
    path = leaflet(tmp_path / "a.pdf", words(20, 600))

    result = run(path)

    assert result.exit_code == 0
    assert result.stderr == f"{path}: no errors, no warnings\n"


def test_several_printers_are_asked_at_once(tmp_path: Path) -> None:
    path = leaflet(tmp_path / "a.pdf", count=24)

    assert codes(path, "kdp", "ingram") == {"print-last-page", "print-standard"}


def test_warnings_are_faults_to_those_who_are_strict(tmp_path: Path) -> None:
    path = leaflet(tmp_path / "a.pdf", "0.2 w 72 72 m 200 72 l S")

    assert run(path, "--for", "kdp").exit_code == 0
    assert run(path, "--for", "kdp", "--strict").exit_code == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ["--for", "kdp", "--paper", "creme"],
            "KDP has no paper `creme`; did you mean",
        ),
        (["--paper", "cream"], "say whose with --for"),
        (["--trim", "6x9"], 'write "6x9in"'),
        (["--for", "kobo"], "Kobo takes an EPUB"),
        (["-e", "print"], "a finished file is one edition"),
    ],
)
def test_what_cannot_be_asked_of_a_pdf(
    tmp_path: Path, options: list[str], said: str
) -> None:
    result = run(leaflet(tmp_path / "a.pdf"), *options)

    assert result.exit_code == 2
    assert said in result.stderr


def test_what_can_be_asked_of_a_pdf_alone(tmp_path: Path) -> None:
    epub = tmp_path / "a.epub"
    epub.touch()

    assert "KDP takes a PDF" in run(epub, "--for", "kdp").stderr
    assert "are for a PDF" in run(epub, "--trim", "6x9in").stderr
    assert "are for a PDF" in run(LAMP, "--right-to-left").stderr


# Many pages


def faults(pages: list[int], weights: dict[int, float]) -> Iterator[Fault]:
    for page in pages:
        weight = weights.get(page, 0)
        yield Fault(page, "a-code", "it is wrong", f"by {weight:g}", "", weight=weight)


def test_few_pages_are_told_one_by_one_and_each_with_its_worst() -> None:
    several = [(3, 1.0), (1, 0.0), (3, 2.0), (3, 0.0)]
    found = (Fault(n, "a-code", "wrong", f"by {w:g}", weight=w) for n, w in several)
    told = problems_of(found, lambda _page: Position(Path("a")))

    assert [problem.message for problem in told] == [
        "page 1: wrong (by 0)",
        "page 3: wrong (by 2)",
    ]


def test_many_pages_are_told_together_with_the_worst() -> None:
    pages = [3, 7, *range(12, 41)]
    told = problems_of(faults(pages, {20: 5}), lambda _page: Position(Path("a")), "k")

    (problem,) = told
    assert problem.message == ("pages 3, 7, 12–40 of k: it is wrong (page 20: by 5)")


def test_nobody_reads_a_list_of_a_hundred_pages() -> None:
    assert listed(range(1, 200, 2)) == (
        "1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, … (100 in all)"
    )


# Our own books


def test_the_pages_of_a_book_are_mended_in_its_manuscript(
    write_book: WriteBook,
) -> None:
    text = "# One\n\nwords\n\n![A lamp](lamp.png){width=50%}\n"
    lamp = saved(Pillow.new("L", (60, 40)), "png")
    files: dict[str, str | bytes] = {"one.md": text, "lamp.png": lamp}
    book = write_book(files | {"book.toml": BOOK_TOML + PRINTED})

    result = run(book)

    assert (
        f"{book}/one.md:1: warning: page 5 of paperback: pictures have fewer than"
    ) in result.stderr
    # What the build has said is not said again.
    assert result.stderr.count("too-few-pages") == 1
    assert "print-page-count" not in result.stderr


def test_a_page_has_the_line_of_the_block_that_it_begins_with(
    write_book: WriteBook,
) -> None:
    blocks = ["# One"]
    blocks += [f"Paragraph {n} of many, {'and on it goes ' * 40}." for n in range(30)]
    code = "\n".join(f"line_{n} = {n}" for n in range(90))
    blocks += ["Term\n:   What it is.", f"```\n{code}\n```"]
    text = "\n\n".join(blocks)
    book = write_book({"book.toml": BOOK_TOML + PRINTED, "one.md": text})

    (made,) = build(book, Wanted(formats=("pdf",))).artifacts

    lines = text.splitlines()
    with pymupdf.open(stream=made.data) as pdf:
        assert len(made.places) == made.pages == len(pdf)
        begun = 0
        for page, place in zip(pdf, made.places, strict=True):
            first = page.get_text().strip().partition("\n")[0]
            if place.line and place.path.name == "one.md":
                begun += 1
                # A page may begin in the midst of a paragraph, or with a head.
                below = " ".join(lines[place.line - 1 : place.line + 1])
                assert first.split()[-1].strip("-\u00ad") in below + " One The Lamp"
    assert begun > 8


def test_an_edition_for_no_printer_is_held_to_the_one_that_is_named(
    write_book: WriteBook,
) -> None:
    toml = BOOK_TOML + '[editions.print]\nformat = "pdf"\n'
    book = write_book({"book.toml": toml, "one.md": "# One\n\nwords\n"})

    plain, asked = run(book), run(book, "--for", "kdp")

    assert "print-" not in plain.stderr
    assert "error: print: KDP wants no bookmarks [print-outline]" in asked.stderr
    assert 'hint: write `printer = "kdp"` under [editions.print]' in asked.stderr


def test_of_the_editions_those_for_the_printer_are_asked(write_book: WriteBook) -> None:
    others = '[editions.print]\nformat = "pdf"\n'
    others += '[editions.sheets]\nformat = "pdf"\nprinter = "office"\n'
    text = "# One\n\n![A lamp](lamp.png){width=50%}\n"
    lamp = saved(Pillow.new("L", (60, 40)), "png")
    files: dict[str, str | bytes] = {"one.md": text, "lamp.png": lamp}
    book = write_book(files | {"book.toml": BOOK_TOML + PRINTED + others})

    result = run(book, "--for", "kdp")

    assert "page 5 of paperback: pictures have fewer" in result.stderr
    assert "of sheets" not in result.stderr
    assert "of print:" not in result.stderr
    assert "print: " not in result.stderr


def test_a_book_that_is_read_from_right_to_left_has_room_at_its_spine(
    write_book: WriteBook,
) -> None:
    printed = """\
[editions.paperback]
format = "pdf"
printer = "custom"
[editions.paperback.custom]
margins = { gutter = [{ width = "32mm" }] }
"""
    toml = BOOK_TOML.replace('"en"', '"fa"') + printed
    text = "# یک\n\n" + "چراغ را روشن کرد و نشست. " * 300
    book = write_book({"book.toml": toml, "one.md": text})

    result = run(book)

    assert "no errors" in result.stderr


# What is drawn, as another program sees it


def extents(path: Path) -> dict[int, tuple[float, float, frozenset[float]]]:
    """For each page how far its words go to the left and to the right, and how large
    they are."""
    found: dict[int, tuple[float, float, frozenset[float]]] = {}
    with path.open("rb") as file, opened(file, 0) as document:
        for leaf in document.leaves(document.shapes()):
            runs = [thing for thing in leaf.things if isinstance(thing, Words)]
            assert not leaf.broken
            if runs:
                found[leaf.number] = (
                    min(run.box.left for run in runs),
                    max(run.box.right for run in runs),
                    frozenset(round(run.size, 1) for run in runs),
                )
    return found


def extents_of_mupdf(path: Path) -> dict[int, tuple[float, float, frozenset[float]]]:
    found: dict[int, tuple[float, float, frozenset[float]]] = {}
    with pymupdf.open(path) as pdf:
        for n, page in enumerate(pdf, 1):
            letters = [
                (letter["bbox"], span["size"])
                for block in page.get_text("rawdict")["blocks"]
                for line in block.get("lines", ())
                for span in line["spans"]
                for letter in span["chars"]
                if not letter["c"].isspace()
            ]
            if letters:
                found[n] = (
                    min(box[0] for box, _ in letters),
                    max(box[2] for box, _ in letters),
                    frozenset(round(size, 1) for _, size in letters),
                )
    return found


@pytest.mark.parametrize("book", [LAMP, NAMELESS])
def test_words_stand_where_another_program_sees_them(
    whole: BuildWhole, book: Path
) -> None:
    ours, theirs = extents(whole(book).pdf), extents_of_mupdf(whole(book).pdf)

    assert ours.keys() == theirs.keys()
    for number, (left, right, sizes) in ours.items():
        assert left == pytest.approx(theirs[number][0], abs=0.5), number
        assert right == pytest.approx(theirs[number][1], abs=0.5), number
        assert sizes == theirs[number][2], number


# Strangers


@pytest.mark.parametrize("path", STRANGERS, ids=lambda path: path.name)
def test_a_stranger_s_file_is_looked_through(path: Path) -> None:
    problems = found(path, *printer_names())

    assert {"print-broken-page", "print-unreadable"}.isdisjoint(
        problem.code for problem in problems
    )


@pytest.mark.parametrize("data", [b"", b"words", b"%PDF-1.4\n%%EOF"])
def test_what_is_no_pdf_has_one_message(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)

    result = run(path, "--for", "kdp")

    assert result.exit_code == 1
    assert "error: this is no PDF, or a broken one [print-unreadable]" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_file_without_pages_has_one_message(tmp_path: Path) -> None:
    path = leaflet(tmp_path / "a.pdf", count=0)

    assert codes(path, "kdp") == {"print-unreadable"}


def test_a_locked_file_has_one_message(tmp_path: Path) -> None:
    lock = pikepdf.Encryption(owner="lamp", user="wick")
    path = leaflet(tmp_path / "a.pdf", encryption=lock)

    (problem,) = found(path, "kdp")
    assert problem.code == "print-security"
    assert "password" in problem.message


def test_a_broken_page_is_told_and_the_others_are_checked(tmp_path: Path) -> None:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].Resources.Font.F = Dictionary(Subtype=Name.Type0)

    own = words(20, 600)
    path = leaflet(tmp_path / "a.pdf", own, own, count=24, change=change)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[2].Resources = Dictionary()
        pdf.save(path)

    told = {p.code: p.severity for p in found(path, "kdp")}
    assert told["print-broken-page"] is Severity.WARNING


def test_a_form_that_draws_itself_comes_to_an_end(tmp_path: Path) -> None:
    def change(pdf: Pdf) -> None:
        form = pdf.make_stream(
            b"/X Do /X Do " + words(72, 600).encode(), Subtype=Name.Form
        )
        form.BBox = Array([0, 0, *SIX_BY_NINE])
        page = pdf.pages[0]
        page.Resources.XObject = Dictionary(X=form)
        form.Resources = page.Resources

    path = leaflet(tmp_path / "a.pdf", "/X Do", count=1, change=change)

    assert codes(path) == set()


def test_content_that_ends_within_a_word_is_told(tmp_path: Path) -> None:
    def change(pdf: Pdf) -> None:
        form = pdf.make_stream(b"BT (one", Subtype=Name.Form, BBox=[0, 0, *SIX_BY_NINE])
        pdf.pages[0].Resources.XObject = Dictionary(X=form)

    path = leaflet(tmp_path / "a.pdf", "/X Do", words(72, 600), count=1, change=change)

    assert "print-broken-page" in codes(path)


@pytest.mark.parametrize("seed", range(40))
def test_nothing_that_is_broken_stops_a_check(
    whole: BuildWhole, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    path = tmp_path / "a.pdf"
    with pikepdf.open(whole(LAMP).pdf) as pdf:
        # So that what is spoilt is the content, too.
        pdf.save(
            path,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=False,
        )
    data = bytearray(path.read_bytes())
    for _ in range(1 << chance.randrange(12)):
        data[chance.randrange(len(data))] = chance.choice(b"0 /<>[]()\x00\xffqQZ9-.")
    if seed % 4 == 0:
        del data[chance.randrange(len(data)) :]
    path.write_bytes(data)

    result = run(path, "--for", "kdp", "--for", "ingram")

    assert result.exit_code in {0, 1}
    assert "[internal]" not in result.stderr
