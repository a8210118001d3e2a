"""Every chapter gets one title and an outline that a reader can follow."""

from dataclasses import replace

import pytest

from publish.kinds import chapter_ids
from publish.model import (
    Attributes,
    Chapter,
    Heading,
    Paragraph,
    Quote,
    Role,
    Strong,
    Text,
)
from publish.transform.outline import readable, title_chapters
from publish.walk import own_inlines, plain_text, walk_blocks
from tests.trees import book, chapter, heading, paragraph, read, read_one


def titled(before: Chapter | str) -> Chapter:
    one = read_one(before) if isinstance(before, str) else before
    return title_chapters(book(one)).chapters[0]


def outline(after: Chapter) -> list[tuple[int, str]]:
    return [
        (block.level, plain_text(block.children))
        for block in walk_blocks(after.blocks)
        if isinstance(block, Heading)
    ]


def test_the_heading_that_opens_a_file_is_its_title() -> None:
    before = chapter(heading(1, "The Storm"), heading(2, "Wind"), paragraph("It blew."))

    assert titled(before) == replace(before, title="The Storm")


def test_a_page_that_is_only_shown_has_no_heading_that_nobody_wrote() -> None:
    before = replace(
        chapter(paragraph("For Ada.")), title="For you", role=Role.EPIGRAPH
    )

    assert titled(before) == before


@pytest.mark.parametrize(
    ("text", "title", "levels"),
    [
        ("# A\n\n# B\n\n## C\n\n# D\n", "A", [1, 2, 3, 2]),
        ("### A\n\n##### B\n\n### C\n\n# D\n\n## E\n", "A", [1, 2, 2, 2, 3]),
        ("words\n\n# A\n\n### B\n\n#### C\n\n## D\n", "A", [1, 2, 3, 2]),
        ("words\n\n## Before\n\n# A\n\n## B\n", "A", [2, 1, 2]),
        ("words\n\n# A\n\n# B\n\n### C\n", "One", [2, 2, 3]),
        ("words\n\n## A\n\n#### B\n", "One", [2, 3]),
        (
            "# A\n" + "".join(f"{'#' * n} {n}\n" for n in range(2, 7)),
            "A",
            [*range(1, 7)],
        ),
        ("# A\n\n###### B\n\n## C\n\n# D\n\n###### E\n", "A", [1, 2, 2, 2, 3]),
        ("words\n\n### A\n\n# B\n\n#### C\n", "B", [2, 1, 2]),
        (
            "words\n\n# A\n\n" + "".join(f"{'#' * n} {n}\n" for n in range(1, 7)),
            "One",
            [2, 2, 3, 4, 5, 6, 6],
        ),
        ("just words\n", "One", []),
        ("#\n\n# A\n\n## ![](x.png)\n", "A", [1]),
        ("", "One", []),
    ],
)
def test_an_outline_becomes_sane(text: str, title: str, levels: list[int]) -> None:
    after = titled(text)

    assert after.title == title
    assert [level for level, _ in outline(after)] == levels


@pytest.mark.parametrize(
    "before",
    [
        "[![build](a.svg)](https://x.org) ![docs](b.svg)\n\n---\n\n",
        '<p align="center"><img src="a.png" alt="Lamp"></p>\n\n',
        "<!-- made by hand -->\n\n",
        '<a id="top"></a>\n\n',
    ],
)
@pytest.mark.parametrize(
    "title",
    [
        "# The Lamp\n",
        '<h1 align="center">The Lamp</h1>\n',
        '<div align="center">\n\n# The Lamp\n\n</div>\n',
        "The Lamp\n========\n",
    ],
)
def test_a_readme_may_show_badges_before_its_title(before: str, title: str) -> None:
    after = titled(f"{before}{title}\n## Install\n\nwords\n")

    assert after.title == "The Lamp"
    assert outline(after) == [(1, "The Lamp"), (2, "Install")]


@pytest.mark.parametrize(
    "before",
    ["`code`\n\n", "    code\n\n", "> words\n\n", "- words\n\n", "*words*\n\n"],
)
def test_words_before_a_heading_keep_it_from_opening_the_file(before: str) -> None:
    after = titled(f"{before}## Install\n")

    assert after.title == "One"
    assert outline(after) == [(2, "Install")]


