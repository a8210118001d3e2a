"""Dashes, which stay on the line of the word that they stand behind."""

import re
from xml.etree.ElementTree import Element

from publish.pdf.breaks import JOINER
from publish.pdf.classes import classes

# Behind a word and before a space, a closing mark or the end: by the rules for words
# (UAX #14) a line may begin with it. One that opens an aside or a speech stands before
# a word.
_KEPT = re.compile(r"""(?<=[^ \t\n])[ \t\n]*(?=[–—―](?:[\s,.;:!?…)\]»›”’"']|$))""")
_DASHES = re.compile("[–—―]")
_IN_LINES = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins"}
    | {"kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "u"}
    | {"var"}
)

# An element, and whether its text or its tail is meant.
_Place = tuple[Element, bool]


def keep_dashes(section: Element) -> None:
    """No line begins with a dash that follows a word. What joins them is not drawn."""
    if _DASHES.search("".join(section.itertext())):
        _visit(section)


def _visit(block: Element) -> None:
    if block.tag != "pre":
        run: list[_Place] = []
        _gather(block, run)
        _join(run)


def _gather(element: Element, run: list[_Place]) -> None:
    """Add the places of the text that goes on in one line, and join what ends."""
    run.append((element, True))
    for child in element:
        names = classes(child)
        if child.tag in _IN_LINES and "p-line" not in names:
            _gather(child, run)
        else:
            if "p-footnote" not in names:
                _join(run)
                run.clear()
            _visit(child)
        run.append((child, False))


def _join(run: list[_Place]) -> None:
    texts = [(place.text if inside else place.tail) or "" for place, inside in run]
    words = "".join(texts).rstrip()
    if not _DASHES.search(words):
        return
    joined = {match.end() for match in _KEPT.finditer(words)}
    start = 0
    for (place, inside), text in zip(run, texts, strict=True):
        signs = enumerate(text, start)
        written = "".join(f"{JOINER}{c}" if n in joined else c for n, c in signs)
        start += len(text)
        if inside:
            place.text = written
        else:
            place.tail = written
