"""The index: its entries, their order, and the pages that are printed behind them."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from publish.check_book import check_book
from publish.check_letters import letters_of
from publish.epub import render_epub
from publish.language import alphabet
from publish.model import (
    Book,
    Chapter,
    Edition,
    Format,
    Index,
    IndexEntry,
    IndexMark,
    Matter,
    NotePlace,
    Numbering,
    Paragraph,
    Role,
)
from publish.pdf import render_pdf
from publish.problems import Severity
from publish.style import Opening, Style, load_style
from publish.transform import transform
from publish.transform.edition import for_edition
from publish.transform.settle_marks import settle_marks
from publish.walk import chapter_blocks, chapter_inlines, plain_text, walk_blocks
from tests.leaves import links
from tests.test_epub import tree
from tests.test_openings import labels
from tests.test_pdf import PRINT, opened, pages
from tests.trees import CHAPTERS, METADATA, SECTIONS, book, read, read_one

WORDS = "The lamp was trimmed and the night was long and nobody came to the door. "
LINES = Numbering()


@pytest.fixture(scope="module")
def style() -> Style:
    return load_style("classic")


def made(
    files: dict[str, str] | str, language: str = "en", numbering: Numbering = LINES
) -> Book:
    given = {"one.md": f"# One\n\n{files}\n"} if isinstance(files, str) else files
    parsed = read(given, replace(METADATA, language=language))
    return transform(replace(parsed, numbering=numbering))


def indexes(after: Book) -> Iterator[tuple[Chapter, Index]]:
    for chapter in after.chapters:
        for block in walk_blocks(chapter.blocks):
            if isinstance(block, Index):
                yield chapter, block


def lines(after: Book) -> list[str]:
    """The index as an e-reader has it, a line each, with a letter before each group."""
    ((_, index),) = indexes(after)
    return [
        line
        for group in index.groups
        for line in (
            *([f"[{group.letter}]"] if group.letter else []),
            *(line for entry in group.entries for line in _lines(entry, "")),
        )
    ]


def _lines(entry: IndexEntry, indent: str) -> Iterator[str]:
    parts = [plain_text(entry.words)]
    parts += [
        f"{p.section}–{p.end_section}" if p.end else p.section for p in entry.places
    ]
    parts += [f"see {other.words}" for other in entry.see]
    parts += [f"see also {other.words}" for other in entry.see_also]
    yield indent + ", ".join(parts)
    for child in entry.children:
        yield from _lines(child, indent + "  ")


def said(after: Book) -> list[tuple[int, str]]:
    return [(problem.at.line, problem.code) for problem in check_book(after)]


def test_marked_words_are_entries() -> None:
    after = made("The [wick]{.index} burns [dark\noil]{.index}.")

    assert lines(after) == ["dark oil, One", "wick, One"]


def test_an_entry_has_levels() -> None:
    after = made('[x]{.index entry="Lamp!wick!of cotton"} [y]{.index entry="Lamp"}')

    assert lines(after) == ["[L]", "Lamp, One", "  wick", "    of cotton, One"]


def test_one_place_has_several_entries() -> None:
    after = made('[x]{.index entry="oil; Lamp!oil"}')

    assert lines(after) == ["Lamp", "  oil, One", "oil, One"]


def test_a_backslash_makes_a_sign_of_an_entry_a_letter() -> None:
    after = made(r'[x]{.index entry="Help\!; this\; that"}')

    assert lines(after) == ["Help!, One", "this; that, One"]


def test_an_entry_is_said_with_the_italics_of_its_first_words() -> None:
    after = made("[*Nature*, a [paper](https://a.org)]{.index}")

    ((_, index),) = indexes(after)
    (entry,) = index.groups[0].entries
    assert [type(inline).__name__ for inline in entry.words] == [
        "Emphasis",
        "Generated",
        "Generated",
    ]
    assert plain_text(entry.words) == "Nature, a paper"


def test_see_and_see_also_lead_to_entries_and_mark_no_place() -> None:
    after = made(
        '[lamp]{.index} []{.index entry="lantern" see="lamp"}'
        '[]{.index entry="lamp" see-also="oil!of whales; candle"}'
        '[a]{.index entry="oil!of whales; candle"}'
    )

    assert lines(after) == [
        "candle, One",
        "lamp, One, see also candle, see also oil, of whales",
        "lantern, see lamp",
        "oil",
        "  of whales, One",
    ]
    assert said(after) == []


def test_a_range_has_two_ends() -> None:
    after = made(
        {
            "1.md": '# One\n\n[]{.index entry="storm" range="start"}It came.\n',
            "2.md": '# Two\n\nIt went.[]{.index entry="storm" range="end"}\n',
        }
    )

    assert lines(after) == ["storm, One–Two"]
    assert said(after) == []


def test_places_are_named_by_the_number_of_their_section_if_it_has_one() -> None:
    text = "# A\n\n[a]{.index}\n\n## B\n\n[b]{.index}\n\n## C {-}\n\n[c]{.index}\n"

    numbered = made({"1.md": text}, numbering=SECTIONS)
    plain = made({"1.md": text})

    assert lines(numbered) == ["a, §\u202f1", "b, §\u202f1.1", "c, §\u202f1"]
    assert lines(plain) == ["a, A", "b, B", "c, C"]


def test_the_index_stands_before_colophon_and_authors() -> None:
    files = {
        "1.md": "# One\n\n[a]{.index}\n",
        "2.md": "# Notes\n",
        "3.md": "# Bo\n",
        "4.md": "# Type\n",
    }
    parsed = read(files)
    roles = [Role.CHAPTER, Role.APPENDIX, Role.CONTRIBUTORS, Role.COLOPHON]
    chapters = (
        replace(chapter, role=role)
        for chapter, role in zip(parsed.chapters, roles, strict=True)
    )

    after = transform(replace(parsed, chapters=tuple(chapters)))

    assert [c.title for c in after.chapters][-5:] == [
        "One",
        "Notes",
        "Index",
        "Bo",
        "Type",
    ]


def test_no_mark_no_index() -> None:
    assert not list(indexes(made("The wick.")))


def test_an_index_stands_where_its_author_puts_it() -> None:
    files = {
        "1.md": "# One\n\n[a]{.index}\n",
        "2.md": "::: index\n:::\n",
        "3.md": "# Three\n\n[b]{.index}\n",
    }

    after = made(files)

    ((chapter, index),) = indexes(after)
    assert (chapter.source, chapter.title) == ("2.md", "Index")
    assert (chapter.role, chapter.matter) == (Role.INDEX, Matter.BACK)
    assert lines(after) == ["a, One", "b, Three"]
    assert not index.title


def test_words_above_an_index_belong_to_it() -> None:
    files = {
        "1.md": "# One\n\n[a]{.index}\n",
        "2.md": "# Index\n\nNumbers in bold lead to pictures.\n\n::: index\n:::\n",
    }

    ((chapter, index),) = indexes(made(files))

    assert (chapter.role, chapter.matter) == (Role.INDEX, Matter.BACK)
    assert not index.title


def test_an_index_ends_its_chapter() -> None:
    files = {
        "1.md": "# One\n\n[a]{.index}\n",
        "2.md": "# Two\n\n::: index\n:::\n\nMore.\n",
    }

    after = made(files)

    ((chapter, index),) = indexes(after)
    assert chapter.role is Role.CHAPTER
    assert chapter.blocks[-1] is index
    assert index.title == "Index"


def test_a_division_with_words_is_no_place_for_the_index() -> None:
    after = made("::: index\nlamp, 12\n:::\n")

    assert not list(indexes(after))


def test_an_index_of_the_author_s_own_is_kept_and_marks_are_reported() -> None:
    parsed = read({"1.md": "# One\n\n[a]{.index}\n", "2.md": "# Index\n\na, 1\n"})
    one, two = parsed.chapters

    after = transform(replace(parsed, chapters=(one, replace(two, role=Role.INDEX))))

    assert not list(indexes(after))
    assert said(after) == [(3, "own-index")]


def test_letters_stand_over_long_groups_only() -> None:
    few, many = (
        made("[a]{.index} [b]{.index}"),
        made("[a]{.index} [ab]{.index} [ac]{.index}"),
    )

    assert lines(few) == ["a, One", "b, One"]
    assert lines(many)[0] == "[A]"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", "a z å ä ö"),
        ("de", "a ä b z"),
        ("es", "nube nz ñandú o"),
        ("fa", "آب ب پ ت ک گ ی"),
        ("ar", "أحمد باب تاء"),
        ("he", "א ב ג"),
        ("ja", "アイス あき かき きず"),
        ("cs", "cibule hora chata"),
    ],
)
def test_words_are_sorted_as_their_language_sorts_them(
    language: str, words: str
) -> None:
    given = words.split()

    after = made(" ".join(f"[{word}]{{.index}}" for word in given[::-1]), language)

    found = [line.partition(", ")[0] for line in lines(after)]
    assert [word for word in found if word[0] != "["] == given


def test_words_are_sorted_word_by_word_without_signs() -> None:
    words = [
        "3D",
        "20 men",
        "co-op",
        "coop",
        "New",
        "New (town)",
        "New, Zoe",
        "new age",
        "New York",
        "Newark",
        "“Quote”",
        "resume",
        "résumé",
    ]
    order = alphabet("en")

    assert sorted({*words}, key=lambda w: (order.key(w), w)) == words


@pytest.mark.parametrize(
    ("language", "word", "letter"),
    [
        ("en", "Élan", "E"),
        ("en", "“Quote”", "Q"),
        ("en", "12", ""),
        ("sv", "ö", "Ö"),
        ("fa", "پدر", "پ"),
        ("he", "lamp", "L"),
        ("ja", "ガス", "か"),
    ],
)
def test_words_stand_under_their_letter(language: str, word: str, letter: str) -> None:
    assert alphabet(language).letter(word) == letter


def test_sort_decides_for_the_last_levels() -> None:
    after = made(
        '[α]{.index sort="alpha"} [b]{.index} [x]{.index entry="a!1" sort="z!1"}'
    )

    assert lines(after) == ["α, One", "b, One", "a", "  1, One"]


FAULTS = [
    ('[a]{.index range="start"}', [(3, "open-range")]),
    ('[a]{.index range="end"}', [(3, "open-range")]),
    (
        '[a]{.index range="start"} [a]{.index range="start"} [a]{.index range="end"}',
        [(3, "open-range")],
    ),
    ('[a]{.index}\n[b]{.index see="c"}', [(4, "dead-see")]),
    ('[a]{.index}\n[]{.index entry="a" see-also="A!b"}', [(4, "dead-see")]),
    ('[a]{.index see="a"}', [(3, "dead-see")]),
    ('[a]{.index see="b"} [a b]{.index entry="a; b"}', [(3, "see-with-pages")]),
    ("[]{.index}", [(3, "no-entry")]),
    ("[Lamp]{.index} and\n[lamp]{.index}", [(4, "near-entry")]),
]


@pytest.mark.parametrize(("text", "found"), FAULTS)
def test_what_is_wrong_with_a_mark_is_said(
    text: str, found: list[tuple[int, str]]
) -> None:
    assert said(made(text)) == found


def test_a_guess_is_made_where_see_leads_nowhere() -> None:
    after = made('[x]{.index entry="Lamp!wick"} [b]{.index see="Lamp!wicks"}')

    assert [(p.hint, p.severity) for p in check_book(after)] == [
        ('did you mean see="Lamp!wick"?', Severity.ERROR)
    ]


def test_what_stands_with_the_index_is_not_in_it() -> None:
    files = {
        "1.md": "# One\n\n[a]{.index}\n",
        "2.md": "# Two\n\n[b]{.index}\n\n::: index\n:::\n",
    }

    after = made(files)

    assert lines(after) == ["a, One"]
    assert said(after) == [(3, "mark-in-index")]


def test_an_index_of_nothing_is_reported() -> None:
    assert said(made("::: index\n:::")) == [(0, "empty-list")]


def settled(text: str) -> list[str]:
    """The words of the marks, each a line; a line without any is the mark's alone."""
    after = settle_marks(book(read_one(text)))
    found = chapter_inlines(after.chapters[0])
    return [plain_text(i.children) for i in found if isinstance(i, IndexMark)]


