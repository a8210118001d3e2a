"""What an author changes between two builds."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile

from publish.manuscript import read_manuscript

# A line of prose without markup.
_PROSE = re.compile(r"[A-Z][A-Za-z ,.;:!?'’—-]{70,}")
_WORD = re.compile(r"\b[a-z]{4,9}\b")


@dataclass(frozen=True, slots=True)
class Edit:
    """text: all of the file at *path*, after the change"""

    path: Path
    text: str


@contextmanager
def made(edit: Edit) -> Iterator[None]:
    """The file is changed while this lasts."""
    before = edit.path.read_text(encoding="utf-8")
    edit.path.write_text(edit.text, encoding="utf-8")
    try:
        yield
    finally:
        edit.path.write_text(before, encoding="utf-8")


def one_word(path: Path) -> Edit:
    """With a word spelt backwards, in the middle of what is plain prose.

    Its letters are the same, so that nothing else has a reason to be other.
    """
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    prose = [n for n, line in _outside_of_code(lines) if _PROSE.fullmatch(line.strip())]
    middle = prose[len(prose) // 2]
    words = [word for word in _WORD.findall(lines[middle]) if word != word[::-1]]
    word = words[len(words) // 2]
    lines[middle] = re.sub(rf"\b{word}\b", word[::-1], lines[middle], count=1)
    return Edit(path, "".join(lines))


def longer(path: Path, letters: int) -> Edit:
    """With so many more letters at the end, which are prose of its beginning."""
    text = path.read_text(encoding="utf-8")
    more: list[str] = []
    for line in (line.strip() for line in text.splitlines()):
        if _PROSE.fullmatch(line) and sum(map(len, more)) < letters:
            more.append(line)
    return Edit(path, "\n\n".join((text.rstrip(), *more)) + "\n")


def copied(book: Path, folder: Path) -> Path:
    """A copy of *book* that can be changed, whoever may change the original."""
    for path in sorted(book.rglob("*")):
        if path.is_file():
            copy = folder / path.relative_to(book)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copyfile(path, copy)
    return folder


def by_length(book: Path) -> list[Path]:
    """The files of the book's text, the shortest first."""
    sources = [source for source in read_manuscript(book).sources if source.file]
    return [source.path for source in sorted(sources, key=lambda s: len(s.text))]


def _outside_of_code(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    fenced = False
    for n, line in enumerate(lines):
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        elif not fenced:
            yield n, line
