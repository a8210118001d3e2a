"""Where in the manuscript the files of an EPUB come from."""

from collections.abc import Iterator

from publish.artifact import Source
from publish.epub.chapters import chapter_path
from publish.epub.document import IMAGES
from publish.model import Book, Image
from publish.problems import Position
from publish.walk import chapter_inlines

# Where ebooklib puts all that the package document lists.
FOLDER = "EPUB"


def sources_of(book: Book) -> Iterator[Source]:
    """A chapter comes from its file, a picture from where it is first named."""
    named: dict[str, Position] = {}
    for chapter in book.chapters:
        if chapter.source:
            path = f"{FOLDER}/{chapter_path(chapter.name)}"
            yield Source(path, Position(chapter.path))
        for inline in chapter_inlines(chapter):
            if isinstance(inline, Image) and inline.file:
                at = Position(chapter.path, inline.line)
                named.setdefault(f"{FOLDER}/{IMAGES}/{inline.file}", at)
    for path, at in named.items():
        yield Source(path, at)
