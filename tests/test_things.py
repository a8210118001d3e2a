"""Things that authors name are counted, and named in both outputs alike."""

from dataclasses import replace

import pytest

from publish.check_book import (
    check_captions,
    check_links,
    check_names,
    check_references,
    check_words,
)
from publish.model import (
    NO_NUMBERS,
    Book,
    Chapter,
    CodeBlock,
    Counted,
    Figure,
    Link,
    Numbering,
    Numerals,
    PageReference,
    Table,
    Target,
)
from publish.transform import transform
from publish.transform.things import kind_of, label_of
from publish.walk import chapter_blocks, chapter_inlines, own_inlines, plain_text
from tests.trees import CHAPTERS, METADATA, SECTIONS, read

LAMP = '![A lamp](lamp.png "The lamp"){#fig-lamp}\n'
OIL = "| a |\n|---|\n| b |\n\n: Oil {#tbl-oil}\n"
TRIM = "```{.python #lst-trim}\ntrim()\n```\n"


def made(*texts: str, numbering: Numbering = CHAPTERS, language: str = "en") -> Book:
    files = {f"{n}.md": text for n, text in enumerate(texts, 1)}
    book = read(files, replace(METADATA, language=language))
    return transform(replace(book, numbering=numbering))


def written(book: Book) -> list[Chapter]:
    return [chapter for chapter in book.chapters if not chapter.generated]


def things(book: Book) -> list[tuple[str, str]]:
    """Name and number of each thing."""
    return [
        (block.attributes.id, block.number)
        for chapter in written(book)
        for block in chapter_blocks(chapter)
        if isinstance(block, Figure | Table | CodeBlock)
    ]


def lines(book: Book) -> list[str]:
    """What stands in each block of the chapters that holds words."""
    blocks = (block for chapter in written(book) for block in chapter_blocks(chapter))
    return [said for block in blocks if (said := plain_text(own_inlines(block)))]


def last_line(
    *texts: str, numbering: Numbering = CHAPTERS, language: str = "en"
) -> str:
    return lines(made(*texts, numbering=numbering, language=language))[-1]


def named_twice(*texts: str) -> list[tuple[str, int, str]]:
    """File and line of what has a name that something else has, and where that is."""
    book = read({f"{n}.md": text for n, text in enumerate(texts, 1)})
    return [
        (str(p.at.path), p.at.line, p.hint.rpartition(" ")[2])
        for p in check_names(book)
        if p.code == "same-name"
    ]


def codes(book: Book) -> list[tuple[str, int, str]]:
    return [(p.code, p.at.line, p.hint) for p in check_references(book)]


def test_each_kind_is_counted_by_itself_within_its_chapter() -> None:
    other = LAMP.replace("fig-lamp", "fig-glass")

    book = made(f"# A\n\n{LAMP}\n{OIL}\n{other}", f"# B\n\n{TRIM}\n{other}")

    assert things(book) == [
        ("fig-lamp", "1.1"),
        ("tbl-oil", "1.1"),
        ("fig-glass", "1.2"),
        ("lst-trim", "2.1"),
        ("fig-glass", "2.1"),
    ]


@pytest.mark.parametrize(
    "numbering", [NO_NUMBERS, Numbering(chapters=Numerals.ARABIC, through=True)]
)
def test_things_are_counted_through_a_book_without_chapter_numbers(
    numbering: Numbering,
) -> None:
    book = made(f"# A\n\n{LAMP}", f"# B\n\n{LAMP}", numbering=numbering)

    assert [number for _, number in things(book)] == ["1", "2"]


def test_pictures_of_a_group_are_lettered() -> None:
    inner = f"{LAMP}\n{LAMP.replace('fig-lamp', 'fig-glass')}"

    text = f"::: {{#fig-two}}\n{inner}\nTwo\n:::\n\n{OIL}\n@fig-glass"
    book = made(f"# A\n\n{text}")

    assert things(book) == [
        ("fig-two", "1.1"),
        ("fig-lamp", "1.1a"),
        ("fig-glass", "1.1b"),
        ("tbl-oil", "1.1"),
    ]
    assert lines(book)[-1] == "Figure 1.1b"
    assert "(b) The lamp" in lines(book)


def test_what_has_no_name_is_not_counted() -> None:
    unnamed = LAMP.replace("{#fig-lamp}", "") + "\n" + OIL.replace(" {#tbl-oil}", "")

    assert things(made(f"# A\n\n{unnamed}")) == [("", ""), ("", "")]


def test_a_caption_begins_with_the_number() -> None:
    assert lines(made(f"# A\n\n{LAMP}\n{OIL}\n{TRIM}")) == [
        "A",
        "[picture not included: A lamp]",
        "Figure 1.1 The lamp",
        "Table 1.1 Oil",
        "a",
        "b",
        "Listing 1.1",
    ]


def test_numbers_and_words_are_those_of_the_language() -> None:
    said = last_line(f"# یک\n\n{LAMP}\n@fig-lamp", language="fa")

    assert said == "شکل ۱.۱"


