"""The ISBN as bars, on paper that nothing else is printed on."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from publish.barcode import MODULE, WHOLE, Symbol
from publish.fonts import Face
from publish.lettering import reach
from publish.wrap.colours import BLACK, PAPER
from publish.wrap.sheet import Box

# In points: above the words over the bars, of these, and below the digits.
_TOP, _WORDS, _FOOT = 3.0, 8.0, 1.5
_WORDS_SIZE = 7.0
# In modules: of the digits, and how far below the bars they stand.
_DIGITS, _BASE = 10.5, 0.6


def symbol_size(symbol: Symbol, field: Box) -> float:
    """Its magnification; 0 where the field is too small."""
    return symbol.magnification(field.width, field.height - _TOP - _WORDS - _FOOT)


def bars(
    symbol: Symbol, words: str, field: Box, face: Face, *, right_to_left: bool
) -> Element:
    """words: over the bars; face: of these and of the digits

    At the foot of the field, on the side of the spine.
    """
    module = MODULE * symbol_size(symbol, field)
    width = symbol.width * module
    height = _TOP + _WORDS + symbol.height * module + _FOOT
    left = field.left if right_to_left else field.right - width
    box = Box(left, field.bottom - height, width, height)
    white = _placed(box)
    white.set("class", "barcode")
    white.set("dir", "ltr")
    white.set("style", f"{white.get('style')}; background: {PAPER}; color: {BLACK}")
    first = symbol.bars[0].left * module
    over = SubElement(white, "div", {"class": "barcode-words"})
    over.set(
        "style",
        f"{_style(Box(first, _TOP, width - first, _WORDS))};"
        f" font: {_WORDS_SIZE}pt/1 '{face.family}'; white-space: nowrap",
    )
    over.text = words
    top = _TOP + _WORDS
    for bar in symbol.bars:
        at = Box(
            bar.left * module,
            top + bar.top * module,
            bar.width * module,
            bar.height * module,
        )
        black = SubElement(white, "div", {"class": "bar"})
        black.set("style", f"{_style(at)}; background: {BLACK}")
    white.extend(_digits(symbol, module, top, face))
    return white


def _digits(symbol: Symbol, module: float, top: float, face: Face) -> Iterator[Element]:
    ascent, descent = reach(face)
    size = _DIGITS * module
    # Of the base line, in a line as high as the letters.
    down = size * (1 + ascent - descent) / 2
    for digit in symbol.digits:
        base = top + (_ABOVE if digit.top else WHOLE - _BASE) * module
        at = Box((digit.centre - 5) * module, base - down, 10 * module, size)
        element = Element("div", {"class": "digit"})
        element.set("style", f"{_style(at)}; font: {size:.3f}pt/1 '{face.family}'")
        element.text = digit.text
        yield element


# Where digits over an add-on stand, in modules.
_ABOVE = 7.4


def _placed(box: Box) -> Element:
    return Element("div", {"style": _style(box)})


def _style(box: Box) -> str:
    return (
        f"position: absolute; left: {box.left:.4f}pt; top: {box.top:.4f}pt;"
        f" width: {box.width:.4f}pt; height: {box.height:.4f}pt"
    )
