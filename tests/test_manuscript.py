"""The rules for a folder, with and without a `book.toml`."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from publish.manuscript import Manuscript, read_manuscript
from publish.manuscript.decode import decode
from publish.manuscript.roles import role_of_name
from publish.model import Format, Matter, Person, Role
from publish.problems import PublishError, Severity
from tests.conftest import WriteBook
from tests.trees import SECTIONS
from tests.writing import write

ENGLISH = (
    "The old house stands by the sea, and in the evening there is a lamp in the"
    " window. It was not far from the town, but they had never been to it.\n"
)
FRENCH = (
    "La vieille maison est près de la mer, et le soir il y a une lampe à la fenêtre."
    " Elle n'était pas loin de la ville, mais nous ne l'avons pas vue.\n"
)


def files(manuscript: Manuscript) -> list[str]:
    return [source.file for source in manuscript.sources]


def codes(manuscript: Manuscript) -> list[tuple[str, int, str]]:
    """Where and what, without the notes."""
    return [
        (problem.at.path.name, problem.at.line, problem.code)
        for problem in manuscript.problems
        if problem.severity is not Severity.NOTE
    ]


def notes(manuscript: Manuscript) -> dict[str, str]:
    return {
        problem.code: problem.message
        for problem in manuscript.problems
        if problem.severity is Severity.NOTE
    }


# Files


def test_files_of_text_are_read_in_the_folder_and_below_it(tmp_path: Path) -> None:
    names = ["a.md", "b.markdown", "c.txt", "d.Rmd", "e.qmd", "f/g.MD"]
    write(tmp_path, {**dict.fromkeys(names, "x"), "no.rst": "x", "no.png": b"\x89PNG"})

    assert files(read_manuscript(tmp_path)) == names


def test_two_comes_before_ten(tmp_path: Path) -> None:
    names = ["ch 1.md", "ch 2.md", "ch 10.md", "part2/a.md", "part10/a.md"]
    write(tmp_path, dict.fromkeys(reversed(names), "x"))

    assert files(read_manuscript(tmp_path)) == names


def test_digits_of_other_scripts_count(tmp_path: Path) -> None:
    write(tmp_path, {"فصل ۱۰.md": "x", "فصل ۲.md": "x"})

    assert files(read_manuscript(tmp_path)) == ["فصل ۲.md", "فصل ۱۰.md"]


def test_readme_or_index_comes_first(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "x", "README.md": "x", "b/z.md": "x", "b/index.md": "x"})

    assert files(read_manuscript(tmp_path)) == [
        "README.md",
        "a.md",
        "b/index.md",
        "b/z.md",
    ]


def test_licences_and_hidden_files_are_left_out_and_named(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "a.md": "x",
            "LICENSE.md": "x",
            "licence.txt": "x",
            "CONTRIBUTING.md": "x",
            "CHANGELOG.md": "x",
            "CODE_OF_CONDUCT.md": "x",
            "_draft.md": "x",
            ".hidden.md": "x",
            "_drafts/b.md": "x",
            ".git/c.md": "x",
        },
    )

    manuscript = read_manuscript(tmp_path)

    assert files(manuscript) == ["a.md"]
    assert notes(manuscript)["left-out"] == (
        "left out: CHANGELOG.md, CODE_OF_CONDUCT.md, CONTRIBUTING.md, licence.txt,"
        " LICENSE.md, .hidden.md, _draft.md, _drafts/"
    )


def test_nav_order_in_front_matter_gives_the_order(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "a.md": "---\nnav_order: 3\n---\n",
            "b.md": "---\norder: 1.5\n---\n",
            "c.md": "no order\n",
            "d/index.md": "---\nnav_order: 2\n---\n",
            "d/a.md": "---\nnav_order: 2\n---\n",
            "d/b.md": "---\nnav_order: 1\n---\n",
            "README.md": "first all the same",
        },
    )

    assert files(read_manuscript(tmp_path)) == [
        "README.md",
        "b.md",
        "d/index.md",
        "d/b.md",
        "d/a.md",
        "a.md",
        "c.md",
    ]


def test_a_preface_without_a_number_goes_where_prefaces_stand(tmp_path: Path) -> None:
    names = ["colophon", "dedication", "epilogue", "one", "preface", "prologue", "two"]
    write(tmp_path, {f"{name}.md": "x" for name in names})

    manuscript = read_manuscript(tmp_path)

    assert [(s.file, s.matter, s.role) for s in manuscript.sources] == [
        ("dedication.md", Matter.FRONT, Role.DEDICATION),
        ("preface.md", Matter.FRONT, Role.PREFACE),
        ("prologue.md", Matter.BODY, Role.PROLOGUE),
        ("one.md", Matter.BODY, None),
        ("two.md", Matter.BODY, None),
        ("epilogue.md", Matter.BODY, Role.EPILOGUE),
        ("colophon.md", Matter.BACK, Role.COLOPHON),
    ]


def test_numbered_files_stay_where_their_number_puts_them(tmp_path: Path) -> None:
    write(tmp_path, {"01-one.md": "x", "02-preface.md": "x", "03-three.md": "x"})

    manuscript = read_manuscript(tmp_path)

    assert files(manuscript) == ["01-one.md", "02-preface.md", "03-three.md"]
    assert {source.matter for source in manuscript.sources} == {Matter.BODY}


def test_a_role_that_is_said_goes_before_a_number(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "00-z.md": "---\nrole: colophon\n---\nx",
            "01-one.md": "x",
            "02-x.md": "---\nrole: dedication\n---\nx",
        },
    )

    manuscript = read_manuscript(tmp_path)

    assert files(manuscript) == ["02-x.md", "01-one.md", "00-z.md"]


@pytest.mark.parametrize("text", ["", "# Index\n\n", "Words\n=====\n"])
def test_an_index_of_words_does_not_open_the_book(tmp_path: Path, text: str) -> None:
    index = f"{text}::: index\n:::\n"
    write(tmp_path, {"index.md": index, "1.md": "# One", "2.md": "# Two"})

    manuscript = read_manuscript(tmp_path)

    assert files(manuscript) == ["1.md", "2.md", "index.md"]
    assert manuscript.sources[-1].role is Role.INDEX
    assert manuscript.metadata.title != "Index"


# Title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("% Block\n\n# Heading\n", "Block"),
        ("---\ntitle: Front\n---\n# Heading\n", "Front"),
        ("# Heading\n", "Heading"),
        ("# Title: Said\n\n## Author: A\n", "Said"),
        ("Heading\n=======\n", "Heading"),
        ("# One\n\n# Two\n", "The lamp"),
        ("```\n# code\n```\n", "The lamp"),
        ("", "The lamp"),
    ],
)
def test_one_file_is_named_by_block_heading_or_name(
    tmp_path: Path, text: str, title: str
) -> None:
    write(tmp_path, {"the-lamp.md": text})

    assert read_manuscript(tmp_path / "the-lamp.md").metadata.title == title
    assert read_manuscript(tmp_path).metadata.title == title


def test_several_files_are_named_by_the_heading_of_readme(tmp_path: Path) -> None:
    write(tmp_path, {"README.md": "# The *Sea*\n\n# More\n", "a.md": "# A\n"})

    assert read_manuscript(tmp_path).metadata.title == "The Sea"


def test_several_files_without_readme_have_the_folders_name(tmp_path: Path) -> None:
    write(tmp_path / "the_old-lamp", {"a.md": "# A\n", "b.md": "# B\n"})

    manuscript = read_manuscript(tmp_path / "the_old-lamp")

    assert manuscript.metadata.title == "The old-lamp"
    assert "the name of the folder" in notes(manuscript)["assumed-title"]


def test_a_folder_that_only_holds_text_has_the_name_of_the_one_above(
    tmp_path: Path,
) -> None:
    folder = write(tmp_path / "lamp" / "src", {"a.md": "# A\n", "b.md": "# B\n"})

    assert read_manuscript(folder).metadata.title == "Lamp"


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Author's Note", Role.AFTERWORD),
        ("about-the-author", Role.CONTRIBUTORS),
        ("99 Index", Role.INDEX),
        ("Appendix A - Maps", Role.APPENDIX),
        ("Appendix B: Winds", Role.APPENDIX),
        ("Note de l’auteur", Role.AFTERWORD),
        ("Remerciements", Role.ACKNOWLEDGMENTS),
        ("Über die Autorin", Role.CONTRIBUTORS),
        ("Anhang 1 Karten", Role.APPENDIX),
        ("Stichwortverzeichnis", Role.INDEX),
        ("Epílogo", Role.EPILOGUE),
        ("Nota del autor", Role.AFTERWORD),
        ("Prefazione", Role.PREFACE),
        ("۰۱-پیشگفتار", Role.PREFACE),
        ("مقدمه", Role.INTRODUCTION),
        ("واژه‌نامه", Role.GLOSSARY),
        ("كتابنامه", Role.BIBLIOGRAPHY),
        ("پیوست الف", Role.APPENDIX),
        ("پیوست ۲", Role.APPENDIX),
        ("index", None),
        ("introduction to sailing", None),
        ("appendix surgery", None),
    ],
)
def test_a_name_says_what_a_file_is(name: str, role: Role | None) -> None:
    assert role_of_name(f"part/{name}.md") is role


def test_a_writers_own_pages_find_their_place(tmp_path: Path) -> None:
    names = [
        "Dedication",
        "Foreword",
        "Prologue",
        "The storm",
        "Epilogue",
        "Author's Note",
        "Appendix A - Maps",
        "About the author",
    ]
    write(tmp_path, {f"{name}.md": f"# {name}\n" for name in names})

    assert files(read_manuscript(tmp_path)) == [f"{name}.md" for name in names]


def test_an_authors_note_before_the_text_is_a_preface(tmp_path: Path) -> None:
    note = "author's note.md"
    write(tmp_path, {f"01 {note}": "# Note\n", "02 one.md": "# One\n"})

    first = read_manuscript(tmp_path).sources[0]
    (tmp_path / "book.toml").write_text(f'[contents]\nback = ["01 {note}"]\n')
    back = read_manuscript(tmp_path).sources[0]

    assert (first.role, first.matter) == (Role.PREFACE, Matter.FRONT)
    assert (back.role, back.matter) == (Role.AFTERWORD, Matter.BACK)


def test_a_chapter_about_references_is_a_chapter(tmp_path: Path) -> None:
    write(
        tmp_path, {f"{n}-{w}.md": "x" for n, w in enumerate(["a", "references", "b"])}
    )

    source = read_manuscript(tmp_path).sources[1]

    assert (source.role, source.matter) == (None, Matter.BODY)


# Remarks


def hints(manuscript: Manuscript) -> dict[str, str]:
    return {problem.code: problem.hint for problem in manuscript.problems}


def test_files_of_word_processors_are_named(tmp_path: Path) -> None:
    names = ["b.docx", "c.ODT", "d/e.rtf", "~$b.docx", ".f.doc"]
    write(tmp_path, {"a.md": "x", **dict.fromkeys(names, "x")})

    assert notes(read_manuscript(tmp_path))["word-processor"] == (
        "files of a word processor are not read: b.docx, c.ODT, d/e.rtf"
    )


def test_a_folder_of_word_processor_files_only_is_told_so(tmp_path: Path) -> None:
    write(tmp_path, {"a.docx": "x"})

    with pytest.raises(PublishError) as caught:
        read_manuscript(tmp_path)

    assert [p.code for p in caught.value.problems] == ["word-processor", "no-text"]
    assert "word processor" in caught.value.problems[1].message


def test_a_word_processor_file_that_is_named_gets_a_hint(tmp_path: Path) -> None:
    write(tmp_path, {"a.docx": "x"})

    with pytest.raises(PublishError, match="save it as Markdown"):
        read_manuscript(tmp_path / "a.docx")


RUN = """# A

