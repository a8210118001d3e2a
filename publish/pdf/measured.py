"""Measure a paragraph of WeasyPrint's for `total_fit`: where its lines may end, and how
wide all between is."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import accumulate
from math import inf
from typing import Any

import pyphen
from weasyprint.formatting_structure.boxes import (
    InlineBlockBox,
    InlineBox,
    InlineReplacedBox,
    TextBox,
)
from weasyprint.layout.percent import resolve_percentages
from weasyprint.layout.replaced import inline_replaced_box_layout
from weasyprint.text.line_break import get_log_attrs

from publish.pdf.shapes import Extent, Shape, shape, space_of, width_of
from publish.pdf.total_fit import Manners, Measure, Stop

# The steps from a line box down to one of its texts, and bytes of it.
Place = tuple[int, ...]

# What runs from right to left, what turns the direction, what has no spaces (Chinese
# and Japanese), and lines that are kept.
_UNSURE = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\U00010800-\U00010fff\U0001e800-\U0001efff"
    "\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff\n\t\u2028\u2029]"
)
_WRAPPED = frozenset({"normal", "nowrap"})
_WORDS = re.compile(r"[^\W\d_]+(?:\N{SOFT HYPHEN}[^\W\d_]+)*")
# Stands for a picture, as WeasyPrint has it: lines may end before such a letter.
_PICTURE = "\N{CJK RADICAL REPEAT}"
_SOFT = "\N{SOFT HYPHEN}"
_HYPHENS = "-\N{HYPHEN}"
_NO_BREAK = "\N{NO-BREAK SPACE}"
_STRETCHED = f" {_NO_BREAK}"
# Of Latin, Greek and Cyrillic: signs beside them are taken for the same script.
_LETTER = re.compile(
    "[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
    "\u0388-\u03ff\u0400-\u0481\u048a-\u052f]"
)
# What a line ends at that the author ended, as WeasyPrint has it.
_BREAK = "\n"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text or a picture, where it stands, and the width of what stands before it on
    the line that is neither: borders, and space round them.

    raised: above the line, or below; width: of a picture
    """

    box: Any
    place: Place
    before: float
    raised: bool
    width: float = 0.0

    @property
    def text(self) -> str:
        return str(self.box.text) if isinstance(self.box, TextBox) else _PICTURE

    def shape(self) -> Shape:
        if is_break(self.box):
            return Shape([0.0, 0.0], [1])
        if isinstance(self.box, TextBox):
            return shape(self.box.text, self.box.style)
        return Shape([0.0, self.width], [0])


