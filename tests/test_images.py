"""Pictures come out upright, whole and bare, or a problem says why not."""

import gzip
import io
import random
import struct
import subprocess
import sys
import zlib
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import nullcontext
from pathlib import Path

import pytest
from PIL import Image as Pillow
from PIL import ImageChops, ImageCms, PngImagePlugin, TiffImagePlugin
from PIL import ImageFile as PillowFile

from publish.crew import Executor, Here, Kept, StoppedError, Work, WorkError, crew
from publish.crew.work import R
from publish.images import read_images
from publish.images.prepare import MOST_PIXELS, BadPictureError, prepare
from publish.model import Book, Image, ImageFile
from publish.pipeline import build
from publish.problems import Problem
from publish.store import Store
from publish.strip import bare_gif, bare_jpeg, bare_png, bare_webp
from publish.transform.pictures import resolve_images
from publish.walk import chapter_inlines
from publish.wanted import Wanted
from tests.conftest import BOOK_TOML, WriteBook
from tests.trees import read, with_images
from tests.writing import write

# Words that stand in every metadata of these tests, and in no picture.
SECRET = b"Ada was here"
XMP = (
    b'<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/">Ada was here</x:xmpmeta>'
)


def sample(mode: str = "RGB", size: tuple[int, int] = (16, 8)) -> Pillow.Image:
    """A picture none of whose halves looks like another."""
    grey = Pillow.linear_gradient("L").resize(size)
    other = Pillow.radial_gradient("L").resize(size)
    bands = [grey, other, ImageChops.invert(grey), other]
    colours = len(Pillow.new(mode, (1, 1)).getbands())
    if mode in {"RGB", "RGBA", "CMYK", "LA", "L"}:
        return Pillow.merge(mode, bands[:colours])
    return Pillow.merge("RGB", bands[:3]).convert(mode)


def saved(picture: Pillow.Image, kind: str, **options: object) -> bytes:
    packed = io.BytesIO()
    picture.save(packed, kind, **options)
    return packed.getvalue()


def exif(orientation: int = 1) -> Pillow.Exif:
    made = Pillow.Exif()
    made[0x0112] = orientation
    made[0x010F] = SECRET.decode()
    made.get_ifd(0x8825)[2] = (52.0, 30.0, 0.0)
    return made


def shown(folder: Path, src: str = "a.jpg") -> tuple[Book, tuple[Problem, ...]]:
    """The book that names the picture in the second line of `one.md`."""
    book = read({"one.md": f"# One\n![a](<{src}>)\n"})
    return with_images(book, folder)


def said(folder: Path, src: str) -> list[str]:
    return [str(problem) for problem in shown(folder, src)[1]]


def only(folder: Path, data: bytes, name: str = "a.jpg") -> ImageFile:
    """The one picture of a book, which has no problems."""
    book, problems = shown(write(folder, {name: data}), name)
    assert problems == ()
    return book.images[0]


def image_bytes(file: ImageFile) -> bytes:
    return file.path.read_bytes()


def opened(data: bytes) -> Pillow.Image:
    picture = Pillow.open(io.BytesIO(data))
    picture.load()
    return picture


def same_pixels(one: bytes, other: bytes) -> bool:
    a, b = opened(one), opened(other)
    return (a.mode, a.size, a.tobytes()) == (b.mode, b.size, b.tobytes())


def png_with_words(picture: Pillow.Image) -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", SECRET.decode())
    words.add_text("Comment", SECRET.decode(), zip=True)
    words.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return saved(picture, "PNG", pnginfo=words, exif=exif())


def jpeg_with_words(picture: Pillow.Image, **options: object) -> bytes:
    data = saved(
        picture, "JPEG", exif=exif(), xmp=XMP, comment=SECRET, quality=95, **options
    )
    iptc = b"\xff\xed" + struct.pack(">H", 2 + 14 + len(SECRET))
    maker = b"\xff\xe5" + struct.pack(">H", 2 + len(SECRET)) + SECRET
    flash = b"\xff\xe2" + struct.pack(">H", 2 + 5 + len(SECRET)) + b"FPXR\0" + SECRET
    words = iptc + b"Photoshop 3.0\0" + SECRET + maker + flash
    return data[:2] + words + data[2:]


@pytest.mark.parametrize(
    "options", [{}, {"progressive": True}, {"restart_marker_rows": 1}]
)
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_jpeg_only_loses_its_metadata(
    tmp_path: Path, mode: str, options: dict[str, object]
) -> None:
    data = jpeg_with_words(sample(mode, (64, 48)), **options)

    file = only(tmp_path, data)
    bare = image_bytes(file)

    path = tmp_path / ".ready" / "a.jpg"
    assert file == ImageFile("a.jpg", path, ("a.jpg",), "image/jpeg", 64, 48)
    assert SECRET in data
    assert SECRET not in bare
    assert b"Exif" not in bare
    assert same_pixels(bare, data)


