"""Workers of a cluster make the same bytes, and one that dies costs its work only."""

import os
import pickle
import signal
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from distributed import LocalCluster

from publish.crew import NO_KIT, Executor, Files, Kit, StoppedError, Work, WorkError
from publish.crew.cluster import cluster
from publish.crew.there import Refused
from publish.model import Format
from publish.pipeline import build
from publish.problems import PublishError
from tests.conftest import WriteBook

LAMP = Path(__file__).parent / "books" / "lamp"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Of a cluster of two processes."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None
    ) as local:
        yield local.scheduler_address


@dataclass(frozen=True, slots=True)
class Said:
    words: str

    def spelt(self) -> Iterable[str]:
        yield self.words


def read_back(kit: str, task: Said, files: Files) -> tuple[str, str, str, bool]:
    text = files["a"].read_text(encoding="utf-8")
    return kit, task.words, text, files["a"] == Path(task.words)


def read_kit(given: Said, files: Files) -> str:
    return given.words + files["k"].read_text(encoding="utf-8")


def refuse(_kit: None, task: Said, _files: Files) -> None:
    raise WorkError(task.words)


def die_once(_kit: None, task: Said, _files: Files) -> str:
    """Take the worker along, the first time."""
    mark = Path(task.words)
    if not mark.exists():
        mark.touch()
        os.kill(os.getppid(), signal.SIGKILL)
    return "done"


def test_what_a_work_reads_travels_with_it(address: str, tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.write_text("text", encoding="utf-8")
    kit = Kit(read_kit, Said("kit and "), {"k": here})
    work = Work(read_back, kit, Said(str(here)), {"a": here})

    with cluster(address) as executor:
        assert executor.submit(work).result(60) == ("kit and text", str(here), "text", False)


def test_why_a_work_cannot_be_done_travels_back(address: str) -> None:
    with cluster(address) as executor:
        error = executor.submit(Work(refuse, NO_KIT, Said("too red"))).exception(60)

    assert isinstance(error, WorkError)
    assert error.reason == "too red"


def test_a_book_is_the_same(address: str) -> None:
    with cluster(address) as executor:
        there = build(LAMP, executor=executor)

    assert there == build(LAMP)


def test_a_worker_that_dies_costs_its_work_only(
    address: str, tmp_path: Path
) -> None:
    works = [Work(die_once, NO_KIT, Said(str(tmp_path / name))) for name in "ab"]

    with cluster(address) as executor:
        assert executor.gather([executor.submit(work) for work in works]) == ["done"] * 2
