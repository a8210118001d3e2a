"""A book can be read without eyes, and says truly how far."""

from pathlib import Path

import pytest

from publish.model import Format
from publish.pipeline import build
from tests.ace import violations

ROOT = Path(__file__).parent.parent
BOOKS = (ROOT / "manuscript", ROOT / "tests" / "books" / "lamp")


@pytest.fixture(scope="module")
def epubs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("epubs")
    paths = []
    for book in BOOKS:
        (artifact,) = build(book, formats=[Format.EPUB]).artifacts
        paths.append(folder / artifact.name)
        paths[-1].write_bytes(artifact.data)
    return paths


def test_ace_finds_nothing(epubs: list[Path]) -> None:
    assert violations(epubs) == [[], []]
