"""How much of the CPU time of a build goes into looking for lost words."""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from publish.model import Format
from tests.benchmarks.measure import run

SCRIPT = Path(__file__).with_name("timed.py")


@dataclass(frozen=True, slots=True)
class Share:
    """CPU seconds of a build, measured apart from what it costs an author.

    check: of each function of the words check
    whole: of all
    """

    check: Mapping[str, float]
    whole: float

    @property
    def percent(self) -> float:
        return 100 * sum(self.check.values()) / self.whole


def share(book: Path, made: Format) -> Share | None:
    """None where the book cannot be made."""
    done = run([sys.executable, "-P", str(SCRIPT), str(book), made.value])
    if not done.stdout:
        return None
    said = json.loads(done.stdout)
    return Share(said["check"], said["whole"])
