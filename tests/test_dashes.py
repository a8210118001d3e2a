"""No printed line begins with a dash that belongs to the line before."""

from xml.etree.ElementTree import fromstring, tostring

import pypdfium2
import pytest

from publish.model import Edition, Format, Trim
from publish.pdf import render_pdf
from publish.pdf.breaks import JOINER
from publish.pdf.dashes import keep_dashes
from publish.style import load_style
from publish.transform import transform
from tests.trees import read

SMALL = Edition("print", Format.PDF, trim=Trim(300, 360))


@pytest.mark.parametrize(
    "html",
    [
        "<p>the words:^—</p>",
        "<p>“I was^—” he said</p>",
        "<p>“I <em>was</em>^—” he said</p>",
        "<p>“I <em>was^—</em>” he said</p>",
        "<p>una palabra ^— otra</p>",
        "<p>слово ^— слово ^— слово</p>",
        "<p>ein Wort ^– ein Wort</p>",
        "<p>palabra —inciso^—, palabra —inciso^— palabra</p>",
        "<p>word—word</p>",
        "<p>— Dialogue</p>",
        "<p>one</p><p>— Dialogue^—</p>",
        "<p>one<br />— Dialogue</p>",
        "<p><span class='p-line'>one</span><span class='p-line'>— two</span></p>",
        "<p>word<aside class='p-footnote'>a note ^— this</aside>^— word</p>",
        "<ul><li>\n— one\n</li><li>two^—\n</li></ul>",
        "<pre>a — b</pre>",
    ],
)
def test_a_dash_is_joined_to_the_word_before_it(html: str) -> None:
    section = fromstring(f"<section>{html.replace('^', '')}</section>")

    keep_dashes(section)

    written = tostring(fromstring(f"<section>{html}</section>"), "unicode")
    assert tostring(section, "unicode").replace(JOINER, "^") == written


def test_no_line_of_a_page_begins_with_a_dash_that_follows() -> None:
    ends = ("word — word and word — word", "word:—", "“word word”—", "“word—”")
    begins = [f"{'a' * n} {'word ' * 7}" for n in range(9)]
    text = "\n\n".join(begin + end for end in ends for begin in begins)

    made = render_pdf(transform(read({"a.md": text})), SMALL, load_style("classic"))

    assert made.problems == ()
    with pypdfium2.PdfDocument(made.data) as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    lines = [line for page in pages for line in page.splitlines()]
    assert sum("—" in line for line in lines) >= len(ends) * len(begins)
    assert [line for line in lines if line.startswith("—")] == []
    assert JOINER not in "".join(lines)
