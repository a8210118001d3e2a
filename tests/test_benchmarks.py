"""The benchmarks run and count right; what they measure is no test."""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from xml.etree.ElementTree import tostring

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from publish.fonts import space
from publish.model import Format
from publish.pdf.total_fit import Manners
from publish.problems import Position, Problem, Severity
from tests.ace import Impact, Violation
from tests.benchmarks.builds import Build, build, words_lost
from tests.benchmarks.epub import paging
from tests.benchmarks.epub import rows as epub_rows
from tests.benchmarks.epub.sides import Side
from tests.benchmarks.fonts import families
from tests.benchmarks.judges import Verdict, ask
from tests.benchmarks.measure import run
from tests.benchmarks.paragraphs.lines import evenness
from tests.benchmarks.paragraphs.prose import Prose
from tests.benchmarks.paragraphs.setting import by_typst, by_us, faces, page
from tests.benchmarks.rival import epub_command
from tests.benchmarks.rows import COSTS, FAULTS, Row, figures_of
from tests.benchmarks.share import Share, share
from tests.benchmarks.shelf import books, contents
from tests.benchmarks.speed import rows as speed_rows
from tests.benchmarks.speed.bench import Bench, NothingMadeError, in_turn
from tests.benchmarks.speed.edits import Edit, by_length, copied, longer, made, one_word
from tests.benchmarks.speed.novel import SOURCE, chapters, write_novel, write_shelf
from tests.benchmarks.speed.parts import GUIDE, measure
from tests.benchmarks.speed.reading import read_ready
from tests.benchmarks.speed.whole import document_of_all, sheet_of
from tests.benchmarks.subject import Options
from tests.benchmarks.table import table
from tests.benchmarks.timed import Clock
from tests.conftest import LAMP, BuildWhole
from tests.missing import MissingError
from tests.page_list import Mark, page_mark, unmarked, wrong_marks
from tests.printed import THING, PrintedPage, spelt
from tests.verapdf import Fault
from tests.writing import write

LIGHTHOUSE = (
    "The keeper trimmed the lamp and wrote down that nothing had happened in the night,"
    " as he had done for years, and nobody came to the door of the lighthouse. He had"
    " no reason to incomprehensibly complain, for the bread was good and the coal dry."
)


@pytest.mark.parametrize("maker", ["one after the other", "as a whole", "Typst"])
def test_lines_are_counted_alike(maker: str) -> None:
    # On one page, so that none is set longer for a page to end level.
    prose = Prose("en", (LIGHTHOUSE * 2,) * 4)
    if maker == "Typst":
        pdf = by_typst(prose)
    else:
        pdf, _ = by_us(prose, Manners() if maker == "as a whole" else None)
    sheet = page()
    edges = {side + sheet.text_width for side in (sheet.inner, sheet.outer)}

    found = evenness(pdf, space(faces()[0]) * sheet.size, edges)

    # The last line of each paragraph, and no other.
    assert found.others == 4
    assert found.lines % 4 == 0
    assert 0.8 < found.mean < 2


ALLOCATE = "x = bytearray(120_000_000)"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    lamp = "# Oil\n\nTrim the old lamp.\n\n![](gone.png)\n"
    folder = tmp_path_factory.mktemp("lamp")
    return write(folder, {"1.md": lamp, "2.md": "# Storm\n\nWind.\n"})


