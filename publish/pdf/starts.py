"""Where the text of each page begins in its chapter."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure.boxes import LineBox, ReplacedBox, TextBox

from publish.flow import AHEAD, Flow, Place
from publish.pdf.classes import classes
from publish.words.letters import letters

# Of a chapter, of a block in it, and letters of that before the place.
_Spot = tuple[int, int, int]
_APART = frozenset(
    ("p-footnote", "p-note-call", "p-page", "p-locators", "p-reading", "p-math")
)


@dataclass(slots=True)
class _Text:
    """The text of an element itself, as far as it has been set.

    spots: where each piece of it begins, with its letters
    """

    spots: list[tuple[_Spot, int]] = field(default_factory=list)
    set: int = 0

    def next(self) -> _Spot | None:
        """Where what is not set yet begins; None where all of it is, as the head of a
        table is that stands on each page."""
        left = self.set
        for (chapter, block, before), length in self.spots:
            if left < length:
                return chapter, block, before + left
            left -= length
        return None


def page_starts(
    sections: Iterable[Element], pages: Iterable[Any]
) -> Iterator[tuple[Place, ...]]:
    """For each of WeasyPrint's pages; nothing for one without text of its own.

    sections: of the chapters, in the order in which they are set
    Notes at the foot and what repeats are passed over, and so is what stands on a later
    page than the text around it.
    """
    texts: dict[Element, _Text] = {}
    chapters = [_read(n, section, texts) for n, section in enumerate(sections)]
    last: _Spot = (-1, 0, 0)
    for page in pages:
        found: list[_Spot] = []
        for spot in _spots(page._page_box, texts):
            if spot > last and (not found or spot[2] == 0):
                found.append(spot)
                last = spot
        places = [chapters[n].place(block, before) for n, block, before in found]
        yield (*places[:1], *(replace(place, ahead="") for place in places[1:]))


def places_of(sections: Iterable[Element]) -> dict[Element, Place]:
    """Where the text of each element begins."""
    texts: dict[Element, _Text] = {}
    chapters = [_read(n, section, texts) for n, section in enumerate(sections)]
    return {
        element: chapters[n].place(block, before)
        for element, text in texts.items()
        for (n, block, before), _ in text.spots[:1]
    }


@dataclass(frozen=True, slots=True)
class _Chapter:
    """blocks: by their order: name, how many before say the same, and the letters"""

    name: str
    blocks: Sequence[tuple[str, int, str]]

    def place(self, block: int, before: int) -> Place:
        name, nth, text = self.blocks[block]
        return Place(self.name, name, nth, before, text[before : before + AHEAD])


def _read(number: int, section: Element, texts: dict[Element, _Text]) -> _Chapter:
    """texts: filled with those of all elements of the section"""
    flow: Flow[Element] = Flow()
    _walk(section, flow)
    flow.close()
    for n, block in enumerate(flow.blocks):
        before = 0
        for piece in block.pieces:
            length = len(piece.letters) or int(bool(block.picture))
            for element in _set(piece.at):
                text = texts.setdefault(element, _Text())
                text.spots.append(((number, n, before), length))
            before += length
    mark = section.find("div")
    name = "" if mark is None else mark.get("id", "")
    blocks = [(block.name, nth, block.letters) for block, nth in flow.nths()]
    return _Chapter(name, blocks)


def _set(element: Element) -> Iterable[Element]:
    """What stands for it in a line: of a formula the drawings, which lines may part."""
    return element if "p-math" in classes(element) else (element,)


def _walk(element: Element, flow: Flow[Element]) -> None:
    if element.tag == "img":
        flow.picture(element.get("src", ""), element)
        return
    names = classes(element)
    if "p-math" in names:
        flow.formula(element)
    flow.begin(element.tag, apart=not _APART.isdisjoint(names))
    flow.text(element.text or "", element)
    for child in element:
        _walk(child, flow)
        flow.text(child.tail or "", element)
    flow.end(element.tag)


def _spots(page: Any, texts: dict[Element, _Text]) -> Iterator[_Spot]:
    """Where each line of a page begins that has something new, in the order in which
    they are set."""
    seen: set[int] = set()
    for box in page.descendants(placeholders=True):
        if isinstance(box, LineBox):
            run = [one for one in box.descendants() if id(one) not in seen]
        else:
            # A picture that stands alone.
            run = [box] if id(box) not in seen else []
        new = list(_new(run, texts))
        seen.update(map(id, run))
        if new:
            yield min(new)


def _new(run: Iterable[Any], texts: dict[Element, _Text]) -> Iterator[_Spot]:
    """Where what is set for the first time begins, for each piece of a line. Right to
    left, they come in another order than they are read in."""
    for box in run:
        text = texts.get(box.element)
        if text is None or not isinstance(box, TextBox | ReplacedBox):
            continue
        # What stands before and after an element is the style's; its first letter is
        # its own.
        if "::" in box.element_tag and not box.element_tag.endswith("::first-letter"):
            continue
        length = len(letters(box.text)) if isinstance(box, TextBox) else 1
        spot = text.next() if length else None
        if spot is not None:
            yield spot
            text.set += length
