"""The alphabets of mathematics: a bold x is another letter than x (Unicode, 22.2)."""

from functools import cache
from unicodedata import lookup, name

# Names of Unicode's alphabets by MathML's names of variants.
_ALPHABETS = {
    "bold": "BOLD",
    "italic": "ITALIC",
    "bold-italic": "BOLD ITALIC",
    "double-struck": "DOUBLE-STRUCK",
    "script": "SCRIPT",
    "bold-script": "BOLD SCRIPT",
    "fraktur": "FRAKTUR",
    "bold-fraktur": "BOLD FRAKTUR",
    "sans-serif": "SANS-SERIF",
    "bold-sans-serif": "SANS-SERIF BOLD",
    "sans-serif-italic": "SANS-SERIF ITALIC",
    "sans-serif-bold-italic": "SANS-SERIF BOLD ITALIC",
    "monospace": "MONOSPACE",
}
# Letters that Unicode had before it had the rest of their alphabet.
_EARLIER = {
    "ITALIC": {"h": "ℎ"},
    "SCRIPT": dict(zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True)),
    "FRAKTUR": dict(zip("CHIRZ", "ℭℌℑℜℨ", strict=True)),
    "DOUBLE-STRUCK": dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True)),
}


def styled(text: str, variant: str) -> tuple[str, str]:
    """The letters of a variant, and the variant that still has to be said: "normal" for
    a letter that is upright, else none."""
    if variant == "normal":
        return text, variant
    alphabet = _ALPHABETS.get(variant, "")
    if not alphabet:
        return text, ""
    return "".join(_letter(letter, alphabet) for letter in text), ""


@cache
def _letter(letter: str, alphabet: str) -> str:
    if letter in _EARLIER.get(alphabet, {}):
        return _EARLIER[alphabet][letter]
    said = name(letter, "").replace(" LETTER ", " ").replace("LATIN ", "")
    said = said.replace("GREEK ", "")
    try:
        return lookup(f"MATHEMATICAL {alphabet} {said}")
    except KeyError:
        return letter