class Paragraph:
    """A paragraph as one long line of letters, each with its place on it.

    All lengths are in CSS pixels. A letter is one character of its texts; a picture
    counts as one.

    line: WeasyPrint's box with all of it
    texts: by their identities, which of its texts one is
    """

    def __init__(self, line: Any, pieces: Sequence[_Piece], manners: Manners) -> None:
        self.line, self._pieces, self._manners = line, pieces, manners
        self.texts = {id(piece.box): n for n, piece in enumerate(pieces)}
        self._written = "".join(piece.text for piece in pieces)
        # By letter: its text, where it begins and ends, and the bytes of its text up to
        # its end.
        self._of: list[int] = []
        self._left: list[float] = []
        self._right: list[float] = []
        self._bytes: list[int] = []
        # Where each text begins, and how high its words are alone.
        self._firsts: list[int] = []
        self._heights: list[tuple[float, float] | None] = []
        x = 0.0
        for n, piece in enumerate(pieces):
            self._firsts.append(len(self._of))
            x += piece.before
            shaped = piece.shape()
            self._heights.append(shaped.heights)
            edges = [x + edge for edge in shaped.edges]
            self._left += edges[:-1]
            self._right += edges[1:]
            self._bytes += shaped.ends
            self._of += [n] * len(shaped.ends)
            x = edges[-1]
        self._firsts.append(len(self._of))
        stretched = map(_STRETCHED.__contains__, self._written)
        self._counts = [*accumulate(stretched, initial=0)]

    @property
    def width(self) -> float:
        """As one line."""
        return self._right[-1]

    def measure(self, width: float, indent: float) -> Measure:
        """Lines so wide, with the space and the size of its letters."""
        style = self.line.style
        return Measure(width, space_of(style), float(style["font_size"]), indent)

    @cached_property
    def between_words(self) -> Sequence[Stop]:
        """Where it begins, and where lines may end without dividing a word, in the
        order of the text. The last is its end."""
        return (Stop(0, 0.0, 0.0, 0, 0, 0, 0), *self._words())

    @cached_property
    def everywhere(self) -> Sequence[Stop]:
        """The same, and where a word may be divided."""
        there = {stop.at for stop in self.between_words}
        parts = (stop for stop in self._parts() if stop.at not in there)
        return sorted((*self.between_words, *parts), key=lambda stop: stop.at)

    def unspaced(self, stops: Sequence[Stop]) -> Sequence[Stop]:
        """Stops as they were without the spacing that its style asks for."""
        style = self.line.style
        space = style["word_spacing"]
        letter = style["letter_spacing"]
        letter = 0 if letter == "normal" else letter
        return [
            replace(
                stop,
                end=stop.end - letter * stop.letters - space * stop.spaces,
                next=stop.next - letter * stop.passed - space * stop.skipped,
            )
            for stop in stops
        ]

    def end_in(self, text: int, stop: Stop) -> int | None:
        """After how many of its bytes a line ends in a text; None where the line that
        ends at *stop* ends in another."""
        return self._bytes[stop.at - 1] if self._of[stop.at - 1] == text else None

    def is_end(self, stop: Stop) -> bool:
        """Whether it is the end of the paragraph."""
        return stop.at == len(self._written)

    def is_over(self, start: int) -> bool:
        """Whether there is nothing behind that many letters."""
        return start == len(self._written)

    def letters_before(self, place: Place) -> int | None:
        """How many stand before a place where WeasyPrint begins a line; None where it
        is in none of the texts."""
        for number, piece in enumerate(self._pieces):
            if piece.place == place[:-1]:
                return self._letter(number, place[-1])
        return None

    def extent(self, text: int, first: int, last: int) -> Extent | None:
        """Of words of one of its texts, between two of its bytes; None where it is not
        sure before they are shaped."""
        begin, end = self._letter(text, first), self._letter(text, last)
        bounds, written = self._firsts[text : text + 2], self._written
        heights = self._heights[text]
        is_whole = [begin, end] == bounds
        is_parted = begin in bounds or written[begin - 1] == " "
        is_parted &= end in bounds or written[end] == " "
        is_sure = is_whole or (is_parted and _stand_alone(written[begin:end]))
        if heights is None or not is_sure:
            return None
        return Extent(self._right[end - 1] - self._left[begin], *heights)

    def _letter(self, text: int, byte: int) -> int:
        """Which stands behind so many bytes of a text."""
        first, last = self._firsts[text : text + 2]
        return first if byte == 0 else bisect_left(self._bytes, byte, first, last) + 1

    def _words(self) -> Iterator[Stop]:
        """Where words end (UAX 14), at hyphens that are written, and at the end."""
        written, last = self._written, len(self._written)
        attributes = get_log_attrs(written, self.line.style["lang"])
        # Up to where there is nothing on a line yet.
        blank = -1
        for at in range(1, last):
            before = written[at - 1]
            if before == _BREAK:
                blank = at
                yield self._stop(at, hyphen=False)
                continue
            if before == " " and blank == at - 1:
                blank = at
            if at == blank or not attributes[at].is_line_break or not self._wraps(at):
                continue
            if before == _SOFT:
                yield self._divided(at)
            # WeasyPrint cannot be told to end a line behind a picture.
            elif before != _PICTURE:
                yield self._stop(at, before in _HYPHENS)
        yield self._stop(last, hyphen=False)

    def _wraps(self, at: int) -> bool:
        """Whether what stands before or behind it may end a line."""
        behind = self._pieces[self._of[at]]
        if self._of[at - 1] != self._of[at] and behind.raised:
            # The number of a note, say, is not parted from its word.
            return self._written[at - 1] == " "
        return any(
            self._pieces[self._of[n]].box.style["white_space"] == "normal"
            for n in (at - 1, at)
        )

    def _stop(self, at: int, hyphen: bool) -> Stop:
        """Behind so many letters; spaces there belong to no line."""
        written, end, start = self._written, at, at
        forced = written[at - 1] == _BREAK
        end -= forced
        while end > 1 and written[end - 1] == " ":
            end -= 1
        while start < len(written) and written[start] == " ":
            start += 1
        # What closes before the space belongs to the line.
        right = self._left[end] if end < at else self._right[end - 1]
        left = self._left[start] if start < len(written) else right
        cost = self._manners.stiff if hyphen else 0.0
        counts = self._counts
        return Stop(
            at,
            right,
            left,
            counts[end],
            counts[start],
            end,
            start,
            cost,
            hyphen,
            forced=forced,
        )

    def _parts(self) -> Iterator[Stop]:
        """Where a word may be divided."""
        for first, piece in zip(self._firsts, self._pieces, strict=False):
            style = piece.box.style
            language = style["lang"] and pyphen.language_fallback(style["lang"])
            wraps = style["white_space"] == "normal"
            if style["hyphens"] != "auto" or not language or not wraps:
                continue
            total, left, right = style["hyphenate_limit_chars"]
            for word in _WORDS.finditer(piece.text):
                if len(word[0]) >= total and _SOFT not in word[0]:
                    for part in _divisions(word[0], language, left, right):
                        yield self._divided(first + word.start() + part)

    def _divided(self, at: int) -> Stop:
        """Within a word, with a hyphen that is drawn and not written."""
        style = self._pieces[self._of[at - 1]].box.style
        right = self._right[at - 1] + width_of(style["hyphenate_character"], style)
        left = self._left[at] if at < len(self._left) else right
        count, cost = self._counts[at], self._manners.hyphen
        return Stop(
            at, right, left, count, count, at + 1, at, cost, hyphen=True, divides=True
        )


