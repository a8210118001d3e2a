"""What earlier builds made is taken again, and never changes a byte."""

import os
import shutil
import subprocess
import sys
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from publish.model import Format, ImageFile
from publish.pdf.kept import Kept
from publish.pdf.sheets import IMAGE
from publish.pdf.task import Answer, Failure, FontUse, Part, Setup, Task
from publish.pipeline import build
from publish.store import Store
from publish.style import load_style
from publish.workshop import Workshop
from tests.conftest import WriteBook

FACES = load_style("classic").fonts[0].faces
SETUP = Setup(FACES, ("p { color: black }",), ("@page {}",), {})


class Counting:
    """Sets nothing, and counts how often it was asked to."""

    def __init__(self, answer: Answer | None = None) -> None:
        self.asked = 0
        self.answer = answer or Part(b"pdf", (), ())

    def submit(self, _task: Task) -> "Future[Answer]":
        self.asked += 1
        done: Future[Answer] = Future()
        done.set_result(self.answer)
        return done


def task(text: str = "<p>x</p>", path: str = "a.md") -> Task:
    return Task(fromstring(f"<html><body>{text}</body></html>"), (Path(path),))


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
        made = Kept(executor, store, SETUP).submit(task()).result()
        assert made == executor.answer

    assert executor.asked == 1


def test_a_part_that_was_kept_has_the_fonts_of_this_build(
    store: Store, tmp_path: Path
) -> None:
    """A cache may be moved, and fonts with it."""
    face = FACES[0]
    part = Part(b"pdf", (), (FontUse("F", face, {1: "a"}),))
    Kept(Counting(part), store, SETUP).submit(task())
    moved = tmp_path / face.path.name
    shutil.copy2(face.path, moved)
    here = replace(SETUP, faces=(replace(face, path=moved), *FACES[1:]))

    again = Kept(Counting(), store, here).submit(task()).result()

    assert isinstance(again, Part)
    assert [use.face.path for use in again.fonts] == [moved]


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
    executor = Counting(Failure("why"))

    for _ in range(2):
        Kept(executor, store, SETUP).submit(task()).result()

    assert executor.asked == 2


@pytest.mark.parametrize(
    ("setup", "other"),
    [
        (SETUP, task("<p>y</p>")),
        (SETUP, task("<p class='x'>x</p>")),
        (SETUP, task(path="b.md")),
        (SETUP, Task(task().root)),
        (replace(SETUP, text=("p { color: red }",)), task()),
        (replace(SETUP, faces=FACES[:1]), task()),
    ],
)
def test_what_decides_a_document_is_in_its_key(
    store: Store, setup: Setup, other: Task
) -> None:
    executor = Counting()
    Kept(executor, store, SETUP).submit(task())

    Kept(executor, store, setup).submit(other)

    assert executor.asked == 2


def test_what_decides_nothing_is_not_in_the_key(store: Store, tmp_path: Path) -> None:
    picture = tmp_path / "a.svg"
    picture.write_text("<svg/>", encoding="utf-8")
    image = ImageFile("a.svg", picture, (), "image/svg+xml", 1, 1)
    executor = Counting()
    Kept(executor, store, SETUP).submit(task())

    Kept(executor, store, replace(SETUP, images={"a.svg": image})).submit(task())
    Kept(executor, store, replace(SETUP, furniture=("@page { margin: 0 }",))).submit(
        task()
    )

    assert executor.asked == 1


def test_the_bytes_of_a_picture_are_in_the_key(store: Store, tmp_path: Path) -> None:
    picture = tmp_path / "a.svg"
    image = ImageFile("a.svg", picture, (), "image/svg+xml", 1, 1)
    setup = replace(SETUP, images={"a.svg": image})
    shown = task(f"<img src='{IMAGE}a.svg'/>")
    executor = Counting()

    for text in ("<svg/>", "<svg id='x'/>", "<svg/>"):
        picture.write_text(text, encoding="utf-8")
        Kept(executor, store, setup).submit(shown)

    assert executor.asked == 2


def test_a_change_of_our_own_code_is_in_the_key(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    executor = Counting()
    Kept(executor, store, SETUP).submit(task())
    monkeypatch.setattr("publish.pdf.kept.engine", lambda: "other")

    Kept(executor, store, SETUP).submit(task())

    assert executor.asked == 2


FILES = {f"{n}.md": f"# Chapter {n}\n\n{'Some words. ' * 300}\n" for n in range(1, 5)}


def test_whatever_is_kept_the_book_is_the_same(
    write_book: WriteBook, store: Store
) -> None:
    book = write_book(FILES)
    fresh = build(book, formats=[Format.PDF])
    cold = build(book, formats=[Format.PDF], workshop=Workshop(store))
    warm = build(book, formats=[Format.PDF], workshop=Workshop(store))
    write_book(FILES | {"2.md": "# Chapter 2\n\nOther words.\n"})
    changed = build(book, formats=[Format.PDF], workshop=Workshop(store))
    anew = build(book, formats=[Format.PDF])

    assert fresh == cold == warm
    assert changed == anew != fresh


def test_a_change_sets_its_own_chapter_again_and_no_other(
    write_book: WriteBook, store: Store
) -> None:
    book = write_book(FILES)
    build(book, formats=[Format.PDF], workshop=Workshop(store))
    before = len(list(store.folder.glob("??/*")))
    words = FILES["2.md"].replace("words", "words and", 1)
    write_book(FILES | {"2.md": words})

    build(book, formats=[Format.PDF], workshop=Workshop(store))

    # The chapter; neither contents nor furniture, because no page has moved.
    assert len(list(store.folder.glob("??/*"))) == before + 1


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
