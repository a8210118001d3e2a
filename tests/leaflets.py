"""Small PDFs, made by hand: each as a printer wants it, but for what a test spoils."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from publish.preflight import ANY_PRINTER, Request, preflight
from publish.printers import load_printer, printer_of
from publish.problems import Position, Problem

# Six by nine inches, in points, and what KDP cuts it from.
SIX_BY_NINE, WITH_BLEED = (432, 648), (441, 666)
WORDS = "0 g BT /F 10 Tf 1 0 0 1 72 600 Tm (Lamp) Tj ET\n"
Change = Callable[[Pdf], None]


def words(x: float, y: float, size: float = 10, text: str = "Lamp") -> str:
    return f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n"


def as_it_is(_pdf: Pdf) -> None:
    """Changes nothing."""


def leaflet(
    path: Path,
    *drawn: str,
    size: Sequence[float] = SIX_BY_NINE,
    count: int = 24,
    change: Change = as_it_is,
    **how: Any,
) -> Path:
    """drawn: on each of the first pages; on all that follow, some words
    size: of the pages, in points
    how: how it is saved
    """
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(font_of(pdf))
        for n in range(count):
            page = pdf.add_blank_page(page_size=(size[0], size[1]))
            page.Resources = Dictionary(Font=Dictionary(F=font))
            content = drawn[n] if n < len(drawn) else WORDS
            page.Contents = pdf.make_stream(content.encode("latin-1"))
        change(pdf)
        pdf.save(path, **how)
    return path


def font_of(pdf: Pdf, **keys: Any) -> Dictionary:
    """A font whose letters are half as wide as it is high; its outlines are none."""
    outlines = pdf.make_stream(b"outlines")
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType,
        BaseFont=Name("/ABCDEF+Lamp"),
        FirstChar=0,
        LastChar=255,
        Widths=Array([500] * 256),
        FontDescriptor=Dictionary(FontFile2=outlines),
        **keys,
    )


def resources(kind: str, **named: Any) -> Change:
    """Give the first page something to draw with."""

    def change(pdf: Pdf) -> None:
        made = {f"/{name}": make(pdf) for name, make in named.items()}
        pdf.pages[0].Resources[f"/{kind}"] = Dictionary(made)

    return change


def picture(width: int = 8, height: int = 8, **keys: Any) -> Callable[[Pdf], Any]:
    def make(pdf: Pdf) -> Any:
        said = {"BitsPerComponent": 8, "ColorSpace": Name.DeviceGray} | keys
        said = {key: value for key, value in said.items() if value is not None}
        channels = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4}
        each = channels.get(str(said.get("ColorSpace")), 1)
        data = bytes(width * height * each)
        return pdf.make_stream(
            data, Subtype=Name.Image, Width=width, Height=height, **said
        )

    return make


def found(path: Path, *printers: str | dict[str, Any], **said: Any) -> list[Problem]:
    """printers: names, or profiles; none for the rules of every one"""
    requests = [
        Request(
            load_printer(one) if isinstance(one, str) else printer_of("custom", one),
            **said,
        )
        for one in printers
    ] or [Request(ANY_PRINTER, **said)]
    with path.open("rb") as file:
        size = path.stat().st_size
        return [*preflight(file, size, requests, lambda _page: Position(path))]


def codes(path: Path, *printers: str | dict[str, Any], **said: Any) -> set[str]:
    """Those of all that is found, but for what was guessed."""
    return {p.code for p in found(path, *printers, **said)} - {"print-assumed"}
