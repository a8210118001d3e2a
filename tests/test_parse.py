"""Reading one file: what is said about it, and that no word is lost in its depths."""

import re
from pathlib import Path
from time import perf_counter

import pytest

from publish.manuscript import Source
from publish.model import (
    BulletList,
    Chapter,
    Heading,
    LineBreak,
    Link,
    Paragraph,
    Quote,
    Text,
)
from publish.parse import parse_source
from publish.problems import Problem, Severity
from publish.walk import chapter_blocks, chapter_inlines
from publish.words.count import words, written_text
from tests.trees import read


def said(text: str) -> list[tuple[int, str]]:
    return [(problem.at.line, problem.code) for problem in parsed(text)[1]]


def parsed(text: str, *, plain: bool = False) -> tuple[Chapter, list[Problem]]:
    source = Source(path=Path("one.md"), file="one.md", text=text, plain=plain)
    return parse_source(source, "en")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n\nb <i>c\nd\n", [(3, "unclosed-tag")]),
        ("a\n\n<div>\n\nb\n", [(3, "unclosed-tag")]),
        ("a\n\nb </div> c\n", [(3, "stray-end-tag")]),
        ("a\n\nb\n<!-- c\n\nd\n", [(4, "unclosed-tag")]),
        ("a\n\n<script>\nx\n</script>\n", [(3, "no-script")]),
        ("a\n\n<p onclick='x()'>b</p>\n", [(3, "no-script")]),
        ("a[^b]\n", [(1, "no-note")]),
        ("a\n\n[^b]: c\n", [(3, "unused-note")]),
        ("a[^b]\n\n[^b]: c\n\n[^b]: d\n", [(5, "note-twice")]),
        ("a [b](javascript:c) d\n", [(1, "unsafe-link")]),
        ("a\n\n```\n<i>\n```\n", []),
        ("a\n\n```\nb\n", [(3, "open-code")]),
        ("> ```\n> b\n> ```\n", []),
        ("a\n\n::: verse\nb\n", [(3, "open-division")]),
        ("::: {.verse}\nb\n", [(1, "open-division")]),
        ("::: verse\nb\n:::\n", []),
        ("a ::: b\n", []),
        (" \n", [(0, "empty-file")]),
        ("~~~~ Chapter One ~~~~\na\n~~~~\n", [(1, "odd-info")]),
        ("```{note}\n:name: b\n:odd: c\na\n```\n", [(3, "odd-option")]),
        (":::{note}\n:odd: c\na\n:::\n", [(2, "odd-option")]),
        ("```{math}\n:nowrap:\n:odd: c\nx\n```\n", [(3, "odd-option")]),
        ("``` go main.go\na\n```\n", []),
        ("| a |\n|---|\n| b | c |\n", [(3, "surplus-cells")]),
        ("[Ada]: Yes!\n", [(1, "unused-address")]),
        ("[x]: https://example.org\n[y]: two.md\n", []),
        ("if a <b and c> d\n", []),
        ("plain *words* and a `<tag>`\n", []),
    ],
)
def test_what_is_dropped_or_changed_is_told_with_its_line(
    text: str, expected: list[tuple[int, str]]
) -> None:
    found = said(text)

    # Of two notes of one name the second may stay, too.
    assert found[: len(expected)] == expected[: len(found)]
    assert {code for _, code in found} <= {code for _, code in expected}
    assert bool(found) is bool(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n\n::: .tip\nb\n:::\n", ["3:1 looks-like-markup"]),
        ("::: {.note\nb\n:::\n", ["1:1 looks-like-markup"]),
        ('- a\n\n  ::: {.note title="x}\n  b\n  :::\n', ["3:3 looks-like-markup"]),
        ("a\n:::\n", ["2:1 looks-like-markup"]),
        ("a\n::: note\nb\n", ["2:1 open-division"]),
        ("> a [f]{index} b\n", ["1:5 looks-like-markup"]),
        ("a\nb [*e* f]{.index main}\n", ["2:3 looks-like-markup"]),
        ("![a](b.svg){width=50 %}\n", ["1:12 looks-like-markup"]),
        ("## Two {#sec two}\n", ["1:8 looks-like-markup"]),
        ("| a | b |\n|---|\n| c | d |\n", ["2:1 looks-like-markup"]),
        ("{{< include a.md >}}\n", ["1:1 looks-like-markup"]),
        ("[a *b*][c], [d][]\n", ["1:1 dead-link", "1:13 dead-link"]),
        ("- [`a`\n  b][c]\n", ["1:3 dead-link"]),
        # What is no slip.
        ("a[f]{index} \\[f\\]{index} `[f]{index}` [f]{x} {index} [f] {.x y}\n", []),
        ("a[b][c] \\[b][c] \\[b\\][c] `[b][c]` [b] [1][2] [ ][b]\n", []),
        ("[a][b] [b][]\n\n[b]: c.md\n", []),
        ("\\:::\n\n:::: ★ ::::\n\na ::: b\n", []),
        ("```\n:::\n[a][b]\n{{< include a.md >}}\n```\n", []),
        ("a | b\n---\n\n{{< pagebreak >}}\n\na {{< icon b >}}\n", []),
        ("| a | b |\n|---|---|\n| c | d |\n", []),
    ],
)
def test_a_sign_that_was_mistyped_is_told_with_its_place(
    text: str, expected: list[str]
) -> None:
    _, problems = parsed(text)

    assert [f"{p.at.line}:{p.at.column} {p.code}" for p in problems] == expected
    assert {p.severity for p in problems} <= {Severity.WARNING}


