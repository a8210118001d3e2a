"""A book can be read without eyes, and says truly how far."""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from publish.check import check_epub
from publish.epub.tables import mark_wide_tables
from publish.language import is_language_tag, language_hint
from publish.model import Image, Link, Paragraph, Span, Table, Target, Text
from publish.pipeline import build
from publish.problems import PublishError
from publish.style import load_style
from publish.transform.link_names import name_links
from publish.walk import chapter_inlines
from publish.wanted import Wanted
from tests.ace import violations
from tests.conftest import BOOK_TOML, GUIDE, LAMP, BuildWhole, WriteBook
from tests.through import through_our_tree
from tests.trees import book, chapter, read_one

BOOKS = (GUIDE, *sorted(LAMP.parent.iterdir()))
STYLE = load_style("classic")
SHEET = STYLE.epub_css
NEWER = (STYLE.folder / "epub-newer.css").read_text(encoding="utf-8")
# WCAG 2.2, 1.4.3 (AA), for text of the usual size.
ENOUGH = 4.5
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


@pytest.fixture(scope="module")
def epubs(whole: BuildWhole) -> Mapping[str, Path]:
    return {book.name: whole(book).epub for book in BOOKS}


def test_ace_finds_nothing(epubs: Mapping[str, Path]) -> None:
    found = violations([*epubs.values()])

    assert dict(zip(epubs, found, strict=True)) == {name: [] for name in epubs}


