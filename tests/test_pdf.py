"""The printed book: its pages, numbers, notes, and what it refuses to do."""

import io
import os
import subprocess
import sys
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from xml.etree.ElementTree import fromstring, tostring

import pikepdf
import PIL.Image
import PIL.ImageOps
import pypdfium2
import pytest
import weasyprint
from weasyprint.formatting_structure.boxes import LineBox, TextBox

from publish.artifact import Artifact
from publish.crew import Kept, crew
from publish.figures import is_number
from publish.model import (
    Attributes,
    Blocks,
    Book,
    Chapter,
    CodeBlock,
    CodeToken,
    Contents,
    Edition,
    Element,
    Entry,
    Format,
    Generated,
    Heading,
    Image,
    ImageFile,
    Inlines,
    Matter,
    Metadata,
    Note,
    NoteReference,
    Paragraph,
    Person,
    Plain,
    Quote,
    Role,
    Span,
    Table,
    TableCell,
    TableRow,
    Target,
    Text,
    Trim,
)
from publish.pdf import render_pdf, start_pdf
from publish.pdf.bidi import keep_runs_together
from publish.pdf.lists import hang_numbers, number_lists
from publish.pdf.mends import mend
from publish.problems import PublishError, Severity
from publish.store import Store
from publish.style import Style, load_style
from publish.transform import transform
from tests.leaves import letters
from tests.trees import METADATA, read

PRINT = Edition("print", Format.PDF)
WORDS = "The lamp was trimmed and the night was long and nobody came to the door. "


@pytest.fixture(scope="module")
def style() -> Style:
    return load_style("classic")


def heading(words: str, *more: NoteReference) -> Heading:
    return Heading(1, (Text(words), *more), 1, Attributes(id=words.lower()))


def paragraph(*inlines: str | NoteReference | Span | Image, line: int = 3) -> Paragraph:
    parts: Inlines = tuple(Text(i) if isinstance(i, str) else i for i in inlines)
    return Paragraph(parts, line)


def chapter(
    name: str,
    *blocks: object,
    notes: tuple[Note, ...] = (),
    role: Role = Role.CHAPTER,
    matter: Matter = Matter.BODY,
    generated: bool = False,
) -> Chapter:
    return Chapter(
        path=Path(f"{name}.md"),
        source=f"{name}.md",
        name=name,
        title=name.title(),
        language="en-GB",
        blocks=blocks,  # type: ignore[arg-type]
        notes=notes,
        role=role,
        matter=matter,
        generated=generated,
        paged=role is Role.CONTENTS,
    )


def book(
    *chapters: Chapter,
    language: str = "en-GB",
    images: tuple[ImageFile, ...] = (),
    modified: datetime = datetime(1980, 1, 1, tzinfo=UTC),
) -> Book:
    entries = tuple(
        Entry(c.title, c.number, Target(c.name))
        for c in chapters
        if c.role not in {Role.TITLE_PAGE, Role.CONTENTS}
    )
    filled = tuple(
        chapter(
            "contents",
            heading("Contents"),
            Contents(entries),
            role=Role.CONTENTS,
            matter=Matter.FRONT,
            generated=True,
        )
        if c.role is Role.CONTENTS
        else c
        for c in chapters
    )
    metadata = Metadata(
        title="The Lamp",
        language=language,
        identifier="urn:uuid:0",
        modified=modified,
        people=(Person("Ada Bell"),),
    )
    return Book(metadata, filled, images=images, contents=entries)


TITLE = chapter(
    "title",
    Heading(1, (Generated("The Lamp"),), 0, Attributes(classes=("title",))),
    role=Role.TITLE_PAGE,
    matter=Matter.FRONT,
    generated=True,
)
CONTENTS = chapter("contents", role=Role.CONTENTS, matter=Matter.FRONT)
LONG: Blocks = tuple(paragraph(WORDS * 12) for _ in range(8))


def pages(artifact: Artifact) -> list[str]:
    """The words of each page, white space folded."""
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        return [
            " ".join(page.get_textpage().get_text_bounded().split()) for page in pdf
        ]


def heads(artifact: Artifact) -> list[str]:
    """What stands above the text on each page, at 6 × 9 inches."""
    return _between(artifact, 590, 648)


def feet(artifact: Artifact) -> list[str]:
    """What stands below the text on each page."""
    return _between(artifact, 0, 85)


def _between(artifact: Artifact, bottom: float, top: float) -> list[str]:
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        return [
            page.get_textpage().get_text_bounded(bottom=bottom, top=top).strip()
            for page in pdf
        ]


def opened(artifact: Artifact) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(artifact.data))


@pytest.fixture(scope="module")
def lamp(style: Style) -> Artifact:
    """Title i, contents iii, preface v; Winter 1 to 3, blank, Spring 5 to 7."""
    made = book(
        TITLE,
        CONTENTS,
        chapter("preface", heading("Preface"), *LONG, matter=Matter.FRONT),
        chapter("winter", heading("Winter"), *LONG),
        chapter("spring", heading("Spring"), *LONG),
    )
    return render_pdf(made, PRINT, style)


