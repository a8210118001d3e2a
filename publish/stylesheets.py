"""What may stand in a style sheet of an author's, read as WeasyPrint reads it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Any

import cssselect2
import tinycss2
from tinycss2.ast import Node

from publish.declarations import (
    has_box,
    has_media,
    has_property,
    has_pseudo_element,
    has_value,
    near_property,
    near_value,
)
from publish.problems import Position, Problem, Severity


class Sheet(StrEnum):
    """What a sheet is for.

    TEXT: print, what stands in the block of text; FURNITURE: what stands round it
    EPUB: e-readers of any age; NEWER: those that know more
    """

    TEXT = "text"
    FURNITURE = "furniture"
    EPUB = "epub"
    NEWER = "epub-newer"


@dataclass(frozen=True, slots=True)
class _Found:
    """A problem with what begins at a node."""

    node: Any
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR


PRINTED = frozenset({Sheet.TEXT, Sheet.FURNITURE})


def check_sheet(css: str, path: Path, sheet: Sheet) -> Iterator[Problem]:
    """What is wrong with a sheet, in the order of its lines.

    Nothing may lead out of it: fonts are named in `book.toml`, pictures in the text.
    """
    if _is_open(css):
        message = "something is opened and not closed"
        hint = "look for a } or a */ that is missing"
        yield Problem(Position(path, css.count("\n") + 1), "css-syntax", message, hint)
        return
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    found: list[Problem] = []
    for one in _in_rules(rules, sheet):
        at = Position(path, one.node.source_line, one.node.source_column)
        found.append(Problem(at, one.code, one.message, one.hint, one.severity))
    yield from sorted(dict.fromkeys(found), key=lambda problem: problem.at)


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


def without(css: str, found: Iterable[Position]) -> str:
    """A sheet with blanks where the declarations and rules stand that begin at
    *found*. Nothing else moves."""
    lines = css.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:n]) for n in range(len(lines))]
    for at in found:
        start = starts[at.line - 1] + at.column - 1
        end = start + _length(css[start:])
        css = css[:start] + re.sub(r"[^\n]", " ", css[start:end]) + css[end:]
    return css


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


def _is_open(css: str) -> bool:
    """Whether a bracket or a comment is not closed: what ends too much is then taken
    for its end."""
    parts = tinycss2.parse_component_value_list(f"{css}\n}}")
    last = parts[-1]
    return not (last.type == "error" and last.kind == "}")


def _in_rules(rules: Sequence[Node], sheet: Sheet) -> Iterator[_Found]:
    for rule in rules:
        if rule.type == "error":
            yield _Found(rule, "css-syntax", _words(rule))
        elif rule.type == "at-rule":
            yield from _in_at_rule(rule, sheet)
        elif rule.type == "qualified-rule":
            yield from _in_selector(rule, sheet)
            yield from _in_block(rule.content, sheet)


_OUTSIDE = {
    "import": "a sheet cannot bring in another: list both under `css`",
    "font-face": "a sheet brings no fonts: name one with `text-font`",
    "charset": "the sheet is UTF-8 without saying so: leave it out",
    "namespace": "no element of a book has one: leave it out",
}


_PRINTED_RULES = frozenset({"media", "page", "layer", "counter-style"})


def _in_at_rule(rule: Any, sheet: Sheet) -> Iterator[_Found]:
    name = rule.lower_at_keyword
    if name in _OUTSIDE:
        yield _Found(
            rule, "css-outside", f"`@{name}` must not stand here", _OUTSIDE[name]
        )
        return
    if sheet is Sheet.EPUB:
        yield _not_plain(rule, f"@{name}")
        return
    if name == "page" and sheet is not Sheet.FURNITURE:
        yield from _in_page(rule, sheet)
        return
    if sheet in PRINTED and not (name in _PRINTED_RULES or has_box(name)):
        yield _unknown(rule, f"@{name}")
        return
    if sheet in PRINTED and name == "media" and not has_media(rule.prelude):
        query = tinycss2.serialize(rule.prelude).strip()
        yield _unknown(rule, f"@media {query}")
        return
    if rule.content is None:
        yield _Found(rule, "css-syntax", f"`@{name}` has no {{ }}")
    elif name == "counter-style":
        # What stands in it are no properties.
        inside = _in_block(rule.content, sheet)
        yield from (one for one in inside if one.code != "css-unknown")
    elif name in {"media", "supports", "container", "layer"}:
        rules = tinycss2.parse_rule_list(
            rule.content, skip_comments=True, skip_whitespace=True
        )
        yield from _in_rules(rules, sheet)
    else:
        yield from _in_block(rule.content, sheet)


def _in_page(rule: Any, sheet: Sheet) -> Iterator[_Found]:
    """Of the pages the sheet of the text knows but the foot, where notes stand."""
    inside = tinycss2.parse_blocks_contents(
        rule.content or [], skip_comments=True, skip_whitespace=True
    )
    selector = "".join(token.serialize() for token in rule.prelude).strip()
    is_foot = all(
        node.type == "at-rule" and node.lower_at_keyword == "footnote"
        for node in inside
    )
    if selector or not is_foot or sheet is not Sheet.TEXT:
        yield _of_pages(rule, f"@page {selector}".strip())
        return
    for node in inside:
        yield from _in_block(node.content or [], sheet)


def _in_selector(rule: Any, sheet: Sheet) -> Iterator[_Found]:
    for before, token in pairwise((None, *rule.prelude)):
        is_name = before == ":" and sheet is Sheet.EPUB and token.type == "function"
        if is_name and token.lower_name in _NEW_NAMES:
            yield _not_plain(token, f":{token.lower_name}()")
    if not any(token.type not in _NOTHING for token in rule.prelude):
        yield _Found(
            rule, "css-syntax", "nothing is said before the {", "name an element"
        )
        return
    try:
        list(cssselect2.parser.parse(rule.prelude))
    except cssselect2.SelectorError:
        message = "what stands before the { names no elements"
        yield _Found(rule, "css-syntax", message, 'write "h1", ".note" or "h1 + p"')
        return
    if sheet in PRINTED and not _is_printed(rule.prelude):
        yield _unknown(rule, tinycss2.serialize(rule.prelude).strip())


def _is_printed(prelude: Sequence[Node]) -> bool:
    try:
        selectors = cssselect2.compile_selector_list(prelude)
    except cssselect2.SelectorError:
        return False
    return all(has_pseudo_element(selector.pseudo_element) for selector in selectors)


_NOTHING = frozenset({"whitespace", "comment"})
_NEW_NAMES = frozenset({"is", "where", "has"})


def _in_block(content: Sequence[Node], sheet: Sheet) -> Iterator[_Found]:
    marks = [token for token in content if token.type not in _NOTHING]
    for before, token in pairwise((None, *marks)):
        # EPUBCheck takes it for an error, in the first place too.
        is_first = before is None or before == ";"
        if sheet is Sheet.EPUB and token == ";" and is_first:
            yield _Found(token, "css-syntax", "there is a ; too many")
    nodes = tinycss2.parse_blocks_contents(
        content, skip_comments=True, skip_whitespace=True
    )
    for node in nodes:
        if node.type == "declaration":
            yield from _in_declaration(node, sheet)
        elif node.type == "error":
            yield _Found(node, "css-syntax", _words(node), 'write "property: value;"')
        elif node.type == "at-rule":
            yield from _in_at_rule(node, sheet)
        elif sheet is Sheet.EPUB:
            yield _not_plain(node, "a rule inside of another")
        else:
            # It names elements from where the other rule is.
            yield from _in_block(node.content, sheet)


# EPUB 3.3, 6.3.1: they belong on the element.
_DIRECTIONS = frozenset({"direction", "unicode-bidi"})
# What a page shows beside its text is set apart, when its number is known.
_PAGED = frozenset({"string-set", "page"})
_COUNTING = frozenset({"counter-reset", "counter-increment", "counter-set"})


def _in_declaration(node: Any, sheet: Sheet) -> Iterator[_Found]:
    wrong = tuple(_not_allowed(node, sheet))
    yield from wrong
    if sheet in PRINTED and not wrong:
        yield from _not_understood(node)


def _not_understood(node: Any) -> Iterator[_Found]:
    name = node.lower_name
    if not has_property(name):
        near = near_property(name)
        yield _unknown(node, name, f"did you mean `{near}`?" if near else "")
    elif not has_value(name, node.value):
        written = f"{name}: {tinycss2.serialize(node.value).strip()}"
        near = near_value(name, node.value)
        yield _unknown(node, written, f"did you mean `{name}: {near}`?" if near else "")


def _not_allowed(node: Any, sheet: Sheet) -> Iterator[_Found]:
    name = node.lower_name
    values = [v for v in node.value if v.type not in {"whitespace", "comment"}]
    if not values and not name.startswith("--"):
        yield _Found(
            node, "css-syntax", f"`{name}` has no value", "write one behind the colon"
        )
    if sheet not in PRINTED and name in _DIRECTIONS:
        message = f"`{name}` must not stand in the style sheet of an EPUB"
        hint = 'write dir="rtl" or dir="ltr" on the element'
        yield _Found(node, "css-epub", message, hint)
    if sheet is Sheet.EPUB and name.startswith("--"):
        yield _not_plain(node, name)
    words = [v.lower_value for v in values if v.type == "ident"]
    if sheet is Sheet.TEXT and (
        name in _PAGED or (name in _COUNTING and {"page", "pages"} & set(words))
    ):
        yield _of_pages(node, name)
    for value in _flat(node.value):
        if sheet is Sheet.EPUB or not _is_drawing(value):
            yield from _in_value(value, sheet)


def _flat(values: Sequence[Any]) -> Iterator[Any]:
    for value in values:
        yield value
        yield from _flat(getattr(value, "arguments", None) or ())
        yield from _flat(getattr(value, "content", None) or ())


_ADDRESSES = frozenset({"url", "src", "image", "image-set", "cross-fade", "element"})
_PLAIN_CALLS = frozenset({"attr", "counter", "counters", "rgb", "rect"})
_COUNTERS = frozenset({"counter", "counters", "target-counter", "target-counters"})
_STRINGS = frozenset({"string", "running", "target-text"})


def _in_value(value: Any, sheet: Sheet) -> Iterator[_Found]:
    if value.type == "error":
        yield _Found(value, "css-syntax", _words(value))
    elif value.type == "url":
        yield _outside(value)
    elif value.type in {"{} block", "at-keyword"}:
        yield _Found(value, "css-syntax", "this is no value")
    elif value.type == "function":
        name = value.lower_name
        if name in _ADDRESSES:
            yield _outside(value)
        elif sheet is Sheet.EPUB and name not in _PLAIN_CALLS:
            yield _not_plain(value, f"{name}()")
        elif sheet is Sheet.TEXT and name in _STRINGS:
            yield _of_pages(value, f"{name}()")
        elif sheet is Sheet.TEXT and name in _COUNTERS:
            idents = {a.lower_value for a in value.arguments if a.type == "ident"}
            if {"page", "pages"} & idents:
                yield _of_pages(value, f"{name}(page)")


def _is_drawing(value: Any) -> bool:
    """Whether it is an address that holds what it leads to, as the ornaments of our
    styles do."""
    if value.type == "function" and value.lower_name == "url" and value.arguments:
        value = value.arguments[0]
    address = value.value if value.type in {"url", "string"} else ""
    return bool(address.startswith("data:image/svg+xml"))


def _outside(node: Node) -> _Found:
    hint = "pictures stand in the text; fonts are named with `text-font`"
    return _Found(node, "css-outside", "a sheet cannot bring in another file", hint)


def _not_plain(node: Node, what: str) -> _Found:
    shown = what if " " in what else f"`{what}`"
    message = f"{shown} must not stand in a sheet for e-readers"
    hint = "old ones drop the whole sheet for one thing that they do not know"
    return _Found(node, "css-epub", message, hint)


def _unknown(node: Node, what: str, hint: str = "") -> _Found:
    message = f"print does not know `{what}`, and passes it over"
    return _Found(node, "css-unknown", message, hint, Severity.WARNING)


def _of_pages(node: Node, what: str) -> _Found:
    message = f"`{what}` belongs to the page and not to the text"
    hint = "`heads`, `folios` and `margins` say it, or a style of your own"
    return _Found(node, "css-page", message, hint)


_SAID: Mapping[str, str] = {
    "}": "there is a } too many",
    ")": "there is a ) too many",
    "]": "there is a ] too many",
    "bad-string": "a quotation mark is not closed",
    "eof-in-string": "a quotation mark is not closed",
    "bad-url": "an address is not written right",
    "eof-in-url": "an address is not closed",
}


def _words(error: Any) -> str:
    return _SAID.get(error.kind, "this is no CSS")
