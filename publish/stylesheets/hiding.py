"""Rules of a sheet for print by which words are not seen."""

from collections.abc import Callable, Iterable, Iterator, Mapping
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

    @property
    def name(self) -> str:
        """The property that hides: `display`, `visibility` or `font-size`."""
        name = self.said.partition(":")[0]
        return "font-size" if name == "font" else name


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


def hidden_elements(
    root: Element,
    rules: Iterable[Hiding],
    hides: Callable[[Element, str], bool],
) -> Mapping[Element, Hiding]:
    """The elements that rules hide, and all that is hidden with them.

    hides: whether an element's property hides it, with all that is said of it: another
        rule may take back what one says
    """
    hiding = [(one, cssselect2.compile_selector_list(one.selector)) for one in rules]
    hidden: dict[Element, Hiding] = {}
    if not hiding:
        return hidden
    for wrapped in cssselect2.ElementWrapper.from_html_root(root).iter_subtree():
        element = wrapped.etree_element
        outer = hidden.get(wrapped.parent.etree_element) if wrapped.parent else None
        # What is not displayed takes all with it; the others are inherited.
        if outer and (outer.name == "display" or hides(element, outer.name)):
            hidden[element] = outer
        for one, selectors in hiding:
            is_named = any(
                s.pseudo_element is None and s.test(wrapped) for s in selectors
            )
            if is_named and hides(element, one.name):
                hidden[element] = one
    return hidden
