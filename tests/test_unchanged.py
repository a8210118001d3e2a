"""A build of which nothing has changed is not made again, and any change is seen."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from publish import unchanged
from publish.artifact import Artifact
from publish.problems import Position, Problem
from publish.report import Report
from publish.store import Store
from publish.unchanged import build_key, keep_report, kept_report
from publish.wanted import Wanted
from tests.conftest import BOOK_TOML, WriteBook
from tests.test_cli import run

FILES = {
    "a.md": "# A\n\nwords\n",
    "b/c.md": "# C\n\nx\n",
    "b/made.pdf": "%PDF-1.7",
    "p.svg": "<svg/>",
}
WANTED = (
    Wanted(("pdf",)),
    Wanted(formats=("pdf",)),
    Wanted(only="pdf"),
    Wanted(draft=True),
)
REPORT = Report((Artifact("a.pdf", b"pdf", 3),), ())


def change(name: str, text: str) -> Callable[[Path], None]:
    def do(folder: Path) -> None:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")

    return do


@pytest.mark.parametrize(
    "do",
    [
        change("a.md", "# A\n\nWords\n"),
        change("b/c.md", "# C\n\ny\n"),
        change("p.svg", "<svg id='x'/>"),
        change("book.toml", '[book]\ntitle = "Other"\n'),
        change("d.md", ""),
        change("e/f.png", ""),
        change(".img/a.svg", "<svg/>"),
        change("a.docx", "PK\3\4"),
        lambda folder: (folder / "b" / "_e").mkdir(),
        lambda folder: (folder / "b" / "c.md").unlink(),
        lambda folder: (folder / "b" / "c.md").rename(folder / "c.md"),
    ],
)
def test_a_change_of_the_manuscript_is_seen(
    write_book: WriteBook, do: Callable[[Path], None]
) -> None:
    folder = write_book(FILES)
    before = build_key(folder)
    assert before == build_key(folder)

    do(folder)

    assert build_key(folder) != before


@pytest.mark.parametrize(
    "do",
    [
        change("b/made.pdf", "%PDF-1.7 other"),
        change("dist/new.pdf", "%PDF-1.7"),
        change("dist/NEW.EPUB", "PK\3\4"),
        change("a.pdf", "<svg/>"),
        change(".git/a.md", "x"),
        lambda folder: os.utime(folder / "a.md", (1, 1)),
    ],
)
def test_what_is_no_part_of_a_book_changes_nothing(
    write_book: WriteBook, do: Callable[[Path], None]
) -> None:
    folder = write_book(FILES)
    before = build_key(folder)

    do(folder)

    assert build_key(folder) == before


def test_what_is_asked_for_is_in_the_key(
    write_book: WriteBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_book(FILES)
    keys = [
        build_key(folder),
        *(build_key(folder, wanted.spelt()) for wanted in WANTED),
        build_key(folder / "book.toml"),
        build_key(folder / ".." / folder.name),
    ]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "9")
    keys.append(build_key(folder))
    monkeypatch.setattr(unchanged, "engine", lambda: "other")
    keys.append(build_key(folder))

    assert len(set(keys)) == len(keys)
    assert all(keys)


def test_a_folder_that_is_no_book_s_is_not_read_to_the_end(
    write_book: WriteBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_book(FILES)
    assert build_key(folder / "a.md") == ""
    monkeypatch.setattr(unchanged, "MOST_FILES", 3)
    assert build_key(folder) == ""
    monkeypatch.setattr(unchanged, "MOST_FILES", 4)
    assert build_key(folder) != ""
    monkeypatch.setattr(unchanged, "MOST_BYTES", 9)
    assert build_key(folder) == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_a_pipe_is_not_read(write_book: WriteBook) -> None:
    folder = write_book(FILES)
    before = build_key(folder)

    os.mkfifo(folder / "pipe.md")

    assert build_key(folder) not in {"", before}


def test_a_link_to_a_folder_is_not_followed_and_nothing_is_kept(
    write_book: WriteBook,
) -> None:
    folder = write_book(FILES)

    (folder / "link").symlink_to(folder / "b", target_is_directory=True)

    assert build_key(folder) == ""


@pytest.mark.parametrize(
    "code", ["no-pango", "pdf-render", "pdf-stopped", "picture-stopped"]
)
def test_what_may_come_out_otherwise_the_next_time_is_not_kept(
    tmp_path: Path, code: str
) -> None:
    store = Store(tmp_path)
    problem = Problem(Position(Path("a.pdf")), code, "no")

    keep_report(store, "a" * 64, Report((), (problem,)))

    assert kept_report(store, "a" * 64) is None


def test_a_book_that_fills_the_store_is_not_kept_whole(tmp_path: Path) -> None:
    store = Store(tmp_path, limit=400)

    for key, size in {"a": 100, "b": 101}.items():
        keep_report(store, key * 64, Report((Artifact("a.epub", bytes(size)),), ()))

    assert kept_report(store, "a" * 64) is not None
    assert kept_report(store, "b" * 64) is None


def test_a_report_is_kept_but_not_of_what_the_machine_lacked(tmp_path: Path) -> None:
    store = Store(tmp_path)
    lack = Problem(Position(Path("a.pdf")), "no-pango", "no Pango")

    keep_report(store, "a" * 64, REPORT)
    keep_report(store, "b" * 64, Report((), (lack,)))
    keep_report(store, "", REPORT)

    assert kept_report(store, "a" * 64) == REPORT
    assert kept_report(store, "b" * 64) is None
    assert kept_report(store, "") is None


def test_the_command_says_and_writes_the_same_again(
    write_book: WriteBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLISH_CACHE", str(tmp_path / "cache"))
    folder = write_book({"a.md": "# A\n\n![x](gone.png)\n"})
    first = run("build", folder, "-o", tmp_path / "out")
    made = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    for path in (tmp_path / "out").iterdir():
        path.unlink()

    def build(*_: object, **__: object) -> Report:
        raise AssertionError

    monkeypatch.setattr("publish.pipeline.build", build)
    again = run("build", folder, "-o", tmp_path / "out")

    assert (again.exit_code, again.stdout, again.stderr) == (
        first.exit_code,
        first.stdout,
        first.stderr,
    )
    assert {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()} == made


def test_what_a_build_makes_beside_the_text_changes_nothing_for_the_next(
    write_book: WriteBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where the manuscript names it, in every place where it can name a file."""
    monkeypatch.setenv("PUBLISH_CACHE", str(tmp_path / "cache"))
    made = "dist/the-lamp-ebook.epub"
    near = "dist/the-lamp-ebook.png"
    files = f'["a.md", "{made}", "dist/*.epub", "dist/[st]*.epub", "{near}"]'
    toml = BOOK_TOML + f'cover = "{made}"\n[contents]\nbody = {files}\n'
    text = f"# A\n\n[x]({made}) ![y]({made}) ![z]({near})\n"
    folder = write_book({"book.toml": toml, "a.md": text})
    build = ("build", folder, "-f", "epub", "-o", folder / "dist")
    first = run(*build)
    assert (folder / made).is_file()

    with monkeypatch.context() as patch:
        patch.delattr("publish.pipeline.build")
        second = run(*build)
    anew = run(*build, "--no-cache")

    assert second.output == first.output == anew.output
    assert second.exit_code == first.exit_code == anew.exit_code == 1


def test_a_folder_of_another_name_is_another_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A book without a title is called after its folder."""
    keys = set()
    for name in ("alpha", "beta"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "1.md").write_text("words\n", encoding="utf-8")
        monkeypatch.chdir(folder)
        keys.add(build_key(Path()))

    assert len(keys) == 2


def test_a_link_is_no_copy_of_what_it_leads_to(
    write_book: WriteBook, tmp_path: Path
) -> None:
    folder = write_book(FILES)
    outside = tmp_path / "outside.md"
    outside.write_text("words", encoding="utf-8")
    link = folder / "link.md"
    link.symlink_to(outside)
    linked = build_key(folder)
    outside.write_text("other words", encoding="utf-8")

    # No build reads it.
    assert build_key(folder) == linked
    link.unlink()
    link.write_text("other words", encoding="utf-8")
    assert build_key(folder) != linked


def test_a_name_that_is_no_utf8_has_a_key(write_book: WriteBook) -> None:
    folder = write_book(FILES)
    before = build_key(folder)
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.md")).touch()
    except OSError:
        pytest.skip("this file system has UTF-8 names only")

    assert build_key(folder) not in {"", before}
