"""Books for Kindles: Calibre is asked for them, and may be missing, fail or hang."""

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from publish.config import load_config
from publish.epub import kindle
from publish.pipeline import build
from publish.report import Report
from publish.wanted import Wanted
from tests.conftest import BOOK_TOML, WriteBook

TOML = f"""{BOOK_TOML}
[editions.ebook]
format = "epub"

[editions.kindle]
format = "epub"
kindle = true
"""
ONLY = Wanted(editions=("kindle",))
UUID = "3370429c-a610-486d-a6a6-71c786dd037d"
# As much of a file for Kindles as anything here looks at.
MOBI = f"The_Lamp{28 * '.'}12345678{16 * '.'}BOOKMOBI calibre:{UUID} {UUID}"
GOOD = f"write({MOBI!r})"
WARNING = r"""print("1%\n\x1b[33mNo such picture:\n  lamp.svg\n\x1b[0m34% Done")"""


@pytest.fixture
def calibre(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "StandIn":
    """Nothing is on the path; `does` puts something there that is called like it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(kindle, "_PROGRAMS", ("ebook-convert",))
    return StandIn(folder / "ebook-convert", tmp_path / "asked.json")


class StandIn:
    def __init__(self, program: Path, asked: Path) -> None:
        self._program, self._asked = program, asked

    def does(self, *lines: str) -> None:
        """Let it be there, and do what *lines* of Python say."""
        head = f"""#!{sys.executable}
import json, os, pathlib, subprocess, sys, time
asked = pathlib.Path({str(self._asked)!r})
def write(words): pathlib.Path(sys.argv[2]).write_bytes(words.encode("latin-1"))
settings = os.listdir(os.environ["CALIBRE_CONFIG_DIRECTORY"])
asked.write_text(json.dumps(dict(os.environ, settings=sorted(settings))))
"""
        self._program.write_text(head + "\n".join(lines), encoding="utf-8")
        self._program.chmod(0o755)

    @property
    def asked(self) -> Mapping[str, object]:
        """What it was given."""
        said: Mapping[str, object] = json.loads(self._asked.read_text("utf-8"))
        return said


def built(write_book: WriteBook, wanted: Wanted = ONLY) -> Report:
    return build(write_book({"book.toml": TOML, "1.md": "# One\n\nWords.\n"}), wanted)


def said(report: Report) -> list[tuple[str, str, str]]:
    return [
        (str(p.at), p.code, p.message) for p in report.problems if "azw3" in str(p.at)
    ]


def test_calibre_makes_what_kindles_read(
    write_book: WriteBook, calibre: "StandIn"
) -> None:
    calibre.does(GOOD)

    report = built(write_book, Wanted(formats=("epub",)))

    names = [artifact.name for artifact in report.artifacts]
    assert names == ["the-lamp-ebook.epub", "the-lamp-kindle.azw3"]
    assert report.artifacts[1].data.startswith(b"The_Lamp")
    assert said(report) == []


def test_calibre_sees_nothing_of_its_users_and_reaches_nobody(
    write_book: WriteBook, calibre: "StandIn"
) -> None:
    calibre.does(GOOD)

    built(write_book)

    asked = calibre.asked
    assert asked["settings"] == ["book.epub", "log"]
    assert not Path(str(asked["CALIBRE_CONFIG_DIRECTORY"])).exists()
    assert asked["https_proxy"] == "http://127.0.0.1:9"


def test_a_kindle_knows_the_next_version_of_a_book(
    write_book: WriteBook, calibre: "StandIn"
) -> None:
    """What is chance in Calibre's file, and the clock, are the book's own here."""
    calibre.does("import uuid", f"write({MOBI!r}.replace({UUID!r}, str(uuid.uuid4())))")

    ((first,), (second,)) = (built(write_book).artifacts for _ in range(2))

    assert first.data == second.data
    assert UUID.encode() not in first.data
    assert first.data[36:44] == 2 * (315_532_800).to_bytes(4)


def test_warnings_of_calibre_go_to_the_author(
    write_book: WriteBook, calibre: "StandIn"
) -> None:
    calibre.does(WARNING, GOOD)

    report = built(write_book)

    at = "kindle.azw3"
    assert said(report) == [
        (at, "calibre", "Calibre says: No such picture:"),
        (at, "calibre", "Calibre says: lamp.svg"),
    ]
    assert not report.failed


def test_without_calibre_there_is_a_hint_and_no_file(
    write_book: WriteBook, calibre: "StandIn"
) -> None:
    report = built(write_book, Wanted(formats=("epub",)))

    (problem,) = (p for p in report.problems if p.code == "no-calibre")
    assert [artifact.name for artifact in report.artifacts] == ["the-lamp-ebook.epub"]
    assert str(problem) == (
        "kindle.azw3: error: Calibre, which makes books for Kindles, is not installed"
        " [no-calibre]\n  hint: install it: `apt install calibre` on Debian and Ubuntu,"
        " `brew install --cask calibre` on macOS, https://calibre-ebook.com elsewhere"
    )


@pytest.mark.parametrize(
    ("does", "why"),
    [
        ("print('There is no room'); sys.exit(1)", "There is no room"),
        ("sys.exit(1)", "it says nothing"),
        ("print('Done')", "Done"),
        ("write('half a file'); print('Done')", "Done"),
        (f"{GOOD}; print('\\x1b[31mGone wrong\\x1b[0m'); sys.exit(3)", "Gone wrong"),
    ],
)
def test_what_calibre_cannot_make_is_no_file(
    write_book: WriteBook, calibre: "StandIn", does: str, why: str
) -> None:
    calibre.does(does)

    report = built(write_book)

    message = f"Calibre cannot make a book for Kindles of this: {why}"
    assert said(report) == [("kindle.azw3", "kindle-failed", message)]
    assert report.artifacts == ()


def test_calibre_is_not_waited_for_without_end(
    write_book: WriteBook, calibre: "StandIn", monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nothing of it goes on, neither itself nor what it began."""
    monkeypatch.setattr(kindle, "_PATIENCE", 2)
    calibre.does(
        "wait = [sys.executable, '-c', 'import time; time.sleep(99)']",
        "child = subprocess.Popen(wait)",
        "asked.write_text(json.dumps({'pids': [os.getpid(), child.pid]}))",
        "time.sleep(60)",
    )
    start = time.monotonic()

    report = built(write_book)

    assert time.monotonic() - start < 30
    assert [code for _, code, _ in said(report)] == ["kindle-failed"]
    assert [pid for pid in pids(calibre) if goes_on(pid)] == []


def pids(calibre: "StandIn") -> list[int]:
    found = calibre.asked["pids"]
    assert isinstance(found, list)
    return found


def goes_on(pid: int) -> bool:
    """Whether it does for much longer than it takes to die of a signal."""
    patience = time.monotonic() + 20
    while is_running(pid):
        if time.monotonic() > patience:
            return True
        time.sleep(0.05)
    return False


def is_running(pid: int) -> bool:
    # Who is killed may not have been waited for yet.
    try:
        state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2]
    except OSError:
        return False
    return state.split()[0] != "Z"