def test_nothing_is_said_about_a_sound_book(lamp: Artifact) -> None:
    assert lamp.problems == ()


def test_front_matter_has_roman_labels_and_the_first_chapter_is_page_1(
    lamp: Artifact,
) -> None:
    with opened(lamp) as pdf:
        labels = [str(page.label) for page in pdf.pages]

    first = next(n for n, text in enumerate(pages(lamp)) if text.startswith("Winter"))
    assert labels[:first] == ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii"][:first]
    assert labels[first : first + 3] == ["1", "2", "3"]


def test_printed_numbers_are_the_labels(lamp: Artifact) -> None:
    with opened(lamp) as pdf:
        labels = [str(page.label) for page in pdf.pages]

    printed = feet(lamp)
    assert printed[:4] == ["", "", "iii", ""]
    assert all(foot in {"", label} for foot, label in zip(printed, labels, strict=True))
    assert [bool(foot) for foot in printed[2:]] == [bool(t) for t in pages(lamp)[2:]]


def test_chapters_open_on_right_hand_pages(lamp: Artifact) -> None:
    with opened(lamp) as pdf:
        begins = {title: page for _, title, page in outline(pdf)}

    assert all(page % 2 == 1 for page in begins.values())
    for title, page in begins.items():
        assert pages(lamp)[page - 1].startswith(title)


def outline(pdf: pikepdf.Pdf) -> list[tuple[int, str, int]]:
    """Level, title and page from 1 of each bookmark."""
    found: list[tuple[int, str, int]] = []

    def walk(items: list[pikepdf.OutlineItem], level: int) -> None:
        for item in items:
            assert isinstance(item.destination, pikepdf.Array)
            page = pikepdf.Page(item.destination[0])
            found.append((level, item.title, pdf.pages.index(page) + 1))
            walk(item.children, level + 1)

    with pdf.open_outline() as tree:
        walk(tree.root, 1)
    return found


def test_openers_and_blank_pages_have_no_running_head(lamp: Artifact) -> None:
    texts, tops = pages(lamp), heads(lamp)
    with opened(lamp) as pdf:
        openers = {page - 1 for _, _, page in outline(pdf)}

    without = {n for n, top in enumerate(tops) if not top}
    blank = {n for n, text in enumerate(texts) if not text}
    title_and_contents = {0, 2}
    assert without == openers | blank | title_and_contents
    assert blank


def test_left_pages_carry_the_book_and_right_pages_the_chapter(lamp: Artifact) -> None:
    with opened(lamp) as pdf:
        winter = next(page for _, title, page in outline(pdf) if title == "Winter")

    # pages() counts from 0, so that this is the page after the opener.
    assert heads(lamp)[winter].casefold() == "the lamp"
    assert heads(lamp)[winter + 1].casefold() == "winter"


def test_contents_name_the_pages_on_which_chapters_begin(lamp: Artifact) -> None:
    with opened(lamp) as pdf:
        begins = {title: pdf.pages[page - 1].label for _, title, page in outline(pdf)}

    contents = next(t for t in pages(lamp) if t.startswith("Contents")).replace(
        " .", ""
    )
    for title, label in begins.items():
        assert f"{title} {label}" in contents


def test_file_says_title_author_and_language_and_nothing_of_the_machine(
    lamp: Artifact,
) -> None:
    with opened(lamp) as pdf:
        assert dict(pdf.docinfo) == {"/Title": "The Lamp", "/Author": "Ada Bell"}
        assert pdf.Root.Lang == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.Root.MarkInfo.Marked


def test_dates_are_the_book_s_own(style: Style) -> None:
    day = datetime(2026, 5, 17, 12, tzinfo=UTC)
    made = render_pdf(book(chapter("a", paragraph("x")), modified=day), PRINT, style)

    with opened(made) as pdf:
        assert str(pdf.docinfo["/ModDate"]) == "D:20260517120000Z"


def test_paper_has_the_trim_size(style: Style) -> None:
    small = Edition("pocket", Format.PDF, trim=Trim(306, 495))
    made = render_pdf(book(chapter("a", paragraph("x"))), small, style)

    with opened(made) as pdf:
        assert [float(n) for n in pdf.pages[0].mediabox] == [0, 0, 306, 495]


def test_outline_follows_parts_and_chapters(style: Style) -> None:
    parts = (
        Entry("Winter", "", Target("part"), (Entry("Ice", "1", Target("ice")),)),
        Entry("Spring", "", Target("spring")),
    )
    chapters = (
        chapter("part", heading("Winter"), role=Role.PART),
        chapter("ice", heading("Ice"), paragraph("x")),
        chapter("spring", heading("Spring"), paragraph("x")),
    )
    made = Book(book(*chapters).metadata, chapters, contents=parts)

    with opened(render_pdf(made, PRINT, style)) as pdf:
        assert outline(pdf) == [(1, "Winter", 1), (2, "1 Ice", 3), (1, "Spring", 5)]
        assert [str(page.label) for page in pdf.pages][:3] == ["1", "2", "3"]


