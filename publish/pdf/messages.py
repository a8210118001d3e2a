"""What WeasyPrint logs, in the author's words and at the author's line."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from publish.model import Book, Chapter, Code, Image, Inline, Text
from publish.pdf.sheets import IMAGE
from publish.problems import Position, Problem, Severity
from publish.walk import chapter_blocks, own_inlines, walk_inlines

_GLYPH = re.compile(r"^\.notdef glyph rendered .*\(U\+([0-9A-F]+)\)$")
_IMAGE = re.compile(
    rf"^Failed to (?:load image at '|render SVG image ){re.escape(IMAGE)}([^' ]+)"
)
# An empty `alt` is how an author says that a picture is decoration.
_NOISE = re.compile(r"^Image .* has no required alt description")


def problems_of(log: Iterable[str], book: Book, name: str) -> Iterator[Problem]:
    """name: of the finished file, for what has no line"""
    for line in log:
        if _NOISE.search(line):
            continue
        if match := _GLYPH.search(line):
            yield _no_glyph(book, name, chr(int(match[1], 16)))
        elif match := _IMAGE.search(line):
            yield _no_picture(book, name, match[1])
        else:
            at = Position(Path(name))
            yield Problem(at, "pdf-render", line, severity=Severity.WARNING)


def _no_glyph(book: Book, name: str, character: str) -> Problem:
    title = unicodedata.name(character, f"U+{ord(character):04X}")
    return Problem(
        _first(book, name, partial(_holds, character)),
        "no-glyph",
        f"no font of the style can draw {character} ({title.lower()})",
        hint="publish-press[cjk] and publish-press[emoji] bring more fonts",
        severity=Severity.WARNING,
    )


def _holds(character: str, inline: Inline) -> bool:
    return isinstance(inline, Text | Code) and character in inline.value


def _no_picture(book: Book, name: str, picture: str) -> Problem:
    return Problem(
        _first(book, name, partial(_shows, picture)),
        "bad-image",
        f"this picture cannot be set in print: {picture}",
        hint="save it again as PNG or JPEG",
        severity=Severity.WARNING,
    )


def _shows(picture: str, inline: Inline) -> bool:
    return isinstance(inline, Image) and inline.file == picture


def _first(book: Book, name: str, wanted: "partial[bool]") -> Position:
    """The line of the first block in which one inline is wanted."""
    for chapter in book.chapters:
        line = _line(chapter, wanted)
        if line is not None:
            return Position(chapter.path, line)
    return Position(Path(name))


def _line(chapter: Chapter, wanted: "partial[bool]") -> int | None:
    for block in chapter_blocks(chapter):
        for inline in walk_inlines(own_inlines(block)):
            if wanted(inline):
                line = inline.line if isinstance(inline, Image) else 0
                return line or getattr(block, "line", 0)
    return None
