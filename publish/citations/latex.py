"""TeX as it stands in bibliographies, as text with the marks of `signs`.

Braces stay: within them, and nowhere else, capitals are safe from the style.
"""

import re
from unicodedata import normalize

from publish.citations.signs import MARKS, OTHERS, plain

# Accents, by what is written behind the backslash.
_ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
    "t": "\u0361",
}
_LETTERS = {
    "aa": "å",
    "AA": "Å",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "o": "ø",
    "O": "Ø",
    "ss": "ß",
    "l": "ł",
    "L": "Ł",
    "i": "ı",
    "j": "ȷ",
    "dh": "ð",
    "DH": "Ð",
    "th": "þ",
    "TH": "Þ",
    "dj": "đ",
    "DJ": "Đ",
    "ng": "ŋ",
    "NG": "Ŋ",
    "S": "§",
    "P": "¶",
    "dag": "†",
    "ddag": "‡",
    "copyright": "©",
    "pounds": "£",
    "euro": "€",
    "dots": "…",
    "ldots": "…",
    "textellipsis": "…",
    "textendash": "–",
    "textemdash": "—",
    "textquoteleft": "‘",
    "textquoteright": "’",
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "textbackslash": "\ue030",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textunderscore": "_",
    "textdegree": "°",
    "textregistered": "®",
    "texttrademark": "™",
    "slash": "/",
    "TeX": "TeX",
    "LaTeX": "LaTeX",
    "BibTeX": "BibTeX",
    "quad": " ",
    "newline": " ",
    "par": " ",
    "noopsort": "",
}
_GREEK = {
    **{"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε"},
    **{"zeta": "ζ", "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ", "mu": "μ"},
    **{"lambda": "λ", "nu": "ν", "xi": "ξ", "omicron": "ο", "pi": "π", "rho": "ρ"},
    **{"varsigma": "ς", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ"},
    **{"chi": "χ", "psi": "ψ", "omega": "ω"},
}
_MATH = {
    **_GREEK,
    **{
        name.capitalize(): letter.upper()
        for name, letter in _GREEK.items()
        if name != "varsigma"
    },
    "times": "×",
    "pm": "±",
    "leq": "≤",
    "le": "≤",
    "geq": "≥",
    "ge": "≥",
    "neq": "≠",
    "ne": "≠",
    "approx": "≈",
    "sim": "∼",
    "infty": "∞",
    "cdot": "·",
    "to": "→",
    "rightarrow": "→",
    "leftarrow": "←",
    "in": "∈",
    "subset": "⊂",
    "ell": "ℓ",
    "circ": "°",
    "prime": "′",
    "sqrt": "√",
    "partial": "∂",
    "nabla": "∇",
    "hbar": "ℏ",
}
# Orders that set words otherwise; others of one argument are their argument.
_SET = {
    **dict.fromkeys(("emph", "textit", "textsl", "mkbibemph", "mathit"), "em"),
    **dict.fromkeys(("textbf", "mkbibbold", "mathbf"), "strong"),
    "textsc": "small-caps",
    **dict.fromkeys(("textsuperscript", "mkbibsuperscript"), "sup"),
    **dict.fromkeys(("textsubscript", "mkbibsubscript"), "sub"),
}
# As they were written before LaTeX 2e: `{\em words}`.
_SWITCHES = {"em": "em", "it": "em", "sl": "em", "bf": "strong", "sc": "small-caps"}
_QUOTES = {"enquote": "“”", "mkbibquote": "“”"}
_ORDER = re.compile(r"\\([A-Za-z]+)\*?|\\(.)", re.DOTALL)
# Signs that TeX writes in several.
_RUNS = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("`", "‘"), ("'", "’"))


def from_latex(text: str) -> str:
    """A field in plain signs, marks of `signs` and braces."""
    return " ".join(_Reading(plain(text)).all().split())


def names_from_latex(text: str) -> str:
    """A list of names; who is "others" has a name of his own."""
    names = re.split(r"\s+and\s+(?![^{]*\})", from_latex(text), flags=re.IGNORECASE)
    return " and ".join(_name(name.strip()) for name in names if name.strip(" ,"))


def _name(name: str) -> str:
    """One name. Small words before a family name are a part of it, as BibTeX has it:
    von Neumann is no Neumann."""
    if name.lower() == "others":
        return f"{{{OTHERS}}}"
    family, comma, rest = _cut(name, ",")
    words = _words(family)
    small = [n for n, word in enumerate(words[:-1]) if word[:1].islower()]
    if not small:
        return name
    if comma:
        return f"{{{family}}},{rest}" if small[0] == 0 else name
    first, last = words[: small[0]], words[small[0] :]
    return f"{{{' '.join(last)}}}, {' '.join(first)}" if first else f"{{{name}}}"


def _cut(text: str, sign: str) -> tuple[str, str, str]:
    """What stands before and behind the first sign that no braces hold."""
    depth = 0
    for place, letter in enumerate(text):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if letter == sign and not depth:
            return text[:place], sign, text[place + 1 :]
    return text, "", ""