def note(label: str, *blocks: object, line: int = 9) -> Note:
    return Note(label, blocks, line)  # type: ignore[arg-type]


def call(label: str, number: int, occurrence: int = 1) -> NoteReference:
    mark = str(number) if number else ""
    return NoteReference(label, 3, number, occurrence, mark)


def test_note_stands_once_at_the_foot_of_the_page_of_its_first_call(
    style: Style,
) -> None:
    made = book(
        chapter(
            "winter",
            heading("Winter"),
            paragraph("Lamp", call("a", 7), " and again", call("a", 7, 2), "."),
            *LONG,
            notes=(note("a", paragraph("Trimmed twice."), paragraph("Or thrice.")),),
        )
    )

    first, *others = pages(render_pdf(made, PRINT, style))

    assert "Lamp7andagain7." in "".join(first.split())
    assert "7. Trimmed twice. Or thrice." in first
    assert not any("Trimmed" in text for text in others)


def test_line_ends_of_a_note_are_spaces(style: Style) -> None:
    """WeasyPrint 70 breaks a floated note where the source breaks its lines."""
    short = note("a", paragraph("one\ntwo\nthree"))
    made = book(chapter("a", paragraph("x", call("a", 1)), notes=(short,)))

    with pypdfium2.PdfDocument(render_pdf(made, PRINT, style).data) as pdf:
        lines = pdf[0].get_textpage().get_text_range().splitlines()

    assert any("one two three" in line for line in lines)


def drawn(artifact: Artifact, page: int) -> PIL.Image.Image:
    """A page, four pixels a point, white on black."""
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        picture = pdf[page % len(pdf)].render(scale=4, grayscale=True).to_pil()
    return PIL.ImageOps.invert(picture)


def bands(page: PIL.Image.Image) -> list[tuple[int, int, int]]:
    """What stands on one line, between two white ones: its height, left and right."""
    found = []
    start: int | None = None
    for y in range(page.height):
        ink = page.crop((0, y, page.width, y + 1)).getbbox()
        if ink and start is None:
            start = y
        elif not ink and start is not None:
            box = page.crop((0, start, page.width, y)).getbbox()
            assert box
            found.append((y - start, box[0], box[2]))
            start = None
    return found


def test_a_short_rule_stands_over_the_notes(style: Style) -> None:
    short = note("a", paragraph("one two three " * 20))
    made = book(chapter("a", paragraph("x", call("a", 1)), notes=(short,)))

    lines = bands(drawn(render_pdf(made, PRINT, style), 0))

    # 0.75 points high and three ems of 11 points wide.
    rules = [right - left for height, left, right in lines if height <= 4]
    assert rules == pytest.approx([132], abs=2)


@pytest.mark.parametrize(
    ("trim", "calls"),
    [((298, 420), [3]), ((283, 425), [3]), ((312, 312), [2, 1]), ((360, 576), [3])],
)
def test_a_short_note_stands_on_its_page_on_any_paper(
    style: Style, trim: tuple[float, float], calls: list[int]
) -> None:
    """WeasyPrint 70 takes the last bit of a sum for a note that is too high."""
    text = "# One\n\n" + "Hello world.[^{0}]\n\n" * 3 + "[^{0}]: Short note.\n\n" * 3
    for number in range(6):
        text = text.replace("{0}", str(number % 3), 1)

    made = render_pdf(_written(text), replace(PRINT, trim=Trim(*trim)), style)

    assert made.problems == ()
    shown = [page for page in pages(made) if "Hello world." in page]
    assert [page.count("Hello world.") for page in shown] == calls
    assert [page.count("Short note.") for page in shown] == calls
    assert "One Hello world." in shown[0]


def test_note_in_a_heading_stays_out_of_heads_contents_and_outline(
    style: Style,
) -> None:
    made = book(
        CONTENTS,
        chapter(
            "winter",
            heading("Winter", call("a", 1)),
            *LONG,
            notes=(note("a", paragraph("A cold note.")),),
        ),
    )

    artifact = render_pdf(made, PRINT, style)

    assert sum("A cold note." in text for text in pages(artifact)) == 1
    assert {head.casefold() for head in heads(artifact)} == {"", "the lamp", "winter"}
    assert pages(artifact)[0].count("note") == 0
    with opened(artifact) as pdf:
        assert outline(pdf) == [(1, "Winter", 3)]


def test_long_notes_stand_after_their_chapter_whole_and_are_reported(
    style: Style,
) -> None:
    long = " ".join(f"word{n}" for n in range(1000))
    made = book(
        chapter(
            "winter",
            heading("Winter"),
            paragraph("Lamp", call("a", 1), " oil", call("b", 2), "."),
            *LONG,
            notes=(
                note("a", paragraph(long), line=20),
                note("b", CodeBlock("x = 1\n", 24), line=22),
            ),
        )
    )

    artifact = render_pdf(made, PRINT, style)

    words = " ".join(pages(artifact)).split()
    assert [f"word{n}" for n in range(1000)] == [w for w in words if w[:4] == "word"]
    assert "x = 1" in pages(artifact)[-1]
    assert [(str(p.at), p.code, p.severity) for p in artifact.problems] == [
        ("winter.md:20", "long-note", Severity.NOTE),
        ("winter.md:22", "long-note", Severity.NOTE),
    ]


