"""The pages of print in the EPUB: each mark stands where its page begins."""

import random
import re
import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element

import pypdfium2
import pytest

from publish.check import check_epub
from publish.epub.pages import mark_pages
from publish.flow import AHEAD, Flow, PrintedPage
from publish.flow import Place as FlowPlace
from publish.model import Format
from publish.pdf.setting import Setting
from publish.pipeline import build
from publish.problems import Position, Problem, PublishError
from publish.report import Report
from publish.wanted import Wanted
from publish.words.letters import letters
from tests.ace import violations
from tests.page_list import (
    EPUB,
    HTML,
    flow_of,
    page_marks,
    read,
    unmarked,
    wrong_marks,
)
from tests.printed import THING, printed_pages
from tests.writing import write

EDITIONS = """
[editions.ebook]
format = "epub"

[editions.paperback]
format = "pdf"
isbn = "978-0-306-40615-7"
"""
BOOK = f"""
[book]
title = "The Lamp"
language = "en"
people = ["Ada Bell"]
{EDITIONS}"""
PAGES = 20
SYLLABLES = ("ka", "lo", "mi", "tu", "ren", "sol", "var", "bri", "fost", "gre", "pel")


def sentences(source: random.Random, count: int) -> str:
    def word() -> str:
        return "".join(source.choices(SYLLABLES, k=source.randint(1, 5)))

    return " ".join(
        f"{' '.join(word() for _ in range(source.randint(4, 14)))}."
        for _ in range(count)
    )


def long_chapter(number: int) -> str:
    """With much of what text is interrupted by."""
    source = random.Random(number)
    parts = [f"# Chapter {number}\n"]
    for n in range(45):
        words = sentences(source, source.randint(1, 9))
        parts.append(words.replace(". ", f".[^{n}] *x{n}* ", 1) + "\n")
        match n % 9:
            case 2:
                parts.append("- " + sentences(source, 1) + "\n- " * 2 + "last\n")
            case 4:
                rows = (f"| {sentences(source, 1)} | {k} |" for k in range(6))
                parts.append("| A | B |\n|---|---|\n" + "\n".join(rows) + "\n")
            case 5:
                lines = (f"    {sentences(source, 1)[:40]}" for _ in range(9))
                parts.append("\n".join(lines) + "\n")
            case 7:
                parts.append(f"## {sentences(source, 1)[:30]}\n\n> {words}\n")
    parts += [f"[^{n}]: Note {n}. {sentences(source, 1)}\n" for n in range(45)]
    return "\n".join(parts)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("long")
    files = {f"{n}.md": long_chapter(n) for n in range(1, 6)}
    files["0-preface.md"] = "---\nrole: preface\n---\n# Preface\n\n" + "\n\n".join(
        sentences(random.Random(n), 9) for n in range(20)
    )
    return build(write(folder, {"book.toml": BOOK, **files}))


def opened(report: Report, kind: str = ".epub") -> bytes:
    (data,) = (a.data for a in report.artifacts if a.name.endswith(kind))
    return data


def around(data: bytes) -> dict[str, tuple[str, str]]:
    """The letters before and behind each mark, by its label."""
    things = list(flow_of(data))
    found = {}
    for n, thing in enumerate(things):
        if isinstance(thing, Element):
            before, behind = (
                letters("".join(t for t in some if isinstance(t, str)))
                for some in (things[:n], things[n:])
            )
            found[thing.get("aria-label", "")] = before[-60:], behind[:60]
    return found


def printed(data: bytes) -> dict[str, str]:
    """The letters of each page of a PDF, as they stand on it, by its label."""
    with pypdfium2.PdfDocument(data) as pdf:
        return {
            pdf.get_page_label(n): letters(page.get_textpage().get_text_bounded())
            for n, page in enumerate(pdf)
        }


def test_marks_stand_where_the_pages_of_print_begin(report: Report) -> None:
    """Words before a mark end the page before, those behind it begin its own. A word
    that a page breaks stands behind the mark as a whole."""
    marks, pages = around(opened(report)), printed(opened(report, ".pdf"))
    labels = [label for label in pages if label in marks]
    number = {label: n for n, label in enumerate(pages)}
    assert len(labels) > 4 * PAGES

    wrong = []
    for label in random.Random(7).sample(labels, PAGES):
        before, behind = marks[label]
        text = pages[label]
        begins = next((k for k in range(15) if behind[k : k + 25] in text[:90]), -1)
        earlier = "".join(list(pages.values())[: number[label]])
        if begins < 0 or before[-12:] not in earlier[-3000:]:
            wrong.append((label, before, behind, text[:90]))
    assert not wrong


