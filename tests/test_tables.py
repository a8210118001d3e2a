"""Tables: how they are drawn, how wide they are, how they stand on pages."""

import time
import zipfile
from collections.abc import Iterator
from io import BytesIO
from math import inf
from xml.etree.ElementTree import fromstring

import pikepdf
import pypdfium2
import pytest

from publish.columns import longest_kept
from publish.model import Format, Plain, Table, Text, Trim
from publish.parse import parse_source
from publish.pdf.page import page_of
from publish.pdf.tables import fit_tables
from publish.pipeline import build
from publish.report import Report
from publish.style import load_style
from publish.walk import walk_blocks
from tests.conftest import WriteBook
from tests.leaves import letters, shapes
from tests.tagged import tag_lines
from tests.trees import read_one, sources

GRID = """\
+-----+-----+
| a   | b   |
+-----+-----+
"""


def tables(text: str) -> list[Table]:
    return [b for b in walk_blocks(read_one(text).blocks) if isinstance(b, Table)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("\na   b\n--- ---\nc   d\ne   f\n", [2, 4, 5]),
        ("\n-------\na   b\n--- ---\nc   d\n\ne   f\n-------\n", [3, 5, 7]),
        (f"\n{GRID}| c   | d   |\n+-----+-----+\n", [3, 5]),
    ],
)
def test_rows_know_their_lines(text: str, lines: list[int]) -> None:
    (table,) = tables(text)

    assert [row.line for row in (*table.head, *table.body)] == lines


def test_what_stands_in_a_cell_knows_its_line() -> None:
    text = (
        "\n+-------+---+\n| | x | | y |\n| |---| |   |\n| | z | |   |\n+-------+---+\n"
    )

    _, inner = tables(text)

    assert [row.line for row in (*inner.head, *inner.body)] == [3, 5]


def test_words_stay_together_where_a_row_slips() -> None:
    (table,) = tables("a  b\n-- --\nab c\nlighthouse keeper\nd  e\n")

    cells = [cell.children for cell in table.body[1].cells]
    assert cells == [
        (Plain((Text("lighthouse"),), 0),),
        (Plain((Text("keeper"),), 0),),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "--- ---\nx   y\n" * 3000,
        "--- ---\n\n" * 3000,
        "a   b\n--- ---\n" * 3000,
        "---\nx\n--- ---\n" * 2000,
        "+-+-+\n| | |\n" * 3000,
        "+-----\n" * 3000,
        ("+" + "-+" * 200 + "\n" + "|" + " |" * 200 + "\n") * 60,
        "+" + "-" * 4000 + "+\n" + "|" + "+" * 4000 + "|\n",
    ],
)
def test_signs_that_could_begin_tables_take_no_time(text: str) -> None:
    (source,) = sources({"one.md": text})
    began = time.perf_counter()

    parse_source(source, "en")

    assert time.perf_counter() - began < 5


def nested(levels: int) -> str:
    lines = ["deep"]
    for _ in range(levels):
        width = max(map(len, lines)) + 2
        rule = f"+{'-' * width}+---+"
        lines = [rule, *(f"| {line:<{width - 1}}| x |" for line in lines), rule]
    return "\n".join(lines)


def test_a_table_in_a_table_in_a_table_ends_somewhere() -> None:
    text = nested(30)

    assert 1 < len(tables(text)) < 6
    assert "deep" in str(read_one(text))


def test_a_wrong_number_of_widths_is_said() -> None:
    text = '| a | b |\n|---|---|\n| 1 | 2 |\n\n: Oil {widths="1 2 3"}\n'
    (source,) = sources({"one.md": text})

    chapter, problems = parse_source(source, "en")

    assert [(p.code, p.at.line, p.message) for p in problems] == [
        ("bad-attribute", 1, "the table has 2 columns, and 3 widths; left out")
    ]
    assert [b.widths for b in chapter.blocks if isinstance(b, Table)] == [()]


def test_no_more_than_the_line_is_shared_out() -> None:
    text = "| a | b |\n|---|---|\n| 1 | 2 |\n\n: Oil {widths=%s}\n"

    found = [tables(text % f'"{w}"')[0].widths for w in ("30 20", "[80%, 120%]")]

    assert found == [(30, 20), (40, 60)]


WORDS = "The lamp was trimmed and the night was long and nobody came to the door. "
NARROW = """\
| a | b |
|---|--:|
| 1 | 2 |
| 3 | 4 |
| 5 | 6 |

: Oil by month, in the tins of the keeper {#tbl-oil}
"""


def wide(columns: int) -> str:
    words = ("lighthouse", "---", *["internationally"] * 3)
    return "\n".join("|" + "|".join([word] * columns) + "|" for word in words)


def made(report: Report, suffix: Format) -> bytes:
    return next(a.data for a in report.artifacts if a.name.endswith(suffix))