def test_a_number_is_wholly_in_the_digits_of_its_chapter() -> None:
    book = read({"1.md": f"# One\n\n{LAMP}"}, replace(METADATA, language="fa"))
    english = replace(book.chapters[0], language="en")

    after = transform(replace(book, chapters=(english,), numbering=CHAPTERS))

    assert things(after) == [("fig-lamp", "1.1")]


def test_a_chapter_in_roman_numbers_counts_its_things_in_figures() -> None:
    roman = Numbering(chapters=Numerals.ROMAN, sections=1)

    book = made(f"# A\n\n## B\n\n{LAMP}", numbering=roman)

    assert [chapter.number for chapter in written(book)] == ["I"]
    assert things(book) == [("fig-lamp", "1.1")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("@fig-lamp", "Figure 1.1"),
        ("-@fig-lamp", "1.1"),
        ("*-@fig-lamp*", "1.1"),
        ("@fig-lamp-@tbl-oil", "Figure 1.1-Table 1.1"),
        ("*Lamps*-@fig-lamp", "Lamps-Figure 1.1"),
        ("@bell-@fig-lamp", "@bell-Figure 1.1"),
        ("so--@fig-lamp", "so--Figure 1.1"),
        ("so-@fig-lamp", "so-@fig-lamp"),
        ("[@fig-lamp]", "Figure 1.1"),
        ("[@fig-lamp; @tbl-oil]", "Figure 1.1, Table 1.1"),
        ("[Fig. @fig-lamp]", "Fig. 1.1"),
        ("[](#fig-lamp)", "Figure 1.1"),
        ("[the lamp](#fig-lamp)", "the lamp"),
        ("@sec-glass", "Chapter 1"),
        ("@sec-wick", "Section 1.1"),
        ("[](1.md)", "Chapter 1"),
        ("[](1.md#sec-wick)", "Section 1.1"),
        ("[see *@fig-lamp*](1.md)", "see Figure 1.1"),
        ("(@fig-lamp, @tbl-oil.)", "(Figure 1.1, Table 1.1.)"),
        ("[see @fig-lamp and @bell]", "[see Figure 1.1 and @bell]"),
        ("@bell and [@bell, p. 3]", "@bell and [@bell, p. 3]"),
    ],
)
def test_a_reference_says_what_it_leads_to(text: str, said: str) -> None:
    first = f"# Glass {{#sec-glass}}\n\n## Wicks {{#sec-wick}}\n\n{LAMP}\n{OIL}"

    shown = last_line(first, f"# B\n\n{text}", numbering=SECTIONS)

    assert shown == said


def test_a_section_without_a_number_is_called_by_its_title() -> None:
    texts = ("# A\n\n## The *wick* {#sec-wick}", "# B\n\nsee @sec-wick")

    assert last_line(*texts, numbering=NO_NUMBERS) == "see The wick"


def test_a_reference_leads_to_its_thing_wherever_that_is() -> None:
    book = made("# A\n\n@fig-lamp [](#fig-lamp) [x](#fig-lamp)", f"# B\n\n{LAMP}")

    first, second = written(book)
    links = [i for i in chapter_inlines(first) if isinstance(i, Link)]
    assert [link.target for link in links] == [Target(second.name, "fig-lamp")] * 3


def test_the_page_of_print_is_told_where_it_is_asked_for() -> None:
    book = made(f"# A\n\n[](#fig-lamp){{.page}} [x](#fig-lamp){{.page}}\n\n{LAMP}")

    (chapter,) = written(book)
    target = Target(chapter.name, "fig-lamp")
    found = [i for i in chapter_inlines(chapter) if isinstance(i, PageReference)]
    assert [replace(one, screen=one.screen[:6]) for one in found] == [
        PageReference(target, "page {}", "Figure"),
        PageReference(target, " (page {})"),
    ]
    assert chapter.paged


@pytest.mark.parametrize(
    ("written_as", "shown"),
    [
        ("@fig-lamp{.page}", "Figure 1.1"),
        ("-@fig-lamp{.page}", "1.1"),
        ("[@fig-lamp]{.page}", "Figure 1.1"),
    ],
)
def test_the_page_of_a_reference_may_be_told(written_as: str, shown: str) -> None:
    book = made(f"# A\n\n{LAMP}\n{written_as}")

    (chapter,) = written(book)
    target = Target(chapter.name, "fig-lamp")
    found = [i for i in chapter_inlines(chapter) if isinstance(i, PageReference)]
    assert found == [PageReference(target, " (page {})")]
    assert lines(book)[-1].replace("\u00a0", " ") == shown
    assert chapter.paged


def test_a_link_holds_no_other_link() -> None:
    book = made(f"# A\n\n[see @fig-lamp](#fig-lamp)\n\n{LAMP}")

    (chapter,) = written(book)
    assert sum(isinstance(inline, Link) for inline in chapter_inlines(chapter)) == 1


