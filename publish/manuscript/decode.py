"""Bytes of any editor into text: one encoding, one kind of line end."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from publish.problems import Position, Problem, Severity

# The longer mark first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes, path: Path) -> tuple[str, tuple[Problem, ...]]:
    """The text of a file, lines ending in "\\n", and what was wrong with its bytes."""
    encoding = "utf-8"
    for mark, name in _MARKS:
        if data.startswith(mark):
            data, encoding = data[len(mark) :], name
            break
    problems: list[Problem] = []
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        text = _rescue(data, encoding)
        at = Position(path, data.count(b"\n", 0, error.start) + 1)
        windows = encoding == "utf-8" and _is_windows(data, text)
        problems.append(_not_utf8(at, windows=windows))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    problems.extend(_null_characters(text, path))
    return text.replace("\0", "\ufffd"), tuple(problems)


def _not_utf8(at: Position, *, windows: bool) -> Problem:
    if windows:
        return Problem(
            at,
            "not-utf8",
            "this text is in the old letters of Windows and was read so",
            "save the file as UTF-8, to be sure of every letter",
            Severity.WARNING,
        )
    message = "these letters are not in UTF-8"
    return Problem(at, "not-utf8", message, "save the file as UTF-8")


def _is_windows(data: bytes, text: str) -> bool:
    """Whether bytes that are not UTF-8 can be Western text as Windows wrote it.

    Then none of them is UTF-8 and none a letter that Windows does not have; and most
    letters are plain ones, which those of Russian or Greek are not.
    """
    high = sum(byte >= 0x80 for byte in data)  # noqa: PLR2004 - the end of ASCII
    return "\ufffd" not in text and len(text) == len(data) and 3 * high < len(data)


def _rescue(data: bytes, encoding: str) -> str:
    """What can be read; bytes that are not UTF-8 are mostly Windows' old letters."""
    if encoding != "utf-8":
        return data.decode(encoding, "replace")
    text = data.decode("utf-8", "surrogateescape")
    stray = {
        0xDC00 + byte: bytes([byte]).decode("cp1252", "replace")
        for byte in range(0x80, 0x100)
    }
    return text.translate(stray)


def _null_characters(text: str, path: Path) -> Iterator[Problem]:
    place = text.find("\0")
    if place < 0:
        return
    yield Problem(
        Position(path, text.count("\n", 0, place) + 1),
        "null-character",
        "a character that no book can hold was replaced by �",
        "was the file saved as text, in UTF-8?",
        Severity.WARNING,
    )
