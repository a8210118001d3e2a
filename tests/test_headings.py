"""The coarse look at headings that names a book."""

import pytest

from publish.manuscript.headings import headings, plain_words, title_of


def test_headings_of_every_kind_are_found() -> None:
    text = "# A\n\nB\n===\n\nC\n---\n\n### D ###\n<h1 align=center>E</h1>\n#\n#no\n"

    assert [(h.level, h.title, h.line) for h in headings(text)] == [
        (1, "A", 1),
        (1, "B", 3),
        (2, "C", 6),
        (3, "D", 9),
        (1, "E", 10),
        (1, "", 11),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "```\na\n# no\n```\n",
        "~~~~ sh\n# no\n~~~\n# no\n~~~~\n",
        "    # no\n",
        "<!--\n# no\n-->\n",
        "```\n# no, never closed\n",
        "- item\n---\n",
        "| a | b |\n---\n",
        "\n===\n",
    ],
)
def test_code_comments_and_rules_are_no_headings(text: str) -> None:
    assert list(headings(text)) == []


def test_a_fence_in_a_line_opens_nothing() -> None:
    assert [h.title for h in headings("```not a fence```\n# A\n")] == ["A"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Title: The Sea\n## Author: A\n", "The Sea"),
        ("# The Sea\n", "The Sea"),
        ("# One\n# Two\n", ""),
        ("## One\n", ""),
    ],
)
def test_the_only_heading_of_level_one_is_the_title(text: str, title: str) -> None:
    assert title_of(text, only=True) == title


def test_the_first_of_several_names_a_book_of_several_files() -> None:
    assert title_of("# One\n# Two\n", only=False) == "One"


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("The *Sea* and `it`", "The Sea and it"),
        ("Welcome {.unnumbered}", "Welcome"),
        ("Text {-}", "Text"),
        ("**Part 1**{:.part-number} Text", "Part 1 Text"),
        ("[A](b.md) ![](c.png)", "A"),
        ("a_b_c and 2 * 3 * 4", "a_b_c and 2 * 3 * 4"),
        (r"\#1 \index{x}", "#1"),
        ("A<br>B", "AB"),
    ],
)
def test_marks_are_taken_off(markdown: str, words: str) -> None:
    assert plain_words(markdown) == words


def test_a_line_of_nine_thousand_letters_costs_nothing() -> None:
    assert list(headings("# " + "a " * 4500 + "\n" + "#" * 9000)) == []
