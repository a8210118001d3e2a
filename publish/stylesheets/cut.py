"""A sheet without some of what stands in it."""

import re
from collections.abc import Iterable

import tinycss2

from publish.problems import Position
from publish.stylesheets.sheet import CONDITIONS


def without(css: str, found: Iterable[Position]) -> str:
    """A sheet with blanks where the declarations and rules stand that begin at
    *found*. Nothing else moves."""
    for at in found:
        start, end = _span(css, at.line, at.column)
        css = css[:start] + re.sub(r"[^\n]", " ", css[start:end]) + css[end:]
    return css


def apart(css: str) -> tuple[str, str]:
    """A sheet for any e-reader without its rules for some, and these, for those that
    know a condition when they see one."""
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    newer: list[str] = []
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword in CONDITIONS:
            start, end = _span(css, rule.source_line, rule.source_column)
            newer.append(css[start:end])
            css = css[:start] + re.sub(r"[^\n]", " ", css[start:end]) + css[end:]
    # EPUBCheck reads what begins with `@layer a;` as declarations.
    inside = "\n".join(("html { }", *newer))
    return css, f"@supports (color: black) {{\n{inside}\n}}" if newer else ""


def _span(css: str, line: int, column: int) -> tuple[int, int]:
    """Where the declaration or rule begins and ends that stands there."""
    start = sum(len(one) + 1 for one in css.split("\n")[: line - 1]) + column - 1
    return start, start + _length(css[start:])


def _length(css: str) -> int:
    """Of the declaration or rule with which a piece of a sheet begins."""
    lines = css.split("\n")
    ends = False
    for token in tinycss2.parse_component_value_list(css):
        if ends or (token.type == "error" and token.kind == "}"):
            before = sum(len(line) + 1 for line in lines[: token.source_line - 1])
            return before + int(token.source_column) - 1
        ends = token == ";" or token.type == "{} block"
    return len(css)
