"""From LaTeX to MathML."""

import re
from functools import lru_cache
from xml.etree.ElementTree import tostring

from latex2mathml.converter import convert_to_element

from publish.mathematics.door import FormulaError, door
from publish.mathematics.mending import ARRAYS, mended
from publish.mathematics.outlines import outline
from publish.mathematics.plain import plain_words
from publish.mathematics.shapes import Formula

# No line of a book is longer; the libraries take more than a second for more.
_LONGEST = 3000
_DEEPEST = 40
# They would have to be known to the formulas after it too, and can be made to grow
# without end.
_DEFINING = re.compile(
    r"\\(?:[egx]?def|let|(?:(?:re)?new|provide)command|(?:re)?newenvironment"
    r"|DeclareMathOperator)(?![A-Za-z])"
)
_ESCAPED = re.compile(r"\\(?:[^A-Za-z]|\n)")
# What only counts or names; numbers are given by `transform.things`.
_SILENT = re.compile(
    r"\\(?:label\s*\{[^{}]*\}|tag\*?\s*\{[^{}]*\}|(?:notag|nonumber)(?![A-Za-z]))"
)
_EMPTY_SCRIPT = re.compile(r"(?<!\\)[\^_]\s*[\^_]")
# To LaTeX the rest of the line is a comment. But "50% of x" is none.
_PER_CENT = re.compile(r"(?<![\\\s])%|(?<=[^\n\\])%(?![^\n]*\n)")
_BEGIN = re.compile(r"\\(begin|end)\s*\{([^{}]*)\}")
# To latex2mathml, one name for what is set in the same way.
_ALIGNED = frozenset({"align", "align*", "aligned", "split", "eqnarray", "eqnarray*"})
_COUNTED = frozenset({"alignat", "alignat*", "alignedat"})
_GATHERED = frozenset(
    {"equation", "equation*", "displaymath", "math", "gather", "gather*", "gathered"}
    | {"multline", "multline*"}
)
# latex2mathml reads `\mathrm{d}` as a plain letter, which is slanted.
_UPRIGHT = re.compile(r"\\math(rm|normal|up)\s*(?=\{)")
# latex2mathml sets only what is in it in full size; ziamath cannot draw one in another.
_CONTINUED = re.compile(r"\\cfrac(?![A-Za-z])\s*(?:\[[lcr]\])?")


@lru_cache(maxsize=4096)
def read(source: str, *, display: bool) -> Formula:
    """See `publish.mathematics.read_formula`."""
    with door():
        latex = _prepared(source)
        if not display and "\\tag" in source:
            raise FormulaError("`\\tag` is for what stands by itself")
        math = convert_to_element(latex, display="block" if display else "inline")
        row = mended(math, display=display)
        mathml = "".join(tostring(child, encoding="unicode") for child in row)
        plain = plain_words(row)
        outline(mathml, display=display)
    return Formula(mathml, plain)


def _prepared(source: str) -> str:
    if len(source) > _LONGEST:
        raise FormulaError("it is too long")
    if found := _DEFINING.search(source):
        raise FormulaError(f"commands cannot be defined in it: `{found[0]}`")
    if _EMPTY_SCRIPT.search(source):
        raise FormulaError("nothing follows a `^` or `_`")
    _check_braces(source)
    latex = _SILENT.sub("", _PER_CENT.sub(r"\%", source))
    if not latex.strip():
        raise FormulaError("there is nothing in it")
    latex = _CONTINUED.sub(r"\\dfrac ", latex)
    latex = _BEGIN.sub(_environment, latex)
    latex = re.sub(r"(\\begin\{align\*\})~?\{\d+\}", r"\1", latex)
    return _UPRIGHT.sub(r"\\mathrm ", latex)


def _check_braces(source: str) -> None:
    depth = 0
    for sign in _ESCAPED.sub("", source):
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            raise FormulaError("there is a `}` without its `{`")
        if depth > _DEEPEST:
            raise FormulaError("it is nested too deep")
    if depth:
        raise FormulaError("there is a `{` without its `}`")


def _environment(found: re.Match[str]) -> str:
    edge, name = found[1], found[2].strip()
    if name in _ALIGNED | _COUNTED:
        return rf"\{edge}{{align*}}"
    if name in _GATHERED:
        return rf"\{edge}{{gather}}"
    if name not in ARRAYS:
        raise FormulaError(f"`{name}` is no environment that is known")
    return rf"\{edge}{{{name}}}"
