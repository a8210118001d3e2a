"""Orders that other tools wrote."""

from pathlib import Path

import pytest

from publish.manuscript import Manuscript, read_manuscript
from publish.manuscript.listing import link_of, listed_name
from publish.model import Matter, Person, Role
from publish.problems import Severity
from tests.writing import write

NAMES = ["README", "a", "b", "c", "d", "e", "intro", "end"]
TEXTS = {f"{name}.md": f"# {name}\n" for name in NAMES}


def outline(manuscript: Manuscript) -> list[tuple[int, str]]:
    """Depth, and file or the title of a part."""
    return [(s.depth, s.file or s.title) for s in manuscript.sources]


def errors(manuscript: Manuscript) -> list[tuple[str, int, str]]:
    return [
        (problem.at.path.name, problem.at.line, problem.code)
        for problem in manuscript.problems
        if problem.severity is Severity.ERROR
    ]


def test_gitbook_has_parts_as_headings_and_its_readme_first(tmp_path: Path) -> None:
    summary = """\
# Summary

* [A & **co**](a.md)

## Part one

* [B](b.md)
  * [C](c.md#place)
  * [C again](c.md)
* [Elsewhere](https://example.org)
* [Gone](gone.md)

## Empty part
"""
    write(tmp_path, {"SUMMARY.md": summary, "book.json": '{"title": "T"}', **TEXTS})

    manuscript = read_manuscript(tmp_path)

    assert outline(manuscript) == [
        (0, "README.md"),
        (0, "a.md"),
        (0, "Part one"),
        (1, "b.md"),
        (2, "c.md"),
    ]
    assert manuscript.sources[1].label == "A & co"
    assert manuscript.metadata.title == "T"
    assert errors(manuscript) == [("SUMMARY.md", 11, "no-file")]


def test_gitbook_may_have_another_root_and_readme(tmp_path: Path) -> None:
    book = '{"root": "./docs", "structure": {"readme": "intro.md"}}'
    texts = {f"docs/{name}": text for name, text in TEXTS.items()}
    write(tmp_path, {"book.json": book, "docs/SUMMARY.md": "* [A](a.md)", **texts})

    assert outline(read_manuscript(tmp_path)) == [
        (0, "docs/intro.md"),
        (0, "docs/a.md"),
    ]


def test_mdbook_has_parts_and_chapters_before_and_after_the_list(
    tmp_path: Path,
) -> None:
    toml = """\
[book]
title = "T"
authors = ["Ada Bell"]
language = "fa"
[output.html]
"""
    summary = """\
# Summary
[Intro](intro.md)
# One
- [A](./a.md)
    - [B](<b.md>)
- [Draft]()
# Two
1. [C](c.md "title")
-----
[The end](end.md)
"""
    texts = {f"src/{name}": text for name, text in TEXTS.items()}
    write(tmp_path, {"book.toml": toml, "src/SUMMARY.md": summary, **texts})

    manuscript = read_manuscript(tmp_path)

    assert outline(manuscript) == [
        (0, "src/intro.md"),
        (0, "One"),
        (1, "src/a.md"),
        (2, "src/b.md"),
        (0, "Two"),
        (1, "src/c.md"),
        (0, "src/end.md"),
    ]
    first, *_, last = manuscript.sources
    assert (first.matter, first.numbered) == (Matter.FRONT, False)
    assert (last.matter, last.numbered) == (Matter.BACK, False)
    assert manuscript.metadata.title == "T"
    assert manuscript.metadata.language == "fa"
    assert manuscript.metadata.people == (Person("Ada Bell"),)
    assert "foreign-config" in [problem.code for problem in manuscript.problems]


def test_a_heading_within_the_list_opens_what_is_below_it(tmp_path: Path) -> None:
    summary = "* Group\n  * [A](a.md)\n* Nothing\n* [B](b.md)\n"
    write(tmp_path, {"SUMMARY.md": summary, **TEXTS})

    assert outline(read_manuscript(tmp_path))[1:] == [
        (0, "Group"),
        (1, "a.md"),
        (0, "b.md"),
    ]


def test_a_summary_that_lists_nothing_is_a_chapter(tmp_path: Path) -> None:
    write(tmp_path, {"SUMMARY.md": "# What it is about\n\nwords\n", "a.md": "x"})

    assert outline(read_manuscript(tmp_path)) == [(0, "a.md"), (0, "SUMMARY.md")]


def test_a_list_of_which_nothing_is_there_gives_way(tmp_path: Path) -> None:
    write(tmp_path, {"SUMMARY.md": "* [X](x.md)\n", "a.md": "x", "b.md": "x"})

    manuscript = read_manuscript(tmp_path)

    assert (0, "a.md") in outline(manuscript)
    assert errors(manuscript) == [("SUMMARY.md", 1, "no-file")]


