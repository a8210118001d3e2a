"""Mathematics on paper: the outlines of its letters.

WeasyPrint knows no MathML. All lengths are in ems, so that a formula is as large as the
text that it stands in: in a heading, a note, a table.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from publish.kinds import every
from publish.mathematics import EM, Piece, outline_of
from publish.model import Chapter, Equation, Math
from publish.pdf.page import Page
from publish.problems import Position, Problem, Severity
from publish.xhtml import escape

# The element that `outlined` draws.
TAG = "p-formula"
# A short formula stays on one line.
_SHORT = 8 * EM
# Smaller than this is said.
_LEGIBLE = 0.75
# What is left at the sides of an equation for its number; `text.css` says the same.
_NUMBER = 3 * EM


def formula_xhtml(formula: Math | Equation, page: Page) -> str:
    """A `p-math` with its outlines."""
    pieces, size = _fitted(formula, page)
    drawings = "".join(_drawing(piece, size) for piece in pieces)
    said = escape(" ".join(formula.source.split()))
    return f'<span class="p-math" dir="ltr" alt="{said}">{drawings}</span>'


def too_large(chapter: Chapter, page: Page) -> Iterator[Problem]:
    """A problem for each formula that is hard to read, so small must it be."""
    formulas: list[Math | Equation] = [*every(chapter, Math)]
    formulas += every(chapter, Equation)
    for formula in formulas:
        _, size = _fitted(formula, page)
        if size < _LEGIBLE:
            yield _small(formula, size, Position(chapter.path, formula.line), page)


def _small(formula: Math | Equation, size: float, at: Position, page: Page) -> Problem:
    message = f"this formula is set at {size:.0%} of its size, to fit the page"
    if size < _width_share(formula, page)[1]:
        hint = "it is too high: make several formulas of it"
        return Problem(at, "tall-formula", message, hint, Severity.WARNING)
    hint = r"it is too wide: end its lines yourself: \\ within \begin{aligned}"
    return Problem(at, "wide-formula", message, hint, Severity.WARNING)


def _fitted(formula: Math | Equation, page: Page) -> tuple[tuple[Piece, ...], float]:
    """The pieces that it is set in, and the share of the text's size that fits."""
    pieces, size = _width_share(formula, page)
    high = max(piece.height for piece in pieces) + max(piece.depth for piece in pieces)
    # A line of text is somewhat higher than what stands in it.
    room = (page.text_height - page.leading) / page.size * EM
    return pieces, min(size, room / high)


def _width_share(
    formula: Math | Equation, page: Page
) -> tuple[tuple[Piece, ...], float]:
    """As `_fitted`, of a page that has no end."""
    display = isinstance(formula, Equation)
    outline = outline_of(formula.mathml, display=display)
    room = page.text_width / page.size * EM
    if isinstance(formula, Equation) and formula.number:
        room -= 2 * _NUMBER
    fits = outline.width <= (room if display else min(room, _SHORT))
    if fits or max(piece.width for piece in outline.pieces) > room:
        return outline.whole, min(1.0, room / outline.width)
    return outline.pieces, 1.0


def _drawing(piece: Piece, size: float) -> str:
    em = size / EM
    height = piece.height + piece.depth
    style = (
        f"width: {piece.width * em:.4g}em; height: {height * em:.4g}em;"
        f" vertical-align: {-piece.depth * em:.4g}em"
    )
    box = f"0 {-piece.height:g} {piece.width:g} {height:g}"
    signs = ";".join(f"{s.sign} {s.x:.6g} {s.y:.6g} {s.scale:.4g}" for s in piece.signs)
    data = f'data-box="{box}" data-signs="{signs}" data-path="{piece.path}"'
    return f'<{TAG} style="{style}" {data}></{TAG}>'


def drawn_sizes(element: Element) -> Iterator[tuple[float, float]]:
    """Width and height of each drawing in an element, in ems."""
    for drawing in element.iter(TAG):
        *_, width, height = map(float, drawing.get("data-box", "").split())
        yield width / EM, height / EM
