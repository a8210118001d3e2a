"""Citations and bibliographies. Most are pairs in tests/cases/citations.md: the style
and what is shown, Markdown, and what becomes of it."""

import io
import json
import re
import sys
import zipfile
from dataclasses import replace
from html import unescape
from pathlib import Path
from time import monotonic

import pikepdf
import pytest
from markdown_it.utils import read_fixture_file

from publish.citations import cite_sources
from publish.manuscript import Citing, read_manuscript
from publish.model import (
    Bibliography,
    Book,
    Chapter,
    Inline,
    Link,
    Matter,
    Role,
    SourceLists,
    Text,
)
from publish.pipeline import build
from publish.problems import Position, Problem, Severity
from publish.transform import transform
from publish.walk import chapter_blocks, chapter_inlines, plain_text
from publish.words import lost_in_tree
from publish.xhtml import blocks_xhtml
from tests.conftest import CASES, WriteBook
from tests.through import OUTPUT
from tests.trees import METADATA, read
from tests.trees import sources as sources_of

BIB = CASES / "citations.bib"
AT = Position(Path("book.toml"), 3)


def citing(*files: Path, **more: object) -> Citing:
    plain = Citing(files=tuple((file, AT) for file in files or (BIB,)), style_at=AT)
    return replace(plain, **more)  # type: ignore[arg-type]


def cited(
    markdown: str | dict[str, str], how: Citing, language: str = "en-GB"
) -> tuple[Book, list[Problem]]:
    """The book with its citations, and what there is to say of them."""
    metadata = replace(METADATA, language=language)
    book, problems = cite_sources(read(markdown, metadata), how)
    return transform(book), list(problems)


def shown(book: Book) -> str:
    """Text, notes and bibliography of a book of one chapter, as XHTML."""
    parts = []
    for chapter in book.chapters:
        if not chapter.generated or chapter.role is Role.BIBLIOGRAPHY:
            parts.append(blocks_xhtml(chapter.blocks, OUTPUT))
            parts += (
                f"<aside>{blocks_xhtml(note.children, OUTPUT)}</aside>"
                for note in chapter.notes
            )
    return "\n".join(parts)


def text_of(markdown: str, how: Citing | None = None, language: str = "en-GB") -> str:
    """The words of the first paragraph."""
    book, _ = cited(markdown, how or citing(), language)
    return words_of(book)


def words_of(book: Book) -> str:
    first = next(c for c in book.chapters if not c.generated)
    return plain_text(tuple(_own(first)))


def _own(chapter: Chapter) -> list[Inline]:
    return [i for b in chapter.blocks for i in getattr(b, "children", ())]


def entries(book: Book) -> list[str]:
    return [
        plain_text((*entry.label, Text(" "), *entry.children))
        for chapter in book.chapters
        for block in chapter_blocks(chapter)
        if isinstance(block, Bibliography)
        for entry in block.entries
    ]


def test_cases(request: pytest.FixtureRequest) -> None:
    path = CASES / "citations.md"
    ours = []

    for _, title, markdown, _ in read_fixture_file(path):
        style = title.partition(":")[0]
        book, _ = cited(markdown, citing(style=style))
        ours.append(f"{title}\n.\n{markdown}.\n{shown(book)}\n.\n")

    if request.config.getoption("--update-golden"):
        path.write_text("\n".join(ours), encoding="utf-8")
    assert "\n".join(ours) == path.read_text(encoding="utf-8")


def spec(citation: str, layout: str = "", kind: str = "in-text", more: str = "") -> str:
    """A style of CSL with these attributes and this layout of its citations."""
    return f"""<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="{kind}" version="1.0">
<info><title>t</title><id>t</id><updated>2020-01-01T00:00:00+00:00</updated></info>
{more}
<citation {citation}>{layout or LAYOUT}</citation>
<bibliography><sort><key variable="author"/><key variable="issued"/>
<key variable="title"/></sort>
<layout suffix="."><group delimiter=". "><names variable="author">
<name name-as-sort-order="all"/></names><text macro="year"/>
<text variable="title" font-variant="small-caps"/></group></layout></bibliography>
<macro name="year"><date variable="issued"><date-part name="year"/></date></macro>
</style>"""


LAYOUT = """<layout prefix="(" suffix=")" delimiter="; "><group delimiter=" ">
<names variable="author"><name form="short" and="text" initialize-with=". "/></names>
<text macro="year"/></group></layout>"""
PLACE = """<group delimiter=" "><label variable="locator" form="short"/>
<text variable="locator"/></group>"""

