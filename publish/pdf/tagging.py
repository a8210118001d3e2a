"""Tell what each box is that WeasyPrint has set, before it is drawn.

WeasyPrint 70 makes tags of boxes while it writes the file. But an element is one thing
however many pages it stands on, a note belongs to its call, and what only decorates is
nothing to listen to. So the tags are made here, of elements, in place of its own.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.anchors import rectangle_aabb
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from publish.pdf.boxes import turned_boxes
from publish.pdf.classes import classes
from publish.pdf.spreads import PICTURE, PLACE_OF
from publish.pdf.tags import Area, Tag, Text

# Type of structure element for each element of HTML that is one; the rest are part of
# what they stand in.
_KINDS = {
    "section": "Sect",
    "article": "Art",
    "blockquote": "BlockQuote",
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "caption": "Caption",
    "figcaption": "Caption",
    "code": "Code",
    "q": "Quote",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    **dict.fromkeys(("p", "summary", "hr"), "P"),
    **dict.fromkeys(("ul", "ol", "dl"), "L"),
    **dict.fromkeys(("address", "aside", "details", "div", "figure"), "Div"),
    **dict.fromkeys(("footer", "header", "hgroup", "main", "nav"), "Div"),
}
# What holds blocks: a note stands behind one of them.
_HOLDERS = frozenset(
    {"Document", "Sect", "Art", "Div", "BlockQuote", "LBody", "TD", "TH", "Note"}
)
_NUMBERS = {"1": "Decimal", "a": "LowerAlpha", "A": "UpperAlpha"}
_NUMBERS |= {"i": "LowerRoman", "I": "UpperRoman"}
_SCOPES = {"row": "Row", "rowgroup": "Row"}
# Who listens hears of a break between scenes what is written for one.
_BREAK = "* * *"
# Letters; enough for the words of any link but a whole linked page.
_LONGEST = 200
# CSS pixels to points.
_POINT = 0.75

# In the place of a tag, for what is nothing to listen to (ISO 32000-1, 14.8.2.2).
LAYOUT, PAGINATION = Tag("Layout"), Tag("Pagination")
_NOTHING = (LAYOUT, PAGINATION)


def tag_pages(pages: Sequence[Any], language: str) -> Tag:
    """The tags of a document that is laid out and not yet drawn.

    Every box that shows something gets an attribute `press_text`: the `Text` that it is
    a part of, or one of LAYOUT and PAGINATION. Of the links of a page one for each
    place is left, and the notes and their calls are linked to each other.
    """
    tagger = _Tagger(language)
    for number, page in enumerate(pages):
        tagger.read_page(number, page)
    tagger.place_notes()
    return tagger.root


class _Tagger:
    """What is known from one page to the next.

    seen: the tag of each element and pseudo-element, and the page where it began
    notes: what calls a note, and the note
    spreads: the pictures over two pages, which come before the text
    layer: number of what the box that is read is drawn with; layers: how many there are
    """

    def __init__(self, language: str) -> None:
        self.root = Tag("Document", language=language)
        self.seen: dict[tuple[str, int], tuple[Tag, int]] = {}
        self.notes: list[tuple[Tag, Tag]] = []
        self.spreads: dict[str, Tag] = {}
        self.page: Any = None
        self.number = 0
        self.linked: dict[int, Any] = {}
        self.turned: Mapping[int, Any] = {}
        self.links: list[Any] = []
        self.layer = self.layers = 0

    def read_page(self, number: int, page: Any) -> None:
        self.number, self.page = number, page
        self.linked = {id(link[3]): link for link in page.links}
        self.turned = turned_boxes(page._page_box)
        self.links = []
        for child in page._page_box.children:
            margin = isinstance(child, boxes.MarginBox)
            self._read(child, PAGINATION if margin else self.root)
        page.links[:] = self.links

    def place_notes(self) -> None:
        """Let each note follow the block that calls it."""
        for tag, note in self.notes:
            if tag.kind in _HOLDERS:
                note.parent = tag
                tag.kids.append(note)
                continue
            while tag.parent and tag.parent.kind not in _HOLDERS:
                tag = tag.parent  # noqa: PLW2901
            tag.after.append(note)

    def _read(self, box: Any, around: Tag) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.TextBox):
            self._show(box, around)
            return
        tag = around
        if around not in _NOTHING and not isinstance(box, boxes.LineBox):
            tag = self._tag(box, around)
            if id(box) in self.linked:
                self._keep_link(box, around, tag)
        around_layer = self.layer
        if _is_drawn_apart(box):
            self.layers += 1
            self.layer = self.layers
        if isinstance(box, boxes.ReplacedBox):
            if box.element_tag == "hr::before":
                tag.instead = _BREAK
            self._show(box, tag)
        else:
            for child in box.children:
                self._read(child, tag)
        self.layer = around_layer

    def _show(self, box: Any, tag: Tag) -> None:
        """What the box shows belongs to *tag*."""
        if tag in _NOTHING:
            box.press_text = tag
            return
        last = tag.kids[-1] if tag.kids else None
        here = (self.number, self.layer)
        if not isinstance(last, Text) or (last.page, last.layer) != here:
            if isinstance(box, boxes.TextBox) and not box.text.strip():
                # Nothing is drawn for white space alone.
                box.press_text = LAYOUT
                return
            last = Text(tag, self.number, layer=self.layer)
            tag.kids.append(last)
        box.press_text = last

    def _tag(self, box: Any, around: Tag) -> Tag:
        """The tag that a box is a piece of."""
        name, element = box.element_tag, box.element
        if name is None or element is None:
            return around
        if box.is_leader:
            return LAYOUT
        known = self.seen.get((name, id(element)))
        if known is None:
            tag = self._new(name, element, box, around)
            self.seen[name, id(element)] = tag, self.number
            if PLACE_OF in element.attrib and name == element.tag:
                self._bring_spreads(element, tag)
        else:
            tag, page = known
            if tag.kind in {"THead", "TFoot"} and page != self.number:
                # Set again on every page of its table.
                return LAYOUT
        if name.endswith(("::footnote-call", "::footnote-marker")):
            self._join(box, element, tag)
        return tag

    def _new(self, name: str, element: Element, box: Any, around: Tag) -> Tag:
        base, _, pseudo = name.partition("::")
        if pseudo:
            return self._pseudo(pseudo, element, around)
        if isinstance(box, boxes.ReplacedBox):
            if around.kind == "Formula":
                self._bound(around, box)
                return around
            return self._picture(element, box, around)
        language = element.get("lang") or around.language
        make = _MAKERS.get(base)
        if make and (made := make(element, around)):
            if made is not around:
                made.language = language
            return made
        kind = _KINDS.get(base) or ("Span" if language != around.language else "")
        if not kind or (around.kind == "L" and base == "div"):
            return around
        tag = _add(around, kind)
        tag.language, tag.keep = language, base in {"figure", "aside"}
        if kind in {"TD", "TH"}:
            tag.columns, tag.rows = max(1, box.colspan), max(1, box.rowspan)
        if kind == "TH":
            scope = _SCOPES.get(element.get("scope", ""), "Column")
            tag.attributes["Table"] = {"Scope": f"/{scope}"}
        return tag

    def _pseudo(self, pseudo: str, element: Element, around: Tag) -> Tag:
        if pseudo == "marker":
            return _label(around)
        if pseudo == "footnote-call":
            note = Tag("Note", around, around.language, id=element.get("id", ""))
            self.seen[element.tag, id(element)] = note, self.number
            self.notes.append((around, note))
            return _add(_add(around, "Reference"), "Link")
        if pseudo == "footnote-marker":
            return _add(_add(around, "Lbl"), "Link")
        # The arrow where a line of code turns over is the page's, not the code's, and
        # so is the number beside a line.
        return LAYOUT if "p-line" in classes(element) and _is_code(around) else around

    def _picture(self, element: Element, box: Any, around: Tag) -> Tag:
        alt = element.get("alt", "").strip()
        if not alt:
            return LAYOUT
        number = element.get(PICTURE, "")
        if number in self.spreads:
            return self.spreads[number]
        tag = _add(around, "Figure")
        if number:
            self.spreads[number] = tag
        tag.language, tag.alt = element.get("lang") or around.language, alt
        self._bound(tag, box)
        return tag

    def _bring_spreads(self, element: Element, place: Tag) -> None:
        """Let pictures over two pages be read where they were written: in a figure that
        has their caption, or after what stands before them."""
        for number in element.get(PLACE_OF, "").split():
            tag = self.spreads.get(number)
            if tag is None or tag.parent is None or place in _NOTHING:
                continue
            tag.parent.kids.remove(tag)
            if element.tag == "figure":
                tag.parent = place
                place.kids.append(tag)
            else:
                place.after.append(tag)

    def _bound(self, tag: Tag, box: Any) -> None:
        """Say where a picture or formula stands on the page where it begins."""
        place = (box.content_box_x(), box.content_box_y(), box.width, box.height)
        left, top, right, bottom = self._area(box, *place)
        height = self.page.height
        corners = (left, height - bottom, right, height - top)
        bounds = tuple(round(corner * _POINT, 2) for corner in corners)
        layout = tag.attributes.setdefault("Layout", {"BBox": bounds})
        if bounds is not layout["BBox"] and self._begins_here(tag):
            before = layout["BBox"]
            layout["BBox"] = (
                *map(min, before[:2], bounds[:2]),
                *map(max, before[2:], bounds[2:]),
            )

    def _begins_here(self, tag: Tag) -> bool:
        first = tag.kids[0] if tag.kids else None
        return isinstance(first, Text) and first.page == self.number

    def _area(self, box: Any, *place: float) -> tuple[float, float, float, float]:
        """Left, top, right and bottom on the page. place: x, y, width and height"""
        left, top, right, bottom = rectangle_aabb(self.turned.get(id(box)), *place)
        return left, top, right, bottom

    def _keep_link(self, box: Any, around: Tag, tag: Tag) -> None:
        """Keep the link of a box unless a box around it is the same link.

        WeasyPrint links every box within a link. Only pictures and blocks may reach
        beyond the line that they are in.
        """
        outer = tag if tag not in _NOTHING else around
        link = _nearest(outer, "Link")
        inline = isinstance(box, boxes.InlineBox) and box.link is None
        if link and not inline:
            self.links.append(self.linked[id(box)])
            link.kids.append(Area(self.number, box, _words(box.element)))

    def _join(self, box: Any, note: Element, link: Tag) -> None:
        """Lead from the call to the note and back."""
        area = self._area(box, *box.hit_area())
        name = note.get("id", "")
        back = f"{name}:call"
        if box.element_tag.endswith("::footnote-call"):
            self.page.anchors.setdefault(back, area)
        else:
            name = back
        self.links.append(("internal", name, area, box))
        link.kids.append(Area(self.number, box, note.get("data-number", "")))


def _is_drawn_apart(box: Any) -> bool:
    """Whether a box is drawn before or after the text around it, as CSS 2.2 has it
    (appendix E)."""
    style = box.style
    return (
        style["position"] != "static"
        or style["float"] != "none"
        or style["opacity"] < 1
        or bool(style["transform"])
        or style["overflow"] != "visible"
    )


def _add(parent: Tag, kind: str) -> Tag:
    tag = Tag(kind, parent, parent.language)
    parent.kids.append(tag)
    return tag


def _list(element: Element, around: Tag) -> Tag:
    if element.tag == "ol" and "p-contents" in classes(element):
        return _add(around, "TOC")
    tag = _add(around, "L")
    numbering = "Disc" if element.tag == "ul" else "None"
    if element.tag == "ol":
        numbering = _NUMBERS.get(element.get("type", "1"), "Decimal")
    tag.attributes["List"] = {"ListNumbering": f"/{numbering}"}
    return tag


def _item(_element: Element, around: Tag) -> Tag:
    if around.kind == "TOC":
        return _add(around, "TOCI")
    return _add(_add(around, "LI"), "LBody") if around.kind == "L" else around


def _term(_element: Element, around: Tag) -> Tag:
    return _add(_add(around, "LI"), "Lbl") if around.kind == "L" else around


def _definition(_element: Element, around: Tag) -> Tag:
    if around.kind != "L":
        return around
    last = around.kids[-1] if around.kids else None
    item = last if isinstance(last, Tag) else _add(around, "LI")
    bodies = [tag for tag in item.tags() if tag.kind == "LBody"]
    return _add(bodies[0] if bodies else _add(item, "LBody"), "Div")


def _figure(element: Element, around: Tag) -> Tag | None:
    """A table's caption belongs to the table (ISO 32000-1, 14.8.4.3.4)."""
    return _add(around, "Table") if "p-table" in classes(element) else None


