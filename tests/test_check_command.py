"""`publish check`: one report, whoever found what."""

import json
import os
import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image as Pillow

from publish.check import Shop, shop_names
from publish.check.profile import Effect, Rule
from publish.check.twins import without_twins
from publish.cli import main
from publish.printers import printer_names
from publish.problems import Position, Problem
from tests.conftest import WriteBook
from tests.epubs import FILES, pack, png, spoilt
from tests.test_images import saved

ONE_PATH, TWO_PATH = "EPUB/text/one.xhtml", "EPUB/text/two.xhtml"
# What the real one writes, as far as it is read.
REPORT = {
    "assertions": [
        {
            "earl:testSubject": {"url": "text/two.xhtml"},
            "assertions": [
                {
                    "earl:test": {"dct:title": "color-contrast"},
                    "earl:result": {
                        "dct:description": "Fix any of:\n  too little contrast.",
                        "html": "<p>a</p>",
                    },
                },
                {
                    "earl:test": {"dct:title": "document-title"},
                    "earl:result": {"dct:description": "No title"},
                },
            ],
        }
    ]
}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["check", *map(str, arguments)])


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without Java and Node; gives the folder where programs are sought."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def program(path: Path, text: str) -> None:
    path.write_text(f"#!{sys.executable}\n{text}", encoding="utf-8")
    path.chmod(0o755)


def test_without_java_and_node_our_own_rules_are_enough(
    alone: Path, tmp_path: Path
) -> None:
    result = run(pack(tmp_path / "a.epub"))

    assert result.exit_code == 0
    assert result.stdout == ""
    assert "note: EPUBCheck needs Java, which is not there [no-java]" in result.stderr
    assert "[no-ace]" in result.stderr
    assert result.stderr.endswith("a.epub: no errors, no warnings\n")


def test_an_error_is_a_fault(alone: Path, tmp_path: Path) -> None:
    path = spoilt(tmp_path / "a.epub", ONE_PATH, "two.xhtml#storm", "gone.xhtml")

    result = run(path)

    assert result.exit_code == 1
    assert f"{path}/{ONE_PATH}:12:13: error: `gone.xhtml`" in result.stderr
    assert "no errors" not in result.stderr


def test_a_warning_is_a_fault_to_those_who_are_strict(
    alone: Path, tmp_path: Path
) -> None:
    path = spoilt(tmp_path / "a.epub", TWO_PATH, "<p>", "<h2></h2><p>")

    assert run(path).exit_code == 0
    assert run(path, "--strict").exit_code == 1
    assert run(pack(tmp_path / "b.epub"), "--strict").exit_code == 0


def test_everything_is_said_as_data(alone: Path, tmp_path: Path) -> None:
    path = spoilt(tmp_path / "a.epub", ONE_PATH, "two.xhtml#storm", "gone.xhtml")

    result = run(path, "--json")

    said = json.loads(result.stdout)["problems"]
    assert result.exit_code == 1
    assert result.stderr == ""
    assert said[-1]["code"] == "epub-no-target"
    assert said[-1]["at"] == {"path": f"{path}/{ONE_PATH}", "line": 12, "column": 13}


def test_shops_are_asked_by_name(alone: Path, tmp_path: Path) -> None:
    css = "p { width: min(1em, 2em) }"
    path = pack(tmp_path / "a.epub", {**FILES, "EPUB/book.css": css})

    result = run(path, "--for", "BN", "--for", "kobo")

    assert "Barnes & Noble has trouble with style sheets with min()" in result.stderr
    assert "Kobo ignores the NCX" in result.stderr
    assert "Kindle" not in result.stderr


@pytest.mark.parametrize(
    ("name", "meant"),
    [("kobbo", "kobo"), ("Kindel", "kindle"), ("aple", "apple"), ("kpd", "kdp")],
)
def test_a_wrong_name_is_a_fault_of_the_command_line(
    name: str, meant: str, tmp_path: Path
) -> None:
    result = run(pack(tmp_path / "a.epub"), "--for", name)

    assert result.exit_code == 2
    assert f"there is no shop and no printer `{name}`" in result.stderr
    assert f"did you mean `{meant}`?" in result.stderr


def test_what_is_like_no_name_gets_no_guess(tmp_path: Path) -> None:
    result = run(pack(tmp_path / "a.epub"), "--for", "xyz")

    assert result.exit_code == 2
    assert "did you mean" not in result.stderr


def test_no_shop_has_the_name_of_a_printer() -> None:
    assert set(shop_names()).isdisjoint(printer_names())


