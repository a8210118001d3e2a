"""Styles of an author's own, in the folder of a book or in a package."""

import re
import sys
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from publish.cli import main
from publish.ornaments import Drawing, printed
from publish.plugins import style_folders
from publish.problems import PublishError
from publish.style import (
    Opening,
    load_style,
    read_style,
    style_folders_of,
    style_names,
)
from tests.conftest import WriteBook

MINE = 'base = "classic"\ndescription = "Mine"\nopening = "page"\n'


def own(folder: Path, name: str, toml: str = MINE, **sheets: str) -> Path:
    style = folder / "styles" / name
    style.mkdir(parents=True)
    (style / "style.toml").write_text(toml, encoding="utf-8")
    for sheet, css in sheets.items():
        (style / f"{sheet}.css").write_text(css, encoding="utf-8")
    return style


def codes(folder: Path, name: str) -> list[str]:
    with pytest.raises(PublishError) as caught:
        load_style(name, manuscript=folder)
    return [problem.code for problem in caught.value.problems]


def test_a_style_in_the_folder_of_the_book_is_found(tmp_path: Path) -> None:
    own(tmp_path, "mine", text="h2 { font-style: italic }")

    style = load_style("mine", manuscript=tmp_path)

    assert (style.description, style.opening) == ("Mine", Opening.PAGE)
    assert style.text_css.endswith("h2 { font-style: italic }")
    assert style.knobs == load_style("classic").knobs


def test_it_comes_before_one_of_ours(tmp_path: Path) -> None:
    own(tmp_path, "classic")

    style = load_style("classic", manuscript=tmp_path)

    # It changes ours, and not itself.
    assert style.description == "Mine"
    assert style.sizes == load_style("classic").sizes


def test_it_allows_less(tmp_path: Path) -> None:
    own(tmp_path, "mine", f'{MINE}[knobs]\ndrop-caps = false\nsize = ["9pt", "10pt"]\n')

    knobs = load_style("mine", manuscript=tmp_path).knobs

    assert (knobs["drop-caps"], knobs["size"]) == (False, ("9pt", "10pt"))
    assert knobs["colour"] is True


@pytest.mark.parametrize(
    ("toml", "code"),
    [
        ('[knobs]\nsize = ["9pt"]\n', "bad-value"),
        ('[knobs]\nheadings = ["left"]\n', "bad-value"),
        ("[knobs]\nmargin = true\n", "unknown-key"),
        ("[knobs]\nornament = [1]\n", "bad-value"),
        ("[ornaments]\nLeaf = 'x'\n", "bad-name"),
        ("[ornaments]\nnone = '*'\n", "bad-name"),
        ("ornament = 'knot'\n", "bad-ornament"),
        ("[page]\nsize = 0\n", "bad-value"),
        ("[page]\nleading = nan\n", "bad-value"),
        ("[page]\ninner = 20\n", "bad-value"),
        ("[ornaments]\nknot = 'knot.png'\n", "bad-ornament"),
    ],
)
def test_slips_in_it_are_said(tmp_path: Path, toml: str, code: str) -> None:
    own(tmp_path, "mine", MINE + toml)

    assert codes(tmp_path, "mine") == [code]


