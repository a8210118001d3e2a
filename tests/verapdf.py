"""veraPDF: whether a PDF is what PDF/UA-1 wants."""

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.conftest import missing

JARS = Path(__file__).parent / "java" / "jars"
MAIN = "org.verapdf.apps.GreenfieldCliWrapper"


def faults(pdfs: Sequence[Path]) -> list[list[str]]:
    """What veraPDF says about each of *pdfs*, in their order; a line each rule.

    All of them go through one Java: it takes longer to start than a book takes.
    """
    java = shutil.which("java") or missing("Java")
    if not JARS.is_dir():
        missing("veraPDF (make test)")
    done = subprocess.run(
        [java, "-Djava.awt.headless=true", "-cp", f"{JARS}/*", MAIN]
        + ["--flavour", "ua1", "--format", "json", "--maxfailuresdisplayed", "1"]
        + [str(pdf.resolve()) for pdf in pdfs],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert done.stdout, done.stderr
    jobs = json.loads(done.stdout)["report"]["jobs"]
    found = {Path(job["itemDetails"]["name"]): list(_lines(job)) for job in jobs}
    return [found[pdf.resolve()] for pdf in pdfs]


def _lines(job: Mapping[str, Any]) -> Iterator[str]:
    results = job.get("validationResult")
    if not results:
        yield f"cannot be read: {job.get('taskException')}"
        return
    for result in results if isinstance(results, list) else [results]:
        for rule in result["details"]["ruleSummaries"]:
            place = rule["checks"][0]["context"].rpartition("/")[2]
            number, times = rule["testNumber"], rule["failedChecks"]
            yield f"{rule['clause']}-{number} ({times} times): {place}"
