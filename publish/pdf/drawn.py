"""What can be read on each page of a PDF that WeasyPrint wrote: its glyphs, and what
the file says that each of them stands for."""

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf
from pikepdf import Dictionary

# A change of font, and glyphs, four digits each. Nothing else stands in single angle
# brackets in what WeasyPrint draws.
_SHOWS = re.compile(rb"/(\S+) [\d.]+ Tf|(?<!<)<([0-9a-f]+)>")
_STANDS_FOR = re.compile(rb"^<([0-9a-f]{4})> <([0-9a-f]*)>$", re.MULTILINE)


def drawn_texts(pdf: bytes) -> Iterator[str]:
    """The letters of each page, in the order in which they are drawn."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        known: dict[tuple[int, int], Mapping[str, Mapping[bytes, str]]] = {}
        for page in document.pages:
            resources: Any = page.get("/Resources", Dictionary())
            fonts = resources.get("/Font", Dictionary())
            if fonts.objgen not in known:
                known[fonts.objgen] = {n: _letters(f) for n, f in fonts.items()}
            yield _read(page.Contents.read_bytes(), known[fonts.objgen])


def _letters(font: Any) -> Mapping[bytes, str]:
    if "/ToUnicode" not in font:
        return {}
    listed = _STANDS_FOR.findall(font.ToUnicode.read_bytes())
    return {g: bytes.fromhex(t.decode()).decode("utf-16-be") for g, t in listed}


def _read(content: bytes, fonts: Mapping[str, Mapping[bytes, str]]) -> str:
    letters: Mapping[bytes, str] = {}
    found: list[str] = []
    for font, glyphs in _SHOWS.findall(content):
        if font:
            letters = fonts.get(f"/{font.decode()}", {})
        else:
            found += (
                letters.get(glyphs[at : at + 4], "") for at in range(0, len(glyphs), 4)
            )
    return "".join(found)