def test_ace_is_not_silent(epubs: Mapping[str, Path], tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.epub"
    with zipfile.ZipFile(epubs["lamp"]) as old, zipfile.ZipFile(spoilt, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename.endswith("06-the-lamp.xhtml"):
                data = data.replace(b"<p>", b'<p style="color: #aaa">', 1)
            new.writestr(entry, data)

    (found,) = violations([spoilt])

    assert [line.split(": ")[:3] for line in found] == [
        ["text/06-the-lamp.xhtml", "serious", "color-contrast"]
    ]


def test_every_file_of_an_epub_has_a_title_of_its_own(
    epubs: Mapping[str, Path],
) -> None:
    for path in epubs.values():
        with zipfile.ZipFile(path) as archive:
            pages = [n for n in archive.namelist() if n.endswith(".xhtml")]
            titles = [title(archive.read(page).decode()) for page in pages]
        assert len(titles) == len(set(titles))


def test_a_second_chapter_of_that_name_says_where_it_stands(
    write_book: WriteBook,
) -> None:
    toml = (
        '[book]\ntitle = "T"\nlanguage = "en"\n[contents]\n'
        'body = [{ part = "A", chapters = ["1.md"] },'
        ' { part = "B", chapters = ["2.md", "3.md", "4.md"] }]\n'
    )
    files = {f"{n}.md": "# One\n\nx\n" for n in (1, 2, 3)}
    folder = write_book({"book.toml": toml, **files, "4.md": "# Cover\n\nx\n"})

    (artifact,) = build(folder, Wanted(formats=("epub",))).artifacts

    with zipfile.ZipFile(io.BytesIO(artifact.data)) as archive:
        pages = [n for n in archive.namelist() if n.endswith(".xhtml")]
        titles = {title(archive.read(page).decode()) for page in pages}
    assert {"One", "B – One", "B – One (2)", "Contents", "Contents – T"} <= titles
    assert {"Cover", "B – Cover"} <= titles


@pytest.mark.parametrize(
    ("pictures", "language", "summary"),
    [
        ("", "en-GB", ["The text can", "table of contents.</meta>"]),
        ("![](p.svg)", "en", ["The text can", "table of contents.</meta>"]),
        ("![a dot](p.svg)", "en", ["The text can", "The pictures are described"]),
        ('![a](p.svg) <img src="p.svg">', "en", ["Some pictures have no"]),
        ("![a dot](p.svg)", "fa", ["متن را", "تصویرها با کلمات"]),
        ("![a dot](p.svg)", "sl", ['xml:lang="en"', "The text can"]),
    ],
)
def test_a_book_says_in_its_language_how_it_can_be_read(
    write_book: WriteBook, pictures: str, language: str, summary: list[str]
) -> None:
    toml = f'[book]\ntitle = "T"\nlanguage = "{language}"\n'
    text = f"# One\n\nwords {pictures}\n"
    folder = write_book({"book.toml": toml, "a.md": text, "p.svg": PICTURE})

    (artifact,) = build(folder, Wanted(formats=("epub",))).artifacts

    with zipfile.ZipFile(io.BytesIO(artifact.data)) as archive:
        package = archive.read("EPUB/content.opf").decode()
    (line,) = (row for row in package.splitlines() if "accessibilitySummary" in row)
    assert [words for words in summary if words not in line] == []


@pytest.mark.parametrize(
    ("link", "name"),
    [
        (Link("x", (Image("x", "", 1),), 1, target=Target("two")), "The Storm"),
        (Link("x", (Image("x", "a lamp", 1),), 1, target=Target("two")), ""),
        (
            Link("https://example.org/a%20b/", (Image("x", None, 1),), 1),
            "example.org/a b",
        ),
        (Link("mailto:a@b.org", (Image("x", None, 1),), 1), "a@b.org"),
        (Link("https://example.org/", (Image("x", "", 1),), 1, "title"), ""),
        (Link("nowhere.md", (Image("x", "", 1),), 1), ""),
        (Link("x", (Text("words"), Image("x", "", 1)), 1, target=Target("two")), ""),
    ],
)
def test_a_link_round_a_picture_without_words_says_where_it_leads(
    link: Link, name: str
) -> None:
    two = replace(chapter(name="two"), title="The Storm")
    before = book(chapter(Paragraph((link,), 1), name="one"), two)

    (after, *_) = chapter_inlines(name_links(before).chapters[0])

    assert isinstance(after, Link)
    assert after.attributes.get("aria-label") == name


def test_a_link_round_nothing_is_none() -> None:
    empty = Link("https://example.org", (Text(" "),), 1)
    before = book(chapter(Paragraph((empty,), 1)))

    (after, *_) = chapter_inlines(name_links(before).chapters[0])

    assert after == Span("span", empty.children, 1)


def test_a_cell_without_words_heads_nothing() -> None:
    made = through_our_tree("| ![](x.png) | a |\n|--|--|\n| 1 | 2 |\n")

    assert '<td><img src="x.png" alt="" /></td><th scope="col">a</th>' in made


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ("<details><summary></summary>words</details>", "<div>words</div>"),
        ("<details><summary>a</summary>b</details>", "<summary>a</summary>"),
        ('<p aria-hidden="true">words</p>', "<p>words</p>"),
        ('<ul role="presentation"><li>x</li></ul>', "<ul>\n<li>x</li>\n</ul>"),
        ('<p lang="eng">x</p>', '<p lang="en" xml:lang="en">x</p>'),
        ('<p lang="zz">x</p>', "<p>x</p>"),
        ('<p lang="grc">x</p>', '<p lang="grc" xml:lang="grc">x</p>'),
    ],
)
def test_html_that_would_mislead_a_listener_is_left_out(html: str, made: str) -> None:
    assert made in through_our_tree(html)


def test_a_language_that_nobody_knows_is_no_language() -> None:
    assert is_language_tag("pes")
    assert not is_language_tag("zz")
    assert not is_language_tag("per")
    assert language_hint("per") == 'did you mean "fa"?'


