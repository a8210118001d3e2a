"""The same book gives the same bytes, whatever is beside the book."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from publish.pipeline import build
from tests.conftest import LAMP, BuildWhole

ROOT = Path(__file__).parent.parent
OTHERS = ("3.12", "3.13")


@pytest.fixture(scope="module")
def wanted(whole: BuildWhole) -> Mapping[str, bytes]:
    return {made.name: made.data for made in whole(LAMP).report.artifacts}


def made(
    folder: Path, *command: object, env: Mapping[str, str] | None = None
) -> dict[str, bytes]:
    """What `publish build`, run as *command*, writes into *folder*: anew, whatever an
    earlier build has kept."""
    subprocess.run(
        [*map(str, command), "--no-cache", "-o", str(folder)],
        check=True,
        capture_output=True,
        env=os.environ | (env or {}),
    )
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(
    "circumstances",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LANG": "tr_TR.UTF-8"},
        {"PUBLISH_CACHE": "an/empty/cache", "PYTHONUTF8": "0", "COLUMNS": "20"},
    ],
    ids=["tokyo", "new york", "cache"],
)
def test_in_another_process_with_other_circumstances(
    wanted: Mapping[str, bytes], tmp_path: Path, circumstances: dict[str, str]
) -> None:
    if "PUBLISH_CACHE" in circumstances:
        circumstances = circumstances | {"PUBLISH_CACHE": str(tmp_path / "cache")}

    command = (sys.executable, "-m", "publish", "build", LAMP)

    assert made(tmp_path / "out", *command, env=circumstances) == wanted


def test_in_another_folder_whose_files_were_written_in_another_order(
    wanted: Mapping[str, bytes], tmp_path: Path
) -> None:
    book = tmp_path / "elsewhere" / "the book"
    book.mkdir(parents=True)
    for number, path in enumerate(sorted(LAMP.iterdir(), reverse=True)):
        shutil.copyfile(path, book / path.name)
        os.utime(book / path.name, (number * 86_400, number * 86_400))

    command = (sys.executable, "-m", "publish", "build", book)

    assert made(tmp_path / "out", *command) == wanted


def test_without_a_list_the_order_of_files_on_the_disk_does_not_count(
    tmp_path: Path,
) -> None:
    names = ["10 ten.md", "2 two.md", "b/1.md", "a/1.md", "Ä.md", "z.txt", "README.md"]
    found: list[list[bytes]] = []
    for order in (names, names[::-1]):
        book = tmp_path / str(len(found)) / "book"
        for name in order:
            path = book / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"# {name}\n\nwords\n", encoding="utf-8")
        found.append([artifact.data for artifact in build(book).artifacts])

    assert found[0] == found[1]


@pytest.mark.parametrize("version", OTHERS)
def test_on_another_python(
    wanted: Mapping[str, bytes], tmp_path: Path, version: str
) -> None:
    python = interpreter(version)
    if not python or not os.environ.get("CI"):
        pytest.skip(f"made in CI, where Python {version} is there")
    venv = tmp_path / "venv"
    pip = venv / "bin" / "pip"
    lock = ROOT / "requirements.lock"
    for command in (
        (python, "-m", "venv", venv),
        (pip, "install", "-q", "--require-hashes", "-r", lock),
        (pip, "install", "-q", "--no-deps", "--no-build-isolation", ROOT),
    ):
        subprocess.run([*map(str, command)], check=True, capture_output=True)

    assert made(tmp_path / "out", venv / "bin" / "publish", "build", LAMP) == wanted


def interpreter(version: str) -> str:
    """A Python of that version that runs; empty for none. pyenv keeps its own aside."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    kept = sorted(pyenv.glob(f"{version}.*/bin/python")) if pyenv.is_dir() else []
    for python in (shutil.which(f"python{version}"), *map(str, kept)):
        if not python:
            continue
        done = subprocess.run([python, "-c", ""], capture_output=True, check=False)
        if done.returncode == 0:
            return python
    return ""