# From the specification of CSL 1.0.2: what a style says, what is cited, what comes out.
SPECIFIED = {
    "et-al-min and et-al-use-first": (
        spec('et-al-min="3" et-al-use-first="2"'),
        "[@four2019]",
        "(Doe, Roe, et al. 2019)",
    ),
    "fewer names than et-al-min are all there": (
        spec('et-al-min="5" et-al-use-first="1"'),
        "[@four2019]",
        "(Doe, Roe, Poe, and Cox 2019)",
    ),
    "disambiguate-add-year-suffix follows the list": (
        spec('disambiguate-add-year-suffix="true"'),
        "[@bell1904log] and [@bell1904]",
        "(Bell 1904b) and (Bell 1904a)",
    ),
    "without it nothing tells them apart": (
        spec(""),
        "[@bell1904log] and [@bell1904]",
        "(Bell 1904) and (Bell 1904)",
    ),
    "givenname-disambiguation-rule primary-name": (
        spec(
            'disambiguate-add-givenname="true"'
            ' givenname-disambiguation-rule="primary-name"'
        ),
        "[@bell1904; @bellb1920]",
        "(A. Bell 1904; B. Bell 1920)",
    ),
    "givenname-disambiguation-rule by-cite": (
        spec(
            'disambiguate-add-givenname="true" givenname-disambiguation-rule="by-cite"'
        ),
        "[@bell1904; @bellb1920]",
        "(Bell 1904; Bell 1920)",
    ),
    "disambiguate-add-names": (
        spec(
            'et-al-min="3" et-al-use-first="1" disambiguate-add-names="true"'
            ' disambiguate-add-year-suffix="true" disambiguate-add-givenname="true"'
        ),
        "[@trio1980; @trio1980b]",
        "(Fox, Elm, et al. 1980; Fox, Ash, et al. 1980)",
    ),
    "a place with spaces round its dash": (
        spec("", f'<layout delimiter="; ">{PLACE}</layout>'),
        "[@bell1911, pp. 100 - 103; @who, chap. 200 - 201]",
        "pp. 100–103; chs 200–201",
    ),
    "sort of the sources in one citation": (
        spec(
            "",
            f'<sort><key variable="issued" sort="descending"/></sort>{LAYOUT}',
        ),
        "[@two2018; @four2019; @bell1911]",
        "(Doe, Roe, Poe, and Cox 2019; Doe and Roe 2018; Bell 1911)",
    ),
    "collapse year": (
        spec('collapse="year"'),
        "[@bell1904; @bell1911; @two2018]",
        "(Bell 1904, 1911; Doe and Roe 2018)",
    ),
    "position first and subsequent": (
        spec(
            "",
            '<layout delimiter="; "><choose><if position="first">'
            '<text variable="title"/></if><else><text variable="title"'
            ' prefix="again "/></else></choose></layout>',
        ),
        "[@bell1911], [@who], [@bell1911]",
        "Beacons, Light, again Beacons",
    ),
    "position ibid and ibid-with-locator": (
        spec(
            "",
            '<layout><choose><if position="ibid-with-locator"><text value="ibid."/>'
            '<text variable="locator" prefix=" "/></if><else-if position="ibid">'
            '<text value="ibid."/></else-if><else><text variable="title"/>'
            '<text variable="locator" prefix=" "/></else></choose></layout>',
        ),
        "[@bell1911, 3], [@bell1911, 3], [@bell1911, 4], [@who], [@bell1911, 4]",
        "Beacons 3, ibid., ibid. 4, Light, Beacons 4",
    ),
    "label of a locator, plural where there are several": (
        spec("", f'<layout delimiter="; ">{PLACE}</layout>'),
        "[@bell1911, 3], [@bell1911, 3-4], [@bell1911, chap. 3], [@who, figs. 1, 2]",
        "p. 3, pp. 3–4, ch. 3, figs 1, 2",
    ),
    "a label only for what is no page": (
        spec(
            "",
            '<layout><choose><if locator="page"><text variable="locator"/></if>'
            f"<else>{PLACE}</else></choose></layout>",
        ),
        "[@bell1911, p. 3], [@bell1911, § 3]",
        "3, sect. 3",
    ),
    "a label of another form, in a macro": (
        spec(
            "",
            '<layout><text macro="place"/></layout>',
            more='<macro name="place"><label variable="locator" form="long"'
            ' suffix=" "/><text variable="locator"/></macro>',
        ),
        "[@bell1911, p. 3], [@bell1911, vols. 3 & 4]",
        "page 3, volumes 3 & 4",
    ),
    "citation-number in the order of the text": (
        spec(
            "",
            '<layout prefix="[" suffix="]" delimiter=", ">'
            '<text variable="citation-number"/></layout>',
        ),
        "[@who], [@bell1911; @who]",
        "[2], [1, 2]",
    ),
    "collapse citation-number": (
        spec(
            'collapse="citation-number"',
            '<sort><key variable="citation-number"/></sort>'
            '<layout prefix="[" suffix="]" delimiter=", ">'
            '<text variable="citation-number"/></layout>',
        ),
        "[@bell1904; @who; @bell1911; @two2018]",
        "[1–4]",
    ),
    "substitute for an author that is not there": (
        spec(
            "",
            '<layout prefix="(" suffix=")"><names variable="author">'
            '<name form="short"/><substitute><text variable="title"/></substitute>'
            "</names></layout>",
        ),
        "[@anon1700]",
        "(The Art of Trimming)",
    ),
    "and as a sign, and names without a comma before it": (
        spec(
            "",
            '<layout><names variable="author"><name form="short" and="symbol"'
            ' delimiter-precedes-last="never"/></names></layout>',
        ),
        "[@four2019]",
        "Doe, Roe, Poe & Cox",
    ),
    "page and title of a part": (
        spec(
            "",
            '<layout><group delimiter=", "><text variable="title" quotes="true"/>'
            '<text variable="container-title"/><text variable="page"/></group>'
            "</layout>",
        ),
        "[@part2001]",
        "‘Fog’, A Book of Weather, 3–9",
    ),
    "text-case title": (
        spec("", '<layout><text variable="title" text-case="title"/></layout>'),
        "[@four2019]",
        "On Oil",
    ),
    "dates by their parts": (
        spec(
            "",
            '<layout><date variable="issued"><date-part name="day" suffix=" "/>'
            '<date-part name="month" suffix=" "/><date-part name="year"/></date>'
            "</layout>",
        ),
        "[@site2024]",
        "1 March 2024",
    ),
    "near the end of a note no point is set twice": (
        spec("", '<layout suffix="."><text variable="title" suffix="."/></layout>'),
        "[@bell1911]",
        "Beacons.",
    ),
}


@pytest.mark.parametrize("what", SPECIFIED)
def test_what_the_specification_of_csl_says(what: str, tmp_path: Path) -> None:
    csl, markdown, wanted = SPECIFIED[what]
    file = tmp_path / "style.csl"
    file.write_text(csl, encoding="utf-8")

    book, problems = cited(markdown, citing(style_file=file))

    assert words_of(book) == wanted
    assert problems == []


