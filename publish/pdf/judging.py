"""See on WeasyPrint's pages what a compositor would mend."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure.boxes import (
    FootnoteAreaBox,
    LineBox,
    MarginBox,
    ReplacedBox,
    TextBox,
)

from publish.flow import Place
from publish.fonts import Face, space
from publish.layout import Flaw
from publish.pdf.classes import HEADINGS, classes
from publish.pdf.judgement import Fault, Judged
from publish.pdf.starts import places_of

# Times the normal space at which a line is loose: as the comparisons of paragraphs that
# are broken as a whole have it.
LOOSE = 1.6
# A last line shorter than the usual indent, in ems.
INDENT = 1.2
# Of a page, that is empty at its foot: more than a list or a heading leaves there.
EMPTY = 0.2
# Lines of the last page of a chapter; hyphens in a row; pages to a picture.
FEW, STACK, FAR = 5, 3, 1
# CSS pixels by which a line may leave its block: rounding, or a letter that leans.
SLACK = 3.0
HYPHENS = ("\N{HYPHEN}", "-", "\N{SOFT HYPHEN}")
# Where the face is not known, in ems.
_USUAL_SPACE = 0.25
_PROSE = frozenset({"p", "li", "dd"})
# CSS pixels to points.
_POINT = 0.75


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the text itself. block: the element that it is a line of"""

    page: int
    box: Any
    block: Any
    texts: Sequence[Any]

    @property
    def element(self) -> Element:
        found: Element = self.block.element
        return found

    @property
    def words(self) -> str:
        return "".join(text.text for text in self.texts)

    @property
    def left(self) -> float:
        return float(min(text.position_x for text in self.texts))

    @property
    def right(self) -> float:
        return float(max(text.position_x + text.width for text in self.texts))


class Judge:
    """Judges documents. faces: those that they are set in"""

    def __init__(self, faces: Sequence[Face]) -> None:
        self._spaces = {
            (face.family, face.weight, face.italic): space(face) for face in faces
        }

    def judge(self, sections: Iterable[Element], pages: Sequence[Any]) -> Judged:
        """sections: of the chapters; pages: WeasyPrint's"""
        places = places_of(sections)
        lines = [line for n, page in enumerate(pages) for line in _lines(n, page)]
        blocks: dict[Element, list[_Line]] = defaultdict(list)
        for line in lines:
            blocks[line.element].append(line)
        found = [
            *_parted(blocks.values()),
            *_parted_words(blocks.values()),
            *_runts(blocks.values()),
            *_stacks(blocks.values()),
            *self._loose(blocks.values()),
            *_overfull(lines),
            *_turned(blocks.values()),
            *_page_ends(lines, pages),
            *_early(lines, pages),
            *_carried(pages),
            *_far(pages),
        ]
        full = [
            line
            for block in blocks.values()
            for line in block[:-1]
            if line.element.tag in _PROSE
        ]
        return Judged(
            tuple(_fault(flaw, places) for flaw in sorted(found, key=_order)),
            len(full),
            sum(line.words.rstrip().endswith(HYPHENS) for line in full),
        )

    def _loose(self, blocks: Iterable[Sequence[_Line]]) -> Iterator["_Seen"]:
        for lines in blocks:
            for line in lines[:-1]:
                spaced = [text for text in line.texts if text.justification_spacing]
                if not spaced:
                    continue
                text = spaced[0]
                normal = self._space_of(text.style) * text.style["font_size"]
                times = 1 + text.justification_spacing / normal
                if times > LOOSE:
                    yield _Seen(Flaw.LOOSE_LINE, line, round(times, 2))

    def _space_of(self, style: Any) -> float:
        """In ems."""
        weight, italic = style["font_weight"], style["font_style"] != "normal"
        for family in style["font_family"]:
            for key in ((family, weight, italic), (family, 400, False)):
                if key in self._spaces:
                    return self._spaces[key]
        return _USUAL_SPACE


@dataclass(frozen=True, slots=True)
class _Seen:
    flaw: Flaw
    line: _Line
    amount: float = 0.0


def _order(seen: _Seen) -> tuple[int, float, str]:
    return seen.line.page, float(seen.line.box.position_y), seen.flaw


