"""Rules of a sheet for print by which words are not seen."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import cssselect2
import tinycss2

from publish.declarations import is_for_print
from publish.problems import Position


@dataclass(frozen=True, slots=True)
class Hiding:
    """selector: as it stands in the sheet; said: such as "display: none" """

    at: Position
    selector: str
    said: str


def hiding_rules(css: str, path: Path) -> Iterator[Hiding]:
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    for selector, node in _declared(rules):
        if _hides(node):
            said = f"{node.lower_name}: {tinycss2.serialize(node.value).strip()}"
            at = Position(path, node.source_line, node.source_column)
            yield Hiding(at, selector, said)


def _declared(rules: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """What is declared for print, with the selector. Rules inside of others are not
    looked through."""
    for rule in rules:
        if rule.type == "qualified-rule":
            selector = " ".join(tinycss2.serialize(rule.prelude).split())
            for node in tinycss2.parse_blocks_contents(rule.content):
                if node.type == "declaration":
                    yield selector, node
        elif rule.type == "at-rule" and rule.content and _is_printed(rule):
            yield from _declared(tinycss2.parse_rule_list(rule.content))


def _is_printed(rule: Any) -> bool:
    name = rule.lower_at_keyword
    return name == "layer" or (name == "media" and is_for_print(rule.prelude))


def _hides(node: Any) -> bool:
    value = [t for t in node.value if t.type not in {"whitespace", "comment"}]
    match node.lower_name:
        case "display":
            return [t.type for t in value] == ["ident"] and _word(value[0]) == "none"
        case "visibility":
            return any(_word(token) in {"hidden", "collapse"} for token in value)
        case "font-size" | "font":
            return any(getattr(token, "value", None) == 0 for token in value)
    return False


def _word(token: Any) -> str:
    return str(token.lower_value) if token.type == "ident" else ""


def hidden_elements(root: Element, rules: Iterable[Hiding]) -> Mapping[Element, Hiding]:
    """The elements that rules may hide, and all that is in them."""
    hiding = [(one, cssselect2.compile_selector_list(one.selector)) for one in rules]
    hidden: dict[Element, Hiding] = {}
    if not hiding:
        return hidden
    for element in cssselect2.ElementWrapper.from_html_root(root).iter_subtree():
        for one, selectors in hiding:
            if any(s.pseudo_element is None and s.test(element) for s in selectors):
                hidden[element.etree_element] = one
        if element.parent is not None and element.parent.etree_element in hidden:
            outer = hidden[element.parent.etree_element]
            hidden.setdefault(element.etree_element, outer)
    return hidden
