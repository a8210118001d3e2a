"""Words in drawings are set in the fonts of the style, in print and in the EPUB."""

import io
import re
import zipfile
from base64 import b64decode, b64encode
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from PIL import Image as Pillow

from publish.check import check_epub
from publish.crew import Here
from publish.drawings import embed_fonts, name_fonts
from publish.fonts import family_of
from publish.model import Book, Format, ImageFile
from publish.pipeline import build
from publish.style import load_style
from publish.wanted import Wanted
from tests.conftest import BOOK_TOML, WriteBook
from tests.test_images import saved
from tests.trees import read

STYLE = load_style("classic")
TEXT = "'EB Garamond', serif"


def book(folder: Path, inside: str, attributes: str = "") -> Book:
    path = folder / "a.svg"
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>', "utf-8"
    )
    image = ImageFile("a.svg", path, ("a.svg",), "image/svg+xml", 0, 0)
    return replace(read({"one.md": "# One\n"}), images=(image,))


def dressed(folder: Path, inside: str, attributes: str = "") -> str:
    made = embed_fonts(book(folder, inside, attributes), STYLE, Here())
    return made.images[0].path.read_text("utf-8")


def brought(svg: str) -> list[tuple[str, str, str]]:
    """Family, weight and slant of every font in a drawing; what the rule says and what
    the font says are the same."""
    rule = re.compile(
        r"@font-face \{ font-family: '([^']*)'; font-weight: (\d+);"
        r" font-style: (\w+); src: url\(data:font/ttf;base64,([^)]*)\) \}"
    )
    found = rule.findall(svg)
    assert all(family_of(b64decode(data)) == family for family, _, _, data in found)
    return [(family, weight, slant) for family, weight, slant, _ in found]


def test_a_drawing_brings_the_font_of_the_text(tmp_path: Path) -> None:
    made = dressed(tmp_path, '<text font-family="Arial, sans-serif">Oil</text>')

    assert brought(made) == [("EB Garamond", "400", "normal")]
    assert f'<text font-family="{TEXT}">Oil</text>' in made
    assert "Arial" not in made
    # Of four letters.
    assert len(made) < 10_000


@pytest.mark.parametrize(
    "words",
    [
        '<text font-family="Courier New">x</text>',
        '<text style="font-family: Consolas, monospace">x</text>',
        "<style>text{font: bold 12px/1.5 'DejaVu Sans Mono'}</style><text>x</text>",
    ],
)
def test_letters_of_one_width_stay_letters_of_one_width(
    tmp_path: Path, words: str
) -> None:
    made = dressed(tmp_path, words)

    assert ("Source Code Pro", "400", "normal") in brought(made)
    assert "'Source Code Pro', 'EB Garamond', monospace" in made


@pytest.mark.parametrize(
    ("words", "faces"),
    [
        ('<text font-weight="bold">x</text>', [("700", "normal")]),
        ('<text style="font-weight: 600">x</text>', [("700", "normal")]),
        ('<text font-style="italic">x</text>', [("400", "italic")]),
        (
            "<style>text{font: italic bold 9px Arial}</style><text>x</text>",
            [("700", "normal"), ("400", "italic"), ("700", "italic")],
        ),
    ],
)
def test_bold_and_slanted_letters_come_where_they_are_asked_for(
    tmp_path: Path, words: str, faces: list[tuple[str, str]]
) -> None:
    found = [(weight, slant) for _, weight, slant in brought(dressed(tmp_path, words))]

    assert found == [("400", "normal"), *faces]


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("font: 12px 'Source Sans 3'", f"font: 12px {TEXT}"),
        ("font: 700  12px Arial", f"font: 700  12px {TEXT}"),
        ("font: 400 small Arial", f"font: 400 small {TEXT}"),
        ("font: small-caps 9pt/1.5 Arial, serif", f"font: small-caps 9pt/1.5 {TEXT}"),
        ("font-family: 'Lucida Sans Unicode', Courier", f"font-family: {TEXT}"),
        ("font-family: Monotype Corsiva", f"font-family: {TEXT}"),
        ("font-family: inherit", "font-family: inherit"),
    ],
)
def test_the_family_gives_way_and_nothing_else(
    tmp_path: Path, said: str, instead: str
) -> None:
    made = dressed(tmp_path, f'<text style="{said}">x</text>')

    assert f'style="{instead}"' in made