def test_what_a_phone_appends_to_a_jpeg_is_cut_off(tmp_path: Path) -> None:
    first, second = saved(sample(), "JPEG"), jpeg_with_words(sample("L"))
    film = b"ftypmp42" + SECRET + b"\xff\xd9" + SECRET

    bare = image_bytes(only(tmp_path, first + second + film))

    assert bare == bare_jpeg(first)
    assert same_pixels(bare, first)


def test_a_phones_double_picture_is_a_jpeg(tmp_path: Path) -> None:
    first, second = sample(), sample("RGB", (8, 8))
    data = saved(first, "MPO", save_all=True, append_images=[second], exif=exif())
    assert opened(data).format == "MPO"

    file = only(tmp_path, data)
    bare = image_bytes(file)

    assert file.media_type == "image/jpeg"
    assert opened(bare).format == "JPEG"
    assert same_pixels(bare, data)
    assert SECRET not in bare


def test_the_thumbnails_of_a_jpegs_head_are_left_out() -> None:
    data = saved(sample(), "JPEG", dpi=(300, 300))
    start, facts, rest = data[:2], data[6:18], data[20:]
    head = b"\xff\xe0" + struct.pack(">H", 16 + 6) + facts + b"\1\2" + b"\xaa" * 6
    more = b"\xff\xe0" + struct.pack(">H", 2 + 5 + len(SECRET)) + b"JFXX\0" + SECRET

    bare = bare_jpeg(start + head + more + rest)

    assert bare == bare_jpeg(data) == data
    assert opened(bare).info["dpi"] == (300, 300)


def test_bytes_between_the_segments_of_a_jpeg_are_left_out(tmp_path: Path) -> None:
    data = saved(sample(), "JPEG")

    bare = image_bytes(only(tmp_path, data[:20] + b"\0\0\0" + data[20:]))

    assert bare == data


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_only_loses_its_metadata(tmp_path: Path, mode: str) -> None:
    picture = Pillow.new("I;16", (4, 4), 40_000) if mode == "I;16" else sample(mode)
    data = png_with_words(picture)

    bare = image_bytes(only(tmp_path, data, "a.png"))

    assert SECRET in data
    assert SECRET not in bare
    assert bare == saved(picture, "PNG")
    assert same_pixels(bare, data)


def test_a_png_of_few_colours_keeps_what_is_clear(tmp_path: Path) -> None:
    data = saved(sample("P"), "PNG", transparency=bytes([0, 128, 255]))

    bare = image_bytes(only(tmp_path, data, "a.png"))

    assert bare == data
    assert opened(bare).info["transparency"] == bytes([0, 128, 255])


def test_what_stands_behind_the_end_of_a_png_is_cut_off() -> None:
    data = saved(sample(), "PNG")
    chunk = struct.pack(">I4s", len(SECRET), b"tEXt") + SECRET + b"\0\0\0\0"

    assert bare_png(data + chunk + SECRET) == data


def test_a_gif_that_moves_keeps_moving_and_loses_its_words(tmp_path: Path) -> None:
    frames = [sample("P"), sample("P").rotate(180), sample("P")]
    options = {"save_all": True, "append_images": frames[1:], "loop": 3}
    still = saved(frames[0], "GIF", duration=[100, 200, 300], **options)
    data = saved(
        frames[0], "GIF", duration=[100, 200, 300], comment=SECRET, xmp=XMP, **options
    )
    xmp = b"\x21\xff\x0bXMP DataXMP" + bytes([len(SECRET)]) + SECRET + b"\0"
    end = data.rindex(b";")

    file = only(tmp_path, data[:end] + xmp + b";" + SECRET, "a.gif")
    bare = image_bytes(file)

    assert file.media_type == "image/gif"
    assert SECRET not in bare
    assert bare == bare_gif(still) == still


def test_a_gif_that_stands_still_becomes_a_png(tmp_path: Path) -> None:
    data = saved(sample("P"), "GIF", comment=SECRET)

    file = only(tmp_path, data, "a.gif")

    assert (file.name, file.media_type) == ("a.png", "image/png")
    assert SECRET not in image_bytes(file)
    assert opened(image_bytes(file)).convert("RGB").tobytes() == (
        opened(data).convert("RGB").tobytes()
    )


def test_a_gif_whose_frames_bring_their_own_colours_stays_whole() -> None:
    data = saved(sample("P"), "GIF")
    size = 3 << ((data[10] & 7) + 1)
    screen, table, blocks = data[:13], data[13 : 13 + size], data[13 + size :]
    at = blocks.index(b",\0\0\0\0")
    frame, rest = blocks[at : at + 9], blocks[at + 10 :]
    flags = bytes([0x80 | data[10] & 7])
    own = screen[:10] + b"\0" + screen[11:] + frame + flags + table + rest

    assert opened(own).convert("RGB").tobytes() == (
        opened(data).convert("RGB").tobytes()
    )
    assert bare_gif(own[:13] + b"\x21\xfe\x03Ada\0" + own[13:]) == own


