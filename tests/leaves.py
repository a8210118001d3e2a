"""What stands on each page of a PDF, in a form in which two can be compared."""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Array, Dictionary, Name, Pdf

Bounds = tuple[float, ...]
# An artifact, or the kind and the number of what is marked.
Mark = tuple[str, ...]
# The mark it is in; its font, or the size of a picture; its glyphs, or what it holds.
Drawn = tuple[Mark, str, str]
Letter = tuple[str, Bounds]
# Page, and place on it.
Place = tuple[int, float, float]


def letters(leaf: pypdfium2.PdfPage) -> tuple[list[Letter], str]:
    """The letters of a page, each with the box round its outline, and the text that is
    off the paper, on the left."""
    words = leaf.get_textpage()
    found: list[Letter] = []
    off = ""
    # Not `get_text_range`, which leaves some out, so that what follows has other boxes.
    for n in range(words.count_chars()):
        sign, bounds = chr(pdfium.FPDFText_GetUnicode(words, n)), words.get_charbox(n)
        if bounds[2] < 0:
            off += sign
        elif not sign.isspace():
            found.append((sign, bounds))
    words.close()
    return found, off


def shapes(leaf: pypdfium2.PdfPage) -> list[tuple[int, Bounds]]:
    """The rules and pictures of a page: the kind and the bounds of each."""
    wanted = [pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE]
    found = leaf.get_objects(filter=wanted, max_depth=1)
    return [(item.type, item.get_bounds()) for item in found]


def boxes(leaf: Any) -> dict[str, Bounds]:
    """What a page is cut to, and all that is printed."""
    return {
        key: tuple(map(float, value))
        for key, value in leaf.items()
        if key.endswith("Box")
    }


def numbers(pdf: Pdf) -> dict[tuple[int, int], int]:
    """The number of each page, from 0, by its object."""
    return {leaf.obj.objgen: n for n, leaf in enumerate(pdf.pages)}


def links(pdf: Pdf) -> list[list[tuple[Bounds, str, str | Place]]]:
    """The links of each page: where each is, what it says, and where it leads."""
    listed = iter(pdf.Root.Names.Dests.Names)
    of_pages = numbers(pdf)
    places = {
        str(n): _place(at, of_pages) for n, at in zip(listed, listed, strict=True)
    }
    return [
        [
            (
                tuple(map(float, link.Rect)),
                str(link.get("/Contents", "")),
                str(link.A.URI) if "/A" in link else places[str(link.Dest)],
            )
            for link in leaf.get("/Annots", ())
        ]
        for leaf in pdf.pages
    ]


def _place(at: Any, of_pages: Mapping[tuple[int, int], int]) -> Place:
    page, kind, x, y, zoom = at
    assert (kind, int(zoom)) == (Name.XYZ, 0)
    return of_pages[page.objgen], float(x), float(y)


def outline(pdf: Pdf) -> list[tuple[int, str, Place]]:
    """Level, title and place of each bookmark."""
    of_pages = numbers(pdf)
    found: list[tuple[int, str, Place]] = []

    def read(items: list[pikepdf.OutlineItem], level: int) -> None:
        for item in items:
            found.append((level, item.title, _place(item.destination, of_pages)))
            read(item.children, level + 1)

    with pdf.open_outline() as tree:
        read(tree.root, 1)
    return found


# As WeasyPrint writes them: what begins and ends a mark, where text stands, its font,
# its glyphs, and pictures.
_TOKENS = re.compile(
    rb"/(?P<kind>\w+)\s(?:<<(?P<said>(?:[^<>]|<\w*>)*)>>\s)?B(?:DC|MC)\b|(?P<end>\bEMC\b)|"
    rb"(?P<left>[-\d.]+) [-\d.]+ Tm\b|/(?P<font>\S+) [\d.]+ Tf\b|"
    rb"(?<!<)<(?P<glyphs>[0-9a-f]+)>|/(?P<drawing>\S+) Do\b"
)


def drawn(leaf: Any) -> list[Drawn]:
    """What a page draws, in its order.

    What is off the paper, on the left, is left out.
    """
    contents = leaf.get("/Contents", Array())
    streams = contents if isinstance(contents, Array) else [contents]
    content = b"\n".join(stream.read_bytes() for stream in streams)
    return list(_drawn(content, leaf.get("/Resources", Dictionary()), ()))


def _drawn(content: bytes, resources: Any, around: Mark) -> Iterator[Drawn]:
    """around: the mark that all of it is in"""
    marks: list[Mark] = [around] if around else []
    left, font = 0.0, ""
    for token in _TOKENS.finditer(content):
        # What lies in an artifact or in a tag is nothing else besides.
        mark = marks[0] if marks else ()
        if token["kind"]:
            said = (token["said"] or b"").decode().split()
            marks.append((token["kind"].decode(), *said))
        elif token["end"]:
            marks.pop()
        elif token["left"]:
            left = float(token["left"])
        elif token["font"]:
            font = _name(resources.Font[f"/{token['font'].decode()}"])
        elif token["glyphs"]:
            if left >= 0:
                yield mark, font, token["glyphs"].decode()
        else:
            drawing = resources.XObject[f"/{token['drawing'].decode()}"]
            if drawing.Subtype == Name.Form:
                inside = drawing.get("/Resources", Dictionary())
                yield from _drawn(drawing.read_bytes(), inside, mark)
            else:
                size = f"{drawing.Width} x {drawing.Height}"
                yield mark, size, sha256(drawing.read_raw_bytes()).hexdigest()


def _name(font: Any) -> str:
    return str(font.get("/BaseFont", font.Subtype))