```{r, echo=FALSE}
1 + 1
```

```{r lamp, fig.cap="A lamp."}
knitr::include_graphics("lamp.png")
```

```{r, child="more.md"}
```
"""


def test_programs_that_would_show_something_are_named_once(tmp_path: Path) -> None:
    write(tmp_path, {"1.Rmd": RUN, "2.Rmd": RUN})

    problems = read_manuscript(tmp_path).problems

    (problem,) = (p for p in problems if p.code == "not-run")
    assert (problem.at.path.name, problem.at.line) == ("1.Rmd", 7)
    assert "4 programs" in problem.message


def test_programs_that_are_only_shown_are_no_matter(tmp_path: Path) -> None:
    text = "# A\n\n```{r}\nplot(1)\n```\n\n```python\nx\n```\n\ninclude_graphics()\n"
    write(tmp_path, {"1.md": text})

    assert "not-run" not in [p.code for p in read_manuscript(tmp_path).problems]


def test_old_letters_of_windows_are_a_warning(tmp_path: Path) -> None:
    text = "“Café” is what the sign said, and nobody asked.\n"
    write(tmp_path, {"a.txt": text.encode("cp1252")})

    manuscript = read_manuscript(tmp_path)

    (problem,) = (p for p in manuscript.problems if p.code == "not-utf8")
    assert problem.severity is Severity.WARNING
    assert manuscript.sources[0].text == text


@pytest.mark.parametrize(
    "data",
    [
        b"a long line of plain letters with \x81 in it",
        "Старый дом стоит у моря".encode("cp1251"),
        "café and a broken ".encode() + b"\xe9 in a long line of plain letters",
    ],
)
def test_other_bytes_that_are_no_utf8_are_an_error(tmp_path: Path, data: bytes) -> None:
    write(tmp_path, {"a.md": data})

    assert codes(read_manuscript(tmp_path)) == [("a.md", 1, "not-utf8")]
    assert decode(data, Path("a.md"))[1][0].severity is Severity.ERROR


def test_a_book_without_an_author_is_told_so(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "# A\n", "b.md": "# B\n"})

    assert hints(read_manuscript(tmp_path))["no-author"] == (
        'say it in book.toml under [book]: people = ["Your Name"]'
    )


@pytest.mark.parametrize(
    "text", ["---\nauthor: Ada\n---\nx", "# The Lamp\n\n# Author: Ada\n\nx"]
)
def test_an_author_that_is_said_is_not_asked_for(tmp_path: Path, text: str) -> None:
    write(tmp_path, {"a.md": text})

    assert "no-author" not in notes(read_manuscript(tmp_path / "a.md"))


def test_hints_can_be_pasted(tmp_path: Path) -> None:
    folder = write(tmp_path / 'it\'s "so"', {"a.md": "# A\n", "b.md": "# B\n"})

    hint = hints(read_manuscript(folder))["assumed-title"]

    pasted = tomllib.loads(hint.partition("[book]: ")[2])
    assert pasted == {"title": 'It\'s "so"'}


def test_one_file_is_told_to_say_things_itself(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": ENGLISH, "b.txt": ENGLISH})

    own = hints(read_manuscript(tmp_path / "a.md"))
    plain = hints(read_manuscript(tmp_path / "b.txt"))

    assert own["assumed-title"].endswith('three lines: `---`, `title: "A"`, `---`')
    assert own["no-author"].endswith('`author: "Your Name"`, `---`')
    assert plain["no-author"].startswith("put the file into a folder with a book.toml")


def test_sources_that_are_cited_and_not_named_are_reported_once(tmp_path: Path) -> None:
    cites = f"{ENGLISH}\nSo says [@curie, 3].\n"
    bib = "@book{curie, title = {Rays}}\n"
    write(tmp_path, {"a.md": cites, "b.md": cites, "c.bib": bib, "d.bib": bib})

    read = read_manuscript(tmp_path)

    found = [problem for problem in codes(read) if problem[2] == "unnamed-sources"]
    assert found == [("a.md", cites.count("\n"), "unnamed-sources")]
    assert hints(read)["unnamed-sources"] == (
        'say it in book.toml under [book]: bibliography = ["c.bib"]'
    )
    alone = hints(read_manuscript(tmp_path / "a.md"))
    assert alone["unnamed-sources"].endswith('`bibliography: "c.bib"`, `---`')


@pytest.mark.parametrize("text", ["ada@curie.org, \\@curie, @joliot", "@curier"])
def test_sources_that_nothing_cites_are_not_asked_for(
    text: str, tmp_path: Path
) -> None:
    write(tmp_path, {"a.md": text, "c.bib": "@book{curie, title = {Rays}}\n"})

    assert "unnamed-sources" not in hints(read_manuscript(tmp_path))


def test_chapters_without_a_heading_are_named_once(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "a.md": "words\n",
            "b.md": "# B\n",
            "c.md": "words\n\n## Later\n",
            "d.md": "---\ntitle: D\n---\nwords\n",
            "dedication.md": "words\n",
            "e.md": "<h1\nclass='x'>E</h1>\n",
            "f.md": "words\n",
            "g.md": "",
            "h.txt": "words\n",
        },
    )

    found = [p for p in read_manuscript(tmp_path).problems if p.code == "no-heading"]

    assert [(problem.at.path.name, problem.message) for problem in found] == [
        (
            tmp_path.name,
            "2 chapters have no heading, the contents say the name of the file:"
            " a.md, f.md",
        ),
        (
            "h.txt",
            "this chapter has no heading, the contents say the name of the file",
        ),
    ]
    assert "like: # Title" in found[0].hint


def test_a_book_of_one_file_needs_no_heading(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "words\n"})

    assert "no-heading" not in notes(read_manuscript(tmp_path))


def test_a_cover_that_is_not_there_gets_a_guess(tmp_path: Path) -> None:
    toml = '[book]\ntitle = "x"\ncover = "covr.jpg"\n'
    write(tmp_path, {"a.md": "x", "cover.md": "x", "cover.jpg": "x", "book.toml": toml})

    assert hints(read_manuscript(tmp_path))["no-file"] == "did you mean `cover.jpg`?"


# Language


def test_front_matter_says_the_language(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": f"---\nlang: en_GB\n---\n{ENGLISH}"})

    manuscript = read_manuscript(tmp_path)

    assert manuscript.metadata.language == "en-GB"
    assert "assumed-language" not in notes(manuscript)


def test_a_language_that_is_not_said_is_guessed_aloud(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": FRENCH})

    manuscript = read_manuscript(tmp_path)

    assert manuscript.metadata.language == "fr"
    assert notes(manuscript)["assumed-language"] == (
        "the language was not said, it reads like French"
    )


def test_a_language_that_every_file_says_is_not_guessed(tmp_path: Path) -> None:
    text = f"---\nlang: ca\n---\n{FRENCH}"
    write(tmp_path, {"a.md": text, "b.md": text})

    manuscript = read_manuscript(tmp_path)

    assert manuscript.metadata.language == "ca"
    assert [source.language for source in manuscript.sources] == ["", ""]
    assert "assumed-language" not in notes(manuscript)


def test_without_a_sign_of_its_language_a_book_is_english(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "1 2 3"})

    assert read_manuscript(tmp_path).metadata.language == "en"


def test_a_file_in_another_language_than_the_book_gets_its_own(tmp_path: Path) -> None:
    code = "```\n" + "le la les des est une dans pour\n" * 50 + "```\n"
    write(
        tmp_path,
        {
            "1.md": ENGLISH * 9,
            "2.md": FRENCH,
            "3.md": code,
            "4.md": "La mer.",
            "5.md": f"---\nlang: en\n---\n{FRENCH}",
            "6.md": "---\nlang: de\n---\nx",
        },
    )

    manuscript = read_manuscript(tmp_path)

    assert manuscript.metadata.language == "en"
    languages = [source.language for source in manuscript.sources]
    assert languages == ["", "fr", "", "", "", "de"]


def test_a_language_that_cannot_be_guessed_is_not_doubted(tmp_path: Path) -> None:
    toml = '[book]\nlanguage = "br"\n'
    write(tmp_path, {"book.toml": toml, "a.md": FRENCH})

    assert [s.language for s in read_manuscript(tmp_path).sources] == [""]


# book.toml


def test_a_book_toml_decides(tmp_path: Path) -> None:
    toml = """\
