"""What may stand in `style.toml`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields

from publish.config.design import DESIGN, LOOK
from publish.config.kinds import TEXT, Key, ListOf, Named, OneOf, Table, Value, one_of
from publish.config.measures import USUAL_SIZE, in_points, is_number
from publish.lengths import points_of
from publish.model import Edition, Format, Opening
from publish.style.model import PageDesign, Sizes, Use


def _is_size(value: object) -> bool:
    return isinstance(value, int | float) and value > 0 and is_number(value)


@dataclass(frozen=True, slots=True)
class _Measure:
    """What a number counts, for authors who write a length in its place.

    name: as it reads behind the number
    points: how long one of them is
    beside: where it is so long; empty for everywhere
    units: what else it is written in, with how many of them one is
    """

    name: str
    points: float
    beside: str = ""
    units: Mapping[str, float] = field(default_factory=dict)

    def hint(self, value: object) -> str:
        found = _QUANTITY.fullmatch(value) if isinstance(value, str) else None
        if not found:
            return ""
        number, unit = float(found[1]), found[2]
        if unit in self.units:
            return f"write {number * self.units[unit]:.3g}, {self.name}"
        if (points := in_points(value)) is None:
            return f"write a number, {self.name}"
        shown = f": {value} {self.beside}" if self.beside else ""
        return f"write {points / self.points:.3g}, {self.name}{shown}"


_QUANTITY = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([^\d\s]+)\s*")
_POINTS = _Measure("in points", 1)
_LETTERS = f"beside letters of {USUAL_SIZE} points"
_EMS = _Measure("in ems of the text", USUAL_SIZE, _LETTERS, {"em": 1})
_SHARES = {"em": 1, "%": 0.01}
_SHARE = _Measure("a share of the text's size", USUAL_SIZE, _LETTERS, _SHARES)
_PAPER = Edition("", Format.PDF).trim
_WIDTH = _Measure(
    "a share of the paper's width",
    _PAPER.width,
    f"of {_PAPER.width / 72:g} inches",
    {"%": 0.01},
)
_HEIGHT = _Measure(
    "a share of the paper's height",
    _PAPER.height,
    f"of {_PAPER.height / 72:g} inches",
    {"%": 0.01},
)
_LEADING = _Measure(
    "a share of the text's leading", 14, "beside lines of 14 points", _SHARES
)
_MEASURES = {
    "note_leading": _LEADING,
    "tab": _Measure("in letters of code", USUAL_SIZE / 2, _LETTERS, {"ch": 1}),
    **dict.fromkeys(("size", "leading"), _POINTS),
    **dict.fromkeys(("inner", "outer"), _WIDTH),
    **dict.fromkeys(("top", "bottom"), _HEIGHT),
    **dict.fromkeys(("note", "code", "table", "wide_table", "dense_table"), _SHARE),
}


def _number(key: str) -> Value:
    """A number of [page]."""
    hint = _MEASURES.get(key, _EMS).hint
    least, most = _LIMITS[key]

    def fits(value: object) -> bool:
        return is_number(value) and least <= float(str(value)) <= most

    schema = {"type": "number", "minimum": least, "maximum": most}
    return Value(f"a number from {least:g} to {most:g}", fits, schema, hint)


# Points, ems and shares in which there is still a page.
_LIMITS = {
    **dict.fromkeys(("size", "leading"), (1.0, 288.0)),
    "measure": (1.0, 400.0),
    **dict.fromkeys(("inner", "outer", "top", "bottom"), (0.0, 0.45)),
    **dict.fromkeys(("head", "foot"), (0.0, 40.0)),
}


def _size(key: str) -> Value:
    """A number of [sizes]."""
    hint = _MEASURES.get(key, _EMS).hint
    schema = {"type": "number", "exclusiveMinimum": 0}
    return Value("a number above 0", _is_size, schema, hint)


_YES = Value(
    "true or false", lambda value: isinstance(value, bool), {"type": "boolean"}
)
_WEIGHT = Value(
    "a weight from 100 to 900",
    lambda value: value in range(100, 901) and is_number(value),
    {"type": "integer", "minimum": 100, "maximum": 900},
)


def _is_range(value: object) -> bool:
    """The least and the most."""
    if not isinstance(value, list) or len(value) != 2:  # noqa: PLR2004
        return False
    least, most = (points_of(end) if isinstance(end, str) else None for end in value)
    return least is not None and most is not None and least <= most


_RANGE = Value(
    'two lengths like ["9pt", "14pt"]',
    _is_range,
    {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2},
)


def _knob(key: str) -> Key:
    if key in {"size", "leading"}:
        return Key(OneOf((_YES, _RANGE)), "From the one to the other.")
    if key in {"headings", "folios", "drop-caps", "lead-in", "opening", "hyphens"}:
        some = ListOf(DESIGN.keys[key].kind)
        return Key(OneOf((_YES, some)), "Those of them; the style's own is the first.")
    return Key(_YES, "Whether it may be changed.")


_FONT = Table(
    {
        "use": Key(
            one_of(Use), "What it is for.", True, lambda _: 'write use = "text"'
        ),
        "family": Key(TEXT, "Its name.", True, lambda _: 'write family = "…"'),
        "weights": Key(
            ListOf(_WEIGHT), "Which.", True, lambda _: "write weights = [400, 700]"
        ),
        "italics": Key(_YES, "Whether each is italic too."),
        "optional": Key(_YES, "Whether a book goes without it."),
    }
)


# What authors try in `style.toml` who know `book.toml`.
_OTHERS = {
    **dict.fromkeys(LOOK, "book.toml says it, under [design]"),
    **dict.fromkeys((f.name for f in fields(Sizes)), "put it under [sizes]"),
    **dict.fromkeys((f.name for f in fields(PageDesign)), "put it under [page]"),
    **{
        f"{use}-font": f'write [[fonts]], with use = "{use}"'
        for use in ("text", "heading", "code")
    },
    **dict.fromkeys(("opening", "ornament"), "put it at the top of the file"),
    "margins": "write `inner`, `top`, `outer` and `bottom` under [page]",
    "css": "write it into text.css, furniture.css and epub.css",
    "design": "book.toml has it; what it may change stands here under [knobs]",
}


def style_keys(*, whole: bool) -> Table:
    """What may stand in `style.toml`. whole: whether it must say everything, because it
    changes no other style"""

    def numbers(of: type[PageDesign | Sizes], kind: Callable[[str], Value]) -> Table:
        names = [f.name for f in fields(of)]
        keys = {name: Key(kind(name), name, required=whole) for name in names}
        return Table(keys, _OTHERS)

    return Table(
        {
            "base": Key(TEXT, "The style that this one changes."),
            "description": Key(TEXT, "What it is for, in a line.", required=True),
            "opening": Key(one_of(Opening), "Where a chapter begins.", whole),
            "cover": Key(TEXT, "The design of a printed book's cover."),
            "grid": Key(_YES, "Whether lines keep the same heights on all pages."),
            "page": Key(
                numbers(PageDesign, _number), "What pages are made from.", whole
            ),
            "sizes": Key(numbers(Sizes, _size), "What is smaller, and widths.", whole),
            "fonts": Key(
                ListOf(_FONT),
                "The families, in the order in which a character is looked for.",
                whole,
            ),
            "knobs": Key(
                Table({key: _knob(key) for key in DESIGN.keys if key != "css"}),
                "What an author may change of it, under [design] in book.toml.",
            ),
            "ornament": Key(TEXT, "What stands between scenes: a name, or signs."),
            "ornaments": Key(
                Named(TEXT, r"[a-z][a-z-]*", "is no name of an ornament"),
                "What may, by names: signs, or drawings in the folder `ornaments`.",
            ),
        },
        _OTHERS,
    )