@pytest.mark.parametrize("length", [4, 5])
def test_metadata_of_any_length_leaves_a_webp_whole(length: int) -> None:
    data = saved(sample("RGBA"), "WEBP", lossless=True)
    words = b"XMP " + struct.pack("<I", length) + bytes(length + length % 2)
    whole = b"WEBP" + words + data[12:] + words

    assert bare_webp(b"RIFF" + struct.pack("<I", len(whole)) + whole) == data


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95])
def test_a_gif_cut_short_does_no_harm(cut: float) -> None:
    frames = [sample("P"), sample("P").rotate(180)]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])

    assert bare_gif(data[: int(len(data) * cut)]).startswith(b"GIF8")


@pytest.mark.parametrize(
    ("kind", "mode", "media_type"),
    [
        ("WEBP", "RGB", "image/jpeg"),
        ("WEBP", "RGBA", "image/png"),
        ("AVIF", "RGB", "image/jpeg"),
        ("AVIF", "RGBA", "image/png"),
        ("TIFF", "RGB", "image/png"),
        ("TIFF", "1", "image/png"),
        ("TIFF", "CMYK", "image/png"),
        ("BMP", "RGB", "image/png"),
        ("PPM", "RGB", "image/png"),
    ],
)
def test_other_kinds_become_jpeg_or_png(
    tmp_path: Path, kind: str, mode: str, media_type: str
) -> None:
    words = {"exif": exif(), "xmp": XMP} if kind in {"WEBP", "AVIF"} else {}
    data = saved(sample(mode), kind, **words)

    file = only(tmp_path, data, "a.picture")
    made = image_bytes(file)

    assert (file.media_type, file.width, file.height) == (media_type, 16, 8)
    assert opened(made).format == media_type.removeprefix("image/").upper()
    assert opened(made).size == (16, 8)
    assert SECRET not in made
    if media_type == "image/png" and mode != "CMYK":
        colours = "RGBA" if mode == "RGBA" else "RGB"
        assert (
            ImageChops.difference(
                opened(made).convert(colours), opened(data).convert(colours)
            ).getbbox()
            is None
        )


def test_sixteen_bits_of_grey_are_not_cut_off_at_white(tmp_path: Path) -> None:
    data = saved(Pillow.new("I;16", (4, 4), 0x8000), "TIFF")

    made = opened(image_bytes(only(tmp_path, data, "a.tif")))

    assert made.convert("L").getpixel((0, 0)) == 0x80


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_comes_out_upright(tmp_path: Path, kind: str, turn: int) -> None:
    picture = sample(size=(64, 32))
    options = {"quality": 100, "lossless": True} if kind == "WEBP" else {"quality": 100}
    data = saved(picture, kind, exif=exif(turn), **options)

    file = only(tmp_path, data)
    made = opened(image_bytes(file))

    turned = turn >= 5
    assert (file.width, file.height) == ((32, 64) if turned else (64, 32)) == made.size
    upright = {
        1: picture,
        2: picture.transpose(Pillow.Transpose.FLIP_LEFT_RIGHT),
        3: picture.rotate(180),
        4: picture.transpose(Pillow.Transpose.FLIP_TOP_BOTTOM),
        5: picture.rotate(90, expand=True).transpose(Pillow.Transpose.FLIP_TOP_BOTTOM),
        6: picture.rotate(-90, expand=True),
        7: picture.rotate(-90, expand=True).transpose(Pillow.Transpose.FLIP_TOP_BOTTOM),
        8: picture.rotate(90, expand=True),
    }[turn]
    difference = ImageChops.difference(made.convert("RGB"), upright)
    assert max(high for _, high in difference.getextrema()) < 25  # type: ignore[misc]


@pytest.mark.parametrize("broken", [b"", b"II*\0\xff\xff\xff\xff", b"nonsense" * 9])
def test_broken_exif_does_not_spoil_a_picture(tmp_path: Path, broken: bytes) -> None:
    data = saved(sample(), "JPEG")
    segment = b"Exif\0\0" + broken
    head = data[:2] + b"\xff\xe1" + struct.pack(">H", 2 + len(segment)) + segment

    assert image_bytes(only(tmp_path, head + data[2:])) == data


@pytest.mark.parametrize("turn", [9, 0])
def test_an_orientation_that_does_not_exist_is_none(tmp_path: Path, turn: int) -> None:
    odd = Pillow.Exif()
    odd[0x0112] = turn

    data = saved(sample(), "JPEG", exif=odd)

    assert image_bytes(only(tmp_path, data)) == saved(sample(), "JPEG")