SMITHS = """
@book{j1, author={Smith, John}, title={Alpha}, year=2020}
@book{j2, author={Smith, John}, title={Beta}, year=2020}
@book{a1, author={Smith, Adam}, title={Gamma}, year=2020}
@book{m1, author={Smith, Mary and Elm, B and Oak, C and Yew, D}, title={D}, year=2021}
@book{m2, author={Smith, Mary and Ash, A and Oak, C and Yew, D}, title={E}, year=2021}
@book{m3, author={Smith, Mary and Ash, A and Oak, C and Yew, D}, title={Z}, year=2021}
"""


@pytest.mark.parametrize(
    ("style", "written", "wanted"),
    [
        (
            "harvard-cite-them-right",
            "[@j1] [@a1] [@j1] [@a1]",
            "(J. Smith, 2020) (A. Smith, 2020) (J. Smith, 2020) (A. Smith, 2020)",
        ),
        (
            "chicago-author-date",
            "[@j2] [@j1] [@a1] @a1 [3]",
            "(J. Smith 2020b) (J. Smith 2020a) (A. Smith 2020) A. Smith (2020, 3)",
        ),
        (
            "apa",
            "[@m1; @m2] [@m3, p. 4] @m1 [p. 5]",
            "(M. Smith, Elm, et al., 2021; M. Smith, Ash, et al., 2021a)"
            " (M. Smith, Ash, et al., 2021b, p. 4)"
            " M. Smith, Elm, et al. (2021, p. 5)",
        ),
    ],
)
def test_names_come_before_letters(
    style: str, written: str, wanted: str, tmp_path: Path
) -> None:
    how = replace(sources(tmp_path, SMITHS), style=style)

    book, problems = cited(f"{written} [@j1]", how)

    assert words_of(book).startswith(wanted)
    assert problems == []


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        (
            "[see @j1, 3; compare @j2, 4]",
            "(see J. Smith 2020a, 3; compare J. Smith 2020b, 4)",
        ),
        ("[@j1, 3; @j2, 4]", "(J. Smith 2020a, 3; 2020b, 4)"),
        ("[@j1; @x; @j2]", "(J. Smith 2020a; J. Smith 2020b; Cox 2021)"),
    ],
)
def test_an_author_is_left_out_behind_the_same_author_alone(
    written: str, wanted: str, tmp_path: Path
) -> None:
    more = "@book{x, author={Cox, Al}, title={X}, year=2021}\n"
    how = sources(tmp_path, SMITHS + more)

    book, problems = cited(f"{written} [@a1]\n", how)

    assert words_of(book).startswith(wanted)
    assert problems == []


def test_the_list_is_the_same_in_whatever_way_sources_are_cited(
    tmp_path: Path,
) -> None:
    how = sources(tmp_path, SMITHS)

    brackets, _ = cited("[@m1] [@m2] [@m3] [@j1] [@a1, 3]", how)
    mixed, _ = cited("@m1 @m2 [p. 2] [@m3] [@j1] @a1 [3]", how)

    assert entries(mixed) == entries(brackets)
    assert words_of(mixed).startswith("M. Smith, Elm, et al. (2021) M. Smith, Ash, et")


def test_one_author_under_two_spellings_is_one(tmp_path: Path) -> None:
    how = sources(
        tmp_path,
        "@book{a, author={Wilson, Greg}, title={A}, year=2020}\n"
        "@book{b, author={Wilson, G.}, title={B}, year=2020}\n"
        "@book{c, author={Wilson, Greg V.}, title={C}, year=2021}\n",
    )

    book, _ = cited("[@a] [@b] [@c] [@a] [@b]", how)

    assert words_of(book).startswith("(Wilson 2020a) (Wilson 2020b) (Wilson 2021)")


@pytest.mark.parametrize(
    ("language", "written", "wanted"),
    [
        ("de", "[@bell1911, S. 3]", "(Bell, 1911, S. 3)"),
        ("de", "[@bell1911, p. 3; @two2018, Kap. 4]", "S. 3"),
        ("fr", "[@two2018, p. 3]", "(Doe & Roe, 2018, p. 3)"),
        ("sv", "[@bell1911, s. 3-4]", "s. 3–4"),
        ("fa", "[@bell1911, ص. ۳]", "۳"),
        ("fa", "[@bell1911، ۱۲]", "(Bell, 1911, ص ۱۲)"),
        ("en", "[@bell1911, pp. 4--9]", "(Bell, 1911, pp. 4–9)"),
        ("en", "[@bell1911, 4---9, 12 -- 15]", "(Bell, 1911, pp. 4–9, 12–15)"),
    ],
)
def test_places_are_read_and_written_in_the_language_of_the_book(
    language: str, written: str, wanted: str
) -> None:
    found = text_of(written, citing(style="apa"), language)

    assert wanted in found.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("甲和@bell的说法。", "甲和Bell (1911)的说法。"),
        ("和@{bell}的", "和Bell (1911)的"),
        ("在书里-@bell说", "在书里(1911)说"),
        ("参见@tbl-a。又@tbl-a说", "参见表 1。又表 1说"),
        ("参见@tbl-油灯。", "参见表 2。"),
        ("据[见@张三]和@张三", "据(见 张三 1911)和张三 (1911)"),
        ("写a@bell.cn", "写a@bell.cn"),
        ("한국@bell은", "한국Bell (1911)은"),
    ],
)
def test_a_key_stands_right_behind_a_script_without_spaces(
    written: str, wanted: str, tmp_path: Path
) -> None:
    entries = (
        "@book{bell, author={Bell, Ada}, title={T}, year=1911}\n"
        "@book{张三, author={{张三}}, title={T}, year=1911}\n"
    )
    table = "\n\n| a |\n|---|\n| b |\n\n: 甲 {{#{}}}\n"
    tables = table.format("tbl-a") + table.format("tbl-油灯")
    book, _ = cited(f"{written}{tables}", sources(tmp_path, entries), "zh")

    (first,) = shown(book).splitlines()[:1]
    words = re.sub("<[^>]*>", "", first).replace("\N{NO-BREAK SPACE}", " ")
    assert words == wanted
    files = sources_of({"one.md": written + tables})
    assert list(lost_in_tree(files, book.chapters, book.metadata)) == []


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("de", "[@müller2001, 3] and @müller2001 [S. 4]"),
        ("fa", "[@فردوسی، صص ۱۲–۱۵] و @فردوسی"),
        ("ru", "[@ключ, с. 4]"),
        ("en", "[@bell p. 3] and [@bell, p. 3]"),
    ],
)
def test_a_key_and_the_word_before_a_page_are_not_lost(
    language: str, written: str, tmp_path: Path
) -> None:
    entry = "@book{{{}, author = {{Aa, A}}, title = {{T}}, year = 2020}}\n"
    keys = ("müller2001", "فردوسی", "ключ", "bell")
    how = sources(tmp_path, "".join(map(entry.format, keys)))
    book, problems = cited(written, how, language)

    files = sources_of({"one.md": written})

    assert [*problems, *lost_in_tree(files, book.chapters, book.metadata)] == []


