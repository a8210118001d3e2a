"""Where in the book a link leads, and which leads nowhere."""

import pytest

from publish.check_book import check_book
from publish.model import Book, Image, Link, NoteReference, Target
from publish.transform.anchors import add_anchors
from publish.transform.links import resolve_links
from publish.transform.matter import add_front_matter
from publish.transform.names import name_chapters
from publish.transform.outline import title_chapters
from publish.walk import chapter_inlines
from tests.trees import read


def linked(files: dict[str, str] | str) -> Book:
    book = title_chapters(read(files))
    return resolve_links(add_anchors(name_chapters(add_front_matter(book))))


def targets(book: Book) -> list[Target | None]:
    return [
        inline.target
        for chapter in book.chapters
        for inline in chapter_inlines(chapter)
        if isinstance(inline, Link)
    ]


# What `href` leads to in a book of these files, written in "part/one.md".
FILES = {
    "index.md": "# Home\n\n## Oil\n",
    "part/one.md": "# One\n\n## Ἀρχὴ τοῦ λόγου\n\n## Wicks & oil\n",
    "part/Two words.md": "# Two\n\n## Oil\n",
    "part/c#.md": "# Sharp\n",
    "deep/README.md": "# Deep\n",
    "v1.2.md": "# Version\n",
    "ume\u0301.md": "# Apricot\n",
}
HOME, ONE, TWO, SHARP, DEEP, VERSION, APRICOT = (
    "03-home",
    "04-one",
    "05-two",
    "06-sharp",
    "07-deep",
    "08-version",
    "09-apricot",
)


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("one.md", Target(ONE)),
        ("#one", Target(ONE, "one")),
        ("#", Target(ONE)),
        ("Two%20words.md", Target(TWO)),
        ("Two%20words.md#oil", Target(TWO, "oil")),
        ("Two%20words", Target(TWO)),
        ("two%20WORDS.MD", Target(TWO)),
        ("Two%20words.html#oil", Target(TWO, "oil")),
        ("Two%20words.xhtml", Target(TWO)),
        ("c%23.md", Target(SHARP)),
        ("c%23", Target(SHARP)),
        ("../index.md#oil", Target(HOME, "oil")),
        ("/index.md", Target(HOME)),
        ("../index.md?plain=1#oil", Target(HOME, "oil")),
        ("..", Target(HOME)),
        ("/", Target(HOME)),
        ("../deep/", Target(DEEP)),
        ("../deep", Target(DEEP)),
        ("../deep/index.html", Target(DEEP)),
        ("../v1.2", Target(VERSION)),
        ("../v1.2.md", Target(VERSION)),
        ("../um%C3%A9.md", Target(APRICOT)),
        ("#ἀρχὴ-τοῦ-λόγου", Target(ONE, "ἀρχὴ-τοῦ-λόγου")),
        ("#αρχη-του-λογου", Target(ONE, "ἀρχὴ-τοῦ-λόγου")),
        ("#Wicks-Oil", Target(ONE, "wicks--oil")),
        ("#top", Target(ONE)),
        ("../index.md#top", Target(HOME)),
        ("gone.md", None),
        ("one.png", None),
        ("one.pdf", None),
        ("index.md", None),
        ("#gone", None),
        ("#---", None),
        ("../index.md#gone", None),
        ("gone.md#oil", None),
        ("gone.md#top", None),
        ("https://example.org/one.md", None),
        ("mailto:ada@example.org", None),
        ("//example.org/one.md", None),
    ],
)
def test_a_link_leads_to(href: str, target: Target | None) -> None:
    files = dict(FILES)
    files["part/one.md"] += f"\n[there](<{href}>)\n"

    assert targets(linked(files)) == [target]


def test_of_two_files_with_one_name_the_ending_decides() -> None:
    files = {"a.md": "# A", "a.txt": "B", "c.md": "[](a.md) [](a.txt) [](a) [](a.html)"}

    names = [target and target.chapter for target in targets(linked(files))]

    assert names == ["03-a", "04-a", "03-a", "03-a"]


def test_signs_alone_are_like_no_other_signs() -> None:
    assert targets(linked({"one.md": "# -\n\n[a](#!) [b](#-)"})) == [
        None,
        Target("03-chapter", "-"),
    ]


def test_an_exact_heading_stands_before_one_that_is_only_like_it() -> None:
    files = {
        "one.md": "# One\n\n## Cafe\n\n## Café\n\n[a](#café) [b](#cafe) [c](#CAFÉ)"
    }

    assert [t and t.anchor for t in targets(linked(files))] == ["café", "cafe", "cafe"]


