"""One sheet that belongs to no book block: a cover."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pikepdf
from pikepdf import Array

from publish.crew import Executor, Kit, Work, WorkError
from publish.fonts import Face
from publish.model import Metadata, Printing
from publish.pdf.compositor import Compositor
from publish.pdf.join_fonts import lend
from publish.pdf.messages import no_pdf
from publish.pdf.press import finish_press
from publish.pdf.sheets import FONT, IMAGE
from publish.pdf.task import Part, Setup, Task
from publish.problems import PublishError

# What a picture is called in a document, before its name.
PICTURE = IMAGE


@dataclass(frozen=True, slots=True)
class Loose:
    """Sheets that are set alike.

    css: with the size of a sheet; pictures: their files, by `PICTURE` and a name
    name: of the file that it will be
    """

    css: str
    faces: Sequence[Face]
    pictures: Mapping[str, Path]
    name: str

    def set(self, root: Element, executor: Executor) -> Part:
        """Raises PublishError where it cannot be set."""
        setup = Setup(tuple(self.faces), (), (self.css,))
        fonts = {f"{FONT}{n}": face.path for n, face in enumerate(self.faces)}
        kit = Kit(Compositor, setup, fonts)
        work = Work(Compositor.set, kit, Task(root), self.pictures)
        try:
            return executor.submit(work).result()
        except WorkError as error:
            raise PublishError([no_pdf(error, self.name)]) from error


def loose_pdf(
    part: Part,
    faces: Sequence[Face],
    edge: float,
    metadata: Metadata,
    printing: Printing,
) -> bytes:
    """The finished file: the sheet and its fonts, without links and outline.

    edge: of what is cut off on all sides
    """
    with pikepdf.open(io.BytesIO(part.data)) as pdf:
        lend(pdf, part.fonts, faces)
        for leaf in pdf.pages:
            _frame(leaf, edge)
        for key in ("/Metadata", "/Names", "/Outlines", "/PageMode", "/Dests", "/Lang"):
            if key in pdf.Root:
                del pdf.Root[key]
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        return finish_press(pdf, metadata, printing, claims=False)


def _frame(leaf: Any, edge: float) -> None:
    left, bottom, right, top = map(float, leaf.MediaBox)
    leaf.BleedBox = leaf.MediaBox
    leaf.TrimBox = Array([left + edge, bottom + edge, right - edge, top - edge])
    for key in ("/Annots", "/ArtBox", "/Group", "/Tabs"):
        if key in leaf:
            del leaf[key]