def test_a_mark_between_words_takes_the_word_behind_it() -> None:
    assert settled("the []{.index entry=a}lamp, lit") == ["lamp,"]
    assert settled("[]{.index entry=a}[]{.index entry=b}lamp") == ["lamp", "lamp"]
    assert settled("[]{.index entry=a}*dark oil* x") == ["dark oil"]
    assert settled("lamp[]{.index entry=a} lit") == [""]
    assert settled("lamp []{.index entry=a range=end}lit") == [""]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("[]{.index entry=a}\n\n# Two", 1),
        ("one\n\n[]{.index entry=a range=end}\n\ntwo", 2),
        ("one\n\n[]{.index entry=a}\n\n| a |\n|---|\n| b |", 2),
        ("[]{.index entry=a}\n\n- one\n- two", 1),
        ("> []{.index entry=a}\n>\n> one", 1),
        ("one\n\n[]{.index entry=a}", 1),
        ("one\n\n| a |\n|---|\n| b |\n\n[]{.index entry=c see=a}\n", 2),
        ("- one\n\n  []{.index entry=a}\n\n[]{.index entry=c see-also=b}\n", 1),
    ],
)
def test_a_mark_alone_in_a_paragraph_makes_none(text: str, count: int) -> None:
    after = settle_marks(book(read_one(text)))

    assert len(after.chapters[0].blocks) == count
    paragraphs = [
        b for b in chapter_blocks(after.chapters[0]) if isinstance(b, Paragraph)
    ]
    assert all(plain_text(p.children) for p in paragraphs)
    marks = [i for i in chapter_inlines(after.chapters[0]) if isinstance(i, IndexMark)]
    assert len(marks) == text.count(".index")


