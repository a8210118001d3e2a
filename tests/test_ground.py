"""The ground of the pages on which a part opens, measured in the finished files."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import pikepdf
import pymupdf
import pypdfium2
import pytest
from pypdfium2 import raw

from publish.artifact import Artifact
from publish.contrast import contrast
from publish.looks import designed
from publish.model import (
    Bleed,
    Book,
    Design,
    Edition,
    Format,
    Ink,
    Margins,
    Opening,
    Paper,
    Proof,
    Role,
)
from publish.pdf import render_pdf
from publish.pdf.colours import Mixer
from publish.pdf.ground import ground_of
from publish.pdf.task import ColourMode, Inking
from publish.pipeline import build
from publish.preflight import Request, preflight
from publish.printers import load_printer
from publish.problems import Position
from publish.report import Report
from publish.style import load_style
from publish.transform import transform
from publish.wanted import Wanted
from tests.conftest import BOOK_TOML, WriteBook
from tests.test_inks import PROFILE
from tests.test_press import FINE, made_up, printed
from tests.trees import METADATA, read
from tests.verapdf import UA, A, faults

WORDS = "The lamp was trimmed and the night was long and nobody came to the door. "
PART = "---\nrole: part\n---\n\n"
OPENER = f"""\
{PART}# Winter

The *long* [night](https://example.org) and `code`.^[A note.]

> Far off the sea.
"""
CHAPTER = f"# Frost\n\n{WORDS * 40}\n"
SCREEN = Edition("screen", Format.PDF)
BLUE = "1f3a4d"
SCREEN_TOML = '[editions.screen]\nformat = "pdf"\n'
EBOOK_TOML = '[editions.ebook]\nformat = "epub"\n'
AT = Position(Path("book.toml"), 7)


def made(*texts: str, language: str = "en") -> Book:
    """Texts that begin as `PART` are parts."""
    files = {f"{n}.md": text.removeprefix(PART) for n, text in enumerate(texts, 1)}
    parsed = read(files, replace(METADATA, language=language))
    roles = [Role.PART if text.startswith(PART) else Role.CHAPTER for text in texts]
    chapters = (
        replace(chapter, role=role)
        for chapter, role in zip(parsed.chapters, roles, strict=True)
    )
    return transform(replace(parsed, chapters=tuple(chapters)))


def rendered(
    book: Book,
    edition: Edition = SCREEN,
    colour: str = BLUE,
    opening: Opening = Opening.RECTO,
    proof: Proof | None = None,
) -> Artifact:
    design = Design(
        opener=colour, opening=opening, places=(("opener", AT), ("opening", AT))
    )
    edition = replace(edition, design=design)
    style = designed(load_style("classic"), edition, Path())
    return render_pdf(book, edition, style, *([proof] if proof else []))


@dataclass(frozen=True, slots=True)
class Page:
    """A page with a ground.

    number: from 0; ground, bleed, trim: left, bottom, right and top
    """

    number: int
    ground: tuple[float, ...]
    bleed: tuple[float, ...]
    trim: tuple[float, ...]


def grounds(data: bytes) -> list[Page]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        shown = {
            n
            for n, page in enumerate(pdf.pages)
            if "/Ground" in page.Resources.get("/XObject", {})
        }
    with pypdfium2.PdfDocument(data) as pdf:
        return [
            Page(n, shape.get_bounds(), page.get_bleedbox(), page.get_trimbox())
            for n, page in enumerate(pdf)
            if n in shown
            for shape in [*page.get_objects(filter=[raw.FPDF_PAGEOBJ_FORM])][:1]
        ]


def told(data: bytes, name: str = "/Ground") -> list[str]:
    """The words of the shapes of that name, of all pages."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [
            page.Resources.XObject[name].read_bytes().decode()
            for page in pdf.pages
            if name in page.Resources.get("/XObject", {})
        ]


