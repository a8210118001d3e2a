"""What earlier builds made is taken again, and never changes a byte."""

import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest

from publish.crew import Files, Kept, Kit, Work, WorkError
from publish.pdf.compositor import Compositor
from publish.pdf.sheets import FONT, IMAGE
from publish.pdf.task import Part, Setup, Task
from publish.pipeline import build
from publish.report import Report
from publish.store import Store
from publish.style import load_style
from publish.workshop import workshop
from tests.conftest import WriteBook

FACES = load_style("classic").fonts[0].faces
SETUP = Setup(FACES, ("p { color: black }",), ("@page {}",))
PART = Part(b"pdf", (), ())
NOTHING: Files = {}


class Counting:
    """Does nothing, and counts how often it was asked to."""

    def __init__(self, error: WorkError | None = None) -> None:
        self.asked = 0
        self.error = error

    def submit(self, work: Work[Any]) -> "Future[Any]":
        self.asked += 1
        done: Future[Any] = Future()
        if self.error:
            done.set_exception(self.error)
        else:
            done.set_result(PART)
        return done

    def gather(self, futures: "Sequence[Future[Any]]") -> list[Any]:
        return [future.result() for future in futures]


def task(text: str = "<p>x</p>", path: str = "a.md") -> Task:
    return Task(fromstring(f"<html><body>{text}</body></html>"), (Path(path),))


def work(
    task: Task, setup: Setup = SETUP, fonts: Files = NOTHING, shown: Files = NOTHING
) -> Work[Part]:
    return Work(Compositor.set, Kit(Compositor, setup, fonts), task, shown)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def test_what_was_put_into_a_store_is_there_and_nothing_else(store: Store) -> None:
    store.put("a" * 64, b"one")
    store.put("b" * 64, b"two")

    assert [store.get(k * 64) for k in "abc"] == [b"one", b"two", None]


@pytest.mark.parametrize("damage", [b"", b"x", b"x" * 40])
def test_what_is_damaged_is_not_there(store: Store, damage: bytes) -> None:
    store.put("a" * 64, b"one")
    (path,) = store.folder.glob("??/*")
    path.write_bytes(damage)

    assert store.get("a" * 64) is None


def test_what_was_not_wanted_for_longest_is_thrown_away(tmp_path: Path) -> None:
    store = Store(tmp_path, limit=300)
    for age, key in enumerate("abc"):
        store.put(key * 64, b"x" * 100)
        os.utime(next(tmp_path.glob(f"??/{key * 64}")), (1000 + age, 1000 + age))
    store.get("a" * 64)

    store.trim()

    assert [store.get(k * 64) is None for k in "abc"] == [False, True, False]


def test_a_store_can_be_cleared(store: Store) -> None:
    store.put("a" * 64, b"x" * 100)

    assert store.clear() > 100
    assert store.get("a" * 64) is None
    assert store.clear() == 0


@pytest.mark.skipif(os.name == "nt", reason="folders are locked otherwise")
def test_a_store_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    store = Store(tmp_path / "file")

    store.put("a" * 64, b"one")

    assert store.get("a" * 64) is None
    assert store.clear() == 0


def test_a_document_is_set_once(store: Store) -> None:
    executor = Counting()

    for _ in range(2):
        # As another build would: with nothing in its hands but the store.
        made = Kept(executor, store).submit(work(task())).result()
        assert made == PART

    assert executor.asked == 1


def test_fonts_may_be_moved(store: Store, tmp_path: Path) -> None:
    executor = Counting()
    moved = tmp_path / FACES[0].path.name
    shutil.copy2(FACES[0].path, moved)

    for path in (FACES[0].path, moved):
        Kept(executor, store).submit(work(task(), fonts={f"{FONT}0": path}))

    assert executor.asked == 1


def test_the_bytes_of_fonts_are_in_the_key(store: Store, tmp_path: Path) -> None:
    executor = Counting()
    font = tmp_path / "font.ttf"

    for data in (b"one", b"two"):
        font.write_bytes(data)
        Kept(executor, store).submit(work(task(), fonts={f"{FONT}0": font}))

    assert executor.asked == 2