def test_a_picture_larger_than_shops_take_is_scaled(tmp_path: Path) -> None:
    data = saved(sample(size=(3400, 1700)), "JPEG", exif=exif(6))

    file = only(tmp_path, data)
    made = opened(image_bytes(file))

    assert made.size == (file.width, file.height)
    assert MOST_PIXELS * 0.999 < file.width * file.height <= MOST_PIXELS
    assert file.height / file.width == pytest.approx(2, abs=0.002)


def test_a_picture_as_large_as_shops_take_keeps_its_bytes(tmp_path: Path) -> None:
    data = saved(sample("L", (2800, 2000)), "JPEG")

    assert image_bytes(only(tmp_path, data)) == data


@pytest.mark.parametrize("mode", ["P", "I;16", "RGBA"])
def test_a_large_png_is_scaled_in_true_colours(tmp_path: Path, mode: str) -> None:
    picture = Pillow.new(mode, (4000, 1500), 0x8000 if mode == "I;16" else 0)
    transparency = {"transparency": 0} if mode == "P" else {}

    file = only(tmp_path, saved(picture, "PNG", **transparency), "a.png")
    made = opened(image_bytes(file))

    assert made.size == (file.width, file.height) < (4000, 1500)
    assert made.mode == {"P": "RGBA", "I;16": "L", "RGBA": "RGBA"}[mode]
    assert made.convert("LA").getpixel((9, 9)) == {
        "P": (0, 0),
        "I;16": (0x80, 255),
        "RGBA": (0, 0),
    }.get(mode)


def test_ink_becomes_light(tmp_path: Path) -> None:
    cyan = Pillow.new("CMYK", (16, 8), (255, 0, 0, 0))

    file = only(tmp_path, saved(cyan, "JPEG"))
    made = opened(image_bytes(file))

    assert (file.media_type, made.mode) == ("image/jpeg", "RGB")
    red, green, blue = made.getpixel((3, 3))  # type: ignore[misc]
    assert red < 60
    assert min(green, blue) > 150


def test_ink_with_a_profile_nobody_understands_becomes_light(tmp_path: Path) -> None:
    cyan = Pillow.new("CMYK", (16, 8), (255, 0, 0, 0))

    made = image_bytes(only(tmp_path, saved(cyan, "JPEG", icc_profile=b"x" * 200)))

    assert opened(made).mode == "RGB"
    assert "icc_profile" not in opened(made).info


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("JPEG", {}),
        ("JPEG", {"exif": exif(6)}),
        ("PNG", {}),
        ("PNG", {"exif": exif(6)}),
        ("WEBP", {}),
        ("TIFF", {}),
    ],
)
def test_a_profile_of_colours_is_kept(
    tmp_path: Path, kind: str, options: dict[str, object]
) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    made = image_bytes(
        only(tmp_path, saved(sample(), kind, icc_profile=profile, **options))
    )

    assert opened(made).info["icc_profile"] == profile


@pytest.mark.parametrize("mode", ["L", "LA"])
@pytest.mark.parametrize("options", [{}, {"exif": exif(6)}])
def test_a_profile_of_other_colours_than_the_pictures_is_left_out(
    tmp_path: Path, mode: str, options: dict[str, object]
) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    made = image_bytes(
        only(tmp_path, saved(sample(mode), "PNG", icc_profile=profile, **options))
    )

    assert "icc_profile" not in opened(made).info


@pytest.mark.parametrize("size", [(1, 1), (7, 3), (600, 4)])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF"])
def test_the_smallest_ornament_is_a_picture(
    tmp_path: Path, kind: str, size: tuple[int, int]
) -> None:
    file = only(tmp_path, saved(sample("L", size), kind))

    assert (file.width, file.height) == size == opened(image_bytes(file)).size


def test_the_bytes_are_the_same_every_time(tmp_path: Path) -> None:
    for name, data in {
        "a.webp": saved(sample(), "WEBP"),
        "a.jpg": saved(sample(), "JPEG", exif=exif(6)),
        "a.svg": b'<svg xmlns="http://www.w3.org/2000/svg" id="a:b"/>',
    }.items():
        file = only(tmp_path / name, data, name)
        assert image_bytes(file) == image_bytes(file)


WHOLE = saved(sample(size=(64, 64)), "JPEG")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"just words",
        WHOLE[: len(WHOLE) // 2],
        WHOLE[:30],
        saved(sample(size=(64, 64)), "PNG")[:200],
        b"<!DOCTYPE html><html><body>404 Not Found</body></html>",
        b"\x89PNG\r\n\x1a\n" + b"x" * 99,
        b"%PDF-1.7 ...",
        bytes(1000),
    ],
)
def test_what_is_no_whole_picture_is_said_with_its_line(
    tmp_path: Path, data: bytes
) -> None:
    book, problems = shown(write(tmp_path, {"a.jpg": data}))

    assert book.images == ()
    assert [str(problem) for problem in problems] == [
        "one.md:2: error: the picture `a.jpg` cannot be shown: it is no picture, or a"
        " broken one [broken-picture]"
    ]