def test_a_source_in_another_script_runs_its_own_way() -> None:
    book, _ = cited("[@bell1911؛ @who]", citing(style="apa"), "fa")

    assert '<li id="ref-bell1911" dir="ltr">' in shown(book)


def test_the_bibliography_speaks_the_language_of_the_book() -> None:
    book, _ = cited("[@part2001]", citing(), "de")

    assert [c.title for c in book.chapters][-1] == "Literaturverzeichnis"
    assert "herausgegeben von Ann Cox" in entries(book)[0]


def test_a_book_that_cites_nothing_stays_as_it_is() -> None:
    book = read("# One\n\nMail a@b.org, [a link](http://a.b).\n")

    assert cite_sources(book, citing()) == (book, ())


def test_what_a_note_cites_is_counted_where_the_note_is_called() -> None:
    book, _ = cited(
        "[@who] first.[^b] Then [@bell1911].\n\n[^b]: A note on [@two2018].\n",
        citing(style="ieee"),
    )

    assert [entry.partition(" ")[0] for entry in entries(book)] == ["[1]", "[2]", "[3]"]
    assert "Doe" in entries(book)[1]


def test_the_full_note_stands_in_every_edition() -> None:
    book, problems = cited(
        'It burns.\n\n::: {only="print"}\nSo [@bell1911]. So [@bell1911].\n:::\n\n'
        "Later [@bell1911]. Again [@bell1911].\n",
        citing(style="chicago-notes"),
    )

    chapter = next(c for c in book.chapters if c.notes)
    notes = [
        re.sub("<[^>]*>", "", blocks_xhtml(n.children, OUTPUT)) for n in chapter.notes
    ]
    full, short = "Ada Bell, Beacons (North Light, 1911).", "Bell, Beacons."
    assert notes == [full, short, full, short]
    assert len(entries(book)) == 1
    assert problems == []


@pytest.mark.parametrize("mark", ["’", "'"])
def test_a_note_is_called_behind_the_whole_word(mark: str) -> None:
    book, _ = cited(f"@bell1911{mark}s, or @who.\n", citing(style="chicago-notes"))

    own = next(c for c in book.chapters if not c.generated).blocks[0]
    words = re.sub("<[^>]*>", "", blocks_xhtml((own,), OUTPUT))
    assert words.startswith(f"Bell{mark}s,[^cited 1] or World Health Organization.[^")


@pytest.mark.parametrize("written", ["see @bell1911", "*see* @bell1911"])
def test_a_note_begins_with_a_capital_letter(written: str) -> None:
    markdown = f"It burns [{written}].\n"
    book, _ = cited(markdown, citing(style="chicago-notes"))

    chapter = next(c for c in book.chapters if c.notes)
    (note,) = chapter.notes
    assert "See" in blocks_xhtml(note.children, OUTPUT)
    files = sources_of({"one.md": markdown})
    assert list(lost_in_tree(files, book.chapters, book.metadata)) == []


def test_in_french_a_note_is_called_before_the_sign() -> None:
    how = citing(style="chicago-notes")

    english, _ = cited("It burns [@who].", how, "en")
    french, _ = cited("Elle brûle [@who].", how, "fr")

    assert "<p>It burns.[^cited 1]</p>" in shown(english)
    assert "<p>Elle brûle[^cited 1].</p>" in shown(french)


def test_an_at_sign_behind_a_backslash_cites_nothing() -> None:
    assert text_of("Says \\@bell1911, and `@who`.") == "Says @bell1911, and @who."


def test_things_of_the_book_are_no_sources() -> None:
    book, problems = cited(
        "# One\n\n![x](a.png){#fig-lamp}\n\nSee @fig-lamp, [@fig-lamp], [@bell1911].",
        citing(),
    )

    assert problems == []
    assert "Bell 1911" in shown(book)


def codes(problems: list[Problem]) -> list[tuple[str, int, str]]:
    return [(str(p.severity), p.at.line, p.code) for p in problems]


def test_an_unknown_key_has_its_line_and_a_guess() -> None:
    _, problems = cited("# One\n\nIt burns\n[@bel1911], says @nobody.\n", citing())

    assert codes(problems) == [
        ("error", 4, "unknown-source"),
        ("warning", 4, "unknown-source"),
    ]
    assert problems[0].hint == "did you mean `@bell1911`?"
    assert problems[1].hint == "if it is no source, write `\\@nobody`"


def sources(tmp_path: Path, text: str, name: str = "s.bib") -> Citing:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return citing(path)


def test_of_two_sources_with_one_key_the_first_is_used(tmp_path: Path) -> None:
    how = sources(
        tmp_path,
        "@book{a, author={Bell, A}, title={One}, year=1901}\n\n"
        "@book{a, author={Bell, A}, title={Two}, year=1902}\n",
    )

    book, problems = cited("[@a]", how)

    assert words_of(book) == "(Bell 1901)"
    assert codes(problems) == [("warning", 3, "source-twice")]


