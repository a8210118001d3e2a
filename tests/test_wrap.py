"""The cover of a printed book: its sheet, what stands on it, and the file of it."""

import io
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner
from PIL import Image as Pillow

from publish.cli import main
from publish.config import load_config
from publish.covering import Asked, cover_editions
from publish.crew import Executor, crew
from publish.model import Template, Trim, Wrap
from publish.pipeline import build
from publish.printers import load_printer
from publish.problems import PublishError
from publish.report import Report
from publish.wanted import Wanted
from publish.wrap.colours import palette
from publish.wrap.designs import design_names
from publish.wrap.sheet import case_of, sheet_of, spine_width
from tests.conftest import WriteBook
from tests.missing import program, skipped_if_missing

KDP = load_printer("kdp")
SIX_BY_NINE = Trim(432, 648)
# Of Debian's ghostscript.
INKS = Path("/usr/share/color/icc/ghostscript/default_cmyk.icc")

BOOK = """
[book]
title = "The Lamp"
subtitle = "A Novel"
language = "en"
people = ["Ada Keeper"]
publisher = "Harbour Press"
description = "The light has burned for a hundred years.\\n\\nThen the letter comes."
"""
PAPERBACK = """
[editions.paperback]
format = "pdf"
printer = "kdp"
paper = "cream"
isbn = "978-0-306-40615-7"
"""
COVER = "[editions.paperback.cover]\n"

Make = Callable[..., Report]


@pytest.fixture(scope="module")
def hands() -> Iterator[Executor]:
    with crew(1) as executor:
        yield executor


@pytest.fixture
def make(write_book: WriteBook, hands: Executor) -> Make:
    """Make the cover of a book of so many pages; 0 to count them."""

    def made(
        *lines: str, pages: int = 300, guides: bool = False, **files: str | bytes
    ) -> Report:
        named = {name.replace("_", "."): data for name, data in files.items()}
        folder = write_book({**whole_book(*lines), **named})
        asked = Asked(("paperback",), pages, guides)
        return cover_editions(folder, asked, None, lambda: nullcontext(hands))

    return made


def whole_book(*lines: str) -> dict[str, str | bytes]:
    toml = "".join((BOOK, PAPERBACK, COVER, *(f"{line}\n" for line in lines)))
    return {"book.toml": toml, "a.md": "# A\n\nWords."}


def only(report: Report) -> bytes:
    (made,) = report.artifacts
    return made.data


def codes(report: Report) -> list[str]:
    return [problem.code for problem in report.problems if problem.severity != "note"]


@pytest.mark.parametrize(
    ("pages", "spine", "width"),
    [
        # KDP Help, paperback cover: pages × 0.0025 in on cream, and 12.25 in besides.
        (24, 0.06, 12.31),
        (79, 0.1975, 12.4475),
        (80, 0.2, 12.45),
        (300, 0.75, 13.0),
        (800, 2.0, 14.25),
    ],
)
def test_a_sheet_is_as_wide_as_its_pages_make_it(
    pages: int, spine: float, width: float
) -> None:
    (cream,) = (paper for paper in KDP.papers if paper.name == "cream")
    thick = spine_width(cream, Wrap(), pages)

    sheet = sheet_of(SIX_BY_NINE, thick, KDP.cover, right_to_left=False)

    assert thick / 72 == pytest.approx(spine)
    assert sheet.width / 72 == pytest.approx(width)
    assert sheet.height / 72 == pytest.approx(9.25)


def test_glue_widens_a_spine() -> None:
    lulu = load_printer("lulu").papers[0]

    # Lulu Book Creation Guide: pages / 444 + 0.06 in.
    assert spine_width(lulu, Wrap(), 222) / 72 == pytest.approx(0.56, abs=0.0005)


def test_a_spine_may_be_said() -> None:
    white = load_printer("ingram").papers[0]

    assert spine_width(white, Wrap(), 300) == 0
    assert spine_width(white, Wrap(spine=50), 300) == 50


