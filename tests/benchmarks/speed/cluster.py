"""A shelf of small books by two workers of a cluster, beside one process."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

from tests.benchmarks.builds import Build
from tests.benchmarks.measure import run
from tests.benchmarks.speed.bench import Bench, NothingMadeError, in_turn
from tests.benchmarks.speed.rows import Row, seconds

PUBLISH = (sys.executable, "-m", "publish", "build")
CLUSTER, ALONE = "two workers", "-j 1"
# Seconds.
_PATIENCE = 60
# Else who begins to build at once may find no worker, and work alone.
_MEET = f"""
import sys, distributed
with distributed.Client(sys.argv[1]) as client:
    client.wait_for_workers(2, timeout={_PATIENCE})
"""


def shelf(bench: Bench, books: Path) -> Iterator[Row | str]:
    if "--cluster" not in run([*PUBLISH, "--help"]).stdout:
        yield "a shelf by a cluster is not there: `publish build` has no --cluster"
        return
    with _cluster(bench.folder) as address:
        sides = {
            CLUSTER: lambda: _built(bench, books, ["--cluster", address]),
            ALONE: lambda: _built(bench, books, ["-j", "1"]),
        }
        number = sum(1 for book in books.iterdir())
        what = f"shelf of {number} books, cold"
        found = in_turn(what, sides, bench.few)
    yield Row(
        what=what,
        unit="s",
        ours=seconds(found[CLUSTER]),
        theirs=seconds(found[ALONE]),
        beside=ALONE,
        aim=0.6,
        runs=tuple(found.items()),
    )


def _built(bench: Bench, books: Path, options: Sequence[str]) -> Build:
    """The path is that of a book; of none where not each was made."""
    folder = bench.folder / "made" / books.name
    rmtree(folder, ignore_errors=True)
    command = [*PUBLISH, str(books), "--no-cache", "--output", str(folder), *options]
    cost = run(command)
    made = sorted(folder.rglob("*.pdf"))
    whole = len(made) == sum(1 for book in books.iterdir())
    return Build(cost, made[0] if whole else None, 0, ())


@contextmanager
def _cluster(folder: Path) -> Iterator[str]:
    """The address of a scheduler with two workers, of one thread each.

    Raises NothingMadeError where none begins.
    """
    with ExitStack() as stack:
        at = stack.enter_context(TemporaryDirectory(dir=folder))
        file = Path(at, "scheduler.json")
        dask = [sys.executable, "-m", "dask"]
        meet = ["--scheduler-file", str(file), "--no-dashboard"]
        here = ["--host", "127.0.0.1"]
        begin = [*dask, "scheduler", *here, "--port", "0", *meet]
        stack.enter_context(_running(begin, at))
        address = _address(file)
        hands = ["--nworkers", "2", "--nthreads", "1", "--local-directory", at]
        stack.enter_context(_running([*dask, "worker", *here, *hands, *meet], at))
        if run([sys.executable, "-c", _MEET, address]).status:
            message = f"no two workers have begun in {_PATIENCE} s"
            raise NothingMadeError(message)
        yield address


@contextmanager
def _running(command: Sequence[str], folder: str) -> Iterator[None]:
    with Path(folder, "log.txt").open("ab") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            yield
        finally:
            process.terminate()
            process.wait()


def _address(file: Path) -> str:
    """What the scheduler writes as soon as it can be asked."""
    begun = time.monotonic()
    while time.monotonic() < begun + _PATIENCE:
        # It is there before it is whole.
        with suppress(FileNotFoundError, json.JSONDecodeError):
            address: str = json.loads(file.read_text(encoding="utf-8"))["address"]
            return address
        time.sleep(0.1)
    message = f"no scheduler has begun in {_PATIENCE} s"
    raise NothingMadeError(message)
