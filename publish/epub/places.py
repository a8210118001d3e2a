"""Where in the manuscript the files of an EPUB come from."""

from collections.abc import Iterator

from publish.artifact import Source
from publish.epub.chapters import chapter_path
from publish.epub.document import IMAGES
from publish.kinds import every
from publish.model import Book, Image
from publish.problems import Position

# Where ebooklib puts all that the package document lists.
FOLDER = "EPUB"


def sources_of(book: Book) -> Iterator[Source]:
    """A chapter comes from its file, a picture from where it is first named."""
    named: dict[str, Position] = {}
    for chapter in book.chapters:
        if chapter.source:
            path = f"{FOLDER}/{chapter_path(chapter.name)}"
            yield Source(path, Position(chapter.path))
        for image in every(chapter, Image):
            if image.file:
                at = Position(chapter.path, image.line)
                named.setdefault(f"{FOLDER}/{IMAGES}/{image.file}", at)
    for path, at in named.items():
        yield Source(path, at)
