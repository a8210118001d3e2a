"""The pages of a print edition, as they come off the press."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image as Pillow

from publish.artifact import Artifact
from publish.model import (
    Attributes,
    Bleed,
    Chapter,
    Edition,
    Feature,
    Figure,
    FileRules,
    Format,
    Image,
    ImageFile,
    Margins,
    Matter,
    Order,
    Paper,
    Plain,
    Printer,
    Printing,
    Proof,
    Trim,
)
from publish.pdf import render_pdf
from publish.pdf.page import page_of
from publish.pdf.press import misfits
from publish.pdf.sheet import PaperSheet
from publish.printers import load_printer
from publish.problems import PublishError
from publish.style import Style
from tests.test_pdf import CONTENTS, LONG, TITLE, book, chapter, heading, style

__all__ = ["style"]

SIX_BY_NINE = Trim(432, 648)
DIGEST = Trim(396, 612)
A5 = Trim(419.528, 595.276)
# Points by which what is measured may be off.
FINE = 0.1
# A letter leaves its box at either side by less.
LETTER = 1.5


def printed(printer: Printer, trim: Trim = SIX_BY_NINE, **more: Any) -> Edition:
    printing = Printing(printer, printer.papers[0], **more)
    return Edition("print", Format.PDF, trim=trim, printing=printing)


def made_up(**more: object) -> Printer:
    return Printer(key="custom", name="Lamp & Sons", papers=(Paper(""),), **more)  # type: ignore[arg-type]


def chapters() -> tuple[Chapter, ...]:
    return (
        TITLE,
        CONTENTS,
        chapter("preface", heading("Preface"), *LONG, matter=Matter.FRONT),
        chapter("winter", heading("Winter"), *LONG),
        chapter("spring", heading("Spring"), *LONG),
    )


def rendered(edition: Edition, style: Style, language: str = "en-GB") -> Artifact:
    """Each once: processes take longer to begin than a small book takes."""
    key = edition, language
    if key not in _RENDERED:
        made = book(*chapters(), language=language)
        _RENDERED[key] = render_pdf(made, edition, style)
    return _RENDERED[key]


_RENDERED: dict[tuple[Edition, str], Artifact] = {}


def pages(artifact: Artifact) -> Iterator[pikepdf.Page]:
    with pikepdf.open(io.BytesIO(artifact.data)) as pdf:
        yield from pdf.pages


def box(page: pikepdf.Page, name: str) -> list[float]:
    return [float(side) for side in page[name]]


def text_sides(artifact: Artifact) -> list[tuple[float, float] | None]:
    """The left and the right edge of the text of each page; None for a blank one."""
    sides: list[tuple[float, float] | None] = []
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        for page in pdf:
            text = page.get_textpage()
            boxes = [text.get_rect(n) for n in range(text.count_rects())]
            edges = [(left, right) for left, _, right, _ in boxes]
            sides.append(
                (min(e[0] for e in edges), max(e[1] for e in edges)) if edges else None
            )
    return sides


@dataclass(frozen=True, slots=True)
class Paged:
    """right, left: of a page on that side: width and height of the paper, and where
    the trim begins in it"""

    printer: str
    trim: Trim
    bleed: bool
    right: tuple[float, float, float, float]
    left: tuple[float, float, float, float]


@pytest.mark.parametrize(
    "wanted",
    [
        # KDP: bleed at the top, the foot and the outer edge (KDP Help, paperback).
        Paged("kdp", SIX_BY_NINE, True, (441, 666, 0, 9), (441, 666, 9, 9)),
        Paged("kdp", A5, False, (419.528, 595.276, 0, 0), (419.528, 595.276, 0, 0)),
        Paged("ingram", DIGEST, True, (405, 630, 0, 9), (405, 630, 9, 9)),
        # Lulu: on all sides (Book Creation Guide).
        Paged("lulu", SIX_BY_NINE, True, (450, 666, 9, 9), (450, 666, 9, 9)),
    ],
)
def test_boxes_are_the_printer_s(style: Style, wanted: Paged) -> None:
    edition = printed(load_printer(wanted.printer), wanted.trim, bleed=wanted.bleed)

    for number, page in enumerate(pages(rendered(edition, style))):
        width, height, x, y = wanted.left if number % 2 else wanted.right
        assert box(page, "/MediaBox") == pytest.approx([0, 0, width, height], abs=FINE)
        assert box(page, "/BleedBox") == box(page, "/MediaBox")
        assert box(page, "/TrimBox") == pytest.approx(
            [x, y, x + wanted.trim.width, y + wanted.trim.height], abs=FINE
        )
        assert "/Rotate" not in page


def test_the_gutter_comes_out_of_the_outer_margin(style: Style) -> None:
    narrow = made_up(margins=Margins(gutters=((10_000, 40),)))
    wide = made_up(margins=Margins(gutters=((10_000, 70),)))
    page = page_of(style.page, style.sizes, SIX_BY_NINE)

    before, after = (
        text_sides(rendered(printed(one), style)) for one in (narrow, wide)
    )

    # The inner margin of the style is wider than what is asked for.
    assert page.inner > 40
    assert len(before) == len(after)
    for number, (one, other) in enumerate(zip(before, after, strict=True)):
        if one is None or other is None:
            assert one == other
            continue
        far = 70 - page.inner if number % 2 == 0 else page.inner - 70
        assert other[0] - one[0] == pytest.approx(far, abs=FINE)
        assert other[1] - one[1] == pytest.approx(far, abs=FINE)


@pytest.mark.parametrize("language", ["en-GB", "fa"])
def test_text_keeps_to_the_margins_that_a_printer_wants(
    style: Style, language: str
) -> None:
    printer = made_up(margins=Margins(least=45, gutters=((10_000, 60),)))
    done = rendered(printed(printer, DIGEST), style, language)

    for number, sides in enumerate(text_sides(done)):
        right_hand = (number % 2 == 0) is (language == "en-GB")
        left, right = (60, 45) if right_hand else (45, 60)
        if sides:
            assert sides[0] > left - LETTER
            assert sides[1] < DIGEST.width - right + LETTER


def test_heads_and_folios_keep_to_them_too(style: Style) -> None:
    done = rendered(printed(made_up(margins=Margins(least=50)), DIGEST), style)

    with pypdfium2.PdfDocument(done.data) as pdf:
        for page in pdf:
            text = page.get_textpage()
            boxes = [text.get_rect(n) for n in range(text.count_rects())]
            assert all(bottom > 50 - FINE for _, bottom, _, _ in boxes)
            assert all(top < DIGEST.height - 50 + FINE for _, _, _, top in boxes)


def test_a_gutter_without_room_is_said(style: Style) -> None:
    printing = Printing(made_up(margins=Margins(least=36)), Paper(""))
    page = page_of(style.page, style.sizes, SIX_BY_NINE)

    (problem,) = misfits(
        PaperSheet(page, gutter=page.outer - 30), printing, 300, "a.pdf"
    )
    fits = misfits(PaperSheet(page, gutter=page.outer - 36), printing, 300, "a.pdf")

    assert problem.code == "no-room"
    assert (
        problem.message == "the gutter of 300 pages leaves 0.417 in at the outer edge"
    )
    assert list(fits) == []


@pytest.mark.parametrize(
    ("least", "most", "codes"),
    [(1, 100, []), (40, 100, ["too-few-pages"]), (1, 5, ["too-many-pages"])],
)
def test_a_book_that_cannot_be_bound_is_said(
    style: Style, least: int, most: int, codes: list[str]
) -> None:
    printer = replace(made_up(), papers=(Paper("", least=least, most=most),))

    problems = rendered(printed(printer), style).problems

    assert [p.code for p in problems] == codes


@pytest.mark.parametrize("even", [False, True])
@pytest.mark.parametrize("last_blank", [False, True])
def test_the_last_pages_are_the_printer_s(
    style: Style, even: bool, last_blank: bool
) -> None:
    plain = text_sides(rendered(printed(made_up()), style))
    order = Order(even=even, last_blank=last_blank)

    done = text_sides(rendered(printed(made_up(order=order)), style))

    assert done[: len(plain)] == plain
    assert not any(done[len(plain) :])
    assert len(done) - len(plain) <= 2
    if even:
        assert len(done) % 2 == 0
    if last_blank:
        assert done[-1] is None
    if not even and not last_blank:
        assert done == plain


def test_blank_pages_are_truly_blank(style: Style) -> None:
    done = rendered(printed(load_printer("kdp"), bleed=True), style)
    blank = [n for n, sides in enumerate(text_sides(done)) if sides is None]

    assert blank
    for number, page in enumerate(pages(done)):
        if number in blank:
            assert "/Contents" not in page or page.Contents.read_bytes() == b""


def test_a_printer_gets_nothing_that_it_forbids(style: Style) -> None:
    done = rendered(printed(load_printer("kdp")), style)

    with pikepdf.open(io.BytesIO(done.data)) as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        assert not list(pdf.docinfo.keys())
        assert not any("/Annots" in page for page in pdf.pages)
        assert not any("/StructParents" in page for page in pdf.pages)
        assert not any(b"MCID" in page.Contents.read_bytes() for page in whole(pdf))


def whole(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Page]:
    for page in pdf.pages:
        page.contents_coalesce()
        if "/Contents" in page:
            yield page


def test_a_printer_gets_what_it_takes(style: Style) -> None:
    done = rendered(printed(made_up(), bleed=True), style)

    with pikepdf.open(io.BytesIO(done.data)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "The Lamp"
        assert "/Outlines" in pdf.Root
        assert any("/Annots" in page for page in pdf.pages)


def test_what_is_linked_lies_where_its_words_are(style: Style) -> None:
    """On a page with bleed, whose text is moved."""
    printer = made_up(bleed=Bleed(9, spine=True), margins=Margins(gutters=((999, 70),)))
    done = rendered(printed(printer, bleed=True), style)

    with pypdfium2.PdfDocument(done.data) as pdf:
        texts = [page.get_textpage() for page in pdf]
        for page, text in zip(pages(done), texts, strict=True):
            for link in page.get("/Annots", ()):
                left, bottom, right, top = map(float, link.Rect)
                words = text.get_text_bounded(left, bottom, right, top)
                assert words.strip()


def test_there_is_nothing_but_black_where_there_is_black_ink(style: Style) -> None:
    done = rendered(printed(load_printer("kdp")), style)

    with pikepdf.open(io.BytesIO(done.data)) as pdf:
        words = {w for page in whole(pdf) for w in page.Contents.read_bytes().split()}
    assert not {b"rg", b"RG", b"k", b"K", b"scn", b"SCN", b"gs"} & words
    assert b"g" in words


def picture(folder: Path) -> ImageFile:
    """Grey, where paper is white."""
    Pillow.new("L", (300, 450), 128).save(folder / "grey.png")
    return ImageFile(
        "grey.png", folder / "grey.png", ("grey.png",), "image/png", 300, 450
    )


@pytest.mark.parametrize("gutter", [0, 90])
def test_a_picture_covers_its_page_up_to_the_edge_and_beyond(
    style: Style, tmp_path: Path, gutter: float
) -> None:
    """On a right-hand page, and on a left-hand one."""
    image = picture(tmp_path)
    figure = Figure(
        (Plain((Image("grey", "", 3, file=image.name),), 3),),
        (),
        3,
        Attributes(classes=("bleed",)),
    )
    margins = Margins(gutters=((999, gutter),))
    edition = printed(made_up(bleed=Bleed(9), margins=margins), bleed=True)
    one = chapter("one", heading("One"), figure, figure, LONG[0])

    done = render_pdf(book(one, images=(image,)), edition, style)

    with pypdfium2.PdfDocument(done.data) as pdf:
        pages = [page.render(scale=1, grayscale=True).to_pil() for page in pdf]
        words = [page.get_textpage().get_text_range() for page in pdf]
    assert [page.getextrema() for page in pages[1:3]] == [(128, 128)] * 2
    assert words[1:3] == ["", ""]
    assert len(pages) == 4
    assert words[3].rstrip().endswith("4")


@pytest.mark.parametrize("language", ["en-GB", "fa"])
@pytest.mark.parametrize("gutter", [0, 90])
def test_a_picture_that_covers_its_page_stands_in_the_middle_of_the_paper(
    style: Style, tmp_path: Path, gutter: float, language: str
) -> None:
    image = picture(tmp_path)
    shown = Plain((Image("grey", "", 3, file=image.name),), 3)
    figure = Figure((shown,), (), 3, Attributes(classes=("bleed",)))
    margins = Margins(gutters=((999, gutter),))
    edition = printed(made_up(bleed=Bleed(9), margins=margins), bleed=True)
    one = chapter("one", heading("One"), figure, figure, LONG[0])

    done = render_pdf(book(one, images=(image,), language=language), edition, style)

    with pypdfium2.PdfDocument(done.data) as pdf:
        for page in (pdf[1], pdf[2]):
            left, bottom, right, top = page.get_trimbox()
            x, y, far, up = drawn_picture(page)
            assert (x, far) == pytest.approx((left - 9, right + 9), abs=FINE)
            assert (y + up) / 2 == pytest.approx((bottom + top) / 2, abs=FINE)


def drawn_picture(page: pypdfium2.PdfPage) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of the first picture on a page, in points."""
    filter_ = [pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
    found: tuple[float, float, float, float]
    found = next(iter(page.get_objects(filter=filter_))).get_bounds()
    return found


def test_crop_marks_lie_outside_of_the_bleed(style: Style) -> None:
    printer = made_up(bleed=Bleed(9, spine=True))
    done = rendered(printed(printer, bleed=True, marks=True), style)

    with pypdfium2.PdfDocument(done.data) as pdf:
        page = pdf[0]
        trim = page.get_trimbox()
        bleed = page.get_bleedbox()
        lines = [
            found.get_bounds()
            for found in page.get_objects()
            if found.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH
        ]
    assert bleed == pytest.approx(
        [trim[0] - 9, trim[1] - 9, trim[2] + 9, trim[3] + 9], abs=FINE
    )
    # All eight are one path.
    assert lines
    left, bottom, right, top = lines[-1]
    assert left < bleed[0]
    assert bottom < bleed[1]
    assert right > bleed[2]
    assert top > bleed[3]


def test_pages_of_a_book_from_right_to_left_have_their_spine_on_the_right(
    style: Style,
) -> None:
    edition = printed(load_printer("kdp"), bleed=True)
    lefts = [box(page, "/TrimBox")[0] for page in pages(rendered(edition, style, "fa"))]

    assert lefts[:2] == [9, 0]


def test_a_press_of_another_time_gets_a_file_that_it_reads(style: Style) -> None:
    done = rendered(printed(load_printer("ingram"), DIGEST), style)

    with pikepdf.open(io.BytesIO(done.data)) as pdf:
        assert done.data.startswith(b"%PDF-1.3")
        assert b"/ObjStm" not in done.data
        assert str(pdf.docinfo["/GTS_PDFXConformance"]) == "PDF/X-1a:2001"
        assert pdf.docinfo["/Trapped"] == pikepdf.Name("/False")
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFX"
        assert len(pdf.pages) % 2 == 0


def test_a_picture_up_to_the_edge_wants_bleed(style: Style, tmp_path: Path) -> None:
    image = picture(tmp_path)
    shown = Plain((Image("grey", "", 3, file=image.name),), 3)
    figure = Figure((shown,), (), 3, Attributes(classes=("bleed",)))
    made = book(chapter("one", heading("One"), LONG[0], figure), images=(image,))
    printer = made_up(bleed=Bleed(9))

    without = render_pdf(made, printed(printer), style).problems
    with_it = render_pdf(made, printed(printer, bleed=True), style).problems

    assert [(p.code, p.at.path.name) for p in without] == [("no-bleed", "one.md")]
    assert with_it == ()


def test_pages_without_room_for_text_are_said(style: Style) -> None:
    wide = made_up(margins=Margins(least=150))

    with pytest.raises(PublishError) as caught:
        rendered(printed(wide, Trim(360, 576)), style)

    assert [p.code for p in caught.value.problems] == ["no-room"]


def test_one_chapter_has_the_pages_of_the_whole_book(style: Style) -> None:
    """Their margins are those of so many pages, and nobody counts them as a book."""
    bands = Margins(gutters=((5, 40), (999, 90)))
    edition = printed(replace(made_up(margins=bands), papers=(Paper("", least=9),)))
    made = book(*chapters())

    whole_book = render_pdf(made, edition, style)
    one = render_pdf(made, edition, style, Proof(only="spring"))

    assert text_sides(one) == text_sides(whole_book)[-len(text_sides(one)) :]
    assert one.problems == whole_book.problems == ()


def lined(width: float, shade: str, folder: Path) -> ImageFile:
    """A drawing that is shown at a tenth of its size."""
    words = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2000 2000" width="200"'
        f' height="200"><rect width="2000" height="2000" fill="{shade}"/>'
        f'<path d="M0 0L2000 2000" stroke="#000" stroke-width="{width}"/></svg>'
    )
    path = folder / f"{width}.svg"
    path.write_text(words, encoding="utf-8")
    return ImageFile(path.name, path, (path.name,), "image/svg+xml", 200, 200)


