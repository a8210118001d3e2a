"""Notes at the foot of the page: each one whole, on the paper, and in order."""

import re
from xml.etree.ElementTree import Element, fromstring

import pypdfium2
import pytest

from publish.artifact import Artifact
from publish.model import Edition, Format, Trim
from publish.pdf import render_pdf
from publish.pdf.foot import calls, crowded, note_height, overtaken
from publish.pdf.page import Page, page_of
from publish.style import Style, load_style
from publish.transform import transform
from tests.trees import read

PRINT = Edition("print", Format.PDF)
FILL = "It was a long night and nobody slept in the house by the sea. "


@pytest.fixture(scope="module")
def style() -> Style:
    return load_style("classic")


@pytest.fixture
def page(style: Style) -> Page:
    return page_of(style.page, style.sizes, PRINT.trim)


def notes(count: int, letters: int) -> str:
    """Notes that begin with an own word and end with one."""
    words = ("some words of the note " * 60)[:letters]
    return "\n\n".join(f"[^{n}]: from{n}x {words} to{n}x" for n in range(1, count + 1))


def written(*paragraphs: str) -> str:
    return "\n\n".join(("# A", *paragraphs)) + "\n"


def in_a_line(count: int) -> str:
    return " ".join(f"w{n}[^{n}]" for n in range(1, count + 1)) + " end."


MANY = {
    "five in a line": written(in_a_line(5), FILL * 24, notes(5, 1100)),
    "eight in a line": written(in_a_line(8), FILL * 24, notes(8, 1100)),
    "four far down": written(*[FILL * 6] * 4, in_a_line(4), FILL * 9, notes(4, 1100)),
    "twelve short": written(*[FILL * 6] * 5, in_a_line(12), FILL, notes(12, 300)),
    "eighty": written(in_a_line(80), notes(80, 450)),
    "in a table": written(
        "| a | b |\n|--|--|\n"
        + "\n".join(f"| {FILL * 3} [^{n}] | y |" for n in range(1, 9)),
        notes(8, 900),
    ),
    # The second line of a paragraph, at the end of a page.
    "one line too many": written(
        *[f"{FILL * 2}[^{n}] {FILL * 2}" for n in range(1, 40)], notes(39, 180)
    ),
}


@pytest.mark.parametrize(
    ("name", "trim"),
    [
        *((name, Trim(432, 648)) for name in MANY),
        ("eight in a line", Trim(297.6, 419.5)),
        ("one line too many", Trim(297.6, 419.5)),
    ],
)
def test_many_notes_are_whole_on_the_paper_and_in_order(
    style: Style, name: str, trim: Trim
) -> None:
    edition = Edition("print", Format.PDF, trim=trim)
    artifact = render_pdf(transform(read({"one.md": MANY[name]})), edition, style)

    count = MANY[name].count("from")
    assert {problem.code for problem in artifact.problems} <= {
        "many-notes",
        "long-note",
    }
    assert off_the_paper(artifact) == 0
    begun, ended = begun_and_ended(artifact)
    assert sorted(n for page in begun for n in page) == [*range(1, count + 1)]
    assert sorted(ended) == [*range(1, count + 1)]
    assert all(page == sorted(page) for page in begun)


def off_the_paper(artifact: Artifact) -> int:
    """How many letters lie, with any part of them, outside the page."""
    found = 0
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        for page in pdf:
            left, bottom, right, top = page.get_mediabox()
            text = page.get_textpage()
            boxes = (text.get_charbox(n) for n in range(text.count_chars()))
            found += sum(
                b[0] < left or b[1] < bottom or b[2] > right or b[3] > top
                for b in boxes
            )
    return found


