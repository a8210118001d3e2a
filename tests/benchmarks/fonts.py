"""Which fonts a PDF brings with it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf

# What holds a font, by its kind (ISO 32000-1, 9.9), and what stands before the name of
# one of which only some letters are there (9.6.4).
FILES = ("/FontFile", "/FontFile2", "/FontFile3")
SUBSET = re.compile(r"^/?(?:[A-Z]{6}\+)?")


def families(pdf: Path) -> tuple[str, ...]:
    """The families of the fonts embedded in *pdf*, in the order of the alphabet."""
    with pikepdf.open(pdf) as file:
        return tuple(sorted(set(_families(file))))


def _families(pdf: pikepdf.Pdf) -> Iterator[str]:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary):
            font = thing.get("/Type") == "/FontDescriptor"
            if font and any(key in thing for key in FILES):
                # A font need not name its family.
                name = thing.get("/FontFamily") or thing.get("/FontName")
                yield SUBSET.sub("", str(name))
