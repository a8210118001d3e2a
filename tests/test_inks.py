"""Colours of light become inks, where the author has the profile of the press."""

import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image as Pillow

from publish.artifact import Artifact
from publish.images.inks import Inks, in_inks, inks_of_colour, on_paper
from publish.images.pressed import press
from publish.model import Ink
from publish.pipeline import build
from publish.preflight import Request, preflight
from publish.problems import Position, PublishError
from tests.conftest import BOOK_TOML, WriteBook

# Of Ghostscript: a press like SWOP.
PROFILE = Path("/usr/share/color/icc/ghostscript/default_cmyk.icc")
pytestmark = pytest.mark.skipif(
    not PROFILE.is_file(), reason="no profile of inks is here (libgs-common)"
)

INGRAM = """
[editions.paperback]
format = "pdf"
printer = "ingram"
paper = "colour"
profile = "inks.icc"
"""
X4 = """
[editions.paperback]
format = "pdf"
printer = "custom"
bleed = true
marks = true
profile = "inks.icc"
[editions.paperback.custom]
name = "Lamp & Sons"
bleed = { width = "3mm", spine = true }
file = { standard = "pdf/x-4", forbids = ["links", "outline"] }
paper = [{ name = "art", ink = "colour" }]
colours = { spaces = ["grey", "cmyk"], ink = 300 }
"""
BLUE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60">'
    '<linearGradient id="a"><stop stop-color="#00c"/><stop offset="1"'
    ' stop-color="#c00"/></linearGradient>'
    '<rect width="60" height="60" fill="#102040"/>'
    '<rect width="30" height="30" fill="url(#a)"/>'
    '<rect width="9" height="9" fill="#808080"/></svg>'
)


@pytest.fixture(scope="module")
def profile() -> bytes:
    return PROFILE.read_bytes()


def png(colour: tuple[int, ...], mode: str = "RGB") -> bytes:
    made = io.BytesIO()
    Pillow.new(mode, (400, 400), colour).save(made, "PNG")
    return made.getvalue()


@pytest.fixture
def made(write_book: WriteBook, request: pytest.FixtureRequest) -> Artifact:
    text = (
        "# One\n\n![A](a.svg)\n\n![B](b.png){width=20%}\n\n" + "Words and words. " * 400
    )
    files = {f"{n}.md": text for n in range(1, 9)}
    folder = write_book(
        {
            "book.toml": BOOK_TOML + request.param,
            "a.svg": BLUE,
            "b.png": png((16, 32, 64)),
            "inks.icc": PROFILE.read_bytes(),
            **files,
        }
    )
    (artifact,) = build(folder).artifacts
    return artifact


def test_a_colour_becomes_inks(profile: bytes) -> None:
    cyan, magenta, _, _ = inks_of_colour((0, 0, 1), Inks(profile))

    assert cyan > 0.5
    assert magenta > 0.5
    assert sum(inks_of_colour((1, 1, 1), Inks(profile))) == 0


@pytest.mark.parametrize("most", [300, 240, 200])
def test_there_is_no_more_ink_than_the_press_takes(profile: bytes, most: int) -> None:
    dark = Pillow.new("RGB", (8, 8), (16, 32, 64))

    free = in_inks(dark, b"", Inks(profile)).getpixel((0, 0))
    held = in_inks(dark, b"", Inks(profile, most)).getpixel((0, 0))

    assert isinstance(free, tuple)
    assert isinstance(held, tuple)
    assert sum(free) / 2.55 > 240
    assert sum(held) / 2.55 <= most
    # What draws the picture stays.
    assert held[3] == free[3]
    if most < 300:
        assert sum(held) / 2.55 > most - 5


def test_a_picture_in_inks_is_a_picture_in_inks(profile: bytes) -> None:
    done = press(png((16, 32, 64)), Ink.COLOUR, Inks(profile, 240))

    with Pillow.open(io.BytesIO(done.data)) as picture:
        assert picture.mode == "CMYK"
    assert done.media_type == "image/jpeg"


def test_what_shines_through_shows_the_paper() -> None:
    clear = Pillow.new("RGBA", (4, 4), (0, 0, 0, 0))

    assert on_paper(clear).getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("mode", "colour"), [("RGBA", (200, 0, 0, 128)), ("RGB", (200, 0, 0)), ("L", (9,))]
)
def test_black_ink_makes_grey_of_it(mode: str, colour: tuple[int, ...]) -> None:
    value = colour if mode != "L" else colour[0]

    done = press(png(value, mode), Ink.BLACK)  # type: ignore[arg-type]

    with Pillow.open(io.BytesIO(done.data)) as picture:
        assert picture.mode == "L"


