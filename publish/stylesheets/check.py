"""What may stand in a style sheet of an author's, read as WeasyPrint reads it."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import cssselect2
import tinycss2
from tinycss2.ast import LiteralToken, Node, WhitespaceToken

from publish.declarations import (
    has_box,
    has_media,
    has_property,
    has_pseudo_element,
    has_value,
    is_for_print,
    near_property,
    near_value,
)
from publish.problems import Position, Problem
from publish.stylesheets.found import (
    Found,
    not_plain,
    of_pages,
    outside,
    slip,
    unknown,
    unknown_inside,
)
from publish.stylesheets.sheet import CONDITIONS, PRINTED, Sheet


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


def _is_open(css: str) -> bool:
    """Whether a bracket or a comment is not closed: what ends too much is then taken
    for its end."""
    parts = tinycss2.parse_component_value_list(f"{css}\n}}")
    last = parts[-1]
    return not (last.type == "error" and last.kind == "}")


def _in_rules(rules: Sequence[Node], sheet: Sheet) -> Iterator[Found]:
    for rule in rules:
        if rule.type == "error":
            yield Found(rule, "css-syntax", slip(rule))
        elif rule.type == "at-rule":
            yield from _in_at_rule(rule, sheet)
        elif rule.type == "qualified-rule":
            yield from _in_selector(rule, sheet)
            yield from _in_style_rule(rule, sheet)


_OUTSIDE = {
    "import": "a sheet cannot bring in another: list both under `css`",
    "font-face": "a sheet brings no fonts: name one with `text-font`",
    "charset": "the sheet is UTF-8 without saying so: leave it out",
    "namespace": "no element of a book has one: leave it out",
}


def _in_at_rule(rule: Any, sheet: Sheet) -> Iterator[Found]:
    name = rule.lower_at_keyword
    if name in _OUTSIDE:
        yield Found(
            rule, "css-outside", f"`@{name}` must not stand here", _OUTSIDE[name]
        )
        return
    if sheet is Sheet.EPUB and name not in CONDITIONS:
        yield not_plain(rule, f"@{name}")
    elif name == "page" and sheet is not Sheet.FURNITURE:
        yield from _in_page(rule, sheet)
    elif sheet in PRINTED and (what := _passed_over(rule)):
        yield unknown(rule, what, _INSTEAD.get(name, ""))
    elif rule.content is None:
        if name != "layer":
            yield Found(rule, "css-syntax", f"`@{name}` has no {{ }}")
    elif name == "counter-style":
        # What stands in it are no properties.
        inside = _in_block(rule.content, sheet)
        yield from (one for one in inside if one.code != "css-unknown")
    elif name in CONDITIONS:
        yield from _in_condition(rule, sheet)
    else:
        yield from _in_block(rule.content, sheet)


_PRINTED_RULES = frozenset({"media", "page", "layer", "counter-style"})
_INSTEAD = {
    "media": "it knows `@media print`, `screen` and `all`, and no more of them",
    "supports": "write for print what stands in it without the @supports round it",
    "layer": 'write "@layer a, b;" or "@layer a { … }"',
}


def _passed_over(rule: Any) -> str:
    """How a rule reads that print does not know; empty for one that it knows."""
    name, prelude = rule.lower_at_keyword, rule.prelude
    if not (name in _PRINTED_RULES or has_box(name)):
        return f"@{name}"
    is_known = name != "media" or has_media(prelude)
    if name == "layer":
        is_known = _LAYERS.fullmatch(tinycss2.serialize(prelude).strip()) is not None
        is_known &= rule.content is None or "," not in prelude
    return "" if is_known else f"@{name} {tinycss2.serialize(prelude).strip()}"


_LAYER = r"-?[^\W\d][\w-]*(\.-?[^\W\d][\w-]*)*"
_LAYERS = re.compile(rf"({_LAYER}(\s*,\s*{_LAYER})*)?")


def _in_condition(rule: Any, sheet: Sheet) -> Iterator[Found]:
    rules = tinycss2.parse_rule_list(
        rule.content, skip_comments=True, skip_whitespace=True
    )
    found = _in_rules(rules, Sheet.NEWER if sheet is Sheet.EPUB else sheet)
    if sheet in PRINTED and rule.lower_at_keyword == "media":
        # What is for screens is not for print to know.
        known = is_for_print(rule.prelude)
        found = (one for one in found if known or one.code in _ANYWHERE)
    yield from found


_ANYWHERE = frozenset({"css-outside", "css-syntax"})


def _in_page(rule: Any, sheet: Sheet) -> Iterator[Found]:
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
        yield of_pages(rule, f"@page {selector}".strip())
        return
    for node in inside:
        yield from _in_block(node.content or [], sheet)


def _in_selector(rule: Any, sheet: Sheet) -> Iterator[Found]:
    for before, token in pairwise((None, *rule.prelude)):
        is_name = before == ":" and sheet is Sheet.EPUB and token.type == "function"
        if is_name and token.lower_name in _NEW_NAMES:
            yield not_plain(token, f":{token.lower_name}()")
    if not any(token.type not in _NOTHING for token in rule.prelude):
        yield Found(
            rule, "css-syntax", "nothing is said before the {", "name an element"
        )
        return
    try:
        list(cssselect2.parser.parse(rule.prelude))
    except cssselect2.SelectorError:
        message = "what stands before the { names no elements"
        yield Found(rule, "css-syntax", message, 'write "h1", ".note" or "h1 + p"')
        return
    if sheet in PRINTED and not _is_printed(rule.prelude):
        yield unknown(rule, tinycss2.serialize(rule.prelude).strip())


def _is_printed(prelude: Sequence[Node]) -> bool:
    try:
        selectors = cssselect2.compile_selector_list(prelude)
    except cssselect2.SelectorError:
        return False
    return all(has_pseudo_element(selector.pseudo_element) for selector in selectors)


_NOTHING = frozenset({"whitespace", "comment"})
_NEW_NAMES = frozenset({"is", "where", "has"})


def _in_style_rule(rule: Any, sheet: Sheet) -> Iterator[Found]:
    """What stands in the braces behind a selector."""
    for node in _in_braces(rule.content):
        name = node.lower_at_keyword if node.type == "at-rule" else ""
        hint = f"write it round the rule: @{name} … {{ {_start(rule)} {{ … }} }}"
        if name and sheet in PRINTED and name not in _OUTSIDE:
            yield unknown_inside(node, f"@{name}", hint)
        elif name in CONDITIONS:
            yield not_plain(node, f"`@{name}` inside of a rule", hint)
        elif node.type == "qualified-rule":
            yield from _in_nested(node, rule, sheet)
        else:
            yield from _in_node(node, sheet)
    yield from _too_many(rule.content, sheet)


def _in_nested(node: Any, rule: Any, sheet: Sheet) -> Iterator[Found]:
    """A rule inside of another, which names elements from where that one is."""
    if sheet not in PRINTED:
        # EPUBCheck takes it for an error, wherever it stands.
        both = f"{_start(rule)} {_start(node)}"
        is_plain = re.fullmatch(r"[\w\s.#>+~-]+", both) is not None
        shown = f": {both} {{ … }}" if is_plain else ", with all its names"
        yield not_plain(node, "a rule inside of another", f"write it by itself{shown}")
        return
    with_sign = ["&" in group for group in _groups(node.prelude)]
    if any(with_sign) and not all(with_sign):
        # WeasyPrint takes what has no & as if it stood in no other rule.
        yield unknown(node, _start(node), "write & before each of them")
        return
    if not _is_printed(_from_anywhere(node.prelude)):
        # It would take the other rule with it.
        yield unknown(node, _start(node))
        return
    yield from _in_style_rule(node, sheet)


def _from_anywhere(prelude: Sequence[Node]) -> Sequence[Node]:
    """A selector inside of a rule, as if that one named all there is."""
    everything, space = LiteralToken(0, 0, "*"), WhitespaceToken(0, 0, " ")
    selector: list[Node] = []
    for group in _groups(prelude):
        selector += [LiteralToken(0, 0, ",")] if selector else []
        if "&" in group:
            selector += [everything if token == "&" else token for token in group]
        else:
            selector += [everything, space, *group]
    return selector


def _groups(prelude: Sequence[Node]) -> list[list[Node]]:
    groups: list[list[Node]] = [[]]
    for token in prelude:
        if token == ",":
            groups.append([])
        else:
            groups[-1].append(token)
    return groups


def _start(rule: Any) -> str:
    """What stands before the braces of a rule."""
    return " ".join(tinycss2.serialize(rule.prelude).split())


def _in_block(content: Sequence[Node], sheet: Sheet) -> Iterator[Found]:
    for node in _in_braces(content):
        yield from _in_node(node, sheet)
    yield from _too_many(content, sheet)


def _in_braces(content: Sequence[Node]) -> Iterator[Any]:
    yield from tinycss2.parse_blocks_contents(
        content, skip_comments=True, skip_whitespace=True
    )


def _too_many(content: Sequence[Node], sheet: Sheet) -> Iterator[Found]:
    marks = [token for token in content if token.type not in _NOTHING]
    for before, token in pairwise((None, *marks)):
        # EPUBCheck takes it for an error, in the first place too.
        is_first = before is None or before == ";"
        if sheet not in PRINTED and token == ";" and is_first:
            yield Found(token, "css-syntax", "there is a ; too many")


def _in_node(node: Any, sheet: Sheet) -> Iterator[Found]:
    if node.type == "declaration":
        yield from _in_declaration(node, sheet)
    elif node.type == "error":
        yield Found(node, "css-syntax", slip(node), 'write "property: value;"')
    elif node.type == "at-rule":
        yield from _in_at_rule(node, sheet)
    else:
        yield from _in_style_rule(node, sheet)


# EPUB 3.3, 6.3.1: they belong on the element.
_DIRECTIONS = frozenset({"direction", "unicode-bidi"})
# What a page shows beside its text is set apart, when its number is known.
_PAGED = frozenset({"string-set", "page"})
_COUNTING = frozenset({"counter-reset", "counter-increment", "counter-set"})


def _in_declaration(node: Any, sheet: Sheet) -> Iterator[Found]:
    wrong = tuple(_not_allowed(node, sheet))
    yield from wrong
    if sheet in PRINTED and not wrong:
        yield from _not_understood(node)


def _not_understood(node: Any) -> Iterator[Found]:
    name = node.lower_name
    if not has_property(name):
        near = near_property(name)
        yield unknown(node, name, f"did you mean `{near}`?" if near else "")
    elif not has_value(name, node.value):
        written = f"{name}: {tinycss2.serialize(node.value).strip()}"
        near = near_value(name, node.value)
        yield unknown(node, written, f"did you mean `{name}: {near}`?" if near else "")


def _not_allowed(node: Any, sheet: Sheet) -> Iterator[Found]:
    name = node.lower_name
    values = [v for v in node.value if v.type not in {"whitespace", "comment"}]
    if not values and not name.startswith("--"):
        yield Found(
            node, "css-syntax", f"`{name}` has no value", "write one behind the colon"
        )
    if sheet not in PRINTED and name in _DIRECTIONS:
        message = f"`{name}` must not stand in the style sheet of an EPUB"
        hint = 'write dir="rtl" or dir="ltr" on the element'
        yield Found(node, "css-epub", message, hint)
    if sheet is Sheet.EPUB and name.startswith("--"):
        yield not_plain(node, name)
    words = [v.lower_value for v in values if v.type == "ident"]
    if sheet is Sheet.TEXT and (
        name in _PAGED or (name in _COUNTING and {"page", "pages"} & set(words))
    ):
        yield of_pages(node, name)
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


def _in_value(value: Any, sheet: Sheet) -> Iterator[Found]:
    if value.type == "error":
        yield Found(value, "css-syntax", slip(value))
    elif value.type == "url":
        yield outside(value)
    elif value.type in {"{} block", "at-keyword"}:
        yield Found(value, "css-syntax", "this is no value")
    elif value.type == "function":
        name = value.lower_name
        if name in _ADDRESSES:
            yield outside(value)
        elif sheet is Sheet.EPUB and name not in _PLAIN_CALLS:
            yield not_plain(value, f"{name}()")
        elif sheet is Sheet.TEXT and name in _STRINGS:
            yield of_pages(value, f"{name}()")
        elif sheet is Sheet.TEXT and name in _COUNTERS:
            idents = {a.lower_value for a in value.arguments if a.type == "ident"}
            if {"page", "pages"} & idents:
                yield of_pages(value, f"{name}(page)")


def _is_drawing(value: Any) -> bool:
    """Whether it is an address that holds what it leads to, as the ornaments of our
    styles do."""
    if value.type == "function" and value.lower_name == "url" and value.arguments:
        value = value.arguments[0]
    address = value.value if value.type in {"url", "string"} else ""
    return bool(address.startswith("data:image/svg+xml"))
