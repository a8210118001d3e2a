"""What stands within a line and is more than its words."""

from dataclasses import replace
from pathlib import Path

import pytest

from publish.dialect import Dialect
from publish.manuscript import Source
from publish.manuscript.values import values_of
from publish.model import Chapter, Person
from publish.parse import parse_source
from publish.pipeline import build
from publish.problems import Problem, Severity
from publish.wanted import Wanted
from publish.words import lost_in_tree
from publish.xhtml import blocks_xhtml
from tests.conftest import BOOK_TOML, WriteBook
from tests.through import OUTPUT
from tests.trees import METADATA, sources

DIALECT = Dialect(
    variables=(("lamp", "Argand *lamp*"), ("year", "1782"), ("the.keeper", "Ada")),
    data=(("title", "The Lamp"),),
)


def parsed(text: str, dialect: Dialect = DIALECT) -> tuple[Chapter, list[Problem]]:
    source = Source(path=Path("one.md"), file="one.md", text=text)
    return parse_source(source, "en", dialect=dialect)


def xhtml(text: str, dialect: Dialect = DIALECT) -> str:
    return blocks_xhtml(parsed(text, dialect)[0].blocks, OUTPUT)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("{{< var year >}}", "1782"),
        ("{{<var year>}}", "1782"),
        ("{{year}} {{ year }}", "1782 1782"),
        ("of{{year}}s", "of1782s"),
        ("{{< var the.keeper >}}", "Ada"),
        ("{{< meta title >}} {{< meta book.title >}}", "The Lamp The Lamp"),
        ("*{{year}}*", "<em>1782</em>"),
        ("{{lamp}}", "Argand *lamp*"),
        ("<b>{{year}}</b>", "<b>1782</b>"),
        ("{{title}}", "{{title}}"),
        ("{{{< var year >}}}", "{{&lt; var year &gt;}}"),
        ("`{{year}}`", "<code>{{year}}</code>"),
        ("<code>{{< var year >}}</code>", "<code>{{&lt; var year &gt;}}</code>"),
        (r"\{{year}}", "{{year}}"),
        ("[x](https://x.org/{{year}}/a)", '<a href="https://x.org/1782/a">x</a>'),
        ("[x](a/{{< var year >}}.md#b)", "<span>x</span>"),
    ],
)
def test_words_come_from_where_they_are_called(written: str, read: str) -> None:
    assert xhtml(f"{written}\n") == f"<p>{read}</p>"


def test_words_are_called_in_headings_notes_captions_and_raw_tags() -> None:
    text = (
        "# Of {{year}}\n\na[^n]\n\n[^n]: N {{year}}\n\n"
        '![An {{year}} lamp](a.png "In {{year}}")\n\n'
        "<div>\nD {{year}}\n<pre>{{year}}</pre>\n</div>\n"
    )

    chapter, problems = parsed(text)

    made = blocks_xhtml((*chapter.blocks, *chapter.notes[0].children), OUTPUT)
    for words in ("Of 1782", "N 1782", "An 1782 lamp", "In 1782", "D 1782"):
        assert words in made
    assert "<code>{{year}}</code></pre>" in made
    assert problems == []


def test_a_call_of_nothing_is_told_with_its_line_and_a_guess() -> None:
    _, problems = parsed(
        "# A\n\none\n{{< var yaer >}}\n\n{{< meta tilte >}} `{{< var x >}}`\n"
    )

    assert [(p.at.line, p.code, p.hint) for p in problems] == [
        (4, "unknown-variable", "did you mean `year`?"),
        (6, "unknown-variable", "did you mean `title`?"),
    ]


def test_a_call_of_nothing_stays_in_the_text() -> None:
    assert xhtml("{{< var zebra >}}\n") == "<p>{{&lt; var zebra &gt;}}</p>"