def test_a_picture_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        sum_ = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", sum_)

    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1_000_000))
    png = chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    write(tmp_path, {"a.png": b"\x89PNG\r\n\x1a\n" + png})

    assert said(tmp_path, "a.png") == [
        "one.md:2: error: the picture `a.png` cannot be shown: it has more than"
        " 89 million pixels [broken-picture]"
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (gzip.compress(bytes(100_000_001), 1), "unpacked it has more than 100,000,000"),
        (
            gzip.compress(b"<svg/>", mtime=0)[:-9],
            "it is packed, and the packing is broken",
        ),
        (b"\x1f\x8b" + b"x" * 99, "it is packed, and the packing is broken"),
        (gzip.compress(b"words", mtime=0), "it is no picture, or a broken one"),
    ],
)
def test_a_packed_drawing_that_cannot_be_unpacked_is_said(
    tmp_path: Path, data: bytes, reason: str
) -> None:
    (problem,) = said(write(tmp_path, {"a.svgz": data}), "a.svgz")

    assert problem.startswith(
        f"one.md:2: error: the picture `a.svgz` cannot be shown: {reason}"
    )


def test_each_place_that_names_a_broken_picture_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"a.jpg": b"words"})
    book = read(
        {"one.md": "![a](a.jpg)\n\n![b](a.jpg)", "two.md": "x[^1]\n\n[^1]: ![](a.jpg)"}
    )

    _, problems = with_images(book, tmp_path)

    places = [str(problem.at) for problem in problems]
    assert places == ["one.md:1", "one.md:3", "two.md:3"]


@pytest.mark.parametrize(
    ("src", "problem"),
    [
        (
            "https://example.org/a.jpg",
            "one.md:2: error: the picture `https://example.org/a.jpg` is not in the"
            " book's folder [remote-picture]\n"
            "  hint: a book must not fetch anything: save the picture beside the text",
        ),
        (
            "//example.org/a.jpg",
            "one.md:2: error: the picture `//example.org/a.jpg` is not in the"
            " book's folder [remote-picture]\n"
            "  hint: a book must not fetch anything: save the picture beside the text",
        ),
        (
            "data:image/png;base64,AAAA",
            "one.md:2: error: a picture written into the text itself cannot be used"
            " [broken-picture]\n"
            "  hint: save it as a file in the book's folder",
        ),
        ("x.jpg", "one.md:2: error: there is no picture `x.jpg` [no-picture]"),
        ("x" * 999, f"one.md:2: error: there is no picture `{'x' * 999}` [no-picture]"),
        ("a\0.jpg", "one.md:2: error: there is no picture `a\ufffd.jpg` [no-picture]"),
        (
            "in/A.PDF#page=2",
            "one.md:2: error: the picture `in/A.PDF#page=2` cannot be shown: a PDF or"
            " EPUB is no picture [broken-picture]\n"
            "  hint: save the picture in it as SVG, PNG or JPEG",
        ),
        (
            "in",
            "one.md:2: error: the picture `in` cannot be shown: it is a folder, no file"
            " [broken-picture]",
        ),
    ],
)
def test_a_picture_that_is_not_there_is_said(
    tmp_path: Path, src: str, problem: str
) -> None:
    write(tmp_path, {"in/words.txt": "x"})

    assert said(tmp_path, src) == [problem]


@pytest.mark.parametrize(
    ("src", "guess"),
    [
        ("Lamp.PNG", "pictures/lamp.png"),
        ("pictures/LAMP.png", "pictures/lamp.png"),
        ("pictures/lamb.png", "pictures/lamp.png"),
        ("lamp.jpg", "pictures/lamp.png"),
        ("e\u0301te\u0301.png", "été.PNG"),
    ],
)
def test_a_picture_of_nearly_that_name_is_offered(
    tmp_path: Path, src: str, guess: str
) -> None:
    write(tmp_path, {"pictures/lamp.png": b"", "été.PNG": b"", ".x/lamp.jpg": b""})

    assert said(tmp_path, src) == [
        f"one.md:2: error: there is no picture `{src}` [no-picture]\n"
        f"  hint: there is `{guess}` in the book's folder"
    ]


@pytest.mark.parametrize("src", ["../a.jpg", "/../a.jpg", "link.jpg", "out/a.jpg"])
def test_nothing_outside_the_folder_is_shown(tmp_path: Path, src: str) -> None:
    folder = write(tmp_path / "book", {"one.md": ""})
    write(tmp_path, {"a.jpg": WHOLE})
    (folder / "link.jpg").symlink_to(tmp_path / "a.jpg")
    (folder / "out").symlink_to(tmp_path)

    book, problems = shown(folder, src)

    assert book.images == ()
    assert len(problems) == 1
    assert "a.jpg` in the book" not in problems[0].hint


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    write(tmp_path, {"in/a.jpg": WHOLE})
    (tmp_path / "b.jpg").symlink_to("in/a.jpg")

    assert shown(tmp_path, "b.jpg")[1] == ()


