"""Run one command in a fresh process, and say what it cost. On Linux and macOS only."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# It runs the command and nothing else, in a Python without site-packages. A process
# inherits the peak of the one it was started from, so this one must be small (9 MB)
# while the one that measures may grow. What `wait4` gives for memory is the peak of the
# largest process: of the command or of any that it started and waited for.
LAUNCHER = """
import json, os, sys, time
out, command = sys.argv[1], sys.argv[2:]
begun = time.perf_counter()
child = os.posix_spawnp(command[0], command, os.environ)
_, status, used = os.wait4(child, 0)
seconds = time.perf_counter() - begun
cost = [os.waitstatus_to_exitcode(status), seconds, used.ru_utime + used.ru_stime]
with open(out, "w") as file:
    json.dump([*cost, used.ru_maxrss], file)
"""
# `ru_maxrss` counts kibibytes, on macOS bytes.
RSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Run:
    """status: of the process; negative for the signal that ended it
    seconds: by the clock on the wall
    cpu_seconds: of all its processes together; says more on a machine that is shared
    megabytes: the peak of the largest process, in units of 10⁶ bytes
    """

    status: int
    seconds: float
    cpu_seconds: float
    megabytes: float
    stdout: str
    stderr: str


def run(
    command: Sequence[str],
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Run:
    """Run *command* to its end. environment, folder: in place of this process's own"""
    with tempfile.TemporaryDirectory() as own:
        cost = Path(own, "cost.json")
        launcher = [sys.executable, "-I", "-S", "-c", LAUNCHER, str(cost)]
        done = subprocess.run(
            [*launcher, *command],
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="replace",
            env=environment,
            cwd=folder,
        )
        if not cost.exists():
            raise OSError(f"cannot run {command[0]}: {done.stderr.strip()}")
        status, seconds, cpu_seconds, rss = json.loads(cost.read_text())
    megabytes = rss * RSS_UNIT / 1_000_000
    return Run(status, seconds, cpu_seconds, megabytes, done.stdout, done.stderr)


def costs(run: Run) -> dict[str, object]:
    """The figures of a run, without what it said."""
    return {
        "status": run.status,
        "seconds": round(run.seconds, 3),
        "cpu_seconds": round(run.cpu_seconds, 3),
        "megabytes": round(run.megabytes, 1),
    }
