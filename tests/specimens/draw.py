"""The specimens as pictures: spreads, an e-reader's page, and a sheet of each style."""

import subprocess
import zipfile
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PIL import Image

from publish.covering import Asked, cover_editions
from publish.pipeline import build
from publish.wanted import Wanted
from publish.workshop import workshop
from tests.missing import CHROMIUM, program
from tests.specimens import EBOOK, PAPERBACK, PRINT, write_specimen

# Pixels to a point of what is read.
_READ = 1.6
# Pixels that a page of a sheet is wide, and between two of them.
_WIDTH, _GAP = 210, 12
_GROUND, _FOLD = "#9a9a9a", "#c8c8c8"
# Two rows, of two spreads each.
_ROWS, _ACROSS = 2, 4
# Shades that a sheet is reduced to: letters need few, and the cover is of one colour.
_SHADES = 24
# A spine of so many pages; the front is the same with any.
_PAGES = 160
# A phone that is held upright, in CSS pixels, of which each is two.
_PHONE = "390,640"


def draw(style: str, folder: Path) -> Path:
    """Draw all pictures of *style* into *folder*; gives the sheet of it."""
    with TemporaryDirectory(prefix="specimen-") as scratch:
        book = write_specimen(style, Path(scratch, style))
        printed, ebook = _made(book, PRINT), _made(book, EBOOK)
        _screen(ebook, folder / f"{style}-ebook.png")
        with pypdfium2.PdfDocument(printed) as pdf:
            for number, spread in enumerate(_spreads([_page(p, _READ) for p in pdf])):
                spread.save(folder / f"{style}-{number:02}.png", optimize=True)
            first = next(n for n in range(len(pdf)) if pdf.get_page_label(n) == "1")
            # The title page, and those from the first of the text: odd ones at the
            # right, as they are bound.
            chosen = [0, *range(first, first + _ROWS * _ACROSS - 1)]
            width = pdf[0].get_width()
            pages = [_page(pdf[n], 4 * _WIDTH / width) for n in chosen]
        cover = _front(book, width)
    path = folder / f"{style}.png"
    sheet = _sheet(cover, [page.reduce(4) for page in pages])
    sheet.quantize(_SHADES, dither=Image.Dither.NONE).save(path, optimize=True)
    return path


def _made(book: Path, edition: str) -> bytes:
    report = build(book, Wanted((edition,)))
    if report.problems:
        raise ValueError("\n".join(map(str, report.problems)))
    (artifact,) = report.artifacts
    return artifact.data


def _page(page: pypdfium2.PdfPage, scale: float) -> Image.Image:
    picture: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
    return picture


def _spreads(pages: Sequence[Image.Image]) -> Iterator[Image.Image]:
    """Facing pages; there is nothing beside the first, nor beside an even last one."""
    width, height = pages[0].size
    nothing = Image.new("RGB", (width, height), _GROUND)
    for left, right in list(pairwise([nothing, *pages, nothing]))[::2]:
        spread = Image.new("RGB", (2 * width + 1, height), _GROUND)
        spread.paste(left, (0, 0))
        spread.paste(right, (width + 1, 0))
        yield spread


def _front(book: Path, width: float) -> Image.Image:
    """The front of the bound book, which ends where the sheet is cut. width: of it"""
    asked = Asked((PAPERBACK,), _PAGES)
    (made,) = cover_editions(book, asked, None, partial(workshop, None)).artifacts
    with pypdfium2.PdfDocument(made.data) as pdf:
        left, _, _, top = pdf[0].get_mediabox()
        _, lower, right, upper = pdf[0].get_trimbox()
        picture = _page(pdf[0], _READ)
    edges = (right - width - left, top - upper, right - left, top - lower)
    x, y, until, below = (round(_READ * edge) for edge in edges)
    return picture.crop((x, y, until, below))


def _sheet(cover: Image.Image, pages: Sequence[Image.Image]) -> Image.Image:
    """The cover as high as two rows of pages, and these beside it."""
    width, height = pages[0].size
    high = _ROWS * height + _GAP
    front = cover.resize((round(high * cover.width / cover.height), high))
    across = _ACROSS * width + (_ACROSS - 1) // 2 * _GAP
    sheet = Image.new(
        "RGB", (3 * _GAP + front.width + across, 2 * _GAP + high), _GROUND
    )
    sheet.paste(front, (_GAP, _GAP))
    for number, page in enumerate(pages):
        row, column = divmod(number, _ACROSS)
        if number % 2:
            page.paste(_FOLD, (0, 0, 1, height))
        x = 2 * _GAP + front.width + column * width + column // 2 * _GAP
        sheet.paste(page, (x, _GAP + row * (height + _GAP)))
    return sheet


def _screen(epub: bytes, picture: Path) -> None:
    """The beginning of the first chapter, as a browser shows it.

    Raises MissingError.
    """
    browser = program("Chromium", *CHROMIUM)
    with TemporaryDirectory(prefix="specimen-") as scratch:
        packed = Path(scratch, "book.epub")
        packed.write_bytes(epub)
        with zipfile.ZipFile(packed) as archive:
            archive.extractall(scratch)
        pages = sorted(Path(scratch).rglob("*.xhtml"))
        chapter = next(
            page for page in pages if 'epub:type="chapter"' in page.read_text("utf-8")
        )
        more = (
            "--force-device-scale-factor=2",
            f"--window-size={_PHONE}",
            f"--screenshot={picture}",
            chapter.as_uri(),
        )
        subprocess.run(
            [browser, "--headless", "--no-sandbox", "--hide-scrollbars", *more],
            check=True,
            capture_output=True,
        )