def test_a_slip_in_a_file_stays_in_its_entry(tmp_path: Path) -> None:
    how = sources(
        tmp_path,
        "@book{a, author={Bell, A, title={One}, year=1901}\n\n"
        '@book{b, author="Cox, B", title = {Two} year=1902}\n\n'
        "@book{c, author={Dee, C}, title={Three $ \\foo & # ~ _ ^ },"
        " year={in press}}\n",
    )

    book, problems = cited("[@c] [@b] [@a]", how)

    assert words_of(book) == "(Dee, n.d.) (Cox 1902) [@a]"
    assert codes(problems) == [
        ("warning", 1, "bad-source"),
        ("error", 1, "unknown-source"),
        ("warning", 5, "bad-source"),
    ]
    assert "Three $ \\foo & #" in entries(book)[1]


@pytest.mark.parametrize(
    ("entry", "style", "wanted"),
    [
        (
            "@collection{k, editor={Ash, Ann and Elm, Bo}, title={Oil}, date=2015}",
            "chicago-author-date",
            "Ash, Ann, and Bo Elm, eds. 2015. Oil.",
        ),
        (
            "@book{k, editor={Ann Ash}, title={Oil}, year=2015, publisher={P}}",
            "chicago-author-date",
            "Ash, Ann, ed. 2015. Oil. P.",
        ),
        (
            "@book{k, editor={{Lamp Society}}, title={Oil}, year=2015}",
            "chicago-author-date",
            "Lamp Society. 2015. Oil.",
        ),
        (
            "@collection{k, editor={Ash, Ann and Elm, Bo}, title={Oil}, date=2015}",
            "chicago-notes",
            "Ash, Ann, and Bo Elm, eds. Oil. 2015.",
        ),
        (
            "@collection{k, editor={Ash, Ann}, title={Oil}, date=2015}",
            "apa",
            "Ash, A. (Ed.). (2015). Oil.",
        ),
        (
            "@phdthesis{k, author={Ash, Ann}, title={Oil}, year=2015, school={MIT}}",
            "chicago-author-date",
            "Ash, Ann. 2015. ‘Oil’. Doctoral dissertation, MIT.",
        ),
        (
            "@techreport{k, author={Ash, A.}, title={Oil}, year=2015,"
            " institution={NASA}}",
            "chicago-author-date",
            "Ash, A. 2015. Oil. Technical report. NASA.",
        ),
        (
            "@misc{k, author={Ash, A.}, title={Oil}, year=2015, howpublished={Print}}",
            "chicago-author-date",
            "Ash, A. 2015. ‘Oil’. Print.",
        ),
        (
            "@misc{k, author={Ash, A.}, title={Oil}, year=2015,"
            " howpublished={\\url{https://a.example/b}}}",
            "chicago-author-date",
            "Ash, A. 2015. ‘Oil’. https://a.example/b.",
        ),
    ],
)
def test_who_edited_or_kept_a_source_is_listed(
    entry: str, style: str, wanted: str, tmp_path: Path
) -> None:
    book, problems = cited("[@k]\n", replace(sources(tmp_path, entry), style=style))

    assert [entry.strip() for entry in entries(book)] == [wanted]
    assert problems == []


@pytest.mark.parametrize(
    ("title", "language", "wanted"),
    [
        ("Some words and ``more''", "en-US", "“Some Words and ‘More.’”"),
        ("``Some'' words", "en-US", "“‘Some’ Words.”"),
        ("The ``B'' or \\enquote{C} or “D”?", "en-US", "“The ‘B’ or ‘C’ or ‘D’?”"),
        ("Some words and ``more''", "en-GB", "‘Some Words and “More”’."),
        ("The dogs'", "en-US", "“The Dogs’.”"),
    ],
)
def test_quotation_marks_in_a_title_are_kept_apart_from_those_round_it(
    title: str, language: str, wanted: str, tmp_path: Path
) -> None:
    entry = (
        f"@article{{k, author={{Ash, A.}}, title={{{title}}}, date=2015, journal=J}}"
    )

    book, _ = cited("[@k]\n", sources(tmp_path, entry), language)

    assert entries(book) == [f"Ash, A. 2015. {wanted} J."]


def test_no_word_of_a_source_means_anything_to_the_engine(tmp_path: Path) -> None:
    title = '#panic("x") $x$ <b> *a* @b [c] `d` // e'
    how = sources(
        tmp_path,
        json.dumps(
            [
                {
                    "id": 'a"#b',
                    "type": "book",
                    "title": title.replace("<b>", "&lt;b&gt;"),
                    "author": [{"family": "B\\ell{}", "given": "A"}],
                    "issued": {"date-parts": [[1904]]},
                }
            ]
        ),
        "s.json",
    )

    book, problems = cited('[@{a"#b}]', how)

    assert problems == []
    assert title.lower() in entries(book)[0].lower()


CSL_JSON = [
    {
        "id": "bell",
        "type": "article-journal",
        "title": "On <i>Fagus</i> and H<sub>2</sub>O",
        "container-title": "Journal of Light",
        "volume": "3",
        "issue": 2,
        "page": "11-19",
        "DOI": "10.1000/xyz",
        "author": [
            {"family": "Neumann", "given": "John", "non-dropping-particle": "von"},
            {"literal": "World Health Organization"},
        ],
        "issued": {"date-parts": [["2019", 3, 5]]},
        "archive": "Box 3",
    },
    {
        "id": "part",
        "type": "chapter",
        "title": "Fog",
        "container-title": "A Book of Weather",
        "editor": [{"family": "Cox", "given": "Ann"}],
        "author": [{"family": "Øst", "given": "Måns"}],
        "publisher": "Q",
        "publisher-place": "Oslo",
        "issued": {"raw": "2001-05"},
    },
]