def test_no_mark_is_a_word_off(report: Report) -> None:
    marks, pages = page_marks(opened(report)), printed_pages(opened(report, ".pdf"))

    assert wrong_marks(marks, pages) == {}
    assert unmarked(marks, pages) == []


def test_a_page_may_begin_with_a_formula_or_in_one(tmp_path: Path) -> None:
    long = " + ".join(f"a_{{{n}}} b_{{{n}}}" for n in range(22))
    text = "\n\n".join(
        f"Word {n} {' '.join(f'and ${long} + {k}$ so' for k in range(3))} end."
        for n in range(60)
    )
    report = build(write(tmp_path, {"book.toml": BOOK, "1.md": f"# One\n\n{text}"}))

    pages = printed_pages(opened(report, ".pdf"))

    assert sum(page.text.startswith(THING) for page in pages) > 4
    assert wrong_marks(page_marks(opened(report)), pages) == {}


def test_every_page_with_text_has_its_mark_and_no_blank_one(report: Report) -> None:
    marks, pages = around(opened(report)), printed(opened(report, ".pdf"))

    assert {label for label, text in pages.items() if text} == set(marks)
    assert {"i", "vii", "1", "2"} <= set(marks)
    assert len(marks) < len(pages)


def test_all_pages_are_listed_and_their_source_is_named(report: Report) -> None:
    data = opened(report)
    labels = list(around(data))
    nav = read(data, "nav.xhtml")
    (pages,) = (
        nav for nav in nav.iter(f"{HTML}nav") if nav.get(f"{EPUB}type") == "page-list"
    )
    listed = {str(a.get("href")): a.text for a in pages.iter(f"{HTML}a")}
    ncx = read(data, "toc.ncx")
    space = {"n": "http://www.daisy.org/z3986/2005/ncx/"}
    targets = [
        (t.get("type"), t.get("value"), t.findtext("n:navLabel/n:text", "", space))
        for t in ncx.iterfind(".//n:pageTarget", space)
    ]
    metas = {
        (m.get("property"), m.text) for m in read(data, "content.opf").iter() if m.text
    }

    assert list(listed.values()) == labels
    assert targets[0] == ("front", None, "i")
    assert targets[-1] == ("normal", labels[-1], labels[-1])
    assert ("pageBreakSource", "urn:isbn:9780306406157") in metas
    assert {
        ("schema:accessibilityFeature", "pageBreakMarkers"),
        ("schema:accessibilityFeature", "pageNavigation"),
    } <= metas


