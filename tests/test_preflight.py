"""`publish.preflight`: each rule finds what it is for, and nothing else."""

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from publish.model import Trim
from publish.problems import Severity
from tests.leaflets import (
    WITH_BLEED,
    WORDS,
    Change,
    codes,
    font_of,
    found,
    leaflet,
    picture,
    resources,
    words,
)

# A printer that asks for nothing but what a test says.
PLAIN = {"paper": [{"ink": "colour"}]}


def all_pages(**keys: Any) -> Change:
    def change(pdf: Pdf) -> None:
        for page in pdf.pages:
            for key, value in keys.items():
                page[f"/{key}"] = value

    return change


def one_page(**keys: Any) -> Change:
    def change(pdf: Pdf) -> None:
        for key, value in keys.items():
            pdf.pages[0][f"/{key}"] = value

    return change


def mirrored(inner: float, outer: float) -> Change:
    """A TrimBox of 6 × 9 in, with so much beside it at the spine and at the edge."""

    def change(pdf: Pdf) -> None:
        for n, page in enumerate(pdf.pages):
            left = outer if n % 2 else inner
            page.TrimBox = Array([left, 9, left + 432, 657])

    return change


def test_a_file_as_kdp_wants_it_is_passed(tmp_path: Path) -> None:
    assert codes(leaflet(tmp_path / "a.pdf"), "kdp") == set()


def test_a_file_with_bleed_as_kdp_wants_it_is_passed(tmp_path: Path) -> None:
    path = leaflet(tmp_path / "a.pdf", size=WITH_BLEED)

    assert codes(path, "kdp") == set()
    assert "with bleed" in found(path, "kdp")[0].message


# The size of the sheet, and its boxes


@pytest.mark.parametrize(
    ("size", "said", "code"),
    [
        ((432, 640), {"trim": (432, 648)}, "print-page-size"),
        ((441, 666), {"trim": (432, 648)}, ""),
        ((450, 666), {"trim": (432, 648)}, "print-page-size"),
        ((432, 648), {"trim": (432, 648), "bleed": True}, "print-page-size"),
        ((432, 648), {"trim": (432, 648), "bleed": False}, ""),
        ((864, 648), {}, "print-spread"),
        ((864, 648), {"trim": (432, 648)}, "print-spread"),
        ((200, 300), {}, "print-trim"),
    ],
)
def test_sizes_of_pages(
    tmp_path: Path, size: tuple[int, int], said: dict[str, Any], code: str
) -> None:
    if "trim" in said:
        said = said | {"trim": Trim(*said["trim"])}
    path = leaflet(
        tmp_path / "a.pdf", *[words(size[0] / 4, size[1] / 2)] * 24, size=size
    )

    assert codes(path, "kdp", **said) == ({code} if code else set())


def test_bleed_at_the_spine_is_another_printer_s(tmp_path: Path) -> None:
    path = leaflet(tmp_path / "a.pdf", size=(450, 666), count=32)

    assert codes(path, "lulu") == set()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (all_pages(TrimBox=Array([0, 0, 432, 648])), ""),
        (one_page(TrimBox=Array([10, 0, 422, 648])), "print-boxes"),
        (one_page(CropBox=Array([20, 20, 412, 628])), "print-boxes"),
        (one_page(CropBox=Array([0, 0, 432, 648])), ""),
        (one_page(BleedBox=Array([-9, -9, 441, 657])), "print-boxes"),
        (one_page(Rotate=90), "print-turned"),
        (one_page(Rotate=360), ""),
        (one_page(MediaBox=Array([0, 0, 440, 648])), "print-sizes print-page-size"),
    ],
)
def test_boxes_of_pages(tmp_path: Path, change: Change, code: str) -> None:
    path = leaflet(tmp_path / "a.pdf", change=change)

    found_codes = codes(path, "kdp")
    if "print-sizes" in code:
        # The first is the other one: all that follow have another size than it.
        assert found_codes == set(code.split())
    else:
        assert found_codes == ({code} if code else set())


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (mirrored(0, 9), ""),
        (mirrored(9, 0), "print-boxes"),
        (mirrored(4.5, 4.5), "print-boxes"),
    ],
)
def test_there_is_no_bleed_at_the_spine(
    tmp_path: Path, change: Change, code: str
) -> None:
    path = leaflet(tmp_path / "a.pdf", size=WITH_BLEED, change=change)

    assert codes(path, "kdp") == ({code} if code else set())


def test_a_box_of_bleed_is_as_large_as_the_bleed(tmp_path: Path) -> None:
    def change(pdf: Pdf) -> None:
        mirrored(0, 9)(pdf)
        pdf.pages[0].BleedBox = Array([0, 9, 432, 657])

    path = leaflet(tmp_path / "a.pdf", size=WITH_BLEED, change=change)

    assert codes(path, "kdp") == {"print-boxes"}


