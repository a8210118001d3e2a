"""Calibre, with which readers carry books to other devices: what it warns of."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

# It paints warnings yellow and errors red.
SAID = re.compile(r"\x1b\[3[13]m(.*?)\x1b\[0m", re.DOTALL)
# The sheet for newer readers: older ones pass it over.
MEANT = re.compile(r"CSSStylesheet: Unknown @rule found\. \[\d+:\d+: @supports\]")


def warnings(epubs: Sequence[Path]) -> list[list[str]]:
    """What it says of each of *epubs*, in their order, while it turns them to AZW3.

    Skips the test where Calibre is missing, also in CI: it takes half a gigabyte.
    """
    convert = shutil.which("ebook-convert")
    if convert is None:
        pytest.skip("ebook-convert (Calibre) is missing")
    return [_warnings(convert, epub) for epub in epubs]


def _warnings(convert: str, epub: Path) -> list[str]:
    with TemporaryDirectory() as folder:
        done = subprocess.run(
            [convert, epub, Path(folder, "book.azw3")],
            env={
                **os.environ,
                "CALIBRE_CONFIG_DIRECTORY": folder,
                "CALIBRE_FORCE_ANSI": "1",
                "CALIBRE_OVERRIDE_LANG": "en",
                "QT_QPA_PLATFORM": "offscreen",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=True,
            encoding="utf-8",
        )
    said = (line for found in SAID.findall(done.stdout) for line in found.splitlines())
    return [line for line in said if line and not MEANT.fullmatch(line)]
