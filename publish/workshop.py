"""How a book is made: nothing of it changes a byte."""

from dataclasses import dataclass

from publish.store import Store


@dataclass(frozen=True, slots=True)
class Workshop:
    """store: of what was made in earlier builds; None to make everything anew
    jobs: processes at the same time; 0 for as many as there are processors
    """

    store: Store | None = None
    jobs: int = 0


PLAIN = Workshop()