def test_many_notes_on_a_page_lose_no_word(style: Style) -> None:
    labels = [f"n{n}" for n in range(30)]
    calls = [
        paragraph(f"Call {name}", call(name, n)) for n, name in enumerate(labels, 1)
    ]
    notes = tuple(note(n, paragraph(f"Begin{n} {WORDS * 8} end{n}.")) for n in labels)
    made = book(chapter("winter", heading("Winter"), *calls, notes=notes))

    text = " ".join(pages(render_pdf(made, PRINT, style)))

    assert all(f"Begin{n} " in text and f"end{n}." in text for n in labels)


def test_note_called_from_a_repeated_table_head_is_set_once(style: Style) -> None:
    def row(*words: str, header: bool = False, extra: Inlines = ()) -> TableRow:
        cells = tuple(
            TableCell((Paragraph((Text(w), *extra), 4),), 4, header) for w in words
        )
        return TableRow(cells, 4)

    table = Table(
        caption=(),
        head=(row("Lamp", header=True, extra=(call("a", 1),)),),
        body=tuple(row(f"Lamp {n}") for n in range(100)),
        foot=(),
        line=4,
    )
    made = book(chapter("winter", table, notes=(note("a", paragraph("About lamps.")),)))

    texts = pages(render_pdf(made, PRINT, style))

    assert sum("About lamps." in text for text in texts) == 1
    assert all(f"Lamp {n}" in " ".join(texts) for n in range(100))
    # The head again on every page of the table.
    assert sum("Lamp1" in "".join(text.split()) for text in texts) > 1


def test_long_lines_of_code_keep_their_words(style: Style) -> None:
    line = " ".join(f"argument{n}" for n in range(30))
    tokens = (
        CodeToken("kd", "def"),
        CodeToken("", f" f():\n\n    {line} "),
        CodeToken("sd", f"first\n{line}\n"),
    )
    code = CodeBlock("".join(t.text for t in tokens), 3, "python", tokens=tokens)

    text = " ".join(pages(render_pdf(book(chapter("a", code)), PRINT, style)))

    assert all(text.split().count(f"argument{n}") == 2 for n in range(30))
    assert "def f():" in text
    assert "first" in text


def test_table_too_wide_for_the_page_keeps_its_words(style: Style) -> None:
    words = [f"extraordinarily{n}" for n in range(12)]
    row = TableRow(tuple(TableCell((paragraph(word),), 4) for word in words), 4)
    made = book(chapter("a", Table((), (), (row,), (), 4)))

    # pypdfium2 gives what lies on the paper.
    text = "".join("".join(pages(render_pdf(made, PRINT, style))).split())

    assert text.count("e") == len(words)


def test_lines_of_a_title_page_from_right_to_left_have_no_indent(style: Style) -> None:
    lines = (paragraph("کتاب"), paragraph("کتاب"))
    made = chapter("a", *lines, role=Role.TITLE_PAGE, matter=Matter.FRONT)
    made = replace(made, language="fa")

    data = render_pdf(book(made, language="fa"), PRINT, style).data
    text = pypdfium2.PdfDocument(data)[0].get_textpage()

    lefts = [round(text.get_rect(n)[0]) for n in range(text.count_rects())]
    assert len(lefts) > 1
    assert len(set(lefts)) == 1


def test_headings_stand_in_the_middle_or_at_the_edge_of_their_item(
    style: Style,
) -> None:
    text = "# Z\n\n## Q\n\n### Q\n\n#### Q\n\n##### Q\n\n###### Q\n\n- ## X\n\n  V\n"
    made = render_pdf(transform(read(text)), PRINT, style)

    with pypdfium2.PdfDocument(made.data) as pdf:
        (shown,) = (
            found for leaf in pdf if (found := letters(leaf)[0]) and found[0][0] == "Z"
        )
    middles = {round((box[0] + box[2]) / 2) for sign, box in shown if sign in "ZQ"}
    assert max(middles) - min(middles) <= 1
    head, words = (next(box[0] for s, box in shown if s == sign) for sign in "XV")
    assert abs(head - words) < 1


def test_the_box_of_a_task_stands_where_others_have_their_bullet(style: Style) -> None:
    made = render_pdf(transform(read("# Z\n\n- H\n\nH\n\n- [x] H\n")), PRINT, style)

    with pypdfium2.PdfDocument(made.data) as pdf:
        (shown,) = (
            found for leaf in pdf if (found := letters(leaf)[0]) and found[0][0] == "Z"
        )
    item, text, task = (box[0] for sign, box in shown if sign == "H")
    (box,) = (box for sign, box in shown if sign == "\N{BALLOT BOX WITH CHECK}")
    assert abs(item - task) < 1
    assert text < box[0] < box[2] < task - 3


