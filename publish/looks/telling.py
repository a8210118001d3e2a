"""What may be changed of a style, for those who want to change it."""

from collections.abc import Iterator
from dataclasses import dataclass

from publish.config.design import DESIGN
from publish.ornaments import signs_of
from publish.style import Knob, Style, Use
from publish.stylesheets import declared


@dataclass(frozen=True, slots=True)
class Turned:
    """One key of `[design]` that a style lets be said.

    about: what it is
    takes: what may be written for it
    own: what the style has where nothing is said; empty where its sheets say it
    """

    key: str
    about: str
    takes: str
    own: str


def knobs_told(style: Style) -> Iterator[Turned]:
    """In the order of the guide."""
    for key, known in DESIGN.keys.items():
        knob = style.knobs.get(key, False)
        if knob:
            takes = _takes(key, knob, style)
            yield Turned(key, known.about.rstrip("."), takes, _own(key, style))


def _takes(key: str, knob: Knob, style: Style) -> str:
    if isinstance(knob, tuple):
        if key in {"size", "leading"}:
            return " to ".join(map(str, knob))
        *some, last = map(_written, knob)
        return f"{', '.join(some)} or {last}" if some else last
    if key == "ornament":
        names = ", ".join(map(_written, (*style.ornaments, "none")))
        return f"{names}, or signs of your own"
    if key.endswith("-font"):
        return "a family that is installed"
    return DESIGN.keys[key].kind.name


def _written(value: str | int) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def _own(key: str, style: Style) -> str:
    page, knob = style.page, style.knobs[key]
    families = {font.use: font.family for font in reversed(style.fonts)}
    css = style.text_css
    sink = declared(css, "section > .p-mark + h1", "margin-top")
    indent = declared(css, "p", "text-indent")
    own = {
        "size": f"{page.size:g}pt",
        "leading": f"{page.leading:g}pt",
        "measure": f"{page.measure:g}em",
        "margins": (
            f"{100 * page.inner:g}% of the width inside, {100 * page.outer:g}% outside,"
            f" {100 * page.top:g}% of the height above, {100 * page.bottom:g}% below"
        ),
        "text-font": families[Use.TEXT],
        "heading-font": families.get(Use.HEADING, families[Use.TEXT]),
        "code-font": families.get(Use.CODE, ""),
        "colour": declared(css, "h1", "color") or "black",
        "ornament": _ornament(style),
        "sink": sink.removesuffix("rlh"),
        "indent": _written(indent) if indent else "",
        "opener": "none",
        "heads": f'left = "{style.heads.left}", right = "{style.heads.right}"',
        "opening": _written(style.opening),
    }
    if key in own:
        return own[key]
    return _written(knob[0]) if isinstance(knob, tuple) else ""


def _ornament(style: Style) -> str:
    """By the name that it has in the style, or as it is."""
    if style.ornament is None:
        return ""
    names = (name for name, one in style.ornaments.items() if one == style.ornament)
    return _written(next(names, signs_of(style.ornament) or "none"))
