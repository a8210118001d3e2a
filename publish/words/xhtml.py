"""From the tree to the XHTML of an output."""

from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree

from publish.model import Chapter
from publish.problems import Problem
from publish.words.count import lost_words, missing, words, written_words

# Attributes that hold words of the author.
SPOKEN = ("alt", "title")


def lost_in_xhtml(
    chapters: Sequence[Chapter], pages: Mapping[str, bytes], where: str
) -> Iterator[Problem]:
    """A problem for each chapter whose XHTML has fewer words than its tree.

    pages: whole documents by `Chapter.name`; a chapter without one is all lost
    """
    for chapter in chapters:
        page = pages.get(chapter.name)
        found = _page_words(page) if page is not None else ()
        lost = missing(written_words(chapter), found)
        yield from lost_words(chapter.path, lost, where)


def _page_words(page: bytes) -> Iterator[str]:
    return _words_in(ElementTree.fromstring(page))


def _words_in(element: ElementTree.Element) -> Iterator[str]:
    """Words part at tags, as in the tree; but not in code, where tags colour."""
    for name in SPOKEN:
        if value := element.get(name):
            yield from words(value)
    if element.tag.endswith("code"):
        yield from words("".join(element.itertext()))
        return
    yield from words(element.text or "")
    for child in element:
        yield from _words_in(child)
        yield from words(child.tail or "")