@pytest.mark.parametrize(
    ("size", "area", "code"),
    [
        # The first page has its spine at the left.
        ((432, 648), "100 100 200 200 re f", ""),
        ((432, 648), "0 100 200 200 re f", ""),
        ((432, 648), "232 100 200 200 re f", "print-bleed"),
        ((441, 666), "241 100 200 200 re f", ""),
        ((441, 666), "232 100 200 200 re f", "print-bleed"),
        ((441, 666), "0 0 441 666 re f", ""),
        ((441, 666), "0 9 441 657 re f", "print-bleed"),
        ((441, 666), "1 g 232 100 200 200 re f", ""),
    ],
)
def test_what_goes_up_to_the_edge_goes_beyond_it(
    tmp_path: Path, size: tuple[int, int], area: str, code: str
) -> None:
    path = leaflet(tmp_path / "a.pdf", f"0 g {area}\n1 g", size=size)

    assert codes(path, "kdp") == ({code} if code else set())


def test_all_pages_may_be_turned_at_once(tmp_path: Path) -> None:
    def change(pdf: Pdf) -> None:
        pdf.Root.Pages.Rotate = 90

    assert codes(leaflet(tmp_path / "a.pdf", change=change), "kdp") == {"print-turned"}


def test_a_sheet_with_marks_is_known_by_the_box_that_is_cut(tmp_path: Path) -> None:
    cut = all_pages(TrimBox=Array([27, 27, 459, 675]))
    marks = "0 G 1 w 0 27 m 18 27 l S 0 675 m 18 675 l S"
    drawn = [marks + words(100, 600)] * 24
    path = leaflet(tmp_path / "a.pdf", *drawn, size=(486, 702), change=cut)

    assert codes(path, "kdp") == {"print-page-size", "print-marks"}
    assert "cut to 6 × 9 in" in found(path, "kdp")[0].message


def test_places_are_in_the_unit_of_the_trim_where_no_printer_is_named(
    tmp_path: Path,
) -> None:
    change = with_font(FontDescriptor=Dictionary())
    inches = leaflet(tmp_path / "a.pdf", change=change)
    metric = leaflet(tmp_path / "b.pdf", size=(419.53, 595.28), change=change)

    assert "1 in from the spine" in found(inches)[0].message
    assert "25.4 mm from the spine" in found(metric)[0].message


# How many pages, and which are blank


@pytest.mark.parametrize(
    ("printer", "count", "code"),
    [
        ("kdp", 23, "print-page-count"),
        ("kdp", 24, ""),
        ("kdp", 830, "print-page-count"),
    ],
)
def test_numbers_of_pages(tmp_path: Path, printer: str, count: int, code: str) -> None:
    path = leaflet(tmp_path / "a.pdf", *[words(100, 500)] * count, count=count)

    assert codes(path, printer) == ({code} if code else set())


def test_a_paper_bears_fewer_pages_of_some_sizes(tmp_path: Path) -> None:
    drawn = [words(200, 500)] * 592
    path = leaflet(tmp_path / "a.pdf", *drawn, size=(612, 792), count=592)

    assert codes(path, "kdp", paper="white") == {"print-page-count"}
    assert codes(path, "kdp", paper="standard-colour") == set()


@pytest.mark.parametrize(
    ("order", "drawn", "count", "code"),
    [
        ({"even": True}, [], 3, "print-odd"),
        ({"even": True}, [], 4, ""),
        ({"last_blank": True}, [WORDS, WORDS], 2, "print-last-page"),
        ({"last_blank": True}, [WORDS, ""], 2, ""),
        ({"last_blank": True}, [WORDS, "1 g 0 0 432 648 re f"], 2, ""),
        ({"blanks": 2}, [WORDS, "", "", WORDS], 4, ""),
        ({"blanks": 2}, [WORDS, "", "", "", WORDS], 5, "print-blanks"),
        ({"blanks": 2}, [WORDS, "", "", ""], 4, "print-blanks"),
    ],
)
def test_the_order_of_pages(
    tmp_path: Path, order: dict[str, Any], drawn: list[str], count: int, code: str
) -> None:
    path = leaflet(tmp_path / "a.pdf", *drawn, count=count)

    assert codes(path, PLAIN | {"order": order}) == ({code} if code else set())


def test_what_comes_from_its_end_is_blank_in_front(tmp_path: Path) -> None:
    printer = PLAIN | {"order": {"last_blank": True, "reversed": True}}
    path = leaflet(tmp_path / "a.pdf", "", count=4)

    assert codes(path, printer) == {"print-last-page"}
    assert codes(path, printer, right_to_left=True) == set()


# Fonts


def with_font(**keys: Any) -> Change:
    def change(pdf: Pdf) -> None:
        font = font_of(pdf)
        for key, value in keys.items():
            if value is None:
                del font[f"/{key}"]
            else:
                font[f"/{key}"] = value
        pdf.pages[0].Resources = Dictionary(Font=Dictionary(F=pdf.make_indirect(font)))

    return change


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (with_font(FontDescriptor=Dictionary()), "print-font"),
        (with_font(FontDescriptor=None, BaseFont=Name.Helvetica), "print-font"),
        (with_font(BaseFont=Name.Lamp), "print-font-whole"),
        (
            with_font(
                Subtype=Name.Type3,
                FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
                CharProcs=Dictionary(),
            ),
            "print-type3",
        ),
    ],
)
@pytest.mark.parametrize("printer", ["kdp", None])
def test_fonts(tmp_path: Path, change: Change, code: str, printer: str | None) -> None:
    path = leaflet(tmp_path / "a.pdf", change=change)

    assert codes(path, *filter(None, [printer])) == {code}


