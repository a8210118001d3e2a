"""Style sheets: what they lead to, what EPUB forbids, what old readers stumble over."""

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, replace

from publish.check.trace import Link
from publish.problems import Position, Problem

# Comments and strings are of one piece; what is in them is no rule.
_PIECE = re.compile(
    r"""(?P<comment>/\*.*?(?:\*/|\Z))
    |(?P<url>url\(\s*+(?P<bare>[^"'()\s]*|"[^"\n]*"|'[^'\n]*')\s*+\))
    |(?P<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
    |(?P<rule>@[a-z-]+)
    |(?P<call>\b(?:min|max|clamp|calc|var|env)\()
    |(?P<name>:(?:is|where|has)\()
    |(?P<negative>(?<![\w-])margin(?:-\w+)?\s*+:[^;{}:]{0,99}?[\s:]-[\d.])
    |(?P<property>(?<![\w-])-*[a-z][a-z-]*(?=\s*:(?!:)))
    |(?P<value>(?<=:)\s*+(?:inline-)?(?:flex|grid)\b)
    |(?P<mark>[{};])""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_FORBIDDEN = frozenset({"direction", "unicode-bidi"})
_LOGICAL = re.compile(
    r"(?:margin|padding|border|inset)-(?:inline|block)|(?:inline|block)-size"
)


@dataclass(frozen=True, slots=True)
class Feature:
    """Something that a style sheet uses. name: as in "calc()", "@media", "flex" """

    name: str
    at: Position


@dataclass(frozen=True, slots=True)
class StyleSheet:
    links: tuple[Link, ...]
    problems: tuple[Problem, ...]
    features: tuple[Feature, ...]


def read_sheet(css: str, at: Position, line: int = 1) -> StyleSheet:
    """line: where the sheet begins in its file"""
    starts = [0, *(found.end() for found in re.finditer("\n", css))]
    reading = _Reading(at, line, starts)
    for found in _PIECE.finditer(css):
        reading.take(found)
    if reading.depth > 0:
        message = "a { is opened and not closed: what follows has no effect"
        reading.problems.append(Problem(at, "epub-css", message, "write the }"))
    return StyleSheet(
        tuple(reading.links), tuple(reading.problems), tuple(reading.features)
    )


def read_style(css: str, at: Position) -> StyleSheet:
    """What stands in the style attribute of an element at a place."""
    sheet = read_sheet(f"a{{{css}}}", at)
    return StyleSheet(
        tuple(replace(link, line=at.line, column=at.column) for link in sheet.links),
        tuple(replace(problem, at=at) for problem in sheet.problems),
        tuple(replace(feature, at=at) for feature in sheet.features),
    )


class _Reading:
    """One pass over a sheet; knows in which at-rules it is."""

    def __init__(self, at: Position, line: int, starts: list[int]) -> None:
        self.at, self.line, self.starts = at, line, starts
        self.links: list[Link] = []
        self.problems: list[Problem] = []
        self.features: list[Feature] = []
        self.depth = 0
        # Depths at which an @supports began: old readers pass over what is inside.
        self.guards: list[int] = []
        self.rule = ""

    def take(self, found: re.Match[str]) -> None:
        words = found[0].strip().lower()
        match found.lastgroup:
            case "url" | "bare":
                self.lead(found, found["bare"].strip("\"'"))
            case "string" if self.rule == "@import":
                self.lead(found, found[0][1:-1])
            case "rule":
                self.rule = words
                if words in {"@media", "@layer", "@container"}:
                    self.use(words, found)
            case "call" | "name":
                self.use(f"{words})", found)
            case "negative":
                self.use("negative margins", found)
            case "value":
                self.use(words.removeprefix("inline-"), found)
            case "property" if self.depth:
                self.property(words, found)
            case "mark":
                self.mark(words)

    def mark(self, sign: str) -> None:
        if sign == "{":
            if self.rule == "@supports":
                self.guards.append(self.depth)
            self.depth += 1
        elif sign == "}":
            self.depth -= 1
            if self.guards and self.guards[-1] == self.depth:
                self.guards.pop()
            self.rule = ""
        if sign == ";" or (sign == "{" and self.rule != "@font-face"):
            self.rule = ""

    def property(self, name: str, found: re.Match[str]) -> None:
        if name in _FORBIDDEN:
            message = f"`{name}` must not stand in the style sheet of an EPUB"
            hint = 'write dir="rtl" or dir="ltr" on the element'
            problem = Problem(self.place(found), "epub-css-direction", message, hint)
            self.problems.append(problem)
        elif _LOGICAL.match(name):
            self.use("logical properties", found)
        elif name.startswith("--"):
            self.use("custom properties", found)

    def lead(self, found: re.Match[str], address: str) -> None:
        if not address or address.startswith(("data:", "#")):
            return
        place = self.place(found)
        is_font = self.rule == "@font-face"
        element = "css-font" if is_font else "css"
        link = Link(element, address, place.line, place.column, may_be_remote=is_font)
        self.links.append(link)

    def use(self, name: str, found: re.Match[str]) -> None:
        if not self.guards and self.rule != "@supports":
            self.features.append(Feature(name, self.place(found)))

    def place(self, found: re.Match[str]) -> Position:
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        row = bisect(self.starts, start) - 1
        column = start - self.starts[row] + 1
        return Position(self.at.path, self.line + row, column)


def decoded(data: bytes) -> str:
    return data.decode("utf-8-sig", "replace")


def check_encoding(data: bytes, at: Position) -> Iterator[Problem]:
    try:
        data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        place = Position(at.path, line)
        hint = "save the style sheet as UTF-8"
        yield Problem(place, "epub-encoding", "this is no UTF-8", hint)
