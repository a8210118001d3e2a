"""Workers of a cluster make the same bytes, and one that dies costs its work only."""

import io
import os
import shutil
import signal
import time
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from distributed import Client, LocalCluster

import publish.engine
from publish.crew import (
    NO_KIT,
    Files,
    Kit,
    NobodyError,
    StoppedError,
    Work,
    WorkError,
    crew,
)
from publish.crew import cluster as module
from publish.crew.cluster import cluster
from publish.pipeline import build
from publish.problems import PublishError
from publish.report import Report
from publish.shelf import build_shelf
from publish.wanted import Wanted
from tests.said import Said

LAMP = Path(__file__).parent / "books" / "lamp"


def local_cluster(workers: int) -> LocalCluster:
    return LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=":0")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Of a cluster of two processes."""
    with local_cluster(2) as local:
        yield local.scheduler_address


def read_kit(given: Said, files: Files) -> str:
    return given.words + files["k"].read_text(encoding="utf-8")


def read_back(kit: str, task: Said, files: Files) -> tuple[str, str, bool]:
    here = files["a"] == Path(task.words)
    return kit, files["a"].read_text(encoding="utf-8"), here


def refuse(_kit: None, task: Said, _files: Files) -> None:
    raise WorkError(task.words)


class Unreadable:
    """Can be sent, and not be read where it arrives."""

    def spelt(self) -> Iterable[str]:
        return ()

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return int, ("no number",)


def wait(_kit: None, task: Said, _files: Files) -> int:
    """Says which worker it is, after a time in which another may take the next."""
    time.sleep(float(task.words))
    return os.getppid()


def die(_kit: None, _task: Said, _files: Files) -> None:
    """Take the worker along."""
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(5)


def die_once(kit: None, task: Said, files: Files) -> str:
    mark = Path(task.words)
    if not mark.exists():
        mark.touch()
        die(kit, task, files)
    return "done"


def test_what_a_work_reads_travels_with_it(address: str, tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.write_text("text", encoding="utf-8")
    kit = Kit(read_kit, Said("kit and "), {"k": here})
    work = Work(read_back, kit, Said(str(here)), {"a": here})

    with cluster(address) as executor:
        assert executor.submit(work).result(60) == ("kit and text", "text", False)


def test_why_a_work_cannot_be_done_travels_back(address: str) -> None:
    with cluster(address) as executor:
        error = executor.submit(Work(refuse, NO_KIT, Said("too red"))).exception(180)

    assert isinstance(error, WorkError)
    assert error.reason == "too red"


def test_whatever_goes_wrong_there_who_waits_hears_of_it(address: str) -> None:
    with cluster(address) as executor:
        error = executor.submit(Work(wait, NO_KIT, Unreadable())).exception(180)

    assert isinstance(error, StoppedError)
    assert "no number" in error.reason


def test_a_book_is_the_same(address: str) -> None:
    with cluster(address) as executor:
        there = build(LAMP, executor=executor)

    assert there == build(LAMP)


def epub_text(report: Report) -> bytes:
    with zipfile.ZipFile(io.BytesIO(report.artifacts[0].data)) as archive:
        return archive.read("EPUB/content.opf")


def test_books_of_a_shelf_are_the_same(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    books = [tmp_path / "a" / "lamp", tmp_path / "b" / "lamp"]
    for book in books:
        shutil.copytree(LAMP, book)
    (books[1] / "9-new.md").write_text("# New\n\n![](gone.png)\n", encoding="utf-8")

    # Copies of this one would be another book: what is outside would be in it.
    (tmp_path / "outside").mkdir()
    (books[1] / "link").symlink_to(tmp_path / "outside", target_is_directory=True)
    # The workers have begun without it.
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")

    with cluster(address) as executor:
        there = dict(build_shelf(books, Wanted(), None, executor))

    with crew(1) as executor:
        here = dict(build_shelf(books, Wanted(), None, executor))
    assert there == here
    dated = [b"2001-09-09" in epub_text(report) for report in there.values()]
    assert dated == [True, True]


def test_a_worker_that_dies_costs_its_work_only(address: str, tmp_path: Path) -> None:
    works = [Work(die_once, NO_KIT, Said(str(tmp_path / name))) for name in "ab"]

    with cluster(address) as executor:
        done = executor.gather([executor.submit(work) for work in works])

    assert done == ["done", "done"]


def test_a_book_survives_the_death_of_a_worker(address: str, tmp_path: Path) -> None:
    deadly = Work(die_once, NO_KIT, Said(str(tmp_path / "mark")), weight=1_000_000)

    with cluster(address) as executor:
        killed = executor.submit(deadly)
        there = build(LAMP, executor=executor)
        assert killed.result(60) == "done"

    assert there == build(LAMP)


def test_a_work_that_always_takes_its_worker_along_is_given_up(address: str) -> None:
    with cluster(address) as executor:
        error = executor.submit(Work(die, NO_KIT, Said(""))).exception(180)

    assert isinstance(error, StoppedError)
    assert error.killed


def make_other(dask_worker: object) -> None:
    """Let a worker have another version of something."""
    from publish.crew import there  # noqa: PLC0415

    for holder in (publish.engine, there):
        vars(holder)["engine"] = lambda: "other"


def test_a_worker_with_other_versions_is_refused() -> None:
    with local_cluster(2) as local, Client(local) as client:
        first, second = client.scheduler_info()["workers"]
        client.run(make_other, workers=[first])

        with cluster(local.scheduler_address) as executor:
            works = [Work(wait, NO_KIT, Said("0.5")) for _ in range(4)]
            done = executor.gather([executor.submit(work) for work in works])
            # One that changes while it is used is found when it answers.
            client.run(make_other, workers=[second])
            error = executor.submit(Work(wait, NO_KIT, Said("0"))).exception(180)

        with pytest.raises(PublishError) as caught, cluster(local.scheduler_address):
            pass

    assert len(set(done)) == 1
    assert isinstance(error, StoppedError)
    assert "versions" in error.reason
    assert caught.value.problems[0].code == "no-cluster"


def test_a_cluster_that_loses_all_its_workers_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_GLANCE", 0.2)
    monkeypatch.setattr(module, "_LONELY", 1.0)

    with local_cluster(1) as local, cluster(local.scheduler_address) as executor:
        works = [Work(wait, NO_KIT, Said("30")) for _ in range(5)]
        futures = [executor.submit(work) for work in works]
        local.scale(0)
        errors = [future.exception(180) for future in futures]

    assert {str(error) for error in errors} == {"the cluster has no worker any more"}


def test_a_scheduler_that_dies_is_no_wait_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_GLANCE", 0.2)
    monkeypatch.setattr(module, "_LONELY", 1.0)
    local = local_cluster(1)

    with cluster(local.scheduler_address) as executor:
        future = executor.submit(Work(wait, NO_KIT, Said("30")))
        local.close()
        assert isinstance(future.exception(180), NobodyError)


def test_nobody_there_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 1)

    with pytest.raises(PublishError) as caught, cluster("tcp://127.0.0.1:9"):
        pass

    (problem,) = caught.value.problems
    assert str(problem).startswith("--cluster: error: nobody answers at tcp://127")


@pytest.mark.parametrize("address", ["press:8786", "tcp://press", "tls://a:1", "x"])
def test_an_address_that_is_none_is_a_problem(address: str) -> None:
    with pytest.raises(PublishError) as caught, cluster(address):
        pass

    assert caught.value.problems[0].hint == "write it like tcp://press:8786"


def test_a_cluster_without_workers_is_a_problem(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 1)

    with (
        local_cluster(0) as local,
        pytest.raises(PublishError) as caught,
        cluster(local.scheduler_address),
    ):
        pass

    assert "no worker" in caught.value.problems[0].message