def begun_and_ended(artifact: Artifact) -> tuple[list[list[int]], list[int]]:
    """The notes that begin on each page, from its top to its foot, and those that end
    on any."""
    begun: list[list[int]] = []
    ended: list[int] = []
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        for page in pdf:
            text = page.get_textpage()
            words = text.get_text_range()
            begins = [
                (-text.get_charbox(found.start())[1], int(found[1]))
                for found in re.finditer(r"from(\d+)x", words)
            ]
            begun.append([n for _, n in sorted(begins)])
            ended += map(int, re.findall(r"to(\d+)x", re.sub(r"[\s\ufffe]", "", words)))
    return begun, ended


def test_what_does_not_fit_the_foot_is_said_once_with_its_line(style: Style) -> None:
    book = transform(read({"one.md": MANY["five in a line"]}))

    (problem,) = render_pdf(book, PRINT, style).problems

    assert problem.code == "many-notes"
    lines = MANY["five in a line"].split("\n")
    assert "from2x" in lines[problem.at.line - 1]
    assert "5 of its notes" in problem.message


def section(xhtml: str) -> Element:
    return fromstring(f"<section>{xhtml}</section>")


def called(n: int) -> str:
    return f'<a class="p-note-call" data-note="{n}">{n}</a>'


def test_notes_far_apart_all_stand_at_the_foot(page: Page) -> None:
    text = "".join(f"<p>{FILL * 8}{called(n)}</p>" for n in range(50))

    places, _ = calls(section(text), page)

    assert crowded(places, {str(n): 200.0 for n in range(50)}, page) == set()


def test_short_notes_in_lines_of_verse_all_stand_at_the_foot(page: Page) -> None:
    text = "".join(f"<p>A line{called(n)}</p>" for n in range(50))

    places, _ = calls(section(text), page)

    assert crowded(places, {str(n): 24.0 for n in range(50)}, page) == set()


def test_after_a_note_too_many_comes_none_at_the_foot_before_half_a_page(
    page: Page,
) -> None:
    lines = "".join(f"<p>A line{called(n)}</p>" for n in range(30))
    heights = {str(n): 100.0 if n < 3 else 12.0 for n in range(30)}

    found = crowded(calls(section(lines), page)[0], heights, page)

    # The third, and all within half a page from it.
    assert found == {str(n) for n in range(2, 2 + 17)}


def test_no_note_stands_at_the_foot_below_a_later_one_that_ends_the_chapter(
    page: Page,
) -> None:
    lines = "".join(f"<p>A line{called(n)}</p>" for n in range(60))
    places, total = calls(section(lines), page)

    assert overtaken(places, {"50"}, total, page) == {str(n) for n in range(26, 50)}
    assert overtaken(places, {"20"}, total, page) == set()
    assert overtaken(places, set(), total, page) == set()


def test_calls_are_found_in_the_order_of_the_text(page: Page) -> None:
    text = f"<p>a <em>b{called(1)}</em> c{called(2)}</p><ul><li>{called(3)}</li></ul>"

    places, _ = calls(section(text), page)

    assert [place.label for place in places] == ["1", "2", "3"]
    assert [place.line for place in places] == [0, 0, 1]


def test_cells_of_a_row_stand_in_one_line(page: Page) -> None:
    cells = "".join(f"<td><p>{FILL * 2}{called(n)}</p></td>" for n in range(3))

    places, lines = calls(section(f"<table><tr>{cells}</tr></table>"), page)

    assert [place.line for place in places] == [0, 0, 0]
    assert lines > 1


@pytest.mark.parametrize("tag", ["pre", "table", "img", "dl"])
def test_note_that_holds_more_than_words_has_no_height(page: Page, tag: str) -> None:
    assert note_height(fromstring(f"<div><p>words</p><{tag} /></div>"), page) is None


def test_note_of_half_a_page_has_no_height(page: Page) -> None:
    short, long = (fromstring(f"<div><p>{FILL * n}</p></div>") for n in (2, 40))

    assert note_height(short, page) == pytest.approx(3 * 0.8 * 14.5)
    assert note_height(long, page) is None