def test_a_picture_that_may_not_be_read_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").symlink_to("/proc/self/mem")

    assert len(said(tmp_path, "a.jpg")) == 1


def test_equal_bytes_under_two_names_are_one_file(tmp_path: Path) -> None:
    write(
        tmp_path, {"a.jpg": WHOLE, "in/b.jpg": WHOLE, "c.jpg": saved(sample(), "JPEG")}
    )
    book = read(
        {
            "one.md": "![](a.jpg) ![](c.jpg)",
            "in/two.md": "![](b.jpg) ![](../a.jpg) ![](/a.jpg) ![](a.jpg)",
        }
    )

    after, problems = with_images(book, tmp_path)

    assert problems == ()
    assert [(file.name, file.sources) for file in after.images] == [
        ("a.jpg", ("a.jpg", "in/b.jpg")),
        ("c.jpg", ("c.jpg",)),
    ]
    names = [
        inline.file
        for one in resolve_images(after).chapters
        for inline in chapter_inlines(one)
        if isinstance(inline, Image)
    ]
    assert names == ["a.jpg", "c.jpg", "a.jpg", "a.jpg", "a.jpg", "a.jpg"]


def test_names_in_the_book_are_plain_and_unlike(tmp_path: Path) -> None:
    names = ["چراغ.png", "燈.png", "My Lamp (1).PNG", "in/my-lamp-1.png", "a.b.png"]
    files = {name: saved(sample("L", (n, 9)), "PNG") for n, name in enumerate(names, 1)}
    text = " ".join(f"![](<{name}>)" for name in names)

    after, _ = with_images(read({"one.md": text}), write(tmp_path, files))

    assert [file.name for file in after.images] == [
        "picture.png",
        "picture-2.png",
        "my-lamp-1.png",
        "my-lamp-1-2.png",
        "a-b.png",
    ]


def test_a_picture_of_another_chapters_folder_or_with_a_query_is_found(
    tmp_path: Path,
) -> None:
    write(tmp_path, {"a b.jpg": WHOLE})

    assert shown(tmp_path, "a%20b.jpg?raw=true#x")[1] == ()
    assert shown(tmp_path, ".\\a b.jpg")[1] == ()


@pytest.mark.parametrize(
    ("cover", "reason"),
    [
        ("gone.jpg", "it cannot be read (No such file or directory)"),
        ("broken.jpg", "it is no picture, or a broken one"),
        ("../out.jpg", "it lies outside the book's folder"),
    ],
)
def test_a_cover_that_cannot_be_shown_is_said(
    tmp_path: Path, cover: str, reason: str
) -> None:
    folder = write(tmp_path / "book", {"broken.jpg": WHOLE[:99]})
    write(tmp_path, {"out.jpg": WHOLE})

    after, problems = with_images(read({"one.md": ""}), folder, folder / cover)

    assert after.cover is None
    assert [str(problem) for problem in problems] == [
        f"{folder / cover}: error: the cover cannot be shown: {reason} [broken-picture]"
    ]


def test_a_cover_is_no_picture_of_the_text_but_may_be_one(tmp_path: Path) -> None:
    write(tmp_path, {"a.jpg": WHOLE, "cover.jpg": WHOLE})
    plain, pictured = read({"one.md": "x"}), read({"one.md": "![](a.jpg)"})

    one, _ = with_images(plain, tmp_path, tmp_path / "cover.jpg")
    other, _ = with_images(pictured, tmp_path, tmp_path / "cover.jpg")

    assert one.images == ()
    assert one.cover is not None
    assert one.cover.name == "cover.jpg"
    assert other.cover is not None
    assert other.cover.name == other.images[0].name == "a.jpg"


def test_a_picture_that_cannot_be_shown_leaves_a_mark(tmp_path: Path) -> None:
    book, _ = with_images(read({"one.md": "# A\n\n![oil](gone.png)"}), tmp_path)

    inlines = list(chapter_inlines(resolve_images(book).chapters[0]))

    assert not any(isinstance(inline, Image) for inline in inlines)
    assert inlines[1].attributes.classes == ("missing-picture",)  # type: ignore[union-attr]


def test_warnings_about_odd_files_stay_inside(tmp_path: Path) -> None:
    clear = sample("P")
    clear.info["transparency"] = bytes(range(256))
    tiff = TiffImagePlugin.ImageFileDirectory_v2()
    tiff[270] = SECRET.decode()

    data = saved(clear, "TIFF", tiffinfo=tiff)

    assert SECRET not in image_bytes(only(tmp_path, data, "a.tif"))


