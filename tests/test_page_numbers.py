"""Numbers of pages in the text: they are right, and finding them comes to an end."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice

import pypdfium2
import pytest

from publish.artifact import Artifact
from publish.model import Book, Matter, Role, Trim
from publish.pdf import render_pdf
from publish.pdf.numbers import UNKNOWN, Number, next_round
from publish.style import Opening, load_style
from publish.transform import transform
from tests.test_pdf import PRINT
from tests.trees import read

SMALL = replace(PRINT, trim=Trim(210, 300))
STYLE = replace(load_style("classic"), opening=Opening.PAGE)


def rounds(labels: Iterator[str]) -> list[Number]:
    numbers = {"a": UNKNOWN}
    found = []
    for label in labels:
        numbers = dict(next_round(numbers, {"a": label}))
        found.append(numbers["a"])
    return found


def test_a_number_as_wide_as_the_last_one_moves_nothing() -> None:
    assert rounds(iter(("12", "14", "13"))) == [
        Number("12"),
        Number("14"),
        Number("13"),
    ]


@pytest.mark.parametrize("labels", [("9", "10"), ("viii", "ix"), ("xi", "ix")])
def test_the_room_of_a_number_that_changes_its_width_only_grows(
    labels: tuple[str, str],
) -> None:
    found = rounds(islice(cycle(labels), 9))

    widths = [number.width for number in found]
    assert widths[0] == 0
    assert widths == sorted(widths)
    assert set(widths[2:]) == {max(map(len, labels))}
    assert [number.words for number in found[:4]] == [*labels, *labels]


def book(fill: int, calls: int) -> Book:
    """The pages of its preface are counted in Roman numbers, and calls in it say on
    which of them stands what comes behind them."""
    see = " ".join(["See [](#sec-end){.page}, say."] * calls)
    filling = " ".join(f"w{n}" for n in range(fill))
    text = f"# Before\n\n{see}\n\n{filling}\n\n## The end {{#sec-end}}\n\nx\n"
    one, two = read({"1.md": text, "2.md": "# A\n\nx\n"}).chapters
    front = replace(one, role=Role.PREFACE, matter=Matter.FRONT)
    return transform(replace(read("x"), chapters=(front, two)))


def texts(artifact: Artifact) -> dict[str, str]:
    """What stands on the pages, by their numbers."""
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        return {
            pdf.get_page_label(n): page.get_textpage().get_text_bounded()
            for n, page in enumerate(pdf)
        }


# Without room for the wider number the first two and the last two would swing for ever:
# "x" is shorter than "ix", which moves the end to the page before, and that back again.
@pytest.mark.parametrize("fill", [350, 356, 404, 428, 476, 488])
def test_a_reference_names_the_page_on_which_its_thing_stands(fill: int) -> None:
    artifact = render_pdf(book(fill, calls=60), SMALL, STYLE)

    pages = texts(artifact)
    (there,) = [
        label for label, text in pages.items() if "The end\r\n" in text + "\r\n"
    ]
    said = {
        number
        for text in pages.values()
        for number in re.findall(r"See\s+page\s+([ivxl]+),", text)
    }
    assert said == {there}
    assert artifact.problems == ()