def test_what_no_link_may_lead_to_is_words_in_the_list(tmp_path: Path) -> None:
    how = sources(
        tmp_path,
        """@online{run, author = {Aa, A}, title = {T}, year = 2020,
  url = {javascript:alert(1)}}
@online{own, author = {Bb, B}, title = {T}, year = 2020, url = {file:///etc/passwd}}
@online{short, author = {Cc, C}, title = {T}, year = 2020, url = {www.a.example/foo}}
@online{none, author = {Dd, D}, title = {T}, year = 2020, url = {see there}}
""",
    )

    book, problems = cited("[@run; @own; @short; @none]\n", how)

    run, own, short, _ = entries(book)
    assert run.endswith("javascript:alert(1).")
    assert own.endswith("file:///etc/passwd.")
    assert short.endswith("https://www.a.example/foo.")
    links = [i for c in book.chapters for i in chapter_inlines(c) if _leaves(i)]
    assert [plain_text((link,)) for link in links] == ["https://www.a.example/foo"]
    assert codes(problems) == [
        ("warning", 1, "unsafe-link"),
        ("warning", 3, "unsafe-link"),
        ("warning", 5, "bad-link"),
    ]


def _leaves(inline: Inline) -> bool:
    return isinstance(inline, Link) and ":" in inline.href


def test_an_entry_may_stand_in_round_brackets(tmp_path: Path) -> None:
    how = sources(
        tmp_path,
        "@string(north = {North Light (Bergen)})\n"
        "@book(k, author={Aa, A}, title={T (X)}, year=2020, publisher=north)\n",
    )

    book, problems = cited("[@k]\n", how)

    assert entries(book) == ["Aa, A. 2020. T (X). North Light (Bergen)."]
    assert problems == []


@pytest.mark.parametrize("deep", ["{" * 400 + "x" + "}" * 400, "\\'" * 1000 + "e"])
def test_what_is_nested_too_deeply_is_a_problem_of_its_entry(
    deep: str, tmp_path: Path
) -> None:
    good = "@book{{{}, author={{Aa, A}}, title={{T}}, year=2020}}\n"
    bad = f"@book{{bad, author={{Aa, A}}, title={{{deep}}}, year=2020}}\n"
    how = sources(tmp_path, f"{good.format('one')}{bad}{good.format('two')}")

    _, problems = cited("[@one; @two]\n", how)

    assert codes(problems) == [("warning", 2, "bad-source")]


def test_a_date_of_csl_json_that_is_none_is_a_problem(tmp_path: Path) -> None:
    items = [
        {"id": "a", "type": "book", "title": "A", "issued": {"date-parts": [["--5"]]}},
        {
            "id": "b",
            "type": "book",
            "title": "B",
            "issued": {"date-parts": [[2020, ""]]},
        },
        {
            "id": "c",
            "type": "book",
            "title": "C",
            "issued": {"date-parts": [[2020, "x"]]},
        },
    ]
    text = ",\n".join(map(json.dumps, items))

    book, problems = cited("[@a; @b; @c]\n", sources(tmp_path, f"[{text}]", "s.json"))

    assert codes(problems) == [
        ("warning", 1, "bad-source"),
        ("warning", 3, "bad-source"),
    ]
    assert problems[0].message == "`date` of `a` is not understood, left out: --5"
    assert words_of(book) == "(A, n.d.; B 2020; C 2020)"


def test_csl_json_is_read_and_what_is_left_out_is_said(tmp_path: Path) -> None:
    how = sources(tmp_path, json.dumps(CSL_JSON, indent=1), "s.json")

    book, problems = cited("[@bell, 12; @part]", replace(how, style="apa"))

    assert words_of(book) == (
        "(Øst, 2001; von Neumann & World Health Organization, 2019, p. 12)"
    )
    assert entries(book) == [
        "Øst, M. (2001). Fog. In A. Cox (Ed.), A Book of Weather. Q.",
        "von Neumann, J., & World Health Organization. (2019). On Fagus and H2O."
        " Journal of Light, 3(2), 11–19. https://doi.org/10.1000/xyz",
    ]
    assert codes(problems) == [("note", 3, "source-field")]


@pytest.mark.parametrize(
    ("style", "guess"),
    [
        ("chicago-author-dat", "chicago-author-date"),
        ("vancouver", "springer-vancouver"),
        ("my-own", "apa"),
    ],
)
def test_an_unknown_style_is_named_with_what_is_near(style: str, guess: str) -> None:
    book, problems = cited("[@bell1911]", citing(style=style))

    assert words_of(book) == "[@bell1911]"
    assert codes(problems) == [("error", 3, "unknown-style")]
    assert guess in problems[0].hint


def test_names_of_styles_are_known_under_which_zotero_has_them() -> None:
    assert text_of("[@bell1911]", citing(style="IEEE")) == "[1]"
    assert "Bell" in text_of("@bell1911", citing(style="mhra-notes"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<style>", "it is no XML"),
        ("<html/>", "it is no style of CSL"),
        (spec("").replace("citation", "citatio"), "it says nothing of citations"),
        (spec("", "<layout><nothing/></layout>"), "the citations cannot be made"),
    ],
)
def test_a_style_that_is_none_is_a_problem(
    text: str, said: str, tmp_path: Path
) -> None:
    file = tmp_path / "a.csl"
    file.write_text(text, encoding="utf-8")

    book, problems = cited("[@bell1911]", citing(style_file=file))

    assert words_of(book) == "[@bell1911]"
    assert [p.code for p in problems] == ["bad-style"]
    assert said in problems[0].message


@pytest.mark.parametrize(
    ("begin", "end"), [("&lt;", "&gt;"), ("（", "）"), ("/", "/"), ("", "")]
)
def test_a_style_may_have_brackets_of_any_kind(
    begin: str, end: str, tmp_path: Path
) -> None:
    layout = LAYOUT.replace('prefix="("', f'prefix="{begin}"').replace(
        'suffix=")"', f'suffix="{end}"'
    )
    layout = layout.replace('<text macro="year"/>', f'<text macro="year"/>{PLACE}')
    file = tmp_path / "style.csl"
    file.write_text(spec("", layout), encoding="utf-8")

    found = text_of(
        "[@bell1911, 3]. @bell1911 [p. 3]. @bell1911. [-@bell1911].",
        citing(style_file=file),
    )

    wanted = "{0}Bell 1911 p. 3{1}. Bell {0}1911 p. 3{1}. Bell {0}1911{1}. {0}1911{1}."
    assert found == wanted.format(unescape(begin), unescape(end))