def table_of(*rows: list[str]) -> Table:
    return Table(
        (),
        (),
        tuple(
            TableRow(tuple(TableCell((Plain((Text(c),), 4),), 4) for c in row), 4)
            for row in rows
        ),
        (),
        4,
    )


@pytest.mark.parametrize("columns", [4, 5, 6])
def test_numbers_in_a_table_do_not_break(style: Style, columns: int) -> None:
    numbers = [f"{n},204,3{n}5.50" for n in range(1, columns)]
    table = table_of(["Unbelievably long words extraordinarily often", *numbers])
    pocket = Edition("pocket", Format.PDF, trim=Trim(324, 504))

    text = " ".join(pages(render_pdf(book(chapter("a", table)), pocket, style)))

    assert [number for number in numbers if number not in text] == []


def test_numbers_that_have_no_room_break_before_they_leave_the_paper(
    style: Style,
) -> None:
    table = table_of([f"1,204,3{n:02}.50" for n in range(24)])

    text = "".join(
        "".join(pages(render_pdf(book(chapter("a", table)), PRINT, style))).split()
    )

    assert text.count("1") + text.count("5") >= 2 * 24


@pytest.mark.parametrize(
    "words",
    ["1,204.50", "$ 1 204", "−3", "12 %", "۱٬۲۰۴٫۵", "2026-05-01", "4–7", "12 kg", "½"],
)
def test_a_number_is_known_in_any_script(words: str) -> None:
    assert is_number(words)


@pytest.mark.parametrize(
    "words", ["", "–", "four", "about 12", "1 and 2 and", "7 " * 20]
)
def test_words_are_no_number(words: str) -> None:
    assert not is_number(words)


def test_row_taller_than_a_page_keeps_its_words(style: Style) -> None:
    words = " ".join(f"word{n}" for n in range(1500))
    cell = TableCell((paragraph(words),), 4)
    table = Table((), (), (TableRow((cell, cell), 4),), (), 4)

    text = " ".join(pages(render_pdf(book(chapter("a", table)), PRINT, style)))

    assert all(text.split().count(f"word{n}") == 2 for n in (0, 700, 1499))


def deep(levels: int) -> Quote:
    quote = Quote((paragraph("innermost"),), 3)
    for _ in range(levels):
        quote = Quote((quote,), 3)
    return quote


def test_deep_nesting_is_set(style: Style) -> None:
    artifact = render_pdf(book(chapter("a", deep(99))), PRINT, style)

    assert "innermost" in pages(artifact)[0]
    assert artifact.problems == ()


BROKEN = Element(
    "svg",
    (Paragraph((Text("the words of it"),), 12),),
    12,
    Attributes(rest=(("viewBox", "0 0 bad"), ("xmlns", "http://www.w3.org/2000/svg"))),
)


def test_block_that_cannot_be_set_is_reported_and_its_words_are_kept(
    style: Style,
) -> None:
    made = book(
        chapter("one", heading("One"), *LONG),
        chapter("two", heading("Two"), *LONG, Quote((BROKEN, *LONG), 11), *LONG),
    )

    artifact = render_pdf(made, PRINT, style)

    assert [(str(p.at), p.code) for p in artifact.problems] == [
        ("two.md:12", "pdf-render")
    ]
    assert "the words of it" in " ".join(pages(artifact))


@pytest.mark.parametrize(
    "source",
    ["file:///etc/hostname", "/etc/hostname", "secret.png", "http://127.0.0.1:9/x.png"],
)
def test_nothing_is_read_from_disk_or_network(
    style: Style, source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    picture = Span("img", (), 3, Attributes(rest=(("alt", "no"), ("src", source))))
    colour = ("style", f"background: url({source})")
    made = book(
        chapter("a", paragraph("before ", picture, " after")),
        chapter("b", Element("div", (paragraph("x"),), 3, Attributes(rest=(colour,)))),
    )

    artifact = render_pdf(made, PRINT, style)

    with opened(artifact) as pdf:
        assert not any(page.get_images() for page in pdf.pages)
    assert artifact.problems


def test_pictures_come_from_the_book(style: Style, tmp_path: Path) -> None:
    path = tmp_path / "tall.svg"
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="9000">'
        '<rect width="900" height="9000"/></svg>',
        encoding="utf-8",
    )
    image = ImageFile("tall.svg", path, (), "image/svg+xml", 900, 9000)
    shown = Image("tall.svg", "a bar", 3, file="tall.svg")
    made = book(chapter("a", paragraph(shown)), images=(image,))

    artifact = render_pdf(made, PRINT, style)

    assert artifact.pages == 1
    assert artifact.problems == ()


