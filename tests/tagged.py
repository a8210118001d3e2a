"""Read the tags of a PDF back, with the words that each of them holds."""

import ctypes
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

# What is described of a tag besides its words, and what each key is called.
SAID = ("/Alt", "/ActualText", "/Lang", "/ID")
Marks = Mapping[tuple[int, int], str]
Pages = dict[Any, int]


def tag_lines(data: bytes) -> list[str]:
    """The tags of a PDF in the order of reading, a line each, indented, with what they
    say, and a `->` for each place that can be clicked."""
    marks = _marks(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages: Pages = {page.objgen: n for n, page in enumerate(pdf.pages)}
        root: Any = pdf.Root.StructTreeRoot.K
        return [line for kid in root for line in _lines(kid, marks, pages, 0)]


def _marks(data: bytes) -> Marks:
    """The words of each mark of each page."""
    found: dict[tuple[int, int], str] = defaultdict(str)
    pdf = pypdfium2.PdfDocument(data)
    for number, page in enumerate(pdf):
        words = page.get_textpage()
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            mark = pdfium.FPDFPageObj_GetMarkedContentID(item.raw)
            found[number, mark] += text_of(item, words)
        words.close()
    pdf.close()
    return found


def text_of(item: Any, words: Any) -> str:
    size = pdfium.FPDFTextObj_GetText(item.raw, words.raw, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pointer = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    pdfium.FPDFTextObj_GetText(item.raw, words.raw, pointer, size)
    return buffer.raw[:-2].decode("utf-16-le", "replace")


def _lines(tag: Any, marks: Marks, pages: Pages, depth: int) -> Iterator[str]:
    line = [str(tag.S).removeprefix("/")]
    line += [f"{key[1:].lower()}={str(tag[key])!r}" for key in SAID if key in tag]
    for name, value in tag.get("/A", {}).items():
        if name not in {"/O", "/BBox"}:
            line.append(f"{name[1:]}={str(value).removeprefix('/')}")
    kids: Any = tag.get("/K", pikepdf.Array())
    inner: list[Any] = []
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            inner.append(kid)
            continue
        if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid:
            line.append("->")
            continue
        of_page = kid if isinstance(kid, pikepdf.Dictionary) else tag
        number = int(getattr(kid, "MCID", kid))
        words = marks.get((pages[of_page.Pg.objgen], number), "")
        line.append(repr(" ".join(words.split())))
    yield "  " * depth + " ".join(line)
    for kid in inner:
        yield from _lines(kid, marks, pages, depth + 1)
