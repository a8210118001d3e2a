"""Finished files hold the fonts of their style and no other."""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import BinaryIO

import pikepdf
import pytest

from publish.check_fonts import check_epub_fonts, check_pdf_fonts
from publish.model import Format
from publish.pipeline import build
from publish.problems import Problem
from publish.style import Style, load_style
from publish.wanted import Wanted
from tests.conftest import WriteBook

Check = Callable[[BinaryIO, Style, str], Iterator[Problem]]
STYLE = load_style("classic")
TEXT = {"a.md": "# A\n\nwords and `code` and کتاب\n"}


def without(family: str) -> Style:
    """The style as if it did not name *family*."""
    return replace(STYLE, fonts=tuple(f for f in STYLE.fonts if f.family != family))


def made(write_book: WriteBook, format_: Format) -> bytes:
    (artifact,) = build(write_book(TEXT), Wanted(formats=(format_,))).artifacts
    return artifact.data


@pytest.mark.parametrize(
    ("format_", "check"),
    [(Format.EPUB, check_epub_fonts), (Format.PDF, check_pdf_fonts)],
)
def test_a_font_that_the_style_does_not_name_is_found(
    write_book: WriteBook, format_: Format, check: Check
) -> None:
    data = made(write_book, format_)

    found = [
        (str(p.at), p.code, p.message)
        for p in check(io.BytesIO(data), without("Amiri"), "made")
    ]

    message = "the font “Amiri” is in the file and not in the style"
    assert found == [("made", "strange-font", message)]
    assert list(check(io.BytesIO(data), STYLE, "made")) == []


def test_a_font_that_is_not_embedded_is_found(write_book: WriteBook) -> None:
    with pikepdf.open(io.BytesIO(made(write_book, Format.PDF))) as pdf:
        drawn = [page.Resources for page in pdf.pages if "/Font" in page.Resources]
        for font in (font for resources in drawn for font in resources.Font.values()):
            descriptor = font.DescendantFonts[0].FontDescriptor
            if descriptor.FontFamily == "Amiri" and "/FontFile2" in descriptor:
                del descriptor["/FontFile2"]
        bare = io.BytesIO()
        pdf.save(bare)

    (problem,) = check_pdf_fonts(bare, STYLE, "made")

    assert problem.message == "the font “Amiri” is not embedded in the file"


def test_a_font_that_a_drawing_brings_is_found(write_book: WriteBook) -> None:
    """Fonts of forms inside forms count too, and forms that hold themselves end."""
    with pikepdf.open(io.BytesIO(made(write_book, Format.PDF))) as pdf:
        outer, inner = pdf.make_stream(b""), pdf.make_stream(b"")
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            FontDescriptor=pikepdf.Dictionary(FontFamily="Other", FontFile=inner),
        )
        for form, held in ((outer, inner), (inner, outer)):
            form.Subtype = pikepdf.Name.Form
            form.Resources = pikepdf.Dictionary(
                XObject=pikepdf.Dictionary(F=held),
                Font=pikepdf.Dictionary(G=pdf.make_indirect(font)),
            )
        pdf.pages[-1].Resources.XObject = pikepdf.Dictionary(F=outer)
        drawn = io.BytesIO()
        pdf.save(drawn)

    messages = [p.message for p in check_pdf_fonts(drawn, STYLE, "made")]

    assert messages == ["the font “Other” is in the file and not in the style"]


def test_every_font_file_of_an_epub_is_looked_into(write_book: WriteBook) -> None:
    with zipfile.ZipFile(io.BytesIO(made(write_book, Format.EPUB))) as archive:
        fonts = [name for name in archive.namelist() if "/fonts/" in name]

    assert fonts
    assert all(name.endswith((".ttf", ".otf")) for name in fonts)


@pytest.mark.parametrize("format_", Format)
def test_every_build_looks_at_its_fonts(
    write_book: WriteBook, format_: Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The style names other fonts by the time they are looked at."""
    named = {Format.EPUB: "publish.epub", Format.PDF: "publish.pdf.setting"}
    check = {Format.EPUB: check_epub_fonts, Format.PDF: check_pdf_fonts}[format_]
    monkeypatch.setattr(
        f"{named[format_]}.{check.__name__}",
        lambda data, _style, name: check(data, without("Amiri"), name),
    )

    report = build(write_book(TEXT), Wanted(formats=(format_,)))

    assert "strange-font" in [problem.code for problem in report.problems]
