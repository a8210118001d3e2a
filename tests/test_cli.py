"""The command as an author meets it: what it says, where, and how it ends."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from publish.cli import main
from tests.conftest import BOOK_TOML, WriteBook


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_a_book_becomes_an_epub_and_a_pdf(
    write_book: WriteBook, tmp_path: Path
) -> None:
    book = write_book({"one.md": "# One\n\nwords\n"})

    result = run("build", book, "-o", tmp_path / "out")

    out = tmp_path / "out"
    assert result.stdout == f"{out}/the-lamp-ebook.epub\n{out}/the-lamp-print.pdf\n"
    assert result.stderr.endswith("the-lamp-print.pdf (5 pages); no problems\n")
    assert result.exit_code == 0
    assert sorted(path.name for path in out.iterdir()) == [
        "the-lamp-ebook.epub",
        "the-lamp-print.pdf",
    ]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Oil & Wicks – A Guide", "oil-wicks-a-guide-ebook.epub"),
        ("“…”", "book-ebook.epub"),
        (f"{59 * 'a'} b", f"{59 * 'a'}-ebook.epub"),
    ],
)
def test_files_are_called_after_the_title(
    write_book: WriteBook, tmp_path: Path, title: str, name: str
) -> None:
    toml = f'[book]\ntitle = "{title}"\nlanguage = "en"\npeople = ["A B"]\n'
    book = write_book({"book.toml": toml, "one.md": "# One\n\nwords\n"})

    run("build", book, "-f", "epub", "-o", tmp_path / "out")

    assert [path.name for path in (tmp_path / "out").iterdir()] == [name]


def test_a_missing_picture_names_the_line_and_the_book_is_made(
    write_book: WriteBook, tmp_path: Path
) -> None:
    book = write_book({"one.md": "# One\n\nwords\n![x](gone.png)\n"})

    result = run("build", book, "-f", "epub", "-o", tmp_path)

    assert result.exit_code == 1
    assert result.stderr.startswith(
        f"{book}/one.md:4: error: there is no picture `gone.png` [no-picture]\n"
    )
    assert (tmp_path / "the-lamp-ebook.epub").is_file()


def test_paths_are_told_as_the_author_typed_them(
    write_book: WriteBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = write_book({"one.md": "# One\n\n[x](#gone)\n"})
    monkeypatch.chdir(book)

    result = run("build", "-f", "epub")

    assert result.stderr.startswith(
        "one.md:3: error: no heading of this file is called"
    )
    assert result.stdout == "dist/the-lamp-ebook.epub\n"


def test_one_edition_is_made_when_one_is_asked_for(
    write_book: WriteBook, tmp_path: Path
) -> None:
    toml = BOOK_TOML + '[editions.a]\nformat = "epub"\n[editions.b]\nformat = "epub"\n'
    book = write_book({"book.toml": toml, "one.md": "# One\n"})

    result = run("build", book, "-e", "b", "-o", tmp_path)

    assert result.stdout == f"{tmp_path}/the-lamp-b.epub\n"


def test_an_edition_that_is_not_there_is_a_fault_of_the_command_line(
    write_book: WriteBook, tmp_path: Path
) -> None:
    book = write_book({"one.md": "# One\n"})

    result = run("build", book, "-e", "ebok", "-o", tmp_path / "out")

    assert result.exit_code == 2
    assert "no edition `ebok`; there is `ebook`" in result.stderr
    assert not (tmp_path / "out").exists()


LAMPS = {
    "01-oil.md": "# Oil\n\nSee [glass](part/02-glass.md).\n",
    "part/02-glass.md": "# Glass\n\n![x](gone.png)\n",
}


@pytest.mark.parametrize("named", ["01-oil", "01-oil.md", "oil"])
def test_one_chapter_is_shown_and_the_book_is_left(
    write_book: WriteBook, tmp_path: Path, named: str
) -> None:
    book = write_book(LAMPS)

    result = run("build", book, "--only", named, "-o", tmp_path)

    assert result.exit_code == 0
    assert result.stdout == f"{tmp_path}/the-lamp-print-01-oil.pdf\n"
    assert result.stderr.endswith("print-01-oil.pdf (1 page); no problems\n")


def test_of_one_chapter_its_own_problems_are_told(
    write_book: WriteBook, tmp_path: Path
) -> None:
    """And those of the book, but not of other chapters."""
    book = write_book(LAMPS | {"03.md": "# Ice\n\n[x](#gone)\n"})

    result = run("build", book, "--only", "02-glass", "-o", tmp_path)

    assert result.exit_code == 1
    about, wrong, summary = result.stderr.splitlines()
    assert about.startswith(f"{book}: note: no order was given")
    assert wrong.startswith(f"{book}/part/02-glass.md:3: error: there is no picture")
    assert summary == "made the-lamp-print-02-glass.pdf (1 page); 1 error"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--only", "02-gloss"), "no chapter `02-gloss`; there is `part/02-glass.md`"),
        (("--only", "oil", "-f", "epub"), "`ebook` has none"),
        (("--only", "oil", "-e", "ebook"), "`ebook` has none"),
        (("--only", "oil", "-e", "ebook", "-e", "print"), "`ebook` has none"),
    ],
)
def test_a_chapter_that_cannot_be_shown_is_a_fault_of_the_command_line(
    write_book: WriteBook, tmp_path: Path, options: tuple[str, ...], message: str
) -> None:
    book = write_book(LAMPS)

    result = run("build", book, *options, "-o", tmp_path / "out")

    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
    assert not (tmp_path / "out").exists()


def test_a_chapter_of_a_shelf_is_a_fault_of_the_command_line(
    write_book: WriteBook, tmp_path: Path
) -> None:
    write_book(LAMPS)

    result = run("build", tmp_path, "--only", "oil", "-o", tmp_path / "out")

    assert result.exit_code == 2
    assert "--only is for one book" in result.stderr


def test_drafts_are_named_so(write_book: WriteBook, tmp_path: Path) -> None:
    book = write_book(LAMPS)

    whole = run("build", book, "--draft", "-o", tmp_path)
    chapter = run("build", book, "--draft", "--only", "oil", "-o", tmp_path)

    assert whole.stdout.splitlines() == [
        f"{tmp_path}/the-lamp-ebook-draft.epub",
        f"{tmp_path}/the-lamp-print-draft.pdf",
    ]
    assert whole.exit_code == 1
    assert "there is no picture `gone.png`" in whole.stderr
    assert chapter.stdout == f"{tmp_path}/the-lamp-print-01-oil-draft.pdf\n"


def test_a_book_that_cannot_be_read_leaves_the_last_good_one(
    write_book: WriteBook, tmp_path: Path
) -> None:
    book = write_book({"one.md": "# One\n"})
    run("build", book, "-f", "epub", "-o", tmp_path)
    good = (tmp_path / "the-lamp-ebook.epub").read_bytes()
    (book / "book.toml").write_text("[book\n", encoding="utf-8")

    result = run("build", book, "-f", "epub", "-o", tmp_path)

    assert result.exit_code == 1
    assert result.stdout == ""
    assert "made nothing; 1 error" in result.stderr
    assert (tmp_path / "the-lamp-ebook.epub").read_bytes() == good


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write")
def test_a_folder_that_cannot_be_written_is_told(
    write_book: WriteBook, tmp_path: Path
) -> None:
    book = write_book({"one.md": "# One\n"})
    closed = tmp_path / "closed"
    closed.mkdir(mode=stat.S_IREAD | stat.S_IEXEC)

    result = run("build", book, "-f", "epub", "-o", closed)

    assert result.exit_code == 1
    assert "permission denied [no-write]" in result.stderr


def test_an_output_folder_that_is_a_file_is_told(
    write_book: WriteBook, tmp_path: Path
) -> None:
    book = write_book({"one.md": "# One\n"})
    (tmp_path / "file").touch()

    result = run("build", book, "-f", "epub", "-o", tmp_path / "file" / "out")

    assert result.exit_code == 1
    assert result.stderr.endswith("[no-write]\nmade nothing; 1 error\n")


def test_nothing_half_written_is_left(write_book: WriteBook, tmp_path: Path) -> None:
    book = write_book({"one.md": "# One\n"})
    (tmp_path / "the-lamp-ebook.epub").mkdir()

    result = run("build", book, "-f", "epub", "-o", tmp_path)

    assert result.exit_code == 1
    file = tmp_path / "the-lamp-ebook.epub"
    assert result.stderr.startswith(f"{file}: error: the book cannot be written here: ")
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["book", "the-lamp-ebook.epub"]


def test_finished_files_are_like_any_other(
    write_book: WriteBook, tmp_path: Path
) -> None:
    book = write_book({"one.md": "# One\n"})

    run("build", book, "-f", "epub", "-o", tmp_path)

    (tmp_path / "other").touch()
    made = (tmp_path / "the-lamp-ebook.epub").stat().st_mode
    assert made == (tmp_path / "other").stat().st_mode


def test_everything_is_said_as_json(write_book: WriteBook, tmp_path: Path) -> None:
    book = write_book({"one.md": "# One\n\n![x](gone.png)\n"})

    result = run("build", book, "-f", "epub", "-o", tmp_path, "--json")

    said = json.loads(result.stdout)
    assert result.stderr == ""
    assert said["artifacts"][0]["name"] == "the-lamp-ebook.epub"
    assert said["problems"] == [
        {
            "at": {"path": f"{book}/one.md", "line": 3, "column": 0},
            "code": "no-picture",
            "message": "there is no picture `gone.png`",
            "hint": "",
            "severity": "error",
        }
    ]


def test_a_fault_of_ours_is_one_line_and_a_log(
    write_book: WriteBook, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    book = write_book({"one.md": "# One\n"})
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("publish.pipeline.transform", None)

    result = run("build", book, "-f", "epub", "-o", tmp_path / "out")

    logs = list(tmp_path.glob("publish-*.log"))
    assert result.exit_code == 1
    assert result.stderr == (
        "publish: error: something went wrong that is not your fault [internal]\n"
        f"  hint: please report it with the file {logs[0]}\n"
    )
    assert "Traceback" in logs[0].read_text(encoding="utf-8")


def test_a_folder_without_text_says_what_is_missing(tmp_path: Path) -> None:
    result = run("build", tmp_path, "-o", tmp_path / "out")

    assert result.exit_code == 1
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_book_that_is_not_there_is_a_fault_of_the_command_line() -> None:
    assert run("build", "nowhere").exit_code == 2


@pytest.mark.parametrize("command", ["build", "check"])
def test_every_command_has_help(command: str) -> None:
    result = run(command, "--help")

    assert result.exit_code == 0
    assert result.stdout.count("\n") > 5


@pytest.mark.parametrize("name", ["a.mobi", "a.azw3"])
def test_check_refuses_what_nothing_can_check(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()

    result = run("check", tmp_path / name)

    assert result.exit_code == 2
    assert "is no EPUB, no PDF and no book" in result.stderr


def test_who_reads_behind_a_pipe_may_leave() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "publish", "style", "list"]

    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)

    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


def test_the_module_is_the_command(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "publish", "--version"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.startswith("publish, version ")


BEHIND = "publish build: error: nothing stands behind"
BOOK, JOBS, FORMAT, OUTPUT = (
    f"publish build: error: {name}"
    for name in ("BOOK", "--jobs", "--format", "--output")
)
NEW = "publish style new: error"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--foo",), "publish: error: there is no option `--foo`\n"),
        (("biuld",), "publish: error: there is no command `biuld`\n"),
        (("--",), "publish: error: missing command\n"),
        (("--version=3",), "publish: error: `--version` stands by itself, with"),
        (("build", "-e"), "publish build: error: nothing stands behind `-e`; it takes"),
        (("build", "-j"), f"{BEHIND} `-j`; it takes a whole number from 1 on\n"),
        (("build", "--format"), f"{BEHIND} `--format`; it takes `epub` or `pdf`\n"),
        (("build", "-o"), f"{BEHIND} `-o`; it takes a folder\n"),
        (("build", "--only"), f"{BEHIND} `--only`; it takes CHAPTER\n"),
        (("build", "--draft=1"), "publish build: error: `--draft` stands by itself"),
        (("build", "--help=1"), "publish build: error: `--help` stands by itself"),
        (("build", "gone"), f"{BOOK}: there is no file and no folder `gone`\n"),
        (("build", ""), f"{BOOK}: there is no file and no folder ``\n"),
        (("build", "-j", "x"), f"{JOBS}: `x` is no whole number from 1 on\n"),
        (("build", "-j", "0"), f"{JOBS}: `0` is no whole number from 1 on\n"),
        (("build", "-f", "mobi"), f"{FORMAT}: it is `epub` or `pdf`, and not `mobi`\n"),
        (
            ("build", "-o", "README.md"),
            f"{OUTPUT}: `README.md` is a file, and no folder",
        ),
        (("build", ".", "b"), "publish build: error: `b` is one word too many; write"),
        (("clean", "b"), "publish clean: error: `b` is one word too many\n"),
        (("cover", "--pages", "0"), "publish cover: error: --pages: `0` is no whole"),
        (("style", "--help=1"), "publish style: error: `--help` stands by itself"),
        (("style", "new"), "publish style new: error: NAME is missing\n"),
        (
            ("style", "new", "--from"),
            f"{NEW}: nothing stands behind `--from`; it takes",
        ),
        (
            ("style", "new", "x", "-b", "gone"),
            f"{NEW}: --book: there is no folder `gone`",
        ),
    ],
)
def test_a_command_that_cannot_be_is_told(
    arguments: tuple[str, ...], said: str
) -> None:
    result = run(*arguments)

    assert result.exit_code == 2
    assert result.stderr.startswith(said)
    command = said.partition(": ")[0]
    assert result.stderr.endswith(f"`{command} --help` says more\n")
    assert result.stdout == ""


def test_a_folder_that_may_not_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Root may read everything.
    monkeypatch.setattr(os, "access", lambda *_: False)

    result = run("build", tmp_path)

    assert result.exit_code == 2
    assert f"error: BOOK: you may not read `{tmp_path}`\n" in result.stderr


def test_a_book_for_a_command_is_told() -> None:
    result = run("tests")

    assert result.exit_code == 2
    assert "did you mean `publish build tests`?" in result.stderr


def test_what_builds_keep_is_thrown_away_when_asked(
    write_book: WriteBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLISH_CACHE", str(tmp_path / "cache"))
    book = write_book({"one.md": "# One\n\nwords\n"})
    kept = tmp_path / "cache" / "set"

    run("build", book, "-f", "pdf", "-o", tmp_path, "--no-cache")
    assert not kept.exists()
    run("build", book, "-f", "pdf", "-o", tmp_path)
    assert any(path.is_file() for path in kept.rglob("*"))
    result = run("clean")

    assert result.exit_code == 0
    assert result.stderr.endswith(" MB thrown away\n")
    assert not any(path.is_file() for path in kept.rglob("*"))
