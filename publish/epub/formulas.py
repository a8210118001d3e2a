"""Mathematics as an e-reader sets it: MathML."""

from publish.model import Equation, Math
from publish.xhtml import escape

# Signs that fit a line of a phone: no reader parts MathML at the end of a line.
_LINE = 24
_NAMESPACE = "http://www.w3.org/1998/Math/MathML"


def formula_xhtml(formula: Math | Equation) -> str:
    """Its source stands in it too, for readers that know no MathML."""
    display = "block" if isinstance(formula, Equation) else "inline"
    said = escape(" ".join(formula.source.split()))
    start = f'math xmlns="{_NAMESPACE}" display="{display}" alttext="{said}"'
    math = f"<{start}>{formula.mathml}</math>"
    if isinstance(formula, Math) and len(formula.plain) > _LINE:
        return f'<span class="long-formula">{math}</span>'
    return math
