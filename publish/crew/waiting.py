"""Works that nobody has begun."""

import heapq
import threading
from concurrent.futures import Future
from typing import Any

from publish.crew.work import Work

_Wanted = tuple[Work[Any], "Future[Any]"]


class Waiting:
    """The heaviest is taken first, and of two alike the one that came first."""

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, _Wanted]] = []
        self._count = 0
        self._closed = False
        self._changing = threading.Condition()

    def put(self, work: Work[Any], future: "Future[Any]") -> None:
        with self._changing:
            self._count += 1
            heapq.heappush(self._heap, (-work.weight, self._count, (work, future)))
            self._changing.notify()

    def take(self) -> _Wanted | None:
        """Wait for a work. None when there will be no more."""
        with self._changing:
            self._changing.wait_for(lambda: self._heap or self._closed)
            return None if self._closed else heapq.heappop(self._heap)[2]

    def take_now(self) -> _Wanted | None:
        """One that waits; None where there is none."""
        with self._changing:
            some = self._heap and not self._closed
            return heapq.heappop(self._heap)[2] if some else None

    def take_here(self) -> _Wanted | None:
        """One that waits and may be done in this process; None where there is none."""
        with self._changing:
            entry = min((e for e in self._heap if e[2][0].here), default=None)
            if entry is None:
                return None
            self._heap.remove(entry)
            heapq.heapify(self._heap)
            return entry[2]

    def close(self) -> None:
        """What still waits is not begun."""
        with self._changing:
            self._closed = True
            self._changing.notify_all()
