"""Read `{#id .class key=value}`, as Pandoc writes attributes."""

import re

VALUE = r"""(?:"[^"{}]*"|'[^'{}]*'|[^\s{}"']+)"""
ITEM = rf"(?:\#[^\s{{}}]+|\.[^\s{{}}]+|-|[A-Za-z_][\w:.-]*={VALUE})"
# Kramdown's colon after the brace is read too: it can mean nothing else.
ATTRIBUTES = rf"\{{:?\s*({ITEM}(?:\s+{ITEM})*)\s*\}}"
HERE = re.compile(ATTRIBUTES)
WHOLE = re.compile(rf"\s*{ATTRIBUTES}\s*")


def split_attributes(text: str) -> tuple[str, dict[str, str]]:
    """What stands before the attributes at the end of *text*, and the attributes."""
    # From the last brace, so that a long line of spaces is looked at once.
    start = max(text.rfind("{"), 0)
    found = WHOLE.fullmatch(text, start)
    if not found or (start and not text[start - 1].isspace()):
        return text, {}
    return text[:start].rstrip(), _attributes(found[1])


def attributes_at(text: str, at: int) -> tuple[int, dict[str, str]]:
    """Length and attributes of the braces that begin there; 0 for none."""
    found = HERE.match(text, at)
    return (len(found[0]), _attributes(found[1])) if found else (0, {})


def whole_attributes(text: str) -> dict[str, str]:
    """The attributes, if *text* is nothing else; empty otherwise."""
    found = WHOLE.fullmatch(text)
    return _attributes(found[1]) if found else {}


def _attributes(text: str) -> dict[str, str]:
    """Classes are joined with spaces; "-" is Pandoc's short form of .unnumbered."""
    attributes: dict[str, str] = {}
    for item in re.findall(ITEM, text):
        if item.startswith("#"):
            attributes["id"] = item[1:]
        elif item.startswith(".") or item == "-":
            name = "unnumbered" if item == "-" else item[1:]
            attributes["class"] = f"{attributes.get('class', '')} {name}".strip()
        else:
            key, _, value = item.partition("=")
            attributes[key.lower()] = value.strip("\"'")
    return attributes
