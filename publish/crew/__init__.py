"""Works that are done by themselves, at the same time and once.

work.py       what is to be done, and who may be asked: `Work`, `Kit`, `Executor`
here.py       at once, in this process
processes.py  in processes on this machine: waiting.py, orders.py, hand.py (the process)
cluster.py    by the workers of a Dask cluster: there.py (what a worker does)
kept.py       only what no earlier build has done
"""

from publish.crew.here import Here
from publish.crew.kept import Kept
from publish.crew.processes import crew
from publish.crew.work import (
    AGAIN,
    NO_KIT,
    Executor,
    Files,
    Kit,
    NobodyError,
    Nothing,
    StoppedError,
    Work,
    WorkError,
    getting_ready,
)

__all__ = [
    "AGAIN",
    "NO_KIT",
    "Executor",
    "Files",
    "Here",
    "Kept",
    "Kit",
    "NobodyError",
    "Nothing",
    "StoppedError",
    "Work",
    "WorkError",
    "crew",
    "getting_ready",
]
