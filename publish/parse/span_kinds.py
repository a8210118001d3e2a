"""What the classes of a span say it is: `[NASA]{.smallcaps}`, `[Ctrl+C]{.kbd}`."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from publish.parse.draft import Draft, Node

# As Pandoc, Quarto and the CSS framework of many web pages call them.
_SMALL_CAPS = frozenset({"smallcaps", "sc"})
_ELEMENTS: Mapping[str, str] = MappingProxyType(
    {"mark": "mark", "underline": "u", "ul": "u", "kbd": "kbd", "abbr": "abbr"}
)
# Between two keys that are pressed together.
_PLUS = re.compile(r"(?<=\S)[ ]*\+[ ]*(?=\S)")
# Between the readings of single characters.
_BAR = "|"


def name_kind(draft: Draft) -> None:
    """Make of *draft* the element that its classes name. Nothing a raw tag holds but
    small capitals: in code that another program has coloured, `sc` is a string."""
    classes = draft.attributes.get("class", "").split()
    if not classes and "ruby" not in draft.attributes:
        return
    kinds = [] if draft.raw or draft.tag != "span" else _kinds_of(classes)
    short = (
        {"smallcaps"} if draft.raw or draft.tag in {"code", "#code"} else _SMALL_CAPS
    )
    names = ["small-caps" if name in short else name for name in classes]
    kept = [name for name in names if not kinds or name not in _ELEMENTS]
    _set_classes(draft, kept)
    for kind in kinds[:0:-1]:
        draft.children = [Draft(kind, {}, draft.children, draft.line)]
    if kinds:
        draft.tag = kinds[0]
    if draft.tag == "kbd":
        _part_keys(draft)
    if draft.tag == "span" and not draft.raw and "ruby" in draft.attributes:
        _annotate(draft, draft.attributes.pop("ruby"))


def names_kind(attributes: Mapping[str, str]) -> bool:
    """Whether a span with these attributes is something else than a span."""
    return "ruby" in attributes or bool(_kinds_of(attributes.get("class", "").split()))


def _kinds_of(classes: list[str]) -> list[str]:
    kinds = (_ELEMENTS[name] for name in classes if name in _ELEMENTS)
    return list(dict.fromkeys(kinds))


def _set_classes(draft: Draft, names: list[str]) -> None:
    if names:
        draft.attributes["class"] = " ".join(names)
    else:
        draft.attributes.pop("class", None)


def _part_keys(draft: Draft) -> None:
    """Each key by itself where several are pressed together."""
    words = "".join(child for child in draft.children if isinstance(child, str))
    keys = _PLUS.split(words)
    if len(keys) == 1 or any(isinstance(child, Draft) for child in draft.children):
        return
    draft.tag = "span"
    _set_classes(draft, ["keys", *draft.attributes.get("class", "").split()])
    children: list[Node] = []
    for key in keys:
        children += ["+"] * bool(children)
        children.append(Draft("kbd", {}, [key], draft.line))
    draft.children = children


def _annotate(draft: Draft, reading: str) -> None:
    """The reading over the words; over each character its own where bars part it and
    none of them is emphasised."""
    draft.tag = "ruby"
    words = "".join(child for child in draft.children if isinstance(child, str))
    plain = not any(isinstance(child, Draft) for child in draft.children)
    parts = reading.split(_BAR)
    if plain and len(parts) == len(words) > 1:
        draft.children = list(_pairs(words, parts, draft.line))
    else:
        said = Draft("rt", {}, [reading.replace(_BAR, "")], draft.line)
        draft.children = [*draft.children, said]


def _pairs(words: str, parts: list[str], line: int) -> Iterator[Node]:
    for letter, part in zip(words, parts, strict=True):
        yield letter
        yield Draft("rt", {}, [part], line)