@pytest.mark.parametrize(
    ("toml", "hint"),
    [
        ('[page]\nsize = "12pt"', "write 12, in points"),
        ('[page]\nsize = "16px"', "write 12, in points"),
        ('[page]\nsize = "12"', "write 12, without quotes"),
        ('[page]\nleading = "1.2em"', "write a number, in points"),
        (
            '[page]\ninner = "20mm"',
            "write 0.131, a share of the paper's width: 20mm of 6 inches",
        ),
        (
            '[page]\ntop = "0.9in"',
            "write 0.1, a share of the paper's height: 0.9in of 9 inches",
        ),
        ('[page]\nouter = "13%"', "write 0.13, a share of the paper's width"),
        ('[page]\nmeasure = "29em"', "write 29, in ems of the text"),
        (
            '[page]\nmeasure = "11cm"',
            "write 28.3, in ems of the text: 11cm beside letters of 11 points",
        ),
        ("[page]\nsize = true", ""),
        ('[sizes]\nnote = "82%"', "write 0.82, a share of the text's size"),
        (
            '[sizes]\nnote = "8.8pt"',
            "write 0.8, a share of the text's size: 8.8pt beside letters of 11 points",
        ),
        ('heads = "none"', "book.toml says it, under [design]"),
        ("drop-caps = 3", "book.toml says it, under [design]"),
        ('colour = "#711"', "book.toml says it, under [design]"),
        ('[page]\ncolor = "#711"', "book.toml says it, under [design]"),
        ("size = 12", "put it under [page]"),
        ('[page]\nopening = "recto"', "put it at the top of the file"),
        ("[page]\nnote = 0.8", "put it under [sizes]"),
        ('text-font = "Amiri"', 'write [[fonts]], with use = "text"'),
        (
            '[design]\nsize = "12pt"',
            "book.toml has it; what it may change stands here under [knobs]",
        ),
        (
            '[[fonts]]\nuse = "text"\nfamily = "Amiri"',
            "write weights = [400, 700]",
        ),
    ],
)
def test_what_is_written_otherwise_gets_a_hint(
    tmp_path: Path, toml: str, hint: str
) -> None:
    own(tmp_path, "mine", f"{MINE}{toml}\n")

    with pytest.raises(PublishError) as caught:
        load_style("mine", manuscript=tmp_path)

    assert [problem.hint for problem in caught.value.problems] == [hint]


@pytest.mark.parametrize(
    ("sheet", "css", "code"),
    [
        ("text", "@page { margin: 0 }", "css-page"),
        ("furniture", "@import 'x.css';", "css-outside"),
        ("epub", "@page { margin: 0 }", "css-epub"),
        ("epub-newer", "p { background: url(http://a/b) }", "css-outside"),
    ],
)
def test_its_sheets_are_looked_through(
    tmp_path: Path, sheet: str, css: str, code: str
) -> None:
    own(tmp_path, "mine", **{sheet: css})

    assert codes(tmp_path, "mine") == [code]


def test_rules_for_newer_e_readers_go_into_their_sheet(tmp_path: Path) -> None:
    own(tmp_path, "mine", epub="h2 { top: 0 }\n@media print { h2 { top: 1em } }")

    style = load_style("mine", manuscript=tmp_path)

    assert style.epub_css.rstrip().endswith("h2 { top: 0 }")
    assert style.newer_css.endswith("\n@media print { h2 { top: 1em } }\n}")


WAVE = '<svg xmlns="http://www.w3.org/2000/svg" {}><path d="M0 0h9v9z"/></svg>'


@pytest.mark.parametrize(
    ("said", "width", "height"),
    [
        ('viewBox="0 0 200 50"', 4, 1),
        ('width="300" height="100"', 3, 1),
        ('width="9em" height="0.5em" viewBox="0 0 60 20"', 1.5, 0.5),
    ],
)
def test_it_has_a_drawing_of_its_own(
    tmp_path: Path, said: str, width: float, height: float
) -> None:
    waves = '[ornaments]\nwaves = "waves.svg"\n'
    folder = own(tmp_path, "mine", f'{MINE}ornament = "waves"\n{waves}')
    (folder / "ornaments").mkdir()
    (folder / "ornaments" / "waves.svg").write_text(WAVE.format(said), "utf-8")

    style = load_style("mine", manuscript=tmp_path)

    assert isinstance(style.ornament, Drawing)
    assert (style.ornament.width, style.ornament.height) == (width, height)
    # Its own sheets come last.
    assert style.text_css.count("hr::before") == 2
    assert "M0%200h9" in style.text_css.replace(" ", "%20")


def test_a_knob_may_allow_nothing(tmp_path: Path) -> None:
    own(tmp_path, "mine", f"{MINE}[knobs]\nhyphens = []\n")

    assert load_style("mine", manuscript=tmp_path).knobs["hyphens"] == ()


