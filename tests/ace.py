"""Ace by DAISY: what a reader who does not see would stumble over in an EPUB."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.conftest import missing

NODE = Path(__file__).parent / "node"
CHROMIUM = ("chromium", "google-chrome")


def violations(epubs: Sequence[Path]) -> list[list[str]]:
    """What Ace says about each of *epubs*, in their order; a line each.

    All of them go through one browser: it takes longer to start than a book takes.
    """
    node = _find("node") or missing("Node")
    browser = next(filter(None, map(_find, CHROMIUM)), None) or missing("Chromium")
    if not (NODE / "node_modules/@daisy/ace-core").is_dir():
        missing("Ace (npm ci in tests/node)")
    with TemporaryDirectory() as folder:
        done = subprocess.run(
            [node, NODE / "ace.js", folder, *epubs],
            env={**os.environ, "PUPPETEER_EXECUTABLE_PATH": browser},
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
    assert done.returncode == 0, done.stderr
    return [
        ["{where}: {impact}: {rule}: {words} {markup}".format(**one) for one in found]
        for found in json.loads(done.stdout)
    ]


def _find(name: str) -> str | None:
    """A program of the virtual environment, else of the machine."""
    beside = Path(sys.executable).parent
    return shutil.which(name, path=str(beside)) or shutil.which(name)