def test_a_style_of_notes_names_the_author_before_the_call(tmp_path: Path) -> None:
    layout = LAYOUT.replace('prefix="("', "").replace('suffix=")"', "")
    file = tmp_path / "style.csl"
    file.write_text(spec("", layout, "note"), encoding="utf-8")

    assert text_of("Says @bell1911.", citing(style_file=file)) == "Says Bell."


def test_a_style_may_have_no_list(tmp_path: Path) -> None:
    file = tmp_path / "a.csl"
    csl = re.sub("<bibliography>.*</bibliography>", "", spec(""), flags=re.DOTALL)
    file.write_text(csl, encoding="utf-8")

    book, problems = cited("# A\n\n[@bell1911]", citing(style_file=file))

    assert "Bell 1911" in shown(book)
    assert where_listed(book) == []
    assert problems == []


def test_a_style_that_is_the_same_as_another_is_that(tmp_path: Path) -> None:
    file = tmp_path / "a.csl"
    file.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info>'
        '<link href="http://www.zotero.org/styles/ieee" rel="independent-parent"/>'
        "</info></style>",
        encoding="utf-8",
    )

    book, problems = cited("[@bell1911]", citing(style_file=file))

    assert words_of(book) == "[1]"
    assert problems == []


def test_without_the_engine_citations_stay_as_they_are_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)

    book, problems = cited("It burns [@bell1911, p. 3].", citing())

    assert words_of(book) == "It burns [@bell1911, p. 3]."
    assert codes(problems) == [("error", 3, "no-citation-engine")]
    assert "pipx inject publish-press typst" in problems[0].hint


ROOM = "# Read\n\n::: bibliography\n:::\n\nMore.\n"


def where_listed(book: Book) -> list[str]:
    return [
        chapter.title
        for chapter in book.chapters
        for block in chapter_blocks(chapter)
        if isinstance(block, Bibliography) and block.entries
    ]


def test_the_bibliography_stands_behind_the_text_and_before_the_colophon() -> None:
    files = {"a.md": "# A\n\n[@who]\n", "colophon.md": "# Colophon\n\nx\n"}
    metadata = replace(METADATA)
    book = read(files, metadata)
    last = replace(book.chapters[1], role=Role.COLOPHON, matter=Matter.BACK)
    book = replace(book, chapters=(book.chapters[0], last))

    made, _ = cite_sources(book, citing())

    assert [c.role for c in made.chapters] == [
        Role.CHAPTER,
        Role.BIBLIOGRAPHY,
        Role.COLOPHON,
    ]


def test_an_author_sets_it_where_they_want() -> None:
    book, problems = cited({"a.md": "# A\n\n[@who]\n", "b.md": ROOM}, citing())

    assert where_listed(book) == ["Read"]
    assert problems == []
    assert '<section class="bibliography" aria-label="Bibliography"' in shown(book)


def test_pandoc_has_another_name_for_the_place() -> None:
    book, _ = cited("# A\n\n[@who]\n\n<div id='refs'></div>\n", citing())

    assert where_listed(book) == ["A"]


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        ({"1.md": "# One\n\n[@who]\n", "2.md": "# References\n"}, ["References"]),
        ({"1.md": "# One\n\n[@who]\n", "2.md": "# Literatur\n"}, ["Literatur"]),
        ({"1.md": "# One\n\n[@who]\n\n## Works Cited\n"}, ["One"]),
        ({"1.md": "# One\n\n[@who]\n\n## References\n\nx\n"}, ["Bibliography"]),
        ({"1.md": "# One\n\n[@who]\n\n## The end\n"}, ["Bibliography"]),
    ],
)
def test_a_heading_at_the_end_of_the_book_is_the_place(
    files: dict[str, str], wanted: list[str]
) -> None:
    book, problems = cited(files, citing())

    assert where_listed(book) == wanted
    assert problems == []


def test_a_second_place_is_a_problem() -> None:
    _, problems = cited({"a.md": f"{ROOM}\n[@who]\n", "b.md": ROOM}, citing())

    assert codes(problems) == [("warning", 3, "bibliography-twice")]


def test_each_chapter_can_have_its_own() -> None:
    book, problems = cited(
        {"a.md": "# A\n\n[@who] [@bell1904]\n", "b.md": "# B\n\n[@bell1904log]\n"},
        citing(lists=SourceLists.CHAPTER),
    )

    assert problems == []
    assert where_listed(book) == ["A", "B"]
    assert [entry.split(".")[0].strip() for entry in entries(book)] == [
        "Bell, Ada",
        "World Health Organization",
        "Bell, Ada",
    ]
    assert links_of(book) == {
        ("a", "ref-1-who"),
        ("a", "ref-1-bell1904"),
        ("b", "ref-2-bell1904log"),
    }


def links_of(book: Book) -> set[tuple[str, str]]:
    return {
        (link.target.chapter.rpartition("-")[2], link.target.anchor)
        for chapter in book.chapters
        for link in chapter_inlines(chapter)
        if isinstance(link, Link) and link.source and link.target
    }


def test_without_a_list_citations_lead_nowhere() -> None:
    book, problems = cited("# A\n\n[@who]\n", citing(lists=SourceLists.NONE))

    assert where_listed(book) == []
    assert links_of(book) == set()
    assert problems == []


def test_every_citation_leads_to_its_source() -> None:
    book, _ = cited("# A\n\n[@who; @bell1911] @two2018\n", citing(style="nature"))

    ids = {
        ("bibliography", entry.attributes.id)
        for chapter in book.chapters
        for block in chapter_blocks(chapter)
        if isinstance(block, Bibliography)
        for entry in block.entries
    }
    assert links_of(book) == ids


