"""What the end of a page does not part."""

import re

import pypdfium2
import pytest

from publish.model import Edition, Format, Trim
from publish.pdf import render_pdf
from publish.pdf.keeping import LEAST
from publish.pdf.tables import SHORT
from publish.style import Style, load_style
from publish.transform import transform
from tests.trees import read

# Some 15 lines of some 45 letters.
SMALL = Edition("print", Format.PDF, trim=Trim(300, 360))
# So many lines before what is looked at that it falls on every place of a page.
FILLERS = range(4, 20)
# More lines of it than stay together.
CODE = "\n".join(f"code {n}" for n in range(12))


@pytest.fixture(scope="module")
def style() -> Style:
    return load_style("classic")


def chapters(text: str, style: Style) -> list[list[list[str]]]:
    """A chapter for each of FILLERS: its pages, and of each the lines of its text."""
    files = {f"{n:02}.md": f"begin\n\n{fill(n)}\n\n{text}\n" for n in FILLERS}
    book = transform(read(files))
    with pypdfium2.PdfDocument(render_pdf(book, SMALL, style).data) as pdf:
        pages = [page.get_textpage().get_text_range().splitlines() for page in pdf]
    found: list[list[list[str]]] = []
    for page in pages:
        # The number of the page and the title of book or chapter are furniture.
        lines = [
            line for line in page if not re.fullmatch(r"\d+|[ivx]+|The Lamp", line)
        ]
        if "begin" in lines:
            found.append([])
        if found and lines:
            found[-1].append(lines)
    assert len(found) == len(FILLERS)
    return found


def fill(lines: int) -> str:
    return "\n\n".join(f"line {n}" for n in range(lines))


@pytest.mark.parametrize(
    "end",
    [
        "one\n\ntwo\n\nthree",
        "words and words " * 20,
        "words and words " * 12 + "\n\nlast",
        "- one\n- two\n    - three\n- four",
        "1. one\n\n    more\n\n2. two",
        "Term\n:   words\n\nOther\n:   words",
        "Term\n\n:   words\n\n    more\n\nOther\n\n:   words",
        "## Head\n\none",
        "> one\n>\n> two",
        "::: center\none\n:::",
        "::: note\none\n:::",
        "::: verse\none\ntwo\n\n-- three\n:::",
        "| one\n| two",
        "```\na = 1\nb = 2\n```",
        "- one\n- two\n\n```\na = 1\n```",
        "> one\n>\n> ```\n> a = 1\n> ```",
        f"```\n{CODE}\n```",
        f"```\n{CODE} and more{' and more' * 6}\n```",
    ],
)
def test_the_last_page_of_a_chapter_is_never_nearly_empty(
    style: Style, end: str
) -> None:
    last = [pages[-1] for pages in chapters(end, style) if len(pages) > 1]

    assert last
    assert [page for page in last if len(page) < LEAST] == []


@pytest.mark.parametrize("line", ["Say", "Say " + "a few words more " * 6 + "Say:"])
@pytest.mark.parametrize(
    "shown",
    [
        *("```\na = 1\nb = 2\nc = 3\n```", "- one\n- two", "1. one\n2. two"),
        *("::: note\nwords\n:::", "::: verse\none\ntwo\n:::", "| one\n| two"),
        *("> a word\n> more", "Term\n:   words", "| a |\n|---|\n| b |"),
    ],
)
def test_a_line_stands_with_what_it_announces(
    style: Style, line: str, shown: str
) -> None:
    text = f"{line}\n\n{shown}\n\n{fill(12)}\n"

    pages = [page for pages in chapters(text, style) for page in pages]

    assert [page for page in pages if page[-1].split()[-1] in {"Say", "Say:"}] == []


@pytest.mark.parametrize(
    "line", ["1. one\n2. Say:", "1. one\n\n2. Say:", "- one\n    - Say:", "A\n:   Say:"]
)
def test_the_last_item_of_a_list_stands_with_what_it_announces(
    style: Style, line: str
) -> None:
    code = "```\na = 1\nb = 2\nc = 3\n```"

    found = chapters(f"{line}\n\n{code}\n\n{fill(12)}\n", style)

    texts = ["\n".join(page) for pages in found for page in pages]
    assert [text for text in texts if "Say:" in text and "a = 1" not in text] == []


def test_a_bold_line_stands_with_what_it_heads(style: Style) -> None:
    text = f"**XIV.**\n\n{'words of a poem ' * 9}\n\n{fill(12)}\n"

    pages = [page for pages in chapters(text, style) for page in pages]

    assert [page for page in pages if page[-1] == "XIV."] == []


def test_a_paragraph_that_announces_nothing_may_end_a_page(style: Style) -> None:
    text = f"{'a few words more ' * 8}Say.\n\n- one\n- two\n\n{fill(12)}\n"

    pages = [page for pages in chapters(text, style) for page in pages]

    assert [page for page in pages if page[-1].split()[-1] == "Say."] != []


def test_a_list_that_ends_a_chapter_stays_a_list_of_parts(style: Style) -> None:
    """However many items there are, five lines of them go along."""
    items = "\n".join(f"- **Name**\n\n   > item {n}\n" for n in range(14))

    found = chapters(f"Follow these steps:\n\n{items}", style)

    # A page may be left by what goes along, and not by more.
    assert all(len(page) >= 7 for pages in found for page in pages[1:-1])


def test_a_listing_taller_than_half_a_page_follows_its_announcement(
    style: Style,
) -> None:
    code = "\n".join("x" * 300 for _ in range(SHORT))

    found = chapters(f"Say:\n\n```\n{code}\n```\n\n{fill(3)}", style)

    pages = [page for pages in found for page in pages]
    assert [page for page in pages if page[-1] == "Say:"] == []


def test_a_short_listing_stays_whole(style: Style) -> None:
    code = "\n".join(f"code {n}" for n in range(6))

    found = chapters(f"```\n{code}\n```\n\n{fill(12)}", style)

    assert {tuple(filter(None, counts(pages))) for pages in found} == {(6,)}


@pytest.mark.parametrize("long", [0, 60], ids=["plain", "turned"])
def test_a_long_listing_leaves_no_line_alone(style: Style, long: int) -> None:
    found = chapters(f"```\n{CODE}{'x' * long}\n```\n\n{fill(12)}", style)

    assert {sum(counts(pages)) for pages in found} == {12}
    assert not {1, 2} & {count for pages in found for count in counts(pages)}


def counts(pages: list[list[str]]) -> list[int]:
    """Lines of the listing on each page."""
    return [sum(line.startswith("code") for line in page) for page in pages]
