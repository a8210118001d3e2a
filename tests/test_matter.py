"""The pages in front that a book's data can fill."""

from dataclasses import replace

import pytest

from publish.model import (
    Attributes,
    Book,
    Chapter,
    Contents,
    Edition,
    Element,
    Entry,
    Format,
    Generated,
    Heading,
    Listed,
    Matter,
    Metadata,
    Paragraph,
    Person,
    Role,
    Series,
    Target,
)
from publish.transform import transform
from publish.transform.matter import add_back_matter, add_front_matter
from publish.walk import chapter_inlines, own_inlines, plain_text
from tests.trees import METADATA, book, chapter, paragraph, read


def line(words: str, name: str) -> Paragraph:
    return Paragraph((Generated(words),), 0, Attributes(classes=(name,)))


def page(role: Role) -> Chapter:
    return replace(chapter(paragraph("x")), role=role, matter=Matter.FRONT)


def roles(after: Book) -> list[Role]:
    return [one.role for one in after.chapters]


def test_a_bare_book_gets_a_title_page_and_contents() -> None:
    before = book(chapter(paragraph("It burned.")))

    after = add_front_matter(before)

    title = Heading(1, (Generated("The Lamp"),), 0, Attributes(classes=("title",)))
    contents = Heading(1, (Generated("Contents"),), 0)
    title_page, contents_page, one = after.chapters
    assert (title_page.role, title_page.blocks) == (Role.TITLE_PAGE, (title,))
    assert contents_page.blocks == (contents, Contents())
    assert one == before.chapters[0]
    for made in (title_page, contents_page):
        assert made.generated
        assert not made.numbered
        assert made.matter is Matter.FRONT


def test_the_made_pages_say_what_the_data_says() -> None:
    people = (Person("Ada Bell"), Person("Bo", "trl"), Person("Cy"))
    data = replace(
        METADATA,
        subtitle="A Year",
        people=people,
        publisher="North",
        rights="© Ada Bell",
        published="1865",
    )

    title_page, copyright_page, *_ = add_front_matter(
        replace(book(chapter()), metadata=data)
    ).chapters

    assert title_page.blocks[1:] == (
        replace(
            line("A Year", "subtitle"),
            attributes=Attributes(
                classes=("subtitle",), rest=(("role", "doc-subtitle"),)
            ),
        ),
        line("Ada Bell", "author"),
        line("Cy", "author"),
        line("Translated by Bo", "contributor"),
        line("North", "publisher"),
    )
    lines = (line("© Ada Bell", "rights"), line("North, 1865", "imprint"))
    colophon = Element("div", lines, 0, Attributes(classes=("colophon",)))
    assert copyright_page.blocks == (colophon,)


def lines_of(data: Metadata, *editions: Edition) -> list[list[str]]:
    """The lines of the title page below the title, and of the copyright page."""
    before = replace(book(chapter()), metadata=data, editions=editions)
    title_page, copyright_page, *_ = add_front_matter(before).chapters
    below = [words for words in written(title_page) if words != data.title]
    made = copyright_page.role is Role.COPYRIGHT_PAGE
    return [below, written(copyright_page) if made else []]


def written(page: Chapter) -> list[str]:
    return [
        inline.value
        for inline in chapter_inlines(page)
        if isinstance(inline, Generated)
    ]


def test_everybody_who_made_the_book_is_named_with_what_they_did() -> None:
    people = (
        Person("Bo", "trl"),
        Person("Ada"),
        Person("Di", "ill"),
        Person("Cy", "trl"),
        Person("Eve", "cov"),
        Person("Flo", "dnc"),
    )

    assert lines_of(replace(METADATA, people=people)) == [
        [
            "Ada",
            "Translated by Bo, Cy",
            "Illustrated by Di",
            "With contributions by Flo",
        ],
        ["Cover by Eve"],
    ]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr-CA", "Traduit par Bo, Cy"),
        ("fa", "مترجم: Bo، Cy"),
        ("zh-TW", "Bo、Cy 譯"),
        ("tlh", "Translated by Bo, Cy"),
    ],
)
def test_people_are_named_in_the_books_language(language: str, words: str) -> None:
    people = (Person("Bo", "trl"), Person("Cy", "trl"))
    data = replace(METADATA, language=language, people=people)

    assert lines_of(data)[0] == [words]


def test_a_publisher_among_the_people_is_not_named_twice() -> None:
    data = replace(METADATA, publisher="North", people=(Person("North", "pbl"),))

    assert lines_of(data) == [["North"], ["North"]]


@pytest.mark.parametrize(
    ("series", "words"),
    [(Series("Lights", "2"), "Lights · 2"), (Series("Lights"), "Lights")],
)
def test_the_series_stands_on_the_title_page(series: Series, words: str) -> None:
    assert lines_of(replace(METADATA, series=series)) == [[words], []]


@pytest.mark.parametrize("date", ["1865", "1865-05", "1865-05-17"])
def test_the_copyright_page_says_the_year(date: str) -> None:
    data = replace(METADATA, publisher="North", published=date)

    assert lines_of(data)[1] == ["North, 1865"]


@pytest.mark.parametrize(
    ("language", "words"), [("fa", "North، ۱۸۶۵"), ("ar", "North، ١٨٦٥")]
)
def test_the_copyright_page_counts_as_the_book_does(language: str, words: str) -> None:
    data = replace(METADATA, publisher="North", published="1865", language=language)

    assert lines_of(data)[1] == [words]