def test_a_drawing_may_hold_pictures_which_lose_their_metadata(tmp_path: Path) -> None:
    jpeg, png = jpeg_with_words(sample()), png_with_words(sample())
    webp = saved(sample(), "WEBP", exif=exif(), xmp=XMP, lossless=True)
    images = "".join(
        f'<image href="data:image/x;base64,{b64encode(data).decode()}"/>'
        for data in (jpeg, png, webp)
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{images}</svg>'.encode()

    made = image_bytes(only(tmp_path, svg, "a.svg"))

    plain_webp = saved(sample(), "WEBP", lossless=True)
    inside = [bare_jpeg(jpeg), bare_png(png)]
    for data in inside:
        assert b64encode(data) in made
    assert made.count(b"<image") == 3
    assert len(made) < len(svg) - 3 * len(SECRET)
    assert plain_webp[12:16] == b"VP8L"
    assert b64encode(SECRET)[4:12] not in made


class Watching:
    """Lets *executor* do works, and counts them.

    open: those that were begun and not waited for; most: of these, at any time
    """

    def __init__(
        self, executor: Executor | None = None, error: WorkError | None = None
    ) -> None:
        self.executor = executor or Here()
        self.done: list[str] = []
        self.open = self.most = 0
        self.error = error

    def submit(self, work: Work[R]) -> "Future[R]":
        self.done.append(work.do.__name__)
        self.open += 1
        self.most = max(self.most, self.open)
        if not self.error:
            return self.executor.submit(work)
        future: Future[R] = Future()
        future.set_exception(self.error)
        return future

    def gather(self, futures: "Sequence[Future[R]]") -> list[R]:
        self.open -= len(futures)
        return self.executor.gather(futures)


def ready(
    folder: Path, files: Mapping[str, bytes], executor: Executor
) -> tuple[Book, tuple[Problem, ...]]:
    """The book that names all *files*, in their order, each on a line of its own."""
    text = "\n".join(f"![a](<{name}>)" for name in files)
    into = folder / ".ready"
    write(folder, files)
    into.mkdir(exist_ok=True)
    return read_images(read({"one.md": text}), folder, None, into, executor)


def test_a_picture_is_made_ready_once_for_all_editions(write_book: WriteBook) -> None:
    toml = "".join(
        f'[editions.{name}]\nformat = "{form}"\n'
        for name, form in {"a": "epub", "b": "epub", "c": "pdf", "d": "pdf"}.items()
    )
    text = "# One\n\n![a](a.jpg)\n\n![b](b.png)\n\n# Two\n\n![a](a.jpg)\n"
    pictures = {"a.jpg": WHOLE, "b.png": saved(sample(), "PNG")}
    folder = write_book({**pictures, "one.md": text, "book.toml": BOOK_TOML + toml})
    with crew(1) as inner:
        executor = Watching(inner)
        report = build(folder, executor=executor)

    assert len(report.artifacts) == 4
    assert executor.done.count("_prepared") == 2


def test_a_picture_is_made_ready_once_for_all_builds(tmp_path: Path) -> None:
    executor, store = Watching(), Store(tmp_path / "store")
    first, _ = ready(tmp_path / "a", {"a.jpg": WHOLE}, Kept(executor, store))

    moved, _ = ready(tmp_path / "b", {"b.jpg": WHOLE}, Kept(executor, store))

    assert executor.done == ["_prepared"]
    assert moved.images[0].name == "b.jpg"
    assert image_bytes(moved.images[0]) == image_bytes(first.images[0])


def test_what_is_kept_is_found_by_what_is_in_the_picture(tmp_path: Path) -> None:
    executor, store = Watching(), Store(tmp_path / "store")
    pictures = [saved(sample(size=(n, n)), "JPEG") for n in (8, 16, 8)]

    books = [
        ready(tmp_path, {"a.jpg": data}, Kept(executor, store))[0] for data in pictures
    ]

    assert [book.images[0].width for book in books] == [8, 16, 8]
    assert len(executor.done) == 2


def test_why_a_picture_cannot_be_shown_is_found_anew(tmp_path: Path) -> None:
    executor, store = Watching(), Store(tmp_path / "store")

    said = [
        ready(tmp_path, {"a.jpg": WHOLE[:99]}, Kept(executor, store))[1]
        for _ in range(2)
    ]

    assert said[0] == said[1] != ()
    assert executor.done == ["_prepared", "_prepared"]


@pytest.mark.parametrize(("killed", "hint"), [(True, "memory"), (False, "")])
def test_a_picture_that_ends_its_process_is_a_problem(
    tmp_path: Path, killed: bool, hint: str
) -> None:
    executor = Watching(error=StoppedError("SIGKILL", killed))

    book, problems = ready(tmp_path, {"a.jpg": WHOLE, "b.jpg": WHOLE}, executor)

    assert book.images == ()
    assert [problem.code for problem in problems] == ["picture-stopped"] * 2
    assert "the picture `b.jpg` cannot be shown: the process" in str(problems[1])
    assert "SIGKILL" in problems[1].message
    assert hint in problems[1].hint


def test_few_pictures_are_in_memory_however_many_there_are(tmp_path: Path) -> None:
    executor = Watching()
    files = {f"{n}.png": saved(sample("L", (n, 9)), "PNG") for n in range(1, 31)}

    book, _ = ready(tmp_path, files, executor)

    assert len(book.images) == 30
    assert executor.most == 8
    assert executor.open == 0


class Late(Here):
    """Begins what was submitted last, and not before someone waits."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[Callable[[], None]] = []

    def submit(self, work: Work[R]) -> "Future[R]":
        future: Future[R] = Future()
        done = super().submit
        self.waiting.append(lambda: future.set_result(done(work).result()))
        return future

    def gather(self, futures: "Sequence[Future[R]]") -> list[R]:
        while self.waiting:
            self.waiting.pop()()
        return super().gather(futures)


def test_in_whatever_order_pictures_are_ready_theirs_is_that_of_the_book(
    tmp_path: Path,
) -> None:
    files = {
        f"{n}/a.{kind}": saved(sample("L", (n, 9)), kind)
        for n in range(1, 10)
        for kind in ("png", "jpeg")
    }

    late = ready(tmp_path, files, Late())

    assert late == ready(tmp_path, files, Here())
    names = [file.name for file in late[0].images[:5]]
    assert names == ["a.png", "a.jpg", "a-2.png", "a-2.jpg", "a-3.png"]


class Looking(Here):
    """Says what it finds in a folder of folders while it makes chapters."""

    def __init__(self, folder: Path, error: type[BaseException] | None) -> None:
        super().__init__()
        self.folder, self.error = folder, error
        self.found: list[str] = []

    def submit(self, work: Work[R]) -> "Future[R]":
        if work.do.__name__ == "_made":
            found = self.folder.glob("*/*")
            self.found = [path.name for path in found if path.is_file()]
            if self.error:
                raise self.error
        return super().submit(work)


@pytest.mark.parametrize("error", [None, KeyboardInterrupt])
def test_ready_pictures_are_thrown_away_with_the_build(
    write_book: WriteBook,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: type[BaseException] | None,
) -> None:
    folder = write_book({"a.jpg": WHOLE, "one.md": "# One\n\n![a](a.jpg)\n"})
    place = tmp_path / "place"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    executor = Looking(place, error)

    with pytest.raises(error) if error else nullcontext():
        build(folder, Wanted(formats=("epub",)), executor=executor)

    assert executor.found == ["a.jpg"]
    assert list(place.iterdir()) == []


def test_what_is_cut_short_is_no_picture_whatever_others_let_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WeasyPrint does, as soon as it is imported."""
    monkeypatch.setattr(PillowFile, "LOAD_TRUNCATED_IMAGES", True)
    whole = io.BytesIO()
    Pillow.effect_noise((64, 64), 50).save(whole, "PNG")

    with pytest.raises(BadPictureError):
        prepare(whole.getvalue()[:-2000])

    assert PillowFile.LOAD_TRUNCATED_IMAGES


MEMORY = """
import sys
from pathlib import Path
from publish.crew import Here
from publish.model import Format
from publish.pipeline import build
from publish.wanted import Wanted

wanted = Wanted(formats=(Format.EPUB,))
(made,) = build(Path(sys.argv[1]), wanted, executor=Here()).artifacts
# What the system says of a process counts that of who began it, too.
status = Path("/proc/self/status").read_text()
print(made.size, status.split("VmHWM:")[1].split()[0])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere memory has other units")
def test_memory_does_not_grow_with_the_pictures_of_an_epub(tmp_path: Path) -> None:
    noise = [random.Random(n).randbytes(1800 * 1200) for n in range(35)]
    sizes, memory = zip(
        *(most_memory(tmp_path, noise[:n]) for n in (5, 35)), strict=True
    )

    assert sizes[1] - sizes[0] > 30_000_000
    # Of those thirty pictures.
    assert memory[1] - memory[0] < 10_000_000


def most_memory(folder: Path, pictures: Sequence[bytes]) -> tuple[int, int]:
    """Bytes of the EPUB, and those that its process had in memory at its worst."""
    folder = folder / str(len(pictures))
    folder.mkdir()
    for n, grey in enumerate(pictures):
        picture = Pillow.frombytes("L", (1800, 1200), grey)
        (folder / f"{n}.jpg").write_bytes(saved(picture, "JPEG", quality=90))
    shown = "\n\n".join(f"![a{n}]({n}.jpg)" for n in range(len(pictures)))
    (folder / "one.md").write_text(f"# One\n\n{shown}\n", encoding="utf-8")
    command = [sys.executable, "-c", MEMORY, str(folder)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    size, kilobytes = map(int, said.split())
    return size, kilobytes * 1024
