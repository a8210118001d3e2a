"""What a compositor would mend is seen on the pages, and nothing else is."""

from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from publish.crew import Kit, Work, crew
from publish.layout import Flaw
from publish.model import Proof
from publish.pdf import start_pdf
from publish.pdf.compositor import Compositor
from publish.pdf.judgement import Judged
from publish.pdf.sheets import FONT
from publish.pdf.task import Setup, Task
from publish.style import Style, load_style
from tests.test_pdf import LONG, PRINT, book, chapter, heading, paragraph, style

__all__ = ["style"]

FACES = tuple(face for font in load_style("classic").fonts[:2] for face in font.faces)
FONTS = {f"{FONT}{n}": face.path for n, face in enumerate(FACES)}
# Ten lines of about forty letters a page, and nothing that keeps lines together.
SHEET = """
@page { size: 300px 200px; margin: 0 }
html { font: 16px/20px "EB Garamond"; orphans: 1; widows: 1 }
body, p, h2, h1, figure { margin: 0; font-size: 16px; line-height: 20px }
p { text-align: justify }
.hyphens { hyphens: auto; hyphenate-limit-chars: 3 2 1 }
h1, h2 { break-after: auto }
.p-line { display: block; text-align: start }
pre { white-space: pre-wrap }
.p-footnote { float: footnote }
"""
KIT = Kit(Compositor, Setup(FACES, (SHEET,), ("",)), FONTS)
LINE = "<p>A line that is one.</p>"
# Words of two letters: spaces are many and so never wide.
EVEN = "it is an ox or no ox at all as we do go on to it "


def prose(lines: int) -> str:
    """A paragraph of so many lines, the last of which is neither full nor short."""
    return f"<p>{EVEN * lines}".rstrip() + "</p>"


def judged(body: str) -> Judged:
    section = f"<div><section><div class='p-mark' id='a'/>{body}</section></div>"
    root = fromstring(f"<html lang='en'><body>{section}</body></html>")
    task = Task(root, (Path("a.md"),))
    with crew(1) as executor:
        return executor.submit(Work(Compositor.judge, KIT, task)).result()


@pytest.mark.parametrize(
    ("body", "flaws"),
    [
        # Nothing is wrong with ten lines, and ten more.
        (LINE * 20, []),
        (LINE * 9 + prose(8), [Flaw.ORPHAN]),
        (LINE * 15, []),
        (LINE * 5 + f"<p>{EVEN}<br/>x{EVEN}<br/>y{EVEN}</p>", []),
        # The last word stands alone, and is shorter than an indent.
        (f"<p>{EVEN}<br/>a</p>" + LINE * 3, [Flaw.RUNT]),
        (f"<p>{EVEN}<br/>a longer end</p>" + LINE * 3, []),
        (LINE * 11, [Flaw.SHORT_PAGE]),
        (LINE * 9 + "<h2>Head</h2>" + LINE * 8, [Flaw.LAST_HEADING]),
        (LINE * 8 + "<h2>Head</h2>" + LINE * 8, []),
        (
            "<p>extraordinarily disproportionately incomprehensible</p>" + LINE * 3,
            [Flaw.LOOSE_LINE],
        ),
        (
            "<p style='white-space: nowrap; text-align: start'>"
            "A line that goes on and on beyond the edge of all the paper</p>",
            [Flaw.OVERFULL_LINE],
        ),
        (
            f"<p><span class='p-line'>{EVEN * 2}</span>"
            "<span class='p-line'>it is</span></p>" + LINE * 3,
            [Flaw.TURNED_LINE],
        ),
        (f"<pre><span class='p-line'>{EVEN * 2}</span></pre>" + LINE * 3, []),
        (
            LINE * 5
            + "<p><a href='#fig'>see</a></p>"
            + LINE * 29
            + "<figure id='fig'><p>A picture</p></figure>"
            + LINE * 4,
            [Flaw.FAR_PICTURE],
        ),
        (
            LINE * 5
            + "<p><a href='#fig'>see</a></p>"
            + LINE * 9
            + "<figure id='fig'><p>A picture</p></figure>"
            + LINE * 4,
            [],
        ),
    ],
)
def test_each_flaw_is_seen_and_no_other(body: str, flaws: list[Flaw]) -> None:
    assert [fault.flaw for fault in judged(body).faults] == flaws


