"""Ace by DAISY: what a reader who does not see would stumble over in an EPUB."""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.missing import CHROMIUM, MissingError, program, skipped_if_missing

NODE = Path(__file__).parent / "node"


class Impact(StrEnum):
    """How much a reader is hindered, the worst first."""

    CRITICAL = "critical"
    SERIOUS = "serious"
    MODERATE = "moderate"
    MINOR = "minor"


@dataclass(frozen=True, slots=True)
class Violation:
    """where: the file inside the EPUB
    words: what is wrong there
    """

    where: str
    impact: Impact
    rule: str
    words: str
    markup: str

    def __str__(self) -> str:
        said = f"{self.where}: {self.impact}: {self.rule}: {self.words}"
        return f"{said} {self.markup}"


def violations(epubs: Sequence[Path]) -> list[list[str]]:
    """What Ace says about each of *epubs*, in their order; a line each.

    Skips the test where Ace is missing.
    """
    with skipped_if_missing():
        return [list(map(str, found)) for found in judge(epubs)]


def judge(epubs: Sequence[Path]) -> list[list[Violation]]:
    """What Ace says about each of *epubs*, in their order.

    All of them go through one browser: it takes longer to start than a book takes.
    Raises MissingError, and RuntimeError where Ace fails.
    """
    node, browser = program("Node", "node"), program("Chromium", *CHROMIUM)
    if not (NODE / "node_modules/@daisy/ace-core").is_dir():
        raise MissingError("Ace (npm ci in tests/node)")
    with TemporaryDirectory() as folder:
        done = subprocess.run(
            [node, NODE / "ace.js", folder, *epubs],
            env={**os.environ, "PUPPETEER_EXECUTABLE_PATH": browser},
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
        if done.returncode:
            raise RuntimeError(done.stderr)
        said = Path(folder, "found.json").read_text("utf-8")
    return [
        [
            Violation(**one | {"impact": Impact(one["impact"])})
            for one in found
            if not _is_formula(one)
        ]
        for found in json.loads(said)
    ]


def _is_formula(said: Mapping[str, str]) -> bool:
    """Whether a head of a table is called empty that holds a formula: to axe 4,
    mathematics is no text, but screen readers read it."""
    return said["rule"] == "empty-table-header" and "<math" in said["markup"]
