"""What is asked for a picture and cannot be done is told where it was asked."""

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image as Pillow

from publish.check_pictures import check_pictures
from publish.model import Edition, Format
from publish.pdf import render_pdf
from publish.problems import Severity
from publish.style import load_style
from publish.transform import transform
from tests.trees import METADATA, read, with_images


def told(text: str) -> list[tuple[int, Severity, str]]:
    """Line, severity and the first word of the hint."""
    problems = check_pictures(read(f"# A\n\n{text}\n"))
    return [(p.at.line, p.severity, p.hint.split()[0]) for p in problems]


@pytest.mark.parametrize(
    "text",
    [
        "words ![a](a.png){.spread}",
        "![a](a.png){.full-page} words",
        "| ![a](a.png){.bleed} |\n|---|",
        "- ![a](a.png){.spread}",
        "[![a](a.png){.spread}](https://example.org)",
    ],
)
def test_a_picture_among_words_gets_no_page(text: str) -> None:
    assert told(text) == [(3, Severity.WARNING, "give")]


@pytest.mark.parametrize("name", ["spread", "bleed"])
def test_what_covers_pages_has_no_width(name: str) -> None:
    assert told(f'![a](a.png "A"){{.{name} width=40%}}') == [
        (3, Severity.WARNING, "take")
    ]


@pytest.mark.parametrize("name", ["sperad", "spred", "fullpage", "full_page", "bleeds"])
@pytest.mark.parametrize("title", ["", ' "A"'])
def test_a_class_that_is_nearly_one_is_noted(name: str, title: str) -> None:
    assert told(f"![a](a.png{title}){{.{name}}}") == [(3, Severity.NOTE, "did")]


@pytest.mark.parametrize(
    "text",
    [
        "![a](a.png){.spread}",
        '![a](a.png "A"){.bleed #fig-a}',
        "![a](a.png){.full-page width=40%}",
        "![a](a.png){.left width=40%}",
        "words ![a](a.png){.icon width=40%}",
        "::: {.spread}\nwords\n:::",
        "- ![a](a.png){.spread}\n\n- b",
    ],
)
def test_of_other_pictures_nothing_is_told(text: str) -> None:
    assert told(text) == []


def test_a_width_does_not_shrink_what_covers_a_page(tmp_path: Path) -> None:
    Pillow.new("L", (432, 648)).save(tmp_path / "a.png")
    text = '# A\n\n![a](a.png "A"){.bleed width=40%}\n'
    book = transform(with_images(read({"1.md": text}, METADATA), tmp_path)[0])
    done = render_pdf(book, Edition("screen", Format.PDF), load_style("classic"))

    with pypdfium2.PdfDocument(done.data) as pdf:
        pages = [page.render(grayscale=True).to_pil() for page in pdf]
    assert (0, 0) in [page.getextrema() for page in pages]