def test_the_copyright_page_has_every_isbn_and_whose_it_is() -> None:
    one, two = "9780306406157", "9780804429573"
    editions = (
        Edition("ebook", Format.EPUB, isbn=one, isbn_words="978-0-306-40615-7"),
        Edition("print", Format.PDF),
        Edition("large-print", Format.PDF, isbn=two),
        Edition("kindle", Format.EPUB, isbn=one),
    )

    assert lines_of(METADATA, *editions)[1] == [
        "ISBN 978-0-306-40615-7 (ebook)",
        "ISBN 9780804429573 (large print)",
        "ISBN 9780306406157 (kindle, EPUB)",
    ]


@pytest.mark.parametrize(
    ("language", "title"), [("de", "Inhalt"), ("fa", "فهرست"), ("fr-CA", "Table")]
)
def test_the_made_pages_speak_the_books_language(language: str, title: str) -> None:
    before = replace(book(chapter()), metadata=replace(METADATA, language=language))

    made = add_front_matter(before).chapters[1]

    assert made.language == language
    assert made.title.startswith(title)


@pytest.mark.parametrize("role", [Role.TITLE_PAGE, Role.CONTENTS])
def test_a_page_that_the_author_wrote_replaces_the_made_one(role: Role) -> None:
    own = page(role)

    after = add_front_matter(book(own, chapter()))

    assert [one for one in after.chapters if one.role is role] == [own]
    assert len(after.chapters) == 3


def test_front_matter_stands_in_the_conventional_order() -> None:
    written = [
        Role.PREFACE,
        Role.EPIGRAPH,
        Role.FOREWORD,
        Role.COPYRIGHT_PAGE,
        Role.HALF_TITLE,
        Role.DEDICATION,
    ]

    after = add_front_matter(book(*map(page, written), chapter()))

    assert roles(after) == [
        Role.HALF_TITLE,
        Role.TITLE_PAGE,
        Role.COPYRIGHT_PAGE,
        Role.DEDICATION,
        Role.EPIGRAPH,
        Role.CONTENTS,
        Role.PREFACE,
        Role.FOREWORD,
        Role.CHAPTER,
    ]


def test_body_and_back_keep_the_authors_order() -> None:
    chapters = [
        replace(chapter(), role=role, matter=matter)
        for role, matter in [
            (Role.EPIGRAPH, Matter.BODY),
            (Role.CHAPTER, Matter.BODY),
            (Role.COLOPHON, Matter.BACK),
            (Role.APPENDIX, Matter.BACK),
        ]
    ]

    after = add_front_matter(book(*chapters))

    assert after.chapters[2:] == tuple(chapters)


DATA = replace(
    METADATA,
    series=Series("Lights", "2"),
    also_by=("The Storm", "The Well"),
    about="Ada Bell\nkeeps a lamp.\n\nOn a rock.",
)
EVERY = (
    Role.HALF_TITLE,
    Role.SERIES_PAGE,
    Role.ALSO_BY,
    Role.TITLE_PAGE,
    Role.CONTENTS,
    Role.FIGURES,
    Role.TABLES,
    Role.LISTINGS,
    Role.CONTRIBUTORS,
)


def test_a_book_gets_the_pages_that_it_wants_in_their_order() -> None:
    before = replace(book(chapter(paragraph("x"))), metadata=DATA, made=EVERY)

    after = add_back_matter(add_front_matter(before))

    assert roles(after) == [*EVERY[:-1], Role.CHAPTER, Role.CONTRIBUTORS]


def test_a_page_that_is_not_wanted_is_not_made() -> None:
    before = replace(book(chapter(paragraph("x"))), metadata=DATA, made=())

    assert add_back_matter(add_front_matter(before)) == before


def test_other_books_and_the_author_have_their_pages_without_being_asked_for() -> None:
    before = replace(book(chapter(paragraph("x"))), metadata=DATA)

    after = add_back_matter(add_front_matter(before))

    also_by, *_, about = after.chapters
    assert [plain_text(own_inlines(block)) for block in also_by.blocks] == [
        "By the same author",
        "The Storm",
        "The Well",
    ]
    assert [plain_text(own_inlines(block)) for block in about.blocks] == [
        "About the author",
        "Ada Bell keeps a lamp.",
        "On a rock.",
    ]
    assert about.matter is Matter.BACK


def test_the_author_stands_before_the_colophon_and_gives_way_to_a_file() -> None:
    colophon = replace(chapter(paragraph("x")), role=Role.COLOPHON)
    own = replace(chapter(paragraph("x")), role=Role.CONTRIBUTORS)
    made = replace(book(colophon), metadata=DATA)

    assert roles(add_back_matter(made)) == [Role.CONTRIBUTORS, Role.COLOPHON]
    assert add_back_matter(replace(made, chapters=(own,))).chapters == (own,)


def test_a_list_of_what_there_is_none_of_is_not_made() -> None:
    lists = (Role.FIGURES, Role.TABLES, Role.LISTINGS)
    text = "# A\n\n| a |\n|---|\n| b |\n\n: Oil {#tbl-oil}\n"

    after = transform(replace(read({"1.md": text}), made=lists))

    listed, one = after.chapters
    assert (listed.role, listed.title) == (Role.TABLES, "List of tables")
    target = Target(one.name, "tbl-oil")
    assert listed.blocks[1] == Contents((Entry("Oil", "1", target),), Listed.TABLES)
