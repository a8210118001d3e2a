"""The cover made of words."""

import io
from datetime import UTC, datetime

import pytest
from PIL import Image as Pillow

from publish.cover import _GROUNDS, _INK, HEIGHT, WIDTH, shop_cover, typographic_cover
from publish.covers import make_covers
from publish.fonts import Face
from publish.lettering import _levels, draw_line, set_line
from publish.model import Metadata, Person
from publish.problems import CommandError
from publish.style import Style, Use, load_style
from tests.conftest import WriteBook


@pytest.fixture(scope="module")
def style() -> Style:
    return load_style("classic")


def faces(style: Style, *uses: Use) -> tuple[Face, ...]:
    return tuple(f.faces[0] for use in uses for f in style.fonts if f.use is use)


def cover(style: Style, title: str, language: str, *authors: str) -> Pillow.Image:
    metadata = Metadata(
        title=title,
        language=language,
        identifier="urn:x",
        modified=datetime(2020, 1, 1, tzinfo=UTC),
        subtitle="words",
        people=tuple(map(Person, authors)),
    )
    return Pillow.open(io.BytesIO(typographic_cover(metadata, style)))


def ink_box(image: Pillow.Image) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is drawn on the ground."""
    image = image.convert("RGB")
    ground = Pillow.new("RGB", image.size, image.getpixel((0, 0)))
    box = Pillow.composite(image, ground, Pillow.new("L", image.size, 255))
    drawn = [
        (x, y)
        for y in range(0, box.height, 8)
        for x in range(0, box.width, 8)
        if box.getpixel((x, y)) != ground.getpixel((0, 0))
    ]
    return (
        min(x for x, _ in drawn),
        min(y for _, y in drawn),
        max(x for x, _ in drawn),
        max(y for _, y in drawn),
    )


@pytest.mark.parametrize(
    "title",
    [
        "I",
        "The Lamp",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamter",
        "words " * 300,
        "i" * 6000,
        "W" * 6000 + " lamp",
        "道德经的故事与传说" * 9,
        "",
    ],
)
def test_words_of_any_length_stay_within_the_margins(style: Style, title: str) -> None:
    image = cover(style, title, "en", "Ada Bell", "Cy Dow")

    left, top, right, bottom = ink_box(image)

    assert image.size == (1600, 2560)
    assert left >= 150
    assert right <= 1450
    assert top >= 150
    assert bottom <= 2420


def test_persian_stands_at_the_right(style: Style) -> None:
    left, _, right, _ = ink_box(cover(style, "شب", "fa"))

    assert left > 800
    assert right > 1380


def test_the_title_reads_on_every_ground() -> None:
    def brightness(colour: tuple[int, int, int]) -> float:
        # WCAG 2.2, relative luminance.
        parts = [c / 255 for c in colour]
        r, g, b = (
            p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
        )
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    ink = brightness(_INK)

    assert all((ink + 0.05) / (brightness(g) + 0.05) >= 7 for g in _GROUNDS)


@pytest.mark.parametrize(
    ("text", "base", "levels"),
    [
        ("ab", 0, [0, 0]),
        ("شب", 0, [1, 1]),
        ("شب 12", 1, [1, 1, 1, 2, 2]),
        ("شب 1.5", 1, [1, 1, 1, 2, 2, 2]),
        ("شب (a b)", 1, [1, 1, 1, 1, 2, 2, 2, 1]),
        ("a 1 شب", 0, [0, 0, 0, 0, 1, 1]),
        ("a شب شب b", 0, [0, 0, 1, 1, 1, 1, 1, 0, 0]),
        ("، a", 1, [1, 1, 2]),
    ],
)
def test_directions_follow_unicode(text: str, base: int, levels: list[int]) -> None:
    assert _levels(text, base) == levels


def test_arabic_letters_join(style: Style) -> None:
    amiri = faces(style, Use.ARABIC)

    joined = set_line("بب", amiri, right_to_left=True, language="ar")
    apart = set_line("ب", amiri, right_to_left=True, language="ar")

    assert {g.number for g in joined.glyphs}.isdisjoint(g.number for g in apart.glyphs)


def test_a_letter_comes_from_the_first_face_that_has_it(style: Style) -> None:
    both = faces(style, Use.TEXT, Use.ARABIC)

    line = set_line("a ب", both, right_to_left=False, language="en")

    assert [glyph.face.family for glyph in line.glyphs] == [
        "EB Garamond",
        "EB Garamond",
        "Amiri",
    ]


def test_a_line_is_drawn_as_high_as_its_letters(style: Style) -> None:
    line = set_line("l", faces(style, Use.TEXT), right_to_left=False, language="en")

    mask = draw_line(line, 100)

    assert 60 < mask.height < 90
    assert mask.bottom in {-1, 0}
    assert len(mask.rows) == mask.width * mask.height


def picture(size: tuple[int, int], mode: str, kind: str) -> bytes:
    data = io.BytesIO()
    Pillow.new(mode, size, "red" if mode != "RGBA" else (255, 0, 0, 0)).save(data, kind)
    return data.getvalue()


@pytest.mark.parametrize(
    ("size", "mode", "made"),
    [
        ((1600, 2560), "RGB", (1600, 2560)),
        ((3200, 5120), "P", (1600, 2560)),
        ((800, 1280), "RGBA", (800, 1280)),
        ((400, 1280), "L", (400, 1280)),
    ],
)
def test_a_shop_gets_a_jpeg_that_is_no_larger_than_it_wants(
    size: tuple[int, int], mode: str, made: tuple[int, int]
) -> None:
    with Pillow.open(io.BytesIO(shop_cover(picture(size, mode, "PNG")))) as cover:
        assert (cover.format, cover.mode, cover.size) == ("JPEG", "RGB", made)
        if mode == "RGBA":
            assert cover.getpixel((5, 5)) == (255, 255, 255)


TOML = '[book]\ntitle = "The Lamp"\nlanguage = "en"\npeople = ["A"]\n'


@pytest.mark.parametrize(
    ("size", "codes"),
    [((1600, 2560), []), ((600, 960), ["small-cover"]), ((2000, 1000), ["wide-cover"])],
)
def test_what_shops_refuse_is_said(
    write_book: WriteBook, size: tuple[int, int], codes: list[str]
) -> None:
    files: dict[str, str | bytes] = {
        "book.toml": f'{TOML}cover = "c.png"\n',
        "a.md": "# A",
        "c.png": picture(size, "RGB", "PNG"),
    }

    report = make_covers(write_book(files))

    assert [problem.code for problem in report.problems] == codes
    assert [a.name for a in report.artifacts] == ["the-lamp-ebook-cover.jpg"]


def test_a_book_without_a_picture_has_its_words_on_the_cover(
    write_book: WriteBook,
) -> None:
    report = make_covers(write_book({"book.toml": TOML, "a.md": "# A"}), ["ebook"])

    (cover,) = report.artifacts
    with Pillow.open(io.BytesIO(cover.data)) as image:
        assert image.size == (WIDTH, HEIGHT)


def test_a_drawing_is_no_cover_for_shops(write_book: WriteBook) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    toml = f'{TOML}cover = "c.svg"\n'

    report = make_covers(
        write_book({"book.toml": toml, "a.md": "# A", "c.svg": drawing})
    )

    assert [problem.code for problem in report.problems] == ["drawn-cover"]
    assert report.artifacts == ()


def test_a_print_edition_has_no_such_cover(write_book: WriteBook) -> None:
    with pytest.raises(CommandError, match="epub"):
        make_covers(write_book({"book.toml": TOML, "a.md": "# A"}), ["print"])
