"""The fonts of a file: what they are, and how wide their letters are set."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from struct import unpack
from typing import Any

# Where a PDF keeps the outlines of a font (ISO 32000-1, table 122).
_OUTLINES = ("/FontFile", "/FontFile2", "/FontFile3")
_SUBSET = re.compile(r"/?[A-Z]{6}\+")
# The widths of what has none are those of no font: half the size is near most letters.
_USUAL = 500.0


class Widths(dict[int, float]):
    """In thousandths of the size, by the codes of letters."""

    def __init__(self, known: dict[int, float], else_: float) -> None:
        super().__init__(known)
        self._else = else_

    def __missing__(self, code: int) -> float:
        return self._else


@dataclass(frozen=True, eq=False)
class Font:
    """name: without what marks it as a part
    embedded: whether its outlines are in the file; whole: all of them
    drawn: whether its letters are drawn by the file itself (Type 3)
    each: bytes of one code
    letters: what its codes stand for, as far as the file tells it
    spaces: the codes of what draws nothing
    """

    name: str
    widths: Widths
    each: int = 1
    embedded: bool = True
    whole: bool = False
    drawn: bool = False
    letters: Mapping[int, str] = field(default_factory=dict)
    spaces: frozenset[int] = field(default=frozenset({32}))

    def codes(self, text: bytes) -> Sequence[int]:
        if self.each == 1:
            return text
        count = len(text) // 2
        return unpack(f">{count}H", text[: 2 * count])

    def words(self, codes: Sequence[int]) -> str:
        if not self.letters:
            # What is set one byte a letter is Latin for the most part.
            latin = self.each == 1 and not self.drawn
            return bytes(codes).decode("cp1252", "replace") if latin else ""
        return "".join(self.letters.get(code, "") for code in codes)


def font_of(font: Any) -> Font:
    """font: the dictionary of one"""
    kind = str(font.get("/Subtype", ""))
    name = str(font.get("/BaseFont", font.get("/Name", ""))).lstrip("/")
    plain = _SUBSET.sub("", name)
    letters = _letters(font)
    if kind == "/Type3":
        # Its letters have a scale of their own.
        scale = float(font.get("/FontMatrix", (0.001,))[0])
        widths = _simple_widths(font, {}, 1000 * scale)
        return Font(plain or "without a name", widths, drawn=True, letters=letters)
    if kind == "/Type0":
        return _composite(font, plain, name != plain, letters)
    descriptor = font.get("/FontDescriptor", {})
    widths = _simple_widths(font, descriptor, 1)
    embedded = any(key in descriptor for key in _OUTLINES)
    whole = embedded and name == plain
    return Font(plain, widths, 1, embedded, whole, letters=letters)


def _composite(font: Any, name: str, subset: bool, letters: Mapping[int, str]) -> Font:
    part = font.DescendantFonts[0]
    descriptor = part.get("/FontDescriptor", {})
    embedded = any(key in descriptor for key in _OUTLINES)
    if str(font.get("/Encoding", "")) in {"/Identity-H", "/Identity-V"}:
        widths = Widths(dict(_wide(part.get("/W", ()))), float(part.get("/DW", 1000)))
    else:
        # Which code is which letter stands in a table that not every file brings.
        widths = Widths({}, 0)
    spaces = frozenset(code for code, letter in letters.items() if letter.isspace())
    whole = embedded and not subset
    return Font(name, widths, 2, embedded, whole, letters=letters, spaces=spaces)


def _simple_widths(font: Any, descriptor: Any, scale: float) -> Widths:
    first = int(font.get("/FirstChar", 0))
    listed = [float(width) * scale for width in font.get("/Widths", ())]
    usual = float(descriptor.get("/MissingWidth", 0)) if listed else _USUAL
    return Widths(dict(enumerate(listed, first)), usual)


def _wide(said: Any) -> Iterator[tuple[int, float]]:
    """The widths of a composite font (ISO 32000-1, 9.7.4.3)."""
    listed = iter(said)
    for first in listed:
        second = next(listed, None)
        if second is None:
            return
        if isinstance(second, int):
            width = float(next(listed, 0))
            # A table that is broken may say more letters than there are.
            for code in range(int(first), min(second, 0xFFFF) + 1):
                yield code, width
        else:
            for n, width in enumerate(second):
                yield int(first) + n, float(width)


def _letters(font: Any) -> dict[int, str]:
    table = font.get("/ToUnicode")
    if not hasattr(table, "read_bytes"):
        return {}
    try:
        return dict(_mapped(table.read_bytes()))
    except ValueError:
        # Many a file has nonsense here: it is for those who copy text.
        return {}


_PART = re.compile(rb"begin(bfchar|bfrange)(.*?)end", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(rb"<(\w+)>\s*<(\w+)>\s*(?:<(\w+)>|\[([^\]]*)\])")
# More than any font has.
_MOST = 0x10000


def _mapped(table: bytes) -> Iterator[tuple[int, str]]:
    for kind, part in _PART.findall(table):
        if kind == b"bfchar":
            said = [_digits(one) for one in _HEX.findall(part)]
            for sign, letter in zip(said[::2], said[1::2], strict=False):
                yield int(sign or b"0", 16), _letter(letter)
            continue
        for first, last, letter, letters in _RANGE.findall(part):
            start, end = int(first, 16), min(int(last, 16), _MOST)
            if letter:
                begin = int(letter, 16)
                for code in range(start, end + 1):
                    yield code, _letter(b"%04x" % (begin + code - start))
            else:
                for n, each in enumerate(_HEX.findall(letters)):
                    yield start + n, _letter(_digits(each))


def _digits(said: bytes) -> bytes:
    return b"".join(said.split())


def _letter(code: bytes) -> str:
    if len(code) % 4:
        code = code.rjust(len(code) + 4 - len(code) % 4, b"0")
    return bytes.fromhex(code.decode("ascii")).decode("utf-16-be", "replace")
