"""Booklets: which page lies where on which sheet."""

import io

import pikepdf
import pypdfium2
import pytest

from publish.artifact import Artifact
from publish.model import Bleed, Booklet, Proof
from publish.pdf import render_pdf
from publish.pdf.booklet import impose, too_thick
from publish.problems import Severity
from publish.report import Report, summary
from publish.style import Style
from tests.test_pdf import book, style
from tests.test_press import A5, FINE, chapters, made_up, printed

__all__ = ["style"]

A4 = (841.89, 595.28)
OFFICE = made_up()


def numbered(count: int) -> bytes:
    """As many pages of A5, each with its number in the middle."""
    with pikepdf.new() as pdf:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica,
        )
        for number in range(1, count + 1):
            leaf = pdf.add_blank_page(page_size=(A5.width, A5.height)).obj
            leaf.TrimBox = leaf.BleedBox = leaf.MediaBox
            leaf.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
            words = f"BT /F 20 Tf 200 300 Td ({number}) Tj ET"
            leaf.Contents = pdf.make_stream(words.encode())
        made = io.BytesIO()
        pdf.save(made)
    return made.getvalue()


def sides(data: bytes) -> list[tuple[str, str]]:
    """What stands left and right of the fold on each side of each sheet."""
    read = []
    with pypdfium2.PdfDocument(data) as pdf:
        for page in pdf:
            width, height = page.get_size()
            text = page.get_textpage()
            left = text.get_text_bounded(0, 0, width / 2, height)
            right = text.get_text_bounded(width / 2, 0, width, height)
            read.append((left.strip(), right.strip()))
    return read


def imposed(count: int, signature: int = 0, *, rtl: bool = False) -> bytes:
    with pikepdf.open(io.BytesIO(numbered(count))) as pdf:
        impose(pdf, Booklet(signature), right_to_left=rtl)
        made = io.BytesIO()
        pdf.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("count", "signature", "wanted"),
    [
        (4, 0, [("4", "1"), ("2", "3")]),
        (4, 4, [("4", "1"), ("2", "3")]),
        (5, 0, [("", "1"), ("2", ""), ("", "3"), ("4", "5")]),
        (5, 4, [("4", "1"), ("2", "3"), ("", "5"), ("", "")]),
        (
            16,
            0,
            [
                *(("16", "1"), ("2", "15"), ("14", "3"), ("4", "13")),
                *(("12", "5"), ("6", "11"), ("10", "7"), ("8", "9")),
            ],
        ),
        (
            16,
            8,
            [
                *(("8", "1"), ("2", "7"), ("6", "3"), ("4", "5")),
                *(("16", "9"), ("10", "15"), ("14", "11"), ("12", "13")),
            ],
        ),
    ],
)
def test_pages_lie_where_folding_wants_them(
    count: int, signature: int, wanted: list[tuple[str, str]]
) -> None:
    assert sides(imposed(count, signature)) == wanted
    mirrored = [(right, left) for left, right in wanted]
    assert sides(imposed(count, signature, rtl=True)) == mirrored


