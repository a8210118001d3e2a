"""The tags of the PDF: what a page is to those who do not see it."""

import io
import re
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from publish.pdf.tags import Tag, Text, mend
from publish.pipeline import build
from publish.problems import Severity
from publish.report import Report
from tests.conftest import GUIDE, LAMP, NAMELESS, BuildWhole, WriteBook
from tests.tagged import tag_lines
from tests.verapdf import A, faults
from tests.writing import write

CLAIM = b"<pdfuaid:part>1</pdfuaid:part>"
LASTS = b"<pdfaid:conformance>U</pdfaid:conformance>"
# Black, one pixel.
PIXEL = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x00\x00\x00"
    b"\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
WORDS = "The lamp was trimmed and the night was long and nobody came to the door. "

HARD: dict[str, str | bytes] = {
    "1.md": f"""# Hard things

A note[^a] and a long paragraph. {WORDS * 40}[^b]

[^a]: First.
[^b]: Second, with a [link](2.md#deep).

<table>
<caption>Uneven</caption>
<tr><th rowspan="9">A</th><th colspan="2">B</th></tr>
<tr><td>one</td></tr>
<tr><td>two</td><td>three</td><td>four</td></tr>
</table>

| Month | Tins |
|-------|------|
{"| May | 12 |" + chr(10)}"""
    + "| June | a row of many |\n" * 80
    + """
- one

  two
    - three
- [ ] task

Wick
:   What burns.
:   What smells.

Glass
:   What breaks.

~~gone~~ and `code` `more` and <em lang="fr">mot</em>

<figure>

![A black dot](dot.gif)

<figcaption>The dot[^a]</figcaption>
</figure>

![](dot.gif)

[![A dot that leads away](dot.gif)](https://example.org/)

```python
def long(words):
    return "a line of code that is far too long for the page", "and for any page"
```
""",
    "2.md": "#### Deep\n\n> Quoted\n\n:::verse\nO lamp,\nburn low\n:::\n",
    "dot.gif": PIXEL,
}


@pytest.fixture(scope="module")
def hard_book(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return build(write(tmp_path_factory.mktemp("hard"), HARD))


def pdf_of(report: Report) -> bytes:
    return next(a.data for a in report.artifacts if a.name.endswith(".pdf"))


def test_verapdf_finds_nothing(
    whole: BuildWhole, hard_book: Report, tmp_path: Path
) -> None:
    hard = tmp_path / "hard.pdf"
    hard.write_bytes(pdf_of(hard_book))
    pdfs = {"guide": whole(GUIDE).pdf, "lamp": whole(LAMP).pdf, "hard": hard}

    found = faults([*pdfs.values()])

    assert [name for name, pdf in pdfs.items() if CLAIM not in pdf.read_bytes()] == []
    assert dict(zip(pdfs, found, strict=True)) == {name: [] for name in pdfs}


def test_what_lasts_is_claimed_and_true(
    whole: BuildWhole, hard_book: Report, tmp_path: Path
) -> None:
    """Also of a book that lacks words that only its author has."""
    hard, spoilt = tmp_path / "hard.pdf", tmp_path / "spoilt.pdf"
    hard.write_bytes(pdf_of(hard_book))
    pdfs = [whole(GUIDE).pdf, whole(LAMP).pdf, whole(NAMELESS).pdf, hard]
    with pikepdf.open(whole(LAMP).pdf) as pdf:
        del pdf.Root.OutputIntents
        pdf.save(spoilt)

    *found, last = faults([*pdfs, spoilt], A)

    assert all(LASTS in pdf.read_bytes() for pdf in pdfs)
    assert found == [[]] * len(pdfs)
    assert last


def test_verapdf_is_not_silent(whole: BuildWhole, tmp_path: Path) -> None:
    """The book without names claims nothing, and wants nothing else: it has links and
    pictures which only its author could put in words."""
    spoilt = tmp_path / "spoilt.pdf"
    with pikepdf.open(whole(LAMP).pdf) as pdf:
        del pdf.Root.ViewerPreferences
        pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(CLAIM, b""))
        pdf.save(spoilt)

    found = faults([spoilt, whole(NAMELESS).pdf])

    rules = [[line.partition(" ")[0] for line in lines] for lines in found]
    assert rules == [["5-1", "7.1-10"], ["5-1"]]