def _words(text: str) -> list[str]:
    words = []
    while text:
        word, _, text = _cut(text, " ")
        words += [word] if word else []
    return words


class _Reading:
    """Goes through a field once."""

    def __init__(self, text: str) -> None:
        self._text, self._place = text, 0

    def all(self) -> str:
        return self._until("")

    def _until(self, end: str) -> str:
        """What stands before a sign at this depth, which is passed."""
        said: list[str] = []
        # What a switch has begun, and ends with its group.
        open_marks: list[str] = []
        while self._place < len(self._text):
            sign = self._text[self._place]
            if sign == end:
                self._place += 1
                break
            said.append(self._next(sign, open_marks))
        said += [MARKS[mark][1] for mark in reversed(open_marks)]
        return "".join(said)

    def _next(self, sign: str, open_marks: list[str]) -> str:
        if sign == "\\":
            return self._order(open_marks)
        if sign == "{":
            return self._group()
        if sign == "$":
            return self._math()
        for written, meant in _RUNS:
            if self._text.startswith(written, self._place):
                self._place += len(written)
                return meant
        self._place += 1
        # A brace that opens nothing, and a space that does not break.
        return {"}": "", "~": "\N{NO-BREAK SPACE}"}.get(sign, sign)

    def _group(self) -> str:
        """What braces hold, in braces, but for one letter with its accent."""
        special = self._text.startswith("{\\", self._place)
        self._place += 1
        inside = self._until("}")
        return inside if special and len(inside) == 1 else f"{{{inside}}}"

    def _order(self, open_marks: list[str]) -> str:
        found = _ORDER.match(self._text, self._place)
        if not found:
            self._place += 1
            return ""
        self._place = found.end()
        name, sign = found[1] or "", found[2] or ""
        if sign:
            return self._sign(sign)
        if name in _SWITCHES:
            self._skip_space()
            mark = _SWITCHES[name]
            open_marks.append(mark)
            return MARKS[mark][0]
        if name in _LETTERS:
            self._end_word()
            return _LETTERS[name]
        if name in _ACCENTS:
            return self._accented(_ACCENTS[name])
        return self._with_argument(name)

    def _sign(self, sign: str) -> str:
        if sign in _ACCENTS:
            return self._accented(_ACCENTS[sign])
        if sign == "\\":
            return " "
        # `\-` may be a hyphen at the end of a line, `\/` parts letters.
        return {",": "\N{THIN SPACE}", "-": "", "/": "", "@": ""}.get(sign, sign)

    def _accented(self, accent: str) -> str:
        self._skip_space()
        letter = self._argument()
        letter = {"ı": "i", "ȷ": "j"}.get(letter, letter)
        return normalize("NFC", letter[:1] + accent) + letter[1:] if letter else ""

    def _argument(self) -> str:
        """The next group without its braces, order or sign."""
        if self._place >= len(self._text):
            return ""
        sign = self._text[self._place]
        if sign == "{":
            self._place += 1
            return self._until("}")
        if sign == "\\":
            return self._order([])
        self._place += 1
        return sign

    def _with_argument(self, name: str) -> str:
        self._skip_space()
        if not self._text.startswith("{", self._place):
            return _MATH.get(name, f"\ue030{name} ")
        words = self._argument()
        if name == "href":
            return self._argument() or words
        if name in _SET:
            begin, end = MARKS[_SET[name]]
            # In braces, or a style would take the first letter for one within a word.
            return f"{{{begin}{words}{end}}}"
        if name == "url":
            return f"{{{words}}}"
        if name in _QUOTES:
            return words.join(_QUOTES[name])
        return "" if name == "noopsort" else words

    def _math(self) -> str:
        """Formulas as plain text, with letters raised and lowered."""
        end = self._text.find("$", self._place + 1)
        if end < 0:
            self._place += 1
            return "$"
        inside = _Formula(self._text[self._place + 1 : end]).all()
        self._place = end + 1
        return f"{{{inside}}}"

    def _skip_space(self) -> None:
        while self._text[self._place : self._place + 1].isspace():
            self._place += 1

    def _end_word(self) -> None:
        """`\\o{}` and `\\o ` end where the order does."""
        if self._text.startswith("{}", self._place):
            self._place += 2
        else:
            self._skip_space()


class _Formula(_Reading):
    def _next(self, sign: str, open_marks: list[str]) -> str:
        if sign in "^_":
            self._place += 1
            begin, end = MARKS["sup" if sign == "^" else "sub"]
            return f"{begin}{self._argument()}{end}"
        if sign == "{":
            self._place += 1
            return self._until("}")
        if sign == "\\" and (found := _ORDER.match(self._text, self._place)):
            if found[1] in _MATH:
                self._place = found.end()
                return _MATH[found[1]]
            return self._order(open_marks)
        self._place += 1
        if sign.isascii() and sign.isalpha():
            return sign.join(MARKS["em"])
        return {"-": "−", "'": "′"}.get(sign, sign)
