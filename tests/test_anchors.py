"""Every heading can be led to, by the name that GitHub gives it."""

from dataclasses import replace

import pytest

from publish.kinds import chapter_ids
from publish.model import Attributes, Heading, Image, Link, Note, Paragraph, Span, Text
from publish.transform.anchors import add_anchors, folded, slug
from publish.transform.outline import title_chapters
from tests.trees import book, chapter, heading, paragraph, read, read_one


@pytest.mark.parametrize(
    ("words", "anchor"),
    [
        ("Oil & Wicks", "oil--wicks"),
        ("What's new in 2.0?", "whats-new-in-20"),
        ("snake_case and kebab-case", "snake_case-and-kebab-case"),
        ("C++ / C#", "c--c"),
        ("--- dashes", "----dashes"),
        ("سلام دنیا", "سلام-دنیا"),
        ("می\u200cخواهم بدانم", "میخواهم-بدانم"),
        ("٣ چیز", "٣-چیز"),
        ("Ἀρχὴ τοῦ λόγου", "ἀρχὴ-τοῦ-λόγου"),
        ("हिन्दी में", "हिन्दी-में"),
        ("第一章 开始！", "第一章-开始"),
        ("🎉", ""),
        ("🎉 Party", "-party"),
        ("m² and ½ cup", "m-and--cup"),
        ("Ⅳ Love", "ⅳ-love"),
        ("Ⓐ ring", "ⓐ-ring"),
        ("İstanbul", "i\u0307stanbul"),
    ],
)
def test_a_heading_is_called_what_github_calls_it(words: str, anchor: str) -> None:
    """The names are those that npm's `github-slugger` 2.0.0 gives."""
    assert slug(words) == anchor


def test_equal_headings_are_counted_as_on_github() -> None:
    before = chapter(*(heading(2, words) for words in ["A", "A", "A-1", "A", "🎉"]))

    (after,) = add_anchors(book(before)).chapters

    assert list(chapter_ids(after)) == ["a", "a-1", "a-1-1", "a-2", "section"]


def test_ids_of_the_author_come_first() -> None:
    before = chapter(heading(2, "Oil"), heading(2, "Wicks", "oil"))

    (after,) = add_anchors(book(before)).chapters

    assert after.blocks == (heading(2, "Oil", "oil-1"), heading(2, "Wicks", "oil"))


def test_an_id_that_is_written_twice_stays_with_the_first() -> None:
    before = read_one(
        '# One\n\n- <b id="x">a</b>\n\n<table><tr id="x"><td id="x">b</td></tr></table>'
        '\n\n<ul><li id="x">c</li></ul>\n\n<dl><dt id="x">d</dt><dd id="x">e</dd></dl>'
        '\n\nf[^1]\n\n[^1]: <i id="x">g</i>\n'
    )

    (after,) = add_anchors(book(before)).chapters

    assert list(chapter_ids(after)) == ["one", "x", *(f"x-{n}" for n in range(1, 7))]


@pytest.mark.parametrize("part", ["thead", "tbody", "tfoot"])
def test_ids_are_mended_in_each_part_of_a_table(part: str) -> None:
    row = '<tr><td id="x">a</td></tr>'
    parts = dict.fromkeys(("thead", "tbody", "tfoot"), "<tr><td>a</td></tr>")
    parts[part] = row
    rows = "".join(f"<{name}>{inside}</{name}>" for name, inside in parts.items())
    before = read_one(f'<p id="x">a</p>\n\n<table>{rows}</table>')

    (after,) = add_anchors(book(before)).chapters

    assert list(chapter_ids(after)) == ["x", "x-1"]


def test_the_outer_of_two_equal_ids_is_the_first() -> None:
    inner = Span("span", (Text("a"),), 1, Attributes("x"))
    before = chapter(Paragraph((inner,), 1, Attributes("x")))

    (after,) = add_anchors(book(before)).chapters

    assert list(chapter_ids(after)) == ["x", "x-1"]


def test_each_file_counts_for_itself() -> None:
    before = book(
        chapter(heading(1, "Notes"), source="one.md"),
        chapter(heading(1, "Notes"), source="two.md"),
    )

    after = add_anchors(before)

    assert [list(chapter_ids(c)) for c in after.chapters] == [["notes"], ["notes"]]


def test_chapters_cut_from_one_file_count_together_as_github_does() -> None:
    text = "# A\n\n## Notes\n\n# B\n\n## Notes\n\n# C\n\n## Notes\n"

    after = add_anchors(title_chapters(read(text)))

    assert [list(chapter_ids(c)) for c in after.chapters] == [
        ["a", "notes"],
        ["b", "notes-1"],
        ["c", "notes-2"],
    ]


def test_a_picture_in_a_heading_says_nothing_in_its_anchor() -> None:
    badge = Link("x", (Image("badge.png", "build passing", 1),), 1)
    before = chapter(Heading(1, (Text("Lamp "), badge), 1))

    (after,) = add_anchors(book(before)).chapters

    assert list(chapter_ids(after)) == ["lamp"]


def test_a_heading_within_a_note_has_an_anchor() -> None:
    note = Note("1", (heading(2, "Oil"),), 3)
    before = replace(chapter(heading(1, "Oil")), notes=(note,))

    (after,) = add_anchors(book(before)).chapters

    assert list(chapter_ids(after)) == ["oil", "oil-1"]


def test_a_thousand_equal_headings_take_no_time() -> None:
    before = chapter(*(heading(2, "Exercise") for _ in range(20_000)))

    (after,) = add_anchors(book(before)).chapters

    assert [*chapter_ids(after)][-1] == "exercise-19999"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ἀρχὴ-τοῦ", "αρχη-του"),
        ("Café au lait", "cafe-au-lait"),
        ("می\u200cخواهم", "میخواهم"),
        ("Straße", "STRASSE"),
    ],
)
def test_case_accents_and_signs_fold_away(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_what_has_no_ids_stays_the_same_object() -> None:
    before = read_one("a\n\n| b |\n|---|\n| c |\n\nTerm\n: what it is\n\n- d\n")

    (after,) = add_anchors(book(before)).chapters

    assert all(a is b for a, b in zip(after.blocks, before.blocks, strict=True))
    assert after.blocks[0] == paragraph("a")
