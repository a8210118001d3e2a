"""Works done by the workers of a Dask cluster."""

import logging
import pickle
import re
import socket
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dask
from distributed import Client, KilledWorker

from publish.crew.here import Here
from publish.crew.there import Refused, SentKit, SentWork, as_sent, done_there
from publish.crew.waiting import Waiting
from publish.crew.work import (
    Executor,
    Kit,
    NobodyError,
    R,
    StoppedError,
    Work,
    WorkError,
)
from publish.engine import engine
from publish.problems import Position, Problem, PublishError

# Seconds until somebody answers, and until a worker is there.
_PATIENCE = 10
# Seconds between two looks who is there, and after which nobody comes back.
_GLANCE, _LONELY = 2.0, 60.0
# Works on their way for each thread of a worker, so that it never waits for the next.
_AHEAD = 2
# Times that a work is refused before it is given up: workers come and go.
_TRIES = 5


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """The workers of the Dask scheduler at *address*, such as tcp://press:8786.

    Raises PublishError where nobody answers, where there is no worker, or none that
    has our own versions of everything.
    """
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    # Pictures are large, and go where they are needed and no further.
    quiet = {"distributed.admin.large-graph-warning-threshold": "1GB"}
    _knock(address)
    with dask.config.set(quiet), _client(address) as client:
        made = _Cluster(client)
        made.look(address)
        try:
            yield made
        finally:
            made.end()


def _knock(address: str) -> None:
    """See whether there is anybody: Dask takes its time to find out. Raises
    PublishError."""
    found = _ADDRESS.fullmatch(address)
    if not found:
        message = f"`{address}` is no address of a cluster"
        raise _no_cluster(message, "write it like tcp://press:8786")
    try:
        with socket.create_connection((found["host"], int(found["port"])), _PATIENCE):
            return
    except (OSError, OverflowError) as error:
        raise _nobody(address) from error


_ADDRESS = re.compile(r"tcp://\[?(?P<host>[^/\[\]]+?)\]?:(?P<port>[0-9]{1,5})")


def _client(address: str) -> Client:
    try:
        return Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise _nobody(address) from error


def _nobody(address: str) -> PublishError:
    message = f"nobody answers at {address}"
    return _no_cluster(message, "begin a scheduler there: dask scheduler")


def _no_cluster(message: str, hint: str) -> PublishError:
    at = Position(Path("--cluster"))
    return PublishError([Problem(at, "no-cluster", message, hint)])


class _Cluster:
    def __init__(self, client: Client) -> None:
        self._client, self._here = client, Here()
        self._waiting = Waiting()
        self._kits: dict[str, Any] = {}
        self._refused: set[str] = set()
        # What nobody holds any more is not done.
        self._sent: dict[Any, Future[Any]] = {}
        self._changing = threading.RLock()
        self._ended = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def look(self, address: str) -> None:
        """See who is there. Raises PublishError for nobody of use."""
        try:
            self._client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError as error:
            message = f"the cluster at {address} has no worker"
            hint = f"begin one: dask worker {address}"
            raise _no_cluster(message, hint) from error
        engines = self._client.run(engine, on_error="return")
        self._refused = {name for name, found in engines.items() if found != engine()}
        if len(self._refused) == len(engines):
            message = f"no worker of the cluster at {address} has our own versions"
            hint = "install the same Python, publish, libraries and fonts on all"
            raise _no_cluster(message, hint)

    def submit(self, work: Work[R]) -> "Future[R]":
        # What may be done here takes less time than its way.
        if work.here or work.local:
            return self._here.submit(work)
        future: Future[R] = Future()
        self._waiting.put(work, future)
        self._send()
        return future

    def end(self) -> None:
        """Nobody waits for what is on its way."""
        self._ended.set()
        with self._changing:
            self._waiting.close()
            self._sent.clear()

    def _watch(self) -> None:
        """Give up when nobody has been there for long: else there is no end."""
        alone = 0.0
        while not self._ended.wait(_GLANCE):
            alone = 0.0 if self._workers() else alone + _GLANCE
            if alone > _LONELY:
                self._give_up()

    def _give_up(self) -> None:
        with self._changing:
            left = list(self._sent.values())
            self._sent.clear()
            while wanted := self._waiting.take_now():
                left.append(wanted[1])
        for future in left:
            future.set_exception(NobodyError("the cluster has no worker any more"))

    def gather(self, futures: "Sequence[Future[R]]") -> list[R]:
        return [future.result() for future in futures]

    def _send(self) -> None:
        with self._changing:
            while len(self._sent) < self._room():
                if not (wanted := self._waiting.take_now()):
                    return
                self._post(*wanted)

    def _room(self) -> int:
        threads: int = sum(worker["nthreads"] for worker in self._workers().values())
        return max(1, _AHEAD * threads)

    def _post(self, work: Work[Any], future: "Future[Any]", tries: int = 1) -> None:
        """Send *work*. tries: how often it has been sent then"""
        try:
            there = self._client.submit(
                done_there,
                self._kit(work.kit),
                _pickled(work),
                engine(),
                priority=work.weight,
                pure=False,
                **self._where(),
            )
        except (OSError, RecursionError, pickle.PickleError) as error:
            future.set_exception(StoppedError(str(error)))
            return
        with self._changing:
            self._sent[there] = future
            there.add_done_callback(lambda done: self._back(done, work, future, tries))

    def _where(self) -> dict[str, Any]:
        """Rather not with those that have refused; but the others may be gone before
        it is there."""
        workers = sorted(self._workers())
        refused = self._refused and workers
        return {"workers": workers, "allow_other_workers": True} if refused else {}

    def _workers(self) -> dict[str, Any]:
        """Those of use, by their addresses."""
        try:
            known = self._client.scheduler_info(n_workers=-1).get("workers", {})
        except (OSError, RuntimeError):
            # The scheduler itself is gone.
            return {}
        return {name: w for name, w in known.items() if name not in self._refused}

    def _kit(self, kit: Kit) -> Any:
        if kit.key not in self._kits:
            contents = {name: path.read_bytes() for name, path in kit.files.items()}
            kit_sent = SentKit(kit.key, kit.make, kit.given, contents)
            sent = pickle.dumps(kit_sent, pickle.HIGHEST_PROTOCOL)
            # Done again from here if the workers that have it die.
            key = f"publish-kit-{kit.key}"
            self._kits[kit.key] = self._client.submit(as_sent, sent, key=key)
        return self._kits[kit.key]

    def _back(
        self, there: Any, work: Work[Any], future: "Future[Any]", tries: int
    ) -> None:
        with self._changing:
            if self._sent.pop(there, None) is None:
                return
        try:
            answer = pickle.loads(there.result())
        except KilledWorker as error:
            worker = getattr(error.last_worker, "address", "the last of several")
            answer = StoppedError(f"with worker {worker}", killed=True)
        except CancelledError:
            answer = NobodyError("the cluster is not there any more")
        # Whatever a worker raises, who waits must hear of it.
        except Exception as error:
            answer = StoppedError(f"on the cluster: {error!r}")
        if isinstance(answer, Refused):
            self._refused.add(answer.address)
            if tries < _TRIES:
                self._post(work, future, tries + 1)
                return
            answer = StoppedError("the workers of the cluster have other versions")
        if isinstance(answer, WorkError):
            future.set_exception(answer)
        else:
            future.set_result(answer)
        self._send()


def _pickled(work: Work[Any]) -> bytes:
    contents = {name: path.read_bytes() for name, path in work.files.items()}
    sent = SentWork(work.do, work.task, contents, work.weight)
    return pickle.dumps(sent, pickle.HIGHEST_PROTOCOL)