def test_letters_that_are_shown_in_the_other_case_come_too(tmp_path: Path) -> None:
    style = "text-transform: uppercase"
    made = dressed(tmp_path, f'<text style="{style}">abc</text>')

    (font,) = re.findall(r"base64,([^)]*)", made)
    with TTFont(io.BytesIO(b64decode(font))) as brought_:
        assert set(map(ord, "abcABC")) <= brought_.getBestCmap().keys()


def test_a_cover_that_is_a_drawing_brings_its_fonts(write_book: WriteBook) -> None:
    told = BOOK_TOML.replace("[book]\n", '[book]\ncover = "a.svg"\n')
    folder = write_book({"book.toml": told, "one.md": "# One\n", "a.svg": DRAWING})

    (made,) = build(folder, Wanted(formats=(Format.EPUB,))).artifacts

    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        assert b"@font-face" in archive.read("EPUB/images/a.svg")


def test_the_name_of_a_drawing_may_be_long(write_book: WriteBook) -> None:
    name = "a-very-long-name-" * 13 + ".svg"
    folder = write_book({"one.md": f"# One\n\n![Oil]({name})\n", name: DRAWING})

    report = build(folder, Wanted(formats=(Format.EPUB,)))

    assert not report.failed


def test_each_script_brings_its_font(tmp_path: Path) -> None:
    made = dressed(tmp_path, "<text>چراغ and oil</text>")

    families = {family for family, _, _ in brought(made)}
    assert families == {"Amiri", "EB Garamond"}
    assert "font-family=\"'EB Garamond', 'Amiri', serif\"" in made


def test_a_drawing_without_words_stays_as_it_is(tmp_path: Path) -> None:
    given = book(tmp_path, "<rect />")

    assert embed_fonts(given, STYLE, Here()) == given
    assert name_fonts(given, STYLE, Here()) == given


DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="99" height="40"><rect width="9"'
    ' height="9" /><text y="20" font-family="Arial">Wicks and oil</text></svg>'
)


def test_drawings_of_an_epub_are_valid_with_their_fonts(
    write_book: WriteBook, tmp_path: Path
) -> None:
    folder = write_book({"one.md": "# One\n\n![Oil](a.svg)\n", "a.svg": DRAWING})

    (made,) = build(folder, Wanted(formats=(Format.EPUB,))).artifacts

    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        svg = archive.read("EPUB/images/a.svg").decode()
    assert brought(svg) == [("EB Garamond", "400", "normal")]
    path = tmp_path / made.name
    path.write_bytes(made.data)
    assert list(check_epub(path)) == []


def test_an_epub_without_fonts_has_none_in_its_drawings(write_book: WriteBook) -> None:
    told = BOOK_TOML + '\n[editions.e]\nformat = "epub"\nembed_fonts = false\n'
    folder = write_book(
        {"book.toml": told, "one.md": "# One\n\n![Oil](a.svg)\n", "a.svg": DRAWING}
    )

    (made,) = build(folder).artifacts

    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        assert b"font-face" not in archive.read("EPUB/images/a.svg")


def test_print_draws_them_in_the_font_of_the_text(write_book: WriteBook) -> None:
    """Of what has a family that it does not know WeasyPrint makes code."""
    folder = write_book({"one.md": "# One\n\n![Oil](a.svg)\n", "a.svg": DRAWING})

    report = build(folder, Wanted(formats=(Format.PDF,)))

    assert report.problems == ()
    with pikepdf.open(io.BytesIO(report.artifacts[0].data)) as pdf:
        families = {
            str(thing.FontFamily)
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and "/FontFamily" in thing
        }
    assert families == {"EB Garamond"}


def test_print_draws_scripts_that_stand_in_drawings_alone(
    write_book: WriteBook,
) -> None:
    drawing = DRAWING.replace("Wicks and oil", "چراغ")
    folder = write_book({"one.md": "# One\n\n![Oil](a.svg)\n", "a.svg": drawing})

    report = build(folder, Wanted(formats=(Format.PDF,)))

    assert report.problems == ()


def test_print_shows_pictures_that_are_written_into_a_drawing(
    write_book: WriteBook,
) -> None:
    picture = b64encode(saved(Pillow.new("RGB", (8, 8), "red"), "PNG")).decode()
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><image'
        f' width="40" height="40" href="data:image/png;base64,{picture}" /></svg>'
    )
    folder = write_book({"one.md": "# One\n\n![Red](a.svg)\n", "a.svg": drawing})

    report = build(folder, Wanted(formats=(Format.PDF,)))

    assert report.problems == ()
