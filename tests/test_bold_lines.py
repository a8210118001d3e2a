"""A line in bold heads what follows, where it is not said by somebody."""

import pytest

from publish.model import Paragraph
from publish.transform.bold_lines import set_bold_lines
from publish.walk import plain_text
from tests.trees import read


def heads(text: str) -> list[str]:
    (one,) = set_bold_lines(read(text)).chapters
    return [
        plain_text(block.children)
        for block in one.blocks
        if isinstance(block, Paragraph) and "p-head" in block.attributes.classes
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Ingredients",
        "You need:",
        "What is oil?",
        "XIV.",
        "VII. ALMOST!",
        "2. The wick.",
    ],
)
def test_a_bold_line_heads_what_follows(line: str) -> None:
    assert heads(f"Words.\n\n**{line}**\n\nMore words.") == [line]
    assert heads(f"Words.\n\n**{line}**\n\n- a\n- b") == [line]


@pytest.mark.parametrize(
    "text",
    [
        "Words.\n\n**No!**\n\nMore words.",
        "Words.\n\n**“Oil”**\n\nMore words.",
        "Words.\n\n**He was gone.**\n\nMore words.",
        "Words.\n\n**Oil** here\n\nMore words.",
        "Words.\n\n**Ada Bell**\n\n**Harbour Street**\n\n**London**\n\nWords.",
        "Words.\n\n**The End**",
        "Words.\n\n**Oil**\n\n---\n\nMore words.",
        "**Words and words and words and words and words and words**\n\nMore words.",
        "::: center\n**Oil**\n\nwords\n:::",
        "- **Oil**\n\n    words\n- a",
    ],
)
def test_other_bold_lines_are_paragraphs(text: str) -> None:
    assert heads(text) == []