def pages(report: Report) -> list[str]:
    with pypdfium2.PdfDocument(made(report, Format.PDF)) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


def codes(report: Report) -> list[tuple[str, int]]:
    return [(p.code, p.at.line) for p in report.problems]


def test_a_caption_is_as_wide_as_it_wants(write_book: WriteBook) -> None:
    report = build(write_book({"1.md": f"# One\n\n{NARROW}"}))

    (page,) = (page for page in pages(report) if "keeper" in page)
    assert "Oil by month, in the tins of the keeper" in page
    lines = [line.strip() for line in tag_lines(made(report, Format.PDF))]
    at = lines.index("Table")
    assert lines[at + 1].startswith("Caption 'T")
    assert lines[at + 2] == "THead"
    assert lines.count("Table") == 1


@pytest.mark.parametrize("rows", [3, 40])
def test_a_caption_is_not_parted_from_its_table(
    write_book: WriteBook, rows: int
) -> None:
    table = "| a | b |\n|---|---|\n" + "| cell | b |\n" * rows + "\n: Caption\n"
    line = "Line.\\\n"
    files = {f"{n}.md": f"# One\n\n{line * n}Last.\n\n{table}" for n in range(15, 23)}

    report = build(write_book(files))

    alone = [page for page in pages(report) if "Caption" in page and "cell" not in page]
    assert (alone, codes(report)) == ([], [("assumed-order", 0)])


def test_a_turned_table_has_a_page_and_lies_on_it(write_book: WriteBook) -> None:
    table = f"{wide(7)}\n\n: Oil[^a] {{.turned}}"
    text = f"# One\n\nBefore.\n\n{table}\n\nAfter.\n\n[^a]: Note.\n"

    report = build(write_book({"1.md": text}))

    assert codes(report) == []
    shown = pages(report)[-3:]
    found = [
        [
            word
            for word in ("Before", "internationally", "Note", "After")
            if word in page
        ]
        for page in shown
    ]
    assert found == [["Before"], ["internationally", "Note"], ["After"]]


def test_what_can_be_touched_in_a_turned_table_lies_on_the_page(
    write_book: WriteBook,
) -> None:
    last = "|" + "x|" * 6 + "[a](#one)[^a]|"
    table = f"{wide(7)}\n{last}\n\n: Oil {{.turned}}"
    text = f"# One\n\n{table}\n\n[^a]: Note.\n"
    report = build(write_book({"1.md": text}))

    with pikepdf.open(BytesIO(made(report, Format.PDF))) as pdf:
        areas = [
            [float(side) for side in note.Rect]
            for page in pdf.pages[-2:]
            for note in page.get("/Annots", [])
        ]

    assert len(areas) == 3
    assert all(0 <= side <= 432 for a, _, b, _ in areas for side in (a, b))
    assert all(0 <= side <= 648 for _, a, _, b in areas for side in (a, b))
    # In the outer margin of the page stands neither table nor note.
    assert max(b for _, _, b, _ in areas) < 372


@pytest.mark.parametrize("notes", ["", "[^a]", "[^a] x[^b]"])
@pytest.mark.parametrize("language", ["en", "fa", "he"])
def test_a_turned_table_lies_within_the_text_block_above_its_notes(
    write_book: WriteBook, language: str, notes: str
) -> None:
    table = f"{wide(6)}\n\n: Oil{notes} {{.turned}}"
    words = "many words of a note " * 18
    kept = f"[^a]: Note. {words}\n\n[^b]: Second. {words}\n"
    text = f"# One\n\nBefore.\n\n{table}\n\nAfter.\n\n{kept}"
    toml = f'[book]\ntitle = "T"\nlanguage = "{language}"\npeople = "A"\n'

    report = build(write_book({"1.md": text, "book.toml": toml}))

    with pypdfium2.PdfDocument(made(report, Format.PDF)) as pdf:
        (leaf,) = (
            page
            for page in pdf
            if "lighthouse" in page.get_textpage().get_text_bounded()
        )
        rules = [bounds for _, bounds in shapes(leaf)]
        shown, _ = letters(leaf)
    upright = [rule for rule in rules if rule[2] - rule[0] < 3]
    assert len(upright) > 2
    assert all(left > 40 and right < 392 for left, _, right, _ in upright)
    first = "".join(sign for sign, _ in shown).find("Note.")
    foot = shown[first][1][3] if notes else 70
    assert min(bottom for _, bottom, _, _ in upright) > foot


def test_a_table_that_is_too_long_to_be_turned_stands_upright(
    write_book: WriteBook,
) -> None:
    rows = "| a | b |\n|---|---|\n" + "| c | d |\n" * 60

    report = build(write_book({"1.md": f"# One\n\n{rows}\n: Oil {{.turned}}\n"}))

    assert codes(report) == [("long-table", 3)]


