"""veraPDF: whether a PDF is what PDF/UA-1 wants, or PDF/A-2u."""

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.missing import MissingError, skipped_if_missing

JARS = Path(__file__).parent / "java" / "jars"
MAIN = "org.verapdf.apps.GreenfieldCliWrapper"
UA, A = "ua1", "2u"


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that a PDF breaks.

    rule: its clause and number, e.g. "7.1-3"; of a PDF that makes no claim "5-1"
    words: what it demands
    place: where in the PDF it is broken first
    """

    rule: str
    times: int
    words: str
    place: str

    def __str__(self) -> str:
        return f"{self.rule} ({self.times} times): {self.place}"


def faults(pdfs: Sequence[Path], flavour: str = UA) -> list[list[str]]:
    """What veraPDF says about each of *pdfs*, in their order; a line each rule.

    flavour: `UA`, or `A`
    Skips the test where veraPDF is missing.
    """
    with skipped_if_missing():
        return [list(map(str, found)) for found in judge(pdfs, flavour)]


def judge(pdfs: Sequence[Path], flavour: str = UA) -> list[list[Fault]]:
    """The rules that each of *pdfs* breaks, in their order.

    All of them go through one Java: it takes longer to start than a book takes.
    Raises MissingError, and RuntimeError where veraPDF fails.
    """
    java = shutil.which("java")
    if java is None:
        raise MissingError("Java")
    if not JARS.is_dir():
        raise MissingError("veraPDF (make test)")
    done = subprocess.run(
        [java, "-Djava.awt.headless=true", "-cp", f"{JARS}/*", MAIN]
        + ["--flavour", flavour, "--format", "json", "--maxfailuresdisplayed", "1"]
        + [str(pdf.resolve()) for pdf in pdfs],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    if not done.stdout:
        raise RuntimeError(done.stderr)
    jobs = json.loads(done.stdout)["report"]["jobs"]
    found = {Path(job["itemDetails"]["name"]): _faults(job) for job in jobs}
    return [sorted(found[pdf.resolve()], key=lambda fault: fault.rule) for pdf in pdfs]


def _faults(job: Mapping[str, Any]) -> Iterator[Fault]:
    results = job.get("validationResult")
    if not results:
        yield Fault("all", 1, "it can be read", str(job.get("taskException")))
        return
    for result in results if isinstance(results, list) else [results]:
        for rule in result["details"]["ruleSummaries"]:
            place = rule["checks"][0]["context"].rpartition("/")[2]
            name = f"{rule['clause']}-{rule['testNumber']}"
            yield Fault(name, rule["failedChecks"], rule["description"], place)
