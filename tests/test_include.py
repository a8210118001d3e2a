"""Listings show files of the book's folder, and never any other."""

import os
import pickle
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from publish.manuscript import read_manuscript
from publish.model import CodeBlock
from publish.parse import parse
from publish.problems import Problem
from publish.store import Store
from publish.unchanged import build_key
from tests.conftest import WriteBook
from tests.test_store import build_with, entries

TRIM = """\
import lamp

# ANCHOR: oil
def oil(tins):
    # ANCHOR: sum
    return tins * 3
    # ANCHOR_END: sum
# ANCHOR_END: oil
last = oil(1)
"""


def shown(book: Path) -> tuple[list[str], list[tuple[str, int]]]:
    """The text of each listing of a book, and what is wrong."""
    parsed, problems = parse(read_manuscript(book))
    blocks = [block for chapter in parsed.chapters for block in chapter.blocks]
    listings = [block.text for block in blocks if isinstance(block, CodeBlock)]
    return listings, [(p.code, p.at.line) for p in problems]


def one(write_book: WriteBook, listing: str, **more: str) -> tuple[str, list[object]]:
    files = {"text/1.md": f"# One\n\n{listing}\n", "text/trim.py": TRIM, **more}
    (text,), problems = shown(write_book(files))
    return text, list(problems)


@pytest.mark.parametrize(
    ("part", "lines"),
    [
        ("", TRIM),
        (":1", "import lamp\n"),
        (":4:5", "def oil(tins):\n    # ANCHOR: sum\n"),
        (":9:", "last = oil(1)\n"),
        ("::1", "import lamp\n"),
        (":9:99", "last = oil(1)\n"),
        (":sum", "    return tins * 3\n"),
        (":oil", "def oil(tins):\n    return tins * 3\n"),
    ],
)
def test_mdbooks_line_is_the_lines_it_names(
    write_book: WriteBook, part: str, lines: str
) -> None:
    for word in ("include", "rustdoc_include"):
        listing = f"```python\nbefore\n{{{{#{word} trim.py{part}}}}}\nafter\n```"

        text, problems = one(write_book, listing)

        assert text == f"before\n{lines}after\n"
        assert not problems


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        ("", TRIM),
        ('lines="1"', "import lamp\n"),
        ('lines="8-9"', "# ANCHOR_END: oil\nlast = oil(1)\n"),
        ("marker=sum", "    return tins * 3\n"),
    ],
)
def test_a_listing_says_what_it_shows(
    write_book: WriteBook, said: str, lines: str
) -> None:
    listing = f'``` {{.python include="trim.py" {said}}}\n# end\n```'

    assert one(write_book, listing) == (f"{lines}# end\n", [])


def test_a_file_is_looked_for_beside_its_chapter_and_then_at_the_top(
    write_book: WriteBook,
) -> None:
    text, _ = one(
        write_book,
        "```\n{{#include trim.py:1}}\n{{#include code/a.py}}\n"
        "{{#include ../b.py}}\n```",
        **{"code/a.py": "a", "b.py": "b", "trim.py": "other\n"},
    )

    assert text == "import lamp\na\nb\n"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("gone.py", "no-file"),
        ("../../secret.py", "outside"),
        ("/etc/hostname", "no-file"),
        ("link.py", "outside"),
        ("made.pdf", "finished-file"),
        ("trim.py:99", "no-lines"),
        ("trim.py:3:2", "no-lines"),
        ("trim.py:lamp", "no-marker"),
    ],
)
def test_what_cannot_be_included_is_said_and_seen(
    write_book: WriteBook, name: str, code: str
) -> None:
    book = write_book({"text/made.pdf": "%PDF"})
    secret = book.parent / "secret.py"
    secret.write_text("secret", encoding="utf-8")
    if os.name != "nt":
        (book / "text" / "link.py").symlink_to(secret)

    text, problems = one(write_book, f"```\n\n{{{{#include {name}}}}}\n```")

    assert text == f"\n{{{{#include {name}}}}}\n"
    assert problems == [(code, 5)]


def test_a_missing_file_has_a_guess(write_book: WriteBook) -> None:
    files = {
        "1.md": "# One\n\n```{.py include=code/trum.py}\n```\n",
        "code/trim.py": "a",
    }

    (problem,) = parse(read_manuscript(write_book(files)))[1]

    assert (problem.message, problem.hint) == (
        "no such file: code/trum.py",
        "did you mean `code/trim.py`?",
    )


def test_outside_of_listings_and_behind_a_backslash_it_is_text(
    write_book: WriteBook,
) -> None:
    files = {
        "1.md": "# One\n\n{{#include a.py}}\n\n```\n\\{{#include a.py}}\n```\n",
        "a.py": "a",
    }

    assert shown(write_book(files)) == (["{{#include a.py}}\n"], [])


FILES: Mapping[str, str] = {
    "1.md": f"# One\n\n{'Words. ' * 200}\n\n```python\n"
    "{{#include trim.py:oil}}\n```\n",
    "2.md": f"# Two\n\n{'Words. ' * 200}\n",
    "trim.py": TRIM,
}


def test_a_change_of_an_included_file_is_seen_and_nothing_else_is_read_again(
    write_book: WriteBook, tmp_path: Path
) -> None:
    book, store = write_book(FILES), Store(tmp_path / "store")
    before_key, report = build_key(book), build_with(store, book)
    before = entries(store)
    write_book({"trim.py": TRIM.replace("tins * 3", "tins * 4")})

    changed = build_with(store, book)

    assert build_key(book) != before_key
    assert {p.code for p in (*report.problems, *changed.problems)} == {"assumed-order"}
    assert {a.data for a in report.artifacts}.isdisjoint(
        a.data for a in changed.artifacts
    )
    # Its file is read and compared, its page of the EPUB is made, its pages of the PDF
    # are set.
    made = [pickle.loads(store.get(e.name) or b"") for e in entries(store) - before]
    assert sorted(type(thing).__name__ for thing in made) == [
        "ChapterFile",
        "Counter",
        "Part",
        "tuple",
    ]


def test_no_word_is_missed_where_a_file_stands_for_its_name(
    write_book: WriteBook, tmp_path: Path
) -> None:
    report = build_with(Store(tmp_path / "store"), write_book(FILES))

    assert [p.code for p in report.problems] == ["assumed-order"]


def test_the_problem_of_a_file_is_that_of_the_listing(write_book: WriteBook) -> None:
    files: dict[str, str | bytes] = {
        "1.md": "# One\n\n```\n{{#include a.py}}\n```\n",
        "a.py": b"\xff\xfe\xff",
    }

    _, problems = parse(read_manuscript(write_book(files)))

    assert [replace_path(p) for p in problems] == [("1.md", 4, "not-utf8")]


def replace_path(problem: Problem) -> tuple[str, int, str]:
    at = replace(problem.at, path=Path(problem.at.path.name))
    return str(at.path), at.line, problem.code
