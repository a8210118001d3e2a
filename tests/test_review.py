"""Copies for review: words across the pages, numbers of lines, a margin for notes."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import atan2, degrees, hypot
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from publish.artifact import Artifact
from publish.lengths import trim_of
from publish.model import (
    Attributes,
    BulletList,
    CodeBlock,
    Edition,
    Figure,
    Format,
    Image,
    ListItem,
    Note,
    Plain,
)
from publish.pdf import render_pdf
from publish.pdf.page import page_of, with_margin
from publish.pdf.review import Review, Side
from publish.pdf.setting import Setting
from publish.style import Style
from tests.test_pdf import (
    LONG,
    PRINT,
    book,
    call,
    chapter,
    heading,
    paragraph,
    style,
    table_of,
)
from tests.test_press import A5, FINE, SIX_BY_NINE, chapters, made_up, picture, printed
from tests.verapdf import UA, A, faults

__all__ = ["style"]

A4 = trim_of("A4") or SIX_BY_NINE
REVIEW = Edition(
    "print",
    Format.PDF,
    trim=A4,
    watermark="Uncorrected proof",
    line_numbers=True,
    margin=170,
)


@dataclass(frozen=True)
class Drawn:
    """A stamp as a page draws it. part: which of its streams' instructions it is"""

    name: str
    matrix: tuple[float, ...]
    part: int
    artifact: bool


def stamps(page: pikepdf.Page) -> list[Drawn]:
    found: list[Drawn] = []
    matrix: tuple[float, ...] = ()
    artifact = False
    for n, said in enumerate(pikepdf.parse_content_stream(page)):
        operands = said.operands
        match str(said.operator):
            case "cm":
                matrix = tuple(map(float, operands))
            case "BDC":
                artifact = str(operands[0]) == "/Artifact"
            case "EMC":
                artifact = False
            case "Do" if str(operands[0]) != "/Furniture":
                found.append(Drawn(str(operands[0])[1:], matrix, n, artifact))
    return found


def first_text(page: pikepdf.Page) -> int:
    """Which instruction shows the first letters."""
    shown = (
        n
        for n, said in enumerate(pikepdf.parse_content_stream(page))
        if str(said.operator) in {"TJ", "Tj"}
    )
    return next(shown, 0)


def numbers(page: pikepdf.Page) -> dict[int, tuple[float, float]]:
    """Where the number of each line stands."""
    return {
        int(stamp.name.removeprefix("Line")): (stamp.matrix[4], stamp.matrix[5])
        for stamp in stamps(page)
        if stamp.name.startswith("Line")
    }


@pytest.fixture(scope="module")
def review(style: Style) -> Artifact:
    return render_pdf(book(*chapters()), REVIEW, style)


@pytest.fixture(scope="module")
def opened(review: Artifact) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(review.data)) as pdf:
        yield pdf