def read(report: Report) -> list[str]:
    return tag_lines(pdf_of(report))


@pytest.fixture(scope="module")
def hard(hard_book: Report) -> list[str]:
    return [line.strip() for line in read(hard_book)]


def after(lines: list[str], first: str, count: int) -> list[str]:
    at = lines.index(first)
    return lines[at : at + count]


def test_a_paragraph_over_two_pages_is_one(hard: list[str]) -> None:
    (paragraph,) = [line for line in hard if "and a long paragraph" in line]

    # Where a line ends, no space is drawn.
    assert len(re.findall(r"nobody ?came", paragraph)) == 40


def test_a_note_follows_the_block_that_calls_it(hard_book: Report) -> None:
    lines = [line.removeprefix("    ") for line in read(hard_book)]
    at = next(n for n, line in enumerate(lines) if "and a long paragraph" in line)

    assert lines[at].startswith("P 'A note' ")
    assert lines[at + 1 : at + 9] == [
        "  Reference",
        "    Link -> '1'",
        "  Reference",
        "    Link -> '2'",
        "Note id='03-hard-things:note:a'",
        "  Lbl",
        "    Link -> '1.'",
        "  P 'First.'",
    ]


def test_a_link_is_one_place_whatever_is_in_it(hard: list[str]) -> None:
    """But a picture may stand out of the line."""
    at = hard.index("Figure alt='A dot that leads away' ''")

    assert "Link -> 'Hard things' '1'" in hard
    assert hard[at - 1] == "Link -> ->"


def test_calls_and_notes_lead_to_each_other(hard_book: Report) -> None:
    with pikepdf.open(io.BytesIO(pdf_of(hard_book))) as pdf:
        links = [str(a.get("/Dest")) for p in pdf.pages for a in p.get("/Annots", ())]
        names = [str(name) for name in pdf.Root.Names.Dests.Names[::2]]

    note = "03-hard-things:note:a"
    assert {note, f"{note}:call"} <= set(links) & set(names)


def test_a_table_over_pages_is_one_and_says_its_head_once(hard: list[str]) -> None:
    assert sum(line.startswith("Table") for line in hard) == 2
    assert hard.count("TH Scope=Column 'Month'") == 1
    assert hard.count("TD 'a row of many'") == 80


def test_rows_are_made_as_wide_as_their_table(hard: list[str]) -> None:
    assert after(hard, "Caption 'Uneven'", 12) == [
        "Caption 'Uneven'",
        "TBody",
        "TR",
        "TH RowSpan=3 Scope=Row 'A'",
        "TH ColSpan=2 Scope=Row 'B'",
        "TD",
        "TR",
        "TD 'one'",
        "TD ColSpan=2",
        "TR",
        "TD 'two'",
        "TD 'three'",
    ]


def test_items_have_labels_and_bodies(hard: list[str]) -> None:
    assert after(hard, "Lbl '☐'", 3) == ["Lbl '☐'", "LBody", "P 'task'"]
    assert after(hard, "Lbl 'Wick'", 4) == [
        "Lbl 'Wick'",
        "LBody",
        "P 'What burns.'",
        "P 'What smells.'",
    ]


def test_code_language_and_pictures_are_told(hard: list[str]) -> None:
    assert "Code 'code'" in hard
    assert "Span lang='fr' 'mot'" in hard
    assert [line for line in hard if line.startswith("Figure")] == [
        "Figure alt='A black dot' ''",
        "Figure alt='A dot that leads away' ''",
    ]


APART = """# Storm

Over [the storm]{ruby=WIND} it blew all night.

```python
def long(words):
    return "a line of code that is far too long for the page", "and for any page"

long("lamp")
```
"""