@pytest.mark.parametrize("page", ["#ffffff", "#000000"])
def test_every_colour_can_be_read_on_a_white_page_and_on_a_black_one(page: str) -> None:
    colours = re.findall(r"color:\s*(#\w+)", SHEET)

    assert colours
    assert [c for c in colours if contrast(c, page) < ENOUGH] == []


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, "contrast ratio"."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """WCAG 2.2, "relative luminance", of "#rrggbb"."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_old_readers_find_nothing_they_do_not_know() -> None:
    rules = re.sub(r"/\*.*?\*/", "", SHEET, flags=re.DOTALL)

    assert not re.search(r"@|var\(|calc\(|\bdirection:|:is\(|:where\(|:has\(", rules)
    assert "overflow-x" not in rules
    # Kindle takes no margin below nought.
    assert not re.search(r"margin[\w-]*:[^;}]*-\.?\d", rules)
    assert re.search(r"pre \{[^}]*white-space: pre-wrap;", rules)


def test_what_newer_readers_know_stands_under_a_condition() -> None:
    rules = re.sub(r"/\*.*?\*/", "", NEWER, flags=re.DOTALL).strip()
    inside, depth = "", 0
    for sign in rules:
        depth += (sign == "{") - (sign == "}")
        inside += "" if depth else sign

    assert rules.startswith("@supports ")
    assert inside.count("}") == 1
    assert not re.search(r"(?<![-\w])direction|unicode-bidi", rules)


@pytest.mark.parametrize(
    ("cells", "wide"),
    [
        (["a few words in each"] * 3, False),
        (["Überlastungsschutzschalter"] * 2, True),
        (["漢字仮名交文を書くときに使われる文字の一覧"] * 4, False),
        (["one-word-that-may-break-at-its-hyphens"] * 2, False),
        (["`a_long_name_in_code`"] * 3, True),
        (["x"] * 12, True),
    ],
)
def test_a_table_too_wide_for_a_phone_says_so(cells: list[str], wide: bool) -> None:
    row = f"| {' | '.join(cells)} |\n"
    before = read_one(f"{row}{'|-' * len(cells)}|\n{row}")

    (table,) = mark_wide_tables(before).blocks

    assert isinstance(table, Table)
    assert ("wide" in table.attributes.classes) is wide


@pytest.mark.parametrize(
    ("cells", "packed", "figures"),
    [
        (["caretakers"] * 6 + ["1,203,200.75"], False, 1),
        (["caretakers"] * 3 + ["44", "2.1 %", "Überlastungsschutzschalter"], False, 2),
        (["1,203,200.75"] * 5, True, 0),
    ],
)
def test_numbers_in_a_table_stay_whole_where_there_is_room(
    cells: list[str], packed: bool, figures: int
) -> None:
    head = f"{'| x ' * len(cells)}|\n{'|-' * len(cells)}|\n"
    before = read_one(f"{head}| {' | '.join(cells)} |\n")

    (table,) = mark_wide_tables(before).blocks

    assert isinstance(table, Table)
    assert "wide" in table.attributes.classes
    assert ("packed" in table.attributes.classes) is packed
    classes = [cell.attributes.classes for cell in table.body[0].cells]
    assert classes.count(("figures",)) == figures


def test_words_of_a_wide_table_break_where_they_are_longest() -> None:
    cells = ["Favourite", "Goodreads", "44", *["Überlastungsschutzschalter"] * 2]
    head = f"{'| x ' * 5}|\n{'|-' * 5}|\n"

    (table,) = mark_wide_tables(read_one(f"{head}| {' | '.join(cells)} |\n")).blocks

    assert isinstance(table, Table)
    classes = [cell.attributes.classes for cell in table.body[0].cells]
    assert classes == [(), (), ("figures",), ("broken",), ("broken",)]


