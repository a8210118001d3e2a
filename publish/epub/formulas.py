"""Mathematics as an e-reader sets it: MathML."""

from xml.etree.ElementTree import Element, fromstring

from publish.language import Labels
from publish.model import Equation, Math
from publish.xhtml import escape

# Signs that fit a line of a phone: no reader parts MathML at the end of a line.
_LINE = 24
_NAMESPACE = "http://www.w3.org/1998/Math/MathML"


# Whose parts stand above each other.
_STACKS = frozenset({"mtable", "mfrac", "munder", "mover", "munderover"})


def formula_xhtml(formula: Math | Equation, words: Labels) -> str:
    """Its source stands in it too, for readers that know no MathML.

    What may be wider than the page moves under the finger, and by keys once it is
    reached with them; for that it has a name.
    """
    display = "block" if isinstance(formula, Equation) else "inline"
    said = escape(" ".join(formula.source.split()))
    start = f'math xmlns="{_NAMESPACE}" display="{display}" alttext="{said}"'
    math = f"<{start}>{formula.mathml}</math>"
    if _signs(formula) <= _LINE:
        return math
    group = f'role="group" aria-label="{escape(words.equation)}" tabindex="0"'
    return f'<span class="long-formula" {group}>{math}</span>'


def _signs(formula: Math | Equation) -> int:
    """How many stand side by side."""
    if isinstance(formula, Math):
        return len(formula.plain)
    return _beside(fromstring(f"<math>{formula.mathml}</math>"))


def _beside(element: Element) -> int:
    inside = [_beside(child) for child in element]
    if element.tag in _STACKS:
        return max(inside, default=0)
    return len((element.text or "").strip()) + sum(inside)