def test_a_table_that_is_set_very_small_is_told(write_book: WriteBook) -> None:
    note = "Text.[^a]\n\n[^a]: Note.\n\n    | a | b |\n    |---|---|\n    | 1 | 2 |\n"

    report = build(write_book({"1.md": f"# One\n\n{note}\n{wide(14)}\n"}))

    assert ("small-table", 11) in codes(report)


def test_widths_are_shares_of_the_table_in_both_outputs(write_book: WriteBook) -> None:
    text = '| a | b |\n|---|---|\n| 1 | 2 |\n\n: Oil {widths="30 30"}\n'
    report = build(write_book({"1.md": f"# One\n\n{text}"}))

    assert codes(report) == []
    assert '<table style="width: 60%">' in chapter_of(report)


def test_a_table_wide_for_a_phone_takes_its_line(write_book: WriteBook) -> None:
    words = "internationally "
    text = f"|{words * 2}|{words}|{words}|b|\n|---|---|---|---|\n|1|2|3|4|\n"
    report = build(
        write_book({"1.md": f'# One\n\n{text}\n: Oil {{widths="20 20 20 20"}}\n'})
    )

    assert '<table class="wide" style="width: 100%">' in chapter_of(report)


def test_marks_of_notes_are_as_small_as_the_words_of_a_table(
    write_book: WriteBook,
) -> None:
    row = "|lighthouse[^a]" + "|lighthouse" * 11
    table = f"{row}|\n{'|---' * 12}|\n{'|x' * 12}|\n"
    notes = "[^a]: Note.\n\n[^b]: Note.\n"

    report = build(write_book({"1.md": f"# Q\n\nText[^b]\n\n{table}\n{notes}"}))

    with pypdfium2.PdfDocument(made(report, Format.PDF)) as pdf:
        found = [letters(leaf)[0] for leaf in pdf]
    shown = next(page for page in found if "".join(sign for sign, _ in page[:1]) == "Q")
    text, within = [box[3] - box[1] for sign, box in shown if sign in "12"][:2]
    assert within < 0.7 * text


def test_words_break_only_in_the_columns_with_the_longest(
    write_book: WriteBook,
) -> None:
    short = ("Favourite", "Goodreads", "Lavender", "Grapes", "Peaches", "Preferred")
    long = "Donaudampfschifffahrtsgesellschaft"
    row = f"|{'|'.join((*short, long))}|\n"
    text = f"# One\n\n{row}{'|---' * 7}|\n{row}"

    report = build(write_book({"1.md": text}))

    (page,) = (page for page in pages(report) if "Goodreads" in page)
    assert [word for word in short if page.split().count(word) != 2] == []
    assert long not in page
    with pypdfium2.PdfDocument(made(report, Format.PDF)) as pdf:
        edges = [edge for leaf in pdf for _, (_, _, edge, _) in shapes(leaf)]
    assert max(edges) < 358


@pytest.mark.parametrize(
    ("words", "room", "kept"),
    [([1, 2, 3], 6, inf), ([1, 9, 9], 9, 4), ([9, 9], 6, 3), ([], 6, inf)],
)
def test_the_longest_words_share_what_the_others_leave(
    words: list[float], room: float, kept: float
) -> None:
    assert longest_kept(words, room) == kept


def test_a_cell_beside_one_from_above_is_not_at_the_edge() -> None:
    style = load_style("classic")
    section = fromstring(
        "<div><table><tr><td>a</td><td rowspan='2'>b</td></tr><tr><td>c</td></tr>"
        "<tr><td rowspan='2'>d</td><td>e</td></tr><tr><td>f</td></tr></table></div>"
    )

    fit_tables(section, page_of(style.page, style.sizes, Trim(432, 648)))

    cells = [c for c in section.iter("td") if "p-inner" in c.get("class", "")]
    # First or last of its row, and beside a cell that reaches down from above.
    assert [cell.text for cell in cells] == ["c", "f"]


def chapter_of(report: Report) -> str:
    with zipfile.ZipFile(BytesIO(made(report, Format.EPUB))) as epub:
        (name,) = (n for n in epub.namelist() if n.endswith("-one.xhtml"))
        return epub.read(name).decode()


def test_no_word_of_a_drawn_table_is_lost(write_book: WriteBook) -> None:
    report = build(write_book({"1.md": "\n".join(["# One", "", *_drawn()])}))

    assert codes(report) == []


def _drawn() -> Iterator[str]:
    yield "Head    Oil\n------- ----\nlamp    *3*\nwick    [4](#one)\n"
    yield "------- ----\nlamp    3\n        more\n\nwick    4\n------- ----\n"
    yield f"{GRID}| - c | > d |\n|     | e   |\n+=====+=====+"
    yield "| f   | g   |\n+-----+-----+\n"
