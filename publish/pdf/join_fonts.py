"""One subset of each font for all the parts of a book that borrow it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pikepdf import Array, Dictionary, Pdf

from publish.fonts import Face, advances, glyph_subset
from publish.pdf.task import FontUse

# All letters of a font are of one width (ISO 32000-1, table 123).
_FIXED_PITCH = 1


def lend(book: Pdf, uses: Iterable[FontUse], faces: Sequence[Face]) -> None:
    """Give every page the outlines that its fonts borrowed."""
    lent: dict[str, Face] = {}
    letters: dict[str, dict[int, str]] = {}
    for use in uses:
        lent[use.name] = faces[use.face]
        letters[use.name] = {**use.letters, **letters.get(use.name, {})}
    whole: dict[str, Any] = {}
    for fonts in _font_lists(book):
        for key in sorted(fonts.keys()):
            name, font = key.removeprefix("/"), fonts[key]
            if name not in lent or not _is_borrowed(font):
                continue
            if name not in whole:
                whole[name] = font
                _fill(book, font, lent[name], letters[name])
            fonts[key] = whole[name]


def _font_lists(book: Pdf) -> Iterator[Any]:
    """Each list of fonts that pages and their drawings share."""
    seen: set[tuple[int, int]] = set()
    for leaf in book.pages:
        resources: Any = leaf.get("/Resources", Dictionary())
        drawn: Any = resources.get("/XObject", Dictionary())
        furniture: Any = drawn.get("/Furniture", Dictionary())
        for holder in (resources, furniture.get("/Resources", Dictionary())):
            fonts = holder.get("/Font")
            if fonts is not None and fonts.objgen not in seen:
                seen.add(fonts.objgen)
                yield fonts


def _is_borrowed(font: Any) -> bool:
    descriptor: Any = {}
    for inner in font.get("/DescendantFonts", ()):
        descriptor = inner.get("/FontDescriptor", {})
    return "/FontFile2" in descriptor and int(descriptor.FontFile2.Length1) == 0


def _fill(book: Pdf, font: Any, face: Face, letters: Mapping[int, str]) -> None:
    outlines = glyph_subset(face, letters.keys())
    widths = {glyph: advances(face)[glyph] for glyph in sorted(letters)}
    inner = font.DescendantFonts[0]
    inner.W = Array(list(_width_runs(widths)))
    descriptor = inner.FontDescriptor
    descriptor.FontFile2 = book.make_stream(outlines, Length1=len(outlines))
    box = list(descriptor.FontBBox)
    descriptor.FontBBox = Array([*box[:2], max(widths.values()), box[3]])
    flags = int(descriptor.Flags) & ~_FIXED_PITCH
    fixed = len(widths) > 1 and len(set(widths.values())) == 1
    descriptor.Flags = flags | _FIXED_PITCH * fixed
    font.ToUnicode = book.make_stream(_unicode_map(letters))


def _width_runs(widths: Mapping[int, int]) -> Iterator[Any]:
    """Glyphs one behind the other share a list (ISO 32000-1, 9.7.4.3)."""
    run: list[int] = []
    for glyph, width in widths.items():
        if glyph - 1 not in widths:
            if run:
                yield Array(run)
            yield glyph
            run = []
        run.append(width)
    yield Array(run)


# Entries of one section of a character map (Adobe Technical Note 5014).
_MOST = 100


def _unicode_map(letters: Mapping[int, str]) -> bytes:
    """What each glyph stands for (ISO 32000-1, 9.10.3)."""
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <ffff>",
        "endcodespacerange",
    ]
    entries = [(g, t.encode("utf-16-be").hex()) for g, t in sorted(letters.items())]
    for at in range(0, len(entries), _MOST):
        some = entries[at : at + _MOST]
        lines.append(f"{len(some)} beginbfchar")
        lines += (f"<{glyph:04x}> <{text}>" for glyph, text in some)
        lines.append("endbfchar")
    lines += ("endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end")
    return "\n".join(lines).encode("ascii")
