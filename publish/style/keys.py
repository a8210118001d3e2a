"""What may stand in `style.toml`."""

from dataclasses import fields

from publish.config.design import DESIGN
from publish.config.kinds import TEXT, Key, ListOf, Named, OneOf, Table, Value, one_of
from publish.lengths import points_of
from publish.model import Opening
from publish.style.model import PageDesign, Sizes, Use


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_size(value: object) -> bool:
    return isinstance(value, int | float) and value > 0 and _is_number(value)


_NUMBER = Value("a number", _is_number, {"type": "number"})
_SIZE = Value("a number above 0", _is_size, {"type": "number", "exclusiveMinimum": 0})
_YES = Value(
    "true or false", lambda value: isinstance(value, bool), {"type": "boolean"}
)
_WEIGHT = Value(
    "a weight from 100 to 900",
    lambda value: value in range(100, 901) and _is_number(value),
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
        "use": Key(one_of(Use), "What it is for.", required=True),
        "family": Key(TEXT, "Its name.", required=True),
        "weights": Key(ListOf(_WEIGHT), "Which.", required=True),
        "italics": Key(_YES, "Whether each is italic too."),
        "optional": Key(_YES, "Whether a book goes without it."),
    }
)


def style_keys(*, whole: bool) -> Table:
    """What may stand in `style.toml`. whole: whether it must say everything, because it
    changes no other style"""

    def numbers(of: type[PageDesign | Sizes], kind: Value) -> Table:
        return Table({f.name: Key(kind, f.name, required=whole) for f in fields(of)})

    return Table(
        {
            "base": Key(TEXT, "The style that this one changes."),
            "description": Key(TEXT, "What it is for, in a line.", required=True),
            "opening": Key(one_of(Opening), "Where a chapter begins.", whole),
            "cover": Key(TEXT, "The design of a printed book's cover."),
            "grid": Key(_YES, "Whether lines keep the same heights on all pages."),
            "page": Key(
                numbers(PageDesign, _NUMBER), "What pages are made from.", whole
            ),
            "sizes": Key(numbers(Sizes, _SIZE), "What is smaller, and widths.", whole),
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
        }
    )
