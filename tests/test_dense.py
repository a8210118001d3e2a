"""A book with very much of everything comes out whole."""

import re
import zipfile

import pytest

from publish.model import Format
from publish.pipeline import build
from tests.dense import CHAPTERS, CITATIONS, FIGURES, MARKS, NOTES, write_dense


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> str:
    """All that stands in the files of the EPUB."""
    folder = tmp_path_factory.mktemp("dense")
    report = build(write_dense(folder / "book"))
    assert [str(p) for p in report.problems if p.severity != "note"] == []
    assert len(report.artifacts) == len(Format)
    path = folder / "dense.epub"
    path.write_bytes(report.artifacts[0].data)
    with zipfile.ZipFile(path) as epub:
        names = [name for name in epub.namelist() if name.endswith(".xhtml")]
        return "".join(epub.read(name).decode() for name in names)


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ('role="doc-noteref"', CHAPTERS * NOTES),
        ('role="doc-biblioref"', CHAPTERS * CITATIONS),
        (r"<figcaption><span class=\"label\">Figure.\d+\.\d+<", CHAPTERS * FIGURES),
        (r"#fig-\d+-\d+\">Figure.\d+\.\d+</a>", 1200),
        (r"#sec-\d+\">Chapter.\d+</a>", 1200),
        ('epub:type="index-locator"', CHAPTERS * MARKS),
    ],
)
def test_every_one_is_there(texts: str, pattern: str, number: int) -> None:
    assert len(re.findall(pattern, texts)) >= number
