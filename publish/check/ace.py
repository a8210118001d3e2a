"""The door to Ace by DAISY, the judge of what an EPUB is to readers who do not see."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from publish.check.say import shown, warn
from publish.problems import Position, Problem, Severity

# Seconds after which it is no longer waited for: a browser may hang.
_PATIENCE = 600


def check_with_ace(path: Path, names: Collection[str]) -> tuple[Problem, ...]:
    """What Ace says about an EPUB. names: of the files in it"""
    program = shutil.which("ace")
    if program is None:
        hint = "install it with Node: npm install -g @daisy/ace"
        message = "Ace, which looks at pages in a browser, is not installed"
        return (Problem(Position(Path("ace")), "no-ace", message, hint, Severity.NOTE),)
    with tempfile.TemporaryDirectory() as folder:
        # A whole path: Ace would take `-x.epub` for an option.
        command = [program, "--silent", "--force", "--outdir", folder]
        said = _run([*command, str(path.absolute())])
        report = Path(folder, "report.json")
        if not report.is_file():
            last = said.strip().rpartition("\n")[2]
            message = "Ace cannot read this file" + (f": {shown(last)}" if last else "")
            return (warn(Position(path), "ace-failed", message),)
        return tuple(
            _problems(path, names, json.loads(report.read_text(encoding="utf-8")))
        )


def _run(command: list[str]) -> str:
    """What it said, on either stream."""
    try:
        done = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE,
        )
    except subprocess.TimeoutExpired:
        return f"it was not done in {_PATIENCE // 60} minutes"
    return done.stdout


def _problems(
    path: Path, names: Collection[str], report: Mapping[str, Any]
) -> Iterator[Problem]:
    # It names files from the folder of the package document.
    whole = {name.partition("/")[2]: name for name in names}
    whole |= {name: name for name in names}
    for file in report.get("assertions", []):
        inner = file.get("earl:testSubject", {}).get("url", "").lstrip("/")
        inner = shown(whole.get(inner, inner))
        at = Position(Path(f"{path}/{inner}") if inner else path)
        for one in file.get("assertions", []):
            words = one["earl:result"].get("dct:description", "")
            # What axe says has a line for each way to mend it.
            message = shown(words.partition("\n")[2] or words).rstrip(".")
            markup = shown(one["earl:result"].get("html", ""))
            text = f"{message}: {markup}" if markup else message
            yield warn(at, one["earl:test"]["dct:title"].lower(), text)
