"""What stands in some editions only."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest

from publish.check_book import check_editions, check_names
from publish.kinds import chapter_ids
from publish.model import Book, Chapter, Edition, Format, Link, NotePlace, Role
from publish.pipeline import build
from publish.problems import CommandError, Severity
from publish.report import Report
from publish.transform import transform
from publish.transform.edition import for_edition
from publish.transform.leaving_out import leave_out
from publish.walk import chapter_inlines
from publish.wanted import Wanted
from publish.xhtml import blocks_xhtml
from tests.conftest import BOOK_TOML, WriteBook
from tests.through import OUTPUT
from tests.trees import read

EBOOK = Edition("ebook", Format.EPUB)
PAPERBACK = Edition("paperback", Format.PDF)
LARGE = Edition("large-print", Format.PDF)


def made(
    *texts: str, editions: tuple[Edition, ...] = (EBOOK, PAPERBACK, LARGE)
) -> Book:
    files = {f"{n}.md": text for n, text in enumerate(texts, 1)}
    return transform(replace(read(files), editions=editions))


def written(book: Book) -> list[Chapter]:
    return [chapter for chapter in book.chapters if not chapter.generated]


def xhtml(text: str, edition: Edition) -> str:
    (chapter,) = written(for_edition(made(text), edition))
    return blocks_xhtml(chapter.blocks, OUTPUT)


@pytest.mark.parametrize(
    ("attributes", "where"),
    [
        ("only=paperback", "p"),
        ('only="paperback, ebook"', "ep"),
        ('only="Paperback large-print"', "pl"),
        ("only=print", "pl"),
        ("only=pdf", "pl"),
        ("only=epub", "e"),
        ("only=html", "e"),
        ("not=ebook", "pl"),
        ('not="paperback,large-print"', "e"),
        ("only=print not=large-print", "p"),
        ('.content-visible when-format="pdf"', "pl"),
        ('.content-visible unless-format="pdf"', "e"),
        ('.content-hidden when-format="html"', "pl"),
        ('.content-hidden unless-format="epub"', "e"),
        ("only=docx", ""),
        ("only=papreback", "epl"),
        ('only="papreback ebook"', "e"),
        ("not=papreback", "epl"),
    ],
)
def test_a_thing_stands_where_its_author_wants_it(attributes: str, where: str) -> None:
    division = f"::: {{{attributes}}}\nword\n:::\n\nx\n"
    span = f"x [word]{{{attributes}}}\n"

    for text in (division, span):
        found = [
            name
            for name, edition in (("e", EBOOK), ("p", PAPERBACK), ("l", LARGE))
            if "word" in xhtml(text, edition)
        ]
        assert "".join(found) == where


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("x [wick]{.term only=print}", "wick"),
        ("x\n\n::: {#lst-x only=print}\n```\nwick\n```\n:::", "wick"),
        ("::: note\n## wick {only=print}\n\nx\n:::", "wick"),
        ("::: {.notes only=print}\n:::\n\nx[^1]\n\n[^1]: y", "notes]\n<p>x"),
        ("[x]{.abbr title=y}\n\n::: {.abbreviations only=print}\n:::", "<dl"),
        ("x\n\n::: {.index only=print}\n:::", "index-groups"),
        ("x\n\n::: {only=print}\n::: index\n:::\n:::", "index-groups"),
        ("x\n\n::: {.toc only=print}\n:::", "<ol"),
    ],
)
def test_what_is_for_print_alone_is_in_no_e_book(text: str, sign: str) -> None:
    prints, epub = (
        xhtml(f"# A\n\n{text}\n", replace(edition, notes=NotePlace.CHAPTER))
        for edition in (PAPERBACK, EBOOK)
    )

    assert (sign in prints, sign in epub) == (True, False)


@pytest.mark.parametrize("kind", ["toc", "figures", "index"])
def test_a_chapter_goes_with_all_that_is_in_it(kind: str) -> None:
    book = made(
        '# A\n\n![a](a.png "b"){#fig-a} [x]{.index}\n',
        f"# B\n\n::: {{.{kind} only=print}}\n:::\n",
        "# C\n\n::: {only=print}\nwords\n:::\n",
        "# D\n",
    )

    assert [c.title for c in written(for_edition(book, PAPERBACK))] == [*"ABCD"]
    epub = for_edition(book, EBOOK)
    assert [c.title for c in written(epub)] == [*"AD"]
    assert [entry.title for entry in epub.contents][:2] == [*"AD"]


def test_a_reference_says_the_title_of_its_edition() -> None:
    text = "# T [long]{only=print}[short]{not=print} {#sec-t}\n\n@sec-t\n"

    assert ">T <span>long</span></a>" in xhtml(text, PAPERBACK)
    assert ">T <span>short</span></a>" in xhtml(text, EBOOK)


def test_things_that_never_meet_are_counted_as_one() -> None:
    theorem = "::: {{#thm-{} {}}}\nx\n:::\n\n"
    text = "".join(
        theorem.format(*one)
        for one in (("a", "only=ebook"), ("a", "only=print"), ("b", ""))
    )
    for edition in (PAPERBACK, EBOOK):
        found = re.findall(r"Theorem.(\d)", xhtml(f"# A\n\n{text}", edition))
        assert found == ["1", "2"]


def test_a_print_edition_that_is_called_print_is_the_only_one_meant() -> None:
    own = replace(PAPERBACK, name="print")
    book = made("a [word]{only=print}\n", editions=(EBOOK, own, LARGE))

    assert leave_out(book, own) is not book
    texts = [
        blocks_xhtml(written(leave_out(book, e))[0].blocks, OUTPUT)
        for e in (own, LARGE)
    ]
    assert ["word" in text for text in texts] == [True, False]


def test_a_book_that_is_the_same_in_all_editions_is_left_alone() -> None:
    book = made("# A\n\nx[^n] [y](2.md)\n\n[^n]: N\n", "# B\n")

    assert for_edition(book, EBOOK) is book


def test_editions_with_the_same_words_have_the_same_tree() -> None:
    book = made("# A\n\n::: {only=print}\nx\n:::\n\n[y]{not=ebook .z}\n")

    assert leave_out(book, PAPERBACK) == leave_out(book, LARGE)


def test_a_division_that_only_says_where_it_stands_leaves_no_trace() -> None:
    assert xhtml("::: {only=ebook}\nx\n\ny\n:::\n", EBOOK) == "<p>x</p>\n<p>y</p>"


def test_nothing_empty_stays_where_something_was() -> None:
    text = (
        "[a]{only=print}\n\n- [b]{only=print}\n- c\n\n> [d]{only=print}\n\n"
        "## [e]{only=print}\n\n![f](f.png){only=print}\n\n* [g]{only=print}\n\nh\n"
    )

    assert xhtml(text, EBOOK) == "<ul>\n<li>c</li>\n</ul>\n<p>h</p>"


def test_notes_go_with_their_calls_and_are_counted_again() -> None:
    notes = "[^a]: A\n\n[^b]: B[^d]\n\n[^c]: C\n\n[^d]: D\n"
    book = made(f"a[^a] [b[^b]]{{only=print}} c[^c]\n\n{notes}")

    (ebook,), (print_,) = (written(leave_out(book, e)) for e in (EBOOK, PAPERBACK))

    assert [(n.label, n.mark) for n in ebook.notes] == [("a", "1"), ("c", "2")]
    assert sorted(n.label for n in print_.notes) == ["a", "b", "c", "d"]
    assert "uncalled" not in blocks_xhtml(ebook.blocks, OUTPUT)


def test_links_to_what_is_left_out_become_their_words() -> None:
    book = made(
        "# A\n\n[see *B*](2.md), [the end](#end), @fig-x, [](#fig-x){.page}\n\n"
        "## The end {#end only=print}\n\n"
        '![x](x.png "Cap"){#fig-x only=print}\n',
        "# B\n\n[back](1.md)\n",
    )

    ebook = for_edition(book, replace(EBOOK, leave_out=("2.md",)))

    (chapter,) = written(ebook)
    assert not [i for i in chapter_inlines(chapter) if isinstance(i, Link)]
    text = blocks_xhtml(chapter.blocks, OUTPUT)
    assert "see <em>B</em>" in text
    assert "the end" in text
    assert "Figure\u00a01</span>, Figure\u00a01</p>" in text


def test_contents_list_what_an_edition_holds() -> None:
    book = made("# A\n\n## One\n\n## Two {only=print}\n", "# B\n")

    ebook = for_edition(book, replace(EBOOK, leave_out=("2.md",)))
    print_ = for_edition(book, PAPERBACK)

    assert [[e.title for e in entry.children] for entry in ebook.contents] == [["One"]]
    titles = [[e.title for e in entry.children] for entry in print_.contents]
    assert titles == [["One", "Two"], []]


def test_numbers_are_those_of_the_whole_book() -> None:
    figure = '![x](x.png "Cap"){{#fig-{} {}}}\n\n'
    book = made("# A\n\n" + figure.format("a", "only=print") + figure.format("b", ""))

    assert "Figure\u00a02" in blocks_xhtml(
        written(for_edition(book, EBOOK))[0].blocks, OUTPUT
    )


TWO = """# A

