"""Texts as Pango draws them: how wide their letters are, and boxes of words that are
shaped no earlier than they are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import Layout, line_size, strut

# As narrow as a space is taken to be, in ems.
_NARROWEST = 0.1
# Numbers that say one glyph: which it is, its width, and more.
GLYPH = ffi.sizeof("PangoGlyphInfo") // ffi.sizeof("int")

# WeasyPrint may come to declare it, too.
ffi.cdef(
    "void pango_glyph_string_get_logical_widths("
    "PangoGlyphString *glyphs, const char *text, int length, int level, int *widths);",
    override=True,
)


@dataclass(frozen=True, slots=True)
class Shape:
    """A text on one line. Lengths are in CSS pixels.

    edges: where each letter begins, and where the last one ends. Letters that are drawn
        as one share its width
    ends: how many bytes there are up to the end of each letter
    heights: of all and of its baseline, and the same of any words between its spaces,
        if they are drawn alone as they are here; None if not
    """

    edges: Sequence[float]
    ends: Sequence[int]
    heights: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Extent:
    """Of words on a line, in CSS pixels. baseline: how far below their upper edge"""

    width: float
    height: float
    baseline: float


def shape(text: str, style: Any) -> Shape:
    """Of a text from left to right."""
    if not text:
        return Shape([0.0], [])
    layout = Layout(style)
    layout.set_text(text)
    line, _ = layout.get_first_line()
    data, widths, run = layout.text.encode(), list[int](), line.runs
    # Fonts, and what else Pango knows of a run: its script, and how deep it is turned.
    kinds = set()
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        found = ffi.new("int[]", item.num_chars)
        part = data[item.offset : item.offset + item.length]
        pango.pango_glyph_string_get_logical_widths(glyphs, part, len(part), 0, found)
        widths += ffi.unpack(found, item.num_chars)
        # WeasyPrint reads four numbers of a byte each as this one.
        kinds.add((item.analysis.font, item.analysis.level))
        run = run.next
    is_even = len(kinds) == 1 and layout.text == text and _is_parted(style)
    if layout.text != text:
        # WeasyPrint lets another letter follow a space that stands alone.
        widths = [sum(widths)]
    edges = [edge * FROM_UNITS for edge in accumulate(widths, initial=0)]
    return Shape(edges, _ends(text), _heights(layout, line) if is_even else None)


def _is_parted(style: Any) -> bool:
    """Whether words are shaped apart from spaces, and nothing else is measured."""
    return bool(
        style["word_spacing"] != 0
        and style["letter_spacing"] == "normal"
        and style["text_decoration_line"] == "none"
    )


def width_of(text: str, style: Any) -> float:
    """Of a hyphen, say, which is asked for many times."""
    cache = style.cache.setdefault("press-widths", {})
    key = (text, id(style))
    if key not in cache:
        # The style is kept, so that no other takes its identity.
        cache[key] = style, shape(text, style).edges[-1]
    return float(cache[key][1])


def space_of(style: Any) -> float:
    """The normal one."""
    # What an author adds to it is not its own.
    width = width_of(" ", style) - float(style["word_spacing"])
    return max(width, _NARROWEST * float(style["font_size"]))


def words_box(box: Any, words: str, extent: Extent) -> Any:
    """What WeasyPrint would make of words of a text.

    box: with all of the text
    """
    made = box.copy_with_text(words)
    made.width, made.height = extent.width, extent.height
    leading, _ = strut(box.style)
    made.margin_top = made.margin_bottom = (leading - extent.height) / 2
    made.baseline = extent.baseline + made.margin_top
    made.pango_layout = _Undrawn(words)
    return made


class _Undrawn(Layout):  # type: ignore[misc]
    """Words that WeasyPrint shapes when it draws them, as it does with all words, and
    not before: it takes a good part of its time."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.justification_spacing, self.max_width = 0, None
        self.first_line_direction = 0


def _heights(layout: Any, line: Any) -> tuple[float, float]:
    """Of all, and of the baseline."""
    _, height = line_size(line, layout.style)
    return height, pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS


def _ends(text: str) -> Sequence[int]:
    if text.isascii():
        return range(1, len(text) + 1)
    return [*accumulate(map(len, map(str.encode, text)))]