@pytest.fixture(scope="module")
def built(book: Path, tmp_path_factory: pytest.TempPathFactory) -> Build:
    return build(book, Format.EPUB, tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def row(book: Path, built: Build) -> Row:
    """Of a book of which both formats cost the same, and nobody was asked."""
    return Row("lamp", contents(book), built, built, {}, ())


def _cells(row: Row) -> dict[str, list[str]]:
    """The cells of a row of both tables, by their heads, some of which occur twice."""
    costs, faults, *_ = figures_of([row], ()).text.split("\n\n")
    found: dict[str, list[str]] = {}
    for heads, text in ((COSTS, costs), (FAULTS, faults)):
        cells = text.splitlines()[2].strip("|").split("|")
        for head, cell in zip(heads, cells, strict=True):
            found.setdefault(head, []).append(cell.strip())
    return found


def test_a_build_is_read_as_it_was_reported(built: Build) -> None:
    assert built.cost.status == 1
    assert built.path is not None
    assert built.path.stat().st_size > 0
    assert "no-picture" in {problem.code for problem in built.problems}


def test_a_row_says_what_was_measured(row: Row) -> None:
    bad = Problem(Position(Path("a.epub")), "rsc-005", "wrong", severity=Severity.ERROR)
    verdict = Verdict(epubcheck=(bad,))

    cells = _cells(replace(row, pdf=replace(row.pdf, pages=7), verdict=verdict))

    assert cells["book"] == ["lamp", "lamp"]
    assert (cells["chapters"], cells["words"]) == (["2"], ["7"])
    assert (cells["errors"], cells["pages"]) == (["1"], ["7"])
    assert cells["EPUBCheck errors"] == ["1"]
    assert cells["MB"] == [f"{row.epub.cost.megabytes:.0f}"] * 2


@pytest.mark.parametrize(
    ("impacts", "cell"),
    [
        (None, "–"),
        ((), "0"),
        ((Impact.MODERATE, Impact.SERIOUS, Impact.SERIOUS), "2 serious, 1 moderate"),
    ],
)
def test_violations_are_counted_by_their_impact(
    row: Row, impacts: Sequence[Impact] | None, cell: str
) -> None:
    found = [Violation("a", impact, "alt", "no", "<p>") for impact in impacts or ()]
    ace = None if impacts is None else tuple(found)

    cells = _cells(replace(row, verdict=Verdict(ace=ace)))

    assert cells["Ace"] == [cell]


@pytest.mark.parametrize(
    ("rules", "cell"),
    [
        (None, "–"),
        ((), "pass"),
        (("5-1",), "1 rule failed"),
        (("5-1", "7.2-2"), "2 rules failed"),
    ],
)
def test_rules_of_pdf_ua_are_counted(
    row: Row, rules: Sequence[str] | None, cell: str
) -> None:
    found = [Fault(rule, 9, "so", "page") for rule in rules or ()]
    verapdf = None if rules is None else tuple(found)

    cells = _cells(replace(row, verdict=Verdict(verapdf=verapdf)))

    assert cells["PDF/UA-1"] == [cell]


def test_what_judges_find_is_told_below_the_tables(row: Row) -> None:
    bad = Problem(Position(Path("a.epub")), "rsc-005", "wrong")
    alt = Violation("a.xhtml", Impact.MINOR, "alt", "no words", "<img>")
    claim = Fault("5-1", 1, "it claims to be", "metadata")
    verdict = Verdict((bad, bad), (alt, replace(alt, where="b.xhtml")), (claim,))

    text = figures_of([replace(row, verdict=verdict)], ()).text

    assert text.split("\n\n")[2].splitlines() == [
        "- lamp: EPUBCheck rsc-005, 2 times: wrong",
        "- lamp: Ace minor alt, 2 times: a.xhtml: no words",
        "- lamp: PDF/UA-1 5-1, 1 times: it claims to be",
    ]


def test_a_judge_is_asked_of_what_is_there(tmp_path: Path) -> None:
    said: list[str] = []
    one, two = tmp_path / "1.pdf", tmp_path / "2.pdf"

    found = ask(
        "J", lambda paths: [[p.stem] * 2 for p in paths], [two, None, one], said
    )

    assert found == [("2", "2"), None, ("1", "1")]
    assert said == []


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (MissingError("Java"), "skipped J: Java is missing"),
        (RuntimeError("no room\nat all\n"), "skipped J of a.pdf: it failed: no room"),
    ],
)
def test_a_judge_that_cannot_be_asked_finds_nothing_and_is_told(
    error: Exception, words: str
) -> None:
    def judge(paths: Sequence[Path]) -> list[list[str]]:
        raise error

    said: list[str] = []

    assert ask("J", judge, [Path("a.pdf")], said) == [None]
    assert said == [words]


