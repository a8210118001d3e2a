"""Pictures over two facing pages."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image as Pillow
from PIL.Image import Image as Picture
from pypdfium2 import raw

from publish.artifact import Artifact
from publish.model import (
    Bleed,
    Book,
    Detail,
    Edition,
    Figure,
    Format,
    Margins,
    Proof,
)
from publish.pdf import render_pdf
from publish.pdf.fragments import Fragment, Kind
from publish.pdf.pagination import Extent, paginate
from publish.preflight import preflight
from publish.preflight.job import Request
from publish.problems import Position
from publish.style import Opening, load_style
from publish.transform import transform
from tests.tagged import tag_lines
from tests.test_press import FINE, made_up, printed
from tests.trees import METADATA, read, read_one, with_images
from tests.verapdf import UA, A, faults

WORDS = "The lamp was trimmed and the night was long and nobody came to the door. "
PAGE = f"{WORDS * 12}\n\n" * 4
SEA = '![The sea](sea.png "From the tower"){.spread #fig-sea}\n\n'
BARE = "![The sea](sea.png){.spread}\n\n"
SCREEN = Edition("screen", Format.PDF)
# Two pages of paper with the bleed round them, in points.
WIDE, HIGH = 2 * 432 + 18, 648 + 18


def grey(size: tuple[int, int] = (882, 666)) -> Picture:
    return Pillow.new("L", size, 128)


def made(
    folder: Path, *chapters: str, language: str = "en", picture: Picture | None = None
) -> Book:
    (picture or grey()).save(folder / "sea.png")
    files = {f"{n}.md": text for n, text in enumerate(chapters, 1)}
    parsed = read(files, replace(METADATA, language=language))
    return transform(with_images(parsed, folder)[0])


def rendered(
    book: Book, edition: Edition = SCREEN, opening: Opening = Opening.RECTO
) -> Artifact:
    return render_pdf(book, edition, replace(load_style("classic"), opening=opening))


@dataclass(frozen=True, slots=True)
class Half:
    """number: of the page, from 0; picture, trim: left, bottom, right and top"""

    number: int
    picture: tuple[float, float, float, float]
    trim: tuple[float, float, float, float]


def halves(artifact: Artifact) -> list[Half]:
    found = []
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        for n, page in enumerate(pdf):
            for shown in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
                found.append(Half(n, shown.get_bounds(), page.get_trimbox()))
    return found


def texts(artifact: Artifact) -> dict[int, str]:
    """Of each page from page 1, by their numbers from 1."""
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        return {
            int(pdf.get_page_label(n)): page.get_textpage().get_text_range().strip()
            for n, page in enumerate(pdf)
            if pdf.get_page_label(n).isdecimal()
        }


def kinds(artifact: Artifact) -> str:
    """A letter for each page from page 1: a half, a page of text, or nothing."""
    shown = {half.number for half in halves(artifact)}
    words = texts(artifact)
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        front = len(pdf) - len(words)
    return "".join(
        "h" if front + n in shown else "t" if text else "-"
        for n, text in enumerate(words.values())
    )


def test_it_is_a_figure_without_a_caption_too() -> None:
    (figure,) = read_one(BARE).blocks

    assert isinstance(figure, Figure)
    assert figure.attributes.classes == ("spread",)


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize(
    ("spine", "gutter", "marks"),
    [(False, 0, False), (True, 90, False), (True, 0, True)],
)
def test_each_half_ends_at_the_fold_and_reaches_beyond_the_other_edges(
    tmp_path: Path, language: str, spine: bool, gutter: float, marks: bool
) -> None:
    book = made(tmp_path, f"# One\n\n{PAGE}{BARE}{PAGE}", language=language)
    printer = made_up(
        bleed=Bleed(9, spine=spine), margins=Margins(gutters=((999, gutter),))
    )
    done = rendered(book, printed(printer, bleed=True, marks=marks))

    first, second = halves(done)
    left, right = (second, first) if language == "fa" else (first, second)
    assert second.number == first.number + 1
    # The first page of a book is a right-hand one; from right to left, a left-hand one.
    assert first.number % 2 == 1
    for half, fold in ((left, left.trim[2]), (right, right.trim[0])):
        x, y, far, up = half.picture
        assert (x + far) / 2 == pytest.approx(fold, abs=FINE)
        assert far - x == pytest.approx(WIDE, abs=FINE)
        assert (y, up) == pytest.approx((half.trim[1] - 9, half.trim[3] + 9), abs=FINE)


def test_on_a_screen_it_covers_pages_without_bleed(tmp_path: Path) -> None:
    done = rendered(made(tmp_path, f"# One\n\n{PAGE}{BARE}"))

    left, right = halves(done)
    width, height = left.trim[2], left.trim[3]
    for half, fold in ((left, width), (right, 0)):
        x, y, far, up = half.picture
        assert (x + far) / 2 == pytest.approx(fold, abs=FINE)
        assert x <= fold - width + FINE
        assert far >= fold + width - FINE
        assert (y + up) / 2 == pytest.approx(height / 2, abs=FINE)
    with pypdfium2.PdfDocument(done.data) as pdf:
        shown = [pdf[h.number].render(grayscale=True).to_pil() for h in (left, right)]
    assert [page.getextrema() for page in shown] == [(128, 128)] * 2


def test_the_left_half_of_the_picture_is_on_the_left(tmp_path: Path) -> None:
    for language in ("en", "fa"):
        picture = grey()
        picture.paste(40, (0, 0, 441, 666))
        text = f"# One\n\n{WORDS}\n\n{BARE}"
        done = rendered(made(tmp_path, text, language=language, picture=picture))

        numbers = [half.number for half in halves(done)]
        with pypdfium2.PdfDocument(done.data) as pdf:
            pages = [pdf[n].render(grayscale=True).to_pil() for n in numbers]
        shades = [page.getpixel((100, 100)) for page in pages]
        assert shades == ([128, 40] if language == "fa" else [40, 128])


@pytest.mark.parametrize("before", [0, 1, 2])
def test_the_text_goes_on_and_no_page_is_left_empty(
    tmp_path: Path, before: int
) -> None:
    pages = [PAGE] * 3
    plain = rendered(made(tmp_path, f"# One\n\n{PAGE * 3}"))
    pages.insert(before, BARE)
    done = rendered(made(tmp_path, f"# One\n\n{''.join(pages)}"))

    shown = kinds(done)
    assert shown.count("h") == 2
    assert shown.index("h") % 2 == 1
    assert "-" not in shown
    assert [*unnumbered(done)] == [*unnumbered(plain)]
    assert done.problems == ()


def unnumbered(artifact: Artifact) -> Iterator[str]:
    """The pages of text without their numbers."""
    for number, text in texts(artifact).items():
        if text:
            yield text.removesuffix(str(number))


@pytest.mark.parametrize(
    "before", ['<div class="gone"></div>\n\n', '<div class="gone"></div>\n\n' * 2]
)
def test_what_is_not_shown_before_it_does_not_move_it(
    tmp_path: Path, before: str
) -> None:
    book = made(tmp_path, f"# One\n\n{PAGE * 3}{before}{BARE}{PAGE}")
    style = load_style("classic")
    hidden = replace(style, text_css=f"{style.text_css}.gone {{ display: none }}")

    plain, done = rendered(book), render_pdf(book, SCREEN, hidden)

    assert kinds(done) == kinds(plain)
    assert kinds(done).index("h") > 3


def test_its_pages_have_no_head_and_no_number_and_are_counted(tmp_path: Path) -> None:
    done = rendered(made(tmp_path, f"# One\n\n{PAGE}{BARE}{PAGE}"))

    shown = texts(done)
    first = kinds(done).index("h") + 1
    assert (shown[first], shown[first + 1]) == ("", "")
    assert shown[first + 2].endswith(f"\n{first + 2}")


def test_nothing_stands_before_what_opens_a_chapter(tmp_path: Path) -> None:
    """Where it opens on a left-hand page."""
    files = (f"# One\n\n{WORDS}", f"# Two\n\n{BARE}{PAGE * 3}")
    done = rendered(made(tmp_path, *files), opening=Opening.PAGE)

    assert kinds(done).startswith("ttthht")
    assert done.problems == ()


def test_an_empty_page_is_said_with_the_line_of_its_picture(tmp_path: Path) -> None:
    files = (f"# One\n\n{WORDS}", f"# Two\n\n{WORDS}\n\n{BARE}")
    done = rendered(made(tmp_path, *files), opening=Opening.PAGE)

    assert kinds(done) == "tt-hh"
    assert [str(problem) for problem in done.problems] == [
        "2.md:5: warning: page 3 of screen.pdf stays empty: a picture over two pages"
        " begins behind it [empty-page]\n"
        "  hint: let one page more of text, or one less, come before the picture"
    ]


def test_where_chapters_run_on_it_stands_between_their_pages(tmp_path: Path) -> None:
    files = (f"# One\n\n{PAGE}{BARE}{PAGE}", f"# Two\n\n{PAGE}{BARE}{PAGE}")
    done = rendered(made(tmp_path, *files), opening=Opening.RUN_ON)

    shown = kinds(done)
    assert shown.count("hh") == 2
    assert "-" not in shown
    assert shown.index("hh") % 2 == shown.rindex("hh") % 2 == 1
    assert done.problems == ()


def test_a_chapter_that_is_nothing_else_has_no_other_page(tmp_path: Path) -> None:
    done = rendered(made(tmp_path, f"# One\n\n{WORDS}", BARE, f"# Three\n\n{WORDS}"))

    assert kinds(done) == "thh-t"
    assert done.problems == ()


def test_a_book_may_begin_with_one(tmp_path: Path) -> None:
    done = rendered(made(tmp_path, BARE, f"# Two\n\n{WORDS}"))

    assert kinds(done) == "-hh-t"
    assert [*texts(done)][:3] == [1, 2, 3]


def test_its_caption_stays_in_the_text_and_what_leads_to_it_leads_to_its_page(
    tmp_path: Path,
) -> None:
    text = f"# One\n\n{PAGE}{SEA}{PAGE}The [picture](#fig-sea).\n"
    done = rendered(made(tmp_path, text))

    first = halves(done)[0].number
    assert sum("From the tower" in page for page in texts(done).values()) == 1
    with pikepdf.open(io.BytesIO(done.data)) as pdf:
        led_to = [place for name, place in named(pdf) if name.endswith(":fig-sea")]
        assert led_to == [pdf.pages[first].objgen]
    assert done.problems == ()


def named(pdf: pikepdf.Pdf) -> Iterator[tuple[str, tuple[int, int]]]:
    listed = iter(pdf.Root.Names.Dests.Names)
    for name, place in zip(listed, listed, strict=True):
        yield str(name), place[0].objgen


def test_it_is_one_picture_in_the_file_and_one_to_those_who_listen(
    tmp_path: Path,
) -> None:
    done = rendered(made(tmp_path, f"# One\n\n{PAGE}Before.\n\n{SEA}After.\n\n{PAGE}"))

    tags = tag_lines(done.data)
    figures = [n for n, tag in enumerate(tags) if tag.strip().startswith("Figure")]
    (at,) = figures
    assert "alt='The sea'" in tags[at]
    # A mark on each page, and the caption with it.
    assert tags[at].count("''") == 2
    assert "From the tower" in tags[at + 1]
    assert "Before." in "".join(tags[at - 3 : at])
    with pikepdf.open(io.BytesIO(done.data)) as pdf:
        pictures = [o for o in pdf.objects if is_picture(o)]
    assert len(pictures) == 1


def is_picture(thing: object) -> bool:
    return isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"


def test_without_a_caption_it_is_read_where_it_was_written(tmp_path: Path) -> None:
    done = rendered(made(tmp_path, f"# One\n\nBefore.\n\n{BARE}After.\n"))

    tags = [tag.strip() for tag in tag_lines(done.data)]
    (at,) = [n for n, tag in enumerate(tags) if tag.startswith("Figure")]
    assert "Before." in tags[at - 1]
    assert "After." in tags[at + 1]


def test_verapdf_finds_nothing(tmp_path: Path) -> None:
    text = f"# One\n\n{PAGE}{SEA}{PAGE}\n\n- item\n\n  {BARE}\n\n> {BARE}\n"
    done = rendered(made(tmp_path, text, BARE))
    path = tmp_path / "screen.pdf"
    path.write_bytes(done.data)

    assert kinds(done).count("h") == 8
    assert b"<pdfuaid:part>1</pdfuaid:part>" in done.data
    assert faults([path], UA) == [[]]
    assert faults([path], A) == [[]]


def test_a_printer_finds_nothing_but_too_few_pixels(tmp_path: Path) -> None:
    """They are counted over both pages."""
    text = f"# One\n\n{PAGE}{BARE}{PAGE}"
    printer = made_up(bleed=Bleed(9), detail=Detail(pixels=100))
    edition = printed(printer, bleed=True)
    request = Request(printer, "", edition.trim, True)
    found = []
    for pixels in (90, 110):
        size = WIDE * pixels // 72, HIGH * pixels // 72
        done = rendered(made(tmp_path, text, picture=grey(size)), edition)
        file = io.BytesIO(done.data)
        told = preflight(file, done.size, [request], lambda _: Position(Path("a")))
        found.append([problem.code for problem in told])

    assert found == [["print-pixels"] * 2, []]


def test_it_wants_bleed_once(tmp_path: Path) -> None:
    book = made(tmp_path, f"# One\n\n{PAGE}{BARE}")
    done = rendered(book, printed(made_up(bleed=Bleed(9))))

    assert [(p.code, p.at.line) for p in done.problems] == [("no-bleed", 11)]


def test_one_chapter_alone_has_its_pictures_on_the_same_pages(tmp_path: Path) -> None:
    files = (f"# One\n\n{WORDS}", f"# Two\n\n{WORDS * 20}\n\n{BARE}{PAGE}")
    book = made(tmp_path, *files)
    style = replace(load_style("classic"), opening=Opening.PAGE)

    whole = render_pdf(book, SCREEN, style)
    one = render_pdf(book, SCREEN, style, Proof(only=book.chapters[-1].name))

    assert kinds(one) == kinds(whole)[1:]
    assert kinds(one).startswith("tthh")


def order(extent: Extent, start: int = 0) -> str:
    """The pages of a fragment that *start* pages stand before; a dash for a blank."""
    fragments = [Fragment(Kind.FRONT, (), False), Fragment(Kind.BODY, (), False)]
    pages = paginate(fragments, [Extent(start), extent])[start:]
    return " ".join("-" if p.fragment is None else str(p.index) for p in pages)


@pytest.mark.parametrize(
    ("start", "pages", "spreads", "wanted"),
    [
        (0, 4, [2], "2 0 1 3"),
        (0, 4, [3], "2 0 1 3"),
        (0, 5, [3], "2 0 1 3 4"),
        (0, 5, [4], "2 3 4 0 1"),
        (1, 5, [2], "2 3 0 1 4"),
        (1, 5, [3], "2 3 0 1 4"),
        (1, 3, [2], "2 - 0 1"),
        (0, 3, [2], "2 0 1"),
        (0, 2, [0], "- 0 1"),
        (1, 2, [0], "0 1"),
        (0, 4, [0, 0], "- 0 1 2 3"),
        (0, 6, [4, 4], "4 0 1 2 3 5"),
        (0, 8, [5, 4], "4 2 3 0 1 5 6 7"),
    ],
)
def test_a_picture_stands_beside_the_page_of_its_place(
    start: int, pages: int, spreads: Sequence[int], wanted: str
) -> None:
    """Written: the pages as they were set, the halves of each picture first."""
    assert order(Extent(pages, spreads), start) == wanted
