"""Processes that set documents: what their deaths cost, and what they keep."""

import io
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pikepdf
import pytest

from publish.crew import NO_KIT, Files, Kit, StoppedError, Work, crew, processes
from publish.pdf import render_pdf
from publish.pdf.compositor import Compositor
from publish.pdf.drawn import drawn_texts
from publish.pdf.sheets import FONT
from publish.pdf.task import NotSetError, Part, Setup, Task
from publish.pipeline import build
from publish.problems import PublishError
from publish.style import load_style
from publish.workshop import workshop
from tests.conftest import WriteBook
from tests.said import Said
from tests.test_pdf import LONG, PRINT, book, chapter, lamp, pages, style

__all__ = ["lamp", "style"]

FACES = tuple(face for font in load_style("classic").fonts[:2] for face in font.faces)
SETUP = Setup(FACES, ("@page { size: 300px 300px }",), ("",))
FONTS = {f"{FONT}{n}": face.path for n, face in enumerate(FACES)}
KILLED = """
import os, pathlib, signal, sys
here = pathlib.Path(__file__).parent
if not {once} or not (here / "killed").exists():
    (here / "killed").touch()
    os.kill(os.getpid(), signal.SIGKILL)
sys.path.remove(str(here))
del sys.modules["weasyprint"]
import weasyprint
"""


KIT = Kit(Compositor, SETUP, FONTS)


def document(body: str, kit: Kit = KIT) -> Work[Part]:
    return Work(Compositor.set, kit, task(body))


def task(body: str) -> Task:
    section = f"<div><section>{body}</section></div>"
    root = fromstring(f"<html><body>{section}</body></html>")
    return Task(root, (Path("a.md"),))


def deadly(folder: Path, monkeypatch: pytest.MonkeyPatch, *, once: bool) -> None:
    """Let a process be killed when it takes WeasyPrint into its hands."""
    code = KILLED.format(once=once)
    (folder / "weasyprint.py").write_text(code, encoding="utf-8")
    monkeypatch.syspath_prepend(folder)


def test_a_process_that_is_killed_costs_its_task_one_more_try(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deadly(tmp_path, monkeypatch, once=True)

    artifact = render_pdf(book(chapter("a", *LONG)), PRINT, load_style("classic"))

    assert (tmp_path / "killed").exists()
    assert artifact.pages == len(pages(artifact)) > 1
    assert artifact.problems == ()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals")
def test_processes_that_are_killed_again_are_a_problem_and_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deadly(tmp_path, monkeypatch, once=False)

    with pytest.raises(PublishError) as caught:
        render_pdf(book(chapter("a", *LONG)), PRINT, load_style("classic"))

    (problem,) = caught.value.problems
    assert problem.code == "pdf-stopped"
    assert "SIGKILL" in problem.message
    assert "memory" in problem.hint


def test_a_process_that_never_begins_is_no_wait_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What all documents have in common may be more than a pipe holds."""
    setup = replace(SETUP, text=("p { color: black }" * 20_000,))
    kit = replace(KIT, given=setup)
    for program in ("/bin/true", "/no/such/program"):
        monkeypatch.setattr(sys, "executable", program)

        with crew(1) as executor:
            error = executor.submit(document("<p>x</p>", kit)).exception(timeout=60)

        assert isinstance(error, StoppedError)


def test_libraries_are_not_told_to_do_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with crew(1) as executor:
        plain = executor.submit(document("<p>fi fl</p>")).result()
    monkeypatch.setenv("HB_SHAPER_LIST", "fallback")

    with crew(1) as executor:
        assert executor.submit(document("<p>fi fl</p>")).result() == plain


@pytest.mark.parametrize("value", ["", "/of/the/machine/fonts.conf"])
def test_what_is_started_after_setting_has_the_fonts_of_the_machine(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    """Shops' converters, and the readers that these tests start."""
    monkeypatch.setenv("FONTCONFIG_FILE", value)
    if not value:
        monkeypatch.delenv("FONTCONFIG_FILE")
    before = dict(os.environ)

    Compositor(SETUP, FONTS).set(task("<p>word</p>"), {})

    assert dict(os.environ) == before


def test_furniture_is_the_same_whatever_its_process_has_set_before() -> None:
    furniture = Task(fromstring("<html><body><p>12</p></body></html>"))
    work = Work(Compositor.set, KIT, furniture)

    with crew(1) as executor:
        before = executor.submit(work).result()
        executor.submit(document("<p>word</p>")).result()
        after = executor.submit(work).result()

    assert after.data == before.data


def test_what_cannot_be_set_leaves_the_process_to_the_next_task() -> None:
    bad = document("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 bad'/>")

    with crew(1) as executor:
        error = executor.submit(bad).exception()
        part = executor.submit(document("<p>word</p>")).result()

    assert isinstance(error, NotSetError)
    assert list(drawn_texts(part.data)) == ["word"]


def test_a_part_says_where_everything_stands_and_holds_no_outlines() -> None:
    body = "<h1 id='a' style='margin: 0; bookmark-label: \"A\"'>A</h1><p id='b'>b</p>"

    with crew(1) as executor:
        part = executor.submit(document(body)).result()

    (page,) = part.pages
    assert set(page.anchors) == {"a", "b"}
    assert page.anchors["a"][1] > page.anchors["b"][1] > 0
    assert [(level, label) for level, label, _ in page.bookmarks] == [(1, "A")]
    with pikepdf.open(io.BytesIO(part.data)) as pdf:
        fonts = pdf.pages[0].Resources.Font
        lengths = {
            int(font.DescendantFonts[0].FontDescriptor.FontFile2.Length1)
            for font in fonts.values()
        }
        names = {name.removeprefix("/") for name, _ in fonts.items()}
    assert lengths == {0}
    assert {use.name for use in part.fonts} == names
    assert "".join(sorted("".join(u.letters.values()) for u in part.fonts)) == "Ab"


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="Linux alone says")
def test_a_process_keeps_nothing_of_what_it_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    work = document("<p>some words of a paragraph</p>" * 300)

    with crew(1) as executor:
        sizes = []
        for _ in range(12):
            executor.submit(work).result()
            sizes.append(memory_of_children())

    # In pages of memory, 4 KB each: less than one document takes.
    assert sizes[-1] - sizes[3] < 2000