def test_what_a_judge_cannot_read_is_no_reason_not_to_judge_the_rest() -> None:
    one, bad, two = map(Path, ("1.pdf", "bad.pdf", "2.pdf"))
    said: list[str] = []

    def judge(paths: Sequence[Path]) -> list[list[str]]:
        if bad in paths:
            raise RuntimeError("no page")
        return [[path.stem] for path in paths]

    assert ask("J", judge, [one, bad, None, two], said) == [("1",), None, None, ("2",)]
    assert said == ["skipped J of bad.pdf: it failed: no page"]


def test_what_was_not_compared_is_not_called_nothing(row: Row) -> None:
    cells = _cells(replace(row, pdf=Build(row.epub.cost, None, 0, ())))

    assert (cells["lost: EPUB"], cells["lost: PDF"]) == (["0"], ["–"])
    assert (cells["pages"], cells["EPUBCheck errors"]) == (["–"], ["–"])
    assert (cells["fonts in the PDF"], cells["words check"]) == (["–"], ["–", "–"])


def test_a_missing_file_is_told_below_the_tables(row: Row) -> None:
    stopped = Problem(Position(Path("a.pdf")), "pdf-stopped", "it stopped")
    pdf = Build(row.epub.cost, None, 0, (stopped,))

    figures = figures_of([replace(row, pdf=pdf)], ["so"])

    assert figures.text.split("\n\n")[2].splitlines() == [
        "- so",
        "- lamp: a file is missing: it stopped",
    ]


def test_fonts_are_named_in_a_row(row: Row) -> None:
    cells = _cells(replace(row, fonts=("Amiri", "EB Garamond")))

    assert cells["fonts in the PDF"] == ["Amiri, EB Garamond"]


