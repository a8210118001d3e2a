"""How the letters of a PDF look, after the fonts in it."""

import io
from typing import Any

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Pdf


class Glyphs:
    """Outline and width of each glyph of a font, by its number."""

    def __init__(self, font: Any) -> None:
        inner = font.DescendantFonts[0]
        file = inner.FontDescriptor.get("/FontFile2") or inner.FontDescriptor.FontFile3
        outlines = TTFont(io.BytesIO(file.read_bytes()))
        self._glyphs, self._order = outlines.getGlyphSet(), outlines.getGlyphOrder()
        self._widths = _widths(inner.W)

    def __getitem__(self, glyph: int) -> object:
        pen = DecomposingRecordingPen(self._glyphs)
        self._glyphs[self._order[glyph]].draw(pen)
        return pen.value, self._widths.get(glyph)


def _widths(listed: Any) -> dict[int, float]:
    """A glyph, and the widths of it and those behind it (ISO 32000-1, 9.7.4.3)."""
    found: dict[int, float] = {}
    each = iter(listed)
    for first, widths in zip(each, each, strict=True):
        assert isinstance(widths, Array)
        found |= {int(first) + n: float(width) for n, width in enumerate(widths)}
    return found


def fonts_in(pdf: Pdf) -> dict[str, list[Glyphs]]:
    """By the name of the font, which several may share."""
    found: dict[str, list[Glyphs]] = {}
    for font in pdf.objects:
        if isinstance(font, Dictionary) and font.get("/Subtype") == Name.Type0:
            found.setdefault(str(font.BaseFont), []).append(Glyphs(font))
    return found
