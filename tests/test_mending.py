"""An author mends a page of print, and the EPUB stays as it is."""

import pypdfium2
import pytest

from publish.model import (
    BARE,
    Blocks,
    BulletList,
    DefinitionList,
    OrderedList,
    Paragraph,
)
from publish.parse.mend_rules import MENDS
from publish.pdf.sheets import MENDED
from publish.pipeline import build
from publish.wanted import Wanted
from tests.conftest import WriteBook
from tests.test_parse import parsed

WORDS = (
    "The keeper trimmed the lamp and wrote down that nothing had happened in the"
    " night, as he had done for years, and nobody came to the door of the lighthouse."
    " He had no reason to complain, for the bread was good and the coal was dry, and"
    " the wind that had blown for eleven days was gone out over the sea at last. In"
    " the morning he would paint the door, and in the afternoon he would mend the net"
    " that the seals had torn; and when the boat came."
)
# No line of them is full if none is divided.
LONG_WORDS = " ".join(["incomprehensibly uncharacteristically misrepresented"] * 8)

# The last is what PDFium makes of one that divides a word.
HYPHENS = ("-", "\u2010", "\ufffe")


def blocks(text: str) -> Blocks:
    return parsed(text)[0].blocks


def lines(write_book: WriteBook, ending: str, words: str = WORDS) -> list[list[str]]:
    """Those of each page with text of the chapter, without head and folio."""
    folder = write_book({"1.md": f"# One\n\nBegin.\n\n{words}{ending}\n\nEnd.\n"})
    (artifact,) = build(folder, Wanted(formats=("pdf",))).artifacts
    with pypdfium2.PdfDocument(artifact.data) as pdf:
        texts = [page.get_textpage().get_text_range() for page in pdf]
    # PDFium joins the halves of a word that is divided.
    texts = [text.replace("\ufffe", "\ufffe\n") for text in texts]
    return [text.splitlines() for text in texts if "Begin" in text or "End" in text]


def test_every_word_does_something() -> None:
    assert {name for name in MENDS if f".{name}" in MENDED} == MENDS


def test_a_paragraph_gains_and_loses_a_line(write_book: WriteBook) -> None:
    plain, tight, loose = (
        lines(write_book, ending)[0] for ending in ("", " {.tighter}", " {.looser}")
    )

    assert len(tight) == len(plain) - 1
    assert len(loose) == len(plain) + 1


def test_no_word_is_parted(write_book: WriteBook) -> None:
    parted, whole = (
        lines(write_book, ending, LONG_WORDS)[0] for ending in ("", " {.no-hyphens}")
    )

    assert any(line.endswith(HYPHENS) for line in parted)
    assert not any(line.endswith(HYPHENS) for line in whole)


def test_a_page_begins_in_print(write_book: WriteBook) -> None:
    assert len(lines(write_book, "")) == 1
    assert len(lines(write_book, " {.new-page}")) == 2


@pytest.mark.parametrize(
    ("ending", "names"),
    [
        (" {.tighter}", ["tighter"]),
        ("\n{.looser .no-hyphens}", ["looser", "no-hyphens"]),
        (" {.tighter}\n", ["tighter"]),
    ],
)
def test_words_at_the_end_of_a_paragraph_are_its_own(
    ending: str, names: list[str]
) -> None:
    (block,) = blocks(f"A line.{ending}")

    assert isinstance(block, Paragraph)
    assert [*block.attributes.classes] == names
    assert "{" not in str(block.children)


@pytest.mark.parametrize(
    "text",
    [
        "- an item {.tighter}\n- another",
        "1. an item {.tighter}\n   - inside",
        "- an item\n  {.tighter}",
    ],
)
def test_an_item_that_is_no_paragraph_has_the_words_at_its_end(text: str) -> None:
    (block,) = blocks(text)

    assert isinstance(block, BulletList | OrderedList)
    assert block.items[0].attributes.classes == ("tighter",)
    assert "{" not in str(block)
    inside = block.items[0].children[-1]
    assert not getattr(inside, "attributes", BARE).classes


def test_a_description_that_is_no_paragraph_has_them_too() -> None:
    (block,) = blocks("lamp\n: It burns. {.tighter}")

    assert isinstance(block, DefinitionList)
    assert block.items[-1].attributes.classes == ("tighter",)


def test_an_item_loses_and_gains_a_line(write_book: WriteBook) -> None:
    item, _, _ = f"- {WORDS}".partition(" and when")

    def count(ending: str) -> int:
        return len(lines(write_book, f"{ending}\n- Another.", item)[0])

    assert count(" {.tighter}") == count("") - 1
    assert count(" {.looser}") == count("") + 1


def test_an_item_begins_a_page_in_print(write_book: WriteBook) -> None:
    items = "- Item.\n- Item."

    assert len(lines(write_book, "\n- Another.", items)) == 1
    assert len(lines(write_book, " {.new-page}\n- Another.", items)) == 2


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("A line. {.tigther}", "did you mean {.tighter}?"),
        ("A line.{.tighter}", "put it at the end of the paragraph, behind a space"),
        ("A {.looser} line.", "put it at the end of the paragraph, behind a space"),
        ("A line. {.tighter .strange}", "put it at the end of the paragraph"),
        ("A line.{ .tighter }", "put it at the end of the paragraph, behind a space"),
        ("A line. {tighter}", "write {.tighter}"),
        ("A line. { tighter }", "write {.tighter}"),
        ("A line.{looser}", "write {.looser}"),
        ("- An item {new-page}\n- Another", "write {.new-page}"),
        ("A line. {no-hyphen}", "write {.no-hyphens}"),
        ("A {looser} line.", "write {.looser}, at the end of the paragraph"),
        ("A line. {.strange}", None),
        ("A line. {.tighter}", None),
        ("A line. {strange}", None),
        ("A {no-hyphen} line", None),
        ("`{tighter}` and \\cmd{looser} and \\{tighter} $x{looser}$", None),
    ],
)
def test_a_word_that_mends_nothing_is_said(text: str, hint: str | None) -> None:
    _, problems = parsed(text)

    found = [p for p in problems if p.code == "looks-like-markup"]
    assert bool(found) is (hint is not None)
    for problem in found:
        assert problem.hint.startswith(hint or "")
        assert problem.message.startswith("`{")


@pytest.mark.parametrize(
    "text",
    [
        "A line. {.strange}",
        "A line. {.tighter .strange}",
        "A line. {.tighter key=value}",
        "A {.tighter} line.",
        "{.tighter}",
        "A line.{.tighter}",
    ],
)
def test_other_words_in_braces_stay(text: str) -> None:
    (block,) = blocks(text)

    assert isinstance(block, Paragraph)
    assert not block.attributes.classes
    assert ".tighter" in str(block.children) or ".strange" in str(block.children)