::: {.content-visible when-format="html"}
![On glass](a.png "Glass"){#fig-lamp}
:::

::: {.content-visible when-format="pdf"}
![On paper](b.png "Paper"){#fig-lamp}
:::

![Other](c.png "Other"){#fig-other}

See @fig-lamp and @fig-other.
"""


@pytest.mark.parametrize(("edition", "shown"), [(EBOOK, "Glass"), (PAPERBACK, "Paper")])
def test_two_that_never_meet_may_have_one_name_and_number(
    edition: Edition, shown: str
) -> None:
    book = made(TWO)

    (chapter,) = written(for_edition(book, edition))

    text = blocks_xhtml(chapter.blocks, OUTPUT)
    assert f"Figure\u00a01</span> {shown}" in text
    assert "Figure\u00a02</span> Other" in text
    assert text.count('id="fig-lamp"') == 1
    assert ">Figure\u00a01</a> and <a" in text
    parsed = replace(read({"1.md": TWO}), editions=(EBOOK, PAPERBACK, LARGE))
    assert [*check_names(parsed)] == []


def test_two_that_meet_in_an_edition_have_two_names() -> None:
    book = made(TWO.replace('"pdf"', '"epub"'))

    (chapter,) = written(book)
    ids = [thing for thing in chapter_ids(chapter) if thing.startswith("fig-lamp")]
    assert ids == ["fig-lamp", "fig-lamp-1"]


def test_of_three_with_one_name_those_that_meet_have_two() -> None:
    one = "::: {{#x only={}}}\ny\n:::\n\n"
    book = made("# A\n\n" + "".join(map(one.format, ("print", "epub", "epub"))))

    (chapter,) = written(book)
    ids = [thing for thing in chapter_ids(chapter) if thing.startswith("x")]
    assert ids == ["x", "x", "x-1"]


def test_a_part_goes_with_all_its_chapters() -> None:
    book = made("# P\n", "# A\n", "# B\n", "# Q\n", "# C\n")
    deep = dict(zip("PABQC", (0, 1, 1, 0, 1), strict=True))
    chapters = tuple(
        replace(c, depth=deep[c.title], role=Role.PART if c.title in "PQ" else c.role)
        if c.title in deep
        else c
        for c in book.chapters
    )
    book = replace(book, chapters=chapters)

    def titles(*files: str) -> str:
        kept = written(leave_out(book, replace(EBOOK, leave_out=files)))
        return "".join(chapter.title for chapter in kept)

    assert titles("2.md") == "PBQC"
    assert titles("2.md", "3.md") == "QC"
    assert titles("5.md") == "PAB"


def test_a_title_is_called_what_stands_in_its_heading() -> None:
    book = made("# A [on paper]{only=print}[on glass]{not=print}\n")

    titles = [written(leave_out(book, e))[0].title for e in (EBOOK, PAPERBACK)]

    assert titles == ["A on glass", "A on paper"]


def test_what_editions_there_are_is_told_once_each() -> None:
    editions = (EBOOK, replace(PAPERBACK, name="print"))

    (problem,) = check_editions(made("# A\n\ny [z]{not=xyz}\n", editions=editions))

    assert problem.hint == "there is `ebook`, `print`, `epub`"


def test_a_name_of_no_edition_is_told_with_its_line() -> None:
    book = made("# A\n\nx\n\n::: {only=papreback}\ny [z]{not=mobi}\n:::\n")

    found = [(p.at.line, p.code, p.hint) for p in check_editions(book)]

    assert found == [
        (5, "unknown-edition", "did you mean `paperback`?"),
        (
            6,
            "unknown-edition",
            "there is `ebook`, `paperback`, `large-print`, `print`, `epub`",
        ),
    ]


EDITIONS = """
[editions.ebook]
format = "epub"
leave_out = ["b.md", "x*.md"]

[editions.paperback]
format = "pdf"
leave_out = "c"
"""
FILES = {
    "book.toml": BOOK_TOML + EDITIONS,
    "a.md": "# Alpha\n\nwords [of paper \U00010000]{only=epub}[of glass]{not=epub}\n",
    "b.md": "# Beta\n\nwords\n",
    "c.md": "# Gamma\n\nSee [there](b.md).\n",
}


@pytest.fixture
def report(write_book: WriteBook) -> Report:
    return build(write_book(FILES))


def test_files_of_each_edition_hold_what_it_should(report: Report) -> None:
    epub, pdf = (artifact.data for artifact in report.artifacts)

    with zipfile.ZipFile(BytesIO(epub)) as archive:
        names = [name for name in archive.namelist() if "/text/" in name]
        text = "".join(archive.read(name).decode() for name in names)
        nav = archive.read("EPUB/nav.xhtml").decode()
    with pypdfium2.PdfDocument(pdf) as document:
        pages = "\n".join(page.get_textpage().get_text_bounded() for page in document)

    assert "Beta" not in text + nav
    assert "of paper" in text
    assert "of glass" not in text
    assert '<a href="b' not in text
    assert "Gamma" not in pages
    assert "Beta" in pages
    assert "of glass" in pages
    assert "of paper" not in pages


def test_every_letter_is_looked_for_in_the_editions_that_have_it(
    report: Report,
) -> None:
    warned = [p for p in report.problems if p.severity is Severity.WARNING]

    assert [(p.at.line, p.code) for p in warned] == [(3, "no-glyph")]


def test_no_letter_is_looked_for_that_is_in_no_edition_made(
    write_book: WriteBook,
) -> None:
    report = build(write_book(FILES), Wanted(formats=("pdf",)))

    assert "no-glyph" not in [problem.code for problem in report.problems]


def test_a_pattern_that_leaves_out_nothing_is_told(report: Report) -> None:
    (problem,) = (p for p in report.problems if p.code == "no-file")

    assert problem.at.line == 8
    assert "x*.md" in problem.message


def test_a_chapter_that_an_edition_leaves_out_has_no_pages_there(
    write_book: WriteBook,
) -> None:
    folder = write_book(FILES)

    with pytest.raises(CommandError, match="paperback"):
        build(folder, Wanted(only="c.md"))


def test_an_edition_of_nothing_is_told(write_book: WriteBook) -> None:
    nothing = EDITIONS.replace('"b.md", "x*.md"', '"*.md"')
    folder = write_book({**FILES, "book.toml": BOOK_TOML + nothing})

    report = build(folder, Wanted(formats=("epub",)))

    assert "empty-edition" in [problem.code for problem in report.problems]


def test_a_picture_of_one_edition_is_not_in_the_file_of_another(
    write_book: WriteBook,
) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    text = "# A\n\n![a](a.svg){only=ebook} ![b](b.svg){not=ebook}\n"
    folder = write_book({"a.md": text, "a.svg": svg, "b.svg": svg.replace("9", "8")})

    (epub,) = build(folder, Wanted(formats=("epub",))).artifacts

    with zipfile.ZipFile(BytesIO(epub.data)) as archive:
        pictures = {name for name in archive.namelist() if name.endswith(".svg")}
    assert pictures == {"EPUB/images/a.svg"}


@pytest.mark.parametrize("call", ["[^n]{only=ebook}", "^[Glass]{only=ebook}"])
def test_a_note_may_be_called_in_some_editions_only(call: str) -> None:
    book = made(f"# A\n\nwords{call}\n\n[^n]: Glass\n")

    (ebook, paperback) = (
        written(for_edition(book, edition))[0] for edition in (EBOOK, PAPERBACK)
    )

    assert [len(chapter.notes) for chapter in (ebook, paperback)] == [1, 0]
    assert "{" not in blocks_xhtml(paperback.blocks, OUTPUT)
