"""Who does the work of a build: nothing of it changes a byte of a book."""

from collections.abc import Iterator
from contextlib import contextmanager

from publish.crew import Executor, Kept, crew
from publish.store import Store


@contextmanager
def workshop(store: Store | None = None, jobs: int = 0) -> Iterator[Executor]:
    """store: of what was made in earlier builds; None to make everything anew
    jobs: processes at the same time; 0 for as many as there are processors
    """
    with crew(jobs) as executor:
        yield Kept(executor, store) if store else executor
