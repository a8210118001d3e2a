"""MuPDF, which draws EPUBs in many small readers: what it cannot draw."""

from collections.abc import Iterator
from pathlib import Path

import pymupdf

# What it says of every EPUB 3, and of a language that nobody hyphenates.
OF_ANY_BOOK = ("unknown epub version: 3.0", "no hyphenation table for lang=")
# Of those above, in a row.
REPEATED = "... repeated "
# Enough to see whether anything stands on a page.
DPI = 20


def faults(epub: Path) -> list[str]:
    """Pages that stay empty, and what it warns of; a line each."""
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.reset_mupdf_warnings()
    with pymupdf.open(epub) as book:
        empty = [
            f"page {page.number + 1} is empty"
            for page in book
            if page.get_pixmap(dpi=DPI, colorspace=pymupdf.csGRAY).is_unicolor
        ]
    return [*empty, *_warnings()]


def _warnings() -> Iterator[str]:
    for line in pymupdf.TOOLS.mupdf_warnings().splitlines():
        if line and not line.startswith((*OF_ANY_BOOK, REPEATED)):
            yield line
