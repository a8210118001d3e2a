"""Repairs of WeasyPrint 70, each with what goes wrong without it.

It reaches into WeasyPrint, as `tagging` and `structure` do: the process is ours alone.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from math import inf
from typing import Any

import pydyf
import weasyprint
from weasyprint import draw, layout
from weasyprint.draw.border import draw_border
from weasyprint.formatting_structure.boxes import (
    FootnoteAreaBox,
    InlineBox,
    LineBox,
    MarginBox,
    TextBox,
)
from weasyprint.images import RasterImage
from weasyprint.layout import LayoutContext, block, inline, page
from weasyprint.layout.block import _linebox_layout
from weasyprint.layout.inline import remove_last_whitespace
from weasyprint.layout.leader import handle_leader, leader_index
from weasyprint.layout.page import make_margin_boxes
from weasyprint.layout.percent import resolve_percentages
from weasyprint.text.line_break import create_layout, split_first_line

from publish.pdf.taken_back import Before

Line = tuple[Any, int, int | None, float, float, float]


def mend() -> None:
    """Put the repairs in place. A second call changes nothing."""
    pydyf.PDF.page_references = property(_page_references)
    inline.split_first_line = _split_first_line
    block._linebox_layout = _lay_out_lines
    inline.remove_last_whitespace = _remove_last_whitespace
    LayoutContext._update_footnote_area = _update_footnote_area
    layout.make_margin_boxes = _make_margin_boxes
    page.resolve_percentages = _resolve_percentages
    draw.draw_border = _draw_border
    inline.handle_leader = _handle_leader
    InlineBox.hit_area = _hit_area
    RasterImage.get_x_object = _x_object


# Pseudo-elements that WeasyPrint's own sheet gives to every element, and those of our
# books that can have one. Notes by `position: note()` we have none.
_HOLDERS = {
    "marker": "li::marker, summary::marker",
    "footnote-call": ".p-footnote::footnote-call",
    "footnote-marker": ".p-footnote::footnote-marker",
    "note-call": "",
    "note-marker": "",
    "note-callback": "",
}


@cache
def narrowed_sheet() -> weasyprint.CSS:
    """WeasyPrint's own sheet, without six styles for every element that has none.

    They take 250 MB and a second for a book of 800 pages, and change nothing in it.
    """
    sheet = files("weasyprint").joinpath("css/html5_ua.css").read_text("utf-8")
    for name, holders in _HOLDERS.items():
        rule = rf"^::{name} (\{{[^}}]*\}})"
        sheet = re.sub(rule, rf"{holders} \1" if holders else "", sheet, flags=re.M)
    return weasyprint.CSS(string=sheet)


_MARGINS = tuple(
    f"@{side}-{place}"
    for side, places in {
        "top": ("left-corner", "left", "center", "right", "right-corner"),
        "bottom": ("left-corner", "left", "center", "right", "right-corner"),
        "left": ("top", "middle", "bottom"),
        "right": ("top", "middle", "bottom"),
    }.items()
    for place in places
)


def _make_margin_boxes(context: Any, leaf: Any, state: Any) -> Iterator[Any]:
    """WeasyPrint makes sixteen boxes in the margins of every page, and throws away what
    is empty. Where all are, as round a fragment, none has to be made."""
    styles = (context.style_for(leaf.page_type, name) for name in _MARGINS)
    if any(style is not None for style in styles):
        yield from make_margin_boxes(context, leaf, state)


def _resolve_percentages(box: Any, containing_block: Any) -> None:
    """An empty box in a margin only has to be as small as can be: WeasyPrint asks all
    its style how large it would be, and sets it to nothing afterwards. That is half of
    what running heads and folios take."""
    if isinstance(box, MarginBox) and not box.is_generated:
        box.min_width = box.min_height = 0
        box.max_width = box.max_height = inf
    else:
        resolve_percentages(box, containing_block)


def _page_references(pdf: pydyf.PDF) -> tuple[bytes, ...]:
    """pydyf makes this list anew for every tagged element, which for a book of 800
    pages takes half as long as the layout. Here it is made once."""
    kids = pdf.pages["Kids"][::3]
    known: tuple[bytes, ...] = getattr(pdf, "known_references", ())
    if len(known) != len(kids):
        known = tuple(f"{number} 0 R".encode("ascii") for number in kids)
        pdf.known_references = known
    return known


# Fewer letters than this fit a line, for each time the size of the type goes into it;
# WeasyPrint assumes the same.
_LETTERS = 4


# Those that Pango lets hang over the end of a line.
_SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
# Less than any letter, in CSS pixels.
_LITTLE = 0.1


def _split_first_line(
    text: str,
    style: Any,
    context: Any,
    max_width: float | None,
    *more: Any,
    **named: Any,
) -> Line:
    """Text before an inline element often ends in a space. Where everything but this
    space fits the line, WeasyPrint sets the first word alone, or half of it with a
    hyphen, and begins a new line. But a space at the end of a line takes no room; and
    one that lets no line end there takes its word along to the next line."""
    line: Line = split_first_line(text, style, context, max_width, *more, **named)
    if (
        line[2] is None
        or max_width is None
        or text[-1] not in _SPACES
        or style["white_space"] != "normal"
        or len(text) * style["font_size"] > _LETTERS * max_width
    ):
        return line
    bare = text.rstrip(_SPACES)
    whole = split_first_line(bare, style, context, max_width, *more, **named)
    if bare and whole[2] is None:
        room = inf if text.endswith(" ") else whole[3] - _LITTLE
        line = split_first_line(text, style, context, room, *more, **named)
    return line


def _lay_out_lines(context: Any, *more: Any) -> tuple[Any, ...]:
    """The second line of a paragraph may find room at the end of a page only when notes
    of this page are put off to the next one, and leave their calls. WeasyPrint does so,
    whatever `footnote-policy` says: here the paragraph goes to the next page. Where it
    is the first there and cannot, WeasyPrint forgets the notes that are called in this
    very line: they are put off behind the others."""
    _, _, _, lines, page_is_empty, absolutes, fixed, *_ = more
    before = Before(context, lines, absolutes, fixed)
    done: tuple[Any, ...] = _linebox_layout(context, *more)
    _, stop, _, position_y, new_notes, max_lines = done
    may_not = any(n.style["footnote_policy"] != "auto" for n in before.put_off())
    if may_not and not page_is_empty:
        before.take_back()
        return True, False, None, position_y, [], max_lines
    if stop and lines and context.reported_footnotes:
        for box in lines[-1].descendants():
            if box.footnote and box.footnote in context.footnotes:
                context.footnotes.remove(box.footnote)
                context.reported_footnotes.append(box.footnote)
                new_notes.append(box.footnote)
    return done


_UPDATE = LayoutContext._update_footnote_area


def _update_footnote_area(context: Any) -> bool:
    """The notes of a page are as high as what is in them, but for the last bit of a sum
    of fractions. WeasyPrint takes this bit for a note that does not fit, and puts the
    note off to the next page, or loses it on the last."""
    _UPDATE(context)
    return False


def _remove_last_whitespace(context: Any, line: Any) -> None:
    """A line from right to left ends at its left. WeasyPrint takes the direction of the
    last word for that of the line, and the line leaves the measure by a space."""
    width, around, last = line.width, [], line
    while isinstance(last, LineBox | InlineBox) and last.children:
        around.append(last)
        last = last.children[-1]
    remove_last_whitespace(context, line)
    space = width - line.width
    if not space or not isinstance(last, TextBox):
        return
    if last.pango_layout.first_line_direction % 2:
        for child in line.children:
            child.translate(dx=space, ignore_floats=True)
        if last.text:
            # The old layout is drawn with its space, on the left.
            layout = create_layout(last.text, last.style, context, None, 0)
            layout.deactivate()
            last.pango_layout = layout
    for box in around:
        if box.style["direction"] == "rtl":
            for child in box.children[:-1]:
                child.translate(dx=-space, ignore_floats=True)


def _handle_leader(context: Any, line: Any, around: Any) -> None:
    """Leaders widen the boxes round them, to the left where text runs from the right.
    WeasyPrint moves what is in these boxes there, but not the boxes: a link would lie
    beside its words, and off the paper."""
    within: list[tuple[Any, float]] = []
    index, _ = leader_index(line)
    box = line
    while index is not None:
        box, index = box.children[index[0]], index[1]
        within.append((box, box.width))
    handle_leader(context, line, around)
    if line.style["direction"] == "rtl":
        # The leader itself is what is moved.
        for box, width in within[:-1]:
            box.position_x -= box.width - width


_HIT_AREA = InlineBox.hit_area


def _hit_area(box: Any) -> tuple[float, float, float, float]:
    """Marks of notes have no line height, so that they part no lines. WeasyPrint makes
    links as high as the line: none could be touched."""
    x, y, width, height = _HIT_AREA(box)
    more = max(0, box.style["font_size"] - height)
    return x, y - more / 2, width, height + more


_X_OBJECT = RasterImage.get_x_object


def _x_object(image: Any, _interpolated: bool, ratio: float) -> Any:
    """WeasyPrint wants pixels smoothed, which PDF/A forbids (ISO 19005-2, 6.2.8) and
    programs do or leave as they like."""
    return _X_OBJECT(image, False, ratio)


# In ems of the text; `text.css` gives the rule of notes that end a chapter the same.
_RULE = 3


def _draw_border(stream: Any, box: Any) -> None:
    """CSS has no word for a rule over the notes that is shorter than the page."""
    if not isinstance(box, FootnoteAreaBox):
        draw_border(stream, box)
        return
    whole, left = box.width, box.position_x
    box.width = min(whole, _RULE * box.style["font_size"])
    if box.style["direction"] == "rtl":
        box.position_x += whole - box.width
    draw_border(stream, box)
    box.width, box.position_x = whole, left
