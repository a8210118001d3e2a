"""How authors call the divisions that mean something to us."""

from collections.abc import Mapping

from publish.lines import level_turns, unindented
from publish.model import (
    ADMONITIONS,
    BARE,
    STATEMENTS,
    Blocks,
    Counted,
    DivisionKind,
    Quote,
)
from publish.parse.drama import mark_speeches

_NAMES: Mapping[str, DivisionKind] = {
    **{kind.value: kind for kind in DivisionKind},
    **{f"callout-{kind.value}": kind for kind in ADMONITIONS},
    "pull-quote": DivisionKind.PULL_QUOTE,
}
# Those that are counted under a name: `{#thm-line}`.
_COUNTED: Mapping[str, DivisionKind] = {
    counted.value: DivisionKind[counted.name]
    for counted in Counted
    if counted.name in DivisionKind.__members__
}
# Those whose first heading is their title. In the others it heads a section, as a
# poem's does.
TITLED = frozenset({*ADMONITIONS, *STATEMENTS, DivisionKind.SIDEBAR})
# Those that may end by saying whose words they are.
ATTRIBUTED = frozenset(
    {
        DivisionKind.EPIGRAPH,
        DivisionKind.DEDICATION,
        DivisionKind.PULL_QUOTE,
        DivisionKind.VERSE,
        DivisionKind.LETTER,
    }
)


def division_kind(attributes: Mapping[str, str]) -> DivisionKind | None:
    """What a division is by its name or its classes; None for one that is nothing to
    us."""
    prefix, hyphen, name = attributes.get("id", "").partition("-")
    if hyphen and name and prefix in _COUNTED:
        return _COUNTED[prefix]
    classes = attributes.get("class", "").split()
    return next((_NAMES[name] for name in classes if name in _NAMES), None)


def other_classes(classes: tuple[str, ...], kind: DivisionKind) -> tuple[str, ...]:
    """Those that do not say that the division is of this kind."""
    return tuple(name for name in classes if _NAMES.get(name) is not kind)


def fit_division(kind: DivisionKind, blocks: Blocks) -> Blocks:
    """What stands in a division, as one of its kind holds it."""
    if kind in ATTRIBUTED and len(blocks) == 1:
        (only,) = blocks
        if isinstance(only, Quote) and only.attributes == BARE:
            # Written as a quotation in an epigraph, which is one.
            blocks = only.children
    if kind is DivisionKind.VERSE:
        return level_turns(unindented(blocks))
    return mark_speeches(blocks) if kind is DivisionKind.DRAMA else blocks
