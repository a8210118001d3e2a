"""Write tags into a PDF while WeasyPrint draws its pages.

WeasyPrint asks its stream to mark what each box shows, and at the end makes a tree of
the marks. Both are done here instead, after the tags that `tagging` made.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pydyf
import weasyprint.pdf
from weasyprint.formatting_structure.boxes import Box
from weasyprint.pdf.stream import Stream

from publish.pdf.answering import answering
from publish.pdf.tagging import LAYOUT, PAGINATION, tag_pages
from publish.pdf.tags import CELLS, Tag, Text, mend


def write_tagged(document: Any, language: str) -> bytes:
    """The PDF of a document that is laid out: WeasyPrint's, but for the tags."""
    # The text marked last, and how many marks there are.
    Stream.press_last, Stream.press_marks = None, 0
    Box.press_text = LAYOUT
    document.press_tags = tag_pages(document.pages, language)
    with answering(_ANSWERS):
        data: bytes = document.write_pdf(pdf_tags=True)
    return data


@contextmanager
def _marked(stream: Any, box: Any, _name: str) -> Iterator[None]:
    text = box.press_text
    if text is stream.press_last and stream.stream[-1] == b"EMC":
        # The same paragraph goes on with its next line.
        stream.stream.pop()
    elif isinstance(text, Text):
        text.marks.append(stream.press_marks)
        marks = pydyf.Dictionary({"MCID": stream.press_marks})
        stream.begin_marked_content(text.tag.kind, marks)
        stream.press_marks += 1
    else:
        _begin_artifact(stream, text)
    try:
        yield
    finally:
        stream.end_marked_content()
        stream.press_last = text


_ARTIFACT = Stream.artifact


@contextmanager
def _artifact(stream: Any) -> Iterator[None]:
    """A border within a line, say, whose end is not that of the paragraph."""
    with _ARTIFACT(stream):
        yield
    stream.press_last = None


def _begin_artifact(stream: Any, kind: Tag) -> None:
    if kind is PAGINATION:
        what = pydyf.Dictionary({"Type": f"/{kind.kind}"})
        stream.begin_marked_content("Artifact", what)
    else:
        stream.begin_marked_content("Artifact")


def _add_tags(pdf: Any, document: Any, _version: str, streams: Sequence[Any]) -> None:
    """In the place of WeasyPrint's function of that name."""
    root: Tag = document.press_tags
    mend(root)
    _Writer(pdf, [stream.press_marks for stream in streams]).write(root)
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


_ANSWERS = {
    (Stream, "marked"): _marked,
    (Stream, "artifact"): _artifact,
    (weasyprint.pdf, "add_tags"): _add_tags,
}


class _Writer:
    """parents: for each page, the tag of each of its marks
    ids: identifiers of tags, which are unique in a book
    """

    def __init__(self, pdf: Any, marks: Sequence[int]) -> None:
        self.pdf = pdf
        self.pages: Sequence[bytes] = pdf.page_references
        self.parents: list[list[Any]] = [["null"] * number for number in marks]
        self.areas: list[tuple[Any, bytes]] = []
        self.ids: dict[str, bytes] = {}

    def write(self, root: Tag) -> None:
        tree = self._object({"Type": "/StructTreeRoot"})
        tree["K"] = pydyf.Array([self._element(root, tree.reference, "")])
        numbers = pydyf.Array()
        for page, parents in enumerate(self.parents):
            numbers += (page, pydyf.Array(parents))
        for number, (annotation, parent) in enumerate(self.areas, len(self.parents)):
            annotation["StructParent"] = number
            numbers += (number, parent)
        tree["ParentTree"] = self._object({"Nums": numbers}).reference
        tree["ParentTreeNextKey"] = len(self.parents) + len(self.areas)
        if self.ids:
            names = pydyf.Array()
            for name in sorted(self.ids):
                names += (pydyf.String(name), self.ids[name])
            tree["IDTree"] = pydyf.Dictionary({"Names": names})
        self.pdf.catalog["StructTreeRoot"] = tree.reference

    def _object(self, values: dict[str, Any]) -> Any:
        made = pydyf.Dictionary(values)
        self.pdf.add_object(made)
        return made

    def _element(self, tag: Tag, parent: bytes, around: str) -> bytes:
        """Write a tag and all in it; gives its reference."""
        made = self._object({"S": f"/{tag.kind}", "P": parent})
        page = next((kid.page for kid in tag.kids if not isinstance(kid, Tag)), None)
        if page is not None:
            made["Pg"] = self.pages[page]
        self._describe(made, tag, around)
        kids = pydyf.Array()
        for kid in tag.kids:
            if isinstance(kid, Tag):
                kids.append(self._element(kid, made.reference, tag.language))
            elif isinstance(kid, Text):
                for mark in kid.marks:
                    self.parents[kid.page][mark] = made.reference
                    kids.append(mark if kid.page == page else self._mark(kid, mark))
            else:
                kids.append(self._area(kid, made.reference))
        if kids:
            made["K"] = kids[0] if len(kids) == 1 else kids
        return bytes(made.reference)

    def _describe(self, made: Any, tag: Tag, around: str) -> None:
        if tag.language != around and around:
            made["Lang"] = pydyf.String(tag.language)
        if tag.alt:
            made["Alt"] = pydyf.String(tag.alt)
        if tag.instead:
            made["ActualText"] = pydyf.String(tag.instead)
        if tag.id and tag.id not in self.ids:
            made["ID"] = pydyf.String(tag.id)
            self.ids[tag.id] = made.reference
        attributes = {owner: dict(values) for owner, values in tag.attributes.items()}
        if tag.kind in CELLS:
            spans = {"ColSpan": tag.columns, "RowSpan": tag.rows}
            more = {name: span for name, span in spans.items() if span > 1}
            if more:
                attributes["Table"] = attributes.get("Table", {}) | more
        for owner, values in attributes.items():
            written = pydyf.Dictionary({"O": f"/{owner}"})
            for name, value in values.items():
                written[name] = pydyf.Array(value) if name == "BBox" else value
            made["A"] = written

    def _mark(self, text: Text, mark: int) -> Any:
        page = self.pages[text.page]
        return pydyf.Dictionary({"Type": "/MCR", "Pg": page, "MCID": mark})

    def _area(self, area: Any, parent: bytes) -> Any:
        annotation = area.annotation
        if area.words:
            annotation["Contents"] = pydyf.String(area.words)
        self.areas.append((annotation, parent))
        page = self.pages[area.page]
        return pydyf.Dictionary(
            {"Type": "/OBJR", "Pg": page, "Obj": annotation.reference}
        )
