"""Files with odd names, and what is called like a file and is none."""

import os
from pathlib import Path

import pytest

from publish.manuscript import read_manuscript
from publish.problems import PublishError
from tests.trees import read, with_images
from tests.writing import write

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has none of these")

TOML = (
    '[book]\ntitle = "T"\nlanguage = "en"\npeople = ["A"]\n{}\n'
    "[contents]\nbody = [{}]\n"
)


def test_a_chapter_with_a_backslash_in_its_name_is_found(tmp_path: Path) -> None:
    toml = TOML.format("", r"'back\slash.md', 'sub\two.md'")
    files = {"book.toml": toml, r"back\slash.md": "# One\n", "sub/two.md": "# Two\n"}

    manuscript = read_manuscript(write(tmp_path, files))

    assert manuscript.problems == ()
    found = [source.file for source in manuscript.sources]
    assert found == [r"back\slash.md", "sub/two.md"]


def test_a_picture_with_a_backslash_in_its_name_is_found(tmp_path: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><g id="{}"/></svg>'
    files = {r"a\b.svg": svg.format("one"), "a/c.svg": svg.format("two")}
    book = read({"one.md": "![](<a\\b.svg>) ![](<a\\c.svg>)"})

    book, problems = with_images(book, write(tmp_path, files))

    assert problems == ()
    assert [image.sources for image in book.images] == [(r"a\b.svg",), ("a/c.svg",)]


def test_a_pipe_for_a_picture_is_told_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "lamp.png")
    book = read({"one.md": "![](lamp.png)\n\n![](lump.png)\n"})

    _, problems = with_images(book, tmp_path)

    assert [(problem.code, problem.message) for problem in problems] == [
        (
            "broken-picture",
            "the picture `lamp.png` cannot be shown: it is a pipe, no file",
        ),
        ("no-picture", "there is no picture `lump.png`"),
    ]
    assert not any(problem.hint for problem in problems)


@pytest.mark.parametrize("place", ["body", "cover"])
def test_a_pipe_for_a_file_is_told_and_never_opened(tmp_path: Path, place: str) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    cover = 'cover = "pipe.md"' if place == "cover" else ""
    body = '"one.md"' if place == "cover" else '"one.md", "pipe.md"'
    write(tmp_path, {"book.toml": TOML.format(cover, body), "one.md": "# One\n"})

    problems = read_manuscript(tmp_path).problems

    assert ("not-a-file", "`pipe.md` is a pipe, no file") in [
        (problem.code, problem.message) for problem in problems
    ]


@pytest.mark.parametrize("name", ["pipe.md", "pipe.toml"])
def test_a_pipe_for_a_book_is_told_and_never_opened(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)

    with pytest.raises(PublishError, match="this is a pipe, no file"):
        read_manuscript(tmp_path / name)