def drawn(image: ImageFile, style: Style) -> list[bytes]:
    """The words of a page with this drawing, for KDP."""
    figure = Figure((Plain((Image("a", "", 3, file=image.name),), 3),), (), 3)
    made = book(chapter("one", heading("One"), figure), images=(image,))
    done = render_pdf(made, printed(load_printer("kdp")), style)
    with pikepdf.open(io.BytesIO(done.data)) as pdf:
        return b" ".join(
            form.read_bytes()
            for page in whole(pdf)
            for form in (page.Contents, *page.Resources.get("/XObject", {}).values())
        ).split()


def before(words: list[bytes], operator: bytes) -> list[float]:
    return [float(words[n - 1]) for n, word in enumerate(words) if word == operator]


@pytest.mark.parametrize(("width", "shown"), [(1, 0.75), (10, 0.75), (20, 1.5)])
def test_a_line_too_thin_for_the_press_is_drawn_as_it_prints(
    style: Style, tmp_path: Path, width: float, shown: float
) -> None:
    words = drawn(lined(width, "#808080", tmp_path), style)

    # A tenth of a pixel, of which three quarters are a point.
    assert before(words, b"w")[-1] * 0.075 == pytest.approx(shown, abs=0.01)


@pytest.mark.parametrize(
    ("shade", "grey"), [("#f4f4f4", 0.9), ("#ffffff", 1), ("#808080", 0.502)]
)
def test_a_tint_too_pale_for_the_press_is_drawn_as_it_prints(
    style: Style, tmp_path: Path, shade: str, grey: float
) -> None:
    words = drawn(lined(20, shade, tmp_path), style)

    assert grey in before(words, b"g")


