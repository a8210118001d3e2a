"""Works as they go to a process, which has some kits already."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from publish.crew.work import Files, Kit, Work

# Kits that a process keeps: those of a book's editions, and of the book before it.
_KEPT = 4


@dataclass(frozen=True, slots=True)
class Order:
    """number: of its kit, counted from 0 for each process
    kit: where the process has none of that number yet
    """

    number: int
    kit: Kit | None
    do: Callable[[Any, Any, Files], Any]
    task: Any
    files: Files


class Orders:
    """Knows which kits a process has."""

    def __init__(self) -> None:
        self._kits: deque[tuple[int, Kit]] = deque(maxlen=_KEPT)
        self._count = 0

    def order(self, work: Work[Any]) -> Order:
        for number, kit in self._kits:
            if kit == work.kit:
                return Order(number, None, work.do, work.task, work.files)
        number = self._count
        self._kits.append((number, work.kit))
        self._count += 1
        return Order(number, work.kit, work.do, work.task, work.files)


class Hands:
    """Does what is ordered, in this process."""

    def __init__(self) -> None:
        self._made: dict[int, Any] = {}

    def do(self, order: Order) -> Any:
        if order.kit:
            self._made.pop(order.number - _KEPT, None)
            self._made[order.number] = order.kit.make(order.kit.given, order.kit.files)
        return order.do(self._made[order.number], order.task, order.files)