def test_the_epub_says_what_an_index_is_made_of(style: Style) -> None:
    after = made(
        {
            "1.md": '# One\n\n[a]{.index .main} [b]{.index see="a"}\n'
            '[]{.index entry="c" range="start"}\n',
            "2.md": '# Two\n\nc[]{.index entry="c" range="end"}\n',
        }
    )
    data = render_epub(after, Edition("ebook", Format.EPUB), style).data

    index = tree(data, "text/05-index.xhtml")

    kind = "{http://www.idpf.org/2007/ops}type"
    kinds = [e.get(kind) for e in index.iter() if e.get(kind)]
    assert kinds.count("index-entry") == kinds.count("index-term") == 3
    assert kinds.count("index-locator") == 3
    assert {"index", "index-group", "index-entry-list", "index-locator-range"} <= {
        *kinds
    }
    assert "index-xref-preferred" in kinds
    links = [(e.get("href"), e.text) for e in index.iter() if e.tag.endswith("}a")]
    assert links == [
        ("03-one.xhtml#index-1", "One"),
        ("#entry-1", "a"),
        ("03-one.xhtml#index-2", "One"),
        ("04-two.xhtml#index-3", "Two"),
    ]
    landmarks = tree(data, "nav.xhtml")
    assert ("index", "text/05-index.xhtml") in [
        (e.get(kind), e.get("href")) for e in landmarks.iter()
    ]


