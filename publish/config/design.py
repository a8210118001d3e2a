"""The look of a book: its keys, for all editions and for one of them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from publish.config.kinds import TEXT, Key, ListOf, OneOf, Table, Value, one_of
from publish.config.meant import (
    MEANT_COLOURS,
    MEANT_DROPS,
    MEANT_FOLIOS,
    MEANT_HEADINGS,
    MEANT_HEADS,
    MEANT_HYPHENS,
    MEANT_LEAD_INS,
    MEANT_OPENINGS,
)
from publish.config.measures import (
    LINES,
    in_ems,
    is_number,
    leading_hint,
    type_length,
)
from publish.config.printing import LENGTH
from publish.config.toml_file import Place, TomlFile
from publish.contrast import contrast
from publish.lengths import ems_of, points_of
from publish.model import (
    Design,
    Edition,
    Folios,
    Format,
    Head,
    HeadingPlace,
    Heads,
    Hyphens,
    LeadIn,
    MarginsSaid,
    Opening,
)
from publish.problems import Problem, Severity

_HEX = re.compile(r"#?([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")
_COLOUR = Value(
    'a colour like "#7a1f1f" or "#711"',
    lambda value: isinstance(value, str) and bool(_HEX.fullmatch(value)),
    {"type": "string", "pattern": f"^{_HEX.pattern}$"},
    lambda value: _hex_hint(_word(value)),
)


def _word(value: object) -> str:
    return str(value).strip().casefold()


def _hex_hint(word: str) -> str:
    return f'write "#{MEANT_COLOURS[word]}"' if word in MEANT_COLOURS else ""


_DEPTHS = (0, 2, 3)
_DROP = Value(
    "0, 2 or 3: the lines that the letter is high",
    lambda value: is_number(value) and value in _DEPTHS,
    {"enum": list(_DEPTHS)},
    lambda value: (
        f"write {MEANT_DROPS[_word(value)]}"
        if _word(value) in MEANT_DROPS
        else "0 is none"
    ),
)
_MARGINS = Table(
    {
        "inner": Key(LENGTH, "At the spine."),
        "top": Key(LENGTH, "Above the text; a running head stands in it."),
        "outer": Key(LENGTH, "At the outer edge."),
        "bottom": Key(LENGTH, "Below the text, at least."),
    },
    {
        **dict.fromkeys(("left", "inside", "spine", "gutter"), "write `inner`"),
        **dict.fromkeys(("right", "outside"), "write `outer`"),
        "head": "write `top`",
        "foot": "write `bottom`",
    },
    lambda value: _for_all(_length(value), ("inner", "top", "outer", "bottom")),
)


def _length(value: object) -> str:
    """A length, or a number that may be one; empty for anything else."""
    if isinstance(value, bool):
        return ""
    words = str(value).strip()
    return next((w for w in (words, f"{words}mm") if LENGTH.fits(w)), "")


def _for_all(word: str, keys: Iterable[str]) -> str:
    """What to write where one word stands in the place of a table."""
    each = ", ".join(f'{key} = "{word}"' for key in keys)
    return f"write {{ {each} }}" if word else ""


_HEAD = one_of(Head, MEANT_HEADS)
_HEADS = Table(
    {
        "left": Key(_HEAD, "What stands over the left-hand pages."),
        "right": Key(_HEAD, "What stands over the right-hand pages."),
    },
    {"even": "write `left`", "odd": "write `right`", "verso": "write `left`"},
    lambda value: _for_all(value if _HEAD.fits(value) else "", ("left", "right")),
)
_SHEETS = OneOf((TEXT, ListOf(TEXT)))
_ORNAMENT = replace(
    TEXT,
    hint=lambda value: TEXT.hint(value) if value else 'write "none" for an empty line',
)
_CSS = OneOf(
    (
        *_SHEETS.kinds,
        Table(
            {
                "print": Key(_SHEETS, "For editions that are pages."),
                "epub": Key(_SHEETS, "For e-books."),
            },
            {"pdf": "write `print`", "ebook": "write `epub`"},
        ),
    )
)
DESIGN = Table(
    {
        "size": Key(type_length(5, 72, "10.5pt"), "The size of the text."),
        "leading": Key(
            type_length(5, 144, "14pt", leading_hint), "From one line to the next."
        ),
        "measure": Key(in_ems(8, 200, "26em"), "The widest that a line is."),
        "margins": Key(_MARGINS, "How far the text stands from the edges."),
        "text-font": Key(TEXT, "The family of the text."),
        "heading-font": Key(TEXT, "The family of the headings."),
        "code-font": Key(TEXT, "The family of code."),
        "colour": Key(_COLOUR, "The colour of headings, rules and links."),
        "headings": Key(one_of(HeadingPlace, MEANT_HEADINGS), "Where headings stand."),
        "heads": Key(_HEADS, "What the running heads say."),
        "folios": Key(
            one_of(Folios, MEANT_FOLIOS), "Where the numbers of pages stand."
        ),
        "drop-caps": Key(_DROP, "Lines that a chapter's first letter is high."),
        "lead-in": Key(
            one_of(LeadIn, MEANT_LEAD_INS), "How a chapter's first words are set."
        ),
        "ornament": Key(_ORNAMENT, "What stands between scenes: a name, or signs."),
        "sink": Key(LINES, "How many lines down the page a chapter begins."),
        "opening": Key(
            one_of(Opening, MEANT_OPENINGS), "On which page a chapter begins."
        ),
        "opener": Key(_COLOUR, "The colour behind the pages of parts."),
        "indent": Key(in_ems(0, 10, "1.2em"), "How far a paragraph is set in."),
        "hyphens": Key(one_of(Hyphens, MEANT_HYPHENS), "How often words are divided."),
        "css": Key(_CSS, "Style sheets of your own, which come last."),
    },
    {
        **dict.fromkeys(("font", "fonts", "font-family"), "write `text-font`"),
        **dict.fromkeys(("font-size", "fontsize"), "write `size`"),
        **dict.fromkeys(("line-height", "line-spacing"), "write `leading`"),
        **dict.fromkeys(("color", "accent"), "write `colour`"),
        **dict.fromkeys(("part-colour", "part-color"), "write `opener`"),
        **dict.fromkeys(("width", "line-length"), "write `measure`"),
        **dict.fromkeys(("headers", "running-heads"), "write `heads`"),
        **dict.fromkeys(("page-numbers", "numbers", "footer"), "write `folios`"),
        **dict.fromkeys(("initials", "dropcaps", "drop-cap"), "write `drop-caps`"),
        **dict.fromkeys(("scene-break", "break"), "write `ornament`"),
        **dict.fromkeys(("hyphenation", "hyphenate"), "write `hyphens`"),
        **dict.fromkeys(("stylesheet", "stylesheets", "sheet"), "write `css`"),
        **dict.fromkeys(("style", "theme", "trim"), "put it under [editions.…]"),
        **dict.fromkeys(("print", "pdf"), "put it under [editions.print.design]"),
        **dict.fromkeys(("ebook", "epub"), "put it under [editions.ebook.design]"),
        **dict.fromkeys(("captions", "formulas", "quotes"), "put it under [writing]"),
    },
)
# What they try elsewhere for the look of the pages.
LOOK = {
    **{name: f"write `{name}`" for name in DESIGN.keys if name not in {"size"}},
    **{
        name: hint
        for name, hint in DESIGN.others.items()
        if isinstance(hint, str) and hint.startswith("write")
    },
}


def design_of(toml: TomlFile, edition: str) -> Design:
    """What the sound keys say of the look of an edition: its own, before those of all.

    edition: empty for one that the file does not name
    """
    tables: list[Place] = [("design",)]
    if edition:
        tables.append(("editions", edition, "design"))
    said: dict[str, Any] = {}
    places: dict[str, Place] = {}
    for place in tables:
        for key, value in _table(toml, place).items():
            said[key], places[key] = value, (*place, key)
    margins, heads = said.get("margins"), said.get("heads")
    return Design(
        size=points_of(said.get("size", "")),
        leading=points_of(said.get("leading", "")),
        measure=ems_of(said.get("measure", "")),
        margins=_margins(margins) if margins else None,
        text_font=said.get("text-font", "").strip(),
        heading_font=said.get("heading-font", "").strip(),
        code_font=said.get("code-font", "").strip(),
        colour=_six(said.get("colour", "")),
        headings=HeadingPlace(said["headings"]) if "headings" in said else None,
        heads=_heads(heads) if heads else None,
        folios=Folios(said["folios"]) if "folios" in said else None,
        drop_caps=int(said["drop-caps"]) if "drop-caps" in said else None,
        lead_in=LeadIn(said["lead-in"]) if "lead-in" in said else None,
        ornament=said.get("ornament", "").strip(),
        sink=said.get("sink"),
        opening=Opening(said["opening"]) if "opening" in said else None,
        opener=_six(said.get("opener", "")),
        indent=ems_of(said.get("indent", "")),
        hyphens=Hyphens(said["hyphens"]) if "hyphens" in said else None,
        print_css=_sheets(said.get("css", ()), "print"),
        epub_css=_sheets(said.get("css", ()), "epub"),
        places=tuple((key, toml.at(place)) for key, place in places.items()),
        own=tuple(key for key, place in places.items() if place[0] == "editions"),
    )


def _table(toml: TomlFile, place: Place) -> Mapping[str, Any]:
    table: Any = toml.table
    for step in place:
        table = table.get(step, {})
    found: Mapping[str, Any] = table
    return found


def _margins(said: Mapping[str, str]) -> MarginsSaid:
    return MarginsSaid(**{side: points_of(length) for side, length in said.items()})


def _heads(said: Mapping[str, str]) -> Heads:
    return Heads(**{side: Head(word) for side, word in said.items()})


def _six(colour: str) -> str:
    digits = colour.removeprefix("#").lower()
    return "".join(d * 2 for d in digits) if len(digits) == 3 else digits  # noqa: PLR2004


def _sheets(said: str | list[str] | dict[str, Any], kind: str) -> tuple[str, ...]:
    """The files for one kind of edition."""
    if isinstance(said, dict):
        said = said.get(kind, ())
    return (said,) if isinstance(said, str) else tuple(said)


# What an e-book leaves to its readers, or has no place for.
_OF_PAGES = (
    *("size", "leading", "measure", "margins", "heads", "folios", "sink", "opening"),
    *("opener", "hyphens"),
)


def idle_design(toml: TomlFile) -> Iterator[Problem]:
    """What is said of the look of an edition, or of all of them, that only editions of
    the other kind have."""
    formats: dict[str, Format] = {}
    for name, keys in toml.table.get("editions", {}).items():
        formats[name] = Format(keys["format"])
        yield from _idle(toml, ("editions", name, "design"), formats[name])
    if len(kinds := set(formats.values())) == 1:
        yield from _idle(toml, ("design",), kinds.pop())


def _idle(toml: TomlFile, table: Place, kind: Format) -> Iterator[Problem]:
    said = _table(toml, table)
    css = said.get("css")
    if kind is Format.EPUB:
        for key in said:
            if key in _OF_PAGES:
                yield _unused(toml, (*table, key), "an EPUB leaves it to its reader")
    other, why = _OTHER_SHEETS[kind]
    if isinstance(css, dict) and other in css:
        yield _unused(toml, (*table, "css", other), why)


_OTHER_SHEETS = {
    Format.EPUB: ("print", "what is written for an EPUB is its `epub`"),
    Format.PDF: ("epub", "what is written for pages is their `print`"),
}


def _unused(toml: TomlFile, place: Place, why: str) -> Problem:
    message = f"`{place[-1]}` is not used"
    if place[-2] == "css":
        message = f"`{place[-1]}` of `css` is not used"
    return Problem(toml.at(place), "no-effect", message, why, Severity.WARNING)


# Letters as large as those of headings want no less, WCAG 2.2, 1.4.3.
_SEEN = 3
_PAPER = (1.0, 1.0, 1.0)


def pale_colours(editions: Iterable[Edition]) -> Iterator[Problem]:
    """Colours in which headings are hardly seen on paper."""
    for edition in editions:
        colour = edition.design.colour
        # In an e-book only lines have it.
        if edition.format is not Format.PDF or not colour:
            continue
        ratio = contrast([part / 255 for part in bytes.fromhex(colour)], _PAPER)
        if ratio < _SEEN:
            shown = f"{ratio:.2f}".rstrip("0").rstrip(".")
            message = f"this colour is hardly seen on white paper: {shown} to 1"
            hint = f"take a darker one: headings want {_SEEN} to 1, links 4.5"
            at = edition.design.at("colour")
            yield Problem(at, "pale-colour", message, hint, Severity.WARNING)
