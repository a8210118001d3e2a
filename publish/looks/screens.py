"""The sheet for e-readers that says what an author has changed: plain, see `epub.css`
of the classic style."""

from collections.abc import Iterator

from publish.css_strings import quoted
from publish.initials import OPENING_ROLES
from publish.model import Design, HeadingPlace, LeadIn
from publish.ornaments import on_old_screens, on_screens
from publish.style import Style, Use

_LEVELS = ("h1", "h2", "h3", "h4", "h5", "h6")
_DISPLAY = (".titlepage", ".halftitlepage", ".seriespage", ".also-by", ".part")


def epub_rules(style: Style, design: Design) -> Iterator[str]:
    headings = ", ".join(_LEVELS)
    rtl = ", ".join(f'html[dir="rtl"] {level}' for level in _LEVELS)
    if heading := next((f for f in style.fonts if f.use is Use.HEADING), None):
        behind = [f.family for f in style.fonts if f.use not in {Use.HEADING, Use.CODE}]
        names = ", ".join(map(quoted, dict.fromkeys((heading.family, *behind))))
        slant = "" if any(f.italic for f in heading.faces) else " font-style: normal;"
        yield f"{headings} {{ font-family: {names}, serif;{slant} }}"
        # Their scripts have faces of their own.
        yield f"{rtl} {{ font-family: inherit; }}"
    if design.headings is HeadingPlace.START:
        yield f"{headings} {{ text-align: left; }}"
        yield f"{rtl} {{ text-align: right; }}"
        titles = ", ".join(f"{page} h1" for page in _DISPLAY)
        yield f"{titles} {{ text-align: center; }}"
    elif design.headings is HeadingPlace.CENTER:
        places = ", ".join(f"section > {level}" for level in _LEVELS)
        yield f"{places} {{ text-align: center; }}"
    if design.colour:
        yield _ruled(f"#{design.colour}")
    if design.ornament and style.ornament is not None:
        yield from on_old_screens(style.ornament)
    if design.indent is not None:
        yield f"p, blockquote p + p, li > p + p {{ text-indent: {design.indent:g}em; }}"
    if style.drop_caps:
        yield _drop_cap(style.drop_caps)
    if style.lead_in is LeadIn.SMALL_CAPS:
        first = ", ".join(
            f".{role.value} > h1 + p:first-line" for role in OPENING_ROLES
        )
        yield f"{first} {{ font-variant: small-caps; }}"


def _ruled(colour: str) -> str:
    """Of lines alone: a page may be dark, and letters of a colour are gone on it."""
    kinds = ("pullquote", "sidebar", "note", "tip", "important", "warning", "caution")
    names = ", ".join(f".p-division.{kind}" for kind in kinds)
    return f"hr, table, thead th, thead td, {names} {{ border-color: {colour}; }}"


def newer_rules(style: Style, design: Design) -> Iterator[str]:
    """For the sheet that only newer e-readers have."""
    if design.ornament and style.ornament is not None:
        yield from on_screens(style.ornament)


def _drop_cap(lines: int) -> str:
    """Readers choose face and leading, so it stands about where it should."""
    size = 1.35 * lines + 0.2
    rtl = 'html[dir="rtl"]'
    return (
        ".p-initial:first-letter { float: left; margin: 0.05em 0.08em 0 0;"
        f" font-size: {size:g}em; line-height: 0.85; }}\n"
        ".p-tailed:first-letter { padding-bottom: 0.2em; }\n"
        f"{rtl} .p-initial:first-letter"
        " { float: none; margin: 0; font-size: 1em; line-height: inherit; }\n"
        # What floats is no part of the first letter.
        ".p-opening-mark { float: left; text-indent: 0; }\n"
        f"{rtl} .p-opening-mark {{ float: none; }}"
    )
