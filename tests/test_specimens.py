"""Each style makes whole and valid books of the kind that it is for."""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from publish.check import check_epub
from publish.check.epubcheck import check_epubs
from publish.pipeline import build
from publish.report import Report
from publish.style import Use, load_style, style_names
from publish.wanted import Wanted
from tests import ace, verapdf
from tests.conftest import WriteBook
from tests.specimens import EBOOK, PRINT, SPECIMENS, write_specimen


@dataclass(frozen=True, slots=True)
class Made:
    report: Report
    epub: Path
    pdf: Path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Made]:
    """The specimens of all styles."""
    folder = tmp_path_factory.mktemp("specimens")
    return {style: _made(style, folder / style) for style in SPECIMENS}


def _made(style: str, folder: Path) -> Made:
    report = build(write_specimen(style, folder), Wanted((EBOOK, PRINT)))
    paths = {}
    for artifact in report.artifacts:
        path = folder / artifact.name
        path.write_bytes(artifact.data)
        paths[path.suffix] = path
    return Made(report, paths[".epub"], paths[".pdf"])


def test_every_style_has_a_specimen() -> None:
    assert sorted(SPECIMENS) == sorted(style_names())


@pytest.mark.parametrize("style", SPECIMENS)
def test_a_specimen_builds_without_a_problem(
    style: str, made: Mapping[str, Made]
) -> None:
    """That every word is there, and no letter outside of the paper, the build says."""
    assert made[style].report.problems == ()
    assert check_epub(made[style].epub) == ()


def test_epubcheck_finds_nothing(made: Mapping[str, Made]) -> None:
    found = check_epubs([one.epub for one in made.values()])

    assert dict(zip(made, found, strict=True)) == dict.fromkeys(made, ())


def test_verapdf_finds_nothing(made: Mapping[str, Made]) -> None:
    found = verapdf.faults([one.pdf for one in made.values()])

    assert dict(zip(made, found, strict=True)) == {style: [] for style in made}


def test_ace_finds_nothing(made: Mapping[str, Made]) -> None:
    found = ace.violations([one.epub for one in made.values()])

    assert dict(zip(made, found, strict=True)) == {style: [] for style in made}


@pytest.mark.parametrize("style", SPECIMENS)
def test_only_fonts_of_the_style_are_inside(
    style: str, made: Mapping[str, Made]
) -> None:
    named = {_joined(font.family) for font in load_style(style).fonts}
    with zipfile.ZipFile(made[style].epub) as archive:
        shown = {
            _joined(TTFont(io.BytesIO(archive.read(name)))["name"].getBestFamilyName())
            for name in archive.namelist()
            if name.endswith((".ttf", ".otf"))
        }
    with pikepdf.open(made[style].pdf) as pdf:
        printed = {
            _joined(str(thing.FontName).rpartition("+")[2])
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary)
            and thing.get("/Type") == "/FontDescriptor"
        }

    assert shown
    assert shown <= named
    assert {name for name in printed if not name.startswith(tuple(named))} == set()


def _joined(name: str) -> str:
    return re.sub(r"[/ -]", "", name)


@pytest.mark.parametrize("style", ["classic", "modern", "verse"])
def test_small_capitals_and_old_style_figures_are_those_of_the_font(style: str) -> None:
    text = next(f for f in load_style(style).fonts if f.use is Use.TEXT)

    for face in text.faces:
        table = TTFont(face.path)["GSUB"].table
        features = {record.FeatureTag for record in table.FeatureList.FeatureRecord}
        assert {"smcp", "onum", "lnum", "tnum"} <= features


@pytest.mark.parametrize("style", style_names())
@pytest.mark.parametrize("language", ["fa", "he"])
def test_a_book_from_right_to_left_is_whole_in_every_style(
    style: str, language: str, write_book: WriteBook
) -> None:
    toml = (
        f'[book]\ntitle = "T"\nlanguage = "{language}"\npeople = ["A"]\n'
        f'[editions.e]\nformat = "epub"\nstyle = "{style}"\n'
        f'[editions.p]\nformat = "pdf"\nstyle = "{style}"\n'
    )
    words = {"fa": "چراغ دوازدهم روشن نیست", "he": "הפנס השנים עשר כבוי"}[language]
    text = f"# {words}\n\n{words}.\n\n***\n\n## {words}\n\n> {words}\n\n1. {words}\n"

    report = build(write_book({"book.toml": toml, "1.md": text}))

    assert report.problems == ()