def memory_of_children() -> int:
    tasks = Path("/proc/self/task")
    children = [
        child for task in tasks.glob("*/children") for child in task.read_text().split()
    ]
    return sum(
        int(Path(f"/proc/{child}/statm").read_text().split()[1]) for child in children
    )


def make_now(_given: Said, _files: Files) -> int:
    return time.monotonic_ns()


def who(kit: object, _task: Said, _files: Files) -> tuple[int, object]:
    time.sleep(0.05)
    return os.getpid(), kit


def when(_kit: None, task: Said, _files: Files) -> tuple[int, str]:
    time.sleep(0.05)
    return time.monotonic_ns(), task.words


def test_who_waits_lends_a_hand_where_he_can() -> None:
    works = [Work(who, NO_KIT, Said(""), weight=5, here=True) for _ in range(8)]

    with crew(2) as executor:
        alone = executor.gather([executor.submit(work) for work in works])
    with crew(1) as executor:
        apart = executor.submit(replace(works[0], here=False)).result()

    # There is too little to do for another process to be worth its beginning.
    assert {pid for pid, _ in alone} == {os.getpid()}
    assert apart[0] != os.getpid()


def test_much_to_do_is_shared() -> None:
    works = [Work(who, NO_KIT, Said(""), weight=999, here=True) for _ in range(60)]

    with crew(2) as executor:
        done = executor.gather([executor.submit(work) for work in works])

    assert len({pid for pid, _ in done}) == 2


def test_the_longest_is_begun_first() -> None:
    with crew(1) as executor:
        executor.submit(Work(when, NO_KIT, Said("first")))
        # The process is about to begin, and has that.
        time.sleep(0.05)
        works = [Work(when, NO_KIT, Said(str(n)), weight=n) for n in (2, 4, 3)]
        done = executor.gather([executor.submit(work) for work in works])

    assert [words for _, words in sorted(done)] == ["4", "3", "2"]


def test_a_process_makes_a_kit_once() -> None:
    kits = [Kit(make_now, Said(str(n))) for n in range(6)]

    with crew(1) as executor:
        made = [
            executor.submit(Work(who, kit, Said(""))).result()[1]
            for kit in (kits[0], replace(kits[0]), *kits, kits[5], kits[0])
        ]

    assert made[0] == made[1] == made[2]
    assert len(set(made[2:8])) == 6
    assert made[8] == made[7]
    # It keeps only a few.
    assert made[9] not in made[:9]


def test_a_process_that_did_much_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_ENOUGH", 10)
    work = Work(who, NO_KIT, Said(""), weight=6)

    with crew(1) as executor:
        pids = [executor.submit(work).result()[0] for _ in range(4)]

    assert pids[0] == pids[1] != pids[2] == pids[3]


def die(_kit: None, task: Said, _files: Files) -> None:
    os.kill(os.getpid(), int(task.words))
    time.sleep(5)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals")
@pytest.mark.parametrize(("number", "name"), [(9, "SIGKILL"), (40, "signal 40")])
def test_a_signal_is_named_if_it_has_a_name(number: int, name: str) -> None:
    with crew(1) as executor:
        error = executor.submit(Work(die, NO_KIT, Said(str(number)))).exception(60)

    assert isinstance(error, StoppedError)
    assert (error.reason, error.killed) == (name, True)


class Unsendable:
    def spelt(self) -> Iterator[str]:
        yield ""

    def __reduce__(self) -> str:
        raise LookupError("not to be sent")


def test_whatever_goes_wrong_who_waits_hears_of_it() -> None:
    with crew(1) as executor:
        error = executor.submit(Work(who, NO_KIT, Unsendable())).exception(60)

    assert isinstance(error, StoppedError)
    assert "not to be sent" in error.reason


def sleep(_kit: None, task: Said, _files: Files) -> None:
    time.sleep(float(task.words))


@pytest.mark.parametrize("delay", [0, 0.001, 0.01, 0.3])
def test_nobody_waits_for_what_is_given_up(delay: float) -> None:
    with crew(1) as executor:
        executor.submit(Work(sleep, NO_KIT, Said("20")))
        time.sleep(delay)
        begun = time.monotonic()

    assert time.monotonic() - begun < 10


def test_processes_that_are_killed_leave_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    with crew(1) as executor:
        executor.submit(document("<p>x</p>")).result()
        assert any(tmp_path.rglob("fonts.conf"))

    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("jobs", [1, 3])
def test_the_number_of_processes_changes_no_byte(
    write_book: WriteBook, jobs: int
) -> None:
    files = {f"{n}.md": f"# Chapter {n}\n\n{'Some words. ' * 4000}" for n in range(3)}
    folder = write_book(files)

    reports = []
    for number in (2, jobs):
        with workshop(jobs=number) as executor:
            reports.append(build(folder, executor=executor))

    one, other = reports
    assert one == other
