"""Find the tags in the HTML that an author wrote by hand.

A scanner of its own, because `html.parser` reads what is broken (half a tag, an
unclosed comment, a script without end) differently from one patch of Python to the
next, and the same manuscript must give the same book.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from html import unescape


class Raw(Enum):
    START = auto()
    END = auto()
    TEXT = auto()
    COMMENT = auto()


@dataclass(frozen=True, slots=True)
class RawPiece:
    """kind: TEXT covers what only looks like a tag
    tag: lower case; empty for text and comments
    text: as the reader would see it; for a tag, its source
    line: 0 for the first line of the scanned text
    closed: the start tag ends in "/>"
    """

    kind: Raw
    text: str
    line: int
    tag: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    closed: bool = False


# Possessive, so that a "<" that begins no tag costs one look and not many.
MARKUP = re.compile(
    r"""<!--(?:-?>)?|<!\[CDATA\[|<\?
      | <![^>]*+>                    # a declaration
      | <(?P<end>/?)(?P<tag>[A-Za-z][^\s/>"'<=]*+)
        (?P<attributes>(?:[^"'<>=]++|=\s*+"[^"]*+"|=\s*+'[^']*+'|=|["'])*+)>
    """,
    re.VERBOSE,
)
ATTRIBUTE = re.compile(
    r"""([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'=<>`]++)))?+"""
)
CDATA = "<![CDATA["
CLOSERS = {"<!--": "-->", "<?": "?>", CDATA: "]]>"}
# Their content is no markup: it ends at their own end tag and nowhere else.
OPAQUE = frozenset({"script", "style"})


def scan(text: str) -> Iterator[RawPiece]:
    """Cut a piece of raw HTML into tags, comments and the text between them."""
    line, done, at = 0, 0, 0
    # What is not found once is not looked for again: a file may open a thousand.
    missing: set[str] = set()
    while found := MARKUP.search(text, at):
        at = found.end()
        if closer := CLOSERS.get(found[0]):
            end = -1 if closer in missing else text.find(closer, found.end())
            if end < 0:
                missing.add(closer)
                continue
            at = end + len(closer)
        if found.start() > done:
            between = text[done : found.start()]
            yield RawPiece(Raw.TEXT, unescape(between), line)
            line += between.count("\n")
        piece = _piece(found, text[found.start() : at], line)
        yield piece
        if piece.kind is Raw.START and piece.tag in OPAQUE:
            inside = _until_end(piece.tag, text, at)
            if inside:
                yield RawPiece(Raw.TEXT, inside, line)
                at += len(inside)
        line += text.count("\n", found.start(), at)
        done = at
    if done < len(text):
        yield RawPiece(Raw.TEXT, unescape(text[done:]), line)


def attributes_of(text: str) -> dict[str, str]:
    """Names in lower case; the first of two equal names counts, as in HTML."""
    found: dict[str, str] = {}
    for name, double, single, bare in ATTRIBUTE.findall(text):
        found.setdefault(name.lower(), unescape(double or single or bare))
    return found


def _piece(found: re.Match[str], source: str, line: int) -> RawPiece:
    if not found["tag"]:
        if found[0] == CDATA:
            return RawPiece(Raw.TEXT, source[len(CDATA) : -len(CLOSERS[CDATA])], line)
        return RawPiece(Raw.COMMENT, source, line)
    tag = found["tag"].lower()
    if found["end"]:
        return RawPiece(Raw.END, source, line, tag)
    inside = found["attributes"]
    closed = inside.endswith("/")
    return RawPiece(Raw.START, source, line, tag, attributes_of(inside), closed)


def _until_end(tag: str, text: str, at: int) -> str:
    end = re.compile(rf"</{tag}\s*>", re.IGNORECASE).search(text, at)
    return text[at : end.start()] if end else ""
