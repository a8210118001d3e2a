"""epub.js, the reader in the browser: what a person would not see in an EPUB there."""

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.missing import CHROMIUM, MissingError, program, skipped_if_missing

NODE = Path(__file__).parent / "node"


def faults_by_day(epubs: Sequence[Path]) -> list[list[str]]:
    """What is wrong with each of *epubs*, in their order, on a phone with its letters
    as they come: text, pictures and fonts that are not shown, what leaves the page,
    notes and contents that lead nowhere, what is fetched; a line each.

    All of them go through one browser. Skips the test where epub.js is missing.
    """
    return _faults("one", epubs)


def faults_by_day_and_night(epubs: Sequence[Path]) -> list[list[str]]:
    """The same on a light page and a dark one, each with letters of three sizes; also
    ink that is too pale, and what does not grow."""
    return _faults("every", epubs)


def _faults(looks: str, epubs: Sequence[Path]) -> list[list[str]]:
    with skipped_if_missing(), TemporaryDirectory() as folder:
        node, browser = program("Node", "node"), program("Chromium", *CHROMIUM)
        if not (NODE / "node_modules/epubjs").is_dir():
            raise MissingError("epub.js (npm ci in tests/node)")
        found = Path(folder, "found.json")
        done = subprocess.run(
            [node, NODE / "epubjs.js", "found", found, looks, *epubs],
            env={**os.environ, "PUPPETEER_EXECUTABLE_PATH": browser},
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
        if done.returncode:
            raise RuntimeError(done.stderr)
        return [list(map(str, said)) for said in json.loads(found.read_text("utf-8"))]
