"""What a compositor would mend is told, counted and drawn."""

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from PIL import Image as Pillow
from PIL import ImageChops

from publish.artifact import Artifact
from publish.cli import main
from publish.layout import Flaw, Layout, Seen
from publish.layout_report import (
    MOST_TOLD,
    layout_problems,
    layout_summary,
    worst_pages,
)
from publish.problems import Position, Severity
from tests.conftest import WriteBook

AT = Position(Path("a.md"), 7)
# Nobody divides them, a line holds two of them, and is wide.
LOOSE = "2718281828459045235360287\n" * 60


def seen(flaw: Flaw, page: int = 3, amount: float = 2.0) -> Seen:
    return Seen(flaw, page, str(page), AT, 100, 114, amount)


def artifact(*all_seen: Seen, data: bytes = b"") -> Artifact:
    layout = Layout(all_seen, lines=200, hyphens=13)
    return Artifact("kites-print.pdf", data, 12, layout=layout)


@pytest.mark.parametrize("flaw", Flaw)
def test_every_flaw_is_told_with_its_page_and_line(flaw: Flaw) -> None:
    (problem,) = layout_problems(artifact(seen(flaw)))

    assert problem.at == AT
    assert problem.code == flaw
    assert problem.severity is Severity.WARNING
    assert problem.message.startswith("page 3 of `kites-print.pdf`: ")
    assert problem.hint


@pytest.mark.parametrize("flaw", Flaw)
def test_its_page_is_drawn(flaw: Flaw) -> None:
    leaves = pikepdf.new()
    for _ in range(3):
        leaves.add_blank_page(page_size=(200, 300))
    data = io.BytesIO()
    leaves.save(data)

    assert worst_pages(artifact(seen(flaw), data=data.getvalue()))


def test_a_loose_line_is_mended_in_more_than_one_way() -> None:
    (problem,) = layout_problems(artifact(seen(Flaw.LOOSE_LINE)))

    ways = ("{.tighter}", "{.looser}", "&shy;", "{lang=de}", "change a word")
    assert [way for way in ways if way not in problem.hint] == []


def test_one_is_one_and_two_are_two() -> None:
    one, two = (
        next(layout_problems(artifact(seen(Flaw.SHORT_PAGE, amount=n)))).message
        for n in (1, 2)
    )

    assert one.endswith("a page of 1 line")
    assert two.endswith("a page of 2 lines")


@pytest.mark.parametrize("flaw", [Flaw.LOOSE_LINE, Flaw.TURNED_LINE])
def test_of_what_may_be_many_the_worst_are_told(flaw: Flaw) -> None:
    many = [seen(flaw, n, 1.6 + n / 10) for n in range(1, 40)]

    told = [*layout_problems(artifact(*many, seen(Flaw.WIDOW)))]

    assert len(told) == MOST_TOLD + 1
    pages = {p.message.split()[1] for p in told if p.code == flaw}
    assert pages == {str(n) for n in range(30, 40)}


def test_nothing_is_told_where_nobody_looked() -> None:
    plain = replace(artifact(), layout=None)

    assert list(layout_problems(plain)) == []
    assert worst_pages(plain) is None
    assert worst_pages(artifact()) is None


def test_all_are_counted() -> None:
    done = artifact(seen(Flaw.WIDOW), seen(Flaw.LOOSE_LINE), seen(Flaw.LOOSE_LINE))

    assert done.layout
    assert layout_summary(done, done.layout) == (
        "kites-print.pdf: 12 pages, 200 full lines, 6.5 hyphens in 100;"
        " 1 widow, 2 loose lines"
    )
    assert " in 1 paragraph, " in layout_summary(done, Layout((), 9, 0, 1, 3))
    assert layout_summary(done, Layout((), 0, 0)).endswith("; nothing to mend")
    assert layout_summary(done, Layout((), 9, 0, 1200, 3)).endswith(
        "; line ends chosen all together in 1,200 paragraphs, one after the other in 3"
    )


def test_the_command_tells_them_and_draws_the_worst_pages(
    write_book: WriteBook, tmp_path: Path
) -> None:
    folder = write_book({"1.md": f"# One\n\n{LOOSE}\n"})
    out = tmp_path / "out"

    done = CliRunner().invoke(main, ["check", str(folder), "--layout", "-o", str(out)])

    sheet = out / "the-lamp-print-layout.png"
    assert done.exit_code == 0
    assert done.stdout.split() == [str(sheet)]
    assert "[loose-line]" in done.stderr
    assert (
        "1.md:3: warning: page 1 (5 of the file) of `print`: the spaces" in done.stderr
    )
    assert "loose lines" in done.stderr
    assert not list(folder.rglob("*.pdf"))
    with Pillow.open(io.BytesIO(sheet.read_bytes())) as picture:
        red, green, _ = picture.convert("RGB").split()
    # The paper has none of it.
    assert ImageChops.subtract(red, green).getbbox()


def test_a_sound_page_is_marked_nowhere(write_book: WriteBook, tmp_path: Path) -> None:
    folder = write_book({"1.md": "# One\n\nA line.\n"})

    done = CliRunner().invoke(
        main, ["check", str(folder), "--layout", "-o", str(tmp_path / "out")]
    )

    assert done.exit_code == 0
    assert not done.stdout
    assert "nothing to mend" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "arguments", [["a.pdf", "--layout"], [".", "--layout", "--for", "kdp"]]
)
def test_it_is_asked_of_a_book_alone(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    what, *more = arguments

    done = CliRunner().invoke(main, ["check", str(tmp_path / what), *more])

    assert done.exit_code == 2
    assert "--layout is for a book" in done.stderr