def test_drawings_that_cannot_be_shown_are_said(tmp_path: Path) -> None:
    drawings = {
        "gone": "gone.svg",
        "out": "../../../out.svg",
        "link": "link.svg",
        "torn": "torn.svg",
        "bare": "bare.svg",
    }
    said = "".join(f'{name} = "{file}"\n' for name, file in drawings.items())
    folder = own(tmp_path, "mine", f"{MINE}[ornaments]\n{said}") / "ornaments"
    folder.mkdir()
    (tmp_path / "out.svg").write_text(WAVE.format('viewBox="0 0 9 9"'), "utf-8")
    (folder / "link.svg").symlink_to(tmp_path / "out.svg")
    (folder / "torn.svg").write_text("<svg", encoding="utf-8")
    (folder / "bare.svg").write_text(WAVE.format(""), encoding="utf-8")

    assert codes(tmp_path, "mine") == ["bad-ornament"] * 5


def test_styles_that_change_each_other_are_said(tmp_path: Path) -> None:
    own(tmp_path, "one", MINE.replace("classic", "two"))
    own(tmp_path, "two", MINE.replace("classic", "one"))

    assert codes(tmp_path, "one") == ["no-style"]


@pytest.mark.parametrize("base", ["../../outside", "nothing", "mine"])
def test_a_base_is_the_name_of_another_style(tmp_path: Path, base: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "style.toml").write_text(MINE, encoding="utf-8")
    own(tmp_path / "book", "mine", MINE.replace("classic", base))

    assert codes(tmp_path / "book", "mine") == ["no-style"]