_LABEL = r"(?:[ivxlc]+|[\d–]+)"


def test_an_e_reader_is_led_to_every_heading_that_an_entry_stands_under(
    style: Style,
) -> None:
    text = (
        "# One\n\n[a]{.index} [a]{.index}\n\n## B\n\n[a]{.index} [a]{.index .main}"
        "\n\n## C\n\n[a]{.index}\n"
    )
    files = {"1.md": text, "2.md": "# Two\n\n[a]{.index}\n"}
    after = made(files, numbering=CHAPTERS)
    data = render_epub(after, Edition("ebook", Format.EPUB), style).data

    index = tree(data, "text/05-index.xhtml")

    (entry,) = [e for e in index.iter() if e.get("class") == "index-entry"]
    assert "".join(entry.itertext()) == "a, §\u202f1 (2, 3), §\u202f2"
    links = [(e.get("href"), e.get("class")) for e in entry.iter() if e.get("href")]
    assert links == [
        ("03-one.xhtml#index-1", None),
        ("03-one.xhtml#index-4", "main"),
        ("03-one.xhtml#index-5", None),
        ("04-two.xhtml#index-6", None),
    ]


def printed(texts: list[str]) -> dict[str, list[str]]:
    """What stands behind each of the test's own words in an index."""
    found = re.findall(rf"(z[a-z]{{3}}z)((?:, {_LABEL})+)", " ".join(texts))
    return {word: numbers.split(", ")[1:] for word, numbers in found}


