"""What WeasyPrint makes of a declaration, asked before it sets a page: it tells of what
it passes over only in a log, with lines of a sheet that no author has seen."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

import tinycss2
from tinycss2.ast import DimensionToken, IdentToken, Node


@dataclass(frozen=True, slots=True)
class _Engine:
    """understands: whether it takes a value for a property
    names: of all the properties that it knows
    silent: those that it knows to be no matter of print
    pseudo_elements: that may stand in a selector
    boxes: round a page and at its foot
    media: those that a query names; None for one that it cannot read
    """

    understands: Callable[[str, Sequence[Node]], bool]
    names: frozenset[str]
    silent: frozenset[str]
    pseudo_elements: frozenset[str | None]
    boxes: frozenset[str]
    media: Callable[[Sequence[Node]], Sequence[str] | None]


def has_property(name: str) -> bool:
    """Whether print knows a property, or has nothing to do with it."""
    engine = _engine()
    if engine is None or name in engine.silent or name.startswith("-"):
        return True
    return name in engine.names


def has_value(name: str, value: Sequence[Node]) -> bool:
    """Whether print takes a value for a property that it knows."""
    engine = _engine()
    if engine is None or name in engine.silent or name.startswith("-"):
        return True
    return engine.understands(name, _bare(value))


def has_pseudo_element(name: str | None) -> bool:
    """Whether print knows what a selector names behind two colons; None for nothing."""
    engine = _engine()
    return engine is None or name in engine.pseudo_elements


def has_box(name: str) -> bool:
    """Whether a page has a box in its margins that is called so."""
    engine = _engine()
    return engine is None or name in engine.boxes


def has_media(query: Sequence[Node]) -> bool:
    """Whether print can tell if a rule for some media is for it."""
    engine = _engine()
    return engine is None or engine.media(_bare(query)) is not None


def is_for_print(query: Sequence[Node]) -> bool:
    """Whether print takes what is in a rule for some media."""
    engine = _engine()
    media = engine.media(_bare(query)) if engine else None
    return media is None or not {"all", "print"}.isdisjoint(media)


def near_property(name: str) -> str:
    """One that may be meant by a name that print does not know; empty for none."""
    engine = _engine()
    if engine is None or name in _BROWSERS:
        return ""
    near = get_close_matches(name, sorted(engine.names), n=1, cutoff=_NEAR)
    return next((one for one in near if one[0] == name[0]), "")


# As alike as `widht` and `width`. Who slips does so behind the first letter.
_NEAR = 0.8
# Spelt right, and known to browsers, or to be so; each is nearly another property.
_BROWSERS = frozenset(
    {
        *("block-step", "block-step-size", "contain", "container", "inline-sizing"),
        *("font-variant-emoji", "hyphenate-limit-last", "hyphenate-limit-lines"),
        *("line-height-step", "mask-mode", "offset-position", "overflow-x"),
        *("overflow-y", "text-decoration-inset", "text-decoration-skip"),
        *("text-decoration-skip-ink", "text-underline-position", "transform-box"),
    }
)


def near_value(name: str, value: Sequence[Node]) -> str:
    """What may be meant by a value that print does not take; empty for nothing."""
    for meant in _meant(_bare(value)):
        if has_value(name, meant):
            return " ".join(tinycss2.serialize([token]) for token in meant)
    return ""


# What authors write of words in a sheet, as it is spelt in CSS.
_WORDS = (
    *("auto", "avoid", "bold", "bottom", "capitalize", "center", "collapse", "column"),
    *("dashed", "dotted", "double", "gray", "inherit", "italic", "justify", "large"),
    *("left", "lowercase", "middle", "none", "normal", "nowrap", "oblique", "page"),
    *("right", "small", "small-caps", "solid", "start", "sub", "super", "top"),
    *("transparent", "underline", "uppercase"),
)


def _meant(value: Sequence[Any]) -> Iterator[Sequence[Node]]:
    """Other values: numbers with a unit, words as they are spelt."""
    yield [
        DimensionToken(0, 0, token.value, token.int_value, token.representation, "pt")
        if token.type == "number" and token.value
        else token
        for token in value
    ]
    for n, token in enumerate(value):
        if token.type == "ident":
            for word in get_close_matches(token.lower_value, _WORDS, cutoff=0.75):
                yield [*value[:n], IdentToken(0, 0, word), *value[n + 1 :]]


def _bare(value: Iterable[Any]) -> list[Node]:
    return [token for token in value if token.type not in {"whitespace", "comment"}]


@cache
def _engine() -> _Engine | None:
    """None where it cannot be loaded: that is said where a page is to be set."""
    try:
        # Most books have no sheet of their own, and it takes half a second.
        from weasyprint import css  # noqa: PLC0415
        from weasyprint.css import media_queries, properties, validation  # noqa: PLC0415
        from weasyprint.css.validation import expanders  # noqa: PLC0415
    except OSError:
        return None

    def understands(name: str, value: Sequence[Node]) -> bool:
        validator = expanders.EXPANDERS.get(name, validation.validate_non_shorthand)
        try:
            list(validator(value, name, None))
        except Exception:
            # It says so with an exception of its own, and stumbles with others.
            return False
        return True

    return _Engine(
        understands,
        properties.KNOWN_PROPERTIES | expanders.EXPANDERS.keys(),
        frozenset(validation.NOT_PRINT_MEDIA),
        css.PSEUDO_ELEMENTS,
        css.PAGE_MARGIN_BOXES,
        media_queries.parse_media_query,
    )
