"""Pictures over two facing pages.

They are taken out of the text, which goes on without them, and stand at the next place
where two pages face each other: so no page is left empty before them. In the document
of a fragment their pages come first, two for each picture; `pagination` brings these
where they belong.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, repeat
from xml.etree.ElementTree import Element, SubElement

from publish.model import Chapter, Figure
from publish.pdf.classes import classes
from publish.problems import Position
from publish.walk import walk_blocks

# Of each half, the number of its picture in the fragment; of what stands before the
# place of pictures, or holds it, the numbers of these.
PICTURE, PLACE_OF = "data-p-spread", "data-p-spreads"
_NAME = "spread"
# What shows something without a word.
_SHOWN = frozenset({"img", "svg", "table", "hr", "pre"})


def lift_spreads(
    section: Element, chapter: Chapter, first: int, *, right_to_left: bool
) -> Iterator[tuple[Position, Sequence[Element]]]:
    """Take the pictures over two pages out of a chapter: where each of them was
    written, and the pages of its halves.

    first: the number of the first of them
    right_to_left: whether the book is read so, and its right-hand pages come first
    A caption stays where it is, for words may be no part of a picture.
    """
    figures = [one for one in section.iter("figure") if _NAME in classes(one)]
    if not figures:
        return
    around = {inner: outer for outer in section.iter() for inner in outer}
    # For one that the tree has not, the file as a whole.
    for figure, line in zip(figures, chain(_lines(chapter), repeat(0)), strict=False):
        pictures = list(figure.iter("img"))
        if not pictures:
            continue
        for picture in pictures:
            _take_out(picture, around[picture])
        ids = [figure.attrib.pop("id", "")]
        place = figure
        if is_empty(figure):
            ids += [inner.get("id", "") for inner in figure.iter()]
            place = _place_before(figure, around[figure])
        for picture in pictures:
            before = place.get(PLACE_OF, "")
            place.set(PLACE_OF, f"{before} {first}".strip())
            halves = _halves(picture, first, chapter.language, right_to_left)
            own = [*ids, picture.get("id", "")]
            _name(halves[0], [name for name in own if name])
            yield Position(chapter.path, line), halves
            first, ids = first + 1, []


def _lines(chapter: Chapter) -> Iterator[int]:
    for block in walk_blocks(chapter.blocks):
        if isinstance(block, Figure) and _NAME in block.attributes.classes:
            yield block.line


def is_empty(element: Element) -> bool:
    """Whether nothing of it is to be seen."""
    words = "".join(element.itertext()).strip()
    return not words and not any(inner.tag in _SHOWN for inner in element.iter())


def pages_of_spreads(
    root: Element, begins: Mapping[Element, int], ends: Mapping[Element, int]
) -> Mapping[int, int]:
    """By the number of a picture, the page that has its place.

    begins, ends: the first and the last page of what is shown
    """
    found: dict[int, int] = {}

    def go_on(element: Element, page: int) -> int:
        """The page that is reached. What is not shown stands at the end of the text
        before it."""
        page = begins.get(element, page)
        for inner in element:
            page = go_on(inner, page)
        page = ends.get(element, page)
        numbers = map(int, element.get(PLACE_OF, "").split())
        found.update(dict.fromkeys(numbers, page))
        return page

    go_on(root, 0)
    return found


def _take_out(element: Element, parent: Element) -> None:
    """What follows it stays."""
    at = list(parent).index(element)
    words, element.tail = element.tail or "", None
    if at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + words
    else:
        parent.text = (parent.text or "") + words
    parent.remove(element)


def _place_before(figure: Element, parent: Element) -> Element:
    """Take an empty figure out; gives what stands before it."""
    at = list(parent).index(figure)
    if at:
        _take_out(figure, parent)
        return parent[at - 1]
    place = Element("div")
    parent[at] = place
    place.tail = figure.tail
    return place


def _halves(
    picture: Element, number: int, language: str, right_to_left: bool
) -> Sequence[Element]:
    """The pages of a picture: each shows all of it, and ends in the middle."""
    sides = ("right", "left") if right_to_left else ("left", "right")
    shown = {
        "src": picture.get("src", ""),
        "alt": picture.get("alt", ""),
        "lang": picture.get("lang", language),
        PICTURE: str(number),
    }
    halves = [Element("div", {"class": f"p-half p-half-{side}"}) for side in sides]
    for half in halves:
        SubElement(half, "img", shown)
    return halves


def _name(half: Element, ids: Sequence[str]) -> None:
    """Let what leads to a picture lead to its first page."""
    for name in ids:
        SubElement(half, "div", {"id": name})
