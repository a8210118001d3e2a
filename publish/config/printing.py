"""How an edition is printed: its keys, and what does not go together."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from math import isfinite
from pathlib import Path
from typing import Any

from publish.config.kinds import (
    TEXT,
    Key,
    ListOf,
    Table,
    Value,
    one_of,
)
from publish.config.toml_file import Place, TomlFile
from publish.lengths import points_of, trim_hint, trim_of
from publish.model import (
    Booklet,
    Edition,
    Feature,
    Format,
    Ink,
    Printer,
    Printing,
    Space,
    Standard,
    Trim,
    same,
    spread,
)
from publish.printers import (
    CUSTOM,
    guess_printer,
    load_printer,
    printer_names,
    printer_of,
)
from publish.problems import Problem, Severity

TRIM = Value(
    'a size like "6x9in", "148x210mm" or "A5"',
    lambda value: isinstance(value, str) and trim_of(value) is not None,
    {"type": "string"},
    trim_hint,
)
SWITCH = Value(
    "true or false", lambda value: isinstance(value, bool), {"type": "boolean"}
)
PRINTER = Value(
    f"the name of a printer, one of {', '.join([*printer_names(), CUSTOM])}",
    lambda value: isinstance(value, str) and value in {*printer_names(), CUSTOM},
    {"enum": [*printer_names(), CUSTOM]},
    lambda value: (
        f'did you mean "{guess}"?'
        if (guess := guess_printer(str(value)))
        else f'write "{CUSTOM}", and its numbers in a table of that name'
    ),
)


def _is_number(value: object, least: float = 0) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and isfinite(value) and value >= least  # type: ignore[arg-type, operator]


def _is_length(words: str) -> bool:
    """No more than any press is wide."""
    points = points_of(words)
    return points is not None and points <= 3600  # noqa: PLR2004 - fifty inches


LENGTH = Value(
    'a length like "3mm" or "0.125in"',
    lambda value: isinstance(value, str) and _is_length(value),
    {"type": "string"},
    lambda value: f'write "{value}mm"' if _is_length(f"{value}mm") else "",
)
# A sheet that is folded once has four pages.
_FOLDED = 4
BOOKLET = Value(
    "true, false, or the pages of a signature: 4, 8, 12, 16, …",
    lambda value: (
        isinstance(value, bool)
        or (isinstance(value, int) and value > 0 and value % _FOLDED == 0)
    ),
    {"anyOf": [{"type": "boolean"}, {"type": "integer", "multipleOf": _FOLDED}]},
    lambda value: (
        f"write {value + -value % _FOLDED}: a folded sheet has four pages"
        if isinstance(value, int) and value > 0
        else ""
    ),
)
_NUMBER = Value("a number of 0 or more", _is_number, {"type": "number", "minimum": 0})
_TINT = Value(
    "a number from 0 to 100",
    lambda value: _is_number(value) and value <= 100,  # noqa: PLR2004 - per cent
    {"type": "number", "minimum": 0, "maximum": 100},
)
_INK = Value(
    "a number from 100 to 400",
    lambda value: _is_number(value, 100) and value <= 400,  # noqa: PLR2004 - four inks
    {"type": "number", "minimum": 100, "maximum": 400},
)
_FIELD = Value(
    'a width and a height, like ["2in", "1.2in"]',
    lambda value: (
        isinstance(value, list)
        and len(value) == 2  # noqa: PLR2004 - width and height
        and all(map(LENGTH.fits, value))
    ),
    {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2},
)
_PAGES = Value(
    "a number of pages",
    lambda value: _is_number(value, 1) and isinstance(value, int),
    {"type": "integer", "minimum": 1},
)
_FROM_TO = Value(
    "the least and the most pages, like [24, 828]",
    lambda value: (
        isinstance(value, list)
        and len(value) == 2  # noqa: PLR2004 - from and to
        and all(map(_PAGES.fits, value))
        and value[0] <= value[1]
    ),
    {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2},
)
_TRIMS = ListOf(TRIM)
# The same as the profiles of `publish.printers`.
PROFILE = Table(
    {
        "name": Key(TEXT, "The printer, as it reads in a sentence."),
        "source": Key(TEXT, "Where its numbers stand."),
        "date": Key(TEXT, "When you have seen them there."),
        "sizes": Key(
            Table(
                {
                    "trims": Key(_TRIMS, "The sizes that it offers."),
                    "least": Key(TRIM, "The smallest of all others."),
                    "most": Key(TRIM, "The largest of all others."),
                }
            ),
            "What sizes it prints; without it, all.",
        ),
        "paper": Key(
            ListOf(
                Table(
                    {
                        "name": Key(TEXT, "What you call it.", required=True),
                        "ink": Key(one_of(Ink), "What is printed on it."),
                        "pages": Key(_FROM_TO, "How many can be bound."),
                        "thickness": Key(LENGTH, "Of one page, half a sheet."),
                        "glue": Key(LENGTH, "What the spine is wider than its pages."),
                    }
                )
            ),
            "Its papers; the first is taken where an edition says none.",
        ),
        "bleed": Key(
            Table(
                {
                    "width": Key(LENGTH, "How far beyond the trim."),
                    "spine": Key(SWITCH, "Whether at the spine, too."),
                }
            ),
            "What is printed beyond the trim and cut off.",
        ),
        "margins": Key(
            Table(
                {
                    "least": Key(LENGTH, "At the top, the outer edge and the foot."),
                    "with_bleed": Key(LENGTH, "The same in a book with bleed."),
                    "gutter": Key(
                        ListOf(
                            Table(
                                {
                                    "most": Key(_PAGES, "Up to so many pages."),
                                    "width": Key(LENGTH, "At the spine.", True),
                                }
                            )
                        ),
                        "The inner margin, from thin books to thick ones.",
                    ),
                }
            ),
            "What must stay free.",
        ),
        "order": Key(
            Table(
                {
                    "even": Key(SWITCH, "Whether pages must be even in number."),
                    "last_blank": Key(SWITCH, "Whether the last one must be blank."),
                    "reversed": Key(
                        SWITCH, "Whether a book from right to left comes from its end."
                    ),
                    "blanks": Key(_PAGES, "How many blank pages may follow."),
                }
            ),
            "In what order pages come.",
        ),
        "file": Key(
            Table(
                {
                    "forbids": Key(
                        ListOf(one_of(Feature)), "What the file may not have."
                    ),
                    "standard": Key(one_of(Standard), "What it has to be."),
                    "megabytes": Key(_NUMBER, "How large it may be."),
                }
            ),
            "What the file is.",
        ),
        "colours": Key(
            Table(
                {
                    "spaces": Key(
                        ListOf(one_of(Space)), "The colour spaces that it takes."
                    ),
                    "ink": Key(_INK, "The most ink in one place, in per cent."),
                }
            ),
            "What it does with colours.",
        ),
        "detail": Key(
            Table(
                {
                    "type": Key(LENGTH, "The smallest letters."),
                    "line": Key(LENGTH, "The thinnest lines."),
                    "pixels": Key(_NUMBER, "Pixels of a picture to the inch."),
                    "grey": Key(_TINT, "The lightest grey, in per cent."),
                }
            ),
            "The finest that it prints.",
        ),
        "cover": Key(
            Table(
                {
                    "bleed": Key(LENGTH, "Beyond the trim, on all sides."),
                    "safe": Key(LENGTH, "What must be free inside the trim."),
                    "spine_from": Key(
                        _PAGES, "The fewest pages with words on the spine."
                    ),
                    "spine_clear": Key(LENGTH, "What is free on either side of them."),
                    "barcode": Key(_FIELD, "Width and height of its field."),
                    "barcode_from": Key(LENGTH, "How far from trim and spine."),
                }
            ),
            "What it wants of a cover.",
        ),
    },
    {"bleeds": "write `bleed`", "gutter": "put it under [… .margins]"},
)


def printing_of(keys: Mapping[str, Any], folder: Path) -> Printing | None:
    """How an edition is printed, from its sound keys; None where nothing says it.

    folder: the manuscript, in which its files are
    """
    printer = _printer(keys)
    if printer is None or keys["format"] != Format.PDF:
        return None
    named = [paper for paper in printer.papers if paper.name == keys.get("paper")]
    paper = (*named, *printer.papers)[0]
    bleed = keys.get("bleed", False) and printer.bleed.width > 0
    booklet = _booklet(keys, printer)
    marks = _marks(keys, printer) and not booklet
    profile = folder / keys["profile"] if "profile" in keys else None
    return Printing(printer, paper, bleed, marks, booklet, profile)


def _marks(keys: Mapping[str, Any], printer: Printer) -> bool:
    return keys.get("marks", False) and Feature.MARKS not in printer.file.forbids


def _booklet(keys: Mapping[str, Any], printer: Printer) -> Booklet | None:
    said = keys.get("booklet", False)
    if not said or not _takes_sheets(printer):
        return None
    return Booklet() if said is True else Booklet(said)


def _takes_sheets(printer: Printer) -> bool:
    """Whether it prints what it is sent, and leaves the folding to others."""
    return printer.key in {_OFFICE, CUSTOM}


_OFFICE = "office"


def trim_for(keys: Mapping[str, Any], usual: Trim) -> Trim:
    """The size of the pages; without one, the usual one or what the printer offers."""
    said = trim_of(keys.get("trim", ""))
    printer = _printer(keys)
    if said or printer is None or printer.sizes.offers(usual):
        return said or usual
    trims = printer.sizes.trims or (printer.sizes.most or usual,)
    folded = [trim for trim in trims if any(_is_half(trim, whole) for whole in trims)]
    return (folded if keys.get("booklet") and folded else trims)[0]


def _is_half(trim: Trim, whole: Trim) -> bool:
    """Whether two pages lie on one that is turned."""
    return same(spread(trim), Trim(whole.height, whole.width))


def _printer(keys: Mapping[str, Any]) -> Printer | None:
    name = keys.get("printer")
    if name == CUSTOM:
        return printer_of(CUSTOM, keys.get(CUSTOM, {}))
    return load_printer(name) if name else None


def printing_faults(toml: TomlFile) -> Iterator[Problem]:
    """A paper or a size that a printer does not have; numbers that are missing; a
    margin that leaves no room."""
    for name, keys in toml.table.get("editions", {}).items():
        place: Place = ("editions", name)
        yield from _narrow(toml, place, keys)
        if keys.get("printer") == CUSTOM and CUSTOM not in keys:
            message = f'printer = "{CUSTOM}" has no numbers'
            hint = f"write them under [editions.{name}.{CUSTOM}]"
            yield Problem(toml.at((*place, "printer")), "no-printer", message, hint)
            continue
        printer = _printer(keys)
        if printer is None or keys["format"] != Format.PDF:
            continue
        yield from _profile_faults(toml, keys, (*place, "profile"))
        papers = [paper.name for paper in printer.papers if paper.name]
        if (paper := keys.get("paper")) and paper not in papers:
            message = f"{printer.name} has no paper “{paper}”"
            near = get_close_matches(paper, papers, n=1)
            hint = f'did you mean "{near[0]}"?' if near else _listed(papers)
            yield Problem(toml.at((*place, "paper")), "no-paper", message, hint)
        trim = trim_of(keys.get("trim", ""))
        if trim and not printer.sizes.offers(trim):
            message = f"{printer.name} prints no books of {keys['trim']}"
            sizes = _nearest(printer, trim)
            hint = f"it prints {sizes}" if sizes else "look at `sizes` of your printer"
            yield Problem(toml.at((*place, "trim")), "no-trim", message, hint)


def _narrow(toml: TomlFile, place: Place, keys: Mapping[str, Any]) -> Iterator[Problem]:
    """A margin that takes more than half of the page."""
    margin = points_of(keys.get("margin", "")) or 0
    usual = Edition("", Format.PDF).trim
    if keys["format"] != Format.PDF or margin <= trim_for(keys, usual).width / 2:
        return
    message = f"a margin of {keys['margin']} takes more than half of the page"
    hint = "choose a larger trim, as A4, or a smaller margin"
    yield Problem(toml.at((*place, "margin")), "no-room", message, hint)


def _profile_faults(
    toml: TomlFile, keys: Mapping[str, Any], place: Place
) -> Iterator[Problem]:
    if "profile" not in keys:
        return
    folder = toml.path.parent
    path = (folder / keys["profile"]).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        message = f"no such file: {keys['profile']}"
        hint = "put it into the book's folder"
        yield Problem(toml.at(place), "no-file", message, hint)
    elif not _is_ink_profile(path.read_bytes()):
        message = f"`{keys['profile']}` is no ICC profile of printing inks"
        hint = "ask the printing house for theirs: a file that ends in .icc"
        yield Problem(toml.at(place), "no-profile", message, hint)


def _is_ink_profile(data: bytes) -> bool:
    """Whether it is an ICC profile of four inks, and whole (ICC.1:2022, 7.2)."""
    whole = int.from_bytes(data[:4]) == len(data)
    return whole and data[36:40] == b"acsp" and data[16:20] == b"CMYK"


def _listed(papers: list[str]) -> str:
    quoted = ", ".join(f'"{paper}"' for paper in papers)
    return f"it has {quoted}" if papers else "leave it out"


def _nearest(printer: Printer, trim: Trim) -> str:
    """Of the sizes that are offered, those that differ least."""

    def far(one: Trim) -> float:
        return abs(one.width - trim.width) + abs(one.height - trim.height)

    near = sorted(printer.sizes.trims, key=far)[:3]
    return ", ".join(f"{t.width / 72:.4g}x{t.height / 72:.4g}in" for t in near)


def idle_printing(toml: TomlFile) -> Iterator[Problem]:
    """Keys that say how something is printed that is not."""
    for name, keys in toml.table.get("editions", {}).items():
        for key, why in _idle(keys):
            yield Problem(
                toml.at(("editions", name, key)),
                "no-effect",
                f"`{key}` is not used",
                why,
                Severity.WARNING,
            )


_KEYS = ("printer", "paper", "bleed", "booklet", "marks", "profile", CUSTOM)


def _idle(keys: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    said = [key for key in _KEYS if key in keys]
    if keys["format"] != Format.PDF:
        yield from ((key, "an EPUB is not printed") for key in said)
        yield from (
            (key, "an EPUB has no pages of its own") for key in _OF_PAGES if key in keys
        )
    elif "printer" not in keys:
        yield from ((key, "say who prints it: `printer`") for key in said)
    elif CUSTOM in keys and keys["printer"] != CUSTOM:
        yield CUSTOM, f'it is for printer = "{CUSTOM}"'
    elif printer := _printer(keys):
        if keys.get("bleed") and not printer.bleed.width:
            yield "bleed", f"{printer.name} prints nothing up to the edge"
        if keys.get("booklet") and not _takes_sheets(printer):
            yield "booklet", f"{printer.name} wants single pages, and folds them itself"
        if keys.get("marks") and Feature.MARKS in printer.file.forbids:
            yield "marks", f"{printer.name} wants no marks"
        if keys.get("marks") and _booklet(keys, printer):
            yield "marks", "a booklet is folded, and not cut"


_OF_PAGES = ("watermark", "line_numbers", "margin")