def _table(_element: Element, around: Tag) -> Tag | None:
    """That of the figure round it, if that has its caption."""
    return around if around.kind == "Table" else None


def _link(element: Element, around: Tag) -> Tag | None:
    if not element.get("href"):
        return None
    if around.kind == "TOCI" or "p-note-call" in classes(element):
        around = _add(around, "Reference")
    return _add(around, "Link")


def _is_code(tag: Tag) -> bool:
    return _nearest(tag, "Code") is not None


def _listing(_element: Element, around: Tag) -> Tag:
    return _add(_add(around, "P"), "Code")


def _code(_element: Element, around: Tag) -> Tag | None:
    return around if around.kind == "Code" else None


def _span(element: Element, around: Tag) -> Tag | None:
    names = classes(element)
    if "p-math" in names:
        tag = _add(around, "Formula")
        tag.alt = element.get("alt", "")
        return tag
    if "box" in names and _nearest(around, "LI"):
        return _label(around)
    return _add(around, "Lbl") if "p-note-number" in names else None


def _division(element: Element, around: Tag) -> Tag | None:
    # An author may call a division a note too.
    if ":note:" not in element.get("id", ""):
        return None
    tag = _add(around, "Note")
    tag.id = element.get("id", "")
    return tag


_MAKERS = {
    "a": _link,
    "code": _code,
    "dd": _definition,
    "div": _division,
    "dl": _list,
    "dt": _term,
    "figure": _figure,
    "li": _item,
    "ol": _list,
    "pre": _listing,
    "span": _span,
    "table": _table,
    "ul": _list,
}


def _label(around: Tag) -> Tag:
    """A label before the body of the list item round it; none for one outside lists."""
    item = _nearest(around, "LI")
    if item is None:
        return around
    label = Tag("Lbl", item, item.language)
    item.kids.insert(0, label)
    return label


def _nearest(tag: Tag | None, kind: str) -> Tag | None:
    while tag and tag.kind != kind:
        tag = tag.parent
    return tag


def _words(link: Element) -> str:
    """What a link says: its text and what its pictures show."""
    words: list[str] = []
    for element in link.iter():
        words += (element.text or "", element.get("alt", ""))
        words.append(element.tail or "" if element is not link else "")
    return " ".join("".join(words).split())[:_LONGEST]