def texts(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


def test_words_stand_across_every_page_but_blank_ones(
    review: Artifact, opened: pikepdf.Pdf
) -> None:
    marked = [
        any(stamp.name == "Watermark" for stamp in stamps(page))
        for page in opened.pages
    ]

    assert marked == [bool(text.strip()) for text in texts(review.data)]
    assert False in marked


def test_they_lie_under_the_text_and_nobody_hears_them(opened: pikepdf.Pdf) -> None:
    for page in opened.pages:
        for stamp in stamps(page):
            assert stamp.artifact
            if stamp.name == "Watermark":
                assert stamp.part < first_text(page)


def test_nothing_of_a_review_is_copied_with_the_text(
    review: Artifact, style: Style
) -> None:
    plain = Edition("print", Format.PDF, trim=A4, margin=170)

    assert texts(review.data) == texts(render_pdf(book(*chapters()), plain, style).data)


@pytest.mark.parametrize(
    ("words", "language", "rises"),
    [
        ("Draft", "en", True),
        ("Advance reading copy: not for sale, not for quotation", "en", True),
        ("نسخهٔ ویرایش‌نشده", "fa", False),
        ("Draft", "fa", True),
    ],
)
def test_words_fit_the_page_along_the_diagonal_that_rises_as_they_are_read(
    style: Style, words: str, language: str, *, rises: bool
) -> None:
    edition = Edition("print", Format.PDF, trim=A5, watermark=words)
    made = render_pdf(book(*chapters()[-1:], language=language), edition, style)

    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        page = pdf.pages[0]
        (stamp,) = stamps(page)
        left, bottom, right, top = map(
            float, page.Resources.XObject.Watermark.BBox.as_list()
        )
    a, b, c, d, e, f = stamp.matrix
    corners = [
        (a * x + c * y + e, b * x + d * y + f)
        for x in (left, right)
        for y in (bottom, top)
    ]
    assert all(0 < x < A5.width and 0 < y < A5.height for x, y in corners)
    middle = [sum(side) / 4 for side in zip(*corners, strict=True)]
    assert middle == pytest.approx([A5.width / 2, A5.height / 2], abs=FINE)
    diagonal = degrees(atan2(A5.height, A5.width))
    angle = degrees(atan2(b, a))
    assert angle == pytest.approx(diagonal if rises else -diagonal, abs=FINE)
    assert hypot(a, b) <= A5.width / 4


def lines(data: bytes, page: int) -> list[float]:
    """The base lines of the letters on a page, from top to bottom."""
    found: set[float] = set()
    with pypdfium2.PdfDocument(data) as pdf:
        text = pdf[page].get_textpage()
        for n in range(text.count_chars()):
            # These stand on the line, whatever their height.
            if text.get_text_range(n, 1) in "inmrxz":
                _, bottom, _, _ = text.get_charbox(n)
                found.add(bottom)
    rows: list[float] = []
    for y in sorted(found, reverse=True):
        if not rows or rows[-1] - y > 2:
            rows.append(y)
    return rows


def test_every_fifth_line_of_a_page_has_its_number_on_its_base_line(
    review: Artifact, opened: pikepdf.Pdf
) -> None:
    page = max(range(len(opened.pages)), key=lambda n: len(numbers(opened.pages[n])))
    # Above it stands the running head, and below it the folio.
    rows = [y for y in lines(review.data, page) if y < 762][:-1]

    found = numbers(opened.pages[page])

    assert list(found) == list(range(5, len(rows) + 1, 5))
    for number, (_, y) in found.items():
        assert y == pytest.approx(rows[number - 1], abs=0.6)


def test_numbers_stand_in_the_outer_margin_near_the_text(opened: pikepdf.Pdf) -> None:
    sides = {
        n % 2: {round(x) for x, _ in numbers(page).values()}
        for n, page in enumerate(opened.pages)
        if numbers(page)
    }

    assert all(425 < x < 440 for x in sides[0])
    assert all(145 < x < 170 for x in sides[1])


def test_from_right_to_left_the_outer_margin_of_the_first_page_is_on_the_left(
    style: Style,
) -> None:
    edition = Edition("print", Format.PDF, line_numbers=True)
    made = render_pdf(book(*chapters()[-1:], language="fa"), edition, style)

    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        first, second = (numbers(page) for page in list(pdf.pages)[:2])

    assert all(x < 76 for x, _ in first.values())
    assert all(x > 432 - 76 for x, _ in second.values())


def test_only_prose_is_counted(style: Style) -> None:
    row = paragraph("one")
    called = call("1", 1)
    blocks = (
        heading("Winter"),
        *(paragraph("A line.") for _ in range(4)),
        heading("Spring"),
        table_of(["a", "b"], ["c", "d"]),
        CodeBlock("one\n", 3, ""),
        paragraph("The fifth line.", called),
        BulletList(tuple(ListItem((row,), 3) for _ in range(5)), 3),
    )
    edition = Edition("print", Format.PDF, line_numbers=True)
    note = Note("1", (paragraph("A note at the foot."),), 9)
    one = chapter("a", *blocks, notes=(note,))
    made = render_pdf(book(one), edition, style)

    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        found = numbers(pdf.pages[0])

    assert list(found) == [5, 10]


def test_without_line_numbers_nothing_is_numbered(style: Style) -> None:
    made = render_pdf(book(*chapters()[-1:]), PRINT, style)

    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        assert not any(stamps(page) for page in pdf.pages)


def test_words_lie_over_a_picture_that_covers_its_page(
    style: Style, tmp_path: Path
) -> None:
    image = picture(tmp_path)
    figure = Figure(
        (Plain((Image("grey", "", 3, file=image.name),), 3),),
        (),
        3,
        Attributes(classes=("bleed",)),
    )
    one = chapter("one", heading("One"), figure, LONG[0])
    edition = Edition("print", Format.PDF, watermark="Draft")
    made = render_pdf(book(one, images=(image,)), edition, style)

    with pypdfium2.PdfDocument(made.data) as pdf:
        darkest, lightest = pdf[1].render(scale=1, grayscale=True).to_pil().getextrema()
    assert darkest == 128
    assert lightest > 220


def test_only_numbers_of_lines_ask_for_the_text_anew(style: Style) -> None:
    """What is set is kept for the next build by what decides it."""
    one = book(*chapters())
    plain, marked, numbered = (
        Setting(one, edition, style)
        for edition in (
            PRINT,
            replace(PRINT, watermark="Draft"),
            replace(PRINT, line_numbers=True),
        )
    )

    assert marked.bench.kit.key == plain.bench.kit.key
    assert numbered.bench.kit.key != plain.bench.kit.key


def test_words_are_no_paler_than_a_printer_prints(style: Style) -> None:
    paper = page_of(style.page, style.sizes, A5)
    side = Side((0, 0), (0, 0), right_hand=True)

    (pale,) = Review("Draft", paper, style, "en").watermark(side)
    (darker,) = Review("Draft", paper, style, "en", grey=0.15).watermark(side)

    assert pale.shape.words.startswith("0.9 g\n")
    assert darker.shape.words.startswith("0.85 g\n")


@pytest.mark.parametrize(
    ("trim", "margin", "outer", "measure"),
    [
        ("A4", 0, 158.9, 319),
        # Narrower than it is.
        ("A4", 100, 158.9, 319),
        ("A4", 170, 170, 319),
        # The inner margin gives what it can.
        ("A4", 220, 220, 595.276 - 220 - 77.39),
        ("6x9in", 170, 170, 432 - 170 - 56.16),
    ],
)
def test_a_margin_for_notes_leaves_the_measure_where_there_is_room(
    style: Style, trim: str, margin: float, outer: float, measure: float
) -> None:
    size = trim_of(trim)
    assert size is not None

    design = with_margin(style.page, size, margin)
    page = page_of(design, style.sizes, size)

    assert page.outer == pytest.approx(outer, abs=FINE)
    assert page.text_width == pytest.approx(measure, abs=FINE)
    assert page.text_height == page_of(style.page, style.sizes, size).text_height


def test_a_printed_copy_has_them_where_its_sheet_wants_them(style: Style) -> None:
    edition = printed(made_up(), SIX_BY_NINE)
    made = Edition(
        "print",
        Format.PDF,
        trim=SIX_BY_NINE,
        printing=edition.printing,
        watermark="Draft",
        line_numbers=True,
    )

    with pikepdf.open(
        io.BytesIO(render_pdf(book(*chapters()), made, style).data)
    ) as pdf:
        assert sum(bool(stamps(page)) for page in pdf.pages) > 4


def test_a_review_copy_is_as_accessible_and_lasting_as_any(
    review: Artifact, tmp_path: Path
) -> None:
    path = tmp_path / "review.pdf"
    path.write_bytes(review.data)

    assert faults([path], UA) == [[]]
    assert faults([path], A) == [[]]
