"""What WeasyPrint logs, in the author's words and at the author's line."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from publish.check_letters import letters_of, no_glyph, undrawn
from publish.crew import AGAIN, NobodyError, StoppedError, WorkError
from publish.model import Book, Chapter, Image, Inline
from publish.pdf.sheets import IMAGE
from publish.pdf.task import NoPangoError
from publish.problems import Position, Problem, Severity
from publish.style import Style
from publish.walk import chapter_blocks, own_inlines, walk_inlines

_GLYPH = re.compile(r"^\.notdef glyph rendered .*\(U\+([0-9A-F]+)\)$")
_IMAGE = re.compile(
    rf"^Failed to (?:load image at '|render SVG image ){re.escape(IMAGE)}([^' ]+)"
)
# An empty `alt` is how an author says that a picture is decoration.
_NOISE = re.compile(r"^Image .* has no required alt description")


def problems_of(
    log: Sequence[str], book: Book, style: Style, name: str
) -> Iterator[Problem]:
    """What there is to say of a log. name: of the finished file, for what has no line

    Letters of the text that no font has are not said again: `check_letters` has found
    them, for every output.
    """
    said = [match for match in map(_GLYPH.search, log) if match]
    known = frozenset(undrawn(letters_of(book), style)) if said else frozenset()
    for letter in dict.fromkeys(chr(int(match[1], 16)) for match in said):
        if letter not in known:
            yield no_glyph(letter, Position(Path(name)))
    for line in log:
        if _NOISE.search(line) or _GLYPH.search(line):
            continue
        if match := _IMAGE.search(line):
            yield _no_picture(book, name, match[1])
        else:
            at = Position(Path(name))
            yield Problem(at, "pdf-render", line, severity=Severity.WARNING)


def loose_problems(log: Sequence[str], name: str) -> Iterator[Problem]:
    """The same of a sheet that nobody has looked through for letters before."""
    at = Position(Path(name))
    for line in log:
        if match := _GLYPH.search(line):
            yield no_glyph(chr(int(match[1], 16)), at)
        elif not _NOISE.search(line):
            yield Problem(at, "pdf-render", line, severity=Severity.WARNING)


def no_pdf(error: WorkError, name: str) -> Problem:
    """Why there is no PDF. name: of the file that there would be"""
    at, reason = Position(Path(name)), error.reason
    if isinstance(error, NoPangoError):
        message = f"a PDF needs Pango, which is not installed here ({reason})"
        return Problem(at, "no-pango", message, _PANGO)
    if isinstance(error, NobodyError):
        return Problem(at, "pdf-stopped", f"there is no PDF: {reason}", AGAIN)
    if isinstance(error, StoppedError):
        message = (
            f"there is no PDF, because the process that sets pages stopped ({reason})"
        )
        return Problem(at, "pdf-stopped", message, _MEMORY if error.killed else "")
    return Problem(at, "pdf-render", f"the book cannot be set in print ({reason})")


_PANGO = (
    "install it; on Debian and Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0"
    " libharfbuzz-subset0; on Fedora: dnf install pango; on macOS: brew install pango;"
    " on Windows: install MSYS2, then in its shell: pacman -S mingw-w64-x86_64-pango"
)
_MEMORY = "if the machine had too little memory, end other programs and try again"


def lacks_glyphs(log: Iterable[str]) -> bool:
    """Whether a letter was drawn that no font has."""
    return any(map(_GLYPH.search, log))


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