@pytest.mark.parametrize(
    ("cells", "of_table", "of_cells"),
    [
        (["a", "few"], (), ((), ())),
        (["44", "lighthouse-keeper"], (), ((), ())),
        (
            ["44", "Weatherglass", "Lighthousekeepers"],
            (),
            (("figures",), ("broken-large",), ("broken-large",)),
        ),
        (["12,345.6"] * 4, ("packed-large",), ((),) * 4),
    ],
)
def test_a_table_that_fits_a_phone_gives_way_to_large_letters(
    cells: list[str], of_table: tuple[str, ...], of_cells: tuple[tuple[str, ...], ...]
) -> None:
    head = f"{'| x ' * len(cells)}|\n{'|-' * len(cells)}|\n"

    (table,) = mark_wide_tables(read_one(f"{head}| {' | '.join(cells)} |\n")).blocks

    assert isinstance(table, Table)
    assert table.attributes.classes == of_table
    assert tuple(c.attributes.classes for c in table.body[0].cells) == of_cells


def test_a_cell_over_many_columns_makes_no_table_wide() -> None:
    word = "Überlastungsschutzschalter"
    row = (
        f"<tr><td colspan='2'>{word} {word}</td></tr><tr><td>a</td><td>{word}</td></tr>"
    )

    (table,) = mark_wide_tables(read_one(f"<table>{row}</table>")).blocks

    assert isinstance(table, Table)
    assert table.attributes.classes == ()


def test_a_wide_table_is_marked_in_the_epub(write_book: WriteBook) -> None:
    row = "|" + "x |" * 16 + "\n"
    folder = write_book({"a.md": f"# A\n\n{row}|{'-|' * 16}\n{row}"})

    (artifact,) = build(folder, Wanted(formats=("epub",))).artifacts

    with zipfile.ZipFile(io.BytesIO(artifact.data)) as archive:
        pages = [archive.read(n) for n in archive.namelist() if "text/" in n]
    assert b'<table class="wide packed-large">' in b"".join(pages)


CLAIM = """[book.accessibility]
conforms_to = "WCAG 2.2 AA"
certified_by = "North Light"
credential = "Reads with their ears"
report = "https://example.org/report"
exemption = "microenterprise"
"""


def claimed(write_book: WriteBook, text: str, tmp_path: Path) -> tuple[str, list[str]]:
    """What the package of a book says that claims to conform, and what is wrong."""
    toml = BOOK_TOML + CLAIM
    report = build(
        write_book({"book.toml": toml, "a.md": text, "a.svg": PICTURE}),
        Wanted(formats=("epub",)),
    )
    (artifact,) = report.artifacts
    path = tmp_path / "claim.epub"
    path.write_bytes(artifact.data)
    assert [str(problem) for problem in check_epub(path)] == []
    with zipfile.ZipFile(path) as archive:
        package = archive.read("EPUB/content.opf").decode()
    return package, [problem.code for problem in report.problems]


def test_what_an_author_vouches_for_is_said(
    write_book: WriteBook, tmp_path: Path
) -> None:
    package, codes = claimed(write_book, "# A\n\nx\n", tmp_path)

    assert codes == []
    for said in (
        "EPUB Accessibility 1.1 - WCAG 2.2 Level AA",
        "North Light",
        "Reads with their ears",
        'href="https://example.org/report"',
        "eaa-microenterprise",
    ):
        assert said in package


def test_a_claim_that_the_book_contradicts_is_refused(
    write_book: WriteBook, tmp_path: Path
) -> None:
    text = "# A\n\n<img src='a.svg'>\n"

    package, codes = claimed(write_book, text, tmp_path)

    assert "false-claim" in codes
    assert "conformsTo" not in package
    assert "eaa-microenterprise" in package


def test_a_claim_has_a_name(write_book: WriteBook) -> None:
    claim = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
    toml = BOOK_TOML + f'[book.accessibility]\nconforms_to = "{claim}"\n'

    with pytest.raises(PublishError) as caught:
        build(write_book({"book.toml": toml, "a.md": "# A"}))

    assert [problem.code for problem in caught.value.problems] == ["half-claim"]


def title(page: str) -> str:
    found = re.search("<title>(.*?)</title>", page)
    assert found
    return found[1]