def test_a_font_that_nothing_is_set_in_is_not_missed(tmp_path: Path) -> None:
    change = with_font(FontDescriptor=Dictionary())

    assert codes(leaflet(tmp_path / "a.pdf", "", change=change), "kdp") == set()


# The finest that is printed


@pytest.mark.parametrize(
    ("detail", "drawn", "code"),
    [
        ({"type": "7pt"}, words(72, 600, 6.5), "print-small-type"),
        ({"type": "7pt"}, words(72, 600, 7), ""),
        # The size is what the page makes of it.
        ({"type": "7pt"}, "q .5 0 0 .5 0 0 cm " + words(144, 900, 10) + "Q", "both"),
        ({"type": "7pt"}, "q 2 0 0 2 0 0 cm " + words(72, 200, 4) + "Q", ""),
        ({"type": "7pt"}, "BT /F 1 Tf 9 0 0 9 72 600 Tm (a) Tj ET", ""),
        ({"type": "7pt"}, "BT /F 1 Tf 5 0 0 5 72 600 Tm (a) Tj ET", "both"),
        # Nobody sees these.
        ({"type": "7pt"}, "3 Tr " + words(72, 600, 5), ""),
        ({"line": "0.75pt"}, "0.5 w 72 72 m 200 72 l S", "print-hairline"),
        ({"line": "0.75pt"}, "0.75 w 72 72 m 200 72 l S", ""),
        ({"line": "0.75pt"}, "q .5 0 0 .5 0 0 cm 1 w 72 72 m 200 72 l S Q", "line"),
        ({"line": "0.75pt"}, "72 72 100 0.5 re f", "print-hairline"),
        ({"line": "0.75pt"}, "72 72 100 1 re f", ""),
        ({"line": "0.75pt"}, "72 72 m 172 72 l 172 72.5 l 72 72.5 l h f", "line"),
        ({"line": "0.75pt"}, "1 G 0.5 w 72 72 m 200 72 l S", ""),
        ({}, "0 w 72 72 m 200 72 l S", "print-hairline"),
        ({"grey": 10}, "0.95 g 72 72 100 100 re f", "print-pale"),
        ({"grey": 10}, "0.9 g 72 72 100 100 re f", ""),
        ({"grey": 10}, "1 g 72 72 100 100 re f", ""),
        ({"grey": 10}, "0 0 0 0.05 k 72 72 100 100 re f", "print-pale"),
        ({"grey": 10}, "0 0 0 0.1 k 72 72 100 100 re f", ""),
        ({"grey": 10}, "0.95 0.95 0.95 rg 72 72 100 100 re f", "print-pale"),
    ],
)
def test_what_is_finer_than_a_press(
    tmp_path: Path, detail: dict[str, Any], drawn: str, code: str
) -> None:
    short = {"both": "print-small-type", "line": "print-hairline"}
    path = leaflet(tmp_path / "a.pdf", drawn, count=1)

    wanted = {short.get(code, code)} if code else set()
    assert codes(path, PLAIN | {"detail": detail}) == wanted


@pytest.mark.parametrize(
    ("made", "inches", "code"),
    [
        (picture(300, 300), 1, ""),
        (picture(290, 300), 1, "print-pixels"),
        (picture(300, 300), 1.1, "print-pixels"),
        (picture(600, 600, ColorSpace=Name.DeviceRGB), 2, ""),
        (picture(500, 500, BitsPerComponent=1), 1, "print-line-art"),
        (picture(600, 600, BitsPerComponent=1), 1, ""),
        (picture(500, 500, ImageMask=True, ColorSpace=None), 1, "print-line-art"),
        (picture(1, 1), 2, ""),
    ],
)
def test_pixels_of_pictures(
    tmp_path: Path, made: Any, inches: float, code: str
) -> None:
    side = 72 * inches
    path = leaflet(
        tmp_path / "a.pdf",
        f"q {side} 0 0 {side} 72 72 cm /P Do Q",
        count=1,
        change=resources("XObject", P=made),
    )

    printer = PLAIN | {"detail": {"pixels": 300}}
    assert codes(path, printer) == ({code} if code else set())


def test_a_picture_in_the_content_is_one(tmp_path: Path) -> None:
    drawn = "q 72 0 0 72 72 72 cm BI /W 2 /H 2 /BPC 8 /CS /RGB ID 123412341234 EI Q"
    path = leaflet(tmp_path / "a.pdf", drawn, count=1)

    printer = PLAIN | {"detail": {"pixels": 300}, "colours": {"spaces": ["grey"]}}
    assert codes(path, printer) == {"print-pixels", "print-colour-space"}


