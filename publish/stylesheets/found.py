"""What is said of what stands in a sheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tinycss2.ast import Node

from publish.problems import Severity


@dataclass(frozen=True, slots=True)
class Found:
    """A problem with what begins at a node."""

    node: Any
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR


def outside(node: Node) -> Found:
    hint = "pictures stand in the text; fonts are named with `text-font`"
    return Found(node, "css-outside", "a sheet cannot bring in another file", hint)


def not_plain(node: Node, what: str, hint: str = "") -> Found:
    """hint: what to write instead"""
    shown = what if " " in what else f"`{what}`"
    message = f"{shown} must not stand in a sheet for e-readers"
    why = "old ones drop the whole sheet for one thing that they do not know"
    return Found(node, "css-epub", message, hint or why)


def unknown(node: Node, what: str, hint: str = "") -> Found:
    message = f"print does not know `{what}`, and passes it over"
    return Found(node, "css-unknown", message, hint, Severity.WARNING)


def unknown_inside(node: Node, what: str, hint: str) -> Found:
    message = f"print does not know `{what}` inside of a rule, and passes it over"
    return Found(node, "css-unknown", message, hint, Severity.WARNING)


def of_pages(node: Node, what: str) -> Found:
    message = f"`{what}` belongs to the page and not to the text"
    hint = "`heads`, `folios` and `margins` say it, or a style of your own"
    return Found(node, "css-page", message, hint)


_SAID: Mapping[str, str] = {
    "}": "there is a } too many",
    ")": "there is a ) too many",
    "]": "there is a ] too many",
    "bad-string": "a quotation mark is not closed",
    "eof-in-string": "a quotation mark is not closed",
    "bad-url": "an address is not written right",
    "eof-in-url": "an address is not closed",
}


def slip(error: Any) -> str:
    return _SAID.get(error.kind, "this is no CSS")
