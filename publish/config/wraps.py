"""The cover of a printed edition: its keys, and what does not go together."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from publish.barcode import add_on_of
from publish.config.kinds import TEXT, Key, ListOf, OneOf, Table, Value
from publish.config.printing import LENGTH, SWITCH
from publish.config.toml_file import Place, TomlFile
from publish.lengths import points_of
from publish.model import Format, Praise, Template, Wrap
from publish.problems import Problem, Severity

_HEX = re.compile(r"#?([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")
_COLOUR = Value(
    'a colour like "#22384f" or "#246"',
    lambda value: isinstance(value, str) and bool(_HEX.fullmatch(value)),
    {"type": "string", "pattern": f"^{_HEX.pattern}$"},
)
_FIVE = Value(
    'five digits like "90000"',
    lambda value: isinstance(value, str) and bool(re.fullmatch(r"[0-9]{5}", value)),
    {"type": "string", "pattern": "^[0-9]{5}$"},
    lambda value: f'write "{value}"' if isinstance(value, int) else "",
)
_NAME = Value(
    "the name of a design",
    lambda value: isinstance(value, str) and bool(re.fullmatch(r"[\w-]+", value)),
    {"type": "string", "pattern": r"^[\w-]+$"},
)
_SHEET = {
    "width": "Of the whole sheet.",
    "height": "Of the whole sheet.",
    "spine": "Between the hinges.",
    "front": "Of a board, from hinge to edge.",
    "hinge": "Between a board and the spine.",
    "wrap": "What is turned in, on all sides.",
}
COVER = Table(
    {
        "design": Key(_NAME, "What it looks like; without it, the style decides."),
        "colour": Key(_COLOUR, "Its colour; without it, one follows from the title."),
        "text": Key(TEXT, "What stands on the back; without it, the description."),
        "quotes": Key(
            ListOf(
                OneOf(
                    (
                        TEXT,
                        Table(
                            {
                                "text": Key(TEXT, "What was said.", required=True),
                                "by": Key(TEXT, "Who has said it."),
                            }
                        ),
                    )
                )
            ),
            "What others say of the book.",
        ),
        "note": Key(TEXT, "Who the author is, in a line or two."),
        "portrait": Key(TEXT, "A picture beside it, relative to book.toml."),
        "price": Key(TEXT, 'As it is printed, such as "USD 14.99".'),
        "addon": Key(_FIVE, "The digits beside the ISBN, if not those of the price."),
        "barcode": Key(SWITCH, "Whether the ISBN is printed as bars."),
        "spine": Key(LENGTH, "How thick the book is, where its paper does not tell."),
        "spine_text": Key(TEXT, "What stands on the spine instead of the title."),
        "spine_up": Key(SWITCH, "Whether the words on it run from the foot up."),
        "template": Key(
            Table({name: Key(LENGTH, what, True) for name, what in _SHEET.items()}),
            "The sheet of a hardcover, by the numbers of the printer.",
        ),
        "profile": Key(TEXT, "The ICC profile of the printer's inks, for a picture."),
    },
    {
        "color": "write `colour`",
        "isbn": "it belongs to the edition",
        "picture": "write `cover`, under [book]",
        **dict.fromkeys(("blurb", "description", "back"), "write `text`"),
        **dict.fromkeys(("quote", "praise", "reviews"), "write `quotes`"),
        **dict.fromkeys(("about", "author", "bio"), "write `note`"),
    },
)


def wrap_of(keys: Mapping[str, Any]) -> Wrap:
    """What the sound keys of an edition say of its cover."""
    said: Mapping[str, Any] = keys.get("cover", {})
    price = said.get("price", "").strip()
    template = said.get("template")
    return Wrap(
        design=said.get("design", ""),
        colour=_six(said.get("colour", "")),
        text=said.get("text", "").strip(),
        praise=tuple(map(_praise, said.get("quotes", ()))),
        note=said.get("note", "").strip(),
        portrait=said.get("portrait", "").strip(),
        price=price,
        add_on=said.get("addon") or add_on_of(price),
        barcode=said.get("barcode", True),
        spine=points_of(said.get("spine", "")) or 0,
        spine_words=said.get("spine_text", "").strip(),
        spine_up=said.get("spine_up", False),
        template=_template(template) if template else None,
        profile=said.get("profile", "").strip(),
    )


def _praise(said: str | dict[str, str]) -> Praise:
    if isinstance(said, str):
        return Praise(said.strip())
    return Praise(said["text"].strip(), said.get("by", "").strip())


def _six(colour: str) -> str:
    digits = colour.removeprefix("#").lower()
    return "".join(d * 2 for d in digits) if len(digits) == 3 else digits  # noqa: PLR2004


def _template(said: Mapping[str, str]) -> Template:
    return Template(**{f.name: points_of(said[f.name]) or 0 for f in fields(Template)})


# Printers round to a hundredth of an inch, and there are seven numbers in the sum.
_CLOSE = 5


def wrap_faults(toml: TomlFile) -> Iterator[Problem]:
    """A template whose parts are not as wide as the whole."""
    for name, keys in toml.table.get("editions", {}).items():
        template = wrap_of(keys).template
        if template is None:
            continue
        parts = 2 * (template.wrap + template.front + template.hinge) + template.spine
        if abs(parts - template.width) > _CLOSE:
            message = (
                f"the sheet is {_inches(template.width)} wide, and its parts together"
                f" are {_inches(parts)}"
            )
            hint = "wrap, front, hinge, spine, hinge, front and wrap make the width"
            place: Place = ("editions", name, "cover", "template")
            yield Problem(toml.at(place), "template-sum", message, hint)


def _inches(points: float) -> str:
    return f"{points / 72:.3f} in"


def idle_wraps(toml: TomlFile) -> Iterator[Problem]:
    """Keys that say what a cover looks like that is not made."""
    for name, keys in toml.table.get("editions", {}).items():
        for key, why in _idle(keys):
            place: Place = ("editions", name, *key)
            message = f"`{key[-1]}` is not used"
            yield Problem(toml.at(place), "no-effect", message, why, Severity.WARNING)


def _idle(keys: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    said = keys.get("cover", {})
    if said and keys["format"] != Format.PDF:
        yield ("cover",), "an EPUB has the picture of the book: `cover` under [book]"
    elif said and "printer" not in keys:
        yield ("cover",), "say who prints it: `printer`"
    elif said:
        if "spine" in said and "template" in said:
            yield ("cover", "spine"), "`template` says it"
        if "addon" in said and "isbn" not in keys:
            yield ("cover", "addon"), "it stands beside an ISBN, and there is none"
        if "portrait" in said and "note" not in said:
            yield ("cover", "portrait"), "it stands beside `note`"