# Colours


def separation(name: str) -> Any:
    def make(pdf: Pdf) -> Any:
        tint = Dictionary(
            FunctionType=2,
            Domain=Array([0, 1]),
            C0=Array([0, 0, 0, 0]),
            C1=Array([0, 1, 1, 0]),
            N=1,
        )
        return Array([Name.Separation, Name(name), Name.DeviceCMYK, tint])

    return make


def profiled(pdf: Pdf) -> Any:
    return Array([Name.ICCBased, pdf.make_stream(b"", N=3)])


GREY_AND_CMYK = {"spaces": ["grey", "cmyk"]}
BOX = "72 72 100 100 re f\n"


@pytest.mark.parametrize(
    ("colours", "drawn", "code"),
    [
        (GREY_AND_CMYK, "0.5 g " + BOX, ""),
        (GREY_AND_CMYK, "0 1 0 0 k " + BOX, ""),
        (GREY_AND_CMYK, "1 0 0 rg " + BOX, "print-colour-space"),
        (GREY_AND_CMYK, "0 0 0 rg " + BOX, "print-colour-space"),
        (GREY_AND_CMYK, "1 0 0 RG 72 72 m 99 72 l S", "print-colour-space"),
        (GREY_AND_CMYK, "1 0 0 rg " + words(72, 600), "print-colour-space"),
        (GREY_AND_CMYK, "/DeviceRGB cs 1 0 0 sc " + BOX, "print-colour-space"),
        (GREY_AND_CMYK, "1 0 0 rg", ""),
        (GREY_AND_CMYK, "q 1 0 0 rg Q " + BOX, ""),
        ({}, "1 0 0 rg " + BOX, ""),
        (GREY_AND_CMYK, "0 0 0 rg " + words(72, 600), "print-black"),
        ({}, "0 0 0 rg " + words(72, 600), "print-black"),
        ({}, "0.5 0.5 0.5 1 k " + words(72, 600), "print-black"),
        ({}, "0 0 0 1 k " + words(72, 600), ""),
        ({}, "0 g " + words(72, 600), ""),
        ({}, "0 0 0 rg 1 Tr 0 G " + words(72, 600), ""),
        ({"ink": 240}, "0.8 0.8 0.8 0 k " + BOX, ""),
        ({"ink": 240}, "0.8 0.8 0.8 0.3 k " + BOX, "print-ink"),
    ],
)
def test_colours(
    tmp_path: Path, colours: dict[str, Any], drawn: str, code: str
) -> None:
    path = leaflet(tmp_path / "a.pdf", drawn, count=1)

    wanted = {code} if code else set()
    assert codes(path, PLAIN | {"colours": colours}) == wanted


def test_black_words_of_several_inks_are_refused_where_rgb_is(tmp_path: Path) -> None:
    path = leaflet(tmp_path / "a.pdf", "0 0 0 rg " + words(72, 600), count=1)

    refuses, takes = PLAIN | {"colours": GREY_AND_CMYK}, PLAIN
    assert [p.severity for p in found(path, refuses)][-1] is Severity.ERROR
    assert [p.severity for p in found(path, takes)][-1] is Severity.WARNING


@pytest.mark.parametrize(
    ("drawn", "code"),
    [
        ("1 0 0 rg " + BOX, "print-colour"),
        ("0.5 0.5 0.5 rg " + BOX, ""),
        ("0 1 0 0 k " + BOX, "print-colour"),
        ("0 0 0 0.5 k " + BOX, ""),
        ("0.4 g " + BOX, ""),
    ],
)
def test_colour_on_paper_for_black(tmp_path: Path, drawn: str, code: str) -> None:
    path = leaflet(tmp_path / "a.pdf", drawn, count=1)

    paper = {"paper": [{"name": "bookwove", "ink": "black"}]}
    assert codes(path, paper) == ({code} if code else set())
    assert codes(path, PLAIN) == set()


@pytest.mark.parametrize(
    ("made", "drawn", "code"),
    [
        (separation("/Gold"), "/C cs 1 scn " + BOX, "print-colour-space"),
        (separation("/Black"), "/C cs 1 scn " + BOX, ""),
        (profiled, "/C cs 1 0 0 scn " + BOX, "print-colour-space"),
    ],
)
def test_colour_spaces_with_a_name(
    tmp_path: Path, made: Any, drawn: str, code: str
) -> None:
    change = resources("ColorSpace", C=made)
    path = leaflet(tmp_path / "a.pdf", drawn, count=1, change=change)

    printer = PLAIN | {"colours": {"spaces": ["grey"]}}
    assert codes(path, printer) == ({code} if code else set())


@pytest.mark.parametrize(
    ("forbids", "code"), [(["profiles"], "print-profile"), ([], "")]
)
def test_profiles(tmp_path: Path, forbids: list[str], code: str) -> None:
    change = resources("ColorSpace", C=profiled)
    path = leaflet(tmp_path / "a.pdf", "/C cs 1 0 0 scn " + BOX, count=1, change=change)

    printer = PLAIN | {"file": {"forbids": forbids}}
    assert codes(path, printer) == ({code} if code else set())