def test_a_book_from_right_to_left_has_its_front_on_the_left() -> None:
    left = sheet_of(SIX_BY_NINE, 54, KDP.cover, right_to_left=False)
    right = sheet_of(SIX_BY_NINE, 54, KDP.cover, right_to_left=True)

    assert (left.back.left, left.front.left) == (9, 495)
    assert (right.front.left, right.back.left) == (9, 495)
    # What is printed on a front runs from the fold to the edge of the sheet.
    assert (left.whole_front.left, left.whole_front.right) == (495, 936)
    assert (right.whole_front.left, right.whole_front.right) == (0, 441)
    assert (right.whole_back.left, right.whole_back.right) == (495, 936)
    # A quarter of an inch from trim and spine (KDP), on either side.
    field = left.barcode_field(KDP.cover)
    assert (left.spine.left - field.right, left.back.bottom - field.bottom) == (18, 18)
    assert right.barcode_field(KDP.cover).left - right.spine.right == 18


def test_a_hardcover_is_what_its_printer_says() -> None:
    template = Template(width=1004, height=738, spine=60, front=420, hinge=16, wrap=36)

    sheet = case_of(template, right_to_left=False)

    assert (sheet.width, sheet.height, sheet.edge) == (1004, 738, 36)
    assert (sheet.back.width, sheet.back.height) == (420, 666)
    assert sheet.spine.left == 36 + 420 + 16
    assert sheet.front.left == sheet.spine.right + 16


def test_the_boxes_of_a_file_are_those_of_the_sheet(make: Make) -> None:
    with pikepdf.open(io.BytesIO(only(make()))) as pdf:
        (leaf,) = pdf.pages
        media, bleed, trim = (
            [float(side) for side in leaf[box]]
            for box in ("/MediaBox", "/BleedBox", "/TrimBox")
        )

    assert media == pytest.approx([0, 0, 13.0 * 72, 9.25 * 72], abs=0.1)
    assert bleed == media
    assert trim == pytest.approx([9, 9, 13.0 * 72 - 9, 9.25 * 72 - 9], abs=0.1)


def test_a_file_holds_a_sheet_and_its_fonts_and_nothing_else(make: Make) -> None:
    with pikepdf.open(io.BytesIO(only(make()))) as pdf:
        root: Any = pdf.Root
        sheet: Any = pdf.pages[0].obj
        assert {*root.keys()} == {"/Type", "/Pages"}
        assert "/Info" not in pdf.trailer
        assert not {"/Annots", "/Group"} & {*sheet.keys()}
        fonts = fonts_of(sheet)
        sizes = [int(f.FontDescriptor.FontFile2.Length1) for f in fonts]

    assert sizes
    assert all(0 < size < 60_000 for size in sizes)


def fonts_of(leaf: Any) -> list[Any]:
    return [font.DescendantFonts[0] for font in leaf.Resources.Font.values()]


def test_a_printer_that_reads_it_is_told_whose_book_it_is(
    write_book: WriteBook, hands: Executor
) -> None:
    toml = BOOK + PAPERBACK.replace("kdp", "lulu")
    folder = write_book({"book.toml": toml, "a.md": "# A"})
    asked = Asked(("paperback",), 300)
    report = cover_editions(folder, asked, None, lambda: nullcontext(hands))

    with pikepdf.open(io.BytesIO(only(report))) as pdf:
        assert str(pdf.docinfo["/Title"]) == "The Lamp"


def test_the_same_book_makes_the_same_file(make: Make) -> None:
    first = only(make())
    # What a clock would tell differs then.
    time.sleep(1.1)

    assert only(make()) == first


def test_a_spine_has_words_from_79_pages_on(make: Make) -> None:
    thin, thick = (words(only(make(pages=n))).replace(" ", "") for n in (78, 79))

    # At this width they stand in capitals: nothing reaches below the line.
    assert "THELAMP" not in thin
    assert "THELAMP" in thick


def words(data: bytes) -> str:
    text: str = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_bounded()
    return " ".join(text.split())