def test_what_is_drawn_apart_is_read_where_it_stands(write_book: WriteBook) -> None:
    """Positioned boxes are drawn after all that is not, however it is read."""
    lines = [line.strip() for line in read(build(write_book({"1.md": APART})))]
    (code,) = [line.replace("' '", "") for line in lines if line.startswith("Code")]

    assert "P 'Over' 'the storm' 'WIND' 'it blew all night.'" in lines
    assert code.startswith("Code 'def long(words):return ")
    assert code.endswith("""any page"long("lamp")'""")


def test_what_stands_round_the_text_is_not_read(hard: list[str]) -> None:
    """The head of the pages is the title of the book or of the chapter, and lines of
    code that turn over begin with an arrow."""
    assert sum("Hard things" in line for line in hard) == 2  # contents, heading
    assert not any("\N{RIGHTWARDS ARROW}" in line for line in hard)
    assert not any(". . ." in line for line in hard)


def test_no_level_of_headings_is_left_out(hard_book: Report) -> None:
    """The first chapter begins at 1, the second at 4."""
    levels = [line.split()[0] for line in read(hard_book) if " H" in line]

    assert levels == ["H1"] * 4


def test_every_mark_belongs_to_one_tag(hard_book: Report) -> None:
    with pikepdf.open(io.BytesIO(pdf_of(hard_book))) as pdf:
        numbers: Any = pdf.Root.StructTreeRoot.ParentTree.Nums
        keys = [int(key) for key in numbers[::2]]
        parents = dict(zip(keys, numbers[1::2], strict=True))
        tagged = [page for page in pdf.pages if "/StructParents" in page]
        for page in tagged:
            marks = re.findall(rb"/MCID (\d+)", drawn(page))
            tags = parents[int(page.StructParents)]
            assert [int(mark) for mark in marks] == list(range(len(tags)))
            for mark, tag in enumerate(tags):
                assert mark in own_marks(tag, page)
        links = [a for page in pdf.pages for a in page.get("/Annots", ())]
        for link in links:
            assert link.objgen in own_links(parents[int(link.StructParent)])
        used = [p.StructParents for p in tagged] + [a.StructParent for a in links]

    assert keys == sorted(keys)
    assert sorted(map(int, used)) == keys


@pytest.mark.parametrize("language", ["en", "fa"])
def test_every_link_can_be_touched_where_its_words_are(
    write_book: WriteBook, language: str
) -> None:
    table = "| a[^b] |\n|---|\n| b |\n"
    notes = "[^a]: Note.\n\n[^b]: Note.\n"
    text = f"# One[^a]\n\nText.[^a]\n\n## Two\n\n{table}\n{notes}"
    toml = f'[book]\ntitle = "T"\nlanguage = "{language}"\npeople = "A"\n'

    report = build(write_book({"1.md": text, "book.toml": toml}))

    with pikepdf.open(io.BytesIO(pdf_of(report))) as pdf:
        areas = [
            list(map(float, link.Rect))
            for page in pdf.pages
            for link in page.get("/Annots", ())
        ]
    assert len(areas) == 7
    for left, top, right, bottom in areas:
        assert 56 < left + 1 < right < 377
        assert 5 < top - bottom < 25
    # Of an entry of the contents, from its words to its page.
    assert sum(right - left > 200 for left, _, right, _ in areas) == 2


def drawn(page: pikepdf.Page) -> bytes:
    contents: Any = page.Contents
    parts = contents if isinstance(contents, pikepdf.Array) else [contents]
    return b"\n".join(part.read_bytes() for part in parts)


def own_links(tag: Any) -> list[tuple[int, int]]:
    kids = tag.K if isinstance(tag.K, pikepdf.Array) else [tag.K]
    areas = (kid for kid in kids if isinstance(kid, pikepdf.Dictionary))
    return [kid.Obj.objgen for kid in areas if kid.get("/Type") == "/OBJR"]


