"""Who does the work of a build: nothing of it changes a byte of a book."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from publish.crew import Executor, Kept, crew, getting_ready
from publish.problems import Position, Problem, PublishError
from publish.store import Store


@contextmanager
def workshop(
    store: Store | None = None,
    jobs: int = 0,
    address: str = "",
    *,
    modules: Sequence[str] = (),
) -> Iterator[Executor]:
    """store: of what was made in earlier builds; None to make everything anew
    jobs: processes at the same time; 0 for as many as there are processors
    address: of a cluster that does it instead; empty for none
    modules: that a process will surely need

    Raises PublishError where the cluster cannot be used.
    """
    with _cluster(address) if address else crew(jobs) as executor:
        if modules and not address:
            executor.submit(getting_ready(*modules))
        yield Kept(executor, store) if store else executor


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    try:
        from publish.crew.cluster import cluster  # noqa: PLC0415
    except ImportError as error:
        message = f"a cluster needs what is not installed here ({error.name})"
        hint = "pip install 'publish-press[cluster]'"
        problem = Problem(Position(Path("--cluster")), "no-cluster", message, hint)
        raise PublishError([problem]) from error
    with cluster(address) as executor:
        yield executor