def test_the_help_names_every_shop_and_every_printer() -> None:
    words = re.findall(r"\w+", run("--help").stdout)

    assert {*shop_names(), *printer_names()} <= set(words)


@pytest.mark.parametrize("data", [b"", b"words"])
def test_what_is_no_epub_has_one_message(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    path.write_bytes(data)

    result = run(path)

    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        f"{path}: error: this is no EPUB: it is no zip, or one cut short [epub-broken]",
        "  hint: if it was downloaded, download it again",
        f"{path}: 1 error",
    ]


@pytest.mark.skipif(os.name == "nt", reason="programs of Windows are no scripts")
def test_ace_is_heard_where_it_is(alone: Path, tmp_path: Path) -> None:
    program(
        alone / "ace",
        "import sys, pathlib\n"
        "folder = sys.argv[sys.argv.index('--outdir') + 1]\n"
        f"pathlib.Path(folder, 'report.json').write_text({json.dumps(REPORT)!r})\n",
    )
    path = spoilt(tmp_path / "a.epub", TWO_PATH, "<title>Wind</title>", "")

    result = run(path)

    assert f"{path}/{TWO_PATH}: warning: too little contrast: <p>a</p>" in result.stderr
    assert result.stderr.count("[document-title]") == 1
    assert "[no-ace]" not in result.stderr


@pytest.mark.skipif(os.name == "nt", reason="programs of Windows are no scripts")
def test_an_ace_that_fails_is_said(alone: Path, tmp_path: Path) -> None:
    program(alone / "ace", "print('no browser here')\n")

    result = run(pack(tmp_path / "a.epub"))

    assert "warning: Ace cannot read this file: no browser here [ace-failed]" in (
        result.stderr
    )


def test_a_judge_who_found_more_is_heard() -> None:
    at = Position(Path("a.epub/EPUB/one.xhtml"), 3)
    ours = [Problem(at, "epub-no-target", "ours")]
    same = Problem(at, "rsc-007", "the same")
    more = Problem(Position(at.path, 9), "rsc-007", "another")
    other = Problem(at, "htm-999", "what we do not look at")

    assert list(without_twins([same], ours)) == []
    assert list(without_twins([same, more], ours)) == [more]
    assert list(without_twins([other], ours)) == [other]
    assert list(without_twins([same], [])) == [same]


def test_a_book_is_checked_without_being_written(
    alone: Path, write_book: WriteBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what is found in the EPUB is said of the manuscript."""
    sizes = [(2000, 1000), (1000, 2000)]
    pictures = {
        f"{n}.png": saved(Pillow.new("L", size), "PNG") for n, size in enumerate(sizes)
    }
    shown = "\n\n".join(f"![Map]({name})" for name in pictures)
    folder = write_book(
        {"one.md": "# One\n\nx\n", "two.md": f"# Two\n\n{shown}\n", **pictures}
    )
    monkeypatch.chdir(folder.parent)

    result = run("book", "--for", "apple", "--json")

    assert result.exit_code == 0, result.output
    (said,) = (
        problem
        for problem in json.loads(result.stdout)["problems"]
        if problem["code"] == "shop-troubles"
    )
    assert said["at"]["path"] == "book/two.md"
    assert "12.0 MB" in said["message"]
    assert "two.xhtml)" in said["message"]
    assert not list(folder.parent.glob("**/*.epub"))


def test_a_picture_is_found_where_the_manuscript_names_it(
    alone: Path, write_book: WriteBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_book(
        {"one.md": "# One\n\nx\n\n![Oil](oil.png)\n", "oil.png": png(9, 9)}
    )
    rules = [Rule("pixels", Effect.REFUSES, "{found}", "", "", "", most=80)]
    monkeypatch.setattr(
        "publish.check.load_shop", lambda name: Shop(name, tuple(rules))
    )

    result = run(folder, "--for", "kobo")

    assert result.exit_code == 1
    assert f"{folder}/one.md:5: error: kobo refuses" in result.stderr
    assert "(in the EPUB: EPUB/images/oil.png)" in result.stderr


def test_a_faulty_book_is_told_as_in_a_build(
    alone: Path, write_book: WriteBook
) -> None:
    folder = write_book({"one.md": "# One\n\n[x](gone.md)\n"})

    result = run(folder, "-e", "ebook")

    assert result.exit_code == 1
    assert f"{folder}/one.md:3: error: " in result.stderr
    assert run(folder, "-e", "none").exit_code == 2


def test_an_edition_of_an_epub_is_no_question(tmp_path: Path) -> None:
    assert run(pack(tmp_path / "a.epub"), "-e", "ebook").exit_code == 2