def colours(data: bytes, number: int) -> set[int]:
    """Of the letters of a page."""
    with pymupdf.open(stream=data) as pdf:
        return {
            span["color"]
            for block in pdf[number].get_text("dict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
        }


def edges(page: Page, spine: float, side: float) -> tuple[float, ...]:
    """Where a ground ends that goes so far beyond the trim of a right-hand page, at the
    spine and elsewhere."""
    left, bottom, right, top = page.trim
    return left - spine, bottom - side, right + side, top + side


KDP = load_printer("kdp")
OFFICE = load_printer("office")


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize(
    ("edition", "spine", "side"),
    [
        (SCREEN, 0, 0),
        (printed(OFFICE), 0, 0),
        (printed(KDP, bleed=True), 0, 9),
        (printed(made_up(bleed=Bleed(9, spine=True)), bleed=True, marks=True), 9, 9),
        (printed(made_up(margins=Margins(gutters=((999, 90),)))), 0, 0),
    ],
    ids=["screen", "office", "kdp", "marks", "gutter"],
)
def test_it_goes_to_the_edge_of_what_is_printed(
    edition: Edition, spine: float, side: float, language: str
) -> None:
    """Parts begin on the right-hand page, in Persian on the left."""
    done = rendered(made(OPENER, CHAPTER, language=language), edition)

    (page,) = grounds(done.data)
    assert page.ground == pytest.approx(page.bleed, abs=FINE)
    left, bottom, right, top = edges(page, spine, side)
    if language == "fa":
        left, right = page.trim[0] - side, page.trim[2] + spine
    assert page.ground == pytest.approx((left, bottom, right, top), abs=FINE)
    assert [p.code for p in done.problems if p.code == "no-bleed"] == []


def test_all_of_the_page_has_it_and_no_other() -> None:
    done = rendered(made(OPENER, CHAPTER, OPENER), opening=Opening.PAGE)

    shown = {page.number for page in grounds(done.data)}
    assert len(shown) == 2
    with pypdfium2.PdfDocument(done.data) as pdf:
        for number, page in enumerate(pdf):
            picture = page.render(scale=1).to_pil().convert("RGB")
            right, foot = picture.width - 1, picture.height - 1
            corners = {picture.getpixel(at) for at in product((0, right), (0, foot))}
            ground = (0x1F, 0x3A, 0x4D) if number in shown else (255, 255, 255)
            assert corners == {ground}


def test_everything_on_it_is_in_one_colour() -> None:
    done = rendered(made(OPENER, CHAPTER))

    (page,) = grounds(done.data)
    assert colours(done.data, page.number) == {0xFFFFFF}
    assert colours(done.data, page.number + 2) == {0}


def test_a_colour_of_the_book_gives_way_on_it(write_book: WriteBook) -> None:
    report = built(write_book, f'colour = "#7a1f1f"\nopener = "#{BLUE}"')

    data = report.artifacts[0].data
    (page,) = grounds(data)
    assert colours(data, page.number) == {0xFFFFFF}
    assert 0x7A1F1F in colours(data, page.number + 2)


def built(
    write_book: WriteBook, design: str, edition: str = SCREEN_TOML, text: str = OPENER
) -> Report:
    toml = f"{BOOK_TOML}[design]\n{design}\n{edition}"
    folder = write_book({"1.md": text, "2.md": CHAPTER, "book.toml": toml})
    return build(folder, Wanted())


def test_the_pages_of_a_long_part_all_have_it() -> None:
    done = rendered(made(f"{OPENER}\n{WORDS * 80}", CHAPTER))

    pages = [page.number for page in grounds(done.data)]
    assert len(pages) > 1
    assert [colours(done.data, n) for n in pages] == [{0xFFFFFF}] * len(pages)


def mixers() -> Iterator[Mixer]:
    yield Mixer(Inking())
    yield Mixer(Inking(ColourMode.KEY, grey=0.1))
    yield Mixer(Inking(ColourMode.BLACK, grey=0.1))
    if PROFILE.is_file():
        yield Mixer(Inking(ColourMode.FOUR, most=240), PROFILE.read_bytes())


@pytest.mark.parametrize("mixer", [*mixers()], ids=lambda mixer: str(mixer.inking.mode))
def test_letters_are_read_on_every_ground(mixer: Mixer) -> None:
    for parts in product(("00", "33", "77", "bb", "ff"), repeat=3):
        colour = "".join(parts)
        ground = ground_of(colour, mixer)

        seen = mixer.seen([part / 255 for part in bytes.fromhex(colour)])
        letters = (1, 1, 1) if ground.is_dark else (0, 0, 0)
        assert contrast(seen, letters) >= 4.5
        assert ground.watermark != ground.colour


def test_contrast() -> None:
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    # Of WCAG's own examples: the lightest grey that is read on white.
    grey = (0x76 / 255,) * 3
    assert contrast(grey, (1, 1, 1)) == pytest.approx(4.54, abs=0.01)


def test_black_ink_makes_it_a_grey_with_letters_for_that_grey() -> None:
    """Red carries black letters, and the grey that it becomes white ones."""
    book = made(OPENER, CHAPTER)
    paper = Paper("white", ink=Ink.BLACK)
    printer = replace(made_up(), papers=(paper,))

    screen, press = (
        rendered(book, colour="ff0000"),
        rendered(book, printed(printer), colour="ff0000"),
    )

    assert told(screen.data)[0].startswith("1 0 0 rg\n")
    assert told(press.data)[0].startswith("0.299 g\n")
    assert colours(screen.data, grounds(screen.data)[0].number) == {0}
    assert colours(press.data, grounds(press.data)[0].number) == {0xFFFFFF}


@pytest.mark.skipif(not PROFILE.is_file(), reason="no profile of inks is here")
def test_the_inks_of_a_press_make_it(write_book: WriteBook) -> None:
    toml = (
        '[editions.paper]\nformat = "pdf"\nprinter = "ingram"\npaper = "colour"\n'
        'profile = "inks.icc"\nbleed = true\n'
    )
    text = f'{BOOK_TOML}[design]\nopener = "#{BLUE}"\n{toml}'
    folder = write_book({"1.md": OPENER, "2.md": CHAPTER * 20, "book.toml": text})
    (folder / "inks.icc").write_bytes(PROFILE.read_bytes())

    (done,) = build(folder).artifacts

    first = told(done.data)[0].splitlines()[0]
    *inks, operator = first.split()
    assert operator == "k"
    assert 1 < sum(map(float, inks)) <= 2.4


def test_verapdf_finds_nothing(tmp_path: Path) -> None:
    done = rendered(made(OPENER, CHAPTER, OPENER))
    path = tmp_path / "screen.pdf"
    path.write_bytes(done.data)

    assert b"<pdfuaid:part>1</pdfuaid:part>" in done.data
    assert faults([path], UA) == [[]]
    assert faults([path], A) == [[]]


def test_a_printer_finds_nothing() -> None:
    edition = printed(KDP, bleed=True)
    done = rendered(made(OPENER, CHAPTER * 20), edition)
    assert edition.printing

    request = Request(KDP, edition.printing.paper.name, edition.trim, True)
    found = preflight(
        io.BytesIO(done.data), done.size, [request], lambda _: Position(Path("a"))
    )

    assert [p.code for p in found] == []


def test_it_wants_bleed_once() -> None:
    done = rendered(made(OPENER, CHAPTER, OPENER), printed(KDP))

    assert [p.at for p in done.problems if p.code == "no-bleed"] == [AT]


def test_a_book_without_parts_has_no_use_for_it(write_book: WriteBook) -> None:
    report = built(write_book, 'opener = "#123"', SCREEN_TOML, "# One\n\nWords.\n")

    found = [(p.at.line, p.hint) for p in report.problems if p.code == "no-effect"]
    assert found == [(6, "the book has no parts")]


def test_an_e_book_is_as_without_it(write_book: WriteBook) -> None:
    said, plain = (
        built(write_book, design, EBOOK_TOML) for design in ('opener = "#123"', "")
    )
    own = f'{EBOOK_TOML}[editions.ebook.design]\nopener = "#123"\n'
    idle = built(write_book, "", own)

    assert said.artifacts[0].data == plain.artifacts[0].data
    found = [(p.code, p.at.line) for p in said.problems + idle.problems]
    assert [line for code, line in found if code == "no-effect"] == [6, 10]


@pytest.mark.parametrize("colour", ["000000", "ffffff", "767676", BLUE])
def test_words_across_it_are_seen_and_leave_the_letters_readable(colour: str) -> None:
    done = rendered(made(OPENER, CHAPTER), replace(SCREEN, watermark="Draft"), colour)

    (ground, *_), pale = told(done.data), told(done.data, "/Watermark")
    marked = {words.splitlines()[0] for words in pale}
    assert "0.9 g" in marked
    (across,) = marked - {"0.9 g"}
    assert across != ground.splitlines()[0]
    with pikepdf.open(io.BytesIO(done.data)) as pdf:
        page = pdf.pages[grounds(done.data)[0].number]
        drawn = page.Contents[0].read_bytes()
    assert drawn.index(b"/Ground Do") < drawn.index(b"/Watermark Do")
    is_dark = ground_of(colour, Mixer(Inking())).is_dark
    letters = (1, 1, 1) if is_dark else (0, 0, 0)
    shown = [float(part) for part in across.split()[:-1]]
    assert contrast(shown, letters) >= 4.5


def test_one_part_alone_has_it() -> None:
    book = made(OPENER, CHAPTER)

    one = rendered(book, proof=Proof(only=book.chapters[-2].name))
    other = rendered(book, proof=Proof(only=book.chapters[-1].name))

    assert len(grounds(one.data)) == 1
    assert grounds(other.data) == []