def _fault(seen: _Seen, places: dict[Element, Place]) -> Fault:
    line = seen.line
    found = (places[t.element] for t in line.texts if t.element in places)
    top = float(line.box.position_y) * _POINT
    bottom = top + float(line.box.height) * _POINT
    place = next(found, None)
    return Fault(seen.flaw, line.page, place, top, bottom, seen.amount)


def _lines(number: int, page: Any) -> Iterator[_Line]:
    """Those of the text, without what stands round it and the notes at its foot."""
    yield from _inside(number, page._page_box, None)


def _inside(number: int, box: Any, block: Any) -> Iterator[_Line]:
    for child in getattr(box, "children", ()):
        if isinstance(child, MarginBox | FootnoteAreaBox):
            continue
        if isinstance(child, LineBox):
            texts = [
                text
                for text in child.descendants()
                if isinstance(text, TextBox) and text.text.strip()
            ]
            if texts:
                yield _Line(number, child, box, texts)
        else:
            yield from _inside(number, child, block)


def _parted(blocks: Iterable[Sequence[_Line]]) -> Iterator[_Seen]:
    """Paragraphs of which a line stands alone on a page."""
    for lines in blocks:
        pages = [line.page for line in lines]
        if len(set(pages)) == 1 or lines[0].element.tag not in _PROSE:
            continue
        if pages.count(pages[0]) == 1:
            yield _Seen(Flaw.ORPHAN, lines[0])
        if pages.count(pages[-1]) == 1:
            yield _Seen(Flaw.WIDOW, lines[-1])


def _parted_words(blocks: Iterable[Sequence[_Line]]) -> Iterator[_Seen]:
    """Words that begin on one page and end on the next."""
    for lines in blocks:
        for line, after in pairwise(lines):
            if line.page != after.page and line.words.rstrip().endswith(HYPHENS):
                yield _Seen(Flaw.PARTED_WORD, line)


def _runts(blocks: Iterable[Sequence[_Line]]) -> Iterator[_Seen]:
    for lines in blocks:
        last = lines[-1]
        if len(lines) == 1 or not _is_prose(last):
            continue
        size = float(last.block.style["font_size"])
        if last.right - last.left < INDENT * size:
            width = round((last.right - last.left) / size, 2)
            yield _Seen(Flaw.RUNT, last, width)


def _is_prose(line: _Line) -> bool:
    return line.element.tag in _PROSE and bool(
        line.block.style["text_align_all"] == "justify"
    )


def _stacks(blocks: Iterable[Sequence[_Line]]) -> Iterator[_Seen]:
    for lines in blocks:
        run: list[_Line] = []
        for line in lines:
            if line is not lines[-1] and line.words.rstrip().endswith(HYPHENS):
                run.append(line)
                continue
            if len(run) >= STACK:
                yield _Seen(Flaw.HYPHEN_STACK, run[-1], len(run))
            run = []


def _overfull(lines: Iterable[_Line]) -> Iterator[_Seen]:
    for line in lines:
        edge = line.block.content_box_x() + line.block.width
        beyond = line.right - edge
        ends = line.words != line.words.rstrip()
        if beyond > SLACK and not ends and line.block.style["direction"] == "ltr":
            yield _Seen(Flaw.OVERFULL_LINE, line, round(beyond * _POINT, 1))


def _turned(blocks: Iterable[Sequence[_Line]]) -> Iterator[_Seen]:
    """Lines of verse that go on below. Those of code are called so too, and keep their
    spaces."""
    for lines in blocks:
        first = lines[0]
        is_line = "p-line" in classes(first.element)
        if len(lines) > 1 and is_line and first.block.style["white_space"] == "normal":
            yield _Seen(Flaw.TURNED_LINE, first, len(lines))