def test_each_block_and_link_has_its_line() -> None:
    chapter, _ = parsed("# A\n\nb\n[c](d)\n\n- e\n  [f](g)\n\n> h\n>\n> i [j](k)\n")

    lines = [getattr(block, "line", 0) for block in chapter_blocks(chapter)]
    links = [getattr(inline, "line", 0) for inline in chapter_inlines(chapter)]
    assert lines == [1, 3, 6, 7, 9, 9, 11]
    assert [line for line in links if line] == [4, 7, 11]


@pytest.mark.parametrize(
    "text",
    [
        "a `b\nc` [](2)\nd [](3)\n",
        "a ![b\nc](d) [](2)\n",
        'a [b\nc](d "e\nf") [](3)\n',
        "a {sub}`b\nc` [](2)\n",
        "a $x^2\n+1$ [](2)\n\n$$x=1\n+2$$ [](5)\n",
        'a [b\nc]{.index\nentry="d"} [](3)\n',
        'a <b\nid="c">d</b> [](2)\n[](3)',
        "a <kbd>b\n`c\nd`</kbd> [](3)\n",
        "a ^[b [](1)\nc [](2) ^[d [](2)]] e [](2)\n\n\nf ^[g [](5)] [](5)\n",
        "| a\n| b\n  c\n| d [](4)\n|\n| e\n  f\n| g [](8)\n\nh [](10)\n",
    ],
)
def test_what_turns_over_in_a_paragraph_leaves_every_line_right(text: str) -> None:
    chapter, _ = parsed(text)

    links = [i for i in chapter_inlines(chapter) if isinstance(i, Link)]
    lines = [(link.line, link.href) for link in links if link.href.isdigit()]
    assert lines == [(int(href), href) for _, href in lines]
    assert len(lines) == len(re.findall(r"\(\d+\)", text))


@pytest.mark.parametrize(
    "text",
    [
        "> " * 400 + "deep\n",
        "".join(f"{'  ' * level}- level{level}\n" for level in range(150)),
        "<div>" * 400 + "deep" + "</div>" * 400 + "\n",
        "<b>" * 400 + "deep" + "</b>" * 400 + "\n",
        "*a " * 300 + "deep" + "*" * 300 + "\n",
        "[" * 2000 + "deep" + "](x)" * 2000 + "\n",
    ],
    ids=["quotations", "lists", "divisions", "inlines", "emphasis", "brackets"],
)
def test_depth_is_bounded_and_no_word_is_lost(text: str) -> None:
    chapter, _ = parsed(text)

    found = words(written_text(chapter))
    assert "deep" in found or [w for w in found if w.startswith("level")] == [
        f"level{level}" for level in range(150)
    ]


