"""What the profile of a shop is made of."""

from dataclasses import dataclass
from enum import StrEnum

from publish.check.package import Item
from publish.check.reading import Epub
from publish.problems import Position

_FONTS = {
    "application/font-woff": "font/woff",
    "application/x-font-woff": "font/woff",
    "application/font-woff2": "font/woff2",
}


class Effect(StrEnum):
    """What a shop does with what it does not like."""

    REFUSES = "refuses"
    TROUBLES = "troubles"
    IGNORES = "ignores"


@dataclass(frozen=True, slots=True)
class Rule:
    """says: what the shop does it to; {found} stands for what was found
    do: what an author can do about it
    """

    check: str
    effect: Effect
    says: str
    do: str
    source: str
    date: str
    most: int = 0
    least: tuple[int, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """what: the size, the name, whatever a rule speaks of"""

    at: Position
    what: str = ""


def kind_in(epub: Epub, item: Item) -> str:
    """What a file is, as its bytes tell, else as the manifest says."""
    said = _FONTS.get(item.media_type, item.media_type)
    return epub.media.kinds.get(item.path) or said
