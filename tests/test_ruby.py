"""Readings over words, keys and marks in print."""

from xml.etree.ElementTree import fromstring, tostring

import pypdfium2
import pytest

from publish.pdf import render_pdf
from publish.pdf.ruby import set_readings
from publish.style import load_style
from publish.transform import transform
from tests.test_pdf import PRINT
from tests.trees import read


@pytest.mark.parametrize(
    ("ruby", "made"),
    [
        (
            "漢<rt>k</rt>",
            '<span class="p-ruby">漢<span class="p-reading">k</span></span>',
        ),
        (
            "漢<rp>(</rp><rt>kan</rt><rp>)</rp>",
            '<span class="p-ruby">漢<span class="p-reading">kan</span></span>',
        ),
        (
            "京<rt>きょう</rt>",
            '<span class="p-ruby" style="min-width: 1.5em">京'
            '<span class="p-reading">きょう</span></span>',
        ),
        (
            "a<em>b</em>c<rt>x</rt>d<rt>y</rt> e",
            '<span class="p-ruby">a<em>b</em>c<span class="p-reading">x</span></span>'
            '<span class="p-ruby">d<span class="p-reading">y</span></span>'
            "<span> e</span>",
        ),
    ],
)
def test_each_reading_is_in_a_box_with_its_words(ruby: str, made: str) -> None:
    section = fromstring(f'<p>x <ruby id="i">{ruby}</ruby> y</p>')

    set_readings(section)

    expected = f'<p>x <span id="i">{made}</span> y</p>'
    assert tostring(section, encoding="unicode") == expected


def test_a_reading_stands_over_its_words_and_no_word_is_lost() -> None:
    text = "# A\n\nAn [anemos]{ruby=WIND} here, ==marked==, [Ctrl+Q]{.kbd}, H~2~O.\n"

    artifact = render_pdf(transform(read(text)), PRINT, load_style("classic"))

    assert artifact.problems == ()
    words, reading, before = places(artifact.data, "anemos", "WIND", "An ")
    assert reading.bottom > words.bottom
    assert reading.height < words.height
    assert words.left <= reading.middle <= words.right
    assert before.bottom == pytest.approx(words.bottom, abs=0.5)


class Place:
    def __init__(self, box: tuple[float, float, float, float]) -> None:
        self.left, self.bottom, self.right, top = box
        self.height, self.middle = top - self.bottom, (self.left + self.right) / 2


def places(data: bytes, *wanted: str) -> list[Place]:
    """Where words stand on the page that has the first of them."""
    with pypdfium2.PdfDocument(data) as pdf:
        for page in pdf:
            text = page.get_textpage()
            if wanted[0] in text.get_text_bounded():
                return [Place(_box(text, words)) for words in wanted]
    raise AssertionError(wanted)


def _box(text: pypdfium2.PdfTextPage, words: str) -> tuple[float, float, float, float]:
    at, count = text.search(words, match_case=True).get_next()
    boxes = [text.get_charbox(at + n, loose=True) for n in range(count)]
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)