def test_words_keep_off_the_folds(make: Make) -> None:
    """KDP: a sixteenth of an inch on either side, at every thickness."""
    for pages in (79, 100, 300):
        page = pypdfium2.PdfDocument(only(make(pages=pages)))[0]
        left, right = 9 + 432.0, 9 + 432 + pages * 0.18
        on_spine = [box for box in boxes(page) if left < (box[0] + box[2]) / 2 < right]
        assert on_spine
        assert min(box[0] for box in on_spine) >= left + 4.5 - 0.05
        assert max(box[2] for box in on_spine) <= right - 4.5 + 0.05
        middle = (min(b[0] for b in on_spine) + max(b[2] for b in on_spine)) / 2
        assert middle == pytest.approx((left + right) / 2, abs=1)


def boxes(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, float]]:
    """Of the letters, from the lower left corner."""
    text = page.get_textpage()
    return [
        text.get_charbox(n)
        for n in range(text.count_chars())
        if text.get_text_range(n, 1).strip()
    ]


@pytest.mark.parametrize("design", design_names())
def test_nothing_stands_too_near_to_an_edge(make: Make, design: str) -> None:
    page = pypdfium2.PdfDocument(only(make(f'design = "{design}"')))[0]

    safe = KDP.cover.bleed + KDP.cover.safe
    found = boxes(page)
    assert min(box[0] for box in found) >= safe
    assert min(box[1] for box in found) >= safe
    assert max(box[2] for box in found) <= page.get_width() - safe
    assert max(box[3] for box in found) <= page.get_height() - safe


def test_a_spine_too_thin_for_letters_is_said(make: Make) -> None:
    """White paper is thinner: 79 pages leave less than capitals of 7 points."""
    report = make('spine = "4.5mm"', pages=79)

    assert codes(report) == ["bare-spine"]
    assert "THELAMP" not in words(only(report)).replace(" ", "")


def test_a_title_may_leave_no_room_for_the_author(make: Make) -> None:
    report = make(f'spine_text = "{"A long way to the lamp " * 7}A way"')

    assert codes(report) == ["bare-spine"]
    assert report.problems[-1].message == (
        "the title leaves no room for the author on the spine"
    )


@pytest.mark.parametrize("design", design_names())
@pytest.mark.parametrize("price", ["USD 14.99", ""])
def test_a_scanner_reads_the_isbn(make: Make, design: str, price: str) -> None:
    lines = [f'design = "{design}"', *([f'price = "{price}"'] if price else [])]
    data = only(make(*lines))

    assert scanned(data) == ["9780306406157" + ("51499" if price else "")]


def scanned(data: bytes) -> list[str]:
    """What a scanner reads on a cover of 300 dots to the inch."""
    with skipped_if_missing():
        zbarimg = program("zbarimg (Debian: zbar-tools)", "zbarimg")
    picture = io.BytesIO()
    pypdfium2.PdfDocument(data)[0].render(scale=300 / 72).to_pil().save(picture, "PNG")
    done = subprocess.run(
        [zbarimg, "--quiet", "-Sean5.enable", "-Scomposite.enable", "-"],
        input=picture.getvalue(),
        capture_output=True,
        check=True,
    )
    return [
        re.sub(r"\D", "", line.partition(":")[2])
        for line in done.stdout.decode().split()
    ]


def test_a_barcode_is_black_ink_on_bare_paper(make: Make) -> None:
    found = dict(painted(only(make('price = "USD 9.99"', 'colour = "#225"'))))
    bars = [colour for (_, _, width, _), colour in found.items() if width < 4]

    assert len(bars) == 30 + 16
    assert set(bars) == {"0 0 0 1"}
    field = [
        colour for (_, _, w, h), colour in found.items() if 130 < w < 145 and h > 70
    ]
    assert field == ["0 0 0 0"]


Rectangle = tuple[float, float, float, float]


