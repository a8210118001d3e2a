"""A book as a booklet: its pages two up on sheets, in the order in which these are
folded into one another."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from publish.model import Booklet, Trim, spread
from publish.problems import Position, Problem, Severity

# Pages of a sheet that is folded once.
_FOLDED = 4

# What lies left and right of the fold, by the numbers of pages, counted from 0; None
# for a page more than the book has.
SheetSide = tuple[int | None, int | None]


def sheet_sides(
    count: int, booklet: Booklet, *, right_to_left: bool = False
) -> Iterator[SheetSide]:
    """The front and the back of each sheet, the outermost of a signature first.

    count: of pages
    """
    size = booklet.signature or max(_FOLDED, count + -count % _FOLDED)
    for start in range(0, count, size):
        for n in range(0, size // 2, 2):
            first, last = start + n, start + size - 1 - n
            front, back = (last, first), (first + 1, last - 1)
            for side in (front, back):
                left, right = (n if n < count else None for n in side)
                yield (right, left) if right_to_left else (left, right)


# Pages of the thickest gathering that stays closed: four millimetres of copier paper.
_THICK = 80


def too_thick(count: int, booklet: Booklet, name: str) -> Iterator[Problem]:
    """More pages than can be folded into one another. name: of the file"""
    folded = booklet.signature or count
    if folded > _THICK:
        message = f"{folded} pages are many to be folded into one another"
        hint = "write booklet = 16, and sew or glue the signatures one behind the other"
        at = Position(Path(name))
        yield Problem(at, "thick-booklet", message, hint, Severity.WARNING)


def impose(pdf: Pdf, booklet: Booklet, *, right_to_left: bool) -> None:
    """Make sheets of the pages of *pdf*, which have their boxes and one size.

    Nothing is shifted for the thickness of the paper.
    """
    leaves = [pikepdf.Page(leaf.obj) for leaf in pdf.pages]
    forms = [_form(pdf, leaf) for leaf in leaves]
    for side in sheet_sides(len(leaves), booklet, right_to_left=right_to_left):
        _add_side(pdf, leaves, forms, side)
    del pdf.pages[: len(leaves)]
    # A printer that is told nothing turns a wide sheet over at its long edge, and makes
    # what is on it smaller.
    pdf.Root.ViewerPreferences = Dictionary(
        Duplex=Name.DuplexFlipShortEdge, PrintScaling=Name("/None")
    )


def _form(pdf: Pdf, leaf: pikepdf.Page) -> Any:
    """A page as a drawing, as large as all that is printed of it."""
    leaf.contents_coalesce()
    form: Any = pdf.make_stream(leaf.obj.Contents.read_bytes())
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = leaf.obj.BleedBox
    form.Resources = leaf.obj.get("/Resources", Dictionary())
    return form


def _add_side(
    pdf: Pdf, leaves: Sequence[pikepdf.Page], forms: Sequence[Any], side: SheetSide
) -> None:
    _, foot, _, head = map(float, leaves[0].obj.TrimBox)
    wide = _width(leaves[0])
    bleed = float(leaves[0].obj.BleedBox[3]) - head
    paper = spread(Trim(wide, head - foot))
    width, height = paper.width + 2 * bleed, paper.height + 2 * bleed
    fold, below = width / 2, (height - (head - foot)) / 2
    words: list[str] = []
    drawn = Dictionary()
    for name, n in zip(("Left", "Right"), side, strict=True):
        if n is None:
            continue
        drawn[f"/{name}"] = forms[n]
        half, at = (0.0, fold - wide) if name == "Left" else (fold, fold)
        left = float(leaves[n].obj.TrimBox[0])
        # What is printed beyond the spine would lie on the other page.
        words.append(
            f"q {half:.3f} 0 {fold:.3f} {height:.3f} re W n"
            f" 1 0 0 1 {at - left:.3f} {below - foot:.3f} cm /{name} Do Q\n"
        )
    leaf = pdf.add_blank_page(page_size=(width, height)).obj
    leaf.Resources = Dictionary(XObject=drawn)
    leaf.Contents = pdf.make_stream("".join(words).encode())
    cut = (fold - wide, below, fold + wide, below + head - foot)
    more = (-bleed, -bleed, bleed, bleed)
    leaf.TrimBox = Array([round(at, 3) for at in cut])
    leaf.BleedBox = Array([round(a + b, 3) for a, b in zip(cut, more, strict=True)])


def _width(leaf: pikepdf.Page) -> float:
    left, _, right, _ = map(float, leaf.obj.TrimBox)
    return right - left
