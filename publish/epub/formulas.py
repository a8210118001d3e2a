"""Mathematics as an e-reader sets it: MathML."""

import re
from xml.etree.ElementTree import Element, fromstring

from publish.language import Labels
from publish.model import Equation, Math
from publish.xhtml import escape

# Signs that fit a line of a phone: no reader parts MathML at the end of a line.
_LINE = 24
_NAMESPACE = "http://www.w3.org/1998/Math/MathML"


# A formula in a line, with the signs that touch it.
_TOUCHED = re.compile(
    r"""([^\s\w<>&;]{0,3})(<math\s[^>]*display="inline".*?</math>)([^\s\w<>&]{0,4})""",
    re.DOTALL,
)

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


def with_signs(xhtml: str) -> str:
    """Brackets, stops and hyphens stay with the formula that they touch: readers end a
    line before and behind MathML, as if it were a picture."""
    return _TOUCHED.sub(_joined, xhtml) if "<math" in xhtml else xhtml


def _joined(found: re.Match[str]) -> str:
    before, _, behind = found.groups()
    joined = before or behind
    return f'<span class="p-joined">{found[0]}</span>' if joined else found[0]


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