def test_the_numbers_are_those_of_the_pages_where_the_words_stand(
    style: Style,
) -> None:
    names = [f"z{chr(97 + n)}{chr(110 - n)}{chr(100 + n)}z" for n in range(12)]
    files = {
        f"{c}.md": f"# Chapter {c}\n\n"
        + "\n\n".join(
            f"{WORDS * (3 + n)} [{name}]{{.index}} {WORDS * 2}"
            + (f'[]{{.index entry="{name}"}}{name} {WORDS}' if n % 3 else "")
            for n, name in enumerate(names[c:] + names[:c])
        )
        for c in range(1, 5)
    }
    parsed = read(files)
    first, *rest = parsed.chapters
    preface = replace(first, role=Role.PREFACE, matter=Matter.FRONT)

    artifact = render_pdf(
        transform(replace(parsed, chapters=(preface, *rest))), PRINT, style
    )

    assert artifact.problems == ()
    names_of, texts = labels(artifact), pages(artifact)
    index = next(n for n, text in enumerate(texts) if text.startswith("Index"))
    shown = printed(texts[index:])
    for name in names:
        stands = [
            names_of[n] for n, text in enumerate(texts[:index]) if name in text.split()
        ]
        assert shown[name] == stands, name
    assert any(label.isalpha() for numbers in shown.values() for label in numbers)


def test_places_on_one_page_are_one_number_and_ranges_take_in_what_is_in_them(
    style: Style,
) -> None:
    filler = f"\n\n{WORDS * 90}\n\n"
    text = (
        "# One\n\n[zaaaz]{.index} [zaaaz]{.index}"
        ' []{.index entry="zbbbz" range="start"}b'
        ' []{.index entry="zcccz" range="start"}c[]{.index entry="zcccz" range="end"}'
        f"{filler}[zbbbz]{{.index}} [zaaaz]{{.index}}{filler}"
        '[]{.index entry="zdddz; zaaaz" .main}d'
        'end[]{.index entry="zbbbz" range="end"}\n'
    )

    artifact = render_pdf(made({"1.md": text}), PRINT, style)

    assert artifact.problems == ()
    texts = pages(artifact)
    index = next(n for n, text in enumerate(texts) if text.startswith("Index"))
    one, two, three = (
        next(labels(artifact)[n] for n, t in enumerate(texts) if word in t.split())
        for word in ("b", "zbbbz", "dend")
    )
    assert int(one) < int(two) < int(three)
    assert printed(texts[index:]) == {
        "zaaaz": [one, two, three],
        "zbbbz": [f"{one}–{three}"],
        "zcccz": [one],
        "zdddz": [three],
    }


