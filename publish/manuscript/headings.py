"""The headings of a text, found by a coarse look at its lines.

Enough to name a book before it is parsed; the parser decides what a heading is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publish.braces import split_attributes

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*$")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_HTML = re.compile(r"\s*<h([1-6])\b[^>]*>(.*?)</h\1>", re.IGNORECASE)
# No heading has more letters than this, and the patterns stay quick.
LONGEST = 2000

# A line under which a row of dashes is no underline.
_NO_PARAGRAPH = re.compile(r"\s*$| {4}|\t| {0,3}(?:#{1,6}\s|>|[-*+]\s|\d+[.)]\s|<|\|)")


@dataclass(frozen=True, slots=True)
class FoundHeading:
    """title: plain words; line: counted from 1"""

    level: int
    title: str
    line: int


def headings(text: str) -> Iterator[FoundHeading]:
    """Every heading of Markdown *text* outside code and comments."""
    fence = ""
    comment = False
    above = ""
    for number, line in enumerate(text.split("\n"), 1):
        if fence:
            fence = "" if _closes(line, fence) else fence
        elif comment:
            comment = "-->" not in line
        elif opened := _opens(line):
            fence, above = opened, ""
        elif line.startswith("<!--"):
            comment, above = "-->" not in line, ""
        else:
            found = _heading(line, above)
            if found:
                level, title, lines_up = found
                yield FoundHeading(level, plain_words(title), number - lines_up)
            above = "" if found else line


def _heading(line: str, above: str) -> tuple[int, str, int] | None:
    if len(line) > LONGEST:
        return None
    if "#" in line and (atx := _ATX.match(line)):
        return len(atx[1]), atx[2] or "", 0
    if not _NO_PARAGRAPH.match(above) and (under := _SETEXT.match(line)):
        return 1 if under[1][0] == "=" else 2, above, 1
    if "<" in line and (html := _HTML.match(line)):
        return int(html[1]), html[2], 0
    return None


def _opens(line: str) -> str:
    found = _FENCE.match(line)
    # A back-quote after back-quotes makes code in a line, not a fence.
    return found[1] if found and not (found[1][0] == "`" and "`" in found[2]) else ""


def _closes(line: str, fence: str) -> bool:
    bare = line.strip()
    return len(bare) >= len(fence) and not bare.strip(fence[0])


_MARKUP = (
    (re.compile(r"\{:[^{}]*\}"), ""),
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\[\^[^\]]*\]"), ""),
    (re.compile(r"\\index\{[^}]*\}"), ""),
    (re.compile(r"<[^>]*>"), ""),
    (re.compile(r"(?<![\w\\])(\*{1,3}|_{1,3})(?=\S)(.*?\S)\1(?!\w)"), r"\2"),
    (re.compile(r"`+ ?(.*?) ?`+"), r"\1"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
    (re.compile(r"\s+"), " "),
)


def plain_words(markdown: str) -> str:
    """A heading or a label without its marks; what is far too long stays as it is."""
    if len(markdown) > LONGEST:
        return " ".join(markdown.split())
    markdown, _ = split_attributes(markdown)
    for pattern, words in _MARKUP:
        markdown = pattern.sub(words, markdown)
    return markdown.strip()


_SAID = re.compile(r"title\s*[:：]\s*(.+)", re.IGNORECASE)


def title_of(text: str, *, only: bool) -> str:
    """The title that level-1 headings give: "# Title: X" gives X.

    only: a second heading of level 1 means that none is the title
    """
    found = [h.title for h in headings(text) if h.level == 1 and h.title]
    if not found or (only and len(found) > 1):
        return ""
    said = _SAID.fullmatch(found[0])
    return said[1] if said else found[0]