def test_a_link_that_leads_out_of_the_book_is_not_followed(tmp_path: Path) -> None:
    own(tmp_path / "elsewhere", "mine")
    (tmp_path / "book" / "styles").mkdir(parents=True)
    link = tmp_path / "book" / "styles" / "mine"
    link.symlink_to(tmp_path / "elsewhere" / "styles" / "mine")

    assert codes(tmp_path / "book", "mine") == ["no-style"]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package with a style."""
    site = tmp_path / "site"
    folder = site / "quiet_press"
    folder.mkdir(parents=True)
    # It is looked for, and not run.
    (folder / "__init__.py").write_text("raise RuntimeError", encoding="utf-8")
    (folder / "style.toml").write_text(MINE, encoding="utf-8")
    info = site / "quiet_press-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Name: quiet-press\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[publish.styles]\nquiet = quiet_press\ngone = no_such_module\n"
    )
    monkeypatch.setattr(sys, "path", [str(site), *sys.path])
    return folder


def test_a_package_brings_a_style(package: Path, tmp_path: Path) -> None:
    assert style_folders() == {"quiet": package}
    assert load_style("quiet").description == "Mine"
    assert list(style_folders_of(tmp_path)) == sorted(style_folders_of(tmp_path))


def test_a_package_does_not_take_the_place_of_ours(package: Path) -> None:
    points = package.parent / "quiet_press-1.0.dist-info" / "entry_points.txt"
    points.write_text("[publish.styles]\nclassic = quiet_press\n")

    assert load_style("classic").description != "Mine"


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["style", *arguments])
    return result.exit_code, result.output


def test_a_new_style_changes_nothing_yet(tmp_path: Path) -> None:
    code, said = run("new", "mine", "--from", "large-print", "-b", str(tmp_path))

    folder = tmp_path / "styles" / "mine"
    mine, base = read_style(folder), load_style("large-print")
    assert code == 0
    assert said.splitlines()[0] == str(folder / "style.toml")
    assert 'write style = "mine" under [editions.…] in book.toml' in said
    assert (mine.page, mine.sizes, mine.fonts) == (base.page, base.sizes, base.fonts)


def test_all_that_a_new_style_shows_is_right(tmp_path: Path) -> None:
    run("new", "mine", "-b", str(tmp_path))
    path = tmp_path / "styles" / "mine" / "style.toml"
    text = path.read_text(encoding="utf-8")
    shown = re.sub(r"^# (\[+\w+\]+|[\w-]+ = .*)$", r"\1", text, flags=re.MULTILINE)
    path.write_text(shown, encoding="utf-8")

    mine, base = read_style(path.parent), load_style("classic")

    assert (mine.page, mine.sizes, mine.opening) == (
        base.page,
        base.sizes,
        base.opening,
    )


def test_a_style_is_not_written_over(tmp_path: Path) -> None:
    style = own(tmp_path, "mine")

    assert run("new", "mine", "-b", str(tmp_path))[0] == 2
    assert (style / "style.toml").read_text(encoding="utf-8") == MINE


@pytest.mark.parametrize("name", ["..", "a/b", "-x", "mine.css", ""])
def test_a_style_has_the_name_of_a_folder(tmp_path: Path, name: str) -> None:
    code, _ = run("new", "-b", str(tmp_path), "--", name)

    assert code == 2
    assert not (tmp_path / "styles").exists()


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Rope Walk", "rope-walk"),
        ("été", "ete"),
        ("-x", "x"),
        ("../mine.css", "mine-css"),
        ("Mine_2!", "mine_2"),
    ],
)
def test_a_name_that_can_be_is_proposed(tmp_path: Path, name: str, meant: str) -> None:
    _, said = run("new", "-b", str(tmp_path), "--", name)
    code, _ = run("new", "-b", str(tmp_path), "--", meant)

    assert f"cannot be the name of a style, but `{meant}` can" in said
    assert code == 0


def test_no_name_is_proposed_for_one_in_other_letters(tmp_path: Path) -> None:
    code, said = run("new", "-b", str(tmp_path), "--", "縄")

    assert code == 2
    assert "cannot be the name of a style: " in said


def test_a_base_that_is_not_there_is_said(tmp_path: Path) -> None:
    code, said = run("new", "mine", "--from", "clasic", "-b", str(tmp_path))

    assert code == 2
    assert "there is no style `clasic`; did you mean `classic`?" in said


def test_the_list_shows_styles_and_what_may_be_changed(tmp_path: Path) -> None:
    own(tmp_path, "mine")
    own(tmp_path, "broken", "base = 3\n")

    code, said = run("list", "-b", str(tmp_path))

    assert code == 0
    assert "mine\n  Mine\n  changes: size (8pt–16pt), leading," in said
    assert "large-print\n" in said
    assert "style.toml:1: error:" in said


def test_the_list_of_one_style_says_what_each_key_takes(tmp_path: Path) -> None:
    code, said = run("list", "large-print", "-b", str(tmp_path))

    assert code == 0
    assert said.startswith("large-print\n  Large print for tired eyes")
    assert (
        "\n\n  size\n    The size of the text: 16pt to 36pt. Without it, 16pt.\n"
        in said
    )
    assert '\n    Where headings stand: "start". Without it, "start".\n' in said
    assert "colour" not in said
    assert "classic" not in said


def test_the_list_of_one_style_says_what_there_is_without_a_key(tmp_path: Path) -> None:
    own(tmp_path, "mine", f'{MINE}ornament = "~"\n', text="h1, h2 { color: #123456 }")
    kept = " ".join(run("list", "classic")[1].split())
    modern = " ".join(run("list", "modern")[1].split())
    changed = " ".join(run("list", "mine", "-b", str(tmp_path))[1].split())

    for said in (
        'links: a colour like "#7a1f1f" or "#711". Without it, black.',
        'or signs of your own. Without it, "asterisks".',
        "a number of lines from 0 to 20. Without it, 7.",
        'like "1.2em". Without it, "1.2em".',
    ):
        assert said in kept
    assert 'own. Without it, "line".' in modern
    assert "from 0 to 20. Without it, 5." in modern
    assert "Without it, #123456." in changed
    assert 'own. Without it, "~".' in changed


@pytest.mark.parametrize("name", style_names())
def test_the_list_of_one_style_has_all_its_knobs(name: str) -> None:
    _, said = run("list", name)

    told = re.findall(r"^  ([a-z-]+)$", said, re.MULTILINE)
    knobs = load_style(name).knobs
    assert sorted(told) == sorted(key for key, value in knobs.items() if value)


def test_no_key_is_parted_in_the_list() -> None:
    _, said = run("list")

    assert "text-font" in said
    assert [line for line in said.splitlines() if line.endswith("-")] == []


def test_the_list_guesses_the_style_that_is_meant() -> None:
    code, said = run("list", "Classic")

    assert code == 2
    assert "there is no style `Classic`; did you mean `classic`?" in said


@pytest.mark.parametrize(
    ("arguments", "command", "message", "hint"),
    [
        (("new",), " new", "NAME is missing", ""),
        (("new", "a", "b"), " new", "`b` is one word too many", ""),
        (("new", "-x"), " new", "there is no option `-x`", ""),
        (("list", "--bok"), " list", "there is no option `--bok`", "`--book`? "),
        (("lits",), "", "there is no command `lits`", "`list`? "),
        (("classic",), "", "did you mean `publish style list classic`?", ""),
        (("list", "-b", "gone"), " list", "--book: there is no folder `gone`", ""),
    ],
)
def test_a_command_that_cannot_be_is_told_as_all_else(
    arguments: tuple[str, ...], command: str, message: str, hint: str
) -> None:
    code, said = run(*arguments)

    assert code == 2
    first, second = said.splitlines()
    assert first.startswith(f"publish style{command}: error: {message}")
    meant = f"did you mean {hint}" if hint else ""
    assert second == f"  hint: {meant}`publish style{command} --help` says more"


def test_a_new_style_does_not_take_the_place_of_one_of_ours(tmp_path: Path) -> None:
    code, said = run("new", "classic", "-b", str(tmp_path))

    assert code == 2
    assert "there is a style `classic` already" in said
    assert "such as `my-classic`" in said
    assert not (tmp_path / "styles").exists()


def test_a_book_has_its_own_style(write_book: WriteBook, tmp_path: Path) -> None:
    toml = '[book]\ntitle = "x"\n[editions.ebook]\nformat = "epub"\nstyle = "mine"\n'
    folder = write_book({"book.toml": toml, "1.md": "# One\n\nWords.\n"})
    own(folder, "mine", epub="h2 { margin: 0; }")

    out = tmp_path / "out"
    result = CliRunner().invoke(
        main, ["build", str(folder), "-o", str(out), "--no-cache"]
    )

    assert (result.exit_code, [p.suffix for p in out.iterdir()]) == (0, [".epub"])


@pytest.mark.parametrize(
    "said",
    [
        'fill="black" viewBox="0 0 9 9"',
        'viewBox="0 0 9 9" aria-label="it\'s"',
        'viewBox="0 0 9 9" fill="currentColor"',
    ],
)
def test_a_drawing_has_the_colour_and_stays_xml(tmp_path: Path, said: str) -> None:
    toml = f'{MINE}ornament = "wave"\n[ornaments]\nwave = "wave.svg"\n'
    folder = own(tmp_path, "mine", toml) / "ornaments"
    folder.mkdir()
    (folder / "wave.svg").write_text(WAVE.format(said), "utf-8")
    ornament = load_style("mine", manuscript=tmp_path).ornament
    assert isinstance(ornament, Drawing)

    for rule, colour in (
        (next(printed(ornament, "771111")), "#771111"),
        (next(printed(ornament)), ""),
    ):
        found = re.search(r'url\("data:image/svg\+xml,([^"]+)"\)', rule)
        assert found
        root = ElementTree.fromstring(unquote(found[1]))
        assert not colour or root.get("fill") == colour


def test_a_drawing_is_no_page(tmp_path: Path) -> None:
    toml = f'{MINE}[ornaments]\nbig = "big.svg"\nflat = "flat.svg"\n'
    folder = own(tmp_path, "mine", toml) / "ornaments"
    folder.mkdir()
    for name, high in (("big", "99em"), ("flat", "0em")):
        said = f'height="{high}" viewBox="0 0 9 9"'
        (folder / f"{name}.svg").write_text(WAVE.format(said), "utf-8")

    assert codes(tmp_path, "mine") == ["bad-ornament"] * 2


def test_lines_of_a_sheet_end_as_css_says(tmp_path: Path) -> None:
    own(tmp_path, "mine", text="h1 { color: red }\rp { colr: red }\f\r\nq { colr: x }")

    style = load_style("mine", manuscript=tmp_path)

    assert [problem.at.line for problem in style.problems] == [2, 4]
    assert "colr" not in style.text_css
