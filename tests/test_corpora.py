"""Books as other tools left them, where they lie beside the checkout."""

from pathlib import Path
from time import perf_counter

import pytest

from publish.manuscript import read_manuscript
from publish.problems import Severity

CORPORA = Path(__file__).parent.parent.parent / "shared" / "corpora"

LANGUAGES = "cs de el es fr id it ja ko pl pt ro ru sl uk zh-Hant"

pytestmark = pytest.mark.skipif(not CORPORA.is_dir(), reason="no ../shared/corpora")


@pytest.mark.parametrize(
    ("book", "title", "language", "files", "errors"),
    [
        ("alice", "Alice's Adventures in Wonderland", "en", 1, 0),
        ("command-line", "The Art of Command Line", "en", 19, 0),
        (
            "curie",
            "Untersuchungen über die radioaktiven Substanzen",
            "de",
            1,
            # It cites from a file that nothing names.
            1,
        ),
        ("dickinson", "Poems: Three Series", "en", 1, 0),
        ("electric-book", "Samples", "en", 37, 0),
        ("learn-go", "Learn Go with Tests", "en", 42, 0),
        ("mdlearn-fa", "Learning Markdown", "fa", 14, 0),
        # Their lists name a chapter and a cover that are not there.
        ("noir-et-blanc", "Noir & Blanc", "fr", 9, 2),
        # Its list names a chapter that is not there, and programs are to make figures.
        ("py-rse", "Research Software Engineering with Python", "en", 28, 2),
    ],
)
def test_a_book_is_read_as_another_tool_left_it(
    book: str, title: str, language: str, files: int, errors: int
) -> None:
    manuscript = read_manuscript(CORPORA / book)

    wrong = [p for p in manuscript.problems if p.severity is not Severity.NOTE]
    assert manuscript.metadata.title == title
    assert manuscript.metadata.language == language
    assert len({s.file for s in manuscript.sources if s.file}) == files
    assert len(wrong) == errors
    assert all(problem.at.line for problem in wrong)


@pytest.mark.parametrize(
    ("suffix", "language"),
    [
        ("", "en"),
        ("-zh", "zh-Hans"),
        *((f"-{tag}", tag) for tag in LANGUAGES.split()),
    ],
)
def test_every_language_of_a_book_is_told(suffix: str, language: str) -> None:
    path = CORPORA / "command-line" / f"README{suffix}.md"

    assert read_manuscript(path).metadata.language == language


def test_a_long_book_is_read_in_no_time() -> None:
    start = perf_counter()
    read_manuscript(CORPORA / "learn-go")

    # It takes a tenth of this where nothing else runs.
    assert perf_counter() - start < 2
