"""A formula in a line of text, where nothing but text can stand: contents, heads."""

import re
from collections.abc import Callable, Mapping, Sequence
from unicodedata import normalize
from xml.etree.ElementTree import Element

_RAISED = dict(zip("0123456789+−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", strict=True))
_LOWERED = dict(zip("0123456789+−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))
# With a space at either side.
_SPACED = re.compile(r"[=<>≤≥≠≈≡∼→←↔⇒⇔∈∉⊂⊆⊃⊇∪∩×·±∓−+]")

_ALPHABETS = re.compile("[\U0001d400-\U0001d7ff]")


def plain_words(math: Element) -> str:
    """What an element says. Not for reading out: for knowing it again."""
    words = _ALPHABETS.sub(lambda found: normalize("NFKC", found[0]), _row(list(math)))
    return " ".join(_with_scripts(words).split())


def _row(children: Sequence[Element]) -> str:
    said = []
    for at, child in enumerate(children):
        words = _words(child)
        if child.tag == "mo" and at and _SPACED.fullmatch(words):
            words = f" {words} "
        said.append(words)
    return "".join(said)


def _words(element: Element) -> str:
    children = list(element)
    if make := _MAKERS.get(element.tag):
        return make(children)
    if element.tag == "mspace":
        return " "
    if element.tag == "mtable":
        return "; ".join(" ".join(map(_words, row)) for row in children)
    return (element.text or "") + _row(children)


# Marks that NFKC leaves alone, in the place of `^` and `_`.
_UP, _DOWN, _END = "\ue000", "\ue001", "\ue002"


def _script(base: Element, mark: str, script: Element) -> str:
    return f"{_words(base)}{mark}{_words(script)}{_END}"


def _with_scripts(words: str) -> str:
    while found := _SCRIPT.search(words):
        small = _RAISED if found[1] == _UP else _LOWERED
        sign = "^" if found[1] == _UP else "_"
        inside = found[2].replace(" ", "")
        if set(inside) == {"′"}:
            shown = inside
        elif inside and set(inside) <= small.keys():
            shown = "".join(small[letter] for letter in inside)
        else:
            shown = sign + _grouped(found[2])
        words = words[: found.start()] + shown + words[found.end() :]
    return words


_SCRIPT = re.compile(f"([{_UP}{_DOWN}])([^{_UP}{_DOWN}{_END}]*){_END}")


def _grouped(words: str) -> str:
    return words if len(words) < 2 or words.isdigit() else f"({words})"  # noqa: PLR2004


def _fraction(children: Sequence[Element]) -> str:
    over, under = map(_words, children)
    return f"{_grouped(over)}/{_grouped(under)}"


_MAKERS: Mapping[str, Callable[[Sequence[Element]], str]] = {
    "mfrac": _fraction,
    "msqrt": lambda inside: f"√{_grouped(_row(inside))}",
    "mroot": lambda inside: f"{_words(inside[1])}√{_grouped(_words(inside[0]))}",
    "msup": lambda inside: _script(inside[0], _UP, inside[1]),
    "mover": lambda inside: _words(inside[0]),
    "msub": lambda inside: _script(inside[0], _DOWN, inside[1]),
    "munder": lambda inside: _script(inside[0], _DOWN, inside[1]),
    "msubsup": lambda inside: (
        _script(inside[0], _DOWN, inside[1]) + f"{_UP}{_words(inside[2])}{_END}"
    ),
    "munderover": lambda inside: (
        _script(inside[0], _DOWN, inside[1]) + f"{_UP}{_words(inside[2])}{_END}"
    ),
    "mphantom": lambda _inside: " ",
}