def test_headings_within_quotations_and_lists_are_no_titles() -> None:
    after = titled("> # Quoted\n\n- # Listed\n\n## Own\n\n# Title\n")

    assert after.title == "Title"
    assert outline(after)[-1] == (1, "Title")


@pytest.mark.parametrize("said", ["The Storm", "the  STORM"])
def test_what_front_matter_repeats_is_not_set_twice(said: str) -> None:
    before = replace(chapter(heading(2, "The Storm")), title=said)

    assert titled(before).blocks == (heading(1, "The Storm"),)


def test_the_only_heading_of_level_1_stands_before_front_matter() -> None:
    before = replace(chapter(heading(1, "Storm"), heading(2, "Wind")), title="Gale")

    after = titled(before)

    assert after == replace(before, title="Storm")


def test_words_before_the_only_heading_leave_the_title_to_front_matter() -> None:
    before = replace(chapter(paragraph("x"), heading(1, "Storm")), title="Gale")

    assert outline(titled(before)) == [(1, "Gale"), (2, "Storm")]


@pytest.mark.parametrize("field", ["title", "label"])
def test_what_front_matter_says_becomes_the_heading_that_is_missing(field: str) -> None:
    before = replace(chapter(paragraph("It blew.")), **{field: "The Storm"})  # type: ignore[arg-type]

    after = titled(before)

    said = Heading(1, (Text("The Storm"),), 0)
    assert after.blocks == (said, paragraph("It blew."))
    assert after.title == "The Storm"


def test_a_first_section_is_not_taken_for_the_title_that_front_matter_says() -> None:
    before = replace(chapter(heading(2, "Wind"), heading(3, "East")), title="The Storm")

    assert outline(titled(before)) == [(1, "The Storm"), (2, "Wind"), (3, "East")]


def test_a_label_of_another_tool_gives_way_to_a_heading() -> None:
    before = replace(chapter(heading(2, "Wind")), label="Chapter 2")

    assert titled(before).title == "Wind"


def test_a_pasted_text_is_called_after_its_file() -> None:
    (before,) = read({"02-the_storm.txt": "# not a heading\n\nIt blew."}).chapters

    assert titled(before) == replace(before, title="The storm")


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("part/02-the_storm.md", "The storm"),
        ("01.the storm.md", "The storm"),
        ("1-2-3 storm.md", "Storm"),
        ("_03_ storm.md", "Storm"),
        ("1984.md", "1984"),
        ("2024-01-05.md", "2024 01 05"),
        ("3d-printing.md", "3d printing"),
        ("chapter02.md", "Chapter02"),
        ("۰۲-طوفان.md", "طوفان"),
        ("第一章.md", "第一章"),
        ("a.b.md", "A.b"),
        ("---.md", "---"),
        ("" + "_" * 5000 + ".md", "_" * 5000),
    ],
)
def test_the_name_of_a_file_is_made_readable(source: str, title: str) -> None:
    assert readable(source) == title


def test_headings_of_a_note_are_no_headings_of_the_text() -> None:
    after = titled("# A\n\nwords[^1]\n\n[^1]: # Oil {#oil}\n\n    - ## *Wick*\n")

    (note,) = after.notes
    assert outline(after) == [(1, "A")]
    assert not any(isinstance(b, Heading) for b in walk_blocks(note.children))
    words = [plain_text(own_inlines(block)) for block in walk_blocks(note.children)]
    assert words == ["Oil", "", "Wick"]
    strong = Strong((Text("Oil"),))
    assert note.children[0] == Paragraph((strong,), 5, Attributes("oil"))


def test_only_the_ids_of_an_empty_heading_are_kept() -> None:
    after = titled(
        '# A\n\n## {#only}\n\n> ##\n>\n> x\n\n### <a id="top"></a>\n\nwords\n'
    )

    assert outline(after) == [(1, "A")]
    assert list(chapter_ids(after)) == ["only", "top"]
    (quote,) = (block for block in after.blocks if isinstance(block, Quote))
    assert len(quote.children) == 1
    assert not any(
        isinstance(block, Paragraph | Heading) and not block.children
        for block in walk_blocks(after.blocks)
    )


@pytest.mark.parametrize("inside", ["`x`", "![](a.png)", "[^1]"])
def test_heading_that_shows_something_without_words_is_not_dropped(inside: str) -> None:
    after = titled(f"# A\n\n## {inside}\n\n[^1]: note\n")

    assert len(after.blocks) == 2
    assert own_inlines(after.blocks[1])