def test_text_and_furniture_are_set_in_the_font_of_the_text(lamp: Artifact) -> None:
    with opened(lamp) as pdf:
        drawn = [page.Resources for page in pdf.pages if "/Resources" in page]
        forms = [
            r.XObject.Furniture for r in drawn if "/Furniture" in r.get("/XObject", {})
        ]
        drawn += [form.Resources for form in forms]
        fonts = {
            str(font.BaseFont).partition("+")[2]
            for resources in drawn
            for font in resources.get("/Font", pikepdf.Dictionary()).values()
        }

    assert len(forms) > 10
    assert fonts == {"EB-Garamond"}


def test_book_from_right_to_left_is_bound_on_the_right(style: Style) -> None:
    made = book(
        chapter("a", heading("A"), *(paragraph("سلام دنیا " * 300) for _ in "ab")),
        language="fa",
    )

    artifact = render_pdf(made, PRINT, style)

    with opened(artifact) as pdf:
        assert pdf.Root.ViewerPreferences.Direction == "/R2L"
        assert pdf.Root.Lang == "fa"
    assert pages(artifact)[1][-1] in "۲۰۱۲۳۴۵۶۷۸۹"


def test_lines_from_right_to_left_end_at_the_measure(style: Style) -> None:
    """Where a line ends at an element WeasyPrint 70 moves it by a space."""
    text = "واژه (Markdown *processor*) و *واژه* است `code` و تمام. " * 60
    made = transform(read({"a.md": text}, replace(METADATA, language="fa")))

    page = drawn(render_pdf(made, PRINT, style), -1)

    # Between the running head and the page number.
    lines = [(left, right) for _, left, right in bands(page) if right - left > 600]
    assert len(lines) > 10
    assert max(right for _, right in lines) - min(right for _, right in lines) < 8


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "<p>متن <b>foo</b> <i>bar</i> متن</p>",
            '<p>متن <span dir="ltr"><b>foo</b> <i>bar</i></span> متن</p>',
        ),
        (
            "<p>متن the <b>big</b> one, ۲ متن</p>",
            '<p>متن <span dir="ltr">the <b>big</b> one, ۲</span> متن</p>',
        ),
        ("<p>متن <b>foo</b> و <i>bar</i></p>", None),
        (
            '<p>متن <code dir="ltr">.a</code>, <code dir="ltr">.b</code> متن</p>',
            None,
        ),
        (
            '<p>متن foo <code dir="ltr">.a</code> bar متن</p>',
            '<p>متن <span dir="ltr">foo <code dir="ltr">.a</code> bar</span> متن</p>',
        ),
        ("<p>متن <b>متن</b> متن</p>", None),
        ("<p>متن only latin words متن</p>", None),
        ("<div>foo <p>bar</p> foo</div>", None),
    ],
)
def test_latin_run_in_a_persian_paragraph_is_one_span(
    before: str, after: str | None
) -> None:
    section = fromstring(f"<section>{before}</section>")

    keep_runs_together(section, "rtl")

    made = tostring(section, encoding="unicode")
    assert made == f"<section>{after or before}</section>"


def test_same_book_gives_the_same_bytes_in_any_process(
    lamp: Artifact, style: Style, tmp_path: Path
) -> None:
    program = (
        "import sys, tests.test_pdf as t\n"
        "from publish.pdf import render_pdf\n"
        "made = t.book(t.TITLE, t.CONTENTS, t.chapter('winter', *t.LONG,"
        " t.paragraph('x', t.call('a', 1)),"
        " notes=(t.note('a', t.paragraph('y')),)))\n"
        "style = t.load_style('classic')\n"
        "sys.stdout.buffer.write(render_pdf(made, t.PRINT, style).data)\n"
    )

    def built(**changes: str) -> bytes:
        environment = {**os.environ, "PYTHONPATH": str(Path.cwd()), **changes}
        return subprocess.run(
            [sys.executable, "-c", program],
            env=environment,
            capture_output=True,
            check=True,
        ).stdout

    one = built(PYTHONHASHSEED="1", TZ="Asia/Tokyo", LC_ALL="C")
    assert one.startswith(b"%PDF")
    assert one == built(PYTHONHASHSEED="2", TZ="America/Lima", LC_ALL="C.UTF-8")


