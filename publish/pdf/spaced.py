"""Make a line of WeasyPrint's as wide as the measure, and draw it so.

WeasyPrint spreads what a line is too short by over its spaces alone. Here its letters
take a share, as `total_fit` says, and the line may be too long.
"""

import re
from collections.abc import Iterator
from typing import Any

from weasyprint.draw import text
from weasyprint.formatting_structure.boxes import InlineBox, LineBox, TextBox
from weasyprint.layout import inline
from weasyprint.text.ffi import ffi, pango

from publish.pdf.shapes import GLYPH
from publish.pdf.total_fit import Manners, Measure, Spacing, spacing

_DRAW = text.draw_first_line
_LAST_GLYPH = re.compile(rb"\[(.*)<([0-9a-f]*)([0-9a-f]{4})>(-?\d*)\] TJ")


def space_out(line: Any, measure: Measure, manners: Manners) -> None:
    """Make a line that is laid out, words beside words, as wide as the measure."""
    texts = [box for box in _texts(line) if box.text]
    spaces = sum(map(inline.count_expandable_spaces, texts))
    letters = sum(len(box.text) for box in texts)
    width = sum(box.width for box in texts)
    gap = measure.width - line.width
    _widen(line, spacing(gap, width, (spaces, letters), measure, manners), 0.0)


def _texts(box: Any) -> Iterator[Any]:
    if isinstance(box, TextBox):
        yield box
    elif isinstance(box, LineBox | InlineBox):
        for child in box.children:
            yield from _texts(child)


def _widen(box: Any, more: Spacing, moved: float) -> float:
    """Widen a box and all in it, and move it to where it stands then.

    moved: by how much what stands before it has grown, in CSS pixels
    Returns the same with the box.
    """
    if isinstance(box, TextBox):
        box.position_x += moved
        return moved + (_widen_text(box, more) if box.text else 0.0)
    if not isinstance(box, LineBox | InlineBox):
        box.translate(moved, 0)
        return moved
    box.position_x += moved
    before = moved
    for child in box.children:
        if child.is_in_normal_flow():
            moved = _widen(child, more, moved)
    box.width += moved - before
    return moved


def _widen_text(box: Any, more: Spacing) -> float:
    """Returns by how much it has grown, in CSS pixels."""
    before = box.width
    width = before + more.letter * len(box.text)
    width += more.space * inline.count_expandable_spaces(box)
    # It is not shaped anew before it is drawn.
    box.pango_layout.text = box.text
    box.pango_layout.justification_spacing = more.space
    box.justification_spacing = more.space
    box.press_spacing = more
    box.width = width * more.wide
    return float(box.width - before)


def mark_divided(piece: Any, box: Any, resume: int | None) -> None:
    """Remember that a hyphen is not the author's.

    piece: what was made of the text of *box* up to *resume*, in bytes; None for nothing
    """
    if piece is not None and resume is not None:
        hyphen = box.style["hyphenate_character"]
        written = box.text.encode()[:resume].decode(errors="ignore")
        is_one = len(hyphen) == 1 and written[-1:] != hyphen
        piece.press_divided = is_one and piece.text.endswith(hyphen)


def draw_first_line(stream: Any, box: Any, *more: Any) -> Any:
    """In place of WeasyPrint's: with the spacing of its line (ISO 32000-1, 9.3)."""
    widened: Spacing | None = getattr(box, "press_spacing", None)
    if widened is not None and not box.text.strip():
        widened = None
    if widened is not None:
        # Letters that are drawn as one are moved as one.
        space = widened.letter * len(box.text) / _glyphs(box.pango_layout)
        stream.stream.append(f"{space:.4f} Tc {100 * widened.wide:.3f} Tz".encode())
    drawn = _DRAW(stream, box, *more)
    if getattr(box, "press_divided", False) and stream._tags is not None:
        _call_soft(stream.stream)
    if widened is not None:
        stream.stream.append(b"0 Tc 100 Tz")
    return drawn


def _call_soft(stream: list[Any]) -> None:
    """Let the hyphen that was drawn last be read as one that its word may lose
    (ISO 32000-1, 14.8.2.2.3)."""
    if found := _LAST_GLYPH.fullmatch(stream[-1]):
        before, glyphs, hyphen, kern = found.groups()
        stream[-1:] = (
            b"[%b<%b>] TJ" % (before, glyphs),
            b"/Span <</ActualText <FEFF00AD>>> BDC",
            b"[<%b>%b] TJ" % (hyphen, kern),
            b"EMC",
        )


def _glyphs(layout: Any) -> int:
    """How many are drawn, of Pango's first line."""
    # As WeasyPrint does before it draws: what is set later would be shaped again.
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _ = layout.get_first_line()
    count, run = 0, line.runs
    while run != ffi.NULL:
        glyphs = run.data.glyphs
        numbers = ffi.cast("int *", glyphs.glyphs)
        which = ffi.unpack(numbers, GLYPH * glyphs.num_glyphs)[::GLYPH]
        count += len(which) - which.count(pango.PANGO_GLYPH_EMPTY)
        run = run.next
    return max(1, count)
