"""What stands behind the signs that begin a block of code.

The ways of Pandoc, Quarto, mdBook and Docusaurus to say the same come out as one.
"""

import re
from collections.abc import Mapping

from publish.braces import split_attributes, whole_attributes
from publish.parse.shown import CONDITIONS

# "{2,4-6}", outside of quotation marks; in Quarto, "|" parts what is shown one after
# the other on a slide.
_LINES = re.compile(
    r"""(?P<quoted>"[^"]*"|'[^']*')|\{\s*(?P<lines>\d[\d\s,|-]*)\s*\}"""
)
# `title="trim.py"` without braces.
_PAIR = re.compile(r"""(?<![\w-])([A-Za-z_][\w-]*)=("[^"]*"|'[^']*'|[^\s{}"',]+)""")
_RANGE = re.compile(r"(\d{1,6})(?:\s*-\s*(\d{1,6}))?")
# How each thing is called in one of the tools, and here.
_NAMES: Mapping[str, str] = {
    "title": "title",
    "filename": "title",
    "caption": "caption",
    "lst-cap": "caption",
    "startfrom": "first",
    "start-from": "first",
    "linenostart": "first",
    "hl_lines": "marked",
    "hl-lines": "marked",
    "highlight": "marked",
    "code-line-numbers": "marked",
    "include": "include",
    "lines": "lines",
    "marker": "marker",
}
_NUMBERED = frozenset({"numberLines", "line-numbers", "number-lines", "numberlines"})
_SWITCHES = frozenset({"linenums", "code-line-numbers"})
_NOT = frozenset({"false", "no", "0", ""})


def read_info(info: str) -> dict[str, str]:
    """Language and attributes of "python", "{.python #id}", "{r name}", "go {#x}",
    `js title="trim.js" {2,4-6}`.

    Of the attributes these: language, id, class, title, caption, first (the number of
    its first line), marked (lines), include (a file), lines, marker; and `CONDITIONS`.
    """
    info, given = split_attributes(info.strip())
    marked = [found["lines"] for found in _LINES.finditer(info) if found["lines"]]
    info = _LINES.sub(lambda found: found["quoted"] or " ", info).strip()
    if info.startswith("{") and info.endswith("}"):
        given = whole_attributes(info)
        info = "" if given else info[1:-1]
    else:
        pairs = [(m[1].lower(), m[2].strip("\"'")) for m in _PAIR.finditer(info)]
        given = {key: value for key, value in pairs if key in _KNOWN} | given
        info = _PAIR.sub(lambda m: " " if m[1].lower() in _KNOWN else m[0], info)
    classes = given.pop("class", "").split()
    numbered = not _NUMBERED.isdisjoint(classes)
    classes = [name for name in classes if name not in _NUMBERED]
    words = info.replace(",", " ").split()
    language = words[0] if words else (classes.pop(0) if classes else "")
    found = {"language": language}
    found |= {name: given[name] for name in _KEPT if name in given}
    if classes:
        found["class"] = " ".join(classes)
    if marked:
        found["marked"] = " ".join(marked)
    return found | _named(given, numbered)


_KEPT = ("id", *CONDITIONS)
_KNOWN = frozenset(_NAMES) | _SWITCHES | frozenset(CONDITIONS)


def _named(given: Mapping[str, str], numbered: bool) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in given.items():
        if key in _SWITCHES and not _RANGE.search(value):
            numbered = numbered or value.lower() not in _NOT
        elif key == "linenums":
            found["first"] = value
        elif key in _NAMES:
            found[_NAMES[key]] = value
    if numbered:
        found.setdefault("first", "1")
    elif "first" in found and "linenums" not in given:
        # The first of numbers that are not shown.
        del found["first"]
    return found


def line_numbers(spec: str, most: int) -> tuple[int, ...]:
    """The lines of "2 4-6" or "2,4-6", as far as there are so many."""
    found: set[int] = set()
    for first, last in _RANGE.findall(spec):
        found.update(range(max(int(first), 1), min(int(last or first), most) + 1))
    return tuple(sorted(number for number in found if number <= most))