def test_the_ink_of_a_picture_is_measured(tmp_path: Path) -> None:
    def change(pdf: Pdf) -> None:
        make = picture(ColorSpace=Name.DeviceCMYK)
        light, dark = make(pdf), make(pdf)
        dark.write(bytes([200]) * 8 * 8 * 4)
        pdf.pages[0].Resources.XObject = Dictionary(P=light)
        pdf.pages[1].Resources.XObject = Dictionary(P=dark)

    drawn = ["q 72 0 0 72 72 72 cm /P Do Q"] * 2
    path = leaflet(tmp_path / "a.pdf", *drawn, count=2, change=change)

    problems = found(path, PLAIN | {"colours": {"ink": 240}})
    assert [(p.code, p.message.partition(":")[0]) for p in problems][1:] == [
        ("print-ink", "page 2")
    ]
    assert "314 %" in problems[-1].message


def test_a_shading_has_the_colours_of_its_space(tmp_path: Path) -> None:
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB)
    path = leaflet(
        tmp_path / "a.pdf",
        "q 72 72 100 100 re W n /S sh Q",
        count=1,
        change=resources("Shading", S=lambda _pdf: shading),
    )

    printer = PLAIN | {"colours": GREY_AND_CMYK}
    assert codes(path, printer) == {"print-colour-space"}


def test_a_pattern_has_the_colours_of_its_tile(tmp_path: Path) -> None:
    def tile(pdf: Pdf) -> Any:
        return pdf.make_stream(
            b"1 0 0 rg 0 0 5 5 re f",
            PatternType=1,
            PaintType=1,
            BBox=Array([0, 0, 10, 10]),
            Resources=Dictionary(),
        )

    path = leaflet(
        tmp_path / "a.pdf",
        "/Pattern cs /T scn " + BOX,
        count=1,
        change=resources("Pattern", T=tile),
    )

    printer = PLAIN | {"colours": GREY_AND_CMYK}
    assert codes(path, printer) == {"print-colour-space"}


# What shines through


def state(**keys: Any) -> Any:
    return lambda _pdf: Dictionary(keys)


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (state(**{"/ca": 1, "/CA": 1}), ""),
        (state(**{"/ca": 0.5}), "print-transparency"),
        (state(**{"/CA": 0.5}), ""),
        (state(**{"/BM": Name.Multiply}), "print-transparency"),
        (state(**{"/BM": Array([Name.Multiply])}), "print-transparency"),
        (state(**{"/BM": Name.Normal}), ""),
        (state(**{"/BM": Array([Name.Normal])}), ""),
        (state(**{"/SMask": Dictionary(S=Name.Alpha)}), "print-transparency"),
        (state(**{"/SMask": Name("/None")}), ""),
    ],
)
def test_transparency(tmp_path: Path, made: Any, code: str) -> None:
    change = resources("ExtGState", G=made)
    path = leaflet(tmp_path / "a.pdf", "/G gs " + BOX, count=1, change=change)

    forbids = PLAIN | {"file": {"forbids": ["transparency"]}}
    assert codes(path, forbids) == ({code} if code else set())
    assert codes(path, PLAIN) == set()


def test_a_soft_mask_is_transparency_and_a_stencil_is_none(tmp_path: Path) -> None:
    def change(pdf: Pdf) -> None:
        masked, stencil = picture()(pdf), picture()(pdf)
        masked.SMask = picture()(pdf)
        stencil.Mask = picture(ImageMask=True, BitsPerComponent=1)(pdf)
        pdf.pages[0].Resources.XObject = Dictionary(P=stencil)
        pdf.pages[1].Resources.XObject = Dictionary(P=masked)

    drawn = ["q 72 0 0 72 72 72 cm /P Do Q"] * 2
    path = leaflet(tmp_path / "a.pdf", *drawn, count=2, change=change)

    (_, problem) = found(path, PLAIN | {"file": {"forbids": ["transparency"]}})
    assert problem.code == "print-transparency"
    assert problem.message.startswith("page 2: ")


def test_a_page_that_is_only_ready_for_transparency_is_no_error(
    tmp_path: Path,
) -> None:
    group = Dictionary(S=Name.Transparency)
    path = leaflet(tmp_path / "a.pdf", count=1, change=one_page(Group=group))

    (_, problem) = found(path, PLAIN | {"file": {"forbids": ["transparency"]}})
    assert (problem.code, problem.severity) == ("print-transparency", Severity.WARNING)


# Words at the edges


