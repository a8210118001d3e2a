"""The table of contents, as nav, NCX, outline and the printed page share it."""

from dataclasses import replace

from publish.model import (
    Book,
    Chapter,
    Contents,
    Element,
    Entry,
    Heading,
    LineBreak,
    Role,
    Target,
    Text,
)
from publish.transform.contents import LONGEST_PAGE, add_contents
from publish.transform.matter import add_front_matter
from tests.trees import book, chapter, heading, paragraph

Tree = list[tuple[str, "Tree"]]


def titled(name: str, depth: int = 0, role: Role = Role.CHAPTER) -> Chapter:
    made = chapter(heading(1, name, name.lower()), name=name.lower())
    return replace(made, title=name, depth=depth, role=role)


def tree(entries: tuple[Entry, ...]) -> Tree:
    return [(entry.title, tree(entry.children)) for entry in entries]


def page(after: Book) -> tuple[Entry, ...]:
    """What the page of contents shows."""
    (made,) = [c for c in after.chapters if c.role is Role.CONTENTS]
    (contents,) = [b for b in made.blocks if isinstance(b, Contents)]
    return contents.entries


def test_sections_stand_below_their_chapter() -> None:
    one = titled("One")
    numbered = heading(2, "Oil", "oil", number="1.1")
    blocks = (*one.blocks, numbered, heading(3, "Deep", "deep"), paragraph("words"))

    after = add_contents(book(replace(one, blocks=blocks, number="1")))

    section = Entry("Oil", "1.1", Target("one", "oil"))
    assert after.contents == (Entry("One", "1", Target("one"), (section,)),)


def test_chapters_stand_below_parts_and_other_chapters() -> None:
    chapters = [
        titled("Preface", role=Role.PREFACE),
        titled("Winter", role=Role.PART),
        titled("A", 1),
        titled("B", 2),
        titled("C", 1),
        titled("Summer", role=Role.PART),
        titled("D", 2),
        titled("End"),
    ]

    after = add_contents(book(*chapters))

    assert tree(after.contents) == [
        ("Preface", []),
        ("Winter", [("A", [("B", [])]), ("C", [])]),
        ("Summer", [("D", [])]),
        ("End", []),
    ]


def test_a_section_stands_beside_the_chapters_below_its_chapter() -> None:
    upper = titled("A")
    upper = replace(upper, blocks=(*upper.blocks, heading(2, "Oil")))

    after = add_contents(book(upper, titled("B", 1)))

    assert tree(after.contents) == [("A", [("Oil", []), ("B", [])])]


def test_pages_that_a_reader_meets_anyway_are_left_out() -> None:
    unlisted = [
        titled("X", role=role)
        for role in [
            Role.HALF_TITLE,
            Role.FRONTISPIECE,
            Role.SERIES_PAGE,
            Role.TITLE_PAGE,
            Role.COPYRIGHT_PAGE,
            Role.DEDICATION,
            Role.EPIGRAPH,
            Role.CONTENTS,
        ]
    ]

    after = add_contents(book(*unlisted, titled("A")))

    assert tree(after.contents) == [("A", [])]


def test_a_book_of_nothing_but_such_pages_lists_them() -> None:
    # An EPUB without any entry in its contents is not valid.
    after = add_contents(book(titled("For Bo", role=Role.DEDICATION)))

    assert tree(after.contents) == [("For Bo", [])]


def test_a_heading_is_listed_by_its_words() -> None:
    words = (Text("Oil "), LineBreak(), Text("and\nwicks"))
    blocks = (Heading(2, words, 1), Heading(2, (), 2))
    one = replace(titled("One"), blocks=blocks)

    after = add_contents(book(one))

    assert tree(after.contents) == [("One", [("Oil and wicks", [])])]


def test_the_page_of_contents_is_filled_wherever_its_author_put_it() -> None:
    inside = Element("div", (Contents(),), 1)
    own = replace(titled("Contents", role=Role.CONTENTS), blocks=(inside,))

    after = add_contents(book(own, titled("A")))

    entries = (Entry("A", "", Target("a")),)
    blocks = (Element("div", (Contents(entries),), 1),)
    filled = replace(own, blocks=blocks, paged=True)
    assert after == replace(book(filled, titled("A")), contents=entries)


def test_a_long_page_of_contents_leaves_sections_out_and_the_navigation_does_not() -> (
    None
):
    one = titled("One")
    sections = tuple(heading(2, str(n)) for n in range(LONGEST_PAGE - 1))
    fits = add_front_matter(book(replace(one, blocks=(*one.blocks, *sections))))
    more = replace(one, blocks=(*one.blocks, *sections, heading(2, "last")))
    too_long = add_front_matter(book(more))

    short, long = add_contents(fits), add_contents(too_long)

    assert page(short) == short.contents
    assert tree(page(long)) == [("One", [])]
    assert len(long.contents[0].children) == LONGEST_PAGE
