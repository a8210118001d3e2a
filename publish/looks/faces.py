"""Other families in the place of those of a style."""

from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches
from unicodedata import name

from publish.fonts import Face, covers, families, is_installed, load_faces, mean_width
from publish.model import Design
from publish.ornaments import signs_of
from publish.problems import Position, Problem, PublishError
from publish.style import Font, Sizes, Style, Use, renamed

_LETTERS, _FIGURES, _SIGNS = "abcdefghijklmnopqrstuvwxyz", "0123456789", "+=−×%€"


def with_faces(style: Style, design: Design) -> Style:
    """Raises PublishError for all families that have not what they need."""
    problems: list[Problem] = []
    fonts: list[Font] = []
    for use, family, at in _wanted(design):
        try:
            fonts.append(_font(style, use, family, at))
        except PublishError as error:
            problems += error.problems
    if problems:
        raise PublishError(problems)
    for font in fonts:
        style = _with_font(style, font)
    return style


def missing_families(design: Design) -> Iterator[Problem]:
    """A problem for each family that is not there."""
    for _, family, at in _wanted(design):
        if not is_installed(family):
            yield _missing(family, at)


def undrawn(style: Style, design: Design) -> Iterator[Problem]:
    """A problem for each sign of the ornament that no font has."""
    drawn = frozenset[int]().union(*(covers(font.faces[0]) for font in style.fonts))
    for letter in dict.fromkeys(signs_of(style.ornament) if design.ornament else ""):
        if not letter.isspace() and ord(letter) not in drawn:
            title = name(letter, "").lower() or f"U+{ord(letter):04X}"
            message = f"no font of the style can draw {letter} ({title})"
            hint = f"write one of {', '.join(style.ornaments)}, or other signs"
            yield Problem(design.at("ornament"), "no-glyph", message, hint)


def _wanted(design: Design) -> Iterator[tuple[Use, str, Position]]:
    for use, family in (
        (Use.TEXT, design.text_font),
        (Use.HEADING, design.heading_font),
        (Use.CODE, design.code_font),
    ):
        if family:
            yield use, family, design.at(f"{use}-font")


def _font(style: Style, use: Use, family: str, at: Position) -> Font:
    """In the weights of the family that it takes the place of, or that text has.

    family: one that is installed
    """
    weights = next(
        _weights(font) for font in style.fonts if font.use in {use, Use.TEXT}
    )
    named = (n for n in families() if n.casefold() == family.casefold())
    family = next(named, family)
    try:
        return Font(use, family, load_faces(family, weights, italics=True, at=at))
    except PublishError:
        if use is Use.TEXT:
            raise
        # A heading, or code, does without a slant.
        return Font(use, family, load_faces(family, weights, italics=False, at=at))


def _weights(font: Font) -> tuple[int, ...]:
    return tuple(sorted({face.weight for face in font.faces}))


def _missing(family: str, at: Position) -> Problem:
    message = f"the font family “{family}” is not installed"
    known = families()
    listed = f"there is {', '.join(known)}; others come from PyPI as fontpkg-…"
    near = get_close_matches(family, known, n=1)
    hint = f"did you mean “{near[0]}”? {listed}" if near else listed
    return Problem(at, "no-font", message, hint)


def _with_font(style: Style, font: Font) -> Style:
    before = next((f for f in style.fonts if f.use is font.use), None)
    if before is None:
        return replace(style, fonts=(*style.fonts, font))
    fonts = tuple(font if f.use is font.use else f for f in style.fonts)
    names = {before.family: font.family}
    changed = replace(
        style,
        fonts=fonts,
        epub_css=renamed(style.epub_css, names),
        newer_css=renamed(style.newer_css, names),
        text_css=renamed(style.text_css, names),
        furniture_css=renamed(style.furniture_css, names),
    )
    old, new = before.faces[0], font.faces[0]
    if font.use is Use.TEXT:
        return replace(changed, sizes=_text_sizes(style.sizes, old, new))
    wider = _wider(old, new, _LETTERS)
    sizes = style.sizes
    return replace(changed, sizes=replace(sizes, code_letter=sizes.code_letter * wider))


def _text_sizes(sizes: Sizes, old: Face, new: Face) -> Sizes:
    """Widths as guesses of what will fit need them: those of the style were measured,
    and grow as the letters do."""
    letters = _wider(old, new, _LETTERS)
    figures, signs = _wider(old, new, _FIGURES), _wider(old, new, _SIGNS)
    return replace(
        sizes,
        letter=round(sizes.letter * letters, 4),
        head_letter=round(sizes.head_letter * letters, 4),
        figure=round(sizes.figure * figures, 4),
        point=round(sizes.point * _wider(old, new, ".,"), 4),
        sign=round(sizes.sign * signs, 4),
    )


def _wider(old: Face, new: Face, letters: str) -> float:
    before, after = mean_width(old, letters), mean_width(new, letters)
    return after / before if before and after else 1.0