@pytest.mark.parametrize(
    ("page", "drawn", "code"),
    [
        # KDP: a gutter of 27 pt, other margins of 18; four letters are 20 wide.
        (1, words(27, 600), ""),
        (1, words(25, 600), "print-gutter"),
        (2, words(25, 600), ""),
        (2, words(385, 600), ""),
        (2, words(387, 600), "print-gutter"),
        (1, words(387, 600), ""),
        (1, words(396, 600), "print-margin"),
        (2, words(17, 600), "print-margin"),
        (1, words(72, 19), "print-margin"),
        (1, words(72, 21), ""),
        (1, words(72, 624), "print-margin"),
        (1, words(72, 622), ""),
        (1, words(420, 600), "print-cut"),
        (1, words(-5, 600), "print-cut"),
        (1, words(72, 645), "print-cut"),
        (1, words(-50, 600), ""),
        # Spaces are no words.
        (1, words(10, 600, text="    Lamp"), ""),
        (1, words(372, 600, text="Lamp     "), ""),
        # What is clipped away is not there, nor is what has no letters.
        (1, "q 72 72 9 9 re W n " + words(20, 600) + "Q", ""),
        (1, "BT /F 10 Tf 20 600 Td [(L) 100 (a) -900 (mp)] TJ ET", "print-gutter"),
        (1, "BT /F 10 Tf 380 600 Td [(Lamp) -1500 (Lamp)] TJ ET", "print-cut"),
        (1, "BT /F 10 Tf 390 600 Td [<4c616d70>] TJ ET", ""),
        (1, "BT /F 10 Tf 396 600 Td [<4c616d70>] TJ ET", "print-margin"),
        (1, "BT /F 10 Tf 390 600 Td [(\\(\\\\\\114)] TJ ET", ""),
        (1, "BT /F 10 Tf 200 Tz 390 600 Td (Lamp) Tj ET", "print-margin"),
        (1, "BT /F 10 Tf 200 Tz 330 600 Td (Lamp) Tj (Lamp) Tj ET", ""),
        (1, "BT /F 10 Tf 200 Tz 340 600 Td (Lamp) Tj (Lamp) Tj ET", "print-margin"),
        (1, "BT /F 10 Tf 9 Tc 390 600 Td (Lamp) Tj ET", "print-cut"),
        (1, "BT /F 10 Tf 12 TL 72 30 Td (Lamp) Tj T* (Lamp) Tj ET", "print-margin"),
        (1, "BT /F 10 Tf 72 30 Td (a) Tj 0 -12 TD (b) Tj ET", "print-margin"),
    ],
)
def test_words_near_an_edge(tmp_path: Path, page: int, drawn: str, code: str) -> None:
    before = [WORDS] * (page - 1)
    path = leaflet(tmp_path / "a.pdf", *before, drawn)

    assert codes(path, "kdp") == ({code} if code else set())


def test_letters_that_a_string_cannot_hold_are_told(tmp_path: Path) -> None:
    drawn = "BT /F 10 Tf 20 600 Td [(\\(\\\\\\351\\n) 5 (\\344)] TJ ET"
    path = leaflet(tmp_path / "a.pdf", drawn)

    assert "“(\\é ä”" in found(path, "kdp")[-1].message


@pytest.mark.parametrize("count", [24, 152, 302])
def test_the_gutter_grows_with_the_pages(tmp_path: Path, count: int) -> None:
    gutter = {24: 27, 152: 36, 302: 45}[count]
    drawn = [WORDS, WORDS, words(gutter, 600), WORDS, words(gutter - 1, 600)]
    path = leaflet(tmp_path / "a.pdf", *drawn, count=count)

    (_, problem) = found(path, "kdp")
    assert problem.code == "print-gutter"
    assert problem.message.startswith("page 5: ")


def test_a_book_from_right_to_left_has_its_spine_at_the_other_side(
    tmp_path: Path,
) -> None:
    def says_so(pdf: Pdf) -> None:
        pdf.Root.ViewerPreferences = Dictionary(Direction=Name.R2L)

    plain = leaflet(tmp_path / "a.pdf", words(25, 600))
    said = leaflet(tmp_path / "b.pdf", words(25, 600), change=says_so)

    assert codes(plain, "kdp") == {"print-gutter"}
    assert codes(plain, "kdp", right_to_left=True) == set()
    # Where its last page comes first, that is a left-hand one.
    gutter = {"gutter": [{"width": "27pt"}]}
    from_end = PLAIN | {"margins": gutter, "order": {"reversed": True}}
    assert codes(plain, from_end, right_to_left=True) == {"print-gutter"}
    assert codes(said, "kdp") == set()


def test_with_bleed_other_margins_are_wider(tmp_path: Path) -> None:
    # At 20 pt from where it is cut.
    drawn = words(392, 600)
    plain = leaflet(tmp_path / "a.pdf", drawn)
    bleeding = leaflet(tmp_path / "b.pdf", drawn, size=WITH_BLEED)

    assert codes(plain, "kdp") == set()
    assert codes(bleeding, "kdp") == {"print-margin"}