def own_marks(tag: Any, page: pikepdf.Page) -> set[int]:
    kids = tag.K if isinstance(tag.K, pikepdf.Array) else [tag.K]
    found = set()
    for kid in kids:
        if isinstance(kid, int) and tag.Pg.objgen == page.objgen:
            found.add(kid)
        elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/MCR":
            found |= {int(kid.MCID)} if kid.Pg.objgen == page.objgen else set()
    return found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('A dot\n\n<img src="dot.gif">\n', "no-alt"),
        ('A dot\n\n![](dot.gif "The smallest dot")\n', "no-alt"),
        ("A dot\n\n[![](dot.gif)](https://example.org/)\n", "no-link-text"),
        ("A dot\n\nand \ue000.\n", "no-glyph"),
    ],
)
def test_nothing_is_claimed_that_only_the_author_can_mend(
    write_book: WriteBook, text: str, code: str
) -> None:
    report = build(write_book({"1.md": text, "dot.gif": PIXEL}))

    found = [p for p in report.problems if p.code == code]
    assert [(p.severity, p.at.line) for p in found] == [(Severity.WARNING, 3)]
    assert CLAIM not in pdf_of(report)
    # A sign without a shape has no place in an archive either.
    assert (LASTS in pdf_of(report)) is (code != "no-glyph")


def test_a_picture_for_decoration_needs_no_words(write_book: WriteBook) -> None:
    pictures = ("![](dot.gif)", '![](a.gif "A"){alt=""}', '![](a.gif "A"){.decorative}')
    text = "\n\n".join(("A dot", *pictures, ""))
    report = build(write_book({"1.md": text, "dot.gif": PIXEL, "a.gif": PIXEL}))

    assert CLAIM in pdf_of(report)
    assert not any("Figure" in line for line in read(report))


def tree(kind: str, *kids: Tag | str, **more: Any) -> Tag:
    """A tag with drawn words where a string stands."""
    tag = Tag(kind, **more)
    for number, kid in enumerate(kids):
        if isinstance(kid, Tag):
            kid.parent = tag
            tag.kids.append(kid)
        else:
            tag.kids.append(Text(tag, 0, [number]))
    return tag


def kinds(tag: Tag) -> str:
    inner = " ".join(kinds(kid) for kid in tag.tags())
    return f"{tag.kind}({inner})" if inner else tag.kind


@pytest.mark.parametrize(
    ("root", "mended"),
    [
        (tree("Document", tree("P"), tree("P", "a")), "Document(P)"),
        (tree("Document", tree("Div", tree("P", "a"))), "Document(P)"),
        (tree("Document", tree("Div", "a")), "Document(P)"),
        (tree("Document", tree("Div", tree("P", "a"), keep=True)), "Document(Div(P))"),
        (tree("Document", tree("P", tree("Link", "a"))), "Document(P(Span))"),
        (
            tree("Document", tree("H3", "a"), tree("H2", "b"), tree("H4", "c")),
            "Document(H1 H2 H3)",
        ),
        (
            tree(
                "Document",
                tree(
                    "Table",
                    tree("TFoot", tree("TR", tree("TD", "a"))),
                    tree("TBody", tree("TR", tree("TD", "b"), tree("TD"))),
                ),
            ),
            "Document(Table(TBody(TR(TD TD)) TFoot(TR(TD TD))))",
        ),
    ],
)
def test_tags_are_mended(root: Tag, mended: str) -> None:
    mend(root)

    assert kinds(root) == mended


def test_cells_neither_leave_their_rows_nor_overlap() -> None:
    tall = tree("TD", "a", rows=5)
    rows = [
        tree("TR", tree("TD", "b"), tree("TD", "c"), tall),
        tree("TR", tree("TD", "d", columns=4)),
    ]
    root = tree("Document", tree("Table", *rows))
    mend(root)

    spans = [[(cell.columns, cell.rows) for cell in row.tags()] for row in rows]
    assert spans == [[(1, 1), (1, 1), (1, 2)], [(2, 1)]]


def test_a_break_between_scenes_that_is_drawn_is_heard(write_book: WriteBook) -> None:
    scenes = "# One\n\nHe slept.\n\n***\n\nShe woke.\n"

    lines = [line.strip() for line in read(build(write_book({"1.md": scenes})))]

    at = lines.index("P 'He slept.'")
    assert lines[at + 1 : at + 3] == ["P actualtext='* * *' ''", "P 'She woke.'"]
