"""Mathematics: LaTeX in, MathML and outlines out.

The only folder that knows latex2mathml and ziamath. What both can do with a formula is
decided by `read_formula`, once, so that no output shows one that another does not.

They are loaded at the first formula: most books have none.
"""

from publish.mathematics.door import FormulaError
from publish.mathematics.shapes import EM, Formula, Outline, Piece, Placed

__all__ = [
    "EM",
    "Formula",
    "FormulaError",
    "Outline",
    "Piece",
    "Placed",
    "outline_of",
    "outline_of_sign",
    "read_formula",
]


def read_formula(source: str, *, display: bool) -> Formula:
    """A formula as LaTeX writes it between dollars.

    display: whether it stands by itself, and not in a line
    Raises FormulaError.
    """
    from publish.mathematics.reading import read  # noqa: PLC0415

    return read(source, display=display)


def outline_of(mathml: str, *, display: bool) -> Outline:
    """The outlines of a formula that was read. mathml: as in `Formula`

    Raises FormulaError.
    """
    from publish.mathematics.outlines import outline  # noqa: PLC0415

    return outline(mathml, display=display)


def outline_of_sign(number: int) -> str:
    """The path of `Placed.sign`, as an SVG has it, in thousandths of an em."""
    from publish.mathematics.outlines import sign  # noqa: PLC0415

    return sign(number)
