"""Read `{#id .class key=value}`, as Pandoc writes attributes."""

import re

# Between quotation marks a value may hold anything, braces too.
VALUE = r"""(?:"[^"]*"|'[^']*'|[^\s{}"']+)"""
ITEM = rf"(?:\#[^\s{{}}]+|\.[^\s{{}}]+|-|[A-Za-z_][\w:.-]*={VALUE})"
# Kramdown's colon after the brace is read too: it can mean nothing else.
ATTRIBUTES = rf"\{{:?\s*({ITEM}(?:\s+{ITEM})*)\s*\}}"
HERE = re.compile(ATTRIBUTES)
WHOLE = re.compile(rf"\s*{ATTRIBUTES}\s*")
_ITEM = re.compile(ITEM)
# What braces may stand right behind: a word, and what ends a sentence. Behind signs of
# code, a link or a span they belong to that.
_BEHIND = re.compile(r"[\w.,;:!?…’”»]")


def split_attributes(text: str) -> tuple[str, dict[str, str]]:
    """What stands before the attributes at the end of *text*, and the attributes."""
    start = len(text)
    # From the last brace back: the value of an attribute may hold one.
    while (start := text.rfind("{", 0, start)) >= 0:
        if found := WHOLE.fullmatch(text, start):
            attributes = _attributes(found[1])
            if not _is_apart(text, start, attributes):
                break
            return text[:start].rstrip(), attributes
    return text, {}


def _is_apart(text: str, start: int, attributes: dict[str, str]) -> bool:
    """Whether the braces that begin there belong to all that stands before them."""
    if start == 0 or text[start - 1].isspace():
        return True
    # `a{x=1}` may be a formula.
    named = "id" in attributes or "class" in attributes
    return named and _BEHIND.match(text, start - 1) is not None


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
    for item in _ITEM.findall(text):
        if item.startswith("#"):
            attributes["id"] = item[1:]
        elif item.startswith(".") or item == "-":
            name = "unnumbered" if item == "-" else item[1:]
            attributes["class"] = f"{attributes.get('class', '')} {name}".strip()
        else:
            key, _, value = item.partition("=")
            quoted = value.startswith(('"', "'"))
            attributes[key.lower()] = value[1:-1] if quoted else value
    return attributes
