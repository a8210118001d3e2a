"""Leanpub's `Book.txt`: a file on each line, and words for front and back matter.

https://leanpub.com/markua/read#leanpub-auto-booktxt
"""

import re

from publish.manuscript.folder import Folder, is_text
from publish.manuscript.listing import Entry, Listing, join
from publish.model import Matter

_FILES = ("Book.txt", "manuscript/Book.txt")
_MATTER = {
    "frontmatter": Matter.FRONT,
    "mainmatter": Matter.BODY,
    "backmatter": Matter.BACK,
}


def read_book_txt(folder: Folder) -> Listing | None:
    """The files that `Book.txt` lists, if it is such a list and not a text."""
    file = next((file for file in _FILES if folder.has(file)), "")
    if not file:
        return None
    text, problems = folder.read(file)
    base = file.rpartition("/")[0]
    matter: Matter | None = None
    entries: list[Entry] = []
    for number, line in enumerate(text.split("\n"), 1):
        words = line.strip()
        if not words or words.startswith("#"):
            continue
        if said := _MATTER.get(re.sub(r"[{}:\s]", "", words.casefold())):
            matter = said
        elif is_text(words):
            at = folder.at(file, number)
            entries.append(Entry(name=join(base, words), at=at, matter=matter))
        else:
            return None
    if not entries:
        return None
    return Listing(by=file, tool="Leanpub", entries=tuple(entries), problems=problems)