def test_checkers_find_nothing(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "book.epub"
    path.write_bytes(opened(report))

    assert [str(problem) for problem in check_epub(path)] == []
    assert violations([path]) == [[]]


TEXT = "# One\n\n" + "\n\n".join(f"Paragraph {n} of the text." for n in range(90))


def test_what_is_asked_for_changes_nothing(tmp_path: Path) -> None:
    folder = write(tmp_path, {"book.toml": BOOK, "1.md": TEXT})

    both = build(folder)
    alone = build(folder, Wanted(formats=(Format.EPUB,)))

    assert len(alone.artifacts) == 1
    assert opened(alone) == opened(both)


@pytest.mark.parametrize(
    "editions",
    [
        "",
        EDITIONS.replace('"epub"', '"epub"\npages = false'),
        EDITIONS.partition("[editions.paper")[0],
    ],
)
def test_a_book_without_an_edition_to_tell_tells_no_pages(
    tmp_path: Path, editions: str
) -> None:
    toml = BOOK.replace(EDITIONS, editions)
    folder = write(tmp_path, {"book.toml": toml, "1.md": TEXT})

    data = opened(build(folder, Wanted(formats=(Format.EPUB,))))

    assert around(data) == {}
    with zipfile.ZipFile(BytesIO(data)) as epub:
        assert b"page-list" not in epub.read("EPUB/nav.xhtml")


def test_pages_of_the_edition_that_is_named(tmp_path: Path) -> None:
    editions = EDITIONS.replace('"epub"', '"epub"\npages = "large"')
    editions += '\n[editions.large]\nformat = "pdf"\ntrim = "A6"\n'
    toml = BOOK.replace(EDITIONS, editions)
    report = build(write(tmp_path, {"book.toml": toml, "1.md": TEXT}))

    large = printed(opened(report, "large.pdf"))

    assert set(around(opened(report))) == {
        label for label, text in large.items() if text
    }
    assert len(large) > len(printed(opened(report, "paperback.pdf")))


def test_text_that_the_epub_leaves_out_takes_its_pages_along(tmp_path: Path) -> None:
    aside = "\n\n".join(f"Aside {n} that only paper has." for n in range(80))
    text = f"{TEXT}\n\n::: {{only=print}}\n\n{aside}\n\n:::\n\nIt ends here and now."
    report = build(write(tmp_path, {"book.toml": BOOK, "1.md": text}))
    marks, pages = around(opened(report)), printed(opened(report, ".pdf"))

    gone = {label for label, text in pages.items() if set(re.findall("aside", text))}
    ends = [label for label, text in pages.items() if "itendshere" in text]

    assert len(gone) > 2
    assert len(gone & set(marks)) <= 2
    assert ends[0] in marks
    assert "itendshereandnow" in marks[ends[0]][1]


def test_pages_that_cannot_be_set_are_reported_and_the_epub_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise PublishError([Problem(Position(tmp_path), "no-pango", "no Pango")])

    folder = write(tmp_path, {"book.toml": BOOK, "1.md": TEXT})
    monkeypatch.setattr(Setting, "printed", broken)
    report = build(folder, Wanted(formats=(Format.EPUB,)))

    assert [problem.code for problem in report.problems] == ["no-pango", "no-pages"]
    assert around(opened(report)) == {}


def place(block: str, before: int, nth: int = 0) -> FlowPlace:
    flow: Flow[None] = Flow()
    flow.text(block, None)
    flow.close()
    text = letters(block)
    return FlowPlace(
        "a", flow.blocks[0].name, nth, before, text[before : before + AHEAD]
    )


def marked(xhtml: str, *places: FlowPlace) -> str:
    pages = [PrintedPage(str(n), (one,)) for n, one in enumerate(places, 1)]
    text, _ = mark_pages(f"<body>{xhtml}</body>", pages)
    return re.sub(r'<span epub:type="pagebreak"[^>]*></span>', "|", text)[6:-7]


@pytest.mark.parametrize(
    ("xhtml", "block", "before", "found"),
    [
        ("<p>one two</p>", "one two", 3, "<p>one |two</p>"),
        # The end of a word is on the new page.
        ("<p>one wonderful</p>", "one wonderful", 6, "<p>one |wonderful</p>"),
        ("<p>won<em>der</em>ful</p>", "wonderful", 5, "<p>|won<em>der</em>ful</p>"),
        ("<p>a &amp; b&#233;ta</p>", "a & béta", 2, "<p>a &amp; |b&#233;ta</p>"),
        ("<p>don’t go</p>", "don’t go", 3, "<p>|don’t go</p>"),
        ("<p>© two</p>", "© two", 0, "<p>|© two</p>"),
        ("<p>one, (“two”)</p>", "one, (“two”)", 3, "<p>one, |(“two”)</p>"),
        ("<p>well-known</p>", "well-known", 4, "<p>well-|known</p>"),
        ("<p>中文文字</p>", "中文文字", 2, "<p>中文|文字</p>"),
        ("<p>سلام دنیا</p>", "سلام دنیا", 4, "<p>سلام |دنیا</p>"),
        ("<h2>Head</h2><p>x</p>", "Head", 0, "|<h2>Head</h2><p>x</p>"),
        ('<p>a<a class="noteref">1</a> b</p>', "a b", 1, None),
        ("<p>a<br />b c</p>", "ab c", 1, "<p>a<br />|b c</p>"),
    ],
)
def test_a_mark_stands_before_the_first_word_of_its_page(
    xhtml: str, block: str, before: int, found: str | None
) -> None:
    expected = found or xhtml.replace("</a> b", "</a> |b")

    assert marked(xhtml, place(block, before)) == expected


def test_a_mark_may_stand_before_a_formula() -> None:
    flow: Flow[None] = Flow()
    flow.text("won ", None)
    flow.formula(None)
    flow.text(" two", None)
    flow.close()
    name, math = flow.blocks[0].name, "<math><mi>x</mi></math>"

    text = f"<p>won {math} two</p>"

    assert marked(text, FlowPlace("a", name, 0, 3, "")) == f"<p>won |{math} two</p>"
    assert marked(text, FlowPlace("a", name, 0, 4, "")) == f"<p>won {math} |two</p>"


def test_the_same_words_twice_are_told_apart() -> None:
    twice = "<p>one two</p><p>one two</p>"

    assert marked(twice, place("one two", 3, nth=1)) == "<p>one two</p><p>one |two</p>"


def test_a_block_that_differs_is_known_by_the_words_that_follow() -> None:
    place_in_print = place("A longer remark stands in the book on paper", 7)

    text = marked("<p>A remark stands in the book on paper</p>", place_in_print)

    assert text == "<p>A |remark stands in the book on paper</p>"


def test_pages_never_go_backwards() -> None:
    text = marked("<p>one two</p><p>three</p>", place("three", 0), place("one two", 3))

    assert text == "<p>one two</p><p>|three</p>"
