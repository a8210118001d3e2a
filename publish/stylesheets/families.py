"""Families that a sheet for print names, and that print has not."""

from collections.abc import Iterable, Iterator, Sequence, Set
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import tinycss2
from tinycss2.ast import Node

from publish.problems import Position, Problem, Severity


def check_families(css: str, path: Path, families: Set[str]) -> Iterator[Problem]:
    """A warning for each declaration that names no family that print has: it would take
    any of them.

    families: those that it has
    """
    known = {family.casefold() for family in families}
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    for node in _declarations(rules):
        said = _FONTS.get(node.lower_name, _no_families)(node.value)
        if said and known.isdisjoint(name.casefold() for name in said):
            near = get_close_matches(said[0], sorted(families), n=1)
            message = f"print has no font “{said[0]}”, and passes this over"
            hint = "`text-font`, `heading-font`, `code-font` under [design] bring it in"
            if near:
                hint = f"did you mean “{near[0]}”? {hint}"
            at = Position(path, node.source_line, node.source_column)
            yield Problem(at, "css-font", message, hint, Severity.WARNING)


def _declarations(nodes: Iterable[Any]) -> Iterator[Any]:
    for node in nodes:
        if node.type == "declaration":
            yield node
        elif getattr(node, "content", None):
            yield from _declarations(tinycss2.parse_blocks_contents(node.content))


def _families(value: Sequence[Node]) -> list[str]:
    """The names of a list of them; none where it is not known which."""
    names: list[list[str]] = [[]]
    for token in value:
        if token == ",":
            names.append([])
        elif token.type in {"ident", "string"}:
            names[-1].append(token.value)
        elif token.type not in _NOTHING:
            return []
    found = [" ".join(name) for name in names if name]
    return [] if _SAME.intersection(found) else found


def _in_shorthand(value: Sequence[Node]) -> list[str]:
    """What stands behind the size, and the leading (CSS Fonts 4, 2.7)."""
    sizes = [n for n, token in enumerate(value) if token.type in _LENGTHS]
    return _families(value[sizes[-1] + 1 :]) if sizes else []


def _no_families(_value: Sequence[Node]) -> list[str]:
    return []


_FONTS = {"font-family": _families, "font": _in_shorthand}
_LENGTHS = frozenset({"dimension", "percentage", "number"})
_SAME = frozenset({"inherit", "initial", "unset", "revert"})
_NOTHING = frozenset({"whitespace", "comment"})