@pytest.mark.parametrize(
    "rmd_files",
    [
        "rmd_files: [index.Rmd, b.Rmd, a.Rmd]",
        "rmd_files:\n  latex: [a.Rmd]\n  html: [index.Rmd, b.Rmd, a.Rmd]",
    ],
)
def test_bookdown_lists_files_and_hides_parts_in_headings(
    tmp_path: Path, rmd_files: str
) -> None:
    index = "---\ntitle: T\nauthor: Ada Bell\ncover-image: x.png\n---\n# Welcome {-}\n"
    write(
        tmp_path,
        {
            "_bookdown.yml": rmd_files,
            "index.Rmd": index,
            "b.Rmd": "# (PART) One {-}\n\n# B\n",
            "a.Rmd": "# (APPENDIX) More {-}\n\n# A\n",
            "x.png": b"",
        },
    )

    manuscript = read_manuscript(tmp_path)

    assert outline(manuscript) == [
        (0, "index.Rmd"),
        (0, "One"),
        (1, "b.Rmd"),
        (0, "More"),
        (1, "a.Rmd"),
    ]
    assert manuscript.sources[2].text == "\n\n# B\n"
    assert manuscript.sources[4].role is Role.APPENDIX
    assert manuscript.sources[4].matter is Matter.BACK
    assert manuscript.sources[0].title == ""
    assert manuscript.metadata.title == "T"
    assert manuscript.cover == tmp_path / "x.png"


def test_bookdown_without_a_list_takes_every_rmd(tmp_path: Path) -> None:
    names = ["02-b.Rmd", "01-a.Rmd", "index.Rmd", "note.md", "sub/x.Rmd"]
    write(tmp_path, {"_bookdown.yml": "delete: yes", **dict.fromkeys(names, "x")})

    assert [file for _, file in outline(read_manuscript(tmp_path))] == [
        "index.Rmd",
        "01-a.Rmd",
        "02-b.Rmd",
    ]


def test_bookdown_names_the_line_of_a_file_that_is_not_there(tmp_path: Path) -> None:
    yml = "rmd_files:\n  - index.Rmd\n  # gone.Rmd was here\n  - gone.Rmd\n"
    write(tmp_path, {"_bookdown.yml": yml, "index.Rmd": "x"})

    assert errors(read_manuscript(tmp_path)) == [("_bookdown.yml", 4, "no-file")]


def test_quarto_has_parts_and_appendices(tmp_path: Path) -> None:
    yml = """\
lang: de
book:
  title: T
  author:
    - name: Ada Bell
  chapters:
    - index.qmd
    - part: Dice
      chapters: [a.qmd, gone.qmd]
    - part: part.qmd
      chapters:
        - file: b.qmd
          text: Named
  appendices:
    - c.qmd
"""
    names = ["index", "a", "b", "c", "part"]
    write(tmp_path, {"_quarto.yml": yml, **{f"{n}.qmd": "x" for n in names}})

    manuscript = read_manuscript(tmp_path)

    assert outline(manuscript) == [
        (0, "index.qmd"),
        (0, "Dice"),
        (1, "a.qmd"),
        (0, "part.qmd"),
        (1, "b.qmd"),
        (0, "c.qmd"),
    ]
    assert manuscript.sources[3].role is Role.PART
    assert manuscript.sources[4].label == "Named"
    assert manuscript.sources[5].role is Role.APPENDIX
    assert (manuscript.metadata.title, manuscript.metadata.language) == ("T", "de")
    assert manuscript.metadata.people == (Person("Ada Bell"),)
    assert errors(manuscript) == [("_quarto.yml", 9, "no-file")]


def test_leanpub_lists_files_a_line(tmp_path: Path) -> None:
    book = "frontmatter:\nintro.md\n\nmainmatter:\nb.md\ngone.md\n{backmatter}\na.md\n"
    write(tmp_path, {"Book.txt": book, **TEXTS})

    manuscript = read_manuscript(tmp_path)

    assert [(s.file, s.matter) for s in manuscript.sources] == [
        ("intro.md", Matter.FRONT),
        ("b.md", Matter.BODY),
        ("a.md", Matter.BACK),
    ]
    assert errors(manuscript) == [("Book.txt", 6, "no-file")]


def test_a_text_called_book_is_a_text(tmp_path: Path) -> None:
    write(tmp_path, {"Book.txt": "It was a dark night.\n"})

    assert outline(read_manuscript(tmp_path)) == [(0, "Book.txt")]


