"""What an address that an author wrote may name."""

import posixpath
import re
import unicodedata
from collections.abc import Iterator

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[^\s@]+@[^\s@]+\.[A-Za-z]{2,}")
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


def leaves_the_book(address: str) -> bool:
    """Whether it names something else than a file or heading of the manuscript."""
    return bool(SCHEME.match(address))


def is_address(words: str) -> bool:
    """Whether *words* are an address of the web or of a mailbox, and nothing else."""
    return bool(_ADDRESS.fullmatch(words.strip()))


def name_key(name: str) -> str:
    """What names of files are compared by where they need not be the same."""
    # macOS writes accents apart from their letters, editors write them together.
    return unicodedata.normalize("NFC", name).casefold()


def picture_paths(chapter_source: str, src: str) -> Iterator[str]:
    """Where in the manuscript a picture may be: beside its chapter, then at the top."""
    said = src.partition("#")[0].partition("?")[0]
    # As it stands, then as Windows means it.
    for path in dict.fromkeys((said, said.replace("\\", "/"))):
        if not path.startswith("/"):
            folder = posixpath.dirname(chapter_source)
            yield posixpath.normpath(posixpath.join(folder, path))
        yield posixpath.normpath(path.lstrip("/"))