def test_in_a_link_nothing_leads_to_a_second_place() -> None:
    book, _ = cited(
        "[the book of @bell1911](https://a.example), [see [@bell1911]](https://b.example)"
        " and [**@fig-a**](https://c.example).\n\n![](p.png){#fig-a}\n",
        citing(),
    )

    assert words_of(book) == ("the book of Bell (1911), see (Bell 1911) and Figure 1.")
    chapter = next(c for c in book.chapters if not c.generated)
    links = [i for i in chapter_inlines(chapter) if isinstance(i, Link)]
    assert [link.href for link in links] == [
        "https://a.example",
        "https://b.example",
        "https://c.example",
    ]


def test_citations_side_by_side_are_two() -> None:
    book, _ = cited(
        "[@bell1911][@who] and [@bell1911][o].\n\n[o]: https://a.example\n", citing()
    )

    assert words_of(book) == (
        "(Bell 1911)(World Health Organization, n.d.) and Bell (1911)."
    )


def test_the_alternative_text_of_a_picture_keeps_what_it_cites() -> None:
    book, problems = cited("![By @bell1911, see [-@who, 5]](p.png) Oil.\n", citing())

    assert "By @bell1911, see [-@who, 5]" in shown(book)
    assert problems == []


def test_sources_that_nothing_cites_can_be_listed_too() -> None:
    one, _ = cited("# A\n\n[@who]\n", citing(also=("bell1911",)))
    every, _ = cited("# A\n\nNothing.\n", citing(also=("*",)))

    assert len(entries(one)) == 2
    assert len(entries(every)) == 14  # all of citations.bib


def test_many_citations_take_little_time(tmp_path: Path) -> None:
    keys = [f"k{n}" for n in range(200)]
    text = "\n".join(
        f"@book{{{key}, author={{N{n // 3}, Jo}}, title={{T}}, year={1990 + n % 9}}}"
        for n, key in enumerate(keys)
    )
    markdown = "\n\n".join(f"Word [@{keys[n * 7 % 200]}, {n}]." for n in range(500))

    begun = monotonic()
    _, problems = cited(f"# A\n\n{markdown}\n", sources(tmp_path, text))

    assert problems == []
    assert monotonic() - begun < 20  # seconds, on a slow machine


TOML = '[book]\ntitle = "A"\npeople = ["B"]\nlanguage = "en"\n'


def read_citing(
    files: dict[str, str], write_book: WriteBook
) -> tuple[Citing, list[str]]:
    folder = write_book(files)
    manuscript = read_manuscript(folder.parent if folder.is_file() else folder)
    return manuscript.citing, [p.code for p in manuscript.problems]


def test_the_settings_say_what_is_cited(write_book: WriteBook) -> None:
    said = (
        'bibliography = ["s.bib"]\ncsl = "my.csl"\nbibliography_in = "chapter"\n'
        'nocite = ["@a", "b"]\n'
    )
    how, said_codes = read_citing(
        {"book.toml": TOML + said, "a.md": "# A\n\nx\n", "s.bib": "", "my.csl": "<x/>"},
        write_book,
    )

    assert [(file.name, at.line) for file, at in how.files] == [("s.bib", 5)]
    assert how.style_file is not None
    assert how.style_file.name == "my.csl"
    assert how.lists is SourceLists.CHAPTER
    assert how.also == ("a", "b")
    assert "no-effect" not in said_codes


def test_a_style_without_sources_has_no_effect(write_book: WriteBook) -> None:
    files = {"book.toml": TOML + 'csl = "apa"\n', "a.md": "# A\n\nx [@a]\n"}

    how, said = read_citing(files, write_book)

    assert how == Citing()
    assert "no-effect" in said


def test_a_file_outside_the_folder_is_not_read(write_book: WriteBook) -> None:
    how, said = read_citing(
        {"book.toml": TOML + 'bibliography = "../s.bib"\n', "a.md": "# A\n\nx\n"},
        write_book,
    )

    assert how.files == ()
    assert "outside" in said


@pytest.mark.parametrize(
    "files",
    [
        {"_quarto.yml": "bibliography: s.bib\nbook:\n  chapters: [index.md]\n"},
        {"index.md": "---\nbibliography: [s.bib]\nnocite: '@*'\n---\n# A\n\nx\n"},
    ],
)
def test_other_tools_say_it_in_their_own_place(
    files: dict[str, str], write_book: WriteBook
) -> None:
    how, _ = read_citing({"index.md": "# A\n\nx\n", "s.bib": "", **files}, write_book)

    assert [file.name for file, _ in how.files] == ["s.bib"]


BOOK = TOML + 'bibliography = "s.bib"\n'


def test_citations_in_the_files_that_are_made(write_book: WriteBook) -> None:
    folder = write_book(
        {
            "book.toml": BOOK,
            "a.md": "# A\n\nIt burns [see @bell1911, p. 12, and often].\n",
            "s.bib": BIB.read_text(encoding="utf-8"),
        }
    )

    report = build(folder.parent if folder.is_file() else folder)

    assert [str(p) for p in report.problems if p.severity is not Severity.NOTE] == []
    epub, pdf = report.artifacts
    with zipfile.ZipFile(io.BytesIO(epub.data)) as archive:
        pages = {
            name: archive.read(name).decode()
            for name in archive.namelist()
            if name.endswith(".xhtml")
        }
    (page,) = (text for text in pages.values() if "biblioref" in text)
    assert 'epub:type="biblioref" role="doc-biblioref">Bell 1911, 12</a>' in page
    (listed,) = (text for text in pages.values() if 'id="ref-bell1911"' in text)
    assert 'epub:type="bibliography" role="doc-bibliography"' in listed
    with pikepdf.open(io.BytesIO(pdf.data)) as opened:
        links = [
            annotation.get("/Dest", annotation.get("/A"))
            for sheet in opened.pages
            for annotation in sheet.get("/Annots", ())
        ]
    assert any(links)
