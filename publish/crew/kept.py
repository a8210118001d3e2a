"""Works that were done in an earlier build, taken from the store."""

import pickle
from collections.abc import Sequence
from concurrent.futures import Future

from publish.crew.work import Executor, R, Work
from publish.store import Store


class Kept:
    """An executor that does only what is not in the store yet."""

    def __init__(self, executor: Executor, store: Store) -> None:
        self._executor, self._store = executor, store

    def submit(self, work: Work[R]) -> "Future[R]":
        *_, key = keys = work.keys
        for known in keys:
            if (kept := self._store.get(known)) is not None:
                done: Future[R] = Future()
                done.set_result(pickle.loads(kept))
                return done
        future = self._executor.submit(work)
        future.add_done_callback(lambda done: self._keep(key, done))
        return future

    def gather(self, futures: "Sequence[Future[R]]") -> list[R]:
        return self._executor.gather(futures)

    def _keep(self, key: str, done: "Future[R]") -> None:
        # Why a work cannot be done may be gone in the next build.
        if not done.exception():
            self._store.put(key, pickle.dumps(done.result(), pickle.HIGHEST_PROTOCOL))