def painted(data: bytes) -> Iterator[tuple[Rectangle, str]]:
    """Each rectangle that is filled, in points, and the colour."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        colour, shape = "", (0.0, 0.0, 0.0, 0.0)
        for operands, operator in orders(pdf):
            match str(operator):
                case "scn" | "rg" | "g" | "k":
                    colour = " ".join(f"{float(o):g}" for o in operands)
                case "re":
                    x, y, w, h = (float(o) * 0.75 for o in operands)
                    shape = x, y, w, h
                case "f":
                    yield shape, colour


def orders(pdf: pikepdf.Pdf) -> Any:
    return pikepdf.parse_content_stream(pdf.pages[0])


def test_guides_are_in_a_file_of_their_own(make: Make) -> None:
    plain = make()
    both = make(guides=True)

    assert [made.name for made in both.artifacts] == [
        "the-lamp-paperback-cover.pdf",
        "the-lamp-paperback-cover-guides.pdf",
    ]
    assert both.artifacts[0].data == only(plain)
    drawn = [set(colours(made.data)) for made in both.artifacts]
    assert drawn[1] - drawn[0] == {"0.901961 0 0.352941", "0 0.509804 0.862745"} | {
        "0 0.588235 0.27451",
        "0.941176 0.509804 0",
    }


def colours(data: bytes) -> Iterator[str]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for operands, operator in orders(pdf):
            if str(operator) in {"rg", "RG", "scn", "SCN"}:
                yield " ".join(f"{float(o):g}" for o in operands)


def test_words_that_do_not_fit_are_counted(make: Make) -> None:
    text = "word " * 900

    report = make(f'text = "{text}"')

    assert report.artifacts == ()
    assert codes(report) == ["cover-full"]
    found = re.search(r"is (\d+) words too long", report.problems[0].message)
    assert found
    over = int(found[1])
    assert 0 < over < 900
    fewer = "word " * (900 - over)
    assert codes(make(f'text = "{fewer}"')) == []
    assert codes(make(f'text = "{fewer} {"word " * 30}"')) == ["cover-full"]


def test_a_text_is_never_cut(make: Make) -> None:
    said = [f"word{n}" for n in range(250)]

    shown = words(only(make(f'text = "{" ".join(said)}"')))

    assert [word for word in said if word not in shown] == []


def test_letters_that_no_font_has_are_said(make: Make) -> None:
    report = make('text = "An owl: \N{EGYPTIAN HIEROGLYPH G017}"')

    assert codes(report) == ["no-glyph"]


def test_the_description_stands_on_the_back(make: Make) -> None:
    shown = words(only(make('note = "She is a keeper."', 'quotes = ["A light."]')))

    for said in ("hundred years.", "Then the letter", "She is a keeper.", "A light."):
        assert said in shown


def test_a_title_that_fits_no_size_is_said(
    write_book: WriteBook, hands: Executor
) -> None:
    long = BOOK.replace("The Lamp", "Lighthousekeeperspension" * 9)
    folder = write_book({"book.toml": long + PAPERBACK, "a.md": "# A"})
    asked = Asked(("paperback",), 300)

    report = cover_editions(folder, asked, None, lambda: nullcontext(hands))

    assert report.artifacts == ()
    assert codes(report) == ["cover-full"]


def test_what_is_beside_the_barcode_is_no_higher(
    write_book: WriteBook, hands: Executor
) -> None:
    long = BOOK.replace("Harbour Press", "The Harbour Press of the North " * 9)
    folder = write_book({"book.toml": long + PAPERBACK, "a.md": "# A"})
    asked = Asked(("paperback",), 24)

    report = cover_editions(folder, asked, None, lambda: nullcontext(hands))

    assert codes(report) == ["cover-full"]
    assert "beside the barcode" in report.problems[0].message


@pytest.mark.parametrize("option", ["--pages=300", "--guides"])
def test_options_for_print_want_an_edition_that_is_printed(
    write_book: WriteBook, option: str
) -> None:
    folder = write_book(whole_book())

    done = CliRunner().invoke(main, ["cover", str(folder), option])

    assert done.exit_code == 2
    assert "name one with -e" in done.stderr


def test_the_command_writes_a_cover_for_print(
    write_book: WriteBook, tmp_path: Path
) -> None:
    folder = write_book(whole_book())
    command = ["cover", str(folder), "-e", "paperback", "--pages", "300", "--no-cache"]

    done = CliRunner().invoke(main, [*command, "-o", str(tmp_path / "out")])

    assert done.exit_code == 0
    assert done.stdout == f"{tmp_path / 'out' / 'the-lamp-paperback-cover.pdf'}\n"
    assert "[assumed-pages]" in done.stderr


def test_the_pages_are_those_of_the_book(
    make: Make, write_book: WriteBook, hands: Executor
) -> None:
    counted = make(pages=0)
    (book,) = build(
        write_book(whole_book()), Wanted(("paperback",)), executor=hands
    ).artifacts

    assert book.pages > 2
    # KDP binds no book so thin, and the build says so.
    assert codes(counted) == ["too-few-pages"]
    assert only(counted) == only(make(pages=book.pages))
    assert only(counted) != only(make(pages=book.pages + 1))
    assert [p.code for p in make(pages=99).problems] == ["assumed-pages"]


def test_a_printer_that_says_no_thickness_wants_a_spine(
    write_book: WriteBook, hands: Executor
) -> None:
    report = of_ingram(write_book, hands)

    assert [p.code for p in report.problems if p.severity == "error"] == ["no-spine"]
    assert 'spine = "18.2mm"' in report.problems[-1].hint


def of_ingram(
    write_book: WriteBook, hands: Executor, *lines: str, **files: str | bytes
) -> Report:
    toml = BOOK + PAPERBACK.replace("kdp", "ingram") + COVER + "\n".join(lines)
    if files:
        toml = toml.replace("[book]", '[book]\ncover = "c.jpg"')
    named = {name.replace("_", "."): data for name, data in files.items()}
    folder = write_book({"book.toml": toml, "a.md": "# A", **named})
    asked = Asked(("paperback",), 300)
    return cover_editions(folder, asked, None, lambda: nullcontext(hands))


def test_only_inks_are_on_a_cover_where_light_is_not_taken(
    write_book: WriteBook, hands: Executor
) -> None:
    for design in design_names():
        data = only(
            of_ingram(write_book, hands, f'design = "{design}"', 'spine = "18mm"')
        )
        assert not re.search(rb"\s(rg|RG)\s", stream(data))
        with pikepdf.open(io.BytesIO(data)) as pdf:
            # What was not proved is not claimed.
            assert "/OutputIntents" not in pdf.Root
            assert pdf.pdf_version == "1.3"


def stream(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return pdf.pages[0].Contents.read_bytes()


def test_dark_colours_keep_to_the_ink_that_a_printer_takes() -> None:
    rules = load_printer("ingram").colours

    for colour in [(12, 20, 45), (40, 0, 0), (10, 60, 20), (0, 0, 0), (34, 56, 79)]:
        made = palette(colour, rules)
        for said in (made.ground, made.shade, made.ink):
            inks = [float(share) for share in re.findall(r"\d\.\d+|\b[01]\b", said)]
            assert len(inks) == 4
            assert 100 * sum(inks) <= 240.5


def test_letters_read_on_any_colour() -> None:
    for colour in [(255, 255, 255), (227, 178, 60), (34, 56, 79), (0, 0, 0)]:
        made = palette(colour, KDP.colours)
        black = made.on == "device-cmyk(0 0 0 1)"
        assert black is (sum(colour) > 400)


def picture(mode: str, size: tuple[int, int] = (1900, 2900)) -> bytes:
    data = io.BytesIO()
    Pillow.new("L", size, 90).convert(mode).save(data, "JPEG")
    return data.getvalue()


def test_a_picture_of_light_is_refused_where_inks_are_wanted(
    write_book: WriteBook, hands: Executor
) -> None:
    spine = 'spine = "18mm"'

    light = of_ingram(write_book, hands, spine, c_jpg=picture("RGB"))
    inks = of_ingram(write_book, hands, spine, c_jpg=picture("CMYK"))

    assert "rgb-picture" in codes(light)
    assert "rgb-picture" not in codes(inks)
    with pikepdf.open(io.BytesIO(only(inks))) as pdf:
        (image,) = pdf.pages[0].get_images().values()
        assert image.ColorSpace == "/DeviceCMYK"
        assert (int(image.Width), int(image.Height)) == (1900, 2900)


@pytest.mark.skipif(not INKS.is_file(), reason="no profile of inks is here")
def test_a_profile_turns_light_into_ink(write_book: WriteBook, hands: Executor) -> None:
    lines = ('spine = "18mm"', 'profile = "inks.icc"')
    files = {"c_jpg": picture("RGB"), "inks_icc": INKS.read_bytes()}

    report = of_ingram(write_book, hands, *lines, **files)

    with pikepdf.open(io.BytesIO(only(report))) as pdf:
        (image,) = pdf.pages[0].get_images().values()
        assert image.ColorSpace == "/DeviceCMYK"


def test_a_coarse_picture_is_said(write_book: WriteBook, hands: Executor) -> None:
    small = picture("L", (900, 1400))

    report = of_ingram(write_book, hands, 'spine = "18mm"', c_jpg=small)

    assert codes(report) == ["coarse-cover"]
    assert "make it 1838 × 2775 pixels" in report.problems[-1].hint


def test_a_design_that_is_not_there_is_guessed(make: Make) -> None:
    report = make('design = "quite"')

    assert codes(report) == ["no-design"]
    assert report.problems[0].hint == 'did you mean "quiet"?'


def test_an_edition_that_nobody_prints_has_no_cover(
    write_book: WriteBook, hands: Executor
) -> None:
    toml = f'{BOOK}[editions.paperback]\nformat = "pdf"\n'
    folder = write_book({"book.toml": toml, "a.md": "# A"})

    report = cover_editions(
        folder, Asked(("paperback",)), None, lambda: nullcontext(hands)
    )

    assert codes(report) == ["no-printer"]


def test_a_persian_cover_is_mirrored_and_read_by_a_scanner(
    write_book: WriteBook, hands: Executor
) -> None:
    toml = f"""