def test_what_is_known_of_the_book_has_the_names_of_book_toml() -> None:
    ada = Person("Ada Bell"), Person("Bob Hill"), Person("Eve", role="trl")
    metadata = replace(METADATA, people=ada, published="1904-05-17")

    known = dict(values_of(metadata))

    assert known["author"] == "Ada Bell, Bob Hill"
    assert (known["date"], known["year"]) == ("1904-05-17", "1904")
    assert "publisher" not in known


def test_an_abbreviation_that_is_not_in_the_text_is_told() -> None:
    _, problems = parsed("HTML\n\n*[HTML]: x\n\n*[XML]: y\n")

    assert [(p.at.line, p.code) for p in problems] == [(5, "unused-abbreviation")]


def test_an_abbreviation_is_found_in_words_that_come_from_elsewhere() -> None:
    text = "[HTML](#x)\n\n*[HTML]: one\n*[HTML]: two\n"

    assert '<abbr title="one">HTML</abbr>' in xhtml(text)


@pytest.mark.parametrize(
    "text",
    [
        "{{year}}: pre{{year}}post {{< var lamp >}} `{{year}} {{ x }}` {{ y }}\n",
        "```\n{{year}} {{< var lamp >}}\n```\n\n{{year}}\n",
        "<pre>{{year}}</pre>\n\n{{year}}\n\n- x\n\n    {{year}}\n",
        "    {{year}} indented\n",
        "\\`{{year}}\\` it`s\n\n{{year}} it`s {{< meta book.title >}} `{{year}}`\n",
        "HTML\n\n*[HTML]: Hypertext Markup Language\n",
        "> *[HTML]: Hypertext Markup Language\n>\n> HTML\n",
        '[漢字]{ruby="かん|じ"} [NASA]{.abbr title="N"} H~2~O x^2^ ==a== 5\\ kg\n',
        "H{sub}`2`O x{superscript}`2` {abbr}`MyST (Markedly Structured)` {u}`x`\n",
        "[Ctrl+C]{.kbd} Donau&shy;dampf {{{< var year >}}} {{< var zebra >}}\n",
    ],
)
def test_no_word_is_missed_where_none_is_lost(text: str) -> None:
    chapter, _ = parsed(text)

    lost = lost_in_tree(sources({"one.md": text}), [chapter], METADATA, DIALECT)

    assert [*lost] == []


@pytest.mark.parametrize(
    ("text", "word"),
    [("{{year}} and 1782\n", "1782"), ('[漢]{ruby="かん"} x\n', "か")],
)
def test_a_word_that_is_called_and_lost_is_missed(text: str, word: str) -> None:
    bare, _ = parsed(text.replace("{{year}}", "").replace('{ruby="かん"}', ""))

    lost = lost_in_tree(sources({"one.md": text}), [bare], METADATA, DIALECT)

    assert [word in problem.message for problem in lost] == [True]


def test_variables_of_book_toml_reach_every_file(write_book: WriteBook) -> None:
    folder = write_book(
        {
            "book.toml": BOOK_TOML + '\n[variables]\nyear = 1782\noil = "whale oil"\n',
            "a.md": "# A\n\n{{year}}, {{< var oil >}}, {{< var coal >}}\n",
            "b.md": "# B\n\n{{oil}}: {{< meta author >}}\n",
        }
    )

    report = build(folder, Wanted(formats=("epub",)))

    assert [
        (p.at.path.name, p.at.line, p.code)
        for p in report.problems
        if p.severity is not Severity.NOTE
    ] == [("a.md", 3, "unknown-variable")]


def test_a_variable_is_words_or_a_number(write_book: WriteBook) -> None:
    table = "\n[variables]\nyes = true\n3d = 1\nlist = []\n"
    folder = write_book({"book.toml": BOOK_TOML + table, "a.md": "x"})

    with pytest.raises(Exception, match="bad-name") as caught:
        build(folder)

    assert str(caught.value).count("[bad-value]") == 2
