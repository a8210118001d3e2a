"""What is to be done by itself, by whoever does it, and wherever."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from publish.engine import engine

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)

# What a work reads, by names of its own. Where the files are is another matter: on
# another machine they are copies.
Files = Mapping[str, Path]


class Spelt(Protocol):
    """What a work is given."""

    def spelt(self) -> Iterable[str]:
        """All of it that decides what becomes of the work, always in the same words."""


@dataclass(frozen=True)
class Kit:
    """What many works need, which takes long to make: a process makes it once.

    make: a function or class of a module, called with `given` and the files; it raises
        no WorkError
    """

    make: Callable[[Any, Files], Any]
    given: Spelt
    files: Files = field(default_factory=dict)

    @cached_property
    def key(self) -> str:
        """Of everything that decides what becomes of a work with it."""
        return _digest((_name(self.make), *_parts(self.given, self.files)))


def _nothing(given: Spelt, files: Files) -> None:
    """Makes the kit of works that need none."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """What works are given that need nothing."""

    def spelt(self) -> Iterable[str]:
        return ()


NO_KIT = Kit(_nothing, Nothing())


@dataclass(frozen=True)
class Work(Generic[R_co]):
    """do: a function of a module, called with what the kit made, `task` and the files
    better: one that does the same and more: where it was done, this need not be
    weight: how long it takes, in milliseconds on some machine; the longest is begun
        first
    here: whether the process that waits for it may do it meanwhile
    local: whether it can be done on this machine alone
    """

    do: Callable[[Any, Any, Files], R_co]
    kit: Kit
    task: Spelt
    files: Files = field(default_factory=dict)
    weight: int = 0
    here: bool = False
    local: bool = False
    better: Callable[[Any, Any, Files], R_co] | None = None

    @property
    def key(self) -> str:
        """Of everything that decides what becomes of it."""
        return self.keys[-1]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Of all that is as good as it, the best first; its own is the last."""
        given = _digest(_parts(self.task, self.files))
        ways = (self.better, self.do) if self.better else (self.do,)
        return tuple(
            _digest((engine(), self.kit.key, _name(way), given)) for way in ways
        )


@dataclass(frozen=True, slots=True)
class _Modules:
    names: tuple[str, ...]

    def spelt(self) -> Iterable[str]:
        return self.names


def getting_ready(*modules: str) -> Work[None]:
    """Lets the first process take up what it will need, before there is a work."""
    return Work(_take_up, NO_KIT, _Modules(modules))


def _take_up(_kit: None, modules: _Modules, _files: Files) -> None:
    for name in modules.names:
        # What is missing is said by the work that needs it.
        with suppress(ImportError, OSError):
            import_module(name)


class WorkError(Exception):
    """Why a work cannot be done. A process that raises it can do the next."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class StoppedError(WorkError):
    """The process that did it ended, and so did the one that tried again.

    killed: whether something from outside ended it
    """

    def __init__(self, reason: str, killed: bool = False) -> None:
        super().__init__(reason)
        self.killed = killed

    def __reduce__(self) -> tuple[type, tuple[str, bool]]:
        return StoppedError, (self.reason, self.killed)


class NobodyError(WorkError):
    """There is nobody left to do it."""


# What there is to do about it.
AGAIN = "begin workers again, then give the same command"


class Executor(Protocol):
    """Whoever does works."""

    def submit(self, work: Work[R]) -> "Future[R]":
        """Begin it, or let it wait until someone is free."""

    def gather(self, futures: "Sequence[Future[R]]") -> list[R]:
        """Wait for all of them, lending a hand where one can."""


def _name(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"


def _parts(given: Spelt, files: Files) -> Iterator[str]:
    yield from given.spelt()
    for name in sorted(files):
        yield name
        yield sha256(files[name].read_bytes()).hexdigest()


def _digest(parts: Iterable[str]) -> str:
    key = sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        key.update(b"%d " % len(data) + data)
    return key.hexdigest()