[book]
title = "چراغ شمالی"
language = "fa"
people = ["آدا نگهبان"]
description = "چراغ دماغهٔ شمالی صد و دوازده سال است که می‌سوزد."
{PAPERBACK}"""
    folder = write_book({"book.toml": toml, "a.md": "# الف"})
    report = cover_editions(
        folder, Asked(("paperback",), 300), None, lambda: nullcontext(hands)
    )

    assert codes(report) == []
    data = only(report)
    assert scanned(data) == ["9780306406157"]
    bars = [x for (x, _, width, _), _ in painted(data) if 0 < width < 4]
    # The back is the right half, and the bars stand by the spine.
    assert 9 + 432 + 54 < min(bars) < 9 + 432 + 54 + 60


def said(folder: Path, *lines: str) -> list[tuple[str, str]]:
    path = folder / "book.toml"
    path.write_text("".join((PAPERBACK, COVER, *(f"{n}\n" for n in lines))), "utf-8")
    try:
        problems = load_config(path).problems
    except PublishError as error:
        problems = error.problems
    return [(p.code, p.message) for p in problems]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["color = 'red'"], ("unknown-key", "unknown key `color`")),
        (
            ["colour = 'red'"],
            ("bad-value", '`colour` must be a colour like "#22384f" or "#246"'),
        ),
        (
            ["addon = '9000'"],
            ("bad-value", '`addon` must be five digits like "90000"'),
        ),
        (
            ["portrait = 'me.jpg'"],
            ("no-effect", "`portrait` is not used"),
        ),
        (
            [
                'spine = "9mm"',
                "[editions.paperback.cover.template]",
                'width = "14in"',
                'height = "10in"',
                'spine = "0.75in"',
                'front = "5.5in"',
                'hinge = "0.375in"',
                'wrap = "0.75in"',
            ],
            ("no-effect", "`spine` is not used"),
        ),
        (
            [
                "[editions.paperback.cover.template]",
                'width = "13in"',
                'height = "10in"',
                'spine = "0.75in"',
                'front = "5.5in"',
                'hinge = "0.375in"',
                'wrap = "0.75in"',
            ],
            (
                "template-sum",
                "the sheet is 13.000 in wide, and its parts together are 14.000 in",
            ),
        ),
    ],
)
def test_what_does_not_go_together_is_said(
    tmp_path: Path, lines: list[str], found: tuple[str, str]
) -> None:
    assert said(tmp_path, *lines) == [found]


def test_a_price_is_told_in_digits(tmp_path: Path) -> None:
    path = tmp_path / "book.toml"
    path.write_text(f'{PAPERBACK}{COVER}price = "USD 14.99"\ncolour = "#246"', "utf-8")

    (edition,) = load_config(path).editions

    assert (edition.wrap.add_on, edition.wrap.colour) == ("51499", "224466")
