"""Look into finished files for fonts that the style does not name."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from publish.fonts import family_of
from publish.problems import Position, Problem
from publish.style import Style

_FONTS = (".ttf", ".otf", ".woff", ".woff2")
# Where a PDF keeps the outlines of a font (ISO 32000-1, table 122).
_OUTLINES = ("/FontFile", "/FontFile2", "/FontFile3")


def check_epub_fonts(epub: BinaryIO, style: Style, name: str) -> Iterator[Problem]:
    """Every font file of an EPUB is of a family of the style.

    name: of the file
    """
    with zipfile.ZipFile(epub) as archive:
        files = [file for file in archive.namelist() if file.endswith(_FONTS)]
        families = [family_of(archive.read(file)) for file in files]
    yield from _strangers(families, style, name)


def check_pdf_fonts(pdf: BinaryIO, style: Style, name: str) -> Iterator[Problem]:
    """Every font of a PDF is embedded, and of a family of the style.

    name: of the file
    """
    # An EPUB needs nothing of it.
    import pikepdf  # noqa: PLC0415

    with pikepdf.open(pdf) as document:
        seen: set[tuple[int, int]] = set()
        fonts = [f for page in document.pages for f in _fonts(page.obj, seen)]
        descriptors = [_descriptor(font) for font in fonts]
        families = [str(d.get("/FontFamily", "")) for d in descriptors]
        bare = [
            family
            for family, descriptor in zip(families, descriptors, strict=True)
            if not any(key in descriptor for key in _OUTLINES)
        ]
    yield from _strangers(families, style, name)
    for family in dict.fromkeys(bare):
        yield _problem(name, f"the font “{family}” is not embedded in the file")


def _fonts(holder: Any, seen: set[tuple[int, int]]) -> Iterator[Any]:
    """The fonts that a page or a form draws with; what was seen before is passed over.

    seen: the resources that were looked into, by their object numbers
    """
    resources = holder.get("/Resources")
    if resources is None or resources.objgen in seen:
        return
    if resources.is_indirect:
        seen.add(resources.objgen)
    for font in resources.get("/Font", {}).values():
        if font.objgen not in seen:
            seen.add(font.objgen)
            yield font
    for form in resources.get("/XObject", {}).values():
        if form.get("/Subtype") == "/Form" and form.objgen not in seen:
            seen.add(form.objgen)
            yield from _fonts(form, seen)


def _descriptor(font: Any) -> Any:
    """Of a composite font it is that of the font it is made of."""
    for part in font.get("/DescendantFonts", ()):
        return part.get("/FontDescriptor", {})
    return font.get("/FontDescriptor", {})


def _strangers(families: list[str], style: Style, name: str) -> Iterator[Problem]:
    named = {font.family for font in style.fonts}
    for family in dict.fromkeys(families):
        if family not in named:
            message = f"the font “{family}” is in the file and not in the style"
            yield _problem(name, message)


def _problem(name: str, message: str) -> Problem:
    hint = "this is a fault of publish, not yours: please report it"
    return Problem(Position(Path(name)), "strange-font", message, hint)