[book]
title = "The Lamp"
language = "en"
people = ["Ada Bell"]
modified = 2020-01-02
cover = "art/cover.png"
numbering = "sections"
[contents]
front = ["words.md"]
body = ["prologue.md", { part = "Winter", chapters = ["*.md"] }, "10-end.md"]
back = ["sources.md"]
[editions.screen]
format = "pdf"
"""
    names = ["words", "prologue", "10-end", "2-b", "1-a", "sources", "README"]
    write(
        tmp_path,
        {
            "book.toml": toml,
            "art/cover.png": b"",
            **{f"{name}.md": f"# {name}" for name in names},
        },
    )

    manuscript = read_manuscript(tmp_path / "book.toml")

    assert [(s.file, s.title, s.matter, s.depth) for s in manuscript.sources] == [
        ("words.md", "", Matter.FRONT, 0),
        ("prologue.md", "", Matter.BODY, 0),
        ("", "Winter", Matter.BODY, 0),
        ("README.md", "", Matter.BODY, 1),
        ("1-a.md", "", Matter.BODY, 1),
        ("2-b.md", "", Matter.BODY, 1),
        ("10-end.md", "", Matter.BODY, 0),
        ("sources.md", "", Matter.BACK, 0),
    ]
    assert manuscript.sources[2].role is Role.PART
    assert manuscript.metadata.title == "The Lamp"
    assert manuscript.metadata.people == (Person("Ada Bell"),)
    assert manuscript.metadata.modified == datetime(2020, 1, 2, tzinfo=UTC)
    assert manuscript.numbering == SECTIONS
    assert manuscript.cover == tmp_path / "art/cover.png"
    assert [e.format for e in manuscript.editions] == [Format.PDF]
    assert codes(manuscript) == []


def test_contents_that_are_not_there_are_errors_with_their_line(tmp_path: Path) -> None:
    toml = """\
