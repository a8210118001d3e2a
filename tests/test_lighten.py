"""Pictures of an EPUB are lighter than the author's, and nobody sees it."""

import io
import random
import zipfile
import zlib
from pathlib import Path

import pytest
from PIL import Image as Pillow
from PIL import ImageChops, ImageCms, ImageDraw

from publish.check import check_epub
from publish.images.compress import compress
from publish.model import Format
from publish.pipeline import build
from publish.problems import Severity
from publish.strip import bare_png
from publish.wanted import Wanted
from tests.conftest import BOOK_TOML, WriteBook
from tests.test_images import sample, saved

JPEG, PNG = "image/jpeg", "image/png"
SIZE = (300, 200)


def compressed(data: bytes) -> tuple[bytes, str]:
    made = compress(data)
    with Pillow.open(io.BytesIO(made.data)) as picture:
        assert picture.size == (made.width, made.height)
    return made.data, made.media_type


def photograph(mode: str = "RGB") -> Pillow.Image:
    """Soft shapes with grain, no pixel like the next."""
    grain = random.Random(7).randbytes(SIZE[0] * SIZE[1])
    noise = Pillow.frombytes("L", SIZE, grain).point(lambda level: 120 + level // 16)
    soft = sample("RGB", SIZE)
    whole = Pillow.merge("RGB", [noise, noise, ImageChops.invert(noise)])
    return ImageChops.blend(soft, whole, 0.5).convert(mode)


def drawing(colours: int) -> Pillow.Image:
    """Bars of *colours* colours on white ground."""
    picture = Pillow.new("RGB", SIZE, "white")
    pen = ImageDraw.Draw(picture)
    for n in range(colours - 1):
        at = n * SIZE[0] // colours
        colour = (n % 7 * 30, n * 5 % 256, n // 3)
        pen.rectangle((at, 20, at + SIZE[0] // colours, 150), fill=colour)
    return picture


def pixels(data: bytes) -> bytes:
    with Pillow.open(io.BytesIO(data)) as picture:
        return picture.convert("RGBA").tobytes()


def mode(data: bytes) -> str:
    with Pillow.open(io.BytesIO(data)) as picture:
        return picture.mode


@pytest.mark.parametrize(
    ("picture", "becomes"),
    [
        (drawing(9), "P"),
        (drawing(9).convert("RGBA"), "P"),
        (drawing(9).convert("L").convert("RGB"), "L"),
        (drawing(2).convert("1").convert("RGB"), "1"),
        (drawing(2).convert("1"), "1"),
        (drawing(9).convert("LA"), "L"),
        (drawing(9).convert("P"), "P"),
        (drawing(9).quantize(3), "P"),
        (sample("RGB", SIZE), "RGB"),
        (sample("RGBA", SIZE), "RGBA"),
        (sample("LA", SIZE), "LA"),
    ],
    ids=lambda given: getattr(given, "mode", given),
)
def test_a_drawing_keeps_every_pixel_in_fewer_bytes(
    picture: Pillow.Image, becomes: str
) -> None:
    data = saved(picture, "PNG", compress_level=1)

    made, media_type = compressed(data)

    assert media_type == PNG
    assert mode(made) == becomes
    assert pixels(made) == pixels(data)
    assert len(made) < len(data)


def test_indexes_of_a_palette_may_have_any_number_of_bits() -> None:
    for colours in (2, 3, 5, 17, 200):
        data = saved(drawing(colours), "PNG")

        made, _ = compressed(data)

        assert pixels(made) == pixels(data), colours


def test_what_is_clear_in_a_palette_stays_clear() -> None:
    picture = drawing(9).quantize(9)
    data = saved(picture, "PNG", transparency=bytes([0, 128, 255]))

    made, _ = compressed(data)

    assert pixels(made) == pixels(data)
    assert pixels(made)[3] < 255


@pytest.mark.parametrize(
    "data",
    [
        saved(Pillow.new("I;16", SIZE, 40_000), "PNG"),
        saved(drawing(9), "PNG", transparency=(255, 255, 255)),
    ],
    ids=["sixteen bits", "one colour is clear"],
)
def test_what_is_odd_in_a_png_stays_as_it_is(data: bytes) -> None:
    assert compressed(data) == (data, PNG)


@pytest.mark.parametrize("colours", ["RGB", "L"])
def test_a_photograph_that_was_a_png_becomes_a_jpeg(colours: str) -> None:
    data = saved(photograph(colours), "PNG")

    made, media_type = compressed(data)

    assert media_type == JPEG
    assert mode(made) == colours
    assert len(made) < len(data) / 2
    assert change(data, made) < 3


def change(one: bytes, other: bytes) -> float:
    """The mean change of a pixel, of 255."""
    with Pillow.open(io.BytesIO(one)) as a, Pillow.open(io.BytesIO(other)) as b:
        both = ImageChops.difference(a.convert("L"), b.convert("L"))
    levels = both.histogram()
    return sum(n * count for n, count in enumerate(levels)) / sum(levels)


def test_a_photograph_with_clear_pixels_stays_a_png() -> None:
    picture = photograph("RGBA")
    picture.putpixel((0, 0), (0, 0, 0, 0))

    assert compressed(saved(picture, "PNG"))[1] == PNG


def test_a_jpeg_that_is_finer_than_eyes_is_saved_less_fine() -> None:
    data = saved(photograph(), "JPEG", quality=98)

    made, media_type = compressed(data)

    assert media_type == JPEG
    assert len(made) < 0.6 * len(data)
    assert change(data, made) < 3
    # Once: what comes out stays.
    assert compressed(made) == (made, JPEG)


def test_a_jpeg_that_would_hardly_be_smaller_stays_as_it_is() -> None:
    data = saved(photograph(), "JPEG", quality=88)

    assert compressed(data) == (data, JPEG)


def usual_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_the_profile_that_all_take_for_granted_goes(kind: str) -> None:
    data = saved(drawing(9), kind, icc_profile=usual_profile(), quality=80)

    made, _ = compressed(data)

    with Pillow.open(io.BytesIO(made)) as picture:
        assert "icc_profile" not in picture.info
    assert pixels(made) == pixels(data)


def odd_profile() -> bytes:
    """One in which red and green are the other way round."""
    named = usual_profile().replace(b"s\0R\0G\0B", b"o\0d\0d\0!")
    red, green = named.index(b"rXYZ"), named.index(b"gXYZ")
    data = bytearray(named)
    data[red : red + 4], data[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(data)


@pytest.mark.parametrize(
    ("kind", "form"),
    [("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("JPEG", "RGB")],
)
def test_other_colours_become_those_that_all_take_for_granted(
    kind: str, form: str
) -> None:
    red = Pillow.new("RGB", SIZE, (250, 10, 10)).convert(form)
    data = saved(red, kind, icc_profile=odd_profile())

    made, _ = compressed(data)

    with Pillow.open(io.BytesIO(made)) as picture:
        assert "icc_profile" not in picture.info
        reddish, greenish, *_ = picture.convert("RGB").resize((1, 1)).tobytes()
    assert greenish > 200
    assert reddish < 100


def test_a_profile_of_which_nobody_makes_sense_changes_nothing() -> None:
    data = saved(drawing(9), "PNG", icc_profile=b"no profile at all")

    made, _ = compressed(data)

    assert pixels(made) == pixels(data)


def test_how_large_and_how_bright_a_png_is_meant_stays() -> None:
    data = saved(drawing(9), "PNG", dpi=(300, 300))
    data = with_chunk(data, b"gAMA", GAMMA)

    made, _ = compressed(data)

    assert bare_png(made) == made
    assert b"pHYs" in made
    assert b"gAMA" + GAMMA in made


GAMMA = (55_000).to_bytes(4, "big")


def with_chunk(png: bytes, kind: bytes, held: bytes) -> bytes:
    """Behind its head."""
    size, check = len(held).to_bytes(4, "big"), zlib.crc32(kind + held)
    return png[:33] + size + kind + held + check.to_bytes(4, "big") + png[33:]


def test_what_a_profile_overruled_goes_with_it() -> None:
    for profile in (usual_profile(), odd_profile()):
        data = saved(drawing(9), "PNG", icc_profile=profile, dpi=(300, 300))

        made, _ = compressed(with_chunk(data, b"gAMA", GAMMA))

        assert b"gAMA" not in made
        assert b"pHYs" in made


@pytest.mark.parametrize(
    ("kind", "held"),
    [(b"gAMA", GAMMA), (b"cHRM", bytes(32)), (b"cICP", b"\x09\x10\0\1")],
)
def test_a_photograph_in_colours_that_no_jpeg_tells_stays_a_png(
    kind: bytes, held: bytes
) -> None:
    data = with_chunk(saved(photograph(), "PNG"), kind, held)

    made, media_type = compressed(data)

    assert media_type == PNG
    assert kind + held in made


def test_a_profile_is_not_trusted_by_its_name() -> None:
    """Some are called sRGB, and mean light and not what an eye sees of it."""
    curve = b"para\0\0\0\0\0\3\0\0"
    usual = usual_profile()
    at = usual.index(curve)
    # Of the first kind, whose only number is an exponent; it is 1.
    linear = bytearray(usual)
    linear[at + 9] = 0
    linear[at + 12 : at + 16] = (1 << 16).to_bytes(4, "big")
    data = saved(Pillow.new("RGB", SIZE, (60,) * 3), "PNG", icc_profile=bytes(linear))

    made, _ = compressed(data)

    assert pixels(made)[0] == pytest.approx(133, abs=2)


@pytest.mark.parametrize(("form", "kind"), [("LA", "PNG"), ("L", "PNG"), ("L", "JPEG")])
def test_grey_with_a_profile_stays_what_it_is(form: str, kind: str) -> None:
    """Its white, its black, and where it is clear."""
    grey = Pillow.new("L", SIZE, 90)
    grey.paste(255, (0, 0, 99, 99))
    picture = grey
    if form == "LA":
        picture = Pillow.merge("LA", [grey, Pillow.linear_gradient("L").resize(SIZE)])
    data = saved(picture, kind, icc_profile=grey_profile())

    made, _ = compressed(data)

    assert mode(made) in {"L", "LA", "P", "1"}
    with Pillow.open(io.BytesIO(made)) as after:
        assert "icc_profile" not in after.info
        assert after.convert("L").getpixel((1, 1)) in range(250, 256)
        if form == "LA":
            assert after.getchannel("A").tobytes() == picture.getchannel("A").tobytes()


def grey_profile() -> bytes:
    """Of grey with an exponent of 1.8 (ICC.1:2010, 8.3.3 and 10.6)."""
    white = b"XYZ \0\0\0\0" + bytes.fromhex("0000f6d6 00010000 0000d32d")
    curve = b"curv\0\0\0\0\0\0\0\1" + (int(1.8 * 256)).to_bytes(2, "big") + b"\0\0"
    text = b"desc\0\0\0\0\0\0\0\5grey\0" + bytes(79)
    parts = {b"desc": text, b"wtpt": white, b"kTRC": curve}
    at = 128 + 4 + 12 * len(parts)
    table, body = len(parts).to_bytes(4, "big"), b""
    for name, part in parts.items():
        held = part + bytes(-len(part) % 4)
        place = (at + len(body)).to_bytes(4, "big")
        table += name + place + len(held).to_bytes(4, "big")
        body += held
    size = (at + len(body)).to_bytes(4, "big")
    head = size + bytes(4) + b"\2\x10\0\0mntrGRAYXYZ " + bytes(12) + b"acsp"
    head += bytes(28) + bytes.fromhex("0000f6d6 00010000 0000d32d")
    return head.ljust(128, b"\0") + table + body


def test_much_grain_ends_nothing() -> None:
    """Of what is nothing but noise a JPEG is larger than the buffers of Pillow."""
    noise = random.Random(7).randbytes(SIZE[0] * SIZE[1] * 3)
    picture = Pillow.frombytes("RGB", SIZE, noise)

    for kind in ("PNG", "JPEG"):
        data = saved(picture, kind, quality=100, subsampling=0)

        assert len(compressed(data)[0]) < len(data)


def test_a_jpeg_of_letters_is_saved_no_less_fine() -> None:
    data = saved(drawing(9), "JPEG", quality=98, subsampling=0)

    assert compressed(data) == (data, JPEG)


def test_a_colour_that_no_palette_has_stays_what_it_is() -> None:
    data = saved(drawing(4).quantize(4), "PNG")
    at = data.index(b"PLTE")
    two = b"PLTE" + data[at + 4 : at + 10]
    rest = data[at + 4 + int.from_bytes(data[at - 4 : at], "big") + 4 :]
    torn = (
        data[: at - 4] + b"\0\0\0\6" + two + zlib.crc32(two).to_bytes(4, "big") + rest
    )

    assert compress(torn).data == torn


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (5000, 1), (2, 1)])
def test_the_smallest_pictures_are_pictures_too(size: tuple[int, int]) -> None:
    for kind in ("PNG", "JPEG"):
        data = saved(Pillow.new("RGB", size, "red"), kind)

        assert pixels(compressed(data)[0]) == pixels(data)


def test_the_epub_has_the_lighter_pictures_and_the_pdf_the_authors(
    write_book: WriteBook,
) -> None:
    taken = saved(photograph(), "PNG")
    folder = write_book(
        {
            "one.md": "# One\n\n![a](kite.png)\n\n![b](kite.jpg)\n\n![c](b/kite.png)\n",
            "kite.png": taken,
            "kite.jpg": saved(drawing(9), "JPEG"),
            "b/kite.png": saved(drawing(9), "PNG"),
        }
    )

    report = build(folder, Wanted(formats=(Format.EPUB, Format.PDF)))

    assert not report.failed
    epub, pdf = (made.data for made in report.artifacts)
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        (path,) = (name for name in archive.namelist() if name.endswith("one.xhtml"))
        page = archive.read(path).decode()
        shown = [f'src="../images/{name}" alt="{alt}"' for name, alt in SHOWN]
        assert all(picture in page for picture in shown)
        sizes = {name: len(archive.read(f"EPUB/images/{name}")) for name, _ in SHOWN}
    assert sizes["kite-2.jpg"] < len(taken) / 2
    # All pixels of the photograph, as no JPEG has them.
    assert len(pdf) > sizes["kite-2.jpg"] + len(taken) / 2


SHOWN = [("kite-2.jpg", "a"), ("kite.jpg", "b"), ("kite-2.png", "c")]


def test_a_cover_that_was_a_png_is_lighter_too(
    write_book: WriteBook, tmp_path: Path
) -> None:
    cover = photograph().resize((700, 1100))
    told = BOOK_TOML.replace("[book]\n", '[book]\ncover = "cover.png"\n')
    picture = saved(cover, "PNG")
    folder = write_book({"book.toml": told, "one.md": "# One\n", "cover.png": picture})

    (made,) = build(folder, Wanted(formats=(Format.EPUB,))).artifacts

    path = tmp_path / made.name
    path.write_bytes(made.data)
    with zipfile.ZipFile(path) as archive:
        package = archive.read("EPUB/content.opf").decode()
        assert "images/cover.jpg" in package
        assert 'src="images/cover.jpg"' in archive.read("EPUB/cover.xhtml").decode()
    errors = [p for p in check_epub(path) if p.severity is Severity.ERROR]
    assert errors == []