def test_hyphens_in_a_row_are_counted() -> None:
    word = "incomprehensibilities "
    body = f"<p class='hyphens'>{word * 12}</p>"

    done = judged(body)

    stacks = [f for f in done.faults if f.flaw is Flaw.HYPHEN_STACK]
    assert len(stacks) == 1
    assert stacks[0].amount >= 3
    assert done.hyphens >= stacks[0].amount
    assert done.lines >= done.hyphens


def test_a_line_of_a_paragraph_that_stands_alone_on_the_next_page_is_a_widow() -> None:
    lines = "<br/>".join([EVEN.strip()] * 5)

    done = judged(LINE * 6 + f"<p style='text-align: start'>{lines}</p>" + LINE * 6)

    assert [fault.flaw for fault in done.faults] == [Flaw.WIDOW]
    assert [fault.page for fault in done.faults] == [1]


TALL = "<div style='break-inside: avoid; height: 160px'>" + LINE + "</div>"


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (LINE * 4 + TALL, [6]),
        # As much room as a list leaves, or a heading.
        (LINE * 8 + TALL, []),
        # Where a note stands there is none.
        (f"<p>One<span class='p-footnote'>{EVEN * 5}</span></p>{LINE * 3}{TALL}", []),
        # An author may want it so.
        (LINE * 4 + "<p style='break-before: page'>A line that is one.</p>", []),
        (LINE * 3 + "<p style='break-after: page'>A line.</p>" + LINE, []),
    ],
)
def test_a_page_that_ends_early_is_seen(body: str, lines: list[int]) -> None:
    done = judged(body + LINE * 9)

    early = [fault for fault in done.faults if fault.flaw is Flaw.EARLY_PAGE]
    assert [fault.amount for fault in early] == lines


def test_a_fault_says_where_it_is() -> None:
    done = judged(LINE * 9 + "<h2>Head</h2>" + LINE * 8)

    (fault,) = done.faults
    assert fault.page == 0
    assert fault.place
    assert fault.place.chapter == "a"
    assert fault.place.ahead.startswith("head")
    # The tenth line, in points.
    assert fault.top == pytest.approx(9 * 15)
    assert fault.bottom == pytest.approx(10 * 15)


def test_a_note_that_stands_on_a_later_page_is_seen() -> None:
    note = "<span class='p-footnote'>" + "A long note goes on. " * 14 + "</span>"

    done = judged(LINE * 7 + f"<p>Called{note} here.</p>" + LINE * 8)

    assert Flaw.CARRIED_NOTE in [fault.flaw for fault in done.faults]


def test_a_book_tells_where_in_it(style: Style) -> None:
    made = book(
        chapter("winter", heading("Winter"), *LONG),
        # Two of these words leave much room on a line.
        chapter("spring", heading("Spring"), paragraph(" ".join(["8" * 25] * 9))),
    )
    with crew(1) as executor:
        done = start_pdf(made, PRINT, style, executor, Proof(judged=True)).finish()
        plain = start_pdf(made, PRINT, style, executor).finish()

    assert plain.layout is None
    assert done.layout
    assert done.data == plain.data
    assert done.layout.lines > 90
    assert done.layout.seen
    for seen in done.layout.seen:
        assert 1 <= seen.page <= done.pages
        assert seen.folio == str(seen.page)
        assert seen.at.path.name in {"winter.md", "spring.md"}
        assert seen.at.line
        assert 0 < seen.top < seen.bottom < 648
