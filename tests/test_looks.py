"""What an author changes of the look, measured in the finished files."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import pymupdf
import pytest

from publish.check.epubcheck import check_epub
from publish.chosen import choose
from publish.config import load_config
from publish.crew import Here
from publish.fonts import heights, load_faces
from publish.manuscript import read_manuscript
from publish.parse import parse
from publish.pdf.setting import Setting
from publish.pipeline import build
from publish.problems import Position, Problem, PublishError, Severity
from publish.report import Report
from publish.transform import transform
from publish.wanted import Wanted
from tests.conftest import BOOK_TOML, WriteBook
from tests.printed import printed_pages

WORDS = "The lamp was trimmed and the night was long and nobody came to the door. "
TEXT = f"""\
# Winter

“{WORDS * 9}

{WORDS * 6}

* * *

{WORDS * 5}

## Ice

{WORDS * 34}

See [the web](https://example.org). `code`

## Thaw

{WORDS * 34}
"""
LONG = "Afar " + "on the other side of the hills " * 4
NUMBERED = """\
# Winter

In 1911 or so.

See @tbl-lamps and @sec-one.[^a]

[^a]: A note.

1. First

| Lamp | Lit |
|:-----|----:|
| Old  |   2 |

: Lamps {#tbl-lamps}

## Ice {#sec-one}
"""
SECOND = f"# Spring\n\n{WORDS * 60}\n"
EDITIONS = '[editions.print]\nformat = "pdf"\n[editions.ebook]\nformat = "epub"\n'


@dataclass(frozen=True)
class Span:
    """A piece of text on a page, in points from its upper left corner."""

    page: int
    text: str
    size: float
    font: str
    colour: int
    left: float
    base: float
    right: float


Spans = Callable[..., list[Span]]


@pytest.fixture
def made(write_book: WriteBook) -> Callable[..., Report]:
    """Build the book with what stands under [design]."""

    def make(
        design: str, edition: str = "", files: dict[str, str] | None = None, **more: str
    ) -> Report:
        toml = f"{BOOK_TOML}[design]\n{design}\n{EDITIONS}{edition}\n"
        text = {"1.md": TEXT, "2.md": SECOND, "book.toml": toml}
        folder = write_book({**text, **(files or {})})
        wanted = Wanted(editions=(more.get("only", "print"),))
        return build(folder, wanted, executor=Here())

    return make


@pytest.fixture
def spans(made: Callable[..., Report]) -> Spans:
    def read(design: str, edition: str = "", **more: object) -> list[Span]:
        return spans_of(made(design, edition, **more))

    return read


def spans_of(report: Report) -> list[Span]:
    assert [p for p in report.problems if p.severity is not Severity.NOTE] == []
    found = []
    with pymupdf.open(stream=report.artifacts[0].data) as pdf:
        for number, page in enumerate(pdf):
            for block in page.get_text("dict")["blocks"]:
                for line in block.get("lines", ()):
                    for span in line["spans"]:
                        (left, base), right = span["origin"], span["bbox"][2]
                        found.append(
                            Span(
                                number,
                                span["text"],
                                # Justified letters are a hair wider or narrower.
                                round(span["size"] * 4) / 4,
                                span["font"].partition("+")[2] or span["font"],
                                span["color"],
                                round(left, 2),
                                round(base, 2),
                                round(right, 2),
                            )
                        )
    return found


def one(spans: list[Span], text: str, page: int | None = None) -> Span:
    found = [s for s in spans if s.text.strip() == text]
    return next(s for s in found if page is None or s.page == page)


def headed(spans: list[Span], text: str) -> Span:
    """The heading of a section, which its contents and its running heads say too."""
    return next(s for s in spans if s.text.strip() == text and s.size > 12.5)


def prose(spans: list[Span]) -> list[Span]:
    """Full lines of the text."""
    return [s for s in spans if len(s.text) > 30 and "The lamp" in s.text]


def opener(spans: list[Span], title: str = "Winter") -> int:
    return max(s.page for s in spans if s.text == title and s.size > 15)


@pytest.fixture
def epub(made: Callable[..., Report]) -> Callable[..., str]:
    """The style sheet of the e-book."""

    def read(design: str, edition: str = "", **more: object) -> str:
        report = made(design, edition, only="ebook", **more)
        assert [p for p in report.problems if p.severity is not Severity.NOTE] == []
        with zipfile.ZipFile(io.BytesIO(report.artifacts[0].data)) as archive:
            return archive.read("EPUB/styles/book.css").decode()

    return read


def test_size_and_leading(spans: Spans) -> None:
    found = prose(spans('size = "10pt"\nleading = "15pt"'))

    steps = [b.base - a.base for a, b in pairwise(found) if a.page == b.page]
    assert {s.size for s in found} == {10}
    assert min(round(s, 1) for s in steps if s > 0) == 15


def test_leading_follows_the_size(spans: Spans) -> None:
    found = prose(spans('size = "12pt"'))

    steps = [b.base - a.base for a, b in pairwise(found) if a.page == b.page]
    assert min(round(s, 1) for s in steps if s > 0) == round(14.5 / 11 * 12, 1)


@pytest.mark.parametrize(("design", "line"), [("", 14.5), ('leading = "18pt"', 18)])
def test_spaces_are_counted_in_lines(spans: Spans, design: str, line: float) -> None:
    verse = "::: verse\nThe slate goes down\nand the wind comes up\n:::"
    text = f"# One\n\nBefore it\n\n## A head\n\nBelow it\n\n{verse}\n\nAfter it\n"
    found = spans(design, files={"1.md": text})

    words = "Before it", "Below it", "The slate goes down", "and the wind comes up"
    bases = [one(found, text).base for text in (*words, "After it")]
    steps = [round((b - a) / line, 2) for a, b in pairwise(bases)]
    assert steps == [4, 1.5, 1, 1.5]


def test_measure(spans: Spans) -> None:
    found = spans('measure = "20em"')

    page = [s for s in found if s.page == opener(found) + 1 and s.size == 11]
    wide = max(s.right for s in page) - min(s.left for s in page)
    assert wide == pytest.approx(220, abs=1)


def test_margins(spans: Spans) -> None:
    found = spans('margins = { inner = "30mm", outer = "20mm", top = "25mm" }')

    right_hand = [s for s in prose(found) if s.page % 2 == 0]
    left_hand = [s for s in prose(found) if s.page % 2]
    # 30 and 20 mm, on paper 432 points wide.
    assert min(s.left for s in right_hand) == pytest.approx(85.04, abs=0.3)
    assert max(s.right for s in right_hand) == pytest.approx(432 - 56.69, abs=0.7)
    assert min(s.left for s in left_hand) == pytest.approx(56.69, abs=0.3)
    assert min(s.base for s in prose(found)) == pytest.approx(70.87 + 10, abs=2)


def test_fonts(spans: Spans) -> None:
    design = 'text-font = "Literata"\nheading-font = "Source Sans 3"'
    found = spans(f"{design}\ncode-font = 'Atkinson Hyperlegible'")

    assert {s.font for s in prose(found)} == {"Literata"}
    assert headed(found, "Ice").font.startswith("Source-Sans-3")
    assert one(found, "code").font.startswith("Atkinson-Hyperlegible")


def test_fonts_of_an_e_book(made: Callable[..., Report]) -> None:
    design = 'text-font = "Literata"\nheading-font = "Source Sans 3"'
    report = made(design, only="ebook")

    with zipfile.ZipFile(io.BytesIO(report.artifacts[0].data)) as archive:
        names = [name for name in archive.namelist() if "fonts/" in name]
        css = archive.read("EPUB/styles/book.css").decode()
    assert "EPUB/fonts/literata-400.ttf" in names
    assert "EPUB/fonts/source-sans-3-400.ttf" in names
    assert not [name for name in names if "garamond" in name]
    assert '{ font-family: "Source Sans 3", "Literata",' in css


@pytest.mark.parametrize("only", ["print", "ebook"])
def test_one_font_for_everything(made: Callable[..., Report], only: str) -> None:
    fonts = "\n".join(f'{use}-font = "Source Code Pro"' for use in USES)
    report = made(fonts, only=only)

    assert [p for p in report.problems if p.severity is not Severity.NOTE] == []
    if only == "ebook":
        with zipfile.ZipFile(io.BytesIO(report.artifacts[0].data)) as archive:
            names = archive.namelist()
        assert len(names) == len(set(names))
        assert "EPUB/fonts/source-code-pro-400.ttf" in names


USES = ("text", "heading", "code")


@pytest.mark.parametrize("key", ["text-font", "heading-font", "code-font"])
def test_a_font_that_is_not_there(made: Callable[..., Report], key: str) -> None:
    problem = refused(made, f'{key} = "EB Garamont"')

    assert (problem.code, problem.at.line) == ("no-font", 6)
    assert "did you mean “EB Garamond”? there is Amiri, " in problem.hint


def refused(made: Callable[..., Report], *said: str, **more: object) -> Problem:
    with pytest.raises(PublishError) as caught:
        made(*said, **more)
    return caught.value.problems[0]


def test_colour(spans: Spans) -> None:
    found = spans('colour = "#7a1f1f"\ndrop-caps = 2')

    assert headed(found, "Ice").colour == 0x7A1F1F
    assert one(found, "T").colour == 0x7A1F1F
    assert one(found, "the web").colour == 0x7A1F1F
    assert {s.colour for s in prose(found)} == {0}


def test_links_that_nobody_can_follow_are_black(spans: Spans) -> None:
    found = spans('colour = "#711"', '[editions.print.design]\nsize = "11pt"')
    printed = spans('colour = "#711"', EDITION_OF_A_PRINTER, only="paper")

    assert one(found, "the web").colour == 0x771111
    assert [s for s in printed if "the web" in s.text and s.colour] == []


EDITION_OF_A_PRINTER = '[editions.paper]\nformat = "pdf"\nprinter = "office"\n'


def test_no_letter_of_an_e_book_has_a_colour(epub: Callable[..., str]) -> None:
    plain, css = epub('headings = "center"'), epub('colour = "#7a1f1f"')

    assert "border-color: #7a1f1f" in css
    assert not re.search(r"[^-]color: #7a1f1f", css)
    assert "#7a1f1f" not in plain


def test_headings_at_the_start(spans: Spans, epub: Callable[..., str]) -> None:
    before, after = spans('headings = "center"'), spans('headings = "start"')

    edge = min(s.left for s in prose(after) if s.page == headed(after, "Ice").page)
    assert headed(after, "Ice").left == pytest.approx(edge, abs=0.2)
    assert headed(before, "Ice").left > edge + 50
    assert "h1, h2, h3, h4, h5, h6 { text-align: left; }" in epub('headings = "start"')


def head(spans: list[Span], page: int) -> str:
    return " ".join(s.text for s in spans if s.page == page and s.base < 58).strip()


def test_heads(spans: Spans) -> None:
    found = spans('heads = { left = "author", right = "none" }')

    first = opener(found)
    assert head(found, first) == ""
    assert head(found, first + 1).lower() == "a. keeper"
    assert head(found, first + 2) == ""


def test_heads_of_sections(spans: Spans) -> None:
    found = spans('heads = { left = "section", right = "section" }')

    first = opener(found)
    ice, thaw = headed(found, "Ice").page, headed(found, "Thaw").page
    spring = opener(found, "Spring")
    said = {page: head(found, page).lower() for page in range(first, spring + 1)}
    assert said[first] == ""
    assert said[ice] == "ice"
    assert said[thaw] == ("ice" if thaw % 2 and said[thaw] == "ice" else "thaw")
    assert said[spring] == ""
    assert [said[p] for p in range(thaw + 1, spring) if said[p]] == ["thaw"] * len(
        [p for p in range(thaw + 1, spring) if said[p]]
    )
    assert head(found, spring + 1).lower() == "spring"


def test_heads_of_parts(made: Callable[..., Report]) -> None:
    contents = '[contents]\nbody = [{ part = "The Year", chapters = ["*.md"] }]\n'
    report = made('heads = { left = "part" }', contents)
    found = spans_of(report)

    left_hand = opener(found) + 1
    assert head(found, left_hand).lower() == "the year"


def folios(spans: list[Span], page: int) -> list[tuple[str, float, float]]:
    return [
        (s.text, s.left, s.base)
        for s in spans
        if s.page == page and re.fullmatch(r"\d+", s.text.strip())
    ]


@pytest.mark.parametrize("where", ["foot-outer", "head-outer"])
def test_folios_at_the_outer_edge(spans: Spans, where: str) -> None:
    found = spans(f'folios = "{where}"')

    first = opener(found)
    for page in (first + 1, first + 2):
        ((_, left, base),) = folios(found, page)
        lines = [s for s in prose(found) if s.page == page]
        # Page 1 is on the right.
        if (page - first) % 2:
            assert left == pytest.approx(min(s.left for s in lines), abs=0.6)
        else:
            assert left > max(s.right for s in lines) - 12
        assert (base < 58) is (where == "head-outer")
    assert [base > 500 for _, _, base in folios(found, first)] == [True]


def test_a_long_head_leaves_room_for_the_number(spans: Spans) -> None:
    long = f"# {'Winter on the far side of the hills ' * 4}\n\n{WORDS * 60}\n"
    found = spans('folios = "head-outer"', files={"1.md": long})

    page = opener(found, "Spring") - 2 - (opener(found, "Spring") % 2)
    above = sorted((s.left, s.right) for s in found if s.page == page and s.base < 58)
    assert len(above) >= 2
    assert all(b[0] >= a[1] - 0.1 for a, b in pairwise(above))


def test_no_folios(spans: Spans) -> None:
    found = spans('folios = "none"')

    assert [folios(found, page) for page in range(opener(found), 12)] == [[]] * (
        12 - opener(found)
    )


@pytest.mark.parametrize("lines", [2, 3])
@pytest.mark.parametrize("font", ["EB Garamond", "Literata"])
def test_drop_caps_stand_on_the_line_and_reach_the_capitals(
    spans: Spans, lines: int, font: str
) -> None:
    found = spans(f'drop-caps = {lines}\ntext-font = "{font}"')

    drop = one(found, "T")
    mark = one(found, "“", drop.page)
    text = [s for s in found if s.page == drop.page and s.size == 11 and s != mark]
    beside = sorted({s.base for s in text if s.left > drop.left + 20})[:lines]
    assert drop.base == pytest.approx(beside[-1], abs=0.1)
    assert beside[-1] - beside[0] == pytest.approx((lines - 1) * 14.5, abs=0.1)
    below = min(s.base for s in text if s.left < drop.left + 1)
    assert below - drop.base == pytest.approx(14.5, abs=0.1)
    face = load_faces(font, [400], italics=False, at=Position(Path()))[0]
    capital = heights(face).capital
    head = beside[0] - capital * 11
    assert drop.base - capital * drop.size == pytest.approx(head, abs=0.1)
    # A mark before it is as large as the text, stands on its first line, and hangs.
    assert mark.size == 11
    assert mark.base == pytest.approx(beside[0], abs=0.1)
    edge = min(s.left for s in text)
    assert mark.right <= drop.left == pytest.approx(edge, abs=0.5)


@pytest.mark.parametrize(
    "text",
    [
        "# Winter\n\nOne line.\n\nAnother one.\n",
        f"# Winter\n\n- {WORDS * 9}\n",
        f"# Winter\n\n1905 {WORDS * 9}\n",
        f"# زمستان\n\n{'چراغ روشن بود و شب دراز بود. ' * 30}\n",
    ],
)
def test_no_drop_cap_where_it_has_no_place(
    made: Callable[..., Report], text: str
) -> None:
    report = made("drop-caps = 3", files={"1.md": text})

    with pymupdf.open(stream=report.artifacts[0].data) as pdf:
        sizes = [
            span["size"]
            for page in list(pdf)[:-4]
            for block in page.get_text("dict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
        ]
    assert max(sizes) < 30


def test_a_drop_cap_keeps_its_word_whole(made: Callable[..., Report]) -> None:
    text = f"# Winter\n\n*Élan* {WORDS * 9}\n"
    report = made("drop-caps = 2", files={"1.md": text})

    assert report.problems == () or all(
        p.severity is Severity.NOTE for p in report.problems
    )
    said = "".join(page.text for page in printed_pages(report.artifacts[0].data))
    assert "winterelanthelamp" in said


def test_drop_caps_of_an_e_book(
    made: Callable[..., Report], epub: Callable[..., str]
) -> None:
    css = epub("drop-caps = 3")

    assert ".p-initial:first-letter { float: left" in css
    book = made("drop-caps = 3", only="ebook").artifacts[0].data
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        (said,) = (
            archive.read(n).decode() for n in archive.namelist() if "winter" in n
        )
    # As large as the text, and not as the letter.
    mark = '<span class="p-opening-mark">“</span>'
    assert f'<p class="p-initial">{mark}The lamp' in said
    assert "p-opening-mark" not in epub("")


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("“*Never* again,” she", "{}“</span><em>Never</em> again"),
        ("*“Never* again,” she", "<em>{}“</span>Never</em> again"),
        ("“*‘Never* again,’” she", "{}“</span><em>{}‘</span>Never</em>"),
        ("«\u00a0Alors\u00a0», dit-elle", "{}«\u00a0</span>Alors"),
        ("“‘(Never", "{}“‘(</span>Never"),
    ],
)
def test_marks_before_the_large_letter_of_an_e_book_stay_small(
    made: Callable[..., Report], text: str, begins: str
) -> None:
    said = chapter_of(made, f"# Winter\n\n{text}\n")

    begins = begins.replace("{}", '<span class="p-opening-mark">')
    assert f'<p class="p-initial">{begins}' in said


@pytest.mark.parametrize("text", ["1905, she", "“1905,” she", "— Never, she"])
def test_what_begins_with_no_letter_has_no_large_one_in_an_e_book(
    made: Callable[..., Report], text: str
) -> None:
    assert f"<p>{text}" in chapter_of(made, f"# Winter\n\n{text} said.\n")


def test_a_letter_with_a_tail_has_more_room_in_an_e_book(
    made: Callable[..., Report], epub: Callable[..., str]
) -> None:
    assert '<p class="p-initial p-tailed">Qui' in chapter_of(
        made, "# Winter\n\nQui ?\n"
    )
    assert ".p-tailed:first-letter { padding-bottom" in epub("drop-caps = 3")


def test_lines_beside_a_large_letter_do_not_touch_its_tail(
    made: Callable[..., Report],
) -> None:
    """As many lines begin behind it as it is high, and one more."""

    def indented(begin: str) -> int:
        text = f"# Winter\n\n{begin} {WORDS * 9}\n"
        report = made("drop-caps = 3", files={"1.md": text})
        with pymupdf.open(stream=report.artifacts[0].data) as pdf:
            page = next(page for page in pdf if "lamp" in page.get_text())
            spans = [
                span
                for block in page.get_text("dict")["blocks"]
                for line in block["lines"]
                for span in line["spans"]
                if len(span["text"]) > 9
            ]
        left = min(span["bbox"][0] for span in spans)
        return sum(span["bbox"][0] > left + 9 for span in spans)

    assert indented("Quickly") == indented("Away") + 1


def test_marks_are_parted_where_the_letter_is_large_alone(
    made: Callable[..., Report],
) -> None:
    text = "---\nrole: epigraph\n---\n\n# Winter\n\n«\u00a0Quoi\u00a0», dit-il.\n"

    assert "p-opening-mark" not in chapter_of(made, text)


def chapter_of(made: Callable[..., Report], text: str) -> str:
    """The first chapter of the e-book, with drop caps, as XHTML."""
    book = made("drop-caps = 3", only="ebook", files={"1.md": text})
    with zipfile.ZipFile(io.BytesIO(book.artifacts[0].data)) as archive:
        (name,) = (n for n in archive.namelist() if n.endswith("winter.xhtml"))
        return archive.read(name).decode()


@pytest.mark.parametrize("marks", ["“", "“‘(", "«\u00a0…", "“‘(“‘(“‘("])
def test_marks_before_a_drop_cap_end_before_it(spans: Spans, marks: str) -> None:
    found = spans("drop-caps = 3", files={"1.md": f"# Winter\n\n{marks}{WORDS * 9}\n"})

    drop = one(found, "T")
    mark = next(s for s in found if s.page == drop.page and s.text[:1] == marks[0])
    assert mark.size == 11
    assert mark.right <= drop.left
    text = [s for s in found if s.page == drop.page and s.size == 11 and s != mark]
    assert drop.left == pytest.approx(min(s.left for s in text), abs=0.5)


def test_a_drop_cap_of_a_word_in_italics_behind_a_mark(spans: Spans) -> None:
    text = f"# Winter\n\n“*Never* again,” she said. {WORDS * 9}\n"
    found = spans("drop-caps = 3", files={"1.md": text})

    drop = one(found, "N")
    mark = one(found, "“", drop.page)
    assert drop.size > 30
    assert mark.size == 11


def test_lead_in(spans: Spans, epub: Callable[..., str]) -> None:
    plain, led = spans("drop-caps = 2"), spans('drop-caps = 2\nlead-in = "small-caps"')

    assert [s.text[:3] for s in plain if s.text.startswith("he lamp")]
    beside = one(led, "T")
    lead = next(s for s in led if s.page == beside.page and s.text.startswith("he"))
    before = next(s for s in plain if s.text.startswith("he lamp"))
    assert lead.text.startswith("he lamp was trimmed")
    # Small capitals are wider than the letters they stand for.
    assert lead.right != before.right
    assert "font-variant: small-caps" in epub('lead-in = "small-caps"')


def test_numbers_by_which_a_thing_is_found_stand_on_the_line(
    made: Callable[..., Report],
) -> None:
    """The old-style 1 of Garamond is an I where no other figure stands beside it."""
    toml = f"{BOOK_TOML}numbering = {{ sections = 1 }}\n{EDITIONS}"

    report = made("", files={"1.md": NUMBERED, "book.toml": toml})

    drawn: dict[str, set[int]] = {}
    with pymupdf.open(stream=report.artifacts[0].data) as pdf:
        for span in (span for page in pdf for span in page.get_texttrace()):
            text = "".join(chr(letter[0]) for letter in span["chars"])
            for known in ("1911", "Table", "1. ", "1"):
                if known in text and "Italic" not in span["font"]:
                    ones = {c[1] for c in span["chars"] if c[0] == ord("1")}
                    drawn.setdefault(known, set()).update(ones)
                    break
    low = drawn.pop("1911")
    assert {*drawn} >= {"Table", "1. ", "1"}
    assert low.isdisjoint(set().union(*drawn.values()))


@pytest.mark.parametrize(
    "style", ["manual", "report", "modern", "verse", "large-print"]
)
def test_a_title_that_turns_over_hangs_beside_its_number(
    made: Callable[..., Report], style: str
) -> None:
    """In the contents, too."""
    toml = (
        f'{BOOK_TOML}numbering = {{ chapters = "arabic", sections = 3 }}\n'
        f'[editions.print]\nformat = "pdf"\nstyle = "{style}"\ncontents_depth = 3\n'
    )
    text = f"# Winter\n\n## {LONG}\n\nText.\n\n### {LONG}\n\nText.\n"

    report = made("", files={"1.md": text, "book.toml": toml})

    hung = []
    with pymupdf.open(stream=report.artifacts[0].data) as pdf:
        for words in (page.get_text("words") for page in pdf):
            for number, title in pairwise(words):
                if title[4] == "Afar" and number[4].startswith("1.1"):
                    below = min(w[1] for w in words if w[1] > title[1] + 5)
                    edge = min(w[0] for w in words if abs(w[1] - below) < 3)
                    assert number[0] < title[0] - 8
                    hung.append(edge - title[0])
    assert hung == pytest.approx([0, 0, 0, 0], abs=0.7)


def test_a_list_in_a_cell_begins_with_the_cells_beside_it(spans: Spans) -> None:
    table = "<table><tr><td>Lamp</td><td><ul><li>Oil</li></ul></td></tr></table>"

    found = spans("", files={"1.md": f"# Winter\n\n{table}\n"})

    oil = next(s for s in found if "Oil" in s.text)
    assert oil.base == pytest.approx(one(found, "Lamp").base, abs=0.1)


def test_no_theorem_slants_in_large_print(spans: Spans) -> None:
    toml = f'{BOOK_TOML}[editions.print]\nformat = "pdf"\nstyle = "large-print"\n'
    text = "# Winter\n\n::: {.theorem #thm-a}\nEach lamp burns.\n:::\n"

    found = spans("", files={"1.md": text, "book.toml": toml})

    assert "Italic" not in next(s for s in found if "burns" in s.text).font


def test_ornament(spans: Spans, epub: Callable[..., str]) -> None:
    assert one(spans('ornament = "~ ~"'), "~ ~").size == 11
    assert [s for s in spans('ornament = "none"') if "~" in s.text] == []
    assert 'hr:before { content: "~ ~"; }' in epub('ornament = "~ ~"')
    assert "hr:before" not in epub('ornament = "leaf"')


def test_no_ornament_is_one_empty_line(spans: Spans, epub: Callable[..., str]) -> None:
    text = {"1.md": "# Winter\n\nBefore it.\n\n***\n\nBehind it.\n"}

    found = spans('ornament = "none"\nleading = "15pt"', files=text)

    assert one(found, "Behind it.").base - one(found, "Before it.").base == 30
    assert "margin: 0; border: 0; text-align" in epub('ornament = "none"')


def test_the_bar_over_a_title_has_the_colour(made: Callable[..., Report]) -> None:
    edition = '[editions.manual]\nformat = "pdf"\nstyle = "manual"\n'
    files = {"1.md": "# Winter\n\nwords\n", "2.md": "# Spring\n\nwords\n"}
    report = made('colour = "#0000ff"', edition, files, only="manual")

    with pymupdf.open(stream=report.artifacts[0].data) as pdf:
        fills = [shape["fill"] for page in pdf for shape in page.get_drawings()]
    assert {*fills} == {(0, 0, 1)}


def test_an_ornament_that_is_drawn(made: Callable[..., Report]) -> None:
    def drawn(design: str) -> set[tuple[tuple[float, ...], float]]:
        """Colours of what is drawn on the page with the break, and how wide it is."""
        with pymupdf.open(stream=made(design).artifacts[0].data) as pdf:
            shapes = [shape for page in pdf for shape in page.get_drawings()]
        return {(s["fill"], round(s["rect"].width, 1)) for s in shapes if s["fill"]}

    plain = drawn('ornament = "none"')

    assert len(drawn("") - plain) > 0
    assert {colour for colour, _ in drawn('ornament = "leaf"') - plain} == {(0, 0, 0)}
    assert {round(c[0], 1) for c, _ in drawn('colour = "#711"') - plain} == {0.5}
    small, large = (
        max(width for _, width in drawn(f'ornament = "leaf"\nsize = "{size}pt"'))
        for size in (8, 16)
    )
    assert large == pytest.approx(2 * small, abs=0.2)


@pytest.mark.parametrize("style", ["classic", "modern", "report", "manual", "verse"])
def test_a_drawn_ornament_is_as_far_from_the_text_above_as_from_that_below(
    made: Callable[..., Report], style: str
) -> None:
    """From the base line above to the small letters below, within half a point."""
    toml = f'{BOOK_TOML}[editions.print]\nformat = "pdf"\nstyle = "{style}"\n'
    text = f"# Winter\n\n{'eve save one ' * 30}\n\n* * *\n\n{'eve save one ' * 30}\n"

    found = made("", files={"1.md": text, "book.toml": toml}).artifacts[0].data

    with pymupdf.open(stream=found) as pdf:
        page = next(p for p in pdf if "eve save" in p.get_text())
        lines = [
            (line["spans"][0]["origin"][1], line["spans"][0]["size"])
            for block in page.get_text("dict")["blocks"]
            for line in block["lines"]
            if "eve save" in line["spans"][0]["text"]
        ]
        above, below = max(pairwise(lines), key=lambda two: two[1][0] - two[0][0])
        drawn = [shape["rect"] for shape in page.get_drawings() if shape["fill"]]
    between = [r for r in drawn if above[0] < r.y0 and r.y1 < below[0]]
    middle = (min(r.y0 for r in between) + max(r.y1 for r in between)) / 2
    small = 0.45 * below[1]
    assert middle == pytest.approx((above[0] + below[0] - small) / 2, abs=0.5)


def test_a_drawn_ornament_in_e_readers(made: Callable[..., Report]) -> None:
    def newer(design: str) -> str:
        report = made(design, only="ebook")
        with zipfile.ZipFile(io.BytesIO(report.artifacts[0].data)) as archive:
            return archive.read("EPUB/styles/newer.css").decode()

    own, chosen = newer(""), newer('ornament = "leaf"')
    assert "hr { width: 2.9em; height: 0; border-width: 0.5em 0 0;" in own
    assert chosen.rindex("hr { width: 1.08em;") > chosen.rindex("hr { width: 2.9em;")
    # Signs are not cut to the shape of a drawing.
    assert newer('ornament = "~"').rstrip().endswith("mask: none; } }")


def test_an_ornament_that_another_font_draws(spans: Spans) -> None:
    assert one(spans('ornament = "⁂"'), "⁂").font != "EB-Garamond"


def test_an_ornament_is_no_way_out_of_a_string(spans: Spans) -> None:
    found = spans("""ornament = '"} p {x: y}'""")

    assert one(found, '"} p {x: y}').size == 11
    assert {s.colour for s in prose(found)} == {0}


@pytest.mark.parametrize(
    ("said", "hint"),
    [("heart", "there is asterisks, "), ("Leaf", "did you mean “leaf”?")],
)
def test_a_word_is_no_ornament(
    made: Callable[..., Report], said: str, hint: str
) -> None:
    own = f'[editions.print.design]\nornament = "{said}"'

    problem = refused(made, "", own)

    assert problem.code == "bad-ornament"
    assert problem.hint.startswith(hint)
    # Said of all editions, it is that of another style.
    report = made(f'ornament = "{said}"')
    (told,) = (p for p in report.problems if p.code == "bad-ornament")
    assert told.severity is Severity.WARNING


def test_an_ornament_that_no_font_draws(made: Callable[..., Report]) -> None:
    assert refused(made, 'ornament = "\\U0001319E"').code == "no-glyph"


def test_sink(spans: Spans) -> None:
    low, high = spans("sink = 10"), spans("sink = 2")

    def under(found: list[Span]) -> float:
        page = opener(found)
        return next(s.base for s in found if s.page == page and s.size > 15)

    assert under(low) - under(high) == pytest.approx(8 * 14.5, abs=0.2)


def test_opening(spans: Spans) -> None:
    recto, page = spans('opening = "recto"'), spans('opening = "page"')
    short = {"1.md": f"# Winter\n\n{WORDS}\n"}
    run_on = spans('opening = "run-on"', files=short)

    assert opener(recto, "Spring") % 2 == 0
    assert opener(page, "Spring") <= opener(recto, "Spring")
    assert opener(run_on, "Spring") == opener(run_on)


def test_indent(spans: Spans, epub: Callable[..., str]) -> None:
    found = prose(spans('indent = "3em"'))

    edge = min(s.left for s in found if s.page == found[0].page)
    assert any(s.left == pytest.approx(edge + 33, abs=0.1) for s in found)
    assert "p, blockquote p + p, li > p + p { text-indent: 3em; }" in epub(
        'indent = "3em"'
    )


def hyphens(spans: list[Span]) -> int:
    ends = ("-", "\N{HYPHEN}", "\N{SOFT HYPHEN}")
    return sum(s.text.rstrip().endswith(ends) for s in spans)


def test_no_hyphens(spans: Spans) -> None:
    long = {
        "1.md": "# Winter\n\n" + "Extraordinarily incomprehensible circumstances. " * 60
    }
    some, none = (
        spans('hyphens = "few"', files=long),
        spans('hyphens = "none"', files=long),
    )

    assert hyphens(some)
    assert hyphens(none) == 0


def test_own_css(spans: Spans, epub: Callable[..., str]) -> None:
    files = {"looks/own.css": "h2 { color: #00f }\n", "p.css": "h2 { font-size: 30pt }"}

    found = spans('css = ["looks/own.css", "p.css"]', files=files)
    both = 'css = { print = "p.css", epub = "looks/own.css" }'
    css = epub(both, files=files)

    assert (headed(found, "Ice").colour, headed(found, "Ice").size) == (0xFF, 30)
    assert css.rstrip().endswith("h2 { color: #00f }")
    assert "30pt" not in css


def test_own_css_for_newer_e_readers_goes_into_their_sheet(
    made: Callable[..., Report],
) -> None:
    css = "h2 { top: 0 }\n@media (prefers-color-scheme: dark) { h2 { color: #eee } }\n"
    report = made('css = "own.css"', only="ebook", files={"own.css": css})

    with zipfile.ZipFile(io.BytesIO(report.artifacts[0].data)) as archive:
        newer = archive.read("EPUB/styles/newer.css").decode()
        plain = archive.read("EPUB/styles/book.css").decode()
    assert newer.endswith("{ h2 { color: #eee } }\n}")
    assert plain.rstrip().endswith("h2 { top: 0 }")


@pytest.mark.parametrize(
    ("name", "css", "code", "at"),
    [
        ("own.css", "\n@page :first { margin: 0 }", "css-page", "own.css:2:1"),
        ("own.css", "p { x: url(http://a/b) }", "css-outside", "own.css:1:8"),
        ("own.css", "p { x: y", "css-syntax", "own.css:1"),
        ("own.css", b"p { content: '\xff' }", "not-utf8", "own.css:1"),
        ("onw.css", "", "no-stylesheet", "book.toml:6"),
        ("../book.toml", "", "no-stylesheet", "book.toml:6"),
    ],
)
def test_own_css_that_must_not_be(
    made: Callable[..., Report], name: str, css: str, code: str, at: str
) -> None:
    problem = refused(made, f'css = "{name}"', files={"own.css": css})

    assert problem.code == code
    assert str(problem.at).endswith(at)


def test_own_css_may_name_the_fonts_of_the_book(made: Callable[..., Report]) -> None:
    css = "h1 { font-family: 'Source Sans 3' }\nh2 { font-family: Literata }\n"
    design = 'heading-font = "Source Sans 3"\ncss = "own.css"'

    report = made(design, files={"own.css": css})

    places = [(p.at.line, p.code) for p in report.problems if "css" in p.code]
    assert places == [(2, "css-font")]
    assert headed(spans_of(replace(report, problems=())), "Ice").font.startswith(
        "Source-Sans-3"
    )


def test_own_css_that_print_does_not_know_is_said_once(
    made: Callable[..., Report],
) -> None:
    report = made('css = "own.css"', files={"own.css": "h1 {\n  colr: red;\n}\n"})

    said = [p for p in report.problems if p.severity is Severity.WARNING]
    places = [(p.at.path.name, p.at.line, p.at.column, p.code) for p in said]
    assert places == [("own.css", 2, 3, "css-unknown")]


@pytest.mark.parametrize(
    "said", ["display: none", "visibility: hidden", "font-size: 0"]
)
def test_own_css_that_hides_words_is_said_once(
    made: Callable[..., Report], said: str
) -> None:
    css = f"h1 {{ color: #111 }}\nh1, h2 {{ {said} }}\n"
    files = {"own.css": css, "2.md": "# Three\n\nMore.\n\n## Four\n\nWords.\n"}

    report = made('css = "own.css"', files=files)

    (problem,) = (p for p in report.problems if p.severity is not Severity.NOTE)
    place = (problem.at.path.name, problem.at.line, problem.at.column)
    assert (problem.code, place) == ("hidden-words", ("own.css", 2, 10))
    assert problem.severity is Severity.WARNING
    assert problem.message.startswith(
        f"`h1, h2 {{ {said} }}` hides words in print, such as “"
    )


@pytest.mark.parametrize(
    ("said", "back"),
    [
        ("display: none", "display: block"),
        ("visibility: hidden", "visibility: visible"),
        ("font-size: 0", "font-size: 9pt"),
    ],
)
def test_own_css_that_takes_back_what_it_hides_is_not_blamed(
    made: Callable[..., Report], said: str, back: str
) -> None:
    """Not for words that are lost for another reason."""
    off = "position: absolute; left: -99cm"
    css = f"h1 {{ {said} }}\nh1 {{ {back}; {off} }}\n"

    report = made('css = "own.css"', files={"own.css": css})

    codes = {p.code for p in report.problems if p.severity is not Severity.NOTE}
    assert codes == {"lost-words"}


def test_a_style_that_is_not_there_has_the_line_that_names_it(
    made: Callable[..., Report],
) -> None:
    big = '[editions.big]\nformat = "pdf"\nstyle = "Report"'
    problem = refused(made, "", big, only="big")

    assert (problem.code, problem.at.line) == ("no-style", 13)


def test_own_css_may_not_be_a_link_to_elsewhere(
    made: Callable[..., Report], tmp_path: Path
) -> None:
    (tmp_path / "out.css").write_text("p { color: red }")
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "own.css").symlink_to(tmp_path / "out.css")

    assert refused(made, 'css = "own.css"').code == "no-stylesheet"


EVERY = """
size = "10pt"
leading = "14pt"
text-font = "Literata"
heading-font = "Source Sans 3"
code-font = "Source Code Pro"
colour = "#7a1f1f"
headings = "start"
drop-caps = 3
lead-in = "small-caps"
ornament = '"<&>"'
indent = "2em"
hyphens = "few"
css = "own.css"
"""


def test_an_e_book_with_every_change_is_valid(
    made: Callable[..., Report], tmp_path: Path
) -> None:
    files = {"own.css": "h2 { margin: 0; }"}
    (tmp_path / "a.epub").write_bytes(
        made(EVERY, only="ebook", files=files).artifacts[0].data
    )

    assert check_epub(tmp_path / "a.epub") == ()


def test_how_often_words_are_divided_is_a_number(write_book: WriteBook) -> None:
    toml = f'{BOOK_TOML}[design]\nhyphens = "few"\n{EDITIONS}'
    folder = write_book({"1.md": SECOND, "book.toml": toml})
    manuscript = read_manuscript(folder)
    ((edition, style),) = choose(manuscript, Wanted(editions=("print",)))

    setting = Setting(transform(parse(manuscript)[0]), edition, style)

    assert setting.bench.setup.manners
    assert setting.bench.setup.manners.hyphen == 600


def test_one_edition_changes_single_keys(spans: Spans, write_book: WriteBook) -> None:
    design = 'size = "10pt"\nindent = "3em"'
    found = prose(spans(design, '[editions.print.design]\nsize = "12pt"'))

    edge = min(s.left for s in found if s.page == found[0].page)
    assert {s.size for s in found} == {12}
    assert any(s.left == pytest.approx(edge + 36, abs=0.1) for s in found)


def test_what_an_e_book_leaves_to_its_reader_is_said(
    made: Callable[..., Report],
) -> None:
    report = made(
        'size = "10pt"', '[editions.ebook.design]\nleading = "12pt"', only="ebook"
    )

    assert [(p.code, p.at.line) for p in report.problems if p.code == "no-effect"] == [
        ("no-effect", 12)
    ]


@pytest.mark.parametrize(
    ("editions", "lines"),
    [
        # For some of them each of these does something.
        ('[editions.p]\nformat = "pdf"\n[editions.e]\nformat = "epub"', []),
        ('[editions.e]\nformat = "epub"', [7, 8]),
        ('[editions.p]\nformat = "pdf"', [8]),
        ("", []),
        (
            '[editions.p]\nformat = "pdf"\ndesign = { css = { epub = "a.css" } }\n'
            '[editions.e]\nformat = "epub"\ndesign = { css = { print = "a.css" } }',
            [11, 14],
        ),
    ],
)
def test_what_no_edition_has_is_said(
    write_book: WriteBook, editions: str, lines: list[int]
) -> None:
    design = '[design]\ncolour = "#711"\nsize = "10pt"\n'
    sheets = 'css = { print = "a.css", epub = "b.css" }\n'
    toml = f"{BOOK_TOML}{design}{sheets}{editions}\n"

    problems = load_config(write_book({"book.toml": toml}) / "book.toml").problems

    assert [(p.at.line, p.code) for p in problems] == [
        (line, "no-effect") for line in lines
    ]


@pytest.mark.parametrize(
    ("design", "line", "ratio"),
    [
        ('[design]\ncolour = "#ffff99"\n', 6, "1.05 to 1"),
        ('[design]\ncolour = "fff"\n', 6, "1 to 1"),
        ('[editions.print.design]\ncolour = "#ff9"\n', 6, "1.05 to 1"),
        ('[design]\ncolour = "#767676"\n', 0, ""),
        ('[editions.ebook.design]\ncolour = "#ffff99"\n', 0, ""),
        (
            '[design]\ncolour = "#ffff99"\n[editions.print.design]\ncolour = "#000"\n',
            0,
            "",
        ),
    ],
)
def test_a_colour_that_is_hardly_seen_on_paper_is_said(
    write_book: WriteBook, design: str, line: int, ratio: str
) -> None:
    folder = write_book({"book.toml": f"{BOOK_TOML}{design}{EDITIONS}"})

    problems = load_config(folder / "book.toml").problems

    found = [(p.at.line, p.code, p.severity, p.message) for p in problems]
    message = f"this colour is hardly seen on white paper: {ratio}"
    said = (line, "pale-colour", Severity.WARNING, message)
    assert found == ([said] if line else [])


def test_a_knob_that_a_style_has_not(made: Callable[..., Report]) -> None:
    large = EDITIONS.replace('"pdf"', '"pdf"\nstyle = "large-print"')
    own = f"{BOOK_TOML}{large}[editions.print.design]\ndrop-caps = 2\n"
    problem = refused(made, "", files={"book.toml": own})

    assert str(problem).endswith(
        ":11: error: the style “large-print” has no `drop-caps` [no-knob]\n"
        f"  hint: {problem.hint}"
    )


def test_large_print_stays_large(made: Callable[..., Report]) -> None:
    large = EDITIONS.replace('"pdf"', '"pdf"\nstyle = "large-print"')
    own = f'{BOOK_TOML}{large}[editions.print.design]\nsize = "14pt"\n'
    problem = refused(made, "", files={"book.toml": own})

    assert problem.message == "the style “large-print” takes no such `size`"
    assert problem.hint == "write a length from 16pt to 36pt"


def test_what_is_said_of_all_editions_is_passed_over_where_a_style_has_it_not(
    made: Callable[..., Report],
) -> None:
    large = EDITIONS.replace('"pdf"', '"pdf"\nstyle = "large-print"')
    both = f'{BOOK_TOML}[design]\nsize = "10pt"\ndrop-caps = 2\n{large}'
    report = made("", files={"book.toml": both})

    said = [(p.code, p.severity) for p in report.problems if p.code == "no-knob"]
    assert said == [("no-knob", Severity.WARNING)] * 2
    assert report.artifacts


@pytest.mark.parametrize(
    ("said", "code", "hint"),
    [
        ("size = 11", "bad-value", 'write "11pt"'),
        ('size = "4in"', "bad-value", ""),
        (
            'measure = "10cm"',
            "bad-value",
            'write "25.8em": 10cm beside letters of 11 points',
        ),
        ('text_font = "Amiri"', "unknown-key", "did you mean `text-font`?"),
        ('font = "Amiri"', "unknown-key", "write `text-font`"),
        ('color = "#fff"', "unknown-key", "write `colour`"),
        ('colour = "red"', "bad-value", 'write "#ff0000"'),
        ('colour = "reddish"', "bad-value", ""),
        ('headings = "centre"', "bad-value", 'did you mean "center"?'),
        ('heads = { even = "book" }', "unknown-key", "write `left`"),
        ('heads = { left = "autor" }', "bad-value", 'did you mean "author"?'),
        ('folios = "foot-centre"', "bad-value", 'did you mean "foot-center"?'),
        ("drop-caps = 4", "bad-value", "0 is none"),
        ("drop-caps = false", "bad-value", "write 0"),
        ('opening = "pages"', "bad-value", 'did you mean "page"?'),
        ('hyphens = "never"', "bad-value", 'write "none"'),
        ("hyphens = false", "bad-value", 'write "none"'),
        ("sink = -1", "bad-value", ""),
        ('sink = "5"', "bad-value", "write 5, without quotes"),
        ('sink = "50"', "bad-value", ""),
        ('opener = "blue"', "bad-value", 'write "#0000ff"'),
        ('headings = "left"', "bad-value", 'write "start"'),
        ('opening = "right"', "bad-value", 'write "recto"'),
        ('folios = "bottom"', "bad-value", 'write "foot-center"'),
        ('size = "11"', "bad-value", 'write "11pt"'),
        ("size = 200", "bad-value", ""),
        ('drop-caps = "3"', "bad-value", "write 3"),
        ('drop-caps = "three"', "bad-value", "write 3"),
        ("lead-in = true", "bad-value", 'write "small-caps"'),
        ('heads = "none"', "bad-value", 'write { left = "none", right = "none" }'),
        (
            'margins = "20mm"',
            "bad-value",
            'write { inner = "20mm", top = "20mm", outer = "20mm", bottom = "20mm" }',
        ),
        ('margins = { inner = "20" }', "bad-value", 'write "20mm"'),
        (
            "margins = true",
            "bad-value",
            "write it as { inner = …, top = …, outer = …, bottom = … }",
        ),
        ('part-colour = "#123"', "unknown-key", "write `opener`"),
        ('margins = { left = "2cm" }', "unknown-key", "write `inner`"),
        ('css = { pdf = "a.css" }', "unknown-key", "write `print`"),
        ('indent = "1"', "bad-value", 'write "1em"'),
        ('indent = "11"', "bad-value", ""),
    ],
)
def test_a_slip_has_its_line_and_a_guess(
    write_book: WriteBook, said: str, code: str, hint: str
) -> None:
    folder = write_book({"book.toml": f"{BOOK_TOML}[design]\n{said}\n"})

    with pytest.raises(PublishError) as caught:
        load_config(folder / "book.toml")

    (problem,) = caught.value.problems
    assert (problem.code, problem.at.line, problem.hint) == (code, 6, hint)
