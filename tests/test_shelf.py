"""A folder of books: told from a book of folders, and each book built apart."""

import json
from concurrent.futures import Future
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from publish.cli import main
from publish.crew import Here, Work, crew
from publish.crew.work import R
from publish.manuscript import books_below
from publish.shelf import build_shelf
from publish.store import Store
from publish.wanted import Wanted

BOOK = "[book]\ntitle = 'A'\n"


def shelf(folder: Path, *files: str) -> Path:
    for file in files:
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(BOOK if file.endswith(".toml") else "# A\n", encoding="utf-8")
    return folder


def names(folder: Path, *, is_shelf: bool = False) -> list[str]:
    found = books_below(folder, is_shelf=is_shelf)
    return [book.relative_to(folder).as_posix() for book in found]


@pytest.mark.parametrize(
    ("files", "books"),
    [
        # One of them says that it is a book: so are the others.
        (("b/book.toml", "b/1.md", "a/1.md", "c/x.png"), ["a", "b"]),
        (("README.md", "LICENSE.txt", "b/book.toml", "b/1.md"), ["b"]),
        (("10/book.toml", "9/book.toml", "s/2/book.toml"), ["9", "10", "s/2"]),
        # Chapters in folders, with and without a page above them.
        (("a/book.toml", "b/README.md", "b/1/1.md", "b/2/1.md"), ["a", "b"]),
        (("a/book.toml", "b/README.md", "b/1/book.toml"), ["a", "b/1"]),
        (("a/book.toml", "b/SUMMARY.md", "b/src/1.md"), ["a", "b"]),
        (("a/book.toml", "b/1/1.md", "b/2/1.md"), ["a", "b"]),
        (("a/book.toml", ".b/book.toml", "_c/book.toml", "node_modules/d.md"), ["a"]),
        # Each of these is one book.
        (("book.toml", "a/book.toml"), []),
        (("1.md", "a/book.toml"), []),
        (("SUMMARY.md", "a/book.toml"), []),
        (("1/1.md", "2/1.md"), []),
        (("1.md",), []),
        ((), []),
    ],
)
def test_a_shelf_is_told_from_a_book(
    tmp_path: Path, files: tuple[str, ...], books: list[str]
) -> None:
    assert names(shelf(tmp_path, *files)) == books


def test_a_folder_is_a_shelf_where_someone_says_so(tmp_path: Path) -> None:
    folder = shelf(tmp_path, "1.md", "b/1.md", "a/README.md", "a/1/1.md")

    assert names(folder, is_shelf=True) == ["a", "b"]


def test_a_link_to_a_folder_is_no_book(tmp_path: Path) -> None:
    folder = shelf(tmp_path, "a/book.toml")
    (folder / "b").symlink_to(folder, target_is_directory=True)

    assert names(folder) == ["a"]


TEXTS = {
    "a/1.md": "# A\n\nwords\n",
    "b/book.toml": "[book]\ntitle = 'Other'\n",
    "b/1.md": "# B\n\n![x](gone.png)\n",
    "series/c/book.toml": "[book]\ntitle = 'Third'\n",
    "series/c/1.md": "# C\n\nwords\n",
}


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """A shelf of three books, of which the second has a fault."""
    folder = tmp_path / "shelf"
    for name, text in TEXTS.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["build", *map(str, arguments)])


def test_every_book_is_built_into_a_folder_of_its_own(
    three: Path, tmp_path: Path
) -> None:
    out, alone = tmp_path / "out", tmp_path / "alone"

    result = run(three, "-f", "epub", "-o", out)

    assert result.exit_code == 1
    made = ["a/a-ebook.epub", "b/other-ebook.epub", "series/c/third-ebook.epub"]
    assert sorted(result.stdout.splitlines()) == [f"{out}/{name}" for name in made]
    assert f"{three}/b/1.md:3: error: there is no picture" in result.stderr
    assert result.stderr.endswith(
        "\n"
        "book      files  pages  errors  warnings\n"
        "a             1      0       0         0\n"
        "b             1      0       1         0\n"
        "series/c      1      0       0         0\n"
        "3 books, 1 with errors\n"
    )
    for name in made:
        book = (out / name).parent.relative_to(out)
        run(three / book, "-f", "epub", "-o", alone / book)
        assert (out / name).read_bytes() == (alone / name).read_bytes()


def test_a_shelf_says_the_same_as_data(three: Path, tmp_path: Path) -> None:
    result = run(three, "-f", "epub", "-o", tmp_path / "out", "--json")

    books = json.loads(result.stdout)["books"]
    assert [book["folder"] for book in books] == ["a", "b", "series/c"]
    assert [len(book["artifacts"]) for book in books] == [1, 1, 1]
    codes = [p["code"] for p in books[1]["problems"] if p["severity"] == "error"]
    assert codes == ["no-picture"]


