"""From the tree to the XHTML of an output."""

from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree

from publish.model import Chapter
from publish.problems import Problem
from publish.words.count import in_order, lost_words, missing, written_text

# Attributes that hold words of the author.
SPOKEN = ("alt", "alttext", "title")


def lost_in_xhtml(
    chapters: Sequence[Chapter], pages: Mapping[str, bytes], where: str
) -> Iterator[Problem]:
    """A problem for each chapter whose XHTML has fewer words than its tree.

    pages: whole documents by `Chapter.name`; a chapter without one is all lost
    """
    for chapter in chapters:
        page = pages.get(chapter.name)
        found = _page_text(page) if page is not None else ""
        wanted = written_text(chapter)
        if lost := missing(wanted, found):
            yield from lost_words(chapter.path, in_order(lost, wanted), where)


def _page_text(page: bytes) -> str:
    return "\n".join(_texts(ElementTree.fromstring(page)))


def _texts(element: ElementTree.Element) -> Iterator[str]:
    """Words part at tags, as in the tree; but not in code, where tags colour."""
    for name in SPOKEN:
        yield element.get(name, "")
    if element.tag.endswith("}math"):
        # Of mathematics the words are what it says instead.
        return
    if element.tag.endswith("code"):
        yield "".join(element.itertext())
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""