def _page_ends(lines: Sequence[_Line], pages: Sequence[Any]) -> Iterator[_Seen]:
    """Headings at the foot, and a last page with few lines."""
    count = len(pages)
    by_page: dict[int, list[_Line]] = defaultdict(list)
    for line in lines:
        by_page[line.page].append(line)
    for number, on_page in by_page.items():
        last = max(on_page, key=lambda line: float(line.box.position_y))
        is_heading = number + 1 < count and last.element.tag in HEADINGS
        if is_heading and not _has_picture(pages[number], float(last.box.position_y)):
            yield _Seen(Flaw.LAST_HEADING, last)
    final = by_page.get(count - 1, [])
    rows = {round(float(line.box.position_y)) for line in final}
    if count > 1 and 0 < len(rows) < FEW:
        yield _Seen(Flaw.SHORT_PAGE, final[0], len(rows))


def _early(lines: Iterable[_Line], pages: Sequence[Any]) -> Iterator[_Seen]:
    """Pages that are empty at the foot though the chapter goes on."""
    last = {line.page: line for line in lines}
    for number, (page, following) in enumerate(pairwise(pages)):
        leaf = page._page_box
        if number not in last or _is_parted(leaf, following._page_box):
            continue
        foot = leaf.content_box_y() + leaf.height
        area = [box for box in leaf.children if isinstance(box, FootnoteAreaBox)]
        foot -= sum(box.margin_height() for box in area if box.children)
        full = max(_bottoms(leaf), default=foot)
        if foot - full > EMPTY * leaf.height:
            line = last[number]
            yield _Seen(Flaw.EARLY_PAGE, line, int((foot - full) / line.box.height))


def _bottoms(box: Any) -> Iterator[float]:
    """Of what is seen of the text of a page: lines, pictures and what has a border."""
    for child in getattr(box, "children", ()):
        if isinstance(child, MarginBox | FootnoteAreaBox):
            continue
        if isinstance(child, LineBox | ReplacedBox):
            yield float(child.position_y + child.height)
        else:
            yield from _bottoms(child)


_FORCED = frozenset({"page", "left", "right", "recto", "verso"})


def _is_parted(page: Any, following: Any) -> bool:
    """Whether the next page begins because somebody wants it to."""
    return _is_forced(following, 0, "break_before") or _is_forced(
        page, -1, "break_after"
    )


def _is_forced(box: Any, side: int, style: str) -> bool:
    while not isinstance(box, LineBox):
        inner = [
            child
            for child in getattr(box, "children", ())
            if child.is_in_normal_flow()
            and not isinstance(child, MarginBox | FootnoteAreaBox)
        ]
        if not inner:
            return False
        box = inner[side]
        if box.style[style] in _FORCED:
            return True
    return False


def _has_picture(page: Any, below: float) -> bool:
    return any(
        isinstance(box, ReplacedBox) and box.position_y > below
        for box in page._page_box.descendants()
    )


def _carried(pages: Sequence[Any]) -> Iterator[_Seen]:
    """Notes that stand on another page than what calls them."""
    called: dict[Element, _Line] = {}
    for number, page in enumerate(pages):
        for line in _lines(number, page):
            for box in line.box.descendants():
                if getattr(box, "footnote", None) is not None:
                    called.setdefault(box.footnote.element, line)
        area = page._page_box.children
        notes = (box for box in area if isinstance(box, FootnoteAreaBox))
        for note in (child for box in notes for child in box.children):
            call = called.get(note.element)
            if call is not None and call.page != number:
                yield _Seen(Flaw.CARRIED_NOTE, call, number - call.page)


def _far(pages: Sequence[Any]) -> Iterator[_Seen]:
    """Pictures and tables farther than the next page from their first mention."""
    mentions: dict[str, _Line] = {}
    stands: dict[str, int] = {}
    for number, page in enumerate(pages):
        for line in _lines(number, page):
            for box in line.box.descendants():
                if place := _mentioned(box.element):
                    mentions.setdefault(place, line)
        for box in page._page_box.descendants():
            if box.element_tag == "figure" and box.element.get("id"):
                stands.setdefault(box.element.get("id"), number)
    for name, line in mentions.items():
        if name in stands and abs(stands[name] - line.page) > FAR:
            yield _Seen(Flaw.FAR_PICTURE, line, stands[name] - line.page)


def _mentioned(element: Element | None) -> str:
    """The place that a link leads to, if it is one and calls no note."""
    if element is None or "p-note-call" in classes(element):
        return ""
    address = element.get("href", "")
    return address[1:] if address.startswith("#") else ""