[book]
cover = "gone.png"
[contents]
body = [
  "one.md",
  "tow.md",
  "none*.md",
  "one.md",
  "../secret.md",
]
"""
    write(tmp_path, {"book.toml": toml, "one.md": "x", "two.md": "x"})

    manuscript = read_manuscript(tmp_path)

    assert codes(manuscript) == [
        ("book.toml", 7, "no-file"),
        ("book.toml", 6, "no-file"),
        ("book.toml", 5, "listed-twice"),
        ("book.toml", 9, "outside"),
        ("book.toml", 2, "no-file"),
    ]
    assert "did you mean `two.md`?" in [p.hint for p in manuscript.problems]
    assert files(manuscript) == ["one.md"]


def test_what_a_build_ends_in_is_no_part_of_a_book(tmp_path: Path) -> None:
    toml = """\
[book]
cover = "gone.pdf"
[contents]
body = [
  "one.md",
  "gone.epub",
  "there.pdf",
  "called.pdf",
  "[ab].pdf",
  "there.png",
]
"""
    texts = {"one.md": "x", "called.pdf.md": "x"}
    made = dict.fromkeys(("there.pdf", "[ab].pdf", "a.pdf"), b"%PDF-1.7")
    write(tmp_path, {"book.toml": toml, **texts, **made})

    manuscript = read_manuscript(tmp_path)

    assert files(manuscript) == ["one.md", "called.pdf.md"]
    assert codes(manuscript) == [
        ("book.toml", 9, "no-file"),
        ("book.toml", 6, "finished-file"),
        ("book.toml", 7, "finished-file"),
        ("book.toml", 10, "no-file"),
        ("book.toml", 2, "finished-file"),
    ]
    assert "did you mean `there.pdf`?" not in [p.hint for p in manuscript.problems]


def test_a_book_toml_that_is_wrong_stops_the_build(tmp_path: Path) -> None:
    write(tmp_path, {"book.toml": "[book]\ntitel = 1\n", "a.md": "x"})

    with pytest.raises(PublishError):
        read_manuscript(tmp_path)


def test_a_folder_in_contents_gets_a_hint(tmp_path: Path) -> None:
    toml = '[contents]\nbody = ["a.md", "chapters"]\n'
    write(tmp_path, {"mine.toml": toml, "a.md": "x", "chapters/b.md": "x"})

    manuscript = read_manuscript(tmp_path / "mine.toml")

    assert codes(manuscript) == [("mine.toml", 2, "no-file")]
    hints = [p.hint for p in manuscript.problems if p.code == "no-file"]
    assert hints == ["to have all of a folder, write `chapters/*.md`"]


def test_patterns_reach_through_folders(tmp_path: Path) -> None:
    toml = '[contents]\nbody = ["**/0[12]-?.md", "b[1].md"]\n'
    names = ["01-a.md", "p/02-b.md", "p/03-c.md", "b[1].md"]
    write(tmp_path, {"book.toml": toml, **dict.fromkeys(names, "x")})

    manuscript = read_manuscript(tmp_path)

    assert files(manuscript) == ["01-a.md", "p/02-b.md", "b[1].md"]


# Front matter


def test_our_keys_in_front_matter_are_checked_and_foreign_ones_passed_over(
    tmp_path: Path,
) -> None:
    text = (
        "---\ntitle: A\nlayout: post\nrole: prefase\nnumbering: perhaps\n"
        "language: english\n---\n"
    )
    write(tmp_path, {"a.md": text, "b.md": "x"})

    manuscript = read_manuscript(tmp_path)

    assert codes(manuscript) == [
        ("a.md", 4, "bad-value"),
        ("a.md", 6, "bad-value"),
        ("a.md", 5, "bad-value"),
    ]
    assert [p.hint for p in manuscript.problems if p.code == "bad-value"] == [
        "did you mean `preface`?",
        'did you mean "en"?',
        "",
    ]


def test_a_chapter_says_its_role_and_its_numbering(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "1.md": "---\nrole: Dedication\nnumbering: none\n---\n",
            "2.md": "---\ntitle: Two\nnumbered: true\nrole: title page\n---\n",
            "3.md": "x",
        },
    )

    sources = read_manuscript(tmp_path).sources

    assert [(s.role, s.numbered, s.title, s.matter) for s in sources] == [
        (Role.DEDICATION, False, "", Matter.FRONT),
        (Role.TITLE_PAGE, True, "Two", Matter.FRONT),
        (None, None, "", Matter.BODY),
    ]


def test_a_single_files_front_matter_is_book_data(tmp_path: Path) -> None:
    text = "---\ntitle: A\nauthor: Ada Bell\ndate: 2004\nsubtitle: B\n---\n# One\n"
    write(tmp_path, {"a.md": text})

    metadata = read_manuscript(tmp_path / "a.md").metadata

    assert (metadata.title, metadata.subtitle) == ("A", "B")
    assert metadata.authors == ("Ada Bell",)
    assert metadata.modified == datetime(2004, 1, 1, tzinfo=UTC)


# Whatever comes


@pytest.mark.parametrize(
    "data",
    [
        "# Ä\r\n\r\nb\r\n".encode(),
        "# Ä\r\rb\r".encode(),
        "\ufeff# Ä\n\nb\n".encode(),
        "\ufeff# Ä\n\nb\n".encode("utf-16-le"),
        "\ufeff# Ä\n\nb\n".encode("utf-16-be"),
        "# Ä\r\n\r\nb\r\n".encode("utf-16"),
    ],
    ids=["crlf", "cr", "mark", "utf-16-le", "utf-16-be", "utf-16-crlf"],
)
def test_bytes_of_any_editor_are_the_same_text(tmp_path: Path, data: bytes) -> None:
    write(tmp_path, {"a.md": data})

    manuscript = read_manuscript(tmp_path)

    assert manuscript.sources[0].text == "# Ä\n\nb\n"
    assert codes(manuscript) == []


def test_letters_that_are_no_utf8_are_told_and_kept(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": b"one\ncaf\xe9 \xc3\xa9\n"})

    manuscript = read_manuscript(tmp_path)

    assert manuscript.sources[0].text == "one\ncafé é\n"
    assert codes(manuscript) == [("a.md", 2, "not-utf8")]


def test_null_characters_are_told_and_replaced(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": b"one\ntw\0o\n"})

    manuscript = read_manuscript(tmp_path)

    assert manuscript.sources[0].text == "one\ntw\ufffdo\n"
    assert codes(manuscript) == [("a.md", 2, "null-character")]


def test_names_of_any_kind_are_normal(tmp_path: Path) -> None:
    names = ["A'b c.md", "a'b c.md", "x & y;z.md", "глава.md", "第一章.md", "%20.md"]
    write(tmp_path, dict.fromkeys(names, "x"))

    assert sorted(files(read_manuscript(tmp_path))) == sorted(names)


def test_empty_files_and_long_lines_are_normal(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "", "b.md": "word " * 1800 + "*" * 9000})

    assert files(read_manuscript(tmp_path)) == ["a.md", "b.md"]


def test_a_text_file_is_plain(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "---\ntitle: A\n---\n# no heading\n"})

    manuscript = read_manuscript(tmp_path / "a.txt")

    assert manuscript.sources[0].plain
    assert manuscript.sources[0].text == "---\ntitle: A\n---\n# no heading\n"
    assert manuscript.metadata.title == "A"
    assert manuscript.whole


def test_links_that_leave_the_folder_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"secret/x.md": "secret", "book/a.md": "x"})
    book = tmp_path / "book"
    (book / "b.md").symlink_to(tmp_path / "secret" / "x.md")
    (book / "c.md").symlink_to(book / "a.md")
    (book / "d.md").symlink_to(book / "gone.md")
    (book / "e.md").symlink_to(book / "e.md")
    (book / "f").symlink_to(tmp_path / "secret")

    manuscript = read_manuscript(book)

    assert files(manuscript) == ["a.md", "c.md"]
    assert sorted(codes(manuscript)) == [
        ("b.md", 0, "outside"),
        ("d.md", 0, "not-a-file"),
        ("e.md", 0, "not-a-file"),
        ("f", 0, "not-a-file"),
    ]


def test_a_folder_without_text_gets_a_hint(tmp_path: Path) -> None:
    with pytest.raises(PublishError) as caught:
        read_manuscript(write(tmp_path, {"a.png": b""}))

    assert [p.code for p in caught.value.problems] == ["no-text"]
    assert "Markdown" in caught.value.problems[0].hint


@pytest.mark.parametrize("name", ["gone", "gone.md", "a.png"])
def test_what_is_no_manuscript_is_said_to_be_none(tmp_path: Path, name: str) -> None:
    write(tmp_path, {"a.png": b""})

    with pytest.raises(PublishError) as caught:
        read_manuscript(tmp_path / name)

    assert [p.code for p in caught.value.problems] == ["no-manuscript"]


def test_paths_are_as_the_author_typed_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"book/a.md": b"\xff", "book/b/c.md": b"\xff"})
    monkeypatch.chdir(tmp_path)

    problems = [
        problem
        for where in ("book", "book/a.md")
        for problem in read_manuscript(Path(where)).problems
        if problem.code == "not-utf8"
    ]

    assert [str(problem.at) for problem in problems] == [
        "book/a.md:1",
        "book/b/c.md:1",
        "book/a.md:1",
    ]


def test_one_file_may_be_a_whole_book(tmp_path: Path) -> None:
    write(tmp_path, {"one/a.md": "x", "two/a.md": "x", "two/b.md": "x"})

    assert read_manuscript(tmp_path / "one").whole
    assert read_manuscript(tmp_path / "one" / "a.md").whole
    assert not read_manuscript(tmp_path / "two").whole
    assert read_manuscript(tmp_path / "two" / "a.md").whole


def test_a_picture_called_cover_is_the_cover(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "x", "b.md": "x", "cover.jpg": b""})

    assert read_manuscript(tmp_path).cover == tmp_path / "cover.jpg"
    assert read_manuscript(tmp_path / "a.md").cover is None


def test_all_that_is_wrong_with_a_book_toml_is_said_at_once(
    write_book: WriteBook,
) -> None:
    toml = """\
[book]
titel = "x"
[contents]
body = ["1.md", "2.md"]
[design]
headings = "left"
text-font = "Garamnd"
css = "prnt.css"
[editions.p]
format = "pdf"
style = "Report"
[editions.q]
format = "pdf"
style = "large-print"
[editions.q.design]
size = "9pt"
code-font = "Courage"
"""
    folder = write_book({"book.toml": toml, "1.md": "# One\n"})

    with pytest.raises(PublishError) as caught:
        read_manuscript(folder)

    assert [(p.at.line, p.code) for p in caught.value.problems] == [
        (2, "unknown-key"),
        (4, "no-file"),
        (6, "bad-value"),
        (7, "no-font"),
        (8, "no-stylesheet"),
        (11, "no-style"),
        (16, "no-knob"),
        (17, "no-font"),
    ]