@pytest.mark.parametrize("made", [INGRAM, X4], indirect=True)
def test_the_printer_finds_nothing_to_refuse(made: Artifact) -> None:
    """All drawings, gradients and pictures in ink, no more of it than is taken."""
    assert made.problems == ()
    edition = made.edition
    assert edition
    assert edition.printing
    printing = edition.printing
    paper, bleed = printing.paper.name, printing.bleed
    request = Request(printing.printer, paper, edition.trim, bleed)

    found = preflight(
        io.BytesIO(made.data), made.size, [request], lambda _: Position(Path("a"))
    )

    assert [p.code for p in found] == []


TWO = """
[editions.{name}]
format = "pdf"
printer = "custom"
profile = "inks.icc"
[editions.{name}.custom]
paper = [{{ name = "art", ink = "colour" }}]
colours = {{ spaces = ["grey", "cmyk"], ink = {ink} }}
"""


def test_each_edition_has_as_much_ink_as_its_own_press(write_book: WriteBook) -> None:
    toml = BOOK_TOML + "".join(TWO.format(name=f"e{n}", ink=n) for n in (300, 120))
    folder = write_book(
        {
            "book.toml": toml,
            "1.md": "# One\n\n![B](b.png)\n",
            "b.png": png((16, 32, 64)),
            "inks.icc": PROFILE.read_bytes(),
        }
    )

    sums = [most_ink(artifact) for artifact in build(folder).artifacts]

    assert 240 < sums[0] <= 300
    assert 110 < sums[1] <= 120


def most_ink(artifact: Artifact) -> float:
    with pikepdf.open(io.BytesIO(artifact.data)) as pdf:
        pictures = [
            image
            for page in pdf.pages
            for image in page.Resources.get("/XObject", {}).values()
            if image.Subtype == "/Image"
        ]
        data = pictures[0].read_raw_bytes()
    with Pillow.open(io.BytesIO(data)) as picture:
        found = picture.getpixel((200, 200))
    assert isinstance(found, tuple)
    return sum(found) / 2.55


def test_a_file_with_links_is_no_file_for_a_modern_press(write_book: WriteBook) -> None:
    """And colours of light are turned into its inks, whatever else is taken."""
    toml = BOOK_TOML + X4.replace(', forbids = ["links", "outline"]', "")
    toml = toml.replace('spaces = ["grey", "cmyk"], ', "")
    text = "# One\n\n![A](a.svg) and [a link](https://example.org)\n"
    folder = write_book(
        {
            "book.toml": toml,
            "1.md": text,
            "a.svg": BLUE,
            "inks.icc": PROFILE.read_bytes(),
        }
    )

    (artifact,) = build(folder).artifacts

    assert [p.code for p in artifact.problems] == ["no-standard"]
    assert "links or remarks" in artifact.problems[0].message
    with pikepdf.open(io.BytesIO(artifact.data)) as pdf:
        assert "/OutputIntents" not in pdf.Root
        for page in pdf.pages:
            page.contents_coalesce()
            words = page.Contents.read_bytes() if "/Contents" in page else b""
            assert b" rg" not in words


@pytest.mark.parametrize("made", [X4], indirect=True)
def test_a_modern_press_finds_the_profile_in_the_file(
    made: Artifact, profile: bytes
) -> None:
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == "/GTS_PDFX"
        assert intent.DestOutputProfile.read_bytes() == profile
        assert b"PDF/X-4</pdfxid" in pdf.Root.Metadata.read_bytes()
        assert pdf.pdf_version == "1.6"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("inks.icc", None, "no-file"),
        ("../inks.icc", b"", "no-file"),
        ("inks.icc", b"no profile", "no-profile"),
        ("inks.icc", PROFILE.read_bytes()[:128].replace(b"CMYK", b"RGB "), "no-profile")
        if PROFILE.is_file()
        else ("inks.icc", b"", "no-profile"),
    ],
)
def test_what_is_no_profile_is_said(
    write_book: WriteBook, name: str, data: bytes | None, code: str
) -> None:
    toml = BOOK_TOML + INGRAM.replace("inks.icc", name)
    files = {"book.toml": toml, "1.md": "# One\n"}
    folder = write_book(files | ({"inks.icc": data} if data else {}))

    with pytest.raises(PublishError) as caught:
        build(folder)

    assert [p.code for p in caught.value.problems] == [code]
