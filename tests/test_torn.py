"""Pictures that are cut short or damaged end in a problem, never in a traceback."""

import io
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from xml.etree import ElementTree

import pytest
from PIL import Image as Pillow

from publish.strip import TornPictureError, bare
from publish.svg import BadDrawingError, clean_svg, svg_size
from tests.trees import read, with_images
from tests.writing import write

SVG = b"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9mm" height="9in">
<style>/* a */ #a:not(.b) > rect, b{fill: rgb(1, 2, 3); c: url("#a") "d\\201C"}</style>
<pattern id="a"/><rect fill="url(#a) red" style="stroke: u\\72l(b); e: hsl(1 2% 3%)"/>
<image href="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs="/></svg>
"""


def picture(kind: str) -> bytes:
    packed = io.BytesIO()
    exif = Pillow.Exif()
    exif[0x010F] = "Ada was here"
    small = Pillow.radial_gradient("L").resize((6, 4)).convert("RGB")
    small.save(packed, kind, exif=exif, comment=b"Ada was here")
    return packed.getvalue()


def damaged(data: bytes, flips: int) -> Iterator[bytes]:
    """Every beginning of *data*, and *data* with one to three bytes turned over."""
    yield from (data[:end] for end in range(len(data)))
    chance = Random(len(data))
    for _ in range(flips):
        torn = bytearray(data)
        for _ in range(chance.randint(1, 3)):
            torn[chance.randrange(len(torn))] ^= chance.randint(1, 255)
        yield bytes(torn)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_no_damage_surprises_the_strippers(kind: str) -> None:
    for torn in damaged(picture(kind), 1000):
        with suppress(TornPictureError):
            assert bare(torn) != b""


@pytest.mark.parametrize(
    "start",
    [
        b"\xff\xd8",
        b"\xff\xd8\xff\xe0\x00\x10JFIF\0",
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a",
        b"RIFF\x04\0\0\0WEBP",
        b"RIFF\x0c\0\0\0WEBPVP8X\0\0\0\0",
    ],
)
def test_a_picture_that_ends_before_it_begins_is_refused(start: bytes) -> None:
    with pytest.raises(TornPictureError):
        bare(start)


@pytest.mark.parametrize("start", [b"GIF89a", b"RIFF\x0c\0\0\0WEBPVP8X\0\0\0\0"])
def test_a_torn_picture_within_a_drawing_is_left_out(start: bytes) -> None:
    address = f"data:image/gif;base64,{b64encode(start).decode()}"
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{address}"/></svg>'

    assert b"data:" not in clean_svg(svg.encode())


def test_no_damage_surprises_the_cleaner_of_drawings() -> None:
    whole = clean_svg(SVG)

    for torn in damaged(SVG, 2000):
        with suppress(BadDrawingError):
            clean = clean_svg(torn)
            assert min(svg_size(clean)) >= 0
            assert ElementTree.fromstring(clean).tag.endswith("svg")
    assert b"Ada" not in whole


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_no_damage_surprises_the_door_for_pictures(tmp_path: Path, kind: str) -> None:
    names = []
    for number, torn in enumerate(damaged(picture(kind), 150)):
        names.append(f"{number}.png")
        write(tmp_path, {names[-1]: torn})
    text = "\n".join(f"![]({name})" for name in names)

    book, problems = with_images(read({"one.md": text}), tmp_path)

    assert {problem.code for problem in problems} == {"broken-picture"}
    assert all(image.path.read_bytes() for image in book.images)
