"""A letter that no font has is named with its place, for every output."""

import pytest

from publish.check_letters import undrawn
from publish.model import Format
from publish.pipeline import build
from publish.problems import Severity
from publish.style import load_style
from publish.wanted import Wanted
from tests.conftest import WriteBook

STYLE = load_style("classic")
# Linear B, for which there is no font.
LETTER = "\U00010000"


@pytest.mark.parametrize("format_", Format)
def test_a_letter_without_a_font_is_named_once_with_its_place(
    write_book: WriteBook, format_: Format
) -> None:
    text = f"# A\n\nwords\nand {LETTER} here\n\nand {LETTER} there\n"
    folder = write_book({"a.md": text, "b.md": f"# B\n\n{LETTER}\n"})

    problems = [
        problem
        for problem in build(folder, Wanted(formats=(format_,))).problems
        if problem.severity is not Severity.NOTE
    ]

    assert [(str(p.at), p.code, p.severity) for p in problems] == [
        (f"{folder / 'a.md'}:4:5", "no-glyph", Severity.WARNING)
    ]
    assert problems[0].message == (
        f"no font of the style can draw {LETTER} (linear b syllable b008 a)"
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("# A\n\nwords &#65536; here\n", "3"),
        (f"# A\n\n```\nx\n{LETTER}\n```\n", "5:1"),
        (f"# A\n\nwords `{LETTER}`\n", "3:8"),
        (f"# A\n\nwords[^1]\n\n[^1]: A {LETTER}\n", "5:9"),
        (f"# A\n\n- one\n- two {LETTER}\n", "4:7"),
        (f"# A\n\n| a | b |\n|---|---|\n| x | {LETTER} |\n", "5:7"),
        (f"# A\n\nwords &#65536;\n\nand {LETTER}\n", "3"),
        (f"# A\n\n```\n\nx\n\n{LETTER}\n```\n", "7:1"),
    ],
)
def test_it_is_found_wherever_it_stands(
    write_book: WriteBook, text: str, place: str
) -> None:
    folder = write_book({"a.md": text})

    (problem,) = build(folder, Wanted(formats=("epub",))).problems

    assert str(problem.at) == f"{folder / 'a.md'}:{place}"


def test_a_letter_of_the_title_alone_is_found(write_book: WriteBook) -> None:
    toml = f'[book]\ntitle = "T {LETTER}"\nlanguage = "en"\n'
    folder = write_book({"book.toml": toml, "a.md": "# A\n\nx\n"})

    codes = [p.code for p in build(folder, Wanted(formats=("epub",))).problems]

    assert codes.count("no-glyph") == 1


@pytest.mark.parametrize(
    "letters",
    [
        "aé \u00a0\u202f\n\t",
        "\u200c\u200d\u2060\ufeff\u00ad",
        "\u1e69",  # drawn as a letter and two marks
        "❤\ufe0f\u180b\u17b4\u3164",
        "کتابשלום→✓",
    ],
)
def test_what_is_drawn_or_never_seen_is_passed_over(letters: str) -> None:
    assert undrawn(letters, STYLE) == ()


def test_private_letters_have_no_font(write_book: WriteBook) -> None:
    folder = write_book({"a.md": "# A\n\n\ue000\n"})

    (problem,) = build(folder, Wanted(formats=("epub",))).problems

    assert problem.message.endswith("(U+E000)")
    # It stands for another letter, which has a font; but it is not drawn by that.
    assert undrawn("\U0002f800", STYLE)


def test_a_letter_is_drawn_from_its_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "publish.check_letters.covers", lambda _: frozenset(map(ord, "a\u0302"))
    )

    assert undrawn("âê", STYLE) == ("ê",)


def test_letters_of_drawings_are_told_by_print(
    write_book: WriteBook,
) -> None:
    picture = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20">'
        f'<text y="15">{LETTER}</text></svg>'
    )
    folder = write_book({"a.md": "# A\n\n![x](a.svg)\n", "a.svg": picture})

    codes = [p.code for p in build(folder, Wanted(formats=("pdf",))).problems]

    assert codes == ["no-glyph"]


def test_a_letter_that_only_a_running_head_has_is_told(write_book: WriteBook) -> None:
    toml = (
        f'[book]\ntitle = "T {LETTER}"\nlanguage = "en"\n'
        '[contents]\nfront = ["title.md"]\nbody = ["a.md"]\n'
    )
    title = "---\nrole: titlepage\n---\n\nOurs\n"
    text = "# A\n\n" + "words " * 900
    folder = write_book({"book.toml": toml, "title.md": title, "a.md": text})

    report = build(folder, Wanted(formats=("pdf",)))

    assert "no-glyph" in [problem.code for problem in report.problems]
    assert b"pdfuaid:part" not in report.artifacts[0].data