def test_forbidden_is_forbidden_one_by_one() -> None:
    rules = FileRules(forbids=frozenset({Feature.LINKS}))
    printing = Printing(made_up(file=rules), Paper(""))

    assert printing.forbids(Feature.LINKS, Feature.OUTLINE)
    assert not printing.forbids(Feature.OUTLINE)


def test_the_same_bytes_come_out_again(style: Style) -> None:
    edition = printed(load_printer("ingram"), DIGEST)
    again = render_pdf(book(*chapters()), edition, style)

    assert rendered(edition, style).data == again.data


@pytest.mark.parametrize("language", ["en-GB", "fa"])
def test_some_bind_a_book_from_right_to_left_from_its_end(
    style: Style, language: str
) -> None:
    """IngramSpark File Creation Guide: the reader's first page is the file's last."""
    plain = text_sides(rendered(printed(made_up()), style, language))
    order = Order(even=True, reversed=True)

    turned = text_sides(rendered(printed(made_up(order=order)), style, language))

    if language == "fa":
        turned = turned[::-1]
    assert turned[: len(plain)] == plain
    assert len(turned) % 2 == 0


def test_what_is_wrong_with_a_page_is_told_where_it_is(style: Style) -> None:
    """Also where the file begins with the last page."""
    order = Order(even=True, reversed=True)
    done = rendered(printed(made_up(order=order)), style, "fa")

    first, last = done.place(1), done.place(done.pages)

    assert first.path.name == "spring.md"
    assert last.path.name == "title.md"
    assert done.place(done.pages + 1).path.name == "print.pdf"
