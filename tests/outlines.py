"""The outlines of letters: those in a PDF, and those in the file of a font."""

import io
from functools import cache
from pathlib import Path
from typing import Any

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from pikepdf import Dictionary, Name, Pdf


class Outlines:
    """The glyphs of one font, by their numbers."""

    def __init__(self, font: TTFont) -> None:
        self._glyphs, self._order = font.getGlyphSet(), font.getGlyphOrder()

    def __getitem__(self, glyph: int) -> object:
        pen = DecomposingRecordingPen(self._glyphs)
        self._glyphs[self._order[glyph]].draw(pen)
        return pen.value

    def __len__(self) -> int:
        return len(self._order)


@cache
def outlines_of(face: Path) -> Outlines:
    return Outlines(TTFont(face))


def outlines_in(pdf: Pdf) -> dict[str, list[Outlines]]:
    """By the name of the font, which several may share."""
    found: dict[str, list[Outlines]] = {}
    for font in pdf.objects:
        if isinstance(font, Dictionary) and font.get("/Subtype") == Name.Type0:
            descriptor: Any = font.DescendantFonts[0].FontDescriptor
            file = descriptor.get("/FontFile2") or descriptor.FontFile3
            outlines = Outlines(TTFont(io.BytesIO(file.read_bytes())))
            found.setdefault(str(font.BaseFont), []).append(outlines)
    return found