def test_calibre_ends_with_the_build(
    write_book: WriteBook, calibre: "StandIn", tmp_path: Path
) -> None:
    begun, out = tmp_path / "begun", tmp_path / "out"
    calibre.does(
        f"pathlib.Path({str(begun)!r}).write_text(str(os.getpid()))", "time.sleep(60)"
    )
    folder = write_book({"book.toml": TOML, "1.md": "# One\n\nWords.\n"})
    words = ["publish", "build", str(folder), "-e", "kindle", "-o", str(out)]
    command = [sys.executable, "-m", *words]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as building:
        while not (begun.is_file() and begun.read_text("utf-8")):
            assert building.poll() is None
            time.sleep(0.1)
        building.send_signal(signal.SIGINT)
        building.communicate(timeout=60)

    assert not goes_on(int(begun.read_text("utf-8")))
    assert not out.exists()


@pytest.mark.parametrize(
    ("edition", "key", "why"),
    [
        ('format = "pdf"', "kindle", "a file for Kindles is made of an EPUB"),
        ('format = "epub"\nkobo = true', "kobo", "a file for Kindles is no kepub"),
    ],
)
def test_what_is_not_used_is_said(
    write_book: WriteBook, edition: str, key: str, why: str
) -> None:
    toml = f"{BOOK_TOML}\n[editions.a]\n{edition}\nkindle = true\n"

    config = load_config(write_book({"book.toml": toml}) / "book.toml")

    (problem,) = config.problems
    assert (problem.message, problem.hint) == (f"`{key}` is not used", why)
    assert not config.editions[0].kobo


@pytest.mark.skipif(not shutil.which("ebook-convert"), reason="no Calibre")
def test_the_real_calibre_makes_what_kindles_read(write_book: WriteBook) -> None:
    (artifact,) = built(write_book).artifacts

    assert artifact.name == "the-lamp-kindle.azw3"
    assert artifact.data[60:68] == b"BOOKMOBI"
    assert b"A. Keeper" in artifact.data
    assert artifact.data[36:44] == 2 * (315_532_800).to_bytes(4)
