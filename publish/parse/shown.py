"""In which editions a thing stands: `only="print"`, `when-format="epub"`.

The second is Quarto's, with a class that says whether it is shown or hidden.
"""

from collections.abc import Mapping
from types import MappingProxyType

from publish.model import Shown

ONLY, NOT = "only", "not"
_WHEN, _UNLESS = "when-format", "unless-format"
_VISIBLE, _HIDDEN = "content-visible", "content-hidden"
# All that may be written on a thing that does not stand everywhere.
CONDITIONS = (ONLY, NOT, _WHEN, _UNLESS)
# What each of Quarto's means, by the class that it stands with.
_MEANS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        (_VISIBLE, _WHEN): ONLY,
        (_VISIBLE, _UNLESS): NOT,
        (_HIDDEN, _WHEN): NOT,
        (_HIDDEN, _UNLESS): ONLY,
    }
)


def say_conditions(attributes: dict[str, str]) -> None:
    """Put Quarto's words for it into ours."""
    if _WHEN not in attributes and _UNLESS not in attributes:
        return
    classes = attributes.get("class", "").split()
    kind = next((name for name in classes if name in {_VISIBLE, _HIDDEN}), _VISIBLE)
    for word in (_WHEN, _UNLESS):
        if names := attributes.pop(word, ""):
            ours = _MEANS[kind, word]
            attributes[ours] = f"{attributes.get(ours, '')} {names}".strip()
    if kept := [name for name in classes if name not in {_VISIBLE, _HIDDEN}]:
        attributes["class"] = " ".join(kept)
    else:
        attributes.pop("class", None)


def names_of(value: str) -> str | None:
    """Names with a space between, however they were parted."""
    return " ".join(dict.fromkeys(value.replace(",", " ").split())) or None


def shown_of(attributes: Mapping[str, str]) -> Shown | None:
    """What was written, for the tree; None where nothing was."""
    only, never = attributes.get(ONLY, "").split(), attributes.get(NOT, "").split()
    return Shown(tuple(only), tuple(never)) if only or never else None
