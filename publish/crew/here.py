"""Works done at once, by the process that wants them."""

from collections.abc import Sequence
from concurrent.futures import Future

from publish.crew.orders import Hands, Orders
from publish.crew.work import R, Work, WorkError


class Here:
    """An executor that is done with a work when it has been submitted."""

    def __init__(self) -> None:
        self._orders, self._hands = Orders(), Hands()

    def submit(self, work: Work[R]) -> "Future[R]":
        future: Future[R] = Future()
        try:
            future.set_result(self._hands.do(self._orders.order(work)))
        except WorkError as error:
            future.set_exception(error)
        return future

    def gather(self, futures: "Sequence[Future[R]]") -> list[R]:
        return [future.result() for future in futures]
