"""Novels as long as one wants, made of a short one: the same ones on any day."""

import re
from collections.abc import Iterator, Sequence
from itertools import count, islice
from pathlib import Path

# One file, whose chapters begin with lines like "## Chapter 1 - Down the Rabbit-Hole".
SOURCE = "alice"
_HEAD = re.compile(r"^## Chapter \d+ - (.+)\n", re.MULTILINE)
# Its chapters take 4 to 8 pages, so many on average with the blank ones between them;
# and so many come before the first.
PAGES_PER_CHAPTER, PAGES_BEFORE = 7.5, 4
# A full page has about so many letters.
LETTERS_PER_PAGE = 1700

# Only plain words: no name, nothing that is markup.
_WORD = re.compile(r"(?<![\w'’-])[a-z]{4,9}(?![\w'’-])")
# Of so many such words one is another in a copy.
_EVERY = 5


def write_novel(folder: Path, corpora: Path, pages: int, title: str = "") -> Path:
    """A novel of about so many pages, a file for each chapter. Gives *folder* back.

    title: of each novel another, and then no paragraph of one is in the other
    """
    wanted = max(1, round((pages - PAGES_BEFORE) / PAGES_PER_CHAPTER))
    return _write(folder, title or f"A Novel of {pages} Pages", corpora, wanted)


def write_shelf(folder: Path, corpora: Path, books: int, pages: int) -> Path:
    """Novels in a folder each."""
    for n in range(1, books + 1):
        write_novel(folder / f"{n:02}", corpora, pages, title=f"Book {n} of {books}")
    return folder


def chapters(text: str, title: str) -> Iterator[tuple[str, str]]:
    """The heads and texts of chapters, over and over, in other words each time.

    title: decides which words, with the number of the copy
    """
    _, *parts = _HEAD.split(text)
    pairs = list(zip(parts[::2], parts[1::2], strict=True))
    vocabulary = _by_length(text)
    for copy in count():
        for head, words in pairs:
            yield head, _altered(words, vocabulary, f"{title} {copy}")


def _write(folder: Path, title: str, corpora: Path, wanted: int) -> Path:
    folder.mkdir(parents=True)
    book = f'[book]\ntitle = "{title}"\nlanguage = "en"\nnumbering = "chapters"\n'
    (folder / "book.toml").write_text(book, encoding="utf-8")
    (source,) = (corpora / SOURCE).glob("*.md")
    made = chapters(source.read_text(encoding="utf-8"), title)
    for n, (head, words) in enumerate(islice(made, wanted), 1):
        text = f"# {head}\n\n{words.strip()}\n"
        (folder / f"{n:04}.md").write_text(text, encoding="utf-8")
    return folder


def _by_length(text: str) -> dict[int, Sequence[str]]:
    words = sorted(set(_WORD.findall(text)))
    return {n: [word for word in words if len(word) == n] for n in map(len, words)}


def _altered(words: str, vocabulary: dict[int, Sequence[str]], seed: str) -> str:
    """With words of the same length in place of some, so that pages stay as full."""
    # What `hash` gives is other in each process.
    turn = sum(n * ord(sign) for n, sign in enumerate(seed, 1))
    seen = count(turn)

    def other(found: re.Match[str]) -> str:
        n = next(seen)
        if n % _EVERY:
            return found[0]
        known = vocabulary[len(found[0])]
        return known[(known.index(found[0]) + turn + n) % len(known)]

    return _WORD.sub(other, words)
