"""What stands above the text, and what only looks like it."""

from pathlib import Path
from textwrap import dedent

import pytest

from publish.manuscript.book_data import facts_of, people
from publish.manuscript.front_matter import split_front_matter
from publish.model import Person, Subject

PATH = Path("a.md")


def test_the_lines_of_the_text_keep_their_numbers() -> None:
    split = split_front_matter("---\ntitle: A\n---\n\n# One\n", PATH)

    assert split.text == "\n\n\n\n# One\n"
    assert split.settings.text("title") == "A"
    assert split.settings.line("title") == 2


def test_only_a_title() -> None:
    assert split_front_matter("---\ntitle: A\n---", PATH).text.strip() == ""


def test_three_dots_close_front_matter_as_well() -> None:
    split = split_front_matter("---\ntitle: A\n...\ntext", PATH)

    assert (split.settings.text("title"), split.text) == ("A", "\n\n\ntext")


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nA storm.\n\n---\n\nAnother.\n",
        "---\nA storm.\n",
        "---\n\nHe said: nothing\n\n---\n",
        "---\nA storm\n---\n",
        "--- a dash\n",
        "---\n- a list\n---\n",
        "-----\ntitle: A\n-----\n",
        "+++\nnot toml\n+++\n",
    ],
)
def test_a_scene_break_at_the_top_is_text(text: str) -> None:
    split = split_front_matter(text, PATH)

    assert split.text == text
    assert split.problems == ()


def test_broken_yaml_is_told_with_its_line_and_the_text_is_kept() -> None:
    split = split_front_matter("---\nlang: en\ntitle: A: B\n---\ntext\n", PATH)

    assert [(p.at.line, p.code) for p in split.problems] == [(3, "bad-front-matter")]
    assert split.text == "\n\n\n\ntext\n"
    assert split.settings.text("title") == "A: B"


def test_yaml_leaves_words_as_they_were_written() -> None:
    text = dedent(
        """\
        ---
        title: No
        date: 2001-02-03
        edition: 1.10
        draft: true
        params: !expr Sys.Date()
        {{ x }}: y
        ---
        """
    )

    assert dict(split_front_matter(text, PATH).settings.values) == {
        "title": "No",
        "date": "2001-02-03",
        "edition": "1.10",
        "draft": True,
        "params": "Sys.Date()",
    }


@pytest.mark.parametrize(
    "yaml",
    ["a: &a [*a]", "a: " + "[" * 3000, "a: !!python/object:os.system x", "? [a]\n: b"],
)
def test_yaml_made_to_harm_does_none(yaml: str) -> None:
    split = split_front_matter(f"---\nx: 1\n{yaml}\n---\ntext", PATH)

    assert split.text.strip() == "text"


def test_toml_between_plus_signs_is_front_matter() -> None:
    split = split_front_matter('+++\ntitle = "A"\nweight = 2\n+++\ntext', PATH)

    assert split.settings.text("title") == "A"
    assert split.settings.line("weight") == 3
    assert split.text == "\n\n\n\ntext"


def test_the_title_block_of_pandoc() -> None:
    split = split_front_matter("% A long\n  title\n% Bo; Di\n% 1904\n\ntext\n", PATH)

    facts = facts_of(split.settings)
    assert (facts.title, facts.published) == ("A long title", "1904")
    assert facts.people == (Person("Bo"), Person("Di"))
    assert split.text == "\n\n\n\n\ntext\n"


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Ada Bell", ["Ada Bell"]),
        ("Bell, Ada", ["Bell, Ada"]),
        ("Ada Bell, Bo Carr, and Di Eng", ["Ada Bell", "Bo Carr", "Di Eng"]),
        ("Ada Bell & Bo Carr", ["Ada Bell", "Bo Carr"]),
        ("Bell, Ada; Carr, Bo", ["Bell, Ada", "Carr, Bo"]),
        (["Ada Bell", {"name": "Bo Carr"}], ["Ada Bell", "Bo Carr"]),
        ([{"name": {"given": "Ada", "family": "Bell"}}], ["Ada Bell"]),
        ([{"role": "author", "text": "Ada Bell"}], ["Ada Bell"]),
        ({"name": "Ada Bell", "affiliation": ["x"]}, ["Ada Bell"]),
        ([None, 3, {}], []),
        (None, []),
    ],
)
def test_names_are_found_however_they_are_written(
    said: object, names: list[str]
) -> None:
    assert [person.name for person in people(said)] == names


def test_book_data_has_many_names() -> None:
    text = dedent(
        """\
        ---
        title:
        - {type: main, text: A}
        - {type: subtitle, text: B}
        lang: en_GB
        creator:
        - {role: translator, text: Bo Carr}
        keywords: [sea, light]
        date: 2016/09/01
        cover-image: a.png
        ---
        """
    )

    facts = facts_of(split_front_matter(text, PATH).settings)

    assert (facts.title, facts.subtitle, facts.language) == ("A", "B", "en-GB")
    assert facts.people == (Person("Bo Carr", "trl"),)
    assert facts.subjects == (Subject("sea"), Subject("light"))
    assert (facts.published, facts.cover) == ("2016-09-01", "a.png")


def test_a_date_that_is_a_program_is_no_date() -> None:
    split = split_front_matter('---\ndate: "`r Sys.Date()`"\n---\n', PATH)

    assert facts_of(split.settings).published == ""