def measured(line: Any, around: Any, manners: Manners) -> Paragraph | None:
    """None where it is not sure how wide everything is.

    line: a line box that is not laid out yet; around: the block that it is in
    """
    gathered = _Gathered(around)
    if not gathered.takes(line, ()):
        return None
    texts = (piece.text for piece in gathered.pieces if not is_break(piece.box))
    written = "".join(texts)
    if not written or _UNSURE.search(written) or not line.style["font_size"]:
        return None
    return Paragraph(line, gathered.pieces, manners)


def _stand_alone(words: str) -> bool:
    """Whether words are drawn at the edge of a line as they are within it: with the
    script of their letters, and no mark or space that would lean on what is there."""
    edges = words[0], words[-1]
    is_bare = unicodedata.category(words[0]).startswith("M")
    return not is_bare and _NO_BREAK not in edges and bool(_LETTER.search(words))


def is_break(box: Any) -> bool:
    """Whether it is what an author ended a line with, and nothing else."""
    if not isinstance(box, TextBox) or box.text != _BREAK:
        return False
    return bool(box.style["white_space"] == "pre-line")


class _Gathered:
    """The texts in the boxes of a line."""

    def __init__(self, around: Any) -> None:
        self.pieces: list[_Piece] = []
        self._around, self._before, self._raised = around, 0.0, False

    def takes(self, box: Any, place: Place) -> bool:
        """Whether all that is in a box is of a width that is known."""
        for index, child in enumerate(box.children):
            here = (*place, index)
            if isinstance(child, TextBox):
                taken = self._takes_text(child, here)
            elif not child.is_in_normal_flow():
                taken = not child.is_floated()
            elif isinstance(child, InlineReplacedBox):
                taken = self._takes_picture(child, here)
            elif isinstance(child, InlineBlockBox):
                taken = self._takes_block(child, here)
            else:
                taken = isinstance(child, InlineBox) and self._takes_box(child, here)
            if not taken:
                return False
        return True

    def _takes_text(self, box: Any, place: Place) -> bool:
        if box.text and box.style["font_size"]:
            self.pieces.append(_Piece(box, place, self._before, self._raised))
            self._before = 0.0
        return box.style["white_space"] in _WRAPPED or is_break(box)

    def _takes_picture(self, box: Any, place: Place) -> bool:
        """A formula, mostly."""
        resolve_percentages(box, self._around)
        laid_out = box.copy()
        inline_replaced_box_layout(laid_out, self._around)
        raised = self._raised or box.style["vertical_align"] != "baseline"
        width = float(laid_out.margin_width())
        self.pieces.append(_Piece(box, place, self._before, raised, width))
        self._before = 0.0
        return True

    def _takes_block(self, box: Any, place: Place) -> bool:
        """The number of a heading, mostly: as wide as it says, if it says so alone."""
        resolve_percentages(box, self._around)
        if box.width == "auto" or box.min_width > 0 or box.max_width < inf:
            return False
        raised = self._raised or box.style["vertical_align"] != "baseline"
        width = float(box.width) + _side(box, "left") + _side(box, "right")
        self.pieces.append(_Piece(box, place, self._before, raised, width))
        self._before = 0.0
        return True

    def _takes_box(self, box: Any, place: Place) -> bool:
        if box.is_leader or box.style["direction"] != "ltr":
            return False
        resolve_percentages(box, self._around)
        raised = self._raised
        self._raised = raised or box.style["vertical_align"] != "baseline"
        self._before += _side(box, "left")
        taken = self.takes(box, place)
        self._before += _side(box, "right")
        self._raised = raised
        return taken


def _side(box: Any, side: str) -> float:
    margin = getattr(box, f"margin_{side}")
    return float(
        (0 if margin == "auto" else margin)
        + getattr(box, f"border_{side}_width")
        + getattr(box, f"padding_{side}")
    )


@lru_cache(maxsize=20_000)
def _divisions(word: str, language: str, left: int, right: int) -> tuple[int, ...]:
    """After how many letters a word may be divided. Not where it would be written
    otherwise then, as some Hungarian words are."""
    dictionary = _dictionary(language, left, right)
    found = dictionary.positions(word)
    return tuple(int(at) for at in found if getattr(at, "data", None) is None)


@lru_cache(maxsize=32)
def _dictionary(language: str, left: int, right: int) -> Any:
    return pyphen.Pyphen(lang=language, left=left, right=right)