def test_a_link_finds_its_heading_in_another_chapter_of_a_split_book() -> None:
    text = "# A\n\n## Notes\n\n# B\n\n## Notes\n\n[a](#notes) [b](#notes-1)\n\n# C\n"

    book = linked(text)

    a, b = (chapter.name for chapter in book.chapters[2:4])
    assert targets(book) == [Target(a, "notes"), Target(b, "notes-1")]


def test_its_own_chapter_comes_first_for_a_heading_without_accents() -> None:
    text = "# A\n\n## Café\n\n# B\n\n## Càfe\n\n[a](#CAFE)\n\n# C\n"

    book = linked(text)

    assert targets(book) == [Target(book.chapters[3].name, "càfe")]


def test_links_within_notes_tables_and_terms_are_resolved() -> None:
    text = (
        "# One\n\n[^1] and *[a](#one)*\n\n[^1]: [b](#one)\n\n"
        "| [c](#one) |\n|---|\n| [d](#one) |\n\n[e](#one)\n: [f](#one)\n\n"
        "> - [g](#one)\n\n## [h](#one)\n"
    )

    book = linked({"one.md": text})

    assert targets(book) == [Target("03-one", "one")] * 8


@pytest.mark.parametrize(
    "place",
    [
        '<span id="x">a</span>',
        '<ul><li id="x">a</li></ul>',
        '<table id="x"><tr><td>a</td></tr></table>',
        '<table><tr id="x"><td>a</td></tr></table>',
        '<table><tr><td id="x">a</td></tr></table>',
        '<table><tbody><tr><td>a</td></tr></tbody><tfoot><tr><td id="x">b</td></tr>'
        "</tfoot></table>",
        '<dl><dt id="x">a</dt><dd>b</dd></dl>',
        '<dl><dt>a</dt><dd id="x">b</dd></dl>',
        "a[^1]\n\n[^1]: [b]{#x}",
        "```{#x}\na\n```",
        "## A {#x}",
    ],
)
def test_an_id_of_the_author_can_be_led_to_wherever_it_stands(place: str) -> None:
    book = linked({"one.md": f"# One\n\n[there](#x)\n\n{place}\n"})

    assert targets(book) == [Target("03-one", "x")]


def test_pages_that_the_tool_made_cannot_be_led_to() -> None:
    book = linked({"one.md": "# One\n\n[a](#contents)\n"})

    assert targets(book) == [None]


def test_nothing_but_links_is_changed() -> None:
    files = {"one.md": "# One\n\n![a](one.md) [^1]\n\n[^1]: b\n"}

    inlines = [*chapter_inlines(linked(files).chapters[2])]

    assert [type(i) for i in inlines if isinstance(i, Image | NoteReference)] == [
        Image,
        NoteReference,
    ]
    assert linked(files) == resolve_links(linked(files))


def test_a_dead_link_is_named_with_its_line_as_the_author_wrote_it() -> None:
    files = {
        "one.md": "# One\n\n[a](#missing)\n\n[b](%D8%B3%D9%84%D8%A7%D9%85.md#x)\n",
        "two.md": "# Oil\n\n[c](one.md#missing)\n\n[d](http://x.org#x) [e](#oli)\n",
        "three.md": "[f](one.md#one) [g](#x) [h](three.md#x)",
    }

    problems = [str(problem) for problem in check_book(linked(files))]

    file_hint = "name a file that is a chapter, and a heading that is in it"
    name_hint = "a heading's name is its words in small letters, joined by hyphens"
    assert problems == [
        "one.md:3: error: no heading of this file is called `#missing` [dead-link]\n"
        f"  hint: {name_hint}",
        "one.md:5: error: the link `سلام.md#x` leads to no chapter of the book"
        f" [dead-link]\n  hint: {file_hint}",
        "two.md:3: error: no heading of `one.md` is called `#missing` [dead-link]\n"
        f"  hint: {name_hint}",
        "two.md:5: error: no heading of this file is called `#oli` [dead-link]\n"
        "  hint: did you mean `#oil`?",
        "three.md:1: error: no heading of this file is called `#x` [dead-link]\n"
        f"  hint: {name_hint}",
        "three.md:1: error: no heading of `three.md` is called `#x` [dead-link]\n"
        f"  hint: {name_hint}",
    ]


def test_an_address_without_its_kind_is_told_what_it_lacks() -> None:
    files = {"one.md": "# One\n\n[a](www.example.org/x) and [b](a@example.org)\n"}

    problems = list(check_book(linked(files)))

    assert [(p.code, p.hint) for p in problems] == [
        ("dead-link", "an address begins with its kind: `https://www.example.org/x`"),
        ("dead-link", "an address begins with its kind: `mailto:a@example.org`"),
    ]