def test_words_in_a_form_stand_where_it_is_drawn(tmp_path: Path) -> None:
    def form(pdf: Pdf) -> Any:
        # With the font of the page that draws it.
        return pdf.make_stream(
            words(5, 5).encode(),
            Subtype=Name.Form,
            BBox=Array([0, 0, 100, 100]),
            Matrix=Array([1, 0, 0, 1, 10, 0]),
        )

    change = resources("XObject", X=form)
    at_edge = leaflet(tmp_path / "a.pdf", "q 1 0 0 1 5 500 cm /X Do Q", change=change)
    within = leaflet(tmp_path / "b.pdf", "q 1 0 0 1 15 500 cm /X Do Q", change=change)

    assert codes(at_edge, "kdp") == {"print-gutter"}
    assert codes(within, "kdp") == set()


def test_a_composite_font_has_letters_of_two_bytes(tmp_path: Path) -> None:
    table = b"1 beginbfrange <0001> <0003> <0041> endbfrange"

    def change(pdf: Pdf) -> None:
        outlines = Dictionary(FontFile2=pdf.make_stream(b""))
        part = Dictionary(
            Subtype=Name.CIDFontType2,
            DW=1000,
            W=Array([1, Array([500, 250]), 3, 3, 2000]),
            FontDescriptor=outlines,
        )
        font = Dictionary(
            Subtype=Name.Type0,
            BaseFont=Name("/ABCDEF+Lamp"),
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([part]),
            ToUnicode=pdf.make_stream(table),
        )
        pdf.pages[0].Resources.Font.G = pdf.make_indirect(font)

    def drawn(x: float) -> str:
        # 5 + 2.5 + 20 points.
        return f"BT /G 10 Tf {x} 600 Td <000100020003> Tj ET"

    ends = leaflet(tmp_path / "a.pdf", drawn(386), change=change)
    beyond = leaflet(tmp_path / "b.pdf", drawn(388), change=change)

    assert codes(ends, "kdp") == set()
    assert codes(beyond, "kdp") == {"print-margin"}
    assert "“ABC”" in found(beyond, "kdp")[-1].message


@pytest.mark.parametrize(
    ("drawn", "code"),
    [
        ("0 G 1 w 436 300 m 441 300 l S", "print-marks"),
        ("0 G 1 w 100 660 m 100 666 l S", "print-marks"),
        ("0 G 1 w 300 300 m 441 300 l S", ""),
        ("0 G 1 w 460 300 m 480 300 l S", ""),
        ("0 g 433 0 8 666 re f", ""),
        ("0 g 434 300 4 50 re f", ""),
    ],
)
def test_marks_for_the_press(tmp_path: Path, drawn: str, code: str) -> None:
    path = leaflet(tmp_path / "a.pdf", drawn, size=WITH_BLEED)

    assert codes(path, "kdp") == ({code} if code else set())


# What a file has beside its pages


def outlined(pdf: Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("One", 0))


def entitled(pdf: Pdf) -> None:
    pdf.docinfo["/Title"] = "The Lamp"


def made_by(pdf: Pdf) -> None:
    pdf.docinfo["/Producer"] = "a press"


def described(pdf: Pdf) -> None:
    pdf.Root.Metadata = pdf.make_stream(b"<x/>")


def noted(kind: str) -> Change:
    note = Dictionary(Subtype=Name(f"/{kind}"), Rect=Array([10, 10, 20, 20]))
    return one_page(Annots=Array([note]))


def asking(pdf: Pdf) -> None:
    box = Dictionary(Subtype=Name.Widget, FT=Name.Tx, Rect=Array([10, 10, 20, 20]))
    fields = Array([pdf.make_indirect(box)])
    pdf.pages[0].Annots = fields
    pdf.Root.AcroForm = Dictionary(Fields=fields)


def attached(pdf: Pdf) -> None:
    pdf.attachments["a.txt"] = b"words"


def scripted(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def scripted_by_name(pdf: Pdf) -> None:
    action = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    names = Array([String("a"), action])
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=names))


@pytest.mark.parametrize(
    ("change", "code", "severity"),
    [
        (outlined, "print-outline", Severity.ERROR),
        (entitled, "print-metadata", Severity.ERROR),
        (described, "print-metadata", Severity.ERROR),
        (noted("Link"), "print-links", Severity.ERROR),
        (noted("Highlight"), "print-remarks", Severity.ERROR),
        (asking, "print-field", Severity.WARNING),
        (attached, "print-attachment", Severity.WARNING),
        (scripted, "print-script", Severity.WARNING),
        (scripted_by_name, "print-script", Severity.WARNING),
    ],
)
def test_what_is_no_page(
    tmp_path: Path, change: Change, code: str, severity: Severity
) -> None:
    path = leaflet(tmp_path / "a.pdf", change=change)

    (_, problem) = found(path, "kdp")
    assert (problem.code, problem.severity) == (code, severity)


def test_what_a_program_says_of_itself_is_nothing_of_the_book(tmp_path: Path) -> None:
    assert codes(leaflet(tmp_path / "a.pdf", change=made_by), "kdp") == set()


def test_what_nobody_forbids_is_let_pass(tmp_path: Path) -> None:
    for change in (outlined, entitled, described, noted("Link")):
        assert codes(leaflet(tmp_path / "a.pdf", change=change), PLAIN) == set()