def test_lists_ten_levels_deep_are_kept_as_lists() -> None:
    chapter, problems = parsed(
        "".join(f"{'  ' * level}- level{level}\n" for level in range(20))
    )

    lists = [b for b in chapter_blocks(chapter) if isinstance(b, BulletList)]
    assert len(lists) == 20
    assert problems == []


def test_too_deep_is_told_once() -> None:
    codes = [code for _, code in said("> " * 400 + "deep\n")]

    assert codes == ["too-deep"]


def test_forty_quotations_are_kept() -> None:
    chapter, _ = parsed("> " * 40 + "deep\n")

    quotes = [b for b in chapter_blocks(chapter) if isinstance(b, Quote)]
    assert len(quotes) == 40


def test_a_text_that_is_not_markdown_is_taken_by_its_blank_lines() -> None:
    long = "A line that a machine has wrapped because it was too long to"
    text = f"{long}\n----- * and_ $5\n\n    <b> &amp; [x](y)\n"

    chapter, problems = parsed(text, plain=True)

    assert chapter.blocks == (
        Paragraph((Text(f"{long}\n----- * and_ $5"),), 1),
        Paragraph((Text("<b> &amp; [x](y)"),), 4),
    )
    assert problems == []


def test_short_lines_of_a_text_end_where_its_author_ended_them() -> None:
    chapter, _ = parsed("Roses are red,\nViolets are blue\n", plain=True)

    lines = (Text("Roses are red,"), LineBreak(), Text("Violets are blue"))
    assert chapter.blocks == (Paragraph(lines, 1),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\tIt was late when the keeper came down.\n", [(1, "indented-text")]),
        ("a\n\n    “Who is there?” asked the man\n", [(3, "indented-text")]),
        ("    for line in lines: print(line, end=x)\n", []),
        ("    $ sudo apt install one two three four\n", []),
    ],
)
def test_prose_that_is_code_for_its_indent_is_told(
    text: str, expected: list[tuple[int, str]]
) -> None:
    assert said(text) == expected


def test_definitions_that_stand_alone_in_a_file_serve_all_files() -> None:
    book = read({"one.md": "# A\n\n[b]\n", "links.md": "[b]: https://example.org/\n"})

    assert [chapter.source for chapter in book.chapters] == ["one.md"]
    links = [getattr(i, "href", "") for i in chapter_inlines(book.chapters[0])]
    assert "https://example.org/" in links


def test_an_empty_file_is_an_empty_chapter() -> None:
    assert parsed("")[0].blocks == ()


def test_headings_keep_what_stands_in_them() -> None:
    chapter, _ = parsed("# A *b* `c` {#d}\n")

    heading = chapter.blocks[0]
    assert isinstance(heading, Heading)
    assert heading.attributes.id == "d"


LONG = {
    "tags": "<a " * 20_000,
    "comments": "<!--" * 20_000,
    "stars": "*" * 20_000,
    "links": "[a](" * 5_000,
    "divisions": "::: a\n" * 2_000,
    "open divisions": "::: note\n\n" * 20_000,
    "callouts": f"```\n{'<1> ' * 30_000}x\n```\n\n1. a\n",
    "boxes": "+-+\n" * 30_000,
    "ticks": "`" * 9_000,
    "a line": "x" * 9_000 + " " + "y " * 4_500,
    "a table": "| a " * 2_000 + "|\n" + "|---" * 2_000 + "|\n",
    "entities": "&amp;" * 20_000,
    "braces": "{" * 20_000,
    "a heading": "# a" + " " * 20_000 + "b\n",
    "cells": "| a |\n|---|\n" + "| b " * 20_000 + "|\n",
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_no_text_takes_long_to_read(text: str) -> None:
    """A minute would be a hang; what is linear takes a second on any machine."""
    began = perf_counter()

    parsed(text)

    assert perf_counter() - began < 60


def test_cells_beyond_the_head_of_a_table_are_kept() -> None:
    chapter, _ = parsed("| a |\n|---|\n| b | *c* |\n")

    assert words(written_text(chapter)) == ["a", "b", "c"]