def test_each_part_is_opened_once_whether_it_is_there_early_or_late(
    style: Style, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files: list[bytes] = []
    made = book(TITLE, CONTENTS, chapter("winter", heading("Winter"), *LONG))
    real = pikepdf.open

    def opening(file: io.BytesIO) -> pikepdf.Pdf:
        files.append(file.getvalue())
        return real(file)

    monkeypatch.setattr(pikepdf, "open", opening)
    with crew(1) as executor:
        kept = Kept(executor, Store(tmp_path))
        late, early = (start_pdf(made, PRINT, style, kept).finish() for _ in range(2))

    assert early == late
    assert len(files) == 2 * len(set(files))


def test_missing_pango_is_one_problem_that_says_what_to_install(
    style: Style, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "weasyprint.py").write_text(
        "raise OSError(\"cannot load library 'libpango-1.0-0'\")\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(tmp_path)

    with pytest.raises(PublishError) as caught:
        render_pdf(book(chapter("a", paragraph("x"))), PRINT, style)

    (problem,) = caught.value.problems
    assert problem.code == "no-pango"
    for way in ("apt install", "dnf install", "brew install", "Windows"):
        assert way in problem.hint


def test_half_a_word_never_stands_on_a_line_alone(style: Style) -> None:
    """WeasyPrint 70 hyphenates the first word of a line whose last space overflows."""
    code = Span("code", (Text("t *testing.T"),), 3)
    words = (
        "We've refactored our assertion into a new function. This reduces duplication"
        " and improves the readability of our tests. We need to pass in "
    )
    made = book(chapter("a", paragraph("First."), paragraph(words, code, " here.")))
    artifact = render_pdf(made, PRINT, style)

    with pypdfium2.PdfDocument(artifact.data) as pdf:
        lines = pdf[0].get_textpage().get_text_bounded().splitlines()
    assert not any(len(line.split()) == 1 and len(line) > 4 for line in lines[1:-1])


@pytest.mark.parametrize("space", ["\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"])
def test_a_word_tied_to_the_next_one_goes_along_with_it(space: str) -> None:
    """WeasyPrint 70 hyphenates the first word of a line that this space overflows."""
    mend()
    words = f"Reines Radiumchlorid ist paramagnetisch. Seine Magnetisirungszahl{space}"
    look = "p { hyphens: auto; font: 12px serif; width: %spx }"
    short = [
        line
        for width in range(150, 260)
        for line in set_lines(
            f"<p lang=de>{words}<b>k</b> ist klein, und sie wird bestimmt.",
            look % width,
        )[:-1]
        if len(line) < 12
    ]
    assert not short


def set_lines(html: str, css: str) -> list[str]:
    sheet = weasyprint.CSS(string=css)
    return [
        "".join(text.text for text in line.descendants() if isinstance(text, TextBox))
        for page in weasyprint.HTML(string=html).render(stylesheets=[sheet]).pages
        for line in page._page_box.descendants()
        if isinstance(line, LineBox)
    ]


def test_list_goes_on_from_the_number_its_author_gave(style: Style) -> None:
    text = "5) five\n6) six\n\n<ol><li value='9'>nine<li>ten</ol>\n"

    words = " ".join(pages(render_pdf(_written(text), PRINT, style))[-1].split())

    # PDFium reads the numbers of a list after its items.
    assert words.startswith("five six nine ten 5. 6. 9. 10.")


def test_lists_count_with_the_digits_of_the_language(style: Style) -> None:
    text = "1. یک\n2. دو\n\n<ol type='a'><li>سه</ol>\n"
    made = transform(read({"a.md": text}, replace(METADATA, language="fa")))

    words = pages(render_pdf(made, PRINT, style))[-1]

    assert [sign for sign in "۱۲a" if sign not in words] == []


@pytest.mark.parametrize("more", ["", " p-last p-ending"])
def test_contents_are_not_counted_twice(more: str) -> None:
    section = fromstring(f"<section><ol class='p-contents{more}'><li/></ol></section>")

    number_lists(section, "fa")

    assert section[0].get("style") is None


def test_a_list_of_an_author_is_none_of_the_contents(style: Style) -> None:
    text = '# One\n\n<ol class="contents"><li>Words alone</li></ol>\n\n::: toc\n:::\n'

    words = pages(render_pdf(transform(read({"a.md": text})), PRINT, style))[-1]

    assert "1." in words.split()


@pytest.mark.parametrize("item", ["<li />", "<li>Words</li>"])
def test_a_line_of_contents_without_a_link_hangs_beside_nothing(item: str) -> None:
    listing = fromstring(f"<section><ol class='p-contents'>{item}</ol></section>")

    hang_numbers(listing, "en")

    assert [child.attrib for child in listing[0]] == [{}]


@pytest.mark.parametrize(("name", "hung"), [("p-number", True), ("number", False)])
def test_headings_hang_beside_numbers_of_the_tool_alone(name: str, hung: bool) -> None:
    section = fromstring(f"<div><h2><span class='{name}'>1984</span> Then</h2></div>")

    hang_numbers(section, "en")

    assert (section[0].get("class") == "p-hung") is hung


def test_words_are_found_behind_a_narrow_space(style: Style) -> None:
    """One glyph draws all spaces, and WeasyPrint 70 takes it for the first of them."""
    made = book(chapter("a", paragraph("«\u202fUn lieu\u202f» dit")))

    with pypdfium2.PdfDocument(render_pdf(made, PRINT, style).data) as pdf:
        words = pdf[0].get_textpage().get_text_range()

    assert words.startswith("« Un lieu » dit")


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("بالکن", "میلی‌لیتر"), "میلی لیتر"),
        (("میلی‌لیتر", "بالکن"), "بالکن"),
        (("لا", "لب"), "لب"),
        (("کتـــاب", "تاب"), "تاب"),
    ],
)
def test_joined_letters_are_found_wherever_they_stand(
    style: Style, words: tuple[str, str], wanted: str
) -> None:
    """WeasyPrint 70 takes a glyph for the letters that it stood for first."""
    metadata = replace(METADATA, language="fa")
    made = transform(read({"a.md": "\n\n".join(words)}, metadata))

    artifact = render_pdf(made, PRINT, style)

    assert artifact.problems == ()
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        text = pdf[len(pdf) - 1].get_textpage().get_text_range()
    joined = "".join(c for c in text if unicodedata.category(c) != "Cf")
    assert wanted.replace(" ", "") in joined.replace(" ", "").replace("\ufffe", "")