def test_a_store_that_cannot_be_emptied_is_left(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put("a" * 64, b"x" * 100)

    def locked(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "unlink", locked)

    replace(store, limit=1).trim()
    assert store.clear() == 0


def test_why_a_document_cannot_be_set_is_not_kept(store: Store) -> None:
    executor = Counting(WorkError("why"))

    for _ in range(2):
        done = Kept(executor, store).submit(work(task()))
        assert done.exception() is executor.error

    assert executor.asked == 2


@pytest.mark.parametrize(
    ("setup", "other"),
    [
        (SETUP, task("<p>y</p>")),
        (SETUP, task("<p class='x'>x</p>")),
        (SETUP, task(path="b.md")),
        (SETUP, Task(task().root)),
        (replace(SETUP, text=("p { color: red }",)), task()),
        (replace(SETUP, text=(*SETUP.text, *SETUP.furniture), furniture=()), task()),
        (replace(SETUP, faces=FACES[:1]), task()),
    ],
)
def test_what_decides_a_document_is_in_its_key(
    store: Store, setup: Setup, other: Task
) -> None:
    executor = Counting()
    Kept(executor, store).submit(work(task()))

    Kept(executor, store).submit(work(other, setup))

    assert executor.asked == 2


def test_the_bytes_of_a_picture_are_in_the_key(store: Store, tmp_path: Path) -> None:
    picture = tmp_path / "a.svg"
    shown = task(f"<img src='{IMAGE}a.svg'/>")
    executor = Counting()

    for text in ("<svg/>", "<svg id='x'/>", "<svg/>"):
        picture.write_text(text, encoding="utf-8")
        Kept(executor, store).submit(work(shown, shown={f"{IMAGE}a.svg": picture}))

    assert executor.asked == 2


def test_a_change_of_our_own_code_is_in_the_key(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    executor = Counting()
    Kept(executor, store).submit(work(task()))
    monkeypatch.setattr("publish.crew.work.engine", lambda: "other")

    Kept(executor, store).submit(work(task()))

    assert executor.asked == 2


FILES = {f"{n}.md": f"# Chapter {n}\n\n{'Some words. ' * 300}\n" for n in range(1, 5)}


def build_with(store: Store, book: Path) -> Report:
    with workshop(store) as executor:
        return build(book, executor=executor)


def test_whatever_is_kept_the_book_is_the_same(
    write_book: WriteBook, store: Store
) -> None:
    book = write_book(FILES)
    fresh = build(book)
    cold = build_with(store, book)
    warm = build_with(store, book)
    write_book(FILES | {"2.md": "# Chapter 2\n\nOther words.\n"})
    changed = build_with(store, book)
    anew = build(book)

    assert fresh == cold == warm
    assert changed == anew != fresh


def test_a_change_makes_its_own_chapter_again_and_no_other(
    write_book: WriteBook, store: Store
) -> None:
    book = write_book(FILES)
    build_with(store, book)
    before = entries(store)
    words = FILES["2.md"].replace("words", "words and", 1)
    write_book(FILES | {"2.md": words})

    build_with(store, book)

    # Its file is looked at, read and compared, its page of the EPUB is made, its pages
    # of the PDF are set: neither contents nor furniture, because no page has moved.
    made = [store.get(entry.name) for entry in entries(store) - before]
    kinds = (type(pickle.loads(thing or b"")).__name__ for thing in made)
    assert sorted(kinds) == [
        "ChapterFile",
        "Counter",
        "Part",
        "str",
        "tuple",
    ]


def entries(store: Store) -> set[Path]:
    return set(store.folder.glob("??/*"))


def test_two_builds_may_use_one_store_at_once(
    write_book: WriteBook, tmp_path: Path
) -> None:
    book = write_book(FILES)
    command = [sys.executable, "-m", "publish", "build", str(book), "-f", "pdf"]
    environment = os.environ | {"PUBLISH_CACHE": str(tmp_path / "cache")}

    running = [
        subprocess.Popen(
            [*command, "-o", tmp_path / name],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for name in "ab"
    ]

    assert [process.wait() for process in running] == [0, 0]
    made = [next((tmp_path / name).iterdir()).read_bytes() for name in "ab"]
    assert made[0] == made[1]