def folded(read: list[tuple[str, str]], signature: int, *, rtl: bool) -> list[str]:
    """The pages of a booklet as its reader turns them: sheets laid on each other with
    their fronts down, the first of a signature undermost, and folded upwards."""
    pages = []
    fronts_and_backs = list(zip(read[::2], read[1::2], strict=True))
    if rtl:
        fronts_and_backs = [(f[::-1], b[::-1]) for f, b in fronts_and_backs]
    for start in range(0, len(fronts_and_backs), signature // 4):
        gathering = fronts_and_backs[start : start + signature // 4]
        # Into the fold each sheet gives a leaf: its front's right, its back's left.
        pages += [page for f, b in gathering for page in (f[1], b[0])]
        pages += [page for f, b in reversed(gathering) for page in (b[1], f[0])]
    return pages


@pytest.mark.parametrize("rtl", [False, True])
@pytest.mark.parametrize(
    ("count", "signature", "sheets"),
    [
        *((4, 0, 1), (5, 0, 2), (16, 0, 4), (17, 0, 5), (40, 0, 10)),
        *((4, 16, 4), (5, 16, 4), (16, 16, 4), (17, 16, 8), (40, 16, 12)),
    ],
)
def test_a_folded_booklet_is_read_in_the_order_of_its_pages(
    count: int, signature: int, sheets: int, *, rtl: bool
) -> None:
    read = sides(imposed(count, signature, rtl=rtl))

    assert len(read) == 2 * sheets
    pages = folded(read, signature or 4 * sheets, rtl=rtl)
    blank = [""] * (4 * sheets - count)
    assert pages == [*map(str, range(1, count + 1)), *blank]


@pytest.fixture(scope="module")
def booklet(style: Style) -> Artifact:
    edition = printed(OFFICE, A5, booklet=Booklet())
    return render_pdf(book(*chapters()), edition, style)


def test_a_booklet_of_a5_lies_in_the_middle_of_a4(booklet: Artifact) -> None:
    with pikepdf.open(io.BytesIO(booklet.data)) as pdf:
        for page in pdf.pages:
            media, trim = ([*map(float, box)] for box in (page.mediabox, page.trimbox))
            assert media == pytest.approx([0, 0, *A4], abs=FINE)
            assert trim[0] + trim[2] == pytest.approx(media[2], abs=FINE)
            assert trim[2] - trim[0] == pytest.approx(2 * A5.width, abs=FINE)
            assert trim[3] - trim[1] == pytest.approx(A5.height, abs=FINE)


def test_every_word_of_the_book_is_on_a_sheet(booklet: Artifact, style: Style) -> None:
    single = render_pdf(book(*chapters()), printed(OFFICE, A5), style)

    with pypdfium2.PdfDocument(single.data) as pdf:
        pages = [page.get_textpage().get_text_bounded().strip() for page in pdf]
    read = sides(booklet.data)
    assert booklet.pages == len(pages)
    assert folded(read, 2 * len(read), rtl=False)[: len(pages)] == pages


def test_a_booklet_leads_nowhere_and_says_how_it_is_turned(booklet: Artifact) -> None:
    with pikepdf.open(io.BytesIO(booklet.data)) as pdf:
        assert not any("/Annots" in page for page in pdf.pages)
        assert not {"/Outlines", "/StructTreeRoot", "/MarkInfo"} & set(pdf.Root.keys())
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"


def test_a_build_says_how_many_sheets_a_booklet_takes(booklet: Artifact) -> None:
    with pikepdf.open(io.BytesIO(booklet.data)) as pdf:
        sheets = len(pdf.pages) // 2

    said = summary(Report((booklet,), ()))

    assert f"print.pdf ({booklet.pages} pages on {sheets} sheets)" in said


def test_what_is_cut_off_is_outside_and_not_at_the_fold(style: Style) -> None:
    bleeding = made_up(bleed=Bleed(9, spine=True))
    edition = printed(bleeding, A5, bleed=True, booklet=Booklet())
    made = render_pdf(book(*chapters()), edition, style)

    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        page = pdf.pages[0]
        trim = [*map(float, page.trimbox)]
        bleed = [*map(float, page.obj.BleedBox)]
        words = page.Contents.read_bytes().decode()
    assert [round(a - b, 2) for a, b in zip(trim, bleed, strict=True)] == [9, 9, -9, -9]
    fold = (trim[0] + trim[2]) / 2
    assert f"{fold:.3f} 0 {fold:.3f}" in words


@pytest.mark.parametrize("proof", [Proof(only="winter"), Proof(judged=True)])
def test_who_looks_at_pages_gets_pages(style: Style, proof: Proof) -> None:
    edition = printed(OFFICE, A5, booklet=Booklet())

    made = render_pdf(book(*chapters()), edition, style, proof)

    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        assert len(pdf.pages) == made.pages
        assert float(pdf.pages[0].trimbox[2]) == pytest.approx(A5.width, abs=FINE)
    assert made.sheets == 0


@pytest.mark.parametrize(
    ("count", "signature", "codes"),
    [
        (80, 0, []),
        (81, 0, ["thick-booklet"]),
        (400, 16, []),
        (8, 96, ["thick-booklet"]),
    ],
)
def test_more_pages_than_can_be_folded_are_told_of(
    count: int, signature: int, codes: list[str]
) -> None:
    found = list(too_thick(count, Booklet(signature), "print.pdf"))

    assert [problem.code for problem in found] == codes
    assert all(problem.severity is Severity.WARNING for problem in found)