def test_a_place_that_cannot_be_written_costs_no_other_book(
    three: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "a").touch()

    result = run(three, "-f", "epub", "-o", out)

    assert result.exit_code == 1
    assert f"{out}/a: error: the book cannot be written here" in result.stderr
    assert len(result.stdout.splitlines()) == 2
    assert "\na             0      0       1         0\n" in result.stderr


def test_a_cluster_that_is_not_there_is_said_as_data(three: Path) -> None:
    result = run(three, "--cluster", "tcp://127.0.0.1:9", "--json")

    said = json.loads(result.stdout)
    assert result.exit_code == 1
    assert said["books"] == []
    assert [problem["code"] for problem in said["problems"]] == ["no-cluster"]


def test_an_edition_that_one_book_lacks_is_its_own_problem(
    three: Path, tmp_path: Path
) -> None:
    book = three / "b" / "book.toml"
    editions = "[editions.web]\nformat = 'epub'\n"
    book.write_text(TEXTS["b/book.toml"] + editions, encoding="utf-8")

    result = run(three, "-e", "web", "-o", tmp_path / "out")

    assert [path.name for path in (tmp_path / "out").iterdir()] == ["b"]
    assert result.stderr.count("note: passed over: no edition `web`") == 2
    assert run(three, "-e", "wbe", "-o", tmp_path / "out").exit_code == 1


def test_a_book_is_no_shelf(three: Path) -> None:
    for book in (three / "b", three / "b" / "1.md"):
        result = run(book, "--shelf")

        assert result.exit_code == 2
        assert "is itself a book; leave out --shelf" in result.stderr


def test_a_folder_without_books_is_no_shelf(tmp_path: Path) -> None:
    result = run(tmp_path, "--shelf")

    assert result.exit_code == 2
    assert "there is no book in" in result.stderr


class Idle(Here):
    """Does nothing, and nobody may ask it to."""

    def submit(self, work: Work[R]) -> "Future[R]":
        raise AssertionError(work.task)


def test_a_shelf_goes_on_where_it_stopped(three: Path, tmp_path: Path) -> None:
    books, store = books_below(three), Store(tmp_path / "store")
    wanted = Wanted(formats=("epub",))
    first = dict(build_shelf(books[:2], wanted, store, Here()))

    again = dict(build_shelf(books[:2], wanted, store, Idle()))
    with pytest.raises(AssertionError, match="series"):
        list(build_shelf(books, wanted, store, Idle()))

    assert again == first
    assert [len(report.artifacts) for report in again.values()] == [1, 1]


def test_a_book_with_a_link_in_it_is_made_by_one_process_too(
    three: Path, tmp_path: Path
) -> None:
    (three / "b" / "link").symlink_to(tmp_path, target_is_directory=True)

    with crew(1) as executor:
        wanted = Wanted(formats=("epub",))
        reports = dict(build_shelf(books_below(three), wanted, None, executor))

    assert [len(report.artifacts) for report in reports.values()] == [1, 1, 1]


def test_a_book_that_is_changed_meanwhile_is_not_kept(
    three: Path, tmp_path: Path
) -> None:
    books, store = books_below(three)[:1], Store(tmp_path / "store")

    class Hasty(Here):
        def submit(self, work: Work[R]) -> "Future[R]":
            done = super().submit(work)
            (three / "a" / "1.md").write_text("# Later\n", encoding="utf-8")
            return done

    list(build_shelf(books, Wanted(formats=("epub",)), store, Hasty()))

    with pytest.raises(AssertionError):
        list(build_shelf(books, Wanted(formats=("epub",)), store, Idle()))


# A book is tried again once.
KILLED_TWICE = """
import os, pathlib, signal, sys
here = pathlib.Path(__file__).parent
marks = len(list(here.glob("killed*")))
if marks < 2:
    (here / f"killed{marks}").touch()
    os.kill(os.getpid(), signal.SIGKILL)
sys.path.remove(str(here))
del sys.modules["weasyprint"]
import weasyprint
"""


def test_a_book_that_kills_its_process_costs_no_other(
    three: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deadly = tmp_path / "deadly"
    deadly.mkdir()
    (deadly / "weasyprint.py").write_text(KILLED_TWICE, encoding="utf-8")
    monkeypatch.syspath_prepend(deadly)

    with crew(1) as executor:
        wanted = Wanted(formats=("pdf",))
        reports = list(build_shelf(books_below(three), wanted, None, executor))

    codes = [[p.code for p in report.problems] for _, report in reports]
    assert ["book-stopped"] in codes
    assert sorted(len(report.artifacts) for _, report in reports) == [0, 1, 1]