def test_crowbook_numbers_and_nests(tmp_path: Path) -> None:
    book = """\
title: T
author: Ada Bell
lang: fr
! intro.md
@ First part
+ a.md
-- b.md
3. c.md
@- d.md
- e.md
- gone.md
"""
    write(tmp_path, {"x.book": book, **TEXTS})

    manuscript = read_manuscript(tmp_path)

    assert [(s.depth, s.file or s.title, s.numbered) for s in manuscript.sources] == [
        (0, "intro.md", False),
        (0, "First part", None),
        (1, "a.md", True),
        (2, "b.md", False),
        (1, "c.md", True),
        (0, "d.md", False),
        (1, "e.md", False),
    ]
    assert manuscript.sources[5].role is Role.PART
    assert (manuscript.metadata.title, manuscript.metadata.language) == ("T", "fr")
    assert errors(manuscript) == [("x.book", 11, "no-file")]
    assert outline(read_manuscript(tmp_path / "x.book")) == outline(manuscript)


def test_electric_book_has_roles_in_lists_and_styles(tmp_path: Path) -> None:
    yml = """\
title: "T"
creator: "Ada Bell"
products:
  print-pdf:
    files:
      - "0-half"
      - "0-gift"
      - "1-part"
      - "1-a"
      - "9-gone"
  epub:
    files:
      - "0-gift": "dedication"
"""
    write(
        tmp_path,
        {
            "default.yml": yml,
            "0-half.md": "---\nstyle: halftitle-page page-1\n---\n",
            "0-gift.md": "x",
            "1-part.md": "---\nstyle: part-page\n---\n",
            "1-a.md": "x",
        },
    )

    manuscript = read_manuscript(tmp_path)

    assert [(s.depth, s.file, s.role) for s in manuscript.sources] == [
        (0, "0-half.md", Role.HALF_TITLE),
        (0, "0-gift.md", Role.DEDICATION),
        (0, "1-part.md", Role.PART),
        (1, "1-a.md", None),
    ]
    assert manuscript.metadata.authors == ("Ada Bell",)
    assert errors(manuscript) == [("default.yml", 10, "no-file")]


def test_our_own_contents_come_before_another_tools(tmp_path: Path) -> None:
    toml = '[contents]\nbody = ["b.md"]\n'
    write(tmp_path, {"book.toml": toml, "SUMMARY.md": "* [A](a.md)\n", **TEXTS})

    assert outline(read_manuscript(tmp_path)) == [(0, "b.md")]


def test_a_list_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    write(tmp_path / "secret", {"x.md": "secret"})
    book = write(
        tmp_path / "book",
        {
            "SUMMARY.md": "* [X](../secret/x.md)\n* [Y](/etc/hosts)\n* [A](a.md)\n",
            **TEXTS,
        },
    )

    manuscript = read_manuscript(book)

    assert outline(manuscript) == [(0, "README.md"), (0, "a.md")]
    assert errors(manuscript) == [
        ("SUMMARY.md", 1, "outside"),
        ("SUMMARY.md", 2, "outside"),
    ]


def test_broken_settings_of_another_tool_are_told_with_their_line(
    tmp_path: Path,
) -> None:
    write(
        tmp_path,
        {
            "book.json": '{\n"title": T}',
            "SUMMARY.md": "* [A](a.md)",
            "_bookdown.yml": "a: b: c",
            **TEXTS,
        },
    )

    assert errors(read_manuscript(tmp_path)) == [("book.json", 2, "bad-json")]


@pytest.mark.parametrize(
    ("line", "link"),
    [
        ("[A](a.md)", ("A", "a.md")),
        ("[A [b]](a.md)", ("A [b]", "a.md")),
        ("[`A`](<a b.md>)", ("A", "a b.md")),
        ("[A](a b.md)", ("A", "a b.md")),
        ("[A](a(1).md)", ("A", "a(1).md")),
        ('[A](a.md "title")', ("A", "a.md")),
        (r"[A\]](a.md)", ("A]", "a.md")),
        ("[A]()", ("A", "")),
        ("A", None),
    ],
)
def test_links_of_contents_pages_are_read(
    line: str, link: tuple[str, str] | None
) -> None:
    assert link_of(line) == link


@pytest.mark.parametrize(
    ("href", "name"),
    [
        ("a%20b.md", "a b.md"),
        ("./a.md#x", "a.md"),
        ("a.md?x", "a.md"),
        ("https://a.org/b.md", ""),
        ("mailto:a@b.org", ""),
        ("//a.org/b", ""),
        ("#x", ""),
    ],
)
def test_addresses_of_contents_pages_lead_to_files(href: str, name: str) -> None:
    assert listed_name(href) == name


def test_a_list_that_several_tools_have_is_called_by_its_name(tmp_path: Path) -> None:
    write(tmp_path, {"SUMMARY.md": "- [A](a.md)\n", "a.md": "# A\n"})

    said = [p.message for p in read_manuscript(tmp_path).problems]
    (tmp_path / "book.json").write_text("{}", encoding="utf-8")
    of_gitbook = [p.message for p in read_manuscript(tmp_path).problems]

    assert "the order of SUMMARY.md is used" in said
    assert "the order of GitBook is used" in of_gitbook