def test_an_encrypted_file_that_can_be_read(tmp_path: Path) -> None:
    lock = pikepdf.Encryption(owner="lamp", user="")
    path = leaflet(tmp_path / "a.pdf", encryption=lock)

    assert codes(path, "kdp") == codes(path) == {"print-security"}


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    path = leaflet(tmp_path / "a.pdf", count=1)

    assert codes(path, PLAIN | {"file": {"megabytes": 0.0001}}) == {"print-file-size"}
    assert codes(path, PLAIN | {"file": {"megabytes": 1}}) == set()


# Standards


def sound_x1a(pdf: Pdf) -> None:
    all_pages(TrimBox=Array([0, 0, 432, 648]))(pdf)
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFX,
                OutputConditionIdentifier=String("CGATS TR 001"),
            )
        ]
    )
    for key, value in {
        "GTS_PDFXVersion": String("PDF/X-1:2001"),
        "GTS_PDFXConformance": String("PDF/X-1a:2001"),
        "Title": String("The Lamp"),
        "CreationDate": String("D:20260101000000Z"),
        "ModDate": String("D:20260101000000Z"),
        "Trapped": Name("/False"),
    }.items():
        pdf.docinfo[f"/{key}"] = value


AS_X1A: dict[str, Any] = {
    "force_version": "1.3",
    "object_stream_mode": pikepdf.ObjectStreamMode.disable,
}
AS_X4: dict[str, Any] = {"force_version": "1.6"}
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">'
    b"<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>"
    b"</rdf:Description></rdf:RDF></x:xmpmeta>"
)
X1A = PLAIN | {"file": {"standard": "pdf/x-1a:2001"}}


def test_a_file_of_the_standard_is_passed(tmp_path: Path) -> None:
    path = leaflet(tmp_path / "a.pdf", count=2, change=sound_x1a, **AS_X1A)

    assert codes(path, X1A) == set()


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("GTS_PDFXVersion", "GTS_PDFXVersion"),
        ("Title", "does not say Title"),
        ("ModDate", "does not say ModDate"),
        ("Trapped", "trapped"),
    ],
)
def test_what_the_standard_wants_to_be_said(
    tmp_path: Path, key: str, says: str
) -> None:
    def change(pdf: Pdf) -> None:
        sound_x1a(pdf)
        del pdf.docinfo[f"/{key}"]

    path = leaflet(tmp_path / "a.pdf", count=2, change=change, **AS_X1A)

    (_, problem) = found(path, X1A)
    assert problem.code == "print-standard"
    assert says in problem.message
    assert ";" not in problem.message


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda pdf: pdf.Root.__delitem__("/OutputIntents"), "no output intent"),
        (lambda pdf: pdf.pages[1].obj.__delitem__("/TrimBox"), "page 2 has no TrimBox"),
        (noted("Link"), "lie over page 1"),
    ],
)
def test_what_the_standard_wants_besides(
    tmp_path: Path, change: Change, says: str
) -> None:
    def both(pdf: Pdf) -> None:
        sound_x1a(pdf)
        change(pdf)

    path = leaflet(tmp_path / "a.pdf", count=2, change=both, **AS_X1A)

    (_, problem) = found(path, X1A)
    assert problem.code == "print-standard"
    assert says in problem.message
    assert ";" not in problem.message


def test_the_standard_is_older_than_packed_objects(tmp_path: Path) -> None:
    packed = {"object_stream_mode": pikepdf.ObjectStreamMode.generate}
    path = leaflet(tmp_path / "a.pdf", count=2, change=sound_x1a, **packed)

    (_, problem) = found(path, X1A)
    assert "not 1.3; its objects are packed" in problem.message


@pytest.mark.parametrize(
    ("drawn", "state_keys", "code"),
    [
        ("1 0 0 rg " + BOX, {}, "print-colour-space"),
        ("/G gs " + BOX, {"/ca": 0.5}, "print-transparency"),
    ],
)
def test_the_standard_knows_no_rgb_and_no_transparency(
    tmp_path: Path, drawn: str, state_keys: dict[str, Any], code: str
) -> None:
    def change(pdf: Pdf) -> None:
        sound_x1a(pdf)
        resources("ExtGState", G=state(**state_keys))(pdf)

    path = leaflet(tmp_path / "a.pdf", drawn, count=2, change=change, **AS_X1A)

    assert codes(path, X1A) == {code}


def test_the_newer_standard_is_said_in_xml(tmp_path: Path) -> None:
    def change(pdf: Pdf) -> None:
        sound_x1a(pdf)
        pdf.Root.Metadata = pdf.make_stream(XMP)

    newer = PLAIN | {"file": {"standard": "pdf/x-4"}}
    with_xml = leaflet(tmp_path / "a.pdf", count=2, change=change, **AS_X4)
    without = leaflet(tmp_path / "b.pdf", count=2, change=sound_x1a, **AS_X4)

    newest = leaflet(tmp_path / "c.pdf", count=2, change=change, force_version="1.7")

    assert codes(with_xml, newer) == set()
    assert codes(without, newer) == codes(newest, newer) == {"print-standard"}
