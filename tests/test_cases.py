"""Markdown and what becomes of it, as pairs in tests/cases/. Adding one needs no code.

A case is a title, a dot, Markdown, a dot, XHTML, a dot. `pytest --update-golden`
writes the XHTML; read the difference like code.
"""

import pytest
from markdown_it.utils import read_fixture_file

from tests.conftest import CASES
from tests.through import through_our_tree

FILES = [
    "captions.md",
    "code.md",
    "dialect.md",
    "divisions.md",
    "index.md",
    "inline.md",
    "mathematics.md",
    "raw-html.md",
    "tables.md",
]


@pytest.mark.parametrize("name", FILES)
def test_cases(name: str, request: pytest.FixtureRequest) -> None:
    path = CASES / name
    cases = read_fixture_file(path)

    ours = "\n".join(
        f"{title}\n.\n{markdown}.\n{through_our_tree(markdown)}\n.\n"
        for _, title, markdown, _ in cases
    )

    if request.config.getoption("--update-golden"):
        path.write_text(ours, encoding="utf-8")
    assert ours == path.read_text(encoding="utf-8")


def test_every_file_of_cases_is_run() -> None:
    # These two are run by `test_citations`.
    others = {"citations.md", "citations.bib"}
    run = {*FILES, *others, "commonmark-exceptions.md"}

    assert {path.name for path in CASES.iterdir()} == run
