"""Which books there are, and what is in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from publish.manuscript import read_manuscript
from publish.parse import parse
from publish.words.count import shown_words

# The user's guide, from wherever the command is run.
GUIDE = Path(__file__).parents[2] / "manuscript"


@dataclass(frozen=True, slots=True)
class Contents:
    """What an author would call the size of the book.

    chapters, words: of the author's own, after the book was parsed
    """

    chapters: int
    words: int


def books(corpora: Path) -> Iterator[Path]:
    """The guide, and each folder of *corpora* in the order of their names.

    What is not there is given all the same: a benchmark that skips says so.
    """
    yield GUIDE
    if corpora.is_dir():
        yield from sorted(path for path in corpora.iterdir() if path.is_dir())
    else:
        yield corpora


def contents(book: Path) -> Contents:
    """Raises PublishError where there is no book."""
    read, _ = parse(read_manuscript(book))
    chapters = [chapter for chapter in read.chapters if not chapter.generated]
    words = sum(sum(1 for _ in shown_words(c)) for c in chapters)
    return Contents(len(chapters), words)