def test_a_name_of_nothing_is_reported_with_a_guess() -> None:
    book = made(f"# A\n\nsee @fig-lmap and @bell\n\n{LAMP}")

    assert codes(book) == [("dead-reference", 3, "did you mean `@fig-lamp`?")]


def test_what_has_a_name_and_no_number_is_told_from_what_has_no_name() -> None:
    note = "[^a]: Note.\n\n    $$ x $$ {#eq-x}\n"
    text = f'# One\n\nText[^a] @eq-x\nand @fig-y.\n\n<p id="fig-y">y</p>\n\n{note}'

    said = check_references(made(text))

    assert [(p.at.line, p.message) for p in said] == [
        (3, "`eq-x` is in a note, and nothing there can be referred to"),
        (4, "what is called `fig-y` has no number to refer to it by"),
    ]


def test_a_division_is_not_counted_as_what_it_is_not() -> None:
    book = made("# A\n\n::: {.note #fig-a}\nx\n:::\n")

    assert not [line for line in lines(book) if "Figure" in line]


def test_of_many_names_of_nothing_the_first_have_a_guess() -> None:
    wrong = " ".join(f"@fig-lamp{n}" for n in range(30))

    found = codes(made(f"# A\n\n{wrong}\n\n{LAMP}"))

    guessed = [hint == "did you mean `@fig-lamp`?" for _, _, hint in found]
    assert guessed == [True] * 20 + [False] * 10


def test_a_link_without_words_to_nothing_says_what_it_names_and_is_reported() -> None:
    book = made("# A\n\nIn [](#fig-nope), [](3.md), [](#nope){.page}, [n]() and []().")

    assert lines(book)[-1] == "In fig-nope, 3.md, nope, n and []()."
    assert [(p.code, p.message.split("`")[1]) for p in check_links(book)] == [
        ("dead-reference", "fig-nope"),
        ("dead-link", "3.md"),
        ("dead-link", "#nope"),
        ("dead-link", "n"),
        ("dead-link", "[]()"),
    ]


def test_a_link_without_words_says_what_its_place_is_called() -> None:
    places = '::: {#big .theorem title="Big"}\nx\n:::\n\n::: {#plain}\nx\n:::\n'
    links = "[](#big), [](#plain), [](https://example.org/)"

    book = made(f"# A\n\n{places}\n{links}")

    assert lines(book)[-1] == "Theorem (Big), plain, https://example.org/"
    assert [*check_links(book)] == []
    assert [p.message for p in check_words(book)] == [
        "the link to `#plain` has no words"
    ]


def test_a_name_of_two_things_is_reported_and_means_the_first() -> None:
    texts = (f"# A\n\n{LAMP}", f"# B\n\n{LAMP}\n@fig-lamp")

    assert lines(made(*texts))[-1] == "Figure 1.1"
    assert named_twice(*texts) == [("2.md", 3, "1.md:3")]


def test_two_things_of_a_file_with_one_name_are_reported_whatever_they_are() -> None:
    text = f"# A {{#a}}\n\n{LAMP}\n{LAMP}\n## B {{#a}}\n\n*x* [y]{{#a}}\n"

    assert named_twice(text, "# A {#a}\n") == [
        ("1.md", 5, "1.md:3"),
        ("1.md", 7, "1.md:1"),
        ("1.md", 9, "1.md:1"),
    ]


def test_a_reference_speaks_the_language_that_it_stands_in() -> None:
    before = read({"1.md": f"# A\n\n{LAMP}\n", "2.md": "# B\n\n@fig-lamp, [](1.md)\n"})
    german = replace(before.chapters[0], language="de")
    before = replace(
        before, chapters=(german, *before.chapters[1:]), numbering=CHAPTERS
    )

    assert "Abbildung 1.1 The lamp" in lines(transform(before))
    assert lines(transform(before))[-1] == "Figure 1.1, Chapter 1"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (LAMP + OIL, []),
        ("![words](lamp.png){#fig-a}", ["no-caption"]),
        ("| a |\n|---|\n\n: {#tbl-a}", ["no-caption"]),
        (TRIM, ["no-caption"]),
        ("::: {#fig-g}\n![a](a.png){#fig-x}\n\nBoth\n:::", []),
        ("$$x$$ {#eq-a}", []),
    ],
)
def test_what_has_a_number_has_words_beside_it(text: str, found: list[str]) -> None:
    problems = check_captions(made(f"# A\n\n{text}\n"))

    assert [problem.code for problem in problems] == found


@pytest.mark.parametrize("kind", Counted)
def test_every_kind_has_a_word_in_every_language(kind: Counted) -> None:
    for language in ("en", "fa", "ja", "hu", "xx"):
        assert label_of(kind, "1", language)


@pytest.mark.parametrize("name", ["", "fig", "fig-", "figure-a", "lamp", "-fig"])
def test_other_names_are_of_no_kind(name: str) -> None:
    assert kind_of(name) is None
