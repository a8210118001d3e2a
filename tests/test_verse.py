"""Lines of verse are things of their own, in both outputs."""

import pytest

from publish.model import Attributes, Element, Paragraph, Text
from publish.transform.verse import part_lines_of_verse
from publish.xhtml import blocks_xhtml
from tests.through import OUTPUT
from tests.trees import book, chapter, read

VERSE = Attributes(classes=("verse",))


def made(text: str) -> str:
    (chapter,) = part_lines_of_verse(read(text)).chapters
    return blocks_xhtml(chapter.blocks, OUTPUT)


def line(words: str) -> str:
    return f'<span class="p-line">{words}</span>'


@pytest.mark.parametrize(
    "text",
    [
        "::: verse\nO lamp,\\\nburn *low*.\n\nAlone\n:::\n",
        "::: verse\n::: right\nO lamp,\\\nburn *low*.\n\nAlone\n:::\n:::\n",
    ],
)
def test_a_stanza_is_cut_at_its_breaks(text: str) -> None:
    xhtml = made(text)

    assert f"<p>{line('O lamp,')}\n{line('burn <em>low</em>.')}</p>" in xhtml
    assert f"<p>{line('Alone')}</p>" in xhtml


def test_a_paragraph_may_be_verse_itself() -> None:
    assert made('<p class="verse">a<br>b</p>') == (
        f'<p class="verse">{line("a")}\n{line("b")}</p>'
    )


def test_verse_in_verse_is_cut_once() -> None:
    inner = Element("div", (Paragraph((Text("a"),), 1),), 1, VERSE)
    before = book(chapter(Element("div", (inner,), 1, VERSE)))

    (after,) = part_lines_of_verse(before).chapters

    assert blocks_xhtml(after.blocks, OUTPUT).count("p-line") == 1


def test_other_text_keeps_its_breaks() -> None:
    assert made("a\\\nb\n") == "<p>a<br />\nb</p>"