def test_numbers_lead_to_their_pages(style: Style) -> None:
    files = {
        "1.md": f"# One\n\n{WORDS * 90}\n\n[a]{{.index}}\n",
        "2.md": '# Two\n\n[b]{.index see="a"}\n',
    }

    artifact = render_pdf(made(files), PRINT, style)

    with opened(artifact) as pdf:
        led_to = [(words, place[0]) for _, words, place in links(pdf)[-1]]
    label, page = led_to[0]
    assert labels(artifact)[int(page)] == label
    assert led_to[1] == ("a", artifact.pages - 1)


def swinging(entries: int) -> Book:
    """An index in front of the page that all its entries lead to. On page viii they
    take two lines each, which moves it to ix; with that they take one."""
    words = "keeper of the harbour lights and th"
    letters = [f"{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(entries)]
    marks = "".join(f'[]{{.index entry="{words} {name}"}}' for name in letters)
    files = {f"a{n}.md": f"# Before {n}\n\n{WORDS}" for n in range(4)}
    files["index.md"] = "# Index\n\n::: index\n:::\n"
    files["preface.md"] = f"# Preface\n\n{marks}{WORDS}"
    front = tuple(
        replace(chapter, role=Role.PREFACE, matter=Matter.FRONT)
        for chapter in read(files).chapters
    )
    body = read({"z.md": f"# Chapter\n\n{WORDS}"})
    return transform(replace(body, chapters=(*front, *body.chapters)))


def test_an_index_that_swings_comes_to_rest_and_is_right(style: Style) -> None:
    artifact = render_pdf(swinging(50), PRINT, replace(style, opening=Opening.PAGE))

    texts = pages(artifact)
    preface = next(n for n, text in enumerate(texts) if text.startswith("Preface"))
    index = next(n for n, text in enumerate(texts) if text.startswith("Index"))
    label = labels(artifact)[preface]
    assert label == "ix"
    assert re.findall(r"th [a-z]{2}, ([ivx]+)", texts[index]) == [label] * 50
    # It keeps the page that it once needed.
    assert preface == index + 2


def test_the_letters_of_an_entry_are_wanted_of_the_fonts() -> None:
    assert "λ" in letters_of(made('[x]{.index entry="λόγος"}'))


@pytest.mark.parametrize("where", NotePlace)
def test_a_mark_in_a_note_is_found_wherever_the_notes_stand(
    style: Style, where: NotePlace
) -> None:
    files = {
        f"{n}.md": f"# Chapter {n}\n\n{WORDS}[^a]\n\n{WORDS * 60}\n\n"
        f"[^a]: The [zaaaz]{{.index}} of chapter {n}.\n"
        for n in (1, 2)
    }
    edition = replace(PRINT, notes=where)

    artifact = render_pdf(for_edition(made(files), edition), edition, style)

    assert artifact.problems == ()
    texts = pages(artifact)
    index = next(n for n, text in enumerate(texts) if text.startswith("Index"))
    stands = [n for n, text in enumerate(texts[:index]) if "zaaaz" in text.split()]
    assert printed(texts[index:]) == {"zaaaz": [labels(artifact)[n] for n in stands]}
    assert len(stands) == (1 if where is NotePlace.BOOK else 2)


EBOOK = Edition("ebook", Format.EPUB)
BOTH = (EBOOK, PRINT)


def test_an_edition_lists_the_marks_that_stand_in_it() -> None:
    some = "[a]{.index} and [b]{.index only=print}"
    none = "[b]{.index only=print}"
    books = [
        transform(replace(read({"1.md": f"# One\n\n{text}\n"}), editions=BOTH))
        for text in (some, none)
    ]

    assert lines(for_edition(books[0], PRINT)) == ["a, One", "b, One"]
    assert lines(for_edition(books[0], EBOOK)) == ["a, One"]
    assert lines(for_edition(books[1], PRINT)) == ["b, One"]
    assert not list(indexes(for_edition(books[1], EBOOK)))
