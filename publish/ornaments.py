"""What stands between scenes: a drawing of the style, or signs.

A drawing takes the colour of the text. In print that is said in the drawing; in an
e-book, where the reader may have turned the page dark, the drawing is the shape that is
left of a broad border. Readers too old for this have the line of their sheet.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

from publish.css_strings import quoted
from publish.problems import Position, Problem, PublishError
from publish.svg import MEDIA_TYPE, BadDrawingError, clean_svg, svg_bytes, svg_size


@dataclass(frozen=True, slots=True)
class Drawing:
    """svg: in black on nothing; width, height: in ems"""

    svg: str
    width: float
    height: float


# Signs of a font, none of them for an empty line.
Ornament = str | Drawing
# What an author writes for the empty line.
NO_ORNAMENT = "none"


# Letters in a row, or a file.
_WORD = re.compile(r"[^\W\d_]{2}")


def chosen(said: str, named: Mapping[str, Ornament]) -> Ornament:
    """said: a name, signs, or NO_ORNAMENT; named: those of the style"""
    return "" if said == NO_ORNAMENT else named.get(said, said)


def unknown_ornament(
    said: str, named: Mapping[str, Ornament], style: str, at: Position
) -> Iterator[Problem]:
    """An error where *said* is neither one of those of the style nor signs.

    style: its name; at: where it is said
    """
    if not _WORD.search(signs_of(chosen(said, named))):
        return
    near = get_close_matches(said.casefold(), named, n=1)
    meant = f"did you mean “{near[0]}”? " if near else ""
    names = ", ".join((*named, NO_ORNAMENT))
    message = f"the style “{style}” has no ornament “{said}”"
    hint = f"{meant}there is {names}; or write signs, such as “~”"
    yield Problem(at, "bad-ornament", message, hint)


def signs_of(ornament: Ornament | None) -> str:
    return ornament if isinstance(ornament, str) else ""


def read_ornaments(said: Mapping[str, str], folder: Path) -> Mapping[str, Ornament]:
    """said: by names, signs or the name of a drawing like "leaf.svg"
    folder: where the drawings are

    Raises PublishError for those that cannot be shown.
    """
    read: dict[str, Ornament] = {}
    problems: list[Problem] = []
    for name, what in said.items():
        try:
            is_file = _FILE.search(what) is not None
            read[name] = _drawing(folder, what) if is_file else what
        except PublishError as error:
            problems += error.problems
    if problems:
        raise PublishError(problems)
    return read


def _drawing(folder: Path, name: str) -> Drawing:
    """As high as it says in ems, or one em."""
    path = folder / name
    # No name leads out of the folder, and no link does.
    if path.resolve().parent != folder.resolve() or not path.is_file():
        raise PublishError([_no_ornament(path, "no such drawing", _SVG)])
    try:
        svg = clean_svg(path.read_bytes())
    except BadDrawingError as error:
        message = f"the drawing cannot be shown: {error}"
        raise PublishError([_no_ornament(path, message, _SVG)]) from error
    wide, high = svg_size(svg)
    if not wide or not high:
        message = "the drawing does not say how wide and high it is"
        raise PublishError([_no_ornament(path, message, "give it a `viewBox`")])
    root = ElementTree.fromstring(svg)
    said = _EMS.fullmatch(root.get("height", ""))
    height = float(said[1]) if said else 1.0
    if not 0 < height <= _HIGHEST:
        message = f"the drawing is {height:g} em high"
        hint = f"1em is as high as the text; {_HIGHEST}em at the most"
        raise PublishError([_no_ornament(path, message, hint)])
    width = round(height * wide / high, 4)
    root.set("width", f"{width:g}em")
    root.set("height", f"{height:g}em")
    return Drawing(_text(root), width, height)


_HIGHEST = 10
_SVG = "it is an SVG, in the folder `ornaments` beside style.toml"
_FILE = re.compile(r"\.\w{2,4}\Z")
_EMS = re.compile(r"(\d{1,3}(?:\.\d{1,4})?|\.\d{1,4})em")


def _no_ornament(path: Path, message: str, hint: str = "") -> Problem:
    return Problem(Position(path), "bad-ornament", message, hint)


# Each of these gives rules that say what stands between scenes.


def printed(ornament: Ornament, colour: str = "") -> Iterator[str]:
    """For print. colour: six hexadecimal digits; empty for black"""
    if not ornament:
        # One empty line, and no space around it.
        yield "hr { margin: 0 } hr::before { content: none }"
        return
    if isinstance(ornament, Drawing):
        content = _address(ornament, colour)
        # As far below the letters before it as above those that follow; and it moves no
        # line, however far it is moved itself.
        place = f"calc(0.5ex - {ornament.height / 2:g}em); line-height: 0"
    else:
        content = quoted(ornament)
        # An asterisk stands high on its line.
        place = "-0.3em" if "*" in ornament else "0"
    yield f"hr::before {{ content: {content}; vertical-align: {place} }}"


def recoloured(sheet: str, ornament: Ornament | None, colour: str) -> str:
    """A sheet for print whose own ornament has a colour."""
    if ornament is None or not colour:
        return sheet
    (rule,), (coloured,) = printed(ornament), printed(ornament, colour)
    return sheet.replace(rule, coloured)


def on_old_screens(ornament: Ornament) -> Iterator[str]:
    """For any e-reader; none for a drawing."""
    if isinstance(ornament, Drawing):
        return
    around = "1.2em 0" if ornament else "0"
    yield (
        f"hr {{ width: auto; height: auto; margin: {around}; border: 0;"
        " text-align: center; }"
    )
    yield f"hr:before {{ content: {quoted(ornament or NO_BREAK_SPACE)}; }}"


def on_screens(ornament: Ornament) -> Iterator[str]:
    """For e-readers that know how to cut a shape out. What they draw is a border
    because some of them clear every ground when the page is dark."""
    if isinstance(ornament, Drawing) and len(_address(ornament)) > _LONGEST:
        return
    if isinstance(ornament, Drawing):
        mask = f"{_address(ornament)} center / 100% 100% no-repeat border-box"
        said = (
            f"width: {ornament.width:g}em; height: 0;"
            f" border-width: {ornament.height:g}em 0 0; border-style: solid;"
            f" -webkit-mask: {mask}; mask: {mask}"
        )
    else:
        said = "width: auto; height: auto; border: 0; -webkit-mask: none; mask: none"
    yield (
        "@supports (mask-image: none) or (-webkit-mask-image: none)"
        f" {{ hr {{ {said}; }} }}"
    )


NO_BREAK_SPACE = "\xa0"


def _address(drawing: Drawing, colour: str = "") -> str:
    svg = _tinted(drawing.svg, f"#{colour}") if colour else drawing.svg
    return f'url("data:{MEDIA_TYPE},{quote(svg, safe=" /:=,;")}")'


def _tinted(svg: str, colour: str) -> str:
    """What is black because nothing else was said, and what has the text's colour."""
    root = ElementTree.fromstring(svg)
    root.set("color", colour)
    if root.get("fill", "").casefold() in _BLACK:
        root.set("fill", colour)
    for element in root.iter():
        for name in ("fill", "stroke"):
            if element.get(name, "").casefold() == "currentcolor":
                element.set(name, colour)
    return _text(root)


# MuPDF 1.26 throws a sheet away for a word of 1,024 bytes; some small readers are made
# of it. A drawing that takes more is a line there.
_LONGEST = 1_000
# Nothing is black, too.
_BLACK = frozenset({"", "black", "#000", "#000000", "currentcolor"})


def _text(root: ElementTree.Element) -> str:
    return " ".join(svg_bytes(root).decode().partition("?>")[2].split())