def test_families_are_those_of_embedded_fonts(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        file = pdf.make_stream(b"")
        fonts = (
            Dictionary(FontName=Name("/BCDEFG+Times-Bold"), FontFile=file),
            Dictionary(FontName=Name("/CDEFGH+A"), FontFamily="Amiri", FontFile2=file),
            Dictionary(FontName=Name("/DEFGHI+B"), FontFamily="Amiri", FontFile3=file),
            Dictionary(FontName=Name("/Courier")),
        )
        for font in fonts:
            font.Type = Name("/FontDescriptor")
        pdf.Root.Fonts = Array(map(pdf.make_indirect, fonts))
        pdf.save(tmp_path / "a.pdf")

    assert families(tmp_path / "a.pdf") == ("Amiri", "Times-Bold")


def test_families_are_read_from_a_book(whole: BuildWhole) -> None:
    assert families(whole(LAMP).pdf) == ("Amiri", "EB Garamond", "Source Code Pro")


def test_the_share_of_the_words_check_is_that_of_the_whole(row: Row) -> None:
    shares = {
        Format.EPUB: Share({"one": 0.25, "two": 0.25}, 4.0),
        Format.PDF: Share({"one": 0.1}, 2.0),
    }

    assert _cells(replace(row, shares=shares))["words check"] == ["12.5 %", "5.0 %"]


@pytest.mark.parametrize(
    ("made", "check"),
    [
        (Format.EPUB, {"lost_in_tree", "lost_in_xhtml"}),
        (
            Format.PDF,
            {
                "lost_in_tree",
                "lost_in_document",
                "read_runs",
                "lost_in_layout",
                "lost_in_pages",
            },
        ),
    ],
)
def test_all_of_the_words_check_is_timed(
    book: Path, made: Format, check: set[str]
) -> None:
    found = share(book, made)

    assert found is not None
    assert set(found.check) == check
    assert all(seconds > 0 for seconds in found.check.values())
    assert found.percent < 50


def test_no_share_is_measured_of_what_cannot_be_built(tmp_path: Path) -> None:
    assert share(tmp_path, Format.EPUB) is None


def test_a_generator_is_timed_while_it_works_and_its_taker_is_not() -> None:
    clock = Clock()

    def work(count: int) -> Iterator[int]:
        for number in range(count):
            _burn(0.02)
            yield number

    timed = clock.timed("work", work)
    for _ in timed(3):
        _burn(0.1)
    list(timed(1))

    assert 0.08 <= clock.seconds["work"] < 0.18


def _burn(seconds: float) -> None:
    """Take so much of the CPU."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_lost_words_are_counted_at_their_seam() -> None:
    one = "1 word of this file is not in the PDF: “oil”"
    twelve = "12 words of this file are not in the book: “a”, “b” and others"
    at = Position(Path("1.md"))

    lost = words_lost(Problem(at, "lost-words", said) for said in (one, twelve, one))

    assert lost == {"tree": 12, "EPUB": 0, "PDF": 2}


def test_memory_is_that_of_the_largest_process() -> None:
    start = (
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', {ALLOCATE!r}])"
    )

    assert run([sys.executable, "-c", start]).megabytes > 120


def test_memory_of_who_measures_does_not_count() -> None:
    large = bytearray(120_000_000)

    cost = run([sys.executable, "-c", "pass"])

    assert cost.megabytes < len(large) / 1_000_000


def test_a_missing_shelf_is_named(tmp_path: Path) -> None:
    assert tmp_path / "gone" in books(tmp_path / "gone")


def test_columns_of_figures_stand_to_the_right() -> None:
    assert table(("book", "pages"), [("The Lamp", "7")]) == (
        "| book     | pages |\n| -------- | ----: |\n| The Lamp |     7 |"
    )


FLOW = """One tin of oil, he said, and a wick that was trimmed.
It blew all night on the wonderful coast. $ stands for storm; so does $.
Nobody came to the door before the morning, and then nobody knew what had been."""


def _pages(*numbers: int) -> list[PrintedPage]:
    """The pages of `FLOW`. numbers: of the signs with which the second and the others
    begin"""
    text = FLOW.replace("$", THING)
    starts = (0, *numbers)
    parts = (text[a:b] for a, b in zip(starts, (*numbers, None), strict=True))
    return [PrintedPage(str(n), spelt(part)) for n, part in enumerate(parts, 1)]


def _mark(label: int, at: int) -> Mark:
    text = FLOW.replace("$", THING)
    return page_mark(str(label), text[:at], text[at:])


def _wrong(pages: Sequence[PrintedPage], *starts: int) -> list[str]:
    """The labels of pages whose marks are wrong. starts: where the marks stand"""
    marks = [_mark(n, at) for n, at in enumerate(starts, 1)]
    return list(wrong_marks(marks, pages))


def _at(words: str) -> int:
    return FLOW.index(words)


BEGINNINGS = ("that was", "It blew", "$ stands", "for storm", "came to")


@pytest.mark.parametrize("words", BEGINNINGS)
def test_a_mark_at_the_beginning_of_its_page_is_right(words: str) -> None:
    at = _at(words)

    assert _wrong(_pages(at), 0, at) == []


@pytest.mark.parametrize("words", BEGINNINGS)
@pytest.mark.parametrize("by", [-1, 1])
def test_a_mark_that_is_a_word_off_is_wrong(words: str, by: int) -> None:
    at = _at(words)
    place = len(FLOW[:at].split()) + by
    moved = len(FLOW) - len(FLOW.split(maxsplit=place)[place])

    assert moved != at
    assert _wrong(_pages(at), 0, moved) == ["2"]


def test_marks_that_are_a_page_off_are_wrong() -> None:
    first, second, third = map(_at, ("that was", "It blew", "came to"))
    pages = _pages(first, second, third)

    assert _wrong(pages, 0, first, second, third) == []
    assert _wrong(pages, 0, second, third) == ["2", "3"]
    assert _wrong(pages, 0, 0, first, second) == ["2", "3", "4"]


def test_the_mark_of_a_page_that_breaks_a_word_stands_before_the_word() -> None:
    at = _at("wonderful")
    pages = _pages(at + len("won"))

    assert _wrong(pages, 0, at) == []
    assert _wrong(pages, 0, at + len("won")) == ["2"]
    assert _wrong(pages, 0, _at("coast")) == ["2"]


def test_a_page_without_text_is_passed_over_and_one_without_a_mark_is_told() -> None:
    at = _at("It blew")
    one, two = _pages(at)
    blank, title = PrintedPage("ii", ""), PrintedPage("iii", "samplesofprint")
    pages = [one, blank, title, two]

    marks = [_mark(1, 0), _mark(2, at)]

    assert wrong_marks(marks, pages) == {}
    assert unmarked(marks, pages) == ["iii"]
    assert wrong_marks([*marks, _mark(9, at)], pages) == {"9": "there is no such page"}


def test_words_of_two_directions_may_be_drawn_in_any_order() -> None:
    at = _at("It blew")
    one, two = _pages(at)
    shuffled = replace(
        two, text="nightallblewitx", lines=("nightallblewit", "onthewonderfulcoast")
    )

    assert _wrong([one, shuffled], 0, at) == []
    assert _wrong([one, shuffled], 0, _at("blew")) == ["2"]


def test_labels_are_told_in_any_digits() -> None:
    assert page_mark("۱۵", "", "").label == "15"


def test_pages_are_counted_in_a_row() -> None:
    lamp = paging.Paged("lamp", 12, 8, {"3": "it stands in a word"}, ["7"])

    text = paging.figures_of([lamp], ["so"]).text

    rows, remarks = text.split("\n\n")
    cells = [cell.strip() for cell in rows.splitlines()[2].strip("|").split("|")]
    assert cells == ["lamp", "12", "8", "7", "1", "1", "87.5 %"]
    assert remarks.splitlines()[1:] == [
        "- so",
        "- lamp, page 3: it stands in a word",
        "- lamp: text and no mark on 7",
    ]


def test_all_marks_of_a_book_are_judged(book: Path, tmp_path: Path) -> None:
    found = paging.paged(book, tmp_path)

    assert found.marks > 2
    assert (found.wrong, found.missing) == ({}, [])
    assert not (book / "book.toml").exists()


@pytest.fixture
def side(built: Build) -> Side:
    """Of which nobody was asked."""
    assert built.path is not None
    return Side(built.path, (built.cost,), 3, listed=False, rules=())


def _epub_cells(row: epub_rows.Row) -> list[str]:
    line = epub_rows.figures_of([row], 1, ()).text.splitlines()[2]
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_both_stand_in_each_cell(side: Side) -> None:
    bad = Problem(Position(Path("a.epub")), "rsc-005", "wrong")
    warned = replace(bad, severity=Severity.WARNING)
    alt = Violation("a.xhtml", Impact.SERIOUS, "alt", "no words", "<img>")
    theirs = replace(side, rules=(warned, bad), verdict=Verdict((bad, warned), (alt,)))

    cells = _epub_cells(epub_rows.Row("lamp", side, theirs))

    assert cells[:9] == [
        *("lamp", "– / 1", "– / 1", "– / 0", "– / 1", "– / 0", "– / 0"),
        *("0 / 1", "0 / 1"),
    ]
    assert cells[10] == "3 / 3"
    assert len(cells) == len(epub_rows.HEADS)


def test_what_each_side_has_is_told_below_the_table(side: Side) -> None:
    bad = Problem(Position(Path("a.epub")), "rsc-005", "wrong")
    alt = Violation("a.xhtml", Impact.MINOR, "alt", "no\nwords", "<img>")
    ours = replace(side, listed=True, verdict=Verdict((bad, bad), ()))
    theirs = replace(
        side, rules=(bad,), lacks=("a.png",), verdict=Verdict((), (alt, alt))
    )

    figures = epub_rows.figures_of([epub_rows.Row("lamp", ours, theirs)], 5, ["so"])

    _, remarks = figures.text.split("\n\n")
    assert "medians of 5 runs" in remarks.splitlines()[2]
    assert remarks.splitlines()[3:] == [
        "- so",
        "- lamp, publish: it lists the pages of print, so these are set as well",
        "- lamp, publish: EPUBCheck rsc-005, 2 times: wrong",
        "- lamp, Pandoc: pictures that it does not find: a.png",
        "- lamp, Pandoc: Ace minor alt, 2 times: a.xhtml: no words",
        "- lamp, Pandoc: our rule rsc-005, 1 times: wrong",
    ]


def test_pandoc_is_told_what_is_known_of_a_book(tmp_path: Path) -> None:
    toml = '[book]\ntitle = "Öl"\nlanguage = "de"\n'
    folder = write(tmp_path, {"book.toml": toml, "a/1.md": "# A", "b/2.md": "# B"})

    command = epub_command(folder, Path("pandoc"), Path("o.epub"))

    assert "--metadata=title=Öl" in command
    assert "--metadata=lang=de" in command
    assert f"--resource-path={os.pathsep.join(('.', 'a', 'b'))}" in command
    assert command[-2:] == [str(Path("a/1.md")), str(Path("b/2.md"))]


PROSE = "The keeper trimmed the lamp before the storm came over the water, and waited."
SHORT_NOVEL = "".join(
    f"## Chapter {n} - {head}\n\n{PROSE}\n\n'Who is there?' said {head}.\n\n"
    for n, head in enumerate(("Oil", "Wind", "Glass"), 1)
)


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    return write(tmp_path / "corpora", {f"{SOURCE}/novel.md": f"# N\n{SHORT_NOVEL}"})


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_novel_is_the_same_each_time_and_never_repeats_itself(
    corpora: Path, tmp_path: Path
) -> None:
    one, other = (write_novel(tmp_path / name, corpora, 64) for name in ("1", "2"))

    assert _files(one) == _files(other)
    texts = [path.read_text() for path in sorted(one.glob("*.md"))]
    assert len(texts) == 8
    assert [text.split("\n")[0] for text in texts[:4]] == [
        *("# Oil", "# Wind", "# Glass", "# Oil")
    ]
    assert len(set(texts)) == len(texts)


def test_a_copy_has_words_of_the_same_length() -> None:
    (_, first), *_, (_, again) = zip(range(4), chapters(SHORT_NOVEL, "A"), strict=False)

    assert first[0] == again[0]
    assert first[1] != again[1]
    assert [*map(len, first[1].split())] == [*map(len, again[1].split())]
    assert "said Oil." in again[1]


def test_books_of_a_shelf_are_all_others(corpora: Path, tmp_path: Path) -> None:
    shelf = write_shelf(tmp_path / "shelf", corpora, books=3, pages=12)

    assert sorted(_files(shelf)) == [
        *("01/0001.md", "01/book.toml", "02/0001.md", "02/book.toml"),
        *("03/0001.md", "03/book.toml"),
    ]
    assert len(set(_files(shelf).values())) == 6


def test_one_word_is_changed_outside_of_code(tmp_path: Path) -> None:
    text = f"# Oil\n\n```\n{PROSE}\n```\n\n{PROSE}\n\n[{PROSE}](1.md)\n"
    path = write(tmp_path, {"1.md": text}) / "1.md"

    edit = one_word(path)

    pairs = zip(text.split(), edit.text.split(), strict=True)
    ((was, now),) = [pair for pair in pairs if len(set(pair)) > 1]
    assert now == was[::-1]
    assert edit.text.split("```")[1] == text.split("```")[1]


def test_a_chapter_grows_by_its_own_prose(tmp_path: Path) -> None:
    text = f"# Oil\n\n{PROSE}\n\n{PROSE}\n\nShort.\n"
    path = write(tmp_path, {"1.md": text}) / "1.md"

    assert longer(path, 1).text == f"{text}\n{PROSE}\n"
    assert longer(path, len(PROSE) + 1).text == f"{text}\n{PROSE}\n\n{PROSE}\n"


def test_a_file_is_changed_for_a_while(tmp_path: Path) -> None:
    path = write(tmp_path, {"1.md": "before"}) / "1.md"

    with made(Edit(path, "after")):
        assert path.read_text() == "after"

    assert path.read_text() == "before"


def test_files_of_a_copy_stand_in_the_order_of_their_length(
    book: Path, tmp_path: Path
) -> None:
    copy = copied(book, tmp_path / "copy")

    assert [path.name for path in by_length(copy)] == ["2.md", "1.md"]
    assert _files(copy) == _files(book)


def test_sides_are_measured_in_turn(built: Build) -> None:
    order: list[str] = []

    def side(name: str) -> Build:
        order.append(name)
        return built

    found = in_turn("all", {"a": partial(side, "a"), "b": partial(side, "b")}, 2)

    assert order == ["a", "b", "a", "b"]
    assert found == {"a": [built] * 2, "b": [built] * 2}


def test_a_side_that_makes_nothing_is_named(built: Build) -> None:
    cost = replace(built.cost, stderr="so\nno room\n")
    nothing = replace(built, path=None, cost=cost)

    with pytest.raises(NothingMadeError, match="all: b made nothing: no room"):
        in_turn("all", {"a": lambda: built, "b": lambda: nothing}, 1)


def test_what_takes_minutes_is_measured_less_often(tmp_path: Path) -> None:
    few = [Bench(tmp_path, tmp_path, runs).few for runs in (1, 2, 5)]

    assert few == [1, 1, 3]


@pytest.mark.parametrize(
    ("aim", "kept"), [(0.5, "yes"), (0.4, "no"), (None, speed_rows.NONE)]
)
def test_a_ratio_is_that_of_the_medians(aim: float | None, kept: str) -> None:
    row = speed_rows.Row(
        what="PDF",
        unit="s",
        ours=[1, 9, 2],
        theirs=[4, 1, 9],
        beside="one piece",
        aim=aim,
        pages=(7, 8),
        cpu=0.7,
    )

    assert row.figure == 0.5
    assert _speed_cells(row) == {
        "what": "PDF",
        "beside": "one piece",
        "pages": "7 / 8",
        "runs": "3",
        "ours": "2.00 s",
        "the other": "4.00 s",
        "ratio": "0.500",
        "aim": f"≤ {aim}" if aim else speed_rows.NONE,
        "kept": kept,
        "CPU": "0.70",
    }


def test_a_figure_may_stand_for_itself() -> None:
    cells = _speed_cells(speed_rows.Row(what="none", unit="s", ours=[0.3], aim=0.4))

    assert (cells["ours"], cells["the other"], cells["ratio"]) == ("0.30 s", "–", "–")
    assert (cells["aim"], cells["kept"]) == ("≤ 0.4 s", "yes")


def _speed_cells(row: speed_rows.Row) -> dict[str, str]:
    line = speed_rows.figures_of([row], ()).text.splitlines()[2]
    cells = (cell.strip() for cell in line.strip("|").split("|"))
    return dict(zip(speed_rows.HEADS, cells, strict=True))


def test_what_is_not_there_is_told_below_the_table(tmp_path: Path) -> None:
    figures = measure(Options(tmp_path, "", 1, tmp_path))

    assert figures.text.splitlines()[-1] == (
        f"- skipped all: {tmp_path / SOURCE} is not there"
    )


def test_a_part_that_there_is_not_is_told(corpora: Path, tmp_path: Path) -> None:
    (corpora / GUIDE).mkdir()

    figures = measure(Options(corpora, "gone", 1, tmp_path))

    assert (
        "- nothing is called gone; there is again, cold, dense, epub," in figures.text
    )


def test_a_book_in_one_piece_is_cut_where_its_fragments_are(
    tmp_path: Path,
) -> None:
    ready = read_ready(LAMP, tmp_path)

    root = document_of_all(ready)

    divisions = root.findall("body/div")
    assert len(divisions) == len(ready.book.chapters)
    assert {len(division) for division in divisions} == {1}
    assert "press:" not in f"{sheet_of(ready)}{tostring(root, encoding='unicode')}"


def test_a_book_in_one_piece_has_the_pages_of_the_book(
    whole: BuildWhole, tmp_path: Path
) -> None:
    piece = tmp_path / "lamp.pdf"
    program = [sys.executable, "-m", "tests.benchmarks.speed.one_piece"]

    assert run([*program, str(LAMP), str(piece)]).status == 0
    assert _page_count(piece) == _page_count(whole(LAMP).pdf)


def _page_count(path: Path) -> int:
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)
