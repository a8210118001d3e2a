import io
import re
import shutil
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from weasyprint import CSS, HTML
from weasyprint.formatting_structure.boxes import LineBox

from publish.model import Trim
from publish.pdf.page import page_of
from publish.pdf.sheets import filled, text_css
from publish.pipeline import build
from publish.problems import Position, PublishError
from publish.style import STYLES, Opening, Use, load_style, read_style, style_names
from tests.conftest import BOOK_TOML, WriteBook


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the classic style."""
    return shutil.copytree(STYLES / "classic", tmp_path / "mine")


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "style.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def problems(folder: Path) -> list[tuple[int, str, str]]:
    with pytest.raises(PublishError) as caught:
        read_style(folder)
    return [
        (problem.at.line, problem.code, problem.message)
        for problem in caught.value.problems
    ]


def line_of(folder: Path, words: str) -> int:
    lines = (folder / "style.toml").read_text(encoding="utf-8").split("\n")
    return next(n for n, line in enumerate(lines, 1) if words in line)


def test_the_classic_style_opens_on_a_right_hand_page() -> None:
    style = load_style("classic")

    assert style.opening is Opening.RECTO
    assert [font.family for font in style.fonts if font.use is Use.TEXT] == [
        "EB Garamond"
    ]
    assert style.epub_css
    assert style.text_css
    assert style.furniture_css


def test_a_style_that_does_not_exist_lists_those_that_do() -> None:
    with pytest.raises(PublishError) as caught:
        load_style("clasic", Position(Path("book.toml"), 9))

    assert str(caught.value) == (
        "book.toml:9: error: there is no style “clasic” [no-style]\n"
        f"  hint: did you mean “classic”? the styles are: {', '.join(style_names())}"
    )


@pytest.mark.parametrize(
    ("name", "hint"),
    [("Report", "did you mean “report”? the styles"), ("Zebra", "the styles are: ")],
)
def test_a_style_with_capitals_is_guessed(name: str, hint: str) -> None:
    with pytest.raises(PublishError) as caught:
        load_style(name)

    assert caught.value.problems[0].hint.startswith(hint)


@pytest.mark.parametrize("name", ["", ".", "..", "../styles/classic"])
def test_a_style_is_a_name_and_not_a_path(name: str) -> None:
    with pytest.raises(PublishError, match="no-style"):
        load_style(name)


@pytest.mark.parametrize("name", style_names())
def test_every_style_can_be_loaded(name: str) -> None:
    assert load_style(name).name == name


def test_an_unknown_key_is_a_problem_with_its_line(folder: Path) -> None:
    edit(folder, "opening =", "openning =")

    line = line_of(folder, "openning")
    assert problems(folder) == [
        (line, "unknown-key", "unknown key `openning`"),
        (0, "missing-key", "no `opening`"),
    ]


def test_a_bad_value_of_the_third_font_names_its_line(folder: Path) -> None:
    edit(folder, 'use = "arabic"', 'use = "arabik"')

    ((line, code, _),) = problems(folder)
    assert (line, code) == (line_of(folder, "arabik"), "bad-value")


def test_a_weight_that_cannot_be_is_a_problem(folder: Path) -> None:
    edit(folder, "[400, 700]", "[400, 1700]")

    ((_, code, _),) = problems(folder)
    assert code == "bad-value"


def test_a_font_that_is_not_installed_names_its_line(folder: Path) -> None:
    edit(folder, '"Amiri"', '"No Such Naskh"')

    ((line, code, _),) = problems(folder)
    assert (line, code) == (line_of(folder, "Naskh"), "no-font")


def test_an_optional_font_that_is_not_installed_is_passed_over(folder: Path) -> None:
    edit(folder, 'family = "Noto Emoji"', 'family = "No Such Emoji"')

    style = read_style(folder)

    assert Use.EMOJI not in {font.use for font in style.fonts}


def test_a_missing_stylesheet_is_a_problem(folder: Path) -> None:
    (folder / "text.css").unlink()

    assert problems(folder) == [(0, "no-stylesheet", "no such file")]


def test_a_size_of_nothing_is_a_problem(folder: Path) -> None:
    edit(folder, "code_letter = 0.6", "code_letter = 0")

    line = line_of(folder, "code_letter")
    assert problems(folder) == [
        (line, "bad-value", "`code_letter` must be a number above 0")
    ]


@pytest.mark.parametrize("name", style_names())
def test_a_sheet_names_no_size_that_its_style_does_not_say(name: str) -> None:
    style = load_style(name)

    sheet = filled(style.text_css, page_of(style.page, style.sizes, Trim(432, 648)))

    # How far a line of code goes in is said on the line.
    # How far lines hang is said of single elements, and how wide figures are by styles.
    said = {"var(--hang)", "var(--figures)", "var(--figure)", "var(--space)"}
    assert {*re.findall(r"var\([^)]*\)", sheet)} <= said


def test_sizes_of_a_style_are_those_of_its_sheet(folder: Path) -> None:
    edit(folder, "note = 0.82", "note = 0.5")
    edit(folder, "wide_space = 0.6", "wide_space = 0.3")
    style = read_style(folder)

    sheet = filled(style.text_css, page_of(style.page, style.sizes, Trim(432, 648)))

    # 0.8 of 14.5 points on half of 11.
    assert "font-size: 0.5rem;\n  line-height: 2.1091;" in sheet
    assert ".p-wide td { padding-inline: 0.15rem }" in sheet


@pytest.fixture
def changed(folder: Path) -> Path:
    """A style that changes the copy of the classic one."""
    mine = folder.parent / "large"
    mine.mkdir()
    (mine / "style.toml").write_text(
        'base = "mine"\ndescription = "Larger"\n[page]\nsize = 16\n'
        '[[fonts]]\nuse = "text"\nfamily = "Atkinson Hyperlegible"\nweights = [400]\n',
        encoding="utf-8",
    )
    (mine / "text.css").write_text("p { color: black }", encoding="utf-8")
    return mine


def test_a_style_may_say_only_what_differs_from_another(
    folder: Path, changed: Path
) -> None:
    base, style = read_style(folder), read_style(changed)

    assert (style.name, style.description) == ("large", "Larger")
    assert (style.page.size, style.page.leading) == (16, base.page.leading)
    assert style.sizes == base.sizes
    assert style.opening is base.opening
    assert (
        style.newer_css
        == base.newer_css.replace("EB Garamond", "Atkinson Hyperlegible") + "\n"
    )
    assert style.text_css.endswith("p { color: black }")
    assert style.text_css.startswith(base.text_css[:100])


def test_its_fonts_take_the_places_of_the_other_s(folder: Path, changed: Path) -> None:
    base, style = read_style(folder), read_style(changed)

    families = [font.family for font in style.fonts]
    assert families[0] == "Atkinson Hyperlegible"
    assert "EB Garamond" not in families
    assert families[1:] == [font.family for font in base.fonts][1:]
    assert "EB Garamond" in base.text_css
    assert "EB Garamond" not in style.text_css + style.epub_css


def test_the_first_of_two_fonts_for_text_takes_the_place_of_the_other_s(
    changed: Path,
) -> None:
    with (changed / "style.toml").open("a", encoding="utf-8") as file:
        file.write('[[fonts]]\nuse = "text"\nfamily = "Amiri"\nweights = [400]\n')

    style = read_style(changed)

    families = [font.family for font in style.fonts if font.use is Use.TEXT]
    assert families == ["Atkinson Hyperlegible", "Amiri"]
    assert 'font-family: "Atkinson Hyperlegible", "Amiri"' in style.text_css


def test_what_is_wrong_with_it_is_said(changed: Path) -> None:
    edit(changed, "size = 16", "size = 16\nmargin = 3")
    edit(changed, 'description = "Larger"\n', "")

    assert {(code, message) for _, code, message in problems(changed)} == {
        ("unknown-key", "unknown key `margin`"),
        ("missing-key", "no `description`"),
    }


def test_a_style_that_changes_none_that_exists_is_said(changed: Path) -> None:
    edit(changed, 'base = "mine"', 'base = "yours"')

    assert problems(changed) == [(1, "no-style", "there is no style “yours”")]


def test_large_print_is_large_ragged_and_whole(
    write_book: WriteBook,
) -> None:
    """RNIB, Clear Print guidelines: 16 points and more; no word is divided."""
    toml = BOOK_TOML + '[editions.large]\nformat = "pdf"\nstyle = "large-print"\n'
    text = "# One\n\n" + "Incomprehensibilities are *everywhere*, he wrote.[^a] " * 40
    folder = write_book({"book.toml": toml, "1.md": f"{text}\n\n[^a]: A note.\n"})

    (artifact,) = build(folder).artifacts

    with pypdfium2.PdfDocument(artifact.data) as pdf:
        words = "".join(page.get_textpage().get_text_range() for page in pdf)
    with pikepdf.open(io.BytesIO(artifact.data)) as book:
        fonts = {
            str(font.BaseFont)[8:]
            for page in book.pages
            for font in page.Resources.get("/Font", {}).values()
        }
    assert "\u2010" not in words
    assert "\ufffe" not in words
    assert fonts == {"Atkinson-Hyperlegible", "Atkinson-Hyperlegible-Bold"}


@pytest.mark.parametrize("name", style_names())
def test_a_page_holds_the_lines_it_was_made_for(name: str) -> None:
    style = load_style(name)
    for trim in (Trim(432, 648), Trim(419.53, 595.28), Trim(595.28, 841.89)):
        page = page_of(style.page, style.sizes, trim)
        lines = "<p>.</p>" * 200
        sheet = CSS(string=f"{text_css(page)} body, p {{ margin: 0 }}")

        document = HTML(string=f"<html>{lines}").render(stylesheets=[sheet])

        counts = [
            sum(isinstance(box, LineBox) for box in leaf._page_box.descendants())
            for leaf in document.pages
        ]
        assert set(counts[:-1]) == {int(page.text_height / page.leading)}