def test_a_word_wider_than_the_line_is_broken(style: Style) -> None:
    word = "A" + "a" * 120 + "rgh"
    made = _written(f"# {word}\n\nSo {word}! he cried.\n")

    assert render_pdf(made, PRINT, style).problems == ()


@pytest.mark.parametrize("authors", [1, 9, 30])
@pytest.mark.parametrize("size", [(432, 648), (298, 420), (200, 290)])
def test_a_title_page_loses_nobody(
    style: Style, authors: int, size: tuple[float, float]
) -> None:
    people = tuple(Person(f"Author Number{n}") for n in range(authors))
    title = "The Collected Letters and Diaries of a Keeper"
    metadata = replace(
        METADATA, title=title, people=people, publisher="Harbour", rights="© " * 99
    )
    small = replace(PRINT, trim=Trim(*size))
    made = transform(read({"a.md": "# A\n\nx\n"}, metadata))

    artifact = render_pdf(made, small, style)

    assert artifact.problems == ()
    front = " ".join(pages(artifact)[:-1])
    assert [n for n in range(authors) if f"Number{n}" not in front] == []


def test_stress_is_seen_in_scripts_without_an_italic(style: Style) -> None:
    made = transform(read({"a.md": "یک *دو* سه\n"}, replace(METADATA, language="fa")))

    with opened(render_pdf(made, PRINT, style)) as pdf:
        fonts = {str(f.BaseFont) for f in pdf.pages[-1].Resources.Font.values()}

    assert any(name.endswith("+Amiri-Bold") for name in fonts)


def test_an_address_gets_no_hyphen(style: Style) -> None:
    address = "https://www.example.org/" + "something/" * 12

    words = pages(render_pdf(_written(f"See <{address}> for more."), PRINT, style))[-1]

    assert "\u2010" not in words
    assert address in words.replace(" ", "")


def test_words_parted_by_a_tab_in_code_stay_two_words(style: Style) -> None:
    text = "```\nFAIL\tplayer\n```\n"

    words = pages(render_pdf(_written(text), PRINT, style))[-1].split()

    assert words[:2] == ["FAIL", "player"]


def test_turned_line_of_verse_hangs_and_a_new_line_does_not(style: Style) -> None:
    text = "::: verse\nO lamp,\\\nburn " + "low, " * 30 + "burn.\n:::\n"

    pdf = pypdfium2.PdfDocument(render_pdf(_written(text), PRINT, style).data)
    page = pdf[len(pdf) - 1].get_textpage()
    words = page.get_text_range()
    lefts = [page.get_charbox(words.index(w))[0] for w in ("O lamp", "burn low")]
    turned = page.get_charbox(words.index("\n", words.index("burn low")) + 1)[0]
    pdf.close()

    assert abs(lefts[0] - lefts[1]) < 2
    assert turned > lefts[0] + 10


def test_every_link_that_leaves_the_book_leads_out_of_its_pages(style: Style) -> None:
    """`parse` alone says which addresses may stand in a book."""
    addresses = (
        "https://example.org/",
        "ftp://example.org/a",
        "mailto:ada@example.org",
        "tel:+441234",
        "urn:isbn:9780306406157",
        "sip:ada@example.org",
        "xmpp:ada@example.org",
        "news:example.lamps",
    )
    text = " ".join(f"[x]({address})" for address in addresses)

    with opened(render_pdf(_written(text), PRINT, style)) as pdf:
        annotations = [a for page in pdf.pages for a in page.get("/Annots", [])]
        found = [str(a.A.URI) for a in annotations if "/A" in a and "/URI" in a.A]

    assert found == list(addresses)


def _written(text: str) -> Book:
    """A book of one chapter, with every pass run."""
    return transform(read({"one.md": text}))


def test_long_run_of_code_over_several_tokens_stays_on_the_paper(style: Style) -> None:
    text = '```go\nvar letters = []rune("' + "abcdefghij" * 9 + '")\n```\n'

    made = render_pdf(_written(text), PRINT, style)

    assert made.problems == ()
    assert "abcdefghij" * 9 in "".join("".join(pages(made)).split()).replace("→", "")


def test_code_that_turns_over_is_drawn_where_it_stands(style: Style) -> None:
    """What is copied comes in the order in which it is drawn."""
    long = f'return "{"a lamp, and " * 8}"'
    made = render_pdf(
        _written(f"```python\none = 1\n{long}\ntwo = 2\n```\n"), PRINT, style
    )

    drawn = "".join("".join(pages(made)).split())
    assert f"one=1{''.join(long.split())}two=2" in drawn
