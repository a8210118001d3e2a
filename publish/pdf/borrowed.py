"""Fonts that a fragment draws with and does not hold.

Every fragment of a book would hold a subset of the same fonts. So WeasyPrint writes
each font without its outlines here, `assemble` gives the book one subset for all, and
the glyphs keep their numbers in the face.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import weasyprint.pdf
from weasyprint.pdf.fonts import Font, build_fonts_dictionary

from publish.fonts import Face, advances, spellings
from publish.pdf.answering import answering
from publish.pdf.task import FontUse


@contextmanager
def borrowed_fonts(faces: Sequence[Face]) -> Iterator[list[FontUse]]:
    """While this lasts WeasyPrint borrows *faces*. Gives what it drew with, in the end.

    Fonts that it makes over itself (those with letters that have no glyph, and those of
    drawings) stay in the file.
    """
    known = {_key(_bytes(face)): n for n, face in enumerate(faces)}
    used: list[FontUse] = []

    def begin(font: Any, *more: Any) -> None:
        _BEGIN(font, *more)
        at = known.get(_key(font.file_content))
        if at is not None:
            # From the size of type met first they would be rounded otherwise in each
            # fragment. The width of a box for what has no glyph is WeasyPrint's own.
            font.widths = dict(advances(faces[at]))
            font.widths.pop(0, None)

    def build(pdf: Any, fonts: Mapping[Any, Font], *more: Any) -> Any:
        for font in fonts.values():
            at = known.get(_key(font.file_content))
            _mend_texts(font, None if at is None else faces[at])
            if at is not None:
                drawn = {*font.to_unicode, *font.missing.values(), 0}
                font.widths = {n: w for n, w in font.widths.items() if n in drawn}
            if at is not None and not font.missing and not font.used_in_forms:
                used.append(FontUse(font.hash, at, dict(font.to_unicode)))
                font.file_content, font.clean = b"", _leave
        return build_fonts_dictionary(pdf, fonts, *more)

    answers = {
        (weasyprint.pdf, "build_fonts_dictionary"): build,
        (Font, "__init__"): begin,
    }
    with answering(answers):
        yield used


_BEGIN = Font.__init__
# The table of tables, with their checksums, tells fonts apart (OpenType 1.9, "otff").
_HEAD = 1024


def _key(font: bytes) -> tuple[int, bytes]:
    return len(font), bytes(font[:_HEAD])


@cache
def _bytes(face: Face) -> bytes:
    return face.path.read_bytes()


def _leave(*_: Any) -> None:
    """In the place of `Font.clean`."""


# Letters that join: what a glyph of theirs stands for is told by its neighbours.
_JOINING = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


def _mend_texts(font: Font, face: Face | None) -> None:
    """What glyphs stand for, where WeasyPrint is content with the first it met.

    All spaces are drawn by one glyph: if the first is a narrow no-break space, no two
    words are found in the whole book. And of glyphs that are drawn for one letter, or
    for two together, the first stands for all and the others for nothing, also where
    they are letters of their own.
    """
    for glyph, text in font.to_unicode.items():
        if text.isspace():
            font.to_unicode[glyph] = " "
        elif face and (not text or _JOINING.search(text)):
            font.to_unicode[glyph] = spellings(face).get(glyph, text)
